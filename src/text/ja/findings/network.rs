//! ネットワークに問い合わせる追加の確認についての指摘。

use std::net::IpAddr;

use crate::check::{ListedOn, RecordFault};
use crate::listing::{Refusal, Role};
use crate::text::Explanation;
use crate::text::ja::{findings::identity, network};
use crate::transport::{TlsaFault, Whose};

/// 見出しに挙げるリストの数。
const MAX_NAMES: usize = 3;

fn names(lists: &[ListedOn]) -> String {
    let named: Vec<&str> = lists.iter().take(MAX_NAMES).map(|listed| listed.list).collect();
    let more = lists.len().saturating_sub(MAX_NAMES);
    if more == 0 { named.join("、") } else { format!("{}ほか{more}件", named.join("、")) }
}

fn reasons(lists: &[ListedOn]) -> String {
    let reason = |listed: &ListedOn| {
        let words: Vec<&str> = listed.meanings.iter().map(|meaning| network::listing_meaning(*meaning)).collect();
        format!("{}：{}。", listed.list, words.join("、"))
    };
    lists.iter().map(reason).collect()
}

fn pages(lists: &[ListedOn]) -> String {
    let mut pages: Vec<&str> = Vec::new();
    for listed in lists {
        if !pages.contains(&listed.page) {
            pages.push(listed.page);
        }
    }
    pages.join(" / ")
}

const NOW: &str = "これは現在の掲載状況です。メールを受け取った時点で掲載されていたかどうかは、後からはわかりません。このリストを使っている受信側では、受信拒否や迷惑メール扱いになることがあります。SPF・DKIM・DMARCの判定には関係しません。";

pub(in crate::text) fn ip_listed(ip: IpAddr, lists: &[ListedOn], suspect: bool) -> Explanation {
    let remedy = if suspect {
        "対応は不要です。差出人本人から送られたことを示すものがなく、ブロックリストへの掲載もそれに合致します。"
            .to_owned()
    } else {
        format!(
            "{ip} のサーバーの管理者に依頼してください。先に原因（アカウントや機器の乗っ取り、古い宛先リストなど）を取り除き、その後で解除を申請します：{}",
            pages(lists)
        )
    };
    Explanation::new(
        format!("接続元のIPアドレス {ip} が、現在ブロックリストに載っています（{}）", names(lists)),
        format!("{}{NOW}", reasons(lists)),
        remedy,
    )
}

pub(in crate::text) fn domain_listed(domain: &str, roles: &[Role], lists: &[ListedOn], suspect: bool) -> Explanation {
    let roles: Vec<&str> = roles.iter().map(|role| network::role(*role)).collect();
    let remedy = if suspect {
        identity::leave_alone(domain)
    } else {
        format!(
            "{domain} の管理者に依頼してください。先に原因（Webサイトへの侵入、フォームの悪用、アカウントの乗っ取りなど）を取り除き、その後で解除を申請します：{}",
            pages(lists)
        )
    };
    Explanation::new(
        format!("ドメイン {domain}（{}）が、現在ブロックリストに載っています（{}）", roles.join("、"), names(lists)),
        format!("{}{NOW}", reasons(lists)),
        remedy,
    )
}

pub(in crate::text) fn blocklist_refused(lists: &[&str], why: Refusal) -> Explanation {
    Explanation::new(
        format!("このリゾルバーからは、ブロックリストの回答を得られません（{}）", lists.join("、")),
        format!(
            "{}：{}掲載されているかどうかはわかりません（メールの良し悪しの判断材料にはなりません）。",
            lists.first().copied().unwrap_or_default(),
            network::refusal(why)
        ),
        "自組織のDNSリゾルバーで問い合わせるか、リストのWebページで確認してください。",
    )
}

pub(in crate::text) fn mta_sts_record_broken(
    domain: &str,
    whose: Whose,
    fault: RecordFault,
    part: Option<&str>,
) -> Explanation {
    Explanation::new(
        format!("{domain} のMTA-STSレコードは使われません"),
        format!(
            "{}送信側のサーバーは、{domain} がMTA-STSを公開していないものとして扱い、TLSなしで届けることもあります。{}",
            fault_of(fault, part, "v=STSv1; id=20261127T000000"),
            network::whose(whose)
        ),
        format!("{domain} のDNS管理者に、_mta-sts.{domain} のTXTレコードの修正を依頼してください。"),
    )
}

pub(in crate::text) fn tls_rpt_record_broken(
    domain: &str,
    whose: Whose,
    fault: RecordFault,
    part: Option<&str>,
) -> Explanation {
    Explanation::new(
        format!("{domain} のTLSレポート（TLS-RPT）のレコードは使われません"),
        format!(
            "{}レポートが送られてこないため、{domain} への暗号化配送の失敗に気づけません。{}",
            fault_of(fault, part, &format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}")),
            network::whose(whose)
        ),
        format!("{domain} のDNS管理者に、_smtp._tls.{domain} のTXTレコードの修正を依頼してください。"),
    )
}

fn fault_of(fault: RecordFault, part: Option<&str>, right: &str) -> String {
    match (fault, part) {
        (RecordFault::Several(count), _) => format!("レコードが{count}件あります（1件だけ公開できます）。"),
        (RecordFault::Broken(problem), Some(part)) => {
            format!("「{part}」：{}。正しい例：{right} 。", network::problem(problem))
        }
        (RecordFault::Broken(problem), None) => {
            format!("{}。正しい例：{right} 。", network::problem(problem))
        }
    }
}

pub(in crate::text) fn dane_tlsa_unusable(domain: &str, whose: Whose, host: &str, faults: &[TlsaFault]) -> Explanation {
    let faults: Vec<&str> = faults.iter().map(|fault| network::tlsa_fault(*fault)).collect();
    Explanation::new(
        format!("メールサーバー {host} のTLSAレコードは、どれも使えません（DANE）"),
        format!(
            "{}。レコードがDNSSECで保護されている場合（ここでは検証していません）、DANEを確認する送信側は {host} への通信を暗号化しますが、正しい相手かどうかを確かめられません。{host} は {domain} のメールを受け取るサーバーです。{}",
            faults.join("。"),
            network::whose(whose)
        ),
        format!(
            "{host} の管理者に、証明書の公開鍵のSHA-256ハッシュを使った「3 1 1」のTLSAレコードを公開するか、レコードを削除するよう依頼してください。"
        ),
    )
}
