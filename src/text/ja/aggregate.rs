//! DMARC集約レポートの言葉。

use crate::aggregate::{Aggregate, Deviation, Method, OverrideKind};
use crate::check::{FailingSource, Shown, Tally};
use crate::text::number;

pub(in crate::text) fn counted(report: &Aggregate) -> String {
    let (all, not_passed) = (number::count(report.messages), number::count(report.failed()));
    match (report.failed(), report.is_at_least()) {
        (0, false) => format!("{all}通（すべてDMARCに合格）"),
        (_, false) => format!("{all}通（うち{not_passed}通がDMARCに不合格）"),
        (0, true) => format!("少なくとも{all}通（読み取れた範囲ではDMARCに合格）"),
        (_, true) => format!("少なくとも{all}通（うち少なくとも{not_passed}通がDMARCに不合格）"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "実体の定義があります（展開していません）",
        Deviation::Broken => "途中で切れているか、XMLの形式が崩れています",
        Deviation::NoCount => "件数を読み取れない記録があります（少なくとも1通として集計）",
        Deviation::OtherAuthor => "ほかのドメインについての記録は、集計に含めていません",
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

pub(in crate::text::ja) fn domain(tally: &Tally) -> &str {
    tally.domain.as_deref().unwrap_or("（ドメインの記載なし）")
}

pub(in crate::text::ja) fn reporter(tally: &Tally) -> &str {
    tally.reporter.as_deref().unwrap_or("（報告元の記載なし）")
}

/// 「2026-11-20（UTC）」
pub(in crate::text::ja) fn days(tally: &Tally) -> String {
    match &tally.days {
        Some((first, last)) if first == last => format!("{first}（UTC）に "),
        Some((first, last)) => format!("{first}〜{last}（UTC）に "),
        None => String::new(),
    }
}

/// 不合格のメールの送信元です。
fn most(tally: &Tally) -> String {
    match (&tally.largest, tally.outstanding()) {
        (Some(source), _) if tally.at_least && tally.sources == 1 => {
            format!("読み取れた分は、すべて {} からのものです。", source.name)
        }
        (_, Some(source)) if tally.at_least => {
            format!("読み取れた分で最も多い送信元は {}（{}通）です。", source.name, number::count(source.failed))
        }
        (Some(_), None) if tally.at_least => {
            format!("読み取れた分の送信元は{}か所です。", number::count(tally.sources))
        }
        (Some(source), _) if tally.sources == 1 && tally.failed == 1 => format!("送信元は {} です。", source.name),
        (Some(source), _) if tally.sources == 1 => format!("すべて {} からのものです。", source.name),
        (_, Some(source)) => {
            format!("最も多い送信元は {}（{}通）です。", source.name, number::count(source.failed))
        }
        (Some(_), None) => {
            format!("不合格の送信元は{}か所あり、特に多い送信元はありません。", number::count(tally.sources))
        }
        (None, None) => String::new(),
    }
}

fn count(tally: &Tally) -> String {
    let (reporter, domain, days) = (reporter(tally), domain(tally), days(tally));
    let (all, failed) = (number::count(tally.messages), number::count(tally.failed));
    match (tally.messages, tally.failed) {
        _ if tally.at_least => lower_bound(tally),
        (0, _) => format!("{days}{reporter} が受け取った {domain} 名義のメールはありません。"),
        (_, 0) => {
            format!("{days}{reporter} が受け取った {domain} 名義のメール{all}通は、すべてDMARCに合格しました。")
        }
        (1, _) => {
            format!("{days}{reporter} が受け取った {domain} 名義のメール1通は、DMARCに不合格でした。{}", most(tally))
        }
        (counted, failed) if counted == failed => format!(
            "{days}{reporter} が受け取った {domain} 名義のメール{all}通は、すべてDMARCに不合格でした。{}",
            most(tally)
        ),
        _ => format!(
            "{days}{reporter} が受け取った {domain} 名義のメール{all}通のうち、{failed}通がDMARCに不合格でした。{}",
            most(tally)
        ),
    }
}

/// レポートの一部を読み取れないとき。
fn lower_bound(tally: &Tally) -> String {
    let (reporter, domain, days) = (reporter(tally), domain(tally), days(tally));
    let all = number::count(tally.messages);
    let known = match (tally.messages, tally.failed) {
        (0, _) => format!("{days}{reporter} が受け取った {domain} 名義のメールの件数を読み取れません。"),
        (_, 0) => format!(
            "{days}{reporter} が受け取った {domain} 名義のメールは少なくとも{all}通で、読み取れた範囲ではDMARCに合格しました。"
        ),
        (_, failed) => format!(
            "{days}{reporter} が受け取った {domain} 名義のメール（少なくとも{all}通）のうち、少なくとも{}通がDMARCに不合格でした。{}",
            number::count(failed),
            most(tally)
        ),
    };
    format!("{known}レポートの一部を読み取れないため、実際の件数はこれより多い可能性があります。")
}

pub(in crate::text) fn headline(tally: &Tally) -> String {
    let lead = if tally.proved {
        "DMARC集約レポート"
    } else {
        "本物と確認できないDMARC集約レポートの記載"
    };
    format!("{lead}：{}", count(tally))
}

/// お客様への文面：レポートに書かれている内容として。
pub(in crate::text) fn for_customer(tally: &Tally) -> String {
    let unproved = if tally.proved {
        ""
    } else {
        "なお、このレポートが本物であることは確認できておりません。"
    };
    format!("DMARC集約レポートに、次のように記載されております。{}{unproved}", count(tally))
}

pub(in crate::text) fn next_step(tally: &Tally) -> String {
    let genuine = remedy(tally, &format!("{} の管理者に、", domain(tally)));
    if tally.proved || tally.largest.is_none() {
        genuine
    } else {
        format!("設定を変更する前に、ほかの集約レポートと見比べてください。同じ結果の場合：{genuine}")
    }
}

/// 文面でのお客様への依頼として。
pub(in crate::text) fn asked_of_customer(tally: &Tally) -> String {
    asked_politely(tally, &format!("{} の管理者の方に、", domain(tally)))
}

/// 文面でのドメインの管理者への依頼として。
pub(in crate::text) fn asked(tally: &Tally) -> String {
    asked_politely(tally, "")
}

fn asked_politely(tally: &Tally, whom: &str) -> String {
    let domain = domain(tally);
    let compare = if tally.proved {
        ""
    } else {
        "設定を変更される前に、ほかの集約レポートと見比べていただきますようお願いいたします。同じ結果の場合は、次のとおりお願いいたします。"
    };
    let sources = sources(tally);
    format!(
        "{compare}{whom}{sources}から {domain} 名義のメールを送信しているかどうかをご確認ください。送信している場合は、{domain} の作成者署名（DKIM）を付けるか、エンベロープFromを {domain} のドメインにする（SPF）設定をお願いいたします。送信していない場合は、設定を変更していただく必要はございません。そのようなメールは、受信側でDMARCにより見分けることができます。"
    )
}

/// 確認の対象になる送信元です。
fn sources(tally: &Tally) -> String {
    match tally.outstanding() {
        Some(FailingSource { name, shown: Shown::OtherDomain(other), .. }) => format!("{name}（{other} が合格）"),
        Some(FailingSource { name, shown: Shown::NoPass | Shown::Unknown, .. }) => format!("{name} "),
        None => format!("レポートに記載された{}か所の送信元のいずれか", number::count(tally.sources)),
    }
}

fn remedy(tally: &Tally, whom: &str) -> String {
    if tally.largest.is_none() && tally.at_least {
        return "レポートの一部を読み取れません。もう一度入手するか、次のレポートで確認してください。".to_owned();
    }
    if tally.largest.is_none() {
        return "このレポートへの対応は不要です。ただし、1つの受信側が数えた結果であり、ほかの受信側のことはわかりません。"
            .to_owned();
    }
    let (sources, domain) = (sources(tally), domain(tally));
    format!(
        "{whom}{sources}から {domain} 名義のメールを送っているか確認してください。送っている場合は、{domain} の作成者署名（DKIM）か、{domain} のエンベロープFrom（SPF）で送るように設定します。送っていない場合は、そのままで構いません。そのようなメールは、受信側でDMARCにより見分けられます。"
    )
}

/// レポートから変更後のレコードを提案できない理由。
pub(in crate::text::ja) fn no_record(source: &str) -> String {
    format!(
        "DMARC集約レポートからは、変更後のレコードを提案できません。{source} から届いた件数と結果だけが書かれており、ドメインのどのサービスやサーバーが送信したかはわからないためです。{source} から届いたメールを1通開くと、そのメールについて変更後のレコードを試算し、ここに提案します。{source} に心当たりがなければ、レコードを変更する必要はありません。"
    )
}
