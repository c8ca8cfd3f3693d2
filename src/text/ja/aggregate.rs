//! DMARC集約レポートの言葉。

use crate::aggregate::{Deviation, Method, OverrideKind};

pub(in crate::text) fn counted(messages: u64, failed: u64) -> String {
    match failed {
        0 => format!("{messages}通（すべてDMARCに合格）"),
        failed => format!("{messages}通（うち{failed}通がDMARCに不合格）"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "実体の定義があります（展開していません）",
        Deviation::Broken => "途中で切れているか、XMLの形式が崩れています",
        Deviation::NoCount => "件数のない記録を1通と数えました",
        Deviation::TooMuch => "想定より深いか長いため、一部だけ読みました",
    }
}

/// 受信側がポリシーどおりに処理しなかった理由です。
pub(in crate::text) const fn reason(kind: OverrideKind) -> &'static str {
    match kind {
        OverrideKind::LocalPolicy => "受信側独自のルール（local_policy）",
        OverrideKind::MailingList => "メーリングリスト経由（mailing_list）",
        OverrideKind::TrustedForwarder => "信頼できる転送元から（trusted_forwarder）",
        OverrideKind::PolicyTestMode => "ポリシーがテスト中（policy_test_mode、t=y）",
        OverrideKind::Other => "その他（other）",
        OverrideKind::Forwarded => "転送されたメールと判断（forwarded）",
        OverrideKind::SampledOut => "適用割合の対象外（sampled_out、pct）",
        OverrideKind::Unknown => "規格にない理由",
    }
}

pub(in crate::text) const fn method(method: Method) -> &'static str {
    match method {
        Method::Dkim => "DKIM（d=）",
        Method::SpfMailFrom => "SPF（エンベロープFrom）",
        Method::SpfHelo => "SPF（HELO）",
    }
}
