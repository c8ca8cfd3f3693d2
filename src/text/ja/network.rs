//! ネットワークに問い合わせる追加の確認（外部に送られる内容、ブロックリストの回答、ドメインのTLSについての公開情報）。

use crate::dns::Failure;
use crate::facts::network::{NetworkCheck, ToLists};
use crate::listing::{Address, Meaning, Refusal, Role, Standing, Terms, Tested};
use crate::transport::{Exchange, HostState, MailDomain, Problem, State, Tlsa, TlsaFault, Whose};

pub(in crate::text) const fn check(check: NetworkCheck) -> &'static str {
    match check {
        NetworkCheck::Blocklists => "ブロックリスト（DNSBL）",
        NetworkCheck::Transport => "ドメインのTLSポリシー（MTA-STS、TLS-RPT、DANE）",
    }
}

pub(in crate::text) fn leaves_for_lists(leaving: &ToLists) -> String {
    let mut parts = Vec::new();
    if let Some(ip) = leaving.address {
        parts.push(format!(
            "IPアドレス {ip} が、{}件のリストの運営者にDNSの問い合わせとして送られます。",
            leaving.lists_of_address
        ));
    }
    if !leaving.domains.is_empty() {
        let domains = leaving.domains.join("、");
        parts.push(format!("次のドメインが、{}件のリストの運営者に送られます：{domains}。", leaving.lists_of_domains));
    }
    if parts.is_empty() {
        return "送られるものはありません。リストに問い合わせられるIPアドレスもドメインも、このメールにはありません。"
            .to_owned();
    }
    parts.push(
        "問い合わせはお使いのDNSリゾルバーを通り、リゾルバーの運営者にも見えます。メールのほかの内容は送られません。"
            .to_owned(),
    );
    parts.concat()
}

pub(in crate::text) fn leaves_for_transport(domains: &[MailDomain]) -> String {
    if domains.is_empty() {
        return "送られるものはありません。宛先のドメインも差出人のドメインも、このメールからはわかりません。"
            .to_owned();
    }
    let names: Vec<&str> = domains.iter().map(|domain| domain.name.as_str()).collect();
    format!(
        "{} とそのメールサーバーについてのDNSの問い合わせ（TXT、MX、TLSA）が、お使いのDNSリゾルバーを通じて、各ドメインのネームサーバーに送られます。メールサーバーへの接続や、Webページの取得はしません。",
        names.join(" と ")
    )
}

pub(in crate::text) fn address_left_out(address: Address) -> Option<String> {
    match address {
        Address::Known(_) => None,
        Address::Unknown => {
            Some("IPアドレスについては問い合わせません。接続元のIPアドレスがメールからわかりません。".to_owned())
        }
        Address::Unsure(ip) => Some(format!(
            "{ip} については問い合わせません。接続元のIPアドレスかどうかが確かではありません。「経路」で受信側の入口を選ぶか、IPアドレスを指定してください。"
        )),
        Address::Private(ip) => Some(format!(
            "{ip} については問い合わせません。組織内などで使われるIPアドレスで、リストに載ることはありません。"
        )),
    }
}

pub(in crate::text) const fn listing(standing: Standing) -> &'static str {
    match standing {
        Standing::Listed(_) => "掲載あり",
        Standing::NotListed => "掲載なし",
        Standing::Refused(_) => "回答拒否",
        Standing::AnswersAll => "信頼できない",
        Standing::Silent => "利用不可",
        Standing::NotAList => "無効な回答",
        Standing::Unreachable => "応答なし",
        Standing::NotAsked(_) => "未確認",
    }
}

/// 語だけで足りる場合は何も添えない。
pub(in crate::text) const fn listing_note(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Listed(Tested::Passed) | Standing::NotListed => None,
        Standing::NotAsked(failure) => not_asked(failure),
        Standing::Listed(Tested::Unknown) => {
            Some("すべてを掲載ありと答えるリストではないことを、確認できませんでした。")
        }
        Standing::Refused(refusal) => Some(self::refusal(refusal)),
        Standing::AnswersAll => Some(
            "正常なリストには載らない 127.0.0.1 または「invalid」も掲載ありと答えます。運用が終了したか、乗っ取られたリストです。",
        ),
        Standing::Silent => Some(
            "どのリストにもある試験用の項目が見つかりません。リストが終了しているか、このリゾルバーからの問い合わせには答えていません。",
        ),
        Standing::NotAList => {
            Some("回答が 127.0.0.0/8 の範囲外です。リストが終了しているか、リゾルバーが独自の回答を返しています。")
        }
        Standing::Unreachable => Some("許可していないリゾルバーには、まったく応答しないリストもあります。"),
    }
}

const fn not_asked(failure: Failure) -> Option<&'static str> {
    match failure {
        Failure::NotInSnapshot => Some(
            "保存済みのDNSの回答に含まれていません。確認するには、DNSへの問い合わせを有効にして、メールのファイルを開いてください。",
        ),
        Failure::Offline => Some("DNSへの問い合わせがオフです。オンにすると確認できます。"),
        Failure::OverLimit => Some("問い合わせ数の上限に達しました。"),
        Failure::Cancelled => Some("途中で中止しました。再検証すると確認できます。"),
        Failure::NxDomain
        | Failure::NoData
        | Failure::NotAName
        | Failure::ServFail
        | Failure::Refused
        | Failure::Timeout
        | Failure::Untrusted => None,
    }
}

pub(in crate::text) const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::PublicResolver => "このリストは、公開DNSリゾルバーからの問い合わせには答えません。",
        Refusal::TooManyQuestions => "このリゾルバーからの問い合わせが、リストの上限を超えています。",
        Refusal::WrongZone => "問い合わせに使った名前が、リストの側で認識されていません。",
        Refusal::NotForAddresses => "ドメイン名のためのリストで、IPアドレスには答えません。",
        Refusal::NotAllowed => "このリストは、このリゾルバーからの問い合わせには答えません。",
    }
}

pub(in crate::text) const fn listing_meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::SpamSource => "迷惑メールの送信元として登録",
        Meaning::ReportedSpam => "迷惑メールとして受信者から報告",
        Meaning::SpamTrap => "使われていないアドレス（スパムトラップ）に送信",
        Meaning::SpamWave => "現在広がっている迷惑メールの送信元",
        Meaning::LowReputation => "評判の悪いメールの送信元",
        Meaning::Exploited => "マルウェアに感染したか、乗っ取られた機器",
        Meaning::OpenProxy => "開放プロキシまたは匿名化サービス",
        Meaning::BreakInAttempts => "アカウントへの不正ログインを試行",
        Meaning::BotnetControl => "感染した機器を操る制御サーバー",
        Meaning::HijackedNetwork => "犯罪者が支配するネットワーク",
        Meaning::EndUserNetwork => "家庭やオフィスの回線で、メールの直接送信が想定されていないネットワーク",
        Meaning::NoReverseName => "逆引きの名前がない",
        Meaning::WholeNetwork => "周辺を含むネットワーク全体を掲載（このIPアドレス自体の評価ではない）",
        Meaning::SpamDomain => "迷惑メールに使われたドメイン",
        Meaning::PhishingDomain => "フィッシングに使われたドメイン",
        Meaning::MalwareDomain => "マルウェアを配布するドメイン",
        Meaning::BotnetDomain => "感染した機器を操るドメイン",
        Meaning::AbusedForSpam => "正規のドメインが迷惑メールに悪用",
        Meaning::AbusedRedirector => "正規の転送サービスが迷惑メールに悪用",
        Meaning::AbusedForPhishing => "正規のドメインがフィッシングに悪用",
        Meaning::AbusedForMalware => "正規のドメインがマルウェアの配布に悪用",
        Meaning::AbusedForBotnet => "正規のドメインが感染した機器の操作に悪用",
        Meaning::CrackedSite => "侵入されたWebサイト",
        Meaning::DisposableAddresses => "使い捨てアドレスを提供",
        Meaning::BulkDomain => "大量送信があり、望まれないメールも含む（grey）",
        Meaning::WatchedDomain => "自動検出で、人による確認前（red）",
        Meaning::Unknown => "不明なコード",
    }
}

pub(in crate::text) const fn listing_terms(terms: Terms) -> Option<&'static str> {
    match terms {
        Terms::Free => None,
        Terms::OwnResolver => Some("8.8.8.8などの公開DNSリゾルバーには答えない"),
        Terms::Registration => Some("登録済みのリゾルバーにだけ答える"),
    }
}

pub(in crate::text) const fn role(role: Role) -> &'static str {
    match role {
        Role::Author => "From",
        Role::Envelope => "エンベロープFrom",
        Role::Helo => "HELO",
        Role::Signature => "DKIMのd=",
    }
}

pub(in crate::text) const fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Recipient => "宛先のドメインです。このメールのように、宛先へ届けるサーバーに求めている内容です。",
        Whose::Author => {
            "差出人のドメインです。返信を届けるサーバーに求めている内容で、このメールの配送には関係しません。"
        }
        Whose::Both => "宛先と差出人のドメインです。このドメインへ届けるサーバーに求めている内容です。",
    }
}

pub(in crate::text) fn published(state: State) -> String {
    match state {
        State::Found => "公開あり".to_owned(),
        State::Missing => "公開なし".to_owned(),
        State::Several(count) => format!("レコードが{count}件あり、どれも使われない"),
        State::Broken => "書式に誤りがあり、使われない".to_owned(),
        State::Unreachable => "応答なし".to_owned(),
        State::NotAsked(_) => "未確認".to_owned(),
    }
}

pub(in crate::text) const fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BadVersion => "先頭のバージョンの書き方が決まりと違います（直後にセミコロンが必要です）",
        Problem::EmptyField => "セミコロンとセミコロンの間が空です",
        Problem::BadField => "「名前=値」の形になっていません",
        Problem::Repeated => "同じ項目が2回あり、どちらが使われるかは読み手によって異なります",
        Problem::MissingId => "id= がありません",
        Problem::BadId => "id= に使えるのは、1〜32文字の英数字だけです",
        Problem::MissingRua => "rua= がありません",
        Problem::BadUri => "mailto: または https: のアドレスになっていません",
        Problem::UnusualScheme => "この種類の宛先には、レポートの送信側が対応していないことがあります",
        Problem::UnknownField => "定義されていない項目で、効果はありません",
    }
}

pub(in crate::text) const fn exchange(exchange: Exchange) -> &'static str {
    match exchange {
        Exchange::Mx => "MXレコードで指定",
        Exchange::Implicit => "MXレコードなし（ドメイン名そのものがサーバー）",
        Exchange::Null => "メールを受け取らない（null MX）",
        Exchange::Nothing => "ドメインがDNSに存在しない",
        Exchange::NoServer => "MXもアドレスもない（メールを受け取るサーバーがない）",
        Exchange::Unreachable => "MXの応答なし",
        Exchange::NotAsked => "MXは未確認",
    }
}

pub(in crate::text) const fn tlsa_state(state: HostState) -> &'static str {
    match state {
        HostState::Usable => "TLSAの公開あり",
        HostState::Unusable => "使えるTLSAなし",
        HostState::Missing => "TLSAなし",
        HostState::Unreachable => "応答なし",
        HostState::NotAsked(_) => "未確認",
    }
}

pub(in crate::text) fn tlsa(record: Tlsa) -> String {
    let Tlsa { usage, selector, matching, octets, fault } = record;
    let kind = match usage {
        0 => "PKIX-TA",
        1 => "PKIX-EE",
        2 => "DANE-TA：独自の認証局",
        3 => "DANE-EE：この証明書または鍵そのもの",
        _ => "未定義の用途",
    };
    let fault = fault.map_or_else(String::new, |fault| format!("、使用不可：{}", tlsa_fault(fault)));
    format!("{usage} {selector} {matching}（{kind}、{octets}バイト）{fault}")
}

pub(in crate::text) const fn tlsa_fault(fault: TlsaFault) -> &'static str {
    match fault {
        TlsaFault::PkixUsage => "用途0と1はメールでは使われません",
        TlsaFault::UnknownUsage => "用途（1番目の数値）が未定義です",
        TlsaFault::UnknownSelector => "対象（2番目の数値）が未定義です",
        TlsaFault::UnknownMatching => "ハッシュの種類（3番目の数値）が未定義です",
        TlsaFault::DigestLength => "ハッシュの長さが種類と合っていません",
        TlsaFault::Empty => "データがありません",
    }
}
