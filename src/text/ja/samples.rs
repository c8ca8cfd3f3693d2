//! サンプルの説明。

use crate::samples::Sample;

pub(in crate::text) const fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::OrderConfirmation => "直接送られた注文確認メール（すべて一致）",
        Sample::NewsletterThirdParty => "配信サービスの署名だけのメールマガジン（SPFとDKIMは合格、DMARCは不合格）",
        Sample::NewsletterAuthorSigned => "同じメールマガジンの改善後（作成者署名あり）",
        Sample::Forwarded => "転送されたメール（SPFは不一致、DKIMで合格）",
        Sample::MailingList => "件名のタグとフッターを追加したメーリングリスト",
        Sample::SpoofedInvoice => "なりすましの請求書（送信元の証拠なし、p=reject）",
        Sample::LastHopPlaintext => "最後の区間が暗号化されていないメール",
        Sample::SpfTooManyLookups => "SPFのDNS参照が10回を超えるメール",
    }
}
