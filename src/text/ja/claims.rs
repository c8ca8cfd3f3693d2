//! ほかのサーバーの記録：信用できるか、言葉の意味、検証結果と異なる理由。

use crate::auth::claimed::{
    Agreement, Certainty, Deviation, IgnoreReason, Note, Subject, Trust, TrustReason, UnsureReason, Why,
};

pub(in crate::text) const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Trusted(TrustReason::AboveBoundary) => "受信側の入口より上にあります（受信側だけが書ける位置です）。",
        Trust::Trusted(TrustReason::ProviderWritesBelow) => {
            "このプロバイダは自分のReceivedの直下に記録し、自分の名前をかたる記録を削除します。"
        }
        Trust::Trusted(TrustReason::RepeatedAbove) => "受信側の入口より上にあるARCの記録と一字一句同じ内容です。",
        Trust::Unsure(UnsureReason::BoundaryHost) => {
            "受信サーバーの名前が付いていますが、そのReceivedより下にあるため、送信者も書き込める位置です。"
        }
        Trust::Unsure(UnsureReason::BoundaryUnsure) => {
            "より新しいホップが受信側の入口かもしれません。その場合、これは第三者が書いたものです。"
        }
        Trust::Ignored(IgnoreReason::BelowBoundary) => "受信側が受け取った時点で付いていました。誰でも書き込めます。",
        Trust::Ignored(IgnoreReason::OtherServer) => "受信サーバーの最新の記録とは別の名前が付いています。",
        Trust::Ignored(IgnoreReason::NoBoundary) => "受信側の入口がわかりません。",
        Trust::Ignored(IgnoreReason::UnknownVersion) => "不明なバージョンのため、読み取っていません。",
        Trust::Ignored(IgnoreReason::SetAside) => "届いた時点で付いていたため、サーバーが名前を変えて残したものです。",
        Trust::Ignored(IgnoreReason::LimitExceeded) => "読み取る数の上限を超えているため、読み取っていません。",
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NoServer => "先頭にサーバー名がありません（Microsoftの書き方）",
        Deviation::NoInstance => "先頭に i= がありません",
        Deviation::NoSemicolon => "サーバー名の後にセミコロンがありません",
        Deviation::BareDomain => "結果の間にドメインだけがあります（Microsoftは宛先のドメインを書きます）",
        Deviation::EarlyProperty => "結果より前に属性があります（Yahooの書き方）",
        Deviation::StrayProperty => "結果が終わった後に属性があります",
        Deviation::NoPropertyType => "属性に種別がありません",
        Deviation::UnquotedValue => "引用符で囲むべき値が囲まれていません",
        Deviation::EmptyValue => "値が空です",
    }
}

pub(in crate::text) fn subject(subject: Subject) -> String {
    match subject {
        Subject::SpfMailFrom => "SPF（エンベロープFrom）".to_owned(),
        Subject::SpfHelo => "SPF（HELO）".to_owned(),
        Subject::Dkim { signature: Some(index) } => format!("DKIM署名{}", index + 1),
        Subject::Dkim { signature: None } => "DKIM".to_owned(),
        Subject::Dmarc => "DMARC".to_owned(),
        Subject::Arc => "ARC".to_owned(),
        Subject::Iprev => "逆引き（iprev）".to_owned(),
    }
}

pub(in crate::text) const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agrees => "一致",
        Agreement::NeitherPassed => "どちらも合格ではない",
        Agreement::Differs => "不一致",
        Agreement::NotRecorded => "記録なし",
        Agreement::NotJudged => "本ソフトでは未検証",
        Agreement::UnknownWord => "不明な語",
    }
}

pub(in crate::text) const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Established => "確認済み",
        Certainty::Possible => "可能性",
    }
}

pub(in crate::text) fn why(why: Why) -> String {
    match why {
        Why::OtherAddress { theirs } => format!("別の接続元IPアドレス（{theirs}）についての記録です。"),
        other => fixed_why(other).to_owned(),
    }
}

const fn fixed_why(why: Why) -> &'static str {
    match why {
        Why::OtherAddress { .. } => "別の接続元IPアドレスについての記録です。",
        Why::OtherSender => "別の送信者またはHELO名についての記録です。",
        Why::OtherAuthor => "別の差出人ドメインについての記録です。",
        Why::OtherMoment => "現在のDNSで検証しました。受信時は内容が違っていた可能性があります。",
        Why::KeyMissing => "公開鍵が現在のDNSにありません。受信時にはあった可能性があります。",
        Why::KeyRevoked => "公開鍵は失効しています。",
        Why::KeyReplaced => "現在の公開鍵は、受信時のものと違う可能性があります。",
        Why::KeyPublishedSince => "公開鍵が後から公開された可能性があります。",
        Why::BodyChangedSince => "本文が署名時と異なります。受信サーバーの確認後に変更されています。",
        Why::HeaderChangedSince => "受信サーバーの確認後に、署名対象のヘッダが変更された可能性があります。",
        Why::OtherForm => "受信サーバーが確認した時点では、メールの形が違っていた可能性があります。",
        Why::ExpiryNotHeeded => "署名は受信時に期限切れでした（x=）。期限を確認しないサーバーもあります。",
        Why::WeakNotHeeded => {
            "鍵またはアルゴリズムが弱く、無効とすべきものです（RFC 8301）。有効とするサーバーもあります。"
        }
        Why::RuleNotHeeded => "署名が規格に反しています。有効とするサーバーもあります。",
        Why::LimitsCounted => "SPFの参照回数の数え方は、サーバーによって異なります。",
        Why::BestGuess => "レコードが公開されていないため、受信サーバーが推測した結果です。",
        Why::LocalPolicy => "受信サーバーが独自の方針で判定しました。",
        Why::TheirDns => "受信サーバーはDNSの応答を得られませんでした。",
        Why::FollowsSpf => "SPFの結果が異なるためです。",
        Why::FollowsDkim => "DKIMの結果が異なるためです。",
        Why::PslReading => "受信サーバーはPublic Suffix Listで組織ドメインを判断しています（RFC 7489）。",
        Why::ArcOverride => "受信サーバーはARCの結果を考慮しています。",
        Why::SealedSince => "受信側が確認後に自らARCのシールを付けたためです。",
        Why::SignatureGone => "その署名は現在のメールにありません。削除されたか、記録が事実と異なります。",
        Why::SignedSince => "署名は、この記録より後に付けられています。",
        Why::NotLookedAt => "受信サーバーが署名を確認していない可能性があります。",
        Why::NotAsked => "本ソフトではDNSに問い合わせていません。",
        Why::NoAnswer => "本ソフトの問い合わせにDNSの応答がありませんでした。",
        Why::BodyMissing => "送信時のままの本文がないため、確認できません。",
        Why::NotKept => "ヘッダが送信時のまま保存されていないため、確認できません。",
        Why::NoAddress => "接続元IPアドレスがわかりません。",
        Why::NoSender => "エンベロープFromまたはHELO名がわかりません。",
        Why::Incomplete => "判定に必要な情報が足りません。",
        Why::MayBeForged => "受信サーバー自身の記録ではない可能性があります。",
        Why::Unexplained => "メールの内容からは理由を説明できません。",
    }
}

/// Microsoftの複合認証に失敗した理由と、その影響。
pub(in crate::text) fn compauth(reason: Option<Note>) -> String {
    let reason = reason.map_or("", note);
    format!(
        "{reason}Microsoftは差出人ドメインについて、SPF・DKIM・DMARCと独自の情報をまとめて判定します。失敗だけで拒否されることはありませんが、迷惑メールに分類されやすくなります。"
    )
}

pub(in crate::text) const fn note(note: Note) -> &'static str {
    match note {
        Note::MethodAuth => "ログインして送信されました（SMTP AUTH）。",
        Note::MethodDomainKeys => "DomainKeysはDKIMの前身で、現在は有効とされません。",
        Note::MethodSenderId => {
            "Sender IDは、ヘッダの差出人をSPFレコードで確認する方式です。現在はほとんど使われていません。"
        }
        Note::MethodAdsp => "ADSPは署名のないメールの扱いを示す方式でしたが、廃止されました（後継はDMARC）。",
        Note::MethodAtps => "ATPS（第三者署名の許可）は実験的な方式で、ほとんど使われていません。",
        Note::MethodVbr => "VBR：第三者サービスによる送信者の保証です。",
        Note::MethodRrvs => "RRVS：メールボックスの持ち主が、送信者の想定と同じかどうかです。",
        Note::MethodSmime => "本文のS/MIME署名の結果です。",
        Note::MethodBimi => "BIMIはロゴを表示するかどうかの判定です。DMARC以上の証明にはなりません。",
        Note::MethodCompauth => {
            "Microsoftの複合認証です。差出人ドメインについて、SPF・DKIM・DMARCと独自の情報をまとめて判定します。"
        }
        Note::MethodSenderauth => "IIJがSPF・DKIM・DMARCの結果を一語にまとめたものです。",
        Note::MethodUnknown => "プロバイダ独自の項目です。意味は公開されていません。",
        Note::VersionUnknown => "方式のバージョンが不明なため、この結果は無視します。",
        Note::HardFail => "failの古い書き方です。",
        Note::DkimPolicy => "署名は正しいものの、サーバーの方針により有効とされていません。",
        Note::BestGuessPass => "DMARCレコードはなく、あれば合格したという意味です。DMARCの合格ではありません。",
        Note::IprevNoName => "IPアドレスに逆引きがありません。",
        Note::IprevMismatch => "正引き・逆引きが一致しません。",
        Note::ResultUnknown => "この方式に登録されていない結果です。",
        Note::CompauthExplicitFail => "理由000：DMARCに失敗し、ドメインは隔離または拒否を求めています。",
        Note::CompauthImplicitFail => {
            "理由001：差出人ドメインを証明するものがありません。レコードがないか、弱い設定です（~all、?all、p=none）。"
        }
        Note::CompauthForbiddenPair => "理由002：管理者が、この送信者によるこのドメインの使用を禁止しています。",
        Note::CompauthOwnDomain => "理由010：受信側の組織自身のドメインで、DMARCに失敗しています。",
        Note::CompauthPassed => "差出人ドメインは合格です。下2桁はMicrosoft内部の値です。",
        Note::CompauthArc => "理由130：ARCの結果により、DMARCの失敗が覆されました。",
        Note::CompauthSoft => "理由2xx：間接的な情報のみで合格としています。",
        Note::CompauthNotChecked => "理由3xx：確認していません。",
        Note::CompauthBypassed => "理由4xx・9xx：確認を省略しています。",
        Note::CompauthOwnDomainImplicit => "理由6xx：受信側の組織自身のドメインですが、証明するものがありません。",
        Note::CompauthUnknown => "不明なコードです。Microsoftは意味を公開していません。",
        Note::OlderAligned => "以前のMicrosoftの説明：SPFまたはDKIMが合格し、Fromと一致しています。",
        Note::OlderDkimOfFrom => "以前のMicrosoftの説明：FromのドメインのDKIMが合格しています。",
        Note::OlderSameEnvelope => "以前のMicrosoftの説明：SPFが合格し、エンベロープFromがFromと同じドメインです。",
        Note::OlderReverseName => "以前のMicrosoftの説明：Fromが逆引き名と一致しています。",
        Note::OlderReverseDomain => "以前のMicrosoftの説明：Fromが逆引き名のドメインと一致しています。",
        Note::OlderBrokenByHop => "以前のMicrosoftの説明：既知の中継サーバーがDKIMを壊しています。",
        Note::OlderBestGuess => "以前のMicrosoftの説明：DMARCレコードはなく、推測では合格です。",
        Note::OlderDmarcError => {
            "以前のMicrosoftの説明：DMARCレコードに誤りがあり、SPFまたはDKIMはFromと一致しています。"
        }
        Note::OlderTimeout => "以前のMicrosoftの説明：DNSが時間内に応答しませんでした。",
        Note::OlderAcceptedDomain => "以前のMicrosoftの説明：送信元はMicrosoft 365の組織のドメインです。",
        Note::OlderMx => "以前のMicrosoftの説明：FromのMXが逆引き名と一致しています。",
        Note::OlderSubnet => "以前のMicrosoftの説明：逆引き名、そのドメイン、またはネットワークが一致しています。",
        Note::OlderBounce => "以前のMicrosoftの説明：受け入れた不達通知です。",
        Note::OlderOwnDomain => "以前のMicrosoftの説明：受信側自身のドメインで、証明できません。",
        Note::OlderHistory => "以前のMicrosoftの説明：この送信者には正当なメールの実績があります。",
        Note::ActionNone => "DMARCによる処置はありませんでした。",
        Note::ActionQuarantine => "DMARCにより隔離されました。",
        Note::ActionReject => "DMARCにより拒否の対象となりました。",
        Note::ActionOverridden => {
            "ドメインは拒否を求めていますが、受信側が上書きしました（通常は迷惑メールフォルダ）。"
        }
        Note::ActionPercentage => "レコードの対象が一部のメールのみで（pct）、このメールは対象外とされました。",
        Note::ActionPermerror => "DMARCレコードを読み取れませんでした。",
        Note::ActionTemperror => "DMARCレコードについてDNSの応答がありませんでした。",
        Note::ActionUnknown => "不明な処置です。意味は公開されていません。",
        Note::AppliedNone => "DMARCにより適用された扱い：none（何もしない）。",
        Note::AppliedQuarantine => "DMARCにより適用された扱い：quarantine（隔離）。",
        Note::AppliedReject => "DMARCにより適用された扱い：reject（拒否）。",
        Note::BestGuessRecord => "SPFレコードが公開されていないため、サーバーが推測した結果です。",
        Note::LocalPolicy => "サーバー独自の方針による判定です。",
        Note::NotSigned => "サーバーは署名を見つけていません。",
        Note::BodyHashWrong => "サーバーの確認では、本文が署名時と異なっていました。",
        Note::SignatureWrong => "サーバーの確認では、署名が一致しませんでした。",
        Note::NoKey => "サーバーは公開鍵を見つけられませんでした。",
        Note::KeyUnprotected => "公開鍵のDNS応答はDNSSECで保護されていません（多くのドメインと同じです）。",
        Note::KeySecure => "公開鍵のDNS応答はDNSSECで保護されています。",
        Note::TestMode => "ドメインはDKIMのテスト中です（t=y）。",
        Note::ArcOverride => "ARCの結果が考慮されています。",
        Note::ArcUsable => "oda=1：Microsoftは前のARCの署名者を信用し、その結果でDMARCの失敗を覆せます。",
        Note::ArcNotUsable => "odaが1ではありません。前のARCの結果はDMARCを覆すために使われていません。",
        Note::ArcLtdi => "ltdi：不明なコードです。Microsoftは意味を公開していません。",
    }
}
