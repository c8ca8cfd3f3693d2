//! DMARC集約レポートについての指摘。

use crate::check::{FailingSource, Shown, Tally};
use crate::text::ja::aggregate::{days, domain, next_step, reporter};
use crate::text::{Explanation, number};

/// 不合格が最も多い送信元について、レポートからわかること。
fn shown(source: &FailingSource, lead: &str, domain: &str) -> String {
    let (name, failed) = (&source.name, source.failed);
    match &source.shown {
        Shown::OtherDomain(other) => format!(
            "{lead}は {name}（{failed}通）です。ここでは {other} がSPFまたはDKIMに合格しており、{domain} の認証が設定されていない配信サービスか、転送やメーリングリストを経由したメールの可能性があります。"
        ),
        Shown::NoPass => format!(
            "{lead}は {name}（{failed}通）です。SPFにもDKIMにも合格していません。{domain} の認証が設定されていないサーバーか、なりすましです。どちらであるかは、レポートからはわかりません。"
        ),
        Shown::Unknown => {
            format!("{lead}は {name}（{failed}通）です。ここで合格したほかのドメインは記載されていません。")
        }
    }
}

pub(in crate::text) fn failures(tally: &Tally) -> Explanation {
    let domain = domain(tally);
    let (all, failed) = (number::count(tally.messages), number::count(tally.failed));
    let title = match tally.messages {
        _ if tally.at_least => format!("{domain} 名義のメールのうち、少なくとも{failed}通がDMARCに不合格でした"),
        counted if counted > 1 && counted == tally.failed => {
            format!("{domain} 名義のメール{all}通が、すべてDMARCに不合格でした")
        }
        1 => format!("{domain} 名義のメール1通が、DMARCに不合格でした"),
        _ => format!("{domain} 名義のメール{all}通のうち、{failed}通がDMARCに不合格でした"),
    };
    let title =
        if tally.proved { title } else { format!("本物と確認できないレポートの記載：{title}") };
    let sources = match tally.sources {
        0 | 1 => String::new(),
        sources => format!("不合格の送信元は{sources}か所です。"),
    };
    let largest = match tally.outstanding() {
        Some(source) if tally.sources == 1 => shown(source, "不合格の送信元", domain),
        Some(source) => shown(source, "最も多い送信元", domain),
        None => "特に多い送信元はありません。内訳はレポートの一覧をご覧ください。".to_owned(),
    };
    let rest = if tally.at_least {
        "レポートの一部を読み取れないため、実際はこれより多い可能性があります。"
    } else {
        ""
    };
    let meaning = format!("{}{} が受け取ったメールの集計です。{sources}{largest}{rest}", days(tally), reporter(tally));
    Explanation::new(title, meaning, next_step(tally))
}
