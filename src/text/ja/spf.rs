//! SPFの結果、一致しなかった理由、レコード全体で許可される範囲、各記述の参照回数。

use std::net::IpAddr;

use crate::auth::spf::{
    Authorised, Bound, Check, Cost, MAX_LOOKUPS, MAX_VOID_LOOKUPS, Matched, Reason, SpfResult, Survey, SyntaxError,
};
use crate::text::number;

/// 結果を一文で示す。
pub(in crate::text) fn sentence(check: &Check) -> String {
    let Check { domain, ip, .. } = check;
    let (owner, term) = match &check.culprit {
        Some(culprit) => (culprit.domain.as_str(), culprit.term.as_deref()),
        None => (domain.as_str(), None),
    };
    let cause = term.map_or_else(|| format!("{owner} のレコード"), |term| format!("{owner} のレコードの {term}"));
    match check.reason {
        Reason::Matched => matched(check),
        Reason::NothingMatched => format!(
            "{domain} のレコードには {ip} がなく、一覧にないサーバーの扱いも示されていません（最後に all がありません）。"
        ),
        Reason::NoRecord if check.deprecated.is_some() => {
            format!(
                "{domain} には、受信側が参照するSPFレコードがありません（廃止されたSPFタイプ（99番）だけが公開されています）。"
            )
        }
        Reason::NoRecord => format!("{domain} にSPFレコードがありません。"),
        Reason::NoSuchDomain => format!("{domain} はDNSに存在しないため、SPFレコードもありません。"),
        Reason::NotADomain if domain.is_empty() => "送信者に、SPFレコードを確認できるドメインがありません。".to_owned(),
        Reason::NotADomain => format!("{domain} は、SPFレコードを確認できるドメインではありません。"),
        Reason::SeveralRecords => format!("{owner} にSPFレコードが複数あるため、判定できません。"),
        Reason::SyntaxError => format!("{cause} を読み取れないため、判定できません。"),
        Reason::LookupLimit => {
            format!("{cause} でDNS参照が{}回目になり、上限の10回を超えるため、判定できません。", check.lookups)
        }
        Reason::VoidLookupLimit => {
            format!("{cause} で空振りの参照が{}回目になり、上限の2回を超えるため、判定できません。", check.void_lookups)
        }
        Reason::MxLimit => format!("{cause} のMXホストが上限の10個を超えるため、判定できません。"),
        Reason::TargetHasNoRecord => format!("{cause} の参照先にSPFレコードがないため、判定できません。"),
        Reason::DnsTrouble => format!("{cause} についてDNSの応答がないため、一時的に判定できません。"),
        Reason::NotAsked => format!("{domain} の判定に必要なDNSの問い合わせを行っていません。"),
    }
}

fn matched(check: &Check) -> String {
    let Check { domain, ip, .. } = check;
    let Some(matched) = &check.matched else { return String::new() };
    let Matched { term, domain: owner, .. } = matched;
    if let Some(open) = check.passed_as_anybody() {
        let term = open.term.as_deref().unwrap_or_default();
        return format!(
            "{ip} は {domain} のSPFに合格していますが、{} のレコードの {term} により、どのサーバーでも合格します。",
            open.domain
        );
    }
    match check.result {
        Some(SpfResult::Pass) => match &matched.inside {
            None => {
                format!("{ip} は {domain} のメールの送信を許可されています（{owner} のレコードの {term} に一致）。")
            }
            Some(_) => format!(
                "{ip} は {domain} のメールの送信を許可されています（{owner} のレコードの {term} を経て、{} のレコードの {} に一致）。",
                matched.innermost().domain,
                matched.innermost().term
            ),
        },
        Some(SpfResult::Fail) if check.is_unlisted() => format!(
            "{ip} は {domain} のメールの送信を許可されていません。{owner} のレコードの一覧になく、一覧にないサーバーからの送信は認められていません（{term}）。"
        ),
        Some(SpfResult::Fail) => format!(
            "{ip} は {domain} のメールの送信を許可されていません。{owner} のレコードの {term} で、送信を認めないと示されています。"
        ),
        Some(SpfResult::SoftFail) if check.is_unlisted() => format!(
            "{ip} は {domain} の送信サーバーではない可能性があります。{owner} のレコードの一覧になく、一覧にないサーバーは正規のものではない可能性が高いと示されています（{term}）。"
        ),
        Some(SpfResult::SoftFail) => format!(
            "{ip} は {domain} の送信サーバーではない可能性があります。{owner} のレコードの {term} で、正規のものではない可能性が高いと示されています。"
        ),
        Some(SpfResult::Neutral) if check.is_unlisted() => {
            format!("{ip} は {owner} のレコードの一覧になく、一覧にないサーバーの扱いも示されていません（{term}）。")
        }
        _ => format!("{owner} のレコードは {ip} について何も示していません（{term}）。"),
    }
}

/// 一致しなかった理由と、最も近いネットワーク。
pub(in crate::text) fn why_not(check: &Check) -> Option<String> {
    if !check.is_unlisted() {
        return None;
    }
    let family = family(check.ip);
    let compared = match check.missed().count() {
        0 => return Some(format!("{} と比較できる{family}のネットワークがレコードにありません。", check.ip)),
        networks => format!("{} は、比較した{family}のネットワーク{networks}個のいずれにも含まれません。", check.ip),
    };
    let nearest = check.nearest().map_or_else(String::new, |tried| {
        let included = if tried.domain == check.domain { "" } else { "参照先の " };
        format!("最も近いのは {} です（{included}{} のレコードの {}）。", tried.written(), tried.domain, tried.term)
    });
    Some(compared + &nearest)
}

const fn family(ip: IpAddr) -> &'static str {
    if ip.is_ipv4() { "IPv4" } else { "IPv6" }
}

/// レコードが合格にするIPアドレスの数。
pub(in crate::text) fn authorised(survey: &Survey) -> String {
    let (ipv4, ipv6) = (amount(survey.ipv4, "IPv4"), amount(survey.ipv6, "IPv6"));
    let open = if survey.ipv4.bound == Bound::Exact && survey.ipv6.bound == Bound::Exact {
        ""
    } else {
        "（今回の判定に不要だった記述、マクロ、exists、ptrによって変わります）"
    };
    format!("{ipv4}、{ipv6}{open}")
}

fn amount(authorised: Authorised, family: &str) -> String {
    if authorised.everybody {
        return format!("{family}はすべて");
    }
    let number = number::addresses(authorised.addresses());
    let number = match (authorised.bound, authorised.addresses()) {
        (Bound::Exact, 0) => return format!("{family}はなし"),
        (Bound::AtLeast, 0) => return format!("{family}は不明"),
        (Bound::Exact, _) => format!("{number}個"),
        (Bound::AtLeast, _) => format!("{number}個以上"),
        (Bound::AtMost, _) => format!("{number}個以下"),
        (Bound::Between { at_most }, _) => format!("{number}〜{}個", number::addresses(at_most)),
    };
    format!("{family}は{number}")
}

/// 記述ごとの参照回数と、そこまでの合計。
pub(in crate::text) fn cost(cost: Cost) -> String {
    let Cost { own, so_far } = cost;
    let lookups = format!("参照{}回（計{}/{MAX_LOOKUPS}）", own.lookups, so_far.lookups);
    if so_far.void_lookups == 0 {
        return lookups;
    }
    let questions = if own.void_questions == own.void_lookups {
        String::new()
    } else {
        format!("、問い合わせでは{}件", own.void_questions)
    };
    format!("{lookups}、空振り{}回（計{}/{MAX_VOID_LOOKUPS}{questions}）", own.void_lookups, so_far.void_lookups)
}

/// 空振りの上限の、もう一つの数え方。
pub(in crate::text) fn voids_by_question(check: &Check) -> Option<String> {
    let questions = check.void_questions;
    if questions == check.void_lookups {
        return None;
    }
    let over = if check.is_over_void_questions() {
        "で上限を超え、permerrorになる可能性があります"
    } else {
        "です"
    };
    Some(format!("RFC 7208のとおり記述の数で数えた値。問い合わせの数で数える受信側では{questions}回{over}"))
}

/// 記述の誤り。
pub(in crate::text) const fn fault(error: SyntaxError) -> &'static str {
    match error {
        SyntaxError::Character => "レコードに使用できない文字があります",
        SyntaxError::UnknownMechanism => "このメカニズムは存在しません",
        SyntaxError::ModifierName => "等号の前がモディファイアの名前ではありません",
        SyntaxError::RepeatedModifier => "このモディファイアは1回しか書けません",
        SyntaxError::UnexpectedArgument => "all に値は指定できません",
        SyntaxError::MissingDomain => "ドメインがありません",
        SyntaxError::DomainSpec => "ドメイン名として完結していません",
        SyntaxError::AddressAsDomain => "ドメインの位置にIPアドレスがあります（IPアドレスには ip4 か ip6 を使います）",
        SyntaxError::MissingAddress => "IPアドレスがありません",
        SyntaxError::Address => "この種類のIPアドレスではありません",
        SyntaxError::PrefixLength => "ネットワークのプレフィックス長が正しくありません",
        SyntaxError::Macro => "このマクロは存在しません",
        SyntaxError::MacroOnlyInExplanation => "このマクロは説明文でしか使えません",
    }
}
