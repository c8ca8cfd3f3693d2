//! メール事業者の送信者要件。求められること、判定、その理由。

use super::terms::{dkim_reason, dmarc_reason, policy_word, spf_result, stream};
use crate::auth::author_hosts::HostsState;
use crate::check::provider::{Audience, Basis, Bulk, ChosenBy, Effect, Level, Requirement, Rule, State, Status, Why};
use crate::path::ShownBy;
use crate::sender::StreamKind;
use crate::text::number;

#[expect(clippy::too_many_lines, reason = "one arm for each requirement")]
pub(in crate::text) fn requirement(rule: &Rule, provider: &str) -> String {
    let limit = rule.limit.unwrap_or_default();
    let (bytes, count) = (number::bytes(limit), number::grouped(&limit.to_string()));
    let fixed = match rule.requirement {
        Requirement::SpfOrDkim => "SPFとDKIMのどちらかに合格すること",
        Requirement::Spf => "SPFに合格すること",
        Requirement::Dkim => "DKIMに合格すること",
        Requirement::SpfAndDkim => "SPFとDKIMの両方に合格すること",
        Requirement::SpfDkimOrDmarc => "SPF・DKIM・DMARCのいずれかに合格すること",
        Requirement::DmarcRecord => "差出人ドメインがDMARCレコードを公開していること（p=noneでもよい）",
        Requirement::DmarcPass => "DMARCに合格すること",
        Requirement::DmarcPolicy => "ドメインがquarantineかrejectを求めている場合、DMARCに不合格とならないこと",
        Requirement::DmarcReject => "ドメインがrejectを求めている場合、DMARCに不合格とならないこと",
        Requirement::DmarcReports => "DMARCレコードにレポートの送り先（rua=）があること",
        Requirement::FromAligned => "差出人ドメインが、SPFかDKIMに合格したドメインと一致していること",
        Requirement::SpfNoHardFail => "SPFが「fail」（-all）にならないこと",
        Requirement::SpfTidy => "SPFレコードの許可範囲が広すぎないこと（+all、?all、非常に広いネットワーク）",
        Requirement::SpfOfAuthor => "ヘッダFromのドメインでもSPFに合格すること",
        Requirement::SpfOfHelo => "エンベロープFromが空（<>）のとき、HELOの名前でSPFに合格すること",
        Requirement::SpfIpv4 => "SPFレコードに送信サーバーをIPv4で記載すること",
        Requirement::SpfAsTxt => "SPFレコードをTXTで公開すること",
        Requirement::SpfSendsMail => "SPFレコードで、メールを送れるサーバーが1台以上許可されていること",
        Requirement::DkimAllAligned => "差出人ドメインの署名が複数あるとき、すべて合格すること",
        Requirement::AuthorHosts => "差出人ドメインにMXまたはAレコードがあること",
        Requirement::AuthorNotNullMx => "差出人ドメインがメールを受け取ること（MXが「.」ではない）",
        Requirement::MailFromExists => "エンベロープFromのドメインがDNSに存在すること",
        Requirement::NotOwnDomain => {
            return format!("Fromに{provider}のアドレスを使うのは、{provider}から送るメールだけにすること");
        }
        Requirement::NotCarrierDomain => "Fromが携帯電話会社のアドレスなら、その会社から送られていること",
        Requirement::ForwardAndReverseDns => "送信元IPアドレスの逆引きと正引きが一致すること",
        Requirement::ReverseDns => "送信元IPアドレスに逆引きがあること",
        Requirement::ReverseNameOwn => "逆引きの名前に送信者自身のドメインが含まれること",
        Requirement::ReverseNameStatic => "逆引きの名前が動的IPアドレスのものに見えないこと",
        Requirement::Tls => "TLSで配送すること",
        Requirement::Ipv6 => "IPv6で送るとき、逆引きがあり、SPFかDKIMに合格すること",
        Requirement::HeloFqdn => "HELOで完全なホスト名を名乗ること",
        Requirement::HeloNotReceiver => "HELOで受信サーバー自身の名前を名乗らないこと",
        Requirement::OneAuthor => "Fromが1つで、アドレスも1つであること",
        Requirement::AuthorPresent => "Fromが空でないこと",
        Requirement::AuthorDomainValid => "差出人ドメインが正しい形式であること",
        Requirement::MessageId => "正しい形式のMessage-IDがあること",
        Requirement::MessageIdPresent => "Message-IDが空でないこと",
        Requirement::SingleFields => "1つだけと決められたヘッダ（From、To、Subject、Dateなど）が重複していないこと",
        Requirement::WellFormed => "ヘッダがRFC 5322の形式に従っていること",
        Requirement::SubjectNotAnswer => "返信や転送でないのに、件名をRe:やFwd:で始めないこと",
        Requirement::DisplayName => "表示名には送信者を示す名前だけを書くこと",
        Requirement::PlainDomains => "ドメインに複数の文字体系が混ざっていないこと（UTS #39）",
        Requirement::Date => "Dateが現在に近いこと（許容範囲は非公開）",
        Requirement::Decodable => "FromとSubjectが、書かれた文字コードどおりであること",
        Requirement::PlainAddresses => "Fromのアドレスに特殊な文字（, $ % ? { } < >）がないこと",
        Requirement::FullAddresses => "FromとToが完全なアドレス（名前@ドメイン）であること",
        Requirement::OneClickUri => "ワンクリック登録解除：List-Unsubscribeにhttpsのアドレスがあること",
        Requirement::OneClickPost => {
            "ワンクリック登録解除：List-Unsubscribe-Postが「List-Unsubscribe=One-Click」であること"
        }
        Requirement::OneClickSigned => {
            "ワンクリック登録解除：有効なDKIM署名が両方のヘッダを対象にしていること（RFC 8058）"
        }
        Requirement::ListUnsubscribe => "List-Unsubscribeにhttpsまたはmailtoのアドレスがあること",
        Requirement::UnsubscribeMailto => "List-Unsubscribeにmailtoのアドレスがあること",
        Requirement::UnsubscribeInBody => "本文に登録解除のリンクがあること",
        Requirement::ReplyAddress => "FromかReply-Toが、返信を受け取れる実在のアドレスであること",
        Requirement::NoScripts => "スクリプトや、IPアドレスだけのリンクがないこと",
        Requirement::ForwarderCoversItself => "転送元がエンベロープFromを書き換えるか、転送元のSPFに合格すること",
        Requirement::Arc => "転送されたメールにARCのチェーンがあること",
        Requirement::ListId => "メーリングリストはList-Idを付けること",
        Requirement::ListAuthor => "メーリングリストは自身のアドレスをFromにして、DMARCに合格すること",
        Requirement::Bimi => "ロゴ表示（BIMI）：レコードがあり、DMARCがquarantineかrejectであること",
        Requirement::BimiCertificate => {
            "ロゴ表示（BIMI）：証明書（VMC・CMC）付きのレコードがあり、DMARCがquarantineかrejectであること"
        }
        Requirement::UnsubscribeAtOnce => "登録解除がすぐに反映されること",
        Requirement::TemporaryFailures => "一時的な拒否に従い、間隔を空けてゆっくり再送すること",
        Requirement::Quota => "IPアドレス・ドメイン・リンクごとの送信量の上限を守ること",
        Requirement::SendingRate => "短時間に集中して送らず、接続を必要以上に増やしたり長引かせたりしないこと",
        Requirement::Blocklists => "送信元IPアドレスやリンクが公開ブロックリストに載っていないこと",
        Requirement::MailClassesApart => "広告メールと取引のメールを、別のドメインかIPアドレスで送ること",
        Requirement::SameFrom => "メールの種類ごとに同じFromを使い続けること",
        Requirement::SafeLinks => "リンク先のドメインが危険なサイトとして登録されていないこと",
        Requirement::RecipientsKnown => "宛先不明が少ないこと（配信リストを整理する）",
        Requirement::OptIn => "同意した相手だけに送り、エラーになった宛先を整理すること",
        Requirement::StaticHelo => "IPアドレスごとにHELOの名前を変えないこと",
        Requirement::OfficialMark => "登録した送信者には公式アカウントのマークが付く",
        Requirement::PhishingMark => "フィッシングの疑いがあるメールには警告が付く",
        Requirement::HeaderNotBig => "From・Subject・Toが大きすぎないこと（上限は非公開）",
        Requirement::BareLineFeed => "行末がCRLFであること（LFだけの行がない）",
        Requirement::VisibleContent => "HTMLやCSSで隠した内容がないこと",
        Requirement::ClearLinks => "リンクが見えていて、行き先がわかること",
        Requirement::BlockedFiles => "禁止された種類の添付ファイルがなく、数も多すぎないこと",
        Requirement::BrandIcon => "登録した送信者にはブランドアイコンが表示される",
        Requirement::DkimKeySize => return format!("DKIMの鍵が{count}ビット以上であること"),
        Requirement::HeaderTotal => return format!("ヘッダ全体が{bytes}以内であること"),
        Requirement::HeaderCount => return format!("ヘッダの数が{count}個以内であること"),
        Requirement::HeaderValue => {
            return format!("1つのヘッダの値が{bytes}以内であること（To、Cc、Referencesを除く）");
        }
        Requirement::HeaderName => return format!("ヘッダの名前が{bytes}以内であること"),
        Requirement::MessageIdLength => return format!("Message-IDが{count}文字以内であること"),
        Requirement::SubjectLength => return format!("件名が{count}文字以内であること"),
        Requirement::MessageSize => return format!("メール全体が{bytes}以内であること"),
        Requirement::LineLength => return format!("1行が改行を含めて{count}バイト以内であること"),
        Requirement::Hops => return format!("経由したサーバーが{count}台以内であること"),
        Requirement::SpamRate => return format!("迷惑メール率が{}.{}%未満であること", limit / 10, limit % 10),
        Requirement::UnsubscribeHonoured => return format!("登録解除が{count}時間以内に反映されること"),
        Requirement::RecipientsPerMessage => return format!("一度の宛先が{count}件以内であること"),
        Requirement::Connections => return format!("同時接続が{count}本以内であること"),
    };
    fixed.to_owned()
}

pub(in crate::text) const fn state(state: State) -> &'static str {
    match state {
        State::Met => "満たしている",
        State::NotMet => "満たしていない",
        State::NotFirm => "要確認",
        State::BulkOnly => "大量送信者のみ要対応",
        State::MarketingOnly => "広告メールのみ要対応",
        State::CannotKnow => "判断できない",
        State::NotApplicable => "対象外",
    }
}

pub(in crate::text) const fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::All => "すべてのメール",
        Audience::Bulk => "大量送信者",
        Audience::Marketing => "大量送信者の広告メール",
        Audience::Forwarded => "転送されたメール",
        Audience::Lists => "メーリングリスト",
    }
}

pub(in crate::text) const fn level(level: Level) -> Option<&'static str> {
    match level {
        Level::Required => None,
        Level::Advised => Some("推奨"),
        Level::Optional => Some("任意"),
    }
}

pub(in crate::text) const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Refused => "拒否される",
        Effect::DeferredThenRefused => "一時的に拒否され、続けば拒否される",
        Effect::RefusedOrSpam => "拒否されるか、迷惑メールになる",
        Effect::Spam => "迷惑メールになりやすい",
        Effect::Dropped => "受け取られても表示されず、エラーも返らない",
        Effect::RecipientSetting => "受信者の設定によっては届かない",
        Effect::MayNotArrive => "届かないことがある",
        Effect::NoSupport => "事業者のサポートを受けられない",
        Effect::WarningShown => "受信者に警告が表示される",
        Effect::WorseReputation => "評価が下がる",
        Effect::MarkOnly => "メール画面の表示だけが変わる",
    }
}

/// 要件を確かとは言えない理由。
pub(in crate::text) const fn caveat(status: Status, basis: Basis) -> Option<&'static str> {
    match (status, basis) {
        (Status::Withdrawn, _) => Some("廃止"),
        (_, Basis::PagesDiffer) => Some("公式ページの記載に食い違いあり"),
        (_, Basis::OldPage) => Some("古い公式ページによる"),
        (Status::Reported, _) | (_, Basis::Others) => Some("第三者の情報による"),
        (Status::Active, Basis::OwnPage | Basis::Archive) => None,
    }
}

pub(in crate::text) const fn bulk(bulk: Bulk) -> &'static str {
    match bulk {
        Bulk::Yes => "はい",
        Bulk::No => "いいえ",
        Bulk::Unknown => "不明",
    }
}

pub(in crate::text) fn likely_bulk(kind: StreamKind) -> Option<&'static str> {
    (kind == StreamKind::Bulk).then_some(
        "このメールには一斉配信の特徴があり、大量送信者である可能性があります。ただし1通だけでは断定できません。",
    )
}

pub(in crate::text) fn chosen(by: &ChosenBy, provider: &str) -> String {
    match by {
        ChosenBy::User => format!("{provider}：手動で選択。"),
        ChosenBy::Host { host } => format!("{provider}：{host} がメールを受け取りました。"),
        ChosenBy::HostOfOthers { host, domain } => format!(
            "{provider}：{host} がメールを受け取りました。メールボックスは企業などの独自ドメイン {domain} のため、この要件が適用されない場合があります。"
        ),
        ChosenBy::Domain { domain, shown_by: ShownBy::Received } => {
            format!("{provider}：受信サーバーが {domain} 宛てと記録しています。")
        }
        ChosenBy::Domain { domain, shown_by: ShownBy::DeliveredTo } => {
            format!("{provider}：{domain} のメールボックスに配信されました。")
        }
        ChosenBy::Domain { domain, shown_by: ShownBy::To } => {
            format!("{provider}：宛先（To）が {domain} です。実際に届いたサーバーはわかりません。")
        }
    }
}

fn length(length: usize, limit: u64) -> String {
    let group = |digits: String| number::grouped(&digits);
    format!("{}（上限 {}）", group(length.to_string()), group(limit.to_string()))
}

fn by_server(by: Option<&String>) -> String {
    by.map_or_else(|| "受信サーバー".to_owned(), |by| format!("{by} "))
}

#[expect(clippy::too_many_lines, reason = "one arm a reason")]
pub(in crate::text) fn why(why: &Why) -> String {
    let fixed = match why {
        Why::Both { one, other } => return format!("{}{}", self::why(one), self::why(other)),

        Why::SpfPassed { domain, ip } => return format!("{domain} のSPFで {ip} が許可されています。"),
        Why::SpfNotPassed { domain, ip, result } => {
            return format!("{domain} のSPFは、{ip} に対して「{}」です。", spf_result(Some(*result)));
        }
        Why::SpfNotJudged => "接続元IPアドレスか送信者が不明なため、SPFを評価していません。",
        Why::AddressUnsure => "どのIPアドレスから接続してきたかが確実でないため、判定できません。",
        Why::SpfNoAnswer { domain } => return format!("{domain} のSPFレコードについて、DNSの応答がありません。"),
        Why::SpfNoRecord { domain } => return format!("{domain} にSPFレコードがありません。"),
        Why::SpfLoose { domain, term } => {
            let term = term.as_ref().map_or_else(String::new, |term| format!("（{term}）"));
            return format!("{domain} のSPFレコードは、許可する範囲が非常に広くなっています{term}。");
        }
        Why::SpfTidy { domain } => return format!("{domain} のSPFレコードに不審な点はありません。"),
        Why::SpfIpv4 { domain } => return format!("{domain} のSPFレコードにIPv4アドレスがあります。"),
        Why::SpfNoIpv4 { domain } => return format!("{domain} のSPFレコードにIPv4アドレスがありません。"),
        Why::SpfNotCounted { domain } => {
            return format!("{domain} のSPFレコードで許可されるアドレスは、数えられません。");
        }
        Why::SpfOldType { domain } => {
            return format!("{domain} のSPFレコードは、廃止されたタイプ（SPF、99番）だけで公開されています。");
        }
        Why::SpfIsTxt { domain } => return format!("{domain} のSPFレコードはTXTで公開されています。"),
        Why::SpfSendsNothing { domain } => {
            return format!("{domain} のSPFレコードは、どのサーバーにも送信を許可していません。");
        }
        Why::SenderNull => "エンベロープFromが空のメール（不達通知など）のため、ドメインがありません。",
        Why::EnvelopeHostsNotAsked { domain } => {
            return format!("{domain} はDNSに存在します。MXとアドレスは問い合わせていません。");
        }
        Why::SenderNotNull => "エンベロープFromは空ではありません。",
        Why::DomainExists { domain } => return format!("{domain} はDNSに存在します。"),
        Why::DomainMissing { domain } => return format!("{domain} はDNSに存在しません。"),
        Why::PassedOnNotProved => "転送の特徴がありますが、実際に転送されたことを裏付けるものはありません。",
        Why::PassedOn => "転送されたメールのため、接続元は転送元のサーバーです。",

        Why::DkimPassed { domain } => return format!("{domain} のDKIM署名は有効です。"),
        Why::DkimNotPassed { domain, reason } | Why::DkimUnknown { domain, reason } => {
            let domain = domain.as_ref().map_or_else(String::new, |domain| format!("{domain} の"));
            return format!("{domain}DKIM署名：{}。", dkim_reason(*reason).trim_end_matches('。'));
        }
        Why::NoSignature => "DKIM署名がありません。",
        Why::KeyBits { domain, bits } => return format!("{domain} の鍵は{bits}ビットです。"),
        Why::KeyNotRsa { domain } => return format!("{domain} の鍵はRSAではなく、長さは決まっています。"),
        Why::KeyTooShort { domain, bits } => {
            let bits = bits.map_or_else(String::new, |bits| format!("（{bits}ビット）"));
            return format!("{domain} の鍵が短すぎます{bits}。");
        }
        Why::NoKey => "鍵がわかりません。",
        Why::AlignedSignatures { passed, count } => {
            return format!("差出人ドメインの署名{count}個のうち、{passed}個が合格です。");
        }
        Why::FewAlignedSignatures { count: 0 } => "差出人ドメインの署名はありません。",
        Why::FewAlignedSignatures { .. } => "差出人ドメインの署名は1つです。",

        Why::DmarcRecord { at, policy } => {
            return policy.map_or_else(
                || format!("{at} がDMARCレコードを公開しています。"),
                |policy| format!("{at} がDMARCレコードを公開しています（p={}）。", policy_word(policy)),
            );
        }
        Why::DmarcNoRecord { domain } => return format!("{domain} に適用されるDMARCレコードがありません。"),
        Why::DmarcWithoutPolicy { at } => return format!("{at} のDMARCレコードに有効な p= がありません。"),
        Why::DmarcPassed { domain } => return format!("{domain} のDMARCは合格です。"),
        Why::DmarcFailed { domain, policy } => {
            let asks = policy
                .map_or_else(String::new, |policy| format!("ドメインは「{}」を求めています。", policy_word(policy)));
            return format!("{domain} のDMARCは不合格です。{asks}");
        }
        Why::DmarcUnknown { reason } => return format!("{}。", dmarc_reason(*reason).trim_end_matches('。')),
        Why::DmarcAsksNothing { domain } => {
            return format!("{domain} のDMARCは不合格ですが、ドメインはその扱いを求めていません。");
        }
        Why::Aligned { author, domain } => return format!("合格した {domain} が {author} と一致しています。"),
        Why::NotAligned { author, passed } if passed.is_empty() => {
            return format!("{author} と一致するドメインで合格したものがありません。");
        }
        Why::NotAligned { author, passed } => {
            return format!("合格したのは {} で、{author} と一致しません。", passed.join("、"));
        }
        Why::Reports { to } => return format!("レポートの送り先は {to} です。"),
        Why::NoReports { at } => return format!("{at} のDMARCレコードにレポートの送り先がありません。"),

        Why::NoAuthor => "Fromから、判定できるドメインが読み取れません。",
        Why::AuthorsFound { fields, mailboxes } => {
            return format!("Fromが{fields}個、その中のアドレスが{mailboxes}個あります。");
        }
        Why::OneAuthor { domain } => {
            return domain.as_ref().map_or_else(
                || "Fromは1つで、アドレスも1つです。".to_owned(),
                |domain| format!("Fromは1つで、アドレスも1つです（{domain}）。"),
            );
        }
        Why::DomainValid { domain } => return format!("{domain} は正しい形式です。"),
        Why::DomainInvalid => "差出人ドメインの形式が正しくありません。",
        Why::OtherDomain { domain } => return format!("差出人ドメインは {domain} です。"),
        Why::OwnDomainProved { domain } => {
            return format!("差出人ドメインは {domain} で、SPFかDKIMで証明されています。");
        }
        Why::OwnDomainUnproved { domain } => {
            return format!("差出人ドメインは {domain} ですが、そこから送られたことを示すものがありません。");
        }
        Why::Hosts { domain, state } => {
            return match state {
                HostsState::Mx => format!("{domain} にMXレコードがあります。"),
                HostsState::Address => format!("{domain} にMXレコードはなく、アドレスのレコードがあります。"),
                HostsState::Ipv6Address => {
                    format!("{domain} にIPv6アドレスはありますが、MXレコードもAレコードもありません。")
                }
                HostsState::NullMx => format!("{domain} はメールを受け取らないと宣言しています（MXが「.」）。"),
                HostsState::Nothing => format!("{domain} にはMXもAもありません。"),
                HostsState::Unreachable => format!("{domain} のMXについて、DNSの応答がありません。"),
                HostsState::NotAsked => format!("{domain} のMXをDNSに問い合わせていません。"),
            };
        }
        Why::HostsNotAsked => "差出人ドメインのMXは、この事業者が受信側のとき、または選択したときだけ問い合わせます。",

        Why::NoAddress => "受信側の入口がメールからわかりません。",
        Why::ReverseConfirmed { ip, name } => return format!("{ip} の逆引きは {name} で、正引きも一致します。"),
        Why::ReverseNamed { ip, name } => return format!("{ip} の逆引きは {name} です。"),
        Why::ReverseMissing { ip } => return format!("{ip} に逆引きがありません。"),
        Why::ReverseMismatch { ip, name } => return format!("{ip} の逆引きは {name} ですが、正引きが一致しません。"),
        Why::ReverseNoAnswer { ip } => return format!("{ip} の逆引きについて、DNSの応答がありません。"),
        Why::ReverseOwn { name, domain } => return format!("{name} は {domain} と同じ組織です。"),
        Why::ReverseOther { name } => return format!("{name} は別のドメインです。"),
        Why::ReverseGenerated { name } => return format!("{name} は、IPアドレスから自動で付けられた名前に見えます。"),
        Why::ReverseChosen { name } => return format!("{name} は、自動で付けられた名前には見えません。"),
        Why::OverIpv4 { ip } => return format!("IPv4（{ip}）で届いています。"),
        Why::Ipv6Ready { ip } => return format!("{ip} に逆引きがあり、認証にも合格しています。"),
        Why::Encrypted { by, version } => {
            let version = version.map_or_else(String::new, |version| format!("（{}）", version.name()));
            return format!("{}の記録では暗号化されていました{version}。", by_server(by.as_ref()));
        }
        Why::NotEncrypted { by } => return format!("{}の記録では暗号化されていませんでした。", by_server(by.as_ref())),
        Why::EncryptionNotStated => "暗号化されたかどうかを受信サーバーが記録していません。",
        Why::HeloFull { name } => return format!("HELOの名前は {name} です。"),
        Why::HeloNotFull { name } => return format!("HELOの名前 {name} は完全なホスト名ではありません。"),
        Why::HeloUnknown => "HELOの名前がメールからわかりません。",
        Why::HeloIsReceiver { name } => return format!("HELOの名前 {name} は受信サーバー自身の名前です。"),

        Why::Rewritten => "保存したソフトがメールを作り直しているため、送信時の形がわかりません。",
        Why::PartlyKept => "このファイルにはヘッダの一部がありません。",
        Why::NoBody => "本文がありません。",
        Why::Absent { field } => return format!("{field} がありません。"),
        Why::Repeated { field } => return format!("{field} が重複しています。"),
        Why::NothingRepeated => "重複しているヘッダはありません。",
        Why::WellFormed => "確認した範囲では、規格に反する点はありません。",
        Why::UnreadableLine => "ヘッダの中に、ヘッダとして読めない行があります。",
        Why::RawBytes => "ヘッダに、エンコードされていないASCII以外の文字があります。",
        Why::Within { length, limit } => return format!("{}。", self::length(*length, *limit)),
        Why::Beyond { length, limit } => return format!("上限を超えています：{}。", self::length(*length, *limit)),
        Why::MessageIdWhole => "Message-IDは正しい形式です。",
        Why::MessageIdBroken => "Message-IDが <左@右> の形式ではありません。",
        Why::FieldThere { field } => return format!("{field} があります。"),
        Why::AnswerWithoutReference => "件名は返信のように始まりますが、元のメールを示すヘッダがありません。",
        Why::AnswerWithReference => "件名は返信のように始まり、元のメールを示すヘッダもあります。",
        Why::SubjectPlain => "件名は返信のようには始まっていません。",
        Why::NamePlain => "表示名に不審な点はありません。送信者を正しく示しているかは判断していません。",
        Why::NameHoldsAddress => "表示名にメールアドレスが含まれています。",
        Why::NameLooksLikeThread => "表示名が、スレッドのような番号で終わっています。",
        Why::NameHasCheckMark => "表示名にチェックマークが含まれています。",
        Why::DomainsPlain => "ドメインはすべてASCIIです。",
        Why::DomainNotPlain { domain } => {
            return format!("{domain} にはASCII以外の文字があり、混ざり方は判断していません。");
        }
        Why::DateNear { seconds } => return format!("Dateと受信時刻の差は{seconds}秒です。"),
        Why::DateFar { seconds } => {
            return format!("Dateと受信時刻の差は{seconds}秒で、許容範囲は公開されていません。");
        }
        Why::DateMissing => "読み取れるDateがありません。",
        Why::NoReceipt => "受信時刻がわかりません。",
        Why::Decodes => "FromとSubjectは正しく読み取れます。",
        Why::Undecodable { field } => return format!("{field} が、書かれた文字コードと合っていません。"),
        Why::AddressesPlain => "Fromのアドレスに特殊な文字はありません。",
        Why::AddressExotic => "Fromのアドレスに特殊な文字があります。",
        Why::AddressesFull => "アドレスはすべて完全な形です。",
        Why::AddressNotFull => "ドメインが完全でないアドレスがあります。",

        Why::NoListUnsubscribe => "List-Unsubscribeがありません。",
        Why::HttpsWay => "List-Unsubscribeにhttpsのアドレスがあります（呼び出していません）。",
        Why::OnlyOtherWays => "List-Unsubscribeにhttpsのアドレスがありません。",
        Why::PostRight => "List-Unsubscribe-Postの値は正しいものです。",
        Why::PostMissing => "List-Unsubscribe-Postがありません。",
        Why::PostWrong => "List-Unsubscribe-Postの値が異なります。",
        Why::FieldsSigned { domain } => return format!("{domain} の署名が両方のヘッダを対象にしています。"),
        Why::FieldsUnsigned => "両方のヘッダを対象にした有効な署名がありません。",
        Why::NoValidSignature => "ヘッダを対象にできる有効な署名がありません。",
        Why::SomeWay => "List-Unsubscribeにhttpsかmailtoのアドレスがあります。",
        Why::NoWay => "List-Unsubscribeにhttpsのアドレスもmailtoのアドレスもありません。",
        Why::MailtoWay => "List-Unsubscribeにmailtoのアドレスがあります。",
        Why::NoMailtoWay => "List-Unsubscribeにmailtoのアドレスがありません。",
        Why::BodyLink => "本文に、登録解除の言葉とリンクがあります。",
        Why::BodyOtherLinks => "本文にリンクはありますが、登録解除のものかどうかはわかりません。",
        Why::BodyNoLink => "本文にリンクがありません。",
        Why::RepliesToNobody => "返信を受け付けないことを示すアドレスです。",
        Why::RepliesUntested => "返信を受け取れるかどうかは、ここからはわかりません。",
        Why::Script => "HTMLにスクリプトがあります。",
        Why::AddressLink => "IPアドレスだけのリンクがあります。",
        Why::NoScript => "どちらも見つかりませんでした。",

        Why::ForwarderRewrote => "エンベロープFromが書き換えられています。",
        Why::ForwarderCovered { domain } => return format!("転送元の {domain} のSPFに合格しています。"),
        Why::ForwarderNotCovered => "エンベロープFromが元のままで、転送元のIPアドレスではSPFに合格しません。",
        Why::ArcThere { instances } => return format!("ARCの記録が{instances}個あります。"),
        Why::ArcMissing => "ARCのチェーンがありません。",

        Why::BimiNotAsked => "BIMIのレコードは、この事業者が受信側のとき、または選択したときだけ問い合わせます。",
        Why::BimiUnasked { name } => return format!("{name} をDNSに問い合わせていません。"),
        Why::BimiNoAnswer { name } => return format!("{name} について、DNSの応答がありません。"),
        Why::BimiMissing { domain, ignored } => {
            return format!("{domain} に、ロゴを示すBIMIレコードがありません。{}", selector(ignored.as_ref()));
        }
        Why::BimiPolicyShare { domain } => {
            return format!("{domain} のDMARCレコードでは、pctにより、ポリシーの対象がメールの一部に限られています。");
        }
        Why::BimiPolicyWeak { domain } => return format!("{domain} のDMARCポリシーがquarantineより弱いものです。"),
        Why::BimiReady { name, logo, ignored } => {
            let logo = logo.as_ref().map_or_else(String::new, |logo| format!("：{logo}"));
            return format!("{name} にレコードがあります{logo}（取得はしていません）。{}", selector(ignored.as_ref()));
        }
        Why::BimiNoCertificate { name, ignored } => {
            return format!("{name} のレコードに証明書（a=）がありません。{}", selector(ignored.as_ref()));
        }
        Why::BimiCertificate { name, certificate, ignored } => {
            return format!(
                "{name} にレコードがあり、証明書は {certificate} です（取得はしていません）。{}",
                selector(ignored.as_ref())
            );
        }

        Why::ListedNow { list } => {
            return format!("現在 {list} に載っています。この事業者がこのリストを使っているかどうかはわかりません。");
        }
        Why::ListedNowhere => "回答のあったリストには、現在載っていません。ほかのリストや受信時のことはわかりません。",
        Why::OneMessage => "1通からは判断できません。",
        Why::NotJudged => "内容に関する要件で、本ソフトでは判断していません。",
        Why::LimitNotPublished => "上限が公開されていません。",
        Why::Withdrawn { on } => return format!("この要件は{on}に廃止されました。"),
        Why::NotBulk => "大量送信者ではありません。",
        Why::OtherKind { kind } => return format!("別の種類のメールに見えます：{}。", stream(*kind)),
        Why::NotForwarded => "転送された形跡がありません。",
        Why::NotList => "メーリングリストの形跡がありません。",
    };
    fixed.to_owned()
}

/// 無視されるセレクタについて。
fn selector(ignored: Option<&String>) -> String {
    ignored.map_or_else(String::new, |name| {
        format!("このメールが指定するセレクタ {name} は、差出人ドメインの有効な署名の対象ではないため使われません。")
    })
}
