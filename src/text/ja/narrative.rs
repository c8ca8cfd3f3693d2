//! 起きたことの順を追った説明（用語を知らない人向け）。

use std::net::IpAddr;

use super::{story, terms};
use crate::auth::dkim::{self, DkimResult};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::auth::spf::{self, SpfResult};
use crate::check::narrative::{Arrival, Confirmation, Event};
use crate::facts::Whose;
use crate::message::date::Stamp;
use crate::path::{TlsState, TlsVersion};
use crate::text::{clock, zone};

pub(in crate::text) fn event(event: &Event<'_>) -> String {
    match event {
        Event::Written { author, date, report } => written(*author, *date, *report),
        Event::NoPath => "経路の記録（Received）がないため、どのサーバーを通ったかはわかりません。".to_owned(),
        Event::Sent { servers, first } => {
            let passed = match (*servers, first) {
                (1, Some(first)) => format!("{first} と名乗るサーバーを通りました"),
                (servers, Some(first)) => format!("{servers}台のサーバーを通りました（最初は {first} と名乗るサーバー）"),
                (servers, None) => format!("{servers}台のサーバーを通りました"),
            };
            format!("送信側では、{passed}。送信側だけの記録で、確認はできません。")
        }
        Event::PassedOn { list: true, proved: false, by: Some(by) } => format!("{by} がメーリングリストとして配信したとされていますが、どこから受け取ったかを示すものはありません。"),
        Event::PassedOn { list: false, proved: false, by: Some(by) } => format!("{by} が転送したとされていますが、どこから受け取ったかを示すものはありません。"),
        Event::PassedOn { list: true, proved: false, by: None } => "メーリングリストの特徴がありますが、実際に配信されたことを裏付けるものはありません。".to_owned(),
        Event::PassedOn { list: false, proved: false, by: None } => "転送の特徴がありますが、実際に転送されたことを裏付けるものはありません。".to_owned(),
        Event::PassedOn { list: true, proved: true, by: Some(by) } => format!("{by} のメーリングリストが受け取り、参加者へ配信しました。"),
        Event::PassedOn { list: false, proved: true, by: Some(by) } => format!("{by} がいったん受け取った後、転送しました。"),
        Event::PassedOn { list: true, proved: true, by: None } => "ヘッダの記録によると、メーリングリストが受け取り、参加者へ配信しました。".to_owned(),
        Event::PassedOn { list: false, proved: true, by: None } => "ヘッダの記録によると、いったん受け取られた後に転送されました。".to_owned(),
        Event::Arrived(arrival) => arrived(arrival),
        Event::NoArrival => "別の組織のサーバーから受け取った記録がないため、受信側の入口はわかりません。".to_owned(),
        Event::Delivered { servers, last } => {
            let passed = match (*servers, last) {
                (1, Some(last)) => format!(" {last} を通りました"),
                (servers, Some(last)) => format!("{servers}台のサーバーを通りました（最後は {last}）"),
                (servers, None) => format!("{servers}台のサーバーを通りました"),
            };
            format!("受信側では、その後{passed}。")
        }
        Event::Server { domain: Some(domain), ip: Some(ip), result, reason, passed_on, null_sender } => {
            server(domain, *ip, *result, *reason, *passed_on, *null_sender)
        }
        Event::Server { ip: None, .. } => "どのサーバーが受信側へ渡したかわからないため、送信サーバーの一覧（SPF）と照合できません。".to_owned(),
        Event::Server { domain: None, .. } => "不達通知の宛先（エンベロープFrom）がわからないため、どのドメインの送信サーバーの一覧（SPF）と照合すればよいかわかりません。".to_owned(),
        Event::Unsigned => "電子署名（DKIM署名）がないため、途中で変更されたかどうかは確認できません。".to_owned(),
        Event::Signed { author, domain, whose, result, reason, others } => {
            let role = match whose {
                Whose::Author if author == domain => "差出人のドメイン ",
                Whose::Author => "差出人のドメインと同じ組織の ",
                Whose::Other | Whose::Unknown => "",
            };
            signed(domain.unwrap_or("（読み取れないドメイン）"), role, *whose, *result, *reason, *others)
        }
        Event::Author(confirmation) => confirmed(confirmation),
        Event::Outcome(verdict) => format!("結果：{}", story::headline(verdict)),
    }
}

fn written(author: Option<&str>, date: Option<Stamp>, report: bool) -> String {
    let what = if report {
        "別のメールについてサーバーが自動で送った通知（不達通知など）です。"
    } else {
        ""
    };
    match (author, date) {
        (Some(author), Some(date)) => format!("{what}差出人は {author}、日時は {}と書かれています。", first(date)),
        (Some(author), None) => format!("{what}差出人は {author} と書かれています。読み取れる日時はありません。"),
        (None, Some(date)) => format!("{what}読み取れる差出人がありません。日時は {}と書かれています。", first(date)),
        (None, None) => format!("{what}読み取れる差出人も日時もありません。"),
    }
}

/// 最初に示す日時。時間帯はここで一度だけ示す。
fn first(date: Stamp) -> String {
    format!("{}（{}）", clock(date), zone(date))
}

/// 日時。時間帯は、先に示していなければ添える。
fn time(date: Stamp, is_zone_named: bool) -> String {
    if is_zone_named { format!("{} ", clock(date)) } else { format!("{}（{}）", clock(date), zone(date)) }
}

fn arrived(arrival: &Arrival<'_>) -> String {
    let at_ip = arrival.ip.map_or_else(String::new, |ip| format!("（{ip}）"));
    let client = match (arrival.name, arrival.helo, arrival.ip) {
        (Some(name), ..) => format!("サーバー {name}{at_ip}"),
        (None, Some(helo), _) => format!("{helo} と名乗るサーバー{at_ip}"),
        (None, None, Some(ip)) => format!("{ip} のサーバー"),
        (None, None, None) => "名前のわからないサーバー".to_owned(),
    };
    let by = arrival.by.unwrap_or("受信サーバー");
    let at = arrival.date.map_or_else(String::new, |date| format!("{}に、", time(date, arrival.is_zone_named)));
    let tls = match (arrival.tls, arrival.version.map(TlsVersion::name)) {
        (TlsState::Encrypted, Some(version)) => format!("この区間は暗号化されていました（{version}）。"),
        (TlsState::Encrypted, None) => "この区間は暗号化されていました。".to_owned(),
        (TlsState::NotEncrypted, _) => "この区間は暗号化されていませんでした。".to_owned(),
        (TlsState::NotStated, _) => "この区間が暗号化されていたかどうかは記載がありません。".to_owned(),
        (TlsState::Local, _) => "同じコンピューターまたはソフトの中での受け渡しです。".to_owned(),
    };
    format!("{at}{client}から、受信側の入口である {by} が受け取りました。{tls}")
}

fn server(
    domain: &str,
    ip: IpAddr,
    result: Option<SpfResult>,
    reason: spf::Reason,
    passed_on: bool,
    null_sender: bool,
) -> String {
    let forwarded = if passed_on { "転送されたメールでは通常のことです。" } else { "" };
    let whose = if null_sender {
        "サーバーが名乗ったドメイン"
    } else {
        "エンベロープFrom（不達通知の宛先）のドメイン"
    };
    let lists = format!("{whose} {domain} は送信サーバーの一覧を公開して");
    match result {
        Some(SpfResult::Pass) => format!("{lists}おり、{ip} は一覧にあります（SPF：pass）。"),
        Some(SpfResult::Fail) => format!("{lists}おり、{ip} は一覧にありません（SPF：fail）。{forwarded}"),
        Some(SpfResult::SoftFail) => format!("{lists}おり、{ip} は一覧にありません（SPF：softfail）。{forwarded}"),
        Some(SpfResult::Neutral) => {
            format!("{lists}いますが、{ip} については何も示していません（SPF：neutral）。")
        }
        Some(SpfResult::None) => format!(
            "{whose} {domain} は送信サーバーの一覧を公開していないため（SPFレコードなし）、{ip} が正規のサーバーかどうかは照合できません。"
        ),
        Some(SpfResult::PermError) => format!(
            "{whose} {domain} が公開している送信サーバーの一覧は使用できません（SPF：permerror、{}）。",
            terms::spf_reason(result, reason)
        ),
        Some(SpfResult::TempError) => format!(
            "{whose} {domain} の送信サーバーの一覧について、DNSの応答がないため、{ip} が一覧にあるかどうかはわかりません（SPF：temperror）。"
        ),
        None => format!("DNSへ問い合わせていないため、{ip} が{whose} {domain} の送信サーバーかどうかはわかりません。"),
    }
}

fn signed(domain: &str, role: &str, whose: Whose, result: DkimResult, reason: dkim::Reason, others: usize) -> String {
    let more = if others == 0 { String::new() } else { format!("署名はほかに{others}個あります。") };
    let why = terms::dkim_reason(reason);
    let sentence = match result {
        DkimResult::Pass if whose == Whose::Other => format!(
            "{domain} の電子署名があり、署名された内容は変更されていません（DKIM：pass）。ただし、差出人のドメインの署名ではありません。"
        ),
        DkimResult::Pass => {
            format!("{role}{domain} の電子署名があり、署名された内容は変更されていません（DKIM：pass）。")
        }
        // 受信時には公開鍵があった可能性がある。
        _ if reason == dkim::Reason::KeyMissing => {
            format!("{role}{domain} の電子署名がありますが、現在は確認できません（{why}）。")
        }
        DkimResult::Neutral | DkimResult::NotEvaluated | DkimResult::TempError => {
            format!("{role}{domain} の電子署名がありますが、確認できません（{why}）。")
        }
        DkimResult::Fail | DkimResult::Policy | DkimResult::PermError => {
            format!("{role}{domain} の電子署名がありますが、認められません（{why}）。")
        }
    };
    format!("{sentence}{more}")
}

fn confirmed(confirmation: &Confirmation<'_>) -> String {
    let Some(author) = confirmation.author else {
        return "差出人のドメインを1つに特定できないため、差出人の確認はできません（DMARCの対象外）。".to_owned();
    };
    let why = terms::dmarc_reason(confirmation.reason);
    match confirmation.result {
        DmarcResult::Pass => {
            let by = match (confirmation.by_server, confirmation.by_signature) {
                (true, true) => "送信サーバーと電子署名の両方",
                (true, false) => "送信サーバー",
                (false, _) => "電子署名",
            };
            match confirmation.unsure {
                Some(ip) if !confirmation.by_signature => format!(
                    "{ip} が実際の接続元であれば、差出人のドメイン {author} から送られたことを送信サーバーで確認できますが、実際の接続元かどうかは確かではありません（この条件でDMARC：pass）。"
                ),
                _ => format!("差出人のドメイン {author} から送られたことを、{by}で確認できました（DMARC：pass）。"),
            }
        }
        DmarcResult::Fail => {
            let asks = match confirmation.policy {
                Some(Policy::Reject) => format!("{author} は、このようなメールの拒否を求めています。"),
                Some(Policy::Quarantine) => format!("{author} は、このようなメールの隔離を求めています。"),
                Some(Policy::None) => format!("{author} は、レポートだけを求めています。"),
                None => String::new(),
            };
            format!("差出人のドメイン {author} から送られたことを示すものはありません（DMARC：fail）。{asks}")
        }
        DmarcResult::None => format!(
            "差出人のドメイン {author} は、確認方法についての有効な設定を公開していません（DMARCの結果なし：{why}）。"
        ),
        DmarcResult::NotApplicable => {
            format!("{author} から送られたかどうかは判定できません（DMARCの対象外：{why}）。")
        }
        DmarcResult::TempError | DmarcResult::PermError | DmarcResult::NotEvaluated => {
            format!("差出人のドメイン {author} から送られたかどうかはわかりません（DMARC：判定できません、{why}）。")
        }
    }
}
