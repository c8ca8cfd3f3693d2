//! 拒否の意味と、それぞれへの対応。

use crate::bounce::{Basis, Deviation, Form, KnownBy, Meaning, NoticeKind, Outcome};
use crate::check::{Delivered, DeliveryEnd, Refused};
use crate::message::date::Stamp;
use crate::text::stamp;

pub(in crate::text) const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::NoSuchUser => "宛先のメールアドレスが存在しません。",
        Meaning::NoSuchUserOrFiltered => {
            "宛先のメールアドレスが存在しないか、受信者の迷惑メール対策の設定で拒否されました（この事業者はどちらも同じ応答を返します）。"
        }
        Meaning::NoSuchDomain => "宛先のドメインが存在しないか、見つかりません。",
        Meaning::BadRecipientAddress => "宛先のメールアドレスの書式が正しくありません。",
        Meaning::AmbiguousRecipient => "宛先に該当するメールボックスが複数あります。",
        Meaning::MailboxMoved => "メールボックスが移転したか、別の人のものになっています。",
        Meaning::BadSenderAddress => "送信元のメールアドレスの書式が正しくありません。",
        Meaning::SenderDomainUnknown => "送信元アドレスのドメインがDNSで見つかりません。",
        Meaning::RecipientTakesNoMail => "宛先のドメインは、メールを受け取らないことをDNSで示しています。",
        Meaning::SenderTakesNoMail => {
            "送信元のドメインは、メールを受け取らないことをDNSで示しているため、返信が届きません。"
        }
        Meaning::MailboxDisabled => "メールボックスはありますが、停止中または休止中で受け取れません。",
        Meaning::MailboxFull => "受信者のメールボックスがいっぱいです。",
        Meaning::MailboxTooBusy => "受信者のメールボックスへの受信が、上限を超えて集中しています。",
        Meaning::TooLarge => "メールが、受信側で受け取れるサイズを超えています。",
        Meaning::ListProblem => "宛先のメーリングリストで配信処理に失敗しました。",
        Meaning::RecipientFilter => "受信者が設定したフィルター（迷惑メール対策）で拒否されました。",
        Meaning::RecipientRestricted => "この宛先は、許可された送信者からのメールだけを受け取ります。",
        Meaning::SystemFull => "受信側のサーバーの空き容量が足りません。",
        Meaning::SystemUnavailable => "受信側のサーバーが、現在メールを受け付けていません。",
        Meaning::FeatureUnsupported => "受信側のサーバーが、このメールに必要な機能に対応していません。",
        Meaning::Misconfigured => "受信側のサーバーの設定に問題があります。",
        Meaning::NoAnswer => "受信側のサーバーから応答がありません。",
        Meaning::ConnectionBroken => "受信側のサーバーとの接続が途中で切れました。",
        Meaning::LookupFailed => "途中で、ディレクトリまたはDNSの参照に失敗しました。",
        Meaning::NoRoute => "宛先のドメインのメールを受け取るサーバーがありません。",
        Meaning::Congestion => "受信側が混み合っています。",
        Meaning::Loop => "メールがサーバー間で循環しています。",
        Meaning::Expired => "サーバーが期限まで再送を試みましたが、配信できませんでした。",
        Meaning::Greylisted => {
            "受信側のサーバーが、初めての送信元からの受信をいったん保留しています（グレーリスティング）。"
        }
        Meaning::ProtocolError => "サーバー間の通信手順でエラーが起きました。",
        Meaning::TooManyRecipients => "一度に指定した宛先の数が、受信側の上限を超えています。",
        Meaning::LineTooLong => "メールの1行が、受信側の上限より長くなっています。",
        Meaning::ContentUnsupported => "受信側が、この形式の内容に対応していません。",
        Meaning::AddressCharacters => "サーバーが、ASCII以外の文字を含むアドレスやヘッダに対応していません。",
        Meaning::MalformedHeader => "メールの形式が標準（RFC 5322）に合っていません。",
        Meaning::ContentRefused => "内容が迷惑メールまたはウイルスと判定されました。",
        Meaning::AttachmentRefused => "受信側で禁止されている種類の添付ファイルまたはリンクが含まれています。",
        Meaning::PolicyRefused => {
            "受信側の方針またはセキュリティ上の理由で拒否されました（コードだけでは理由はわかりません）。"
        }
        Meaning::ListNotPermitted => "送信者には、このリストへの投稿が許可されていません。",
        Meaning::RelayDenied => "このサーバーは、この送信元からその宛先へのメールを受け付けません。",
        Meaning::Blocklisted => "送信元のIPアドレスがブロックリストに登録されています。",
        Meaning::LowReputation => "送信元のIPアドレスまたはドメインの評価（レピュテーション）が低くなっています。",
        Meaning::DynamicAddress => "一般回線の動的IPアドレスなど、この種の送信元からのメールは受け付けられません。",
        Meaning::RateLimited => "短時間に送られたメールが多すぎます。",
        Meaning::SenderAccountBlocked => {
            "送信者自身が使うサービスで、アカウントまたはドメインの送信が止められています。"
        }
        Meaning::SenderLimit => "送信者自身が使うサービスの、送信数の上限に達しています。",
        Meaning::BadHelo => "送信サーバーが名乗った名前（HELO）が正しくありません。",
        Meaning::Cryptography => "暗号化または検証された接続ができませんでした。",
        Meaning::LoginNeeded => "送信サーバーへのログイン（SMTP認証）が必要か、ログインに失敗しました。",
        Meaning::EncryptionNeeded => "暗号化された接続が必要です。",
        Meaning::Unauthenticated => "SPFにもDKIMにも合格しませんでした。",
        Meaning::SpfFailed => {
            "SPFに合格しませんでした。送信サーバーが、エンベロープFromのドメインで許可されていません。"
        }
        Meaning::SpfError => "SPFレコードを評価できませんでした。",
        Meaning::SpfSuspicious => "SPFレコードに、疑わしいとみなされる記述があります。",
        Meaning::DkimFailed => "有効なDKIM署名がありませんでした。",
        Meaning::DkimNotOfAuthor => "差出人ドメインの有効なDKIM署名（作成者署名）がありませんでした。",
        Meaning::DmarcPolicy => "DMARCに合格せず、差出人ドメイン自身が、そのようなメールの拒否を求めています。",
        Meaning::DmarcMissing => "差出人ドメインにDMARCレコードがありません。",
        Meaning::Unaligned => "SPFやDKIMの合格したドメインが、差出人ドメインと一致していません。",
        Meaning::BulkSenderRules => "大量送信者に求められる認証（SPF・DKIM・DMARC）の条件を満たしていません。",
        Meaning::ReverseName => "送信元IPアドレスの逆引きがないか、正引きと一致していません。",
        Meaning::NotEncrypted => "メールがTLSで暗号化されずに送られました。",
        Meaning::ArcFailed => "転送されたメールのARCを検証できませんでした。",
    }
}

pub(in crate::text) const fn advice(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::NoSuchUser => {
            "宛先のつづりを確認してください。正しい場合は、別の方法で受信者に確認し、配信リストから外してください。"
        }
        Meaning::NoSuchUserOrFiltered => {
            "宛先のつづりを確認してください。正しい場合は、送信元のドメインを受信できるよう、受信者に設定を依頼してください。"
        }
        Meaning::NoSuchDomain | Meaning::NoRoute => {
            "宛先の @ より後ろを確認してください。正しい場合は、受信側のDNSの修正が必要です。"
        }
        Meaning::BadRecipientAddress | Meaning::AmbiguousRecipient => "宛先のメールアドレスを入力し直してください。",
        Meaning::MailboxMoved => "現在の連絡先を受信者に確認してください。",
        Meaning::BadSenderAddress => "メールソフトまたはシステムの送信元アドレスを修正してください。",
        Meaning::SenderDomainUnknown => "送信元のドメインのMXまたはAレコードが引けるようにしてください。",
        Meaning::RecipientTakesNoMail => "別の宛先を使ってください。この宛先にメールは届きません。",
        Meaning::SenderTakesNoMail => "メールを受け取れるドメインから送信するか、null MXを削除してください。",
        Meaning::MailboxDisabled => "別の方法で受信者に連絡してください。続く場合は配信リストから外してください。",
        Meaning::MailboxFull => "別の方法で受信者に連絡し、空きを作ってもらってから送り直してください。",
        Meaning::MailboxTooBusy | Meaning::Congestion | Meaning::SystemUnavailable | Meaning::SystemFull => {
            "時間をおいて送り直してください。"
        }
        Meaning::TooLarge => "メールを小さくするか、ファイルを別の方法で渡してください。",
        Meaning::ListProblem => "リストの管理者に連絡してください。",
        Meaning::RecipientFilter => {
            "送信元のドメインを受信できるよう、受信者に設定を依頼してください（携帯電話会社では、なりすまし規制の設定も対象です）。"
        }
        Meaning::RecipientRestricted => "送信者を許可するよう、受信側の管理者に依頼してください。",
        Meaning::FeatureUnsupported
        | Meaning::Misconfigured
        | Meaning::ListNotPermitted
        | Meaning::AddressCharacters => "応答の原文を添えて、受信側の管理者に連絡してください。",
        Meaning::NoAnswer | Meaning::ConnectionBroken | Meaning::LookupFailed => {
            "時間をおいて送り直してください。続く場合は、受信側のサーバーの対応が必要です。"
        }
        Meaning::Loop => "転送または受信側のサーバーの管理者に、この通知を渡してください。",
        Meaning::Expired => "応答の原文で遅れの原因を確認し、送り直してください。",
        Meaning::Greylisted => "時間をおいて送り直してください。届かない場合は、メール以外の方法で連絡してください。",
        Meaning::ProtocolError => "応答の原文を添えて、送信サーバーの管理者に連絡してください。",
        Meaning::TooManyRecipients => "宛先を小さなグループに分けてください。",
        Meaning::LineTooLong => "行を折り返すか、本文をquoted-printableまたはbase64で送ってください。",
        Meaning::ContentUnsupported => "別の形式で送ってください。",
        Meaning::MalformedHeader => {
            "メールを作成するシステムを修正してください。問題の箇所は、返送された元のメールで確認できます。"
        }
        Meaning::ContentRefused => "リンク、文面、添付ファイルを見直して、送り直してください。",
        Meaning::AttachmentRefused => "添付ファイルを外し、別の方法で渡してください。",
        Meaning::PolicyRefused => {
            "応答の原文に理由が書かれていることがあります。なければ、受信側の管理者に確認してください。"
        }
        Meaning::RelayDenied => {
            "宛先と送信サーバーを確認し、自社または契約先の送信サーバーにログインして送ってください。"
        }
        Meaning::Blocklisted => "登録された原因を解消し、応答に示されたページから解除を申請してください。",
        Meaning::LowReputation => "まず送信ドメイン認証を確認し、送信量を抑え、希望する人だけに送ってください。",
        Meaning::DynamicAddress => "プロバイダまたは会社のメールサーバーを経由して送ってください。",
        Meaning::RateLimited => "送信の速度を落とし、分けて送ってください。拒否された分は、後で送り直せます。",
        Meaning::SenderAccountBlocked => "アカウントの安全を確認し、送信者側のサービスに解除を依頼してください。",
        Meaning::SenderLimit => "制限が解けるまで待つか、大量の送信にはメール配信サービスを使ってください。",
        Meaning::BadHelo => "送信サーバーが、自身の完全な名前をHELOで名乗るよう設定してください。",
        Meaning::Cryptography => {
            "応答の原文を、受信側の管理者に渡してください。証明書またはDANEレコードが合っていません。"
        }
        Meaning::LoginNeeded => "送信サーバーのSMTP認証を有効にし、ユーザー名とパスワードを確認してください。",
        Meaning::EncryptionNeeded | Meaning::NotEncrypted => {
            "送信サーバーで、送信時のTLS（STARTTLS）を有効にしてください。"
        }
        Meaning::Unauthenticated => {
            "差出人ドメインのSPFとDKIMを設定してください。どちらが足りないかは、返送された元のメールで確認できます。"
        }
        Meaning::SpfFailed => {
            "送信サーバーをエンベロープFromのドメインのSPFレコードに加えるか、登録済みのサーバーから送ってください。"
        }
        Meaning::SpfError => "SPFレコードを修正してください。問題の箇所は、返送された元のメールで確認できます。",
        Meaning::SpfSuspicious => "SPFレコードから、広すぎる記述（+all など）を取り除いてください。",
        Meaning::DkimFailed | Meaning::DkimNotOfAuthor => {
            "差出人ドメインでDKIM署名を付けてください。署名の状態は、返送された元のメールで確認できます。"
        }
        Meaning::DmarcPolicy | Meaning::Unaligned => {
            "差出人ドメインでSPFまたはDKIMに合格するようにしてください。返送された元のメールを開くと、足りないものがわかります。"
        }
        Meaning::DmarcMissing => "DMARCレコードを公開してください（最初は p=none で足ります）。",
        Meaning::BulkSenderRules => {
            "SPFとDKIMに合格するようにし、DMARCを公開してください。返送された元のメールを開くと、足りないものがわかります。"
        }
        Meaning::ReverseName => "IPアドレスの管理者に、正引きと一致する逆引き（PTR）の設定を依頼してください。",
        Meaning::ArcFailed => "転送元で、ARCの署名を直すか、メールを変更しないようにする必要があります。",
    }
}

pub(in crate::text) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Final => "配信されませんでした（恒久的なエラー）",
        Outcome::Temporary => "未配信・再送中（一時的なエラー）",
        Outcome::Delivered => "配信済み、または次のサーバーへ渡し済み",
        Outcome::Unknown => "記載なし",
    }
}

pub(in crate::text) const fn form(form: Form) -> &'static str {
    match form {
        Form::DeliveryStatus => "プログラム向けの記録（RFC 3464）",
        Form::Words => "メールサーバーの文面",
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NoBlankLine => "受信者の間に空行がない",
        Deviation::UnreadableLine => "フィールドでない行がある",
        Deviation::NoReporter => "通知したサーバーの名前がない",
        Deviation::FieldMissing => "必須のフィールドがない",
        Deviation::UnknownAction => "未知のAction",
        Deviation::UnreadableStatus => "読み取れないStatus",
    }
}

pub(in crate::text) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Provider => "この事業者の応答の一覧による",
        Basis::Words => "応答の文言による",
        Basis::Registry => "ステータスコードの規格による",
    }
}

pub(in crate::text) const fn known_by(known: KnownBy) -> &'static str {
    match known {
        KnownBy::HostName => "ホスト名による",
        KnownBy::ReplyText => "応答の文言による",
        KnownBy::RecipientDomain => "宛先のドメインによる",
    }
}

pub(in crate::text) const fn notice(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::DeliveryReport => "配信通知",
        NoticeKind::ReadReceipt => "開封確認（不達通知ではありません）",
        NoticeKind::AutoReply => "自動応答（不達通知ではありません）",
        NoticeKind::FeedbackReport => "苦情または失敗の報告（ARF。不達通知ではありません）",
        NoticeKind::AggregateReport => "DMARC集約レポート",
        NoticeKind::TlsReport => "TLSレポート（RFC 8460。不達通知ではありません）",
    }
}

pub(in crate::text) fn who(refused: &Refused) -> String {
    match (refused.provider, &refused.host) {
        (Some(provider), Some(host)) => format!("{provider}（{host}）"),
        (Some(provider), None) => provider.to_owned(),
        (None, Some(host)) => host.clone(),
        (None, None) => "通知に名前のないサーバー".to_owned(),
    }
}

/// 半角で終わる値の後にだけ、空白を入れます。
pub(super) fn spaced(value: &str) -> String {
    if value.ends_with(|c: char| c.is_ascii()) { format!("{value} ") } else { value.to_owned() }
}

pub(super) fn to_whom(refused: &Refused) -> String {
    let first = refused.recipient.as_deref().unwrap_or("（宛先不明）");
    let more = if refused.more > 0 { format!(" ほか{}件", refused.more) } else { " ".to_owned() };
    let others =
        if refused.others > 0 { format!("（別の理由でさらに{}件）", refused.others) } else { String::new() };
    format!("{first}{more}宛{others}")
}

fn why(refused: &Refused) -> &'static str {
    refused.meaning.map_or("既知のコードがないため、応答の原文を確認してください。", meaning)
}

pub(in crate::text) fn headline(refused: &Refused) -> String {
    let (whom, who, why) = (to_whom(refused), who(refused), why(refused));
    let sentence = match (refused.outcome, refused.proved) {
        (Outcome::Temporary, true) => {
            format!("遅延：{whom}のメールはまだ配信されず、再送中です。{who}：{why}")
        }
        (Outcome::Temporary, false) => {
            format!("本物と確認できない通知に、{whom}のメールはまだ配信されず再送中と書かれています。{who}：{why}")
        }
        (Outcome::Final | Outcome::Delivered | Outcome::Unknown, true) => {
            format!("不達：{whom}のメールは、{}で受け付けられませんでした。{why}", spaced(&who))
        }
        (Outcome::Final | Outcome::Delivered | Outcome::Unknown, false) => format!(
            "本物と確認できない通知に、{whom}のメールが、{}で受け付けられなかったと書かれています。{why}",
            spaced(&who)
        ),
    };
    if refused.perhaps_foreign {
        format!("自分が送ったメールではない可能性があります。{sentence}")
    } else {
        sentence
    }
}

pub(in crate::text) fn next_step(refused: &Refused) -> String {
    let remedy = remedy(refused.meaning, refused.outcome, refused.until, refused.is_returned);
    let genuine = if refused.proved {
        remedy
    } else {
        format!(
            "通知のリンクや添付ファイルは開かず、送信サーバーの管理者に、ログに同じ記録があるかを確認してください。記録がある場合：{remedy}"
        )
    };
    if refused.perhaps_foreign {
        return format!(
            "まず、元のメールを、このドメインの担当者または利用中のサービスが送ったかを確認してください。送っていなければ、対応は不要です。送っていた場合：{genuine}"
        );
    }
    genuine
}

/// 配信の結果に応じた対応。
pub(in crate::text) fn remedy(
    meaning: Option<Meaning>,
    outcome: Outcome,
    until: Option<Stamp>,
    is_returned: bool,
) -> String {
    let advised = match meaning {
        Some(meaning) if meaning.is_shown_by_returned() && !is_returned => {
            "この通知には元のメールが付いていません。同じ方法で送ったほかのメールを保存し、問題を確認してください。"
        }
        Some(meaning) => advice(meaning),
        None => "応答の原文を確認し、拒否したサーバーの管理者に問い合わせてください。",
    };
    if outcome != Outcome::Temporary {
        return advised.to_owned();
    }
    let wait = until.map_or_else(
        || {
            "送信サーバーが自動で再送を続けるので、お待ちください。断念したときは、あらためて通知が届きます。"
                .to_owned()
        },
        |until| format!("送信サーバーが {} まで自動で再送を続けるので、お待ちください。", stamp(until)),
    );
    let wait = format!("{wait}送り直すと二重に届くことがあるため、送り直さないでください。");
    if meaning.is_some_and(Meaning::is_mended_by_sender) { format!("{wait}{advised}") } else { wait }
}

pub(in crate::text) fn title(refused: &Refused) -> String {
    let whom = to_whom(refused);
    let sentence = match refused.outcome {
        Outcome::Temporary => format!("{whom}のメールが、まだ配信されていません"),
        Outcome::Final | Outcome::Delivered | Outcome::Unknown => format!("{whom}のメールが配信されませんでした"),
    };
    if refused.proved { sentence } else { format!("本物と確認できない通知の記載：{sentence}") }
}

pub(in crate::text) fn explained(refused: &Refused) -> String {
    let codes = [refused.reply.map(|reply| reply.to_string()), refused.status.map(|status| status.to_string())];
    let codes: Vec<String> = codes.into_iter().flatten().collect();
    let codes = if codes.is_empty() { "コードなし".to_owned() } else { codes.join(" ") };
    format!("{}の応答：{codes}。{}", spaced(&who(refused)), why(refused))
}

pub(super) fn delivered_to(delivered: &Delivered) -> String {
    let first = delivered.recipient.as_deref().unwrap_or("（宛先不明）");
    let more = if delivered.more > 0 { format!(" ほか{}件", delivered.more) } else { " ".to_owned() };
    format!("{first}{more}宛")
}

pub(in crate::text) fn delivered(delivered: &Delivered, reporter: Option<&str>) -> String {
    let (whom, reporter) = (delivered_to(delivered), spaced(reporter.unwrap_or("通知したサーバー")));
    match (delivered.end, &delivered.host) {
        (DeliveryEnd::Arrived, _) => format!("配信済み：{whom}のメールは配信されたと、{reporter}が通知しています。"),
        (DeliveryEnd::HandedOn, Some(host)) => format!(
            "引き渡し済み：{whom}のメールは {host} に引き渡されたと、{reporter}が通知しています。その先の結果は通知されません。"
        ),
        (DeliveryEnd::HandedOn, None) => format!(
            "引き渡し済み：{whom}のメールは次のサーバーに引き渡されたと、{reporter}が通知しています。その先の結果は通知されません。"
        ),
    }
}

pub(in crate::text) const fn after_delivery(end: DeliveryEnd) -> &'static str {
    match end {
        DeliveryEnd::Arrived => {
            "対応は不要です。宛先の方がメールを見つけられない場合は、迷惑メールのフォルダと振り分けの設定を確認してもらってください。"
        }
        DeliveryEnd::HandedOn => {
            "宛先の方がメールを見つけられない場合は、引き渡し先のサーバーの管理者に、日時とMessage-IDを伝えて調べてもらってください。"
        }
    }
}
