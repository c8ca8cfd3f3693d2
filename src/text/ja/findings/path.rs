//! 経路についての指摘。

use std::net::IpAddr;

use jiff::SignedDuration;

use crate::message::date::Stamp;
use crate::text::ja::terms;
use crate::text::{Explanation, clock, stamp};

pub(in crate::text) fn clock_skew(hop: usize, seconds: i64, date: Stamp, before: Stamp) -> Explanation {
    Explanation::new(
        format!("ホップ{hop}の日時が、直前のホップより{}前になっています", span(-seconds)),
        format!(
            "日時は {} ですが、直前のホップでは {} に受け取られています。どちらかのサーバーの時計がずれています。この前後の遅延は正確ではありませんが、ほかの判定には影響しません。",
            stamp(date),
            clock(before)
        ),
        "このメールへの対応は不要です。時計がずれているサーバーの管理者が時刻同期（NTP）を行うと解消します。",
    )
}

pub(in crate::text) fn hop_date_future(
    hop: usize,
    by: Option<&str>,
    seconds: i64,
    (date, now): (Stamp, Stamp),
) -> Explanation {
    Explanation::new(
        format!("ホップ{hop}の日時が{}先の未来になっています", span(seconds)),
        format!(
            "日時は {} ですが、お使いのパソコンの時計は {} です。{} の時計、またはお使いのパソコンの時計がずれています。この前後の遅延と、この日時を基準にした判定は正確ではありません。",
            stamp(date),
            clock(now),
            by.unwrap_or("このサーバー")
        ),
        "まず、お使いのパソコンの時計を確認してください。正しければサーバーの時計がずれていたもので、そのサーバーの管理者が時刻同期（NTP）を行うと解消します。",
    )
}

pub(in crate::text) fn hop_date_missing(hop: usize, by: Option<&str>, written: bool) -> Explanation {
    let title = if written {
        format!("ホップ{hop}の日時を読み取れません")
    } else {
        format!("ホップ{hop}に日時がありません")
    };
    let by = by.unwrap_or("このサーバー");
    Explanation::new(
        title,
        format!("{by} が受け取るまでと、その先の所要時間はわかりません。ほかの判定には影響しません。"),
        "対応は不要です。原文は「経路」で確認できます。",
    )
}

pub(in crate::text) fn hop_gap(hop: usize, by: &str, client: &str) -> Explanation {
    Explanation::new(
        format!("ホップ{hop}に {by} とありますが、次のホップは別の組織から届いています"),
        format!(
            "次のサーバーへ渡した接続元は {client} と名乗っています。{by} から受け取ったことは確認できません。正規のメールに見せるために、送信者がこのような行を書き加えることがあります。"
        ),
        format!(
            "ホップ{hop}以前の記録を、送信元の根拠にしないでください。{by} が送ったかどうかは、{by} の管理者がログで確認できます。"
        ),
    )
}

pub(in crate::text) fn hop_loop(from: &str, to: &str, times: usize) -> Explanation {
    Explanation::new(
        format!("{from} から {to} への中継が{times}回あります"),
        "2つのサーバーがメールを互いに渡しています。双方の転送設定が原因であることが多く、中継が数十回に達すると不達になります。",
        format!(
            "{from} と {to} の管理者に、相手へ転送する設定がないか確認し、どちらかを解除するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn received_unreadable(hop: usize, hops: usize) -> Explanation {
    let title = match hops {
        1 => format!("ホップ{hop}に読み取れない部分があります"),
        _ => format!("{hops}か所のホップに読み取れない部分があります（最初はホップ{hop}）"),
    };
    Explanation::new(
        title,
        "既知のReceivedヘッダの書式に合わない語句があります。この部分の内容は判定に使用していません。",
        "対応は不要です。原文は「経路」で確認できます。",
    )
}

pub(in crate::text) fn slow_hop(hop: usize, by: Option<&str>, seconds: i64, until: Option<Stamp>) -> Explanation {
    let title = match by {
        Some(by) => format!("ホップ{hop}（{by}）で{}かかっています", span(seconds)),
        None => format!("ホップ{hop}で{}かかっています", span(seconds)),
    };
    let by = by.unwrap_or("このサーバー");
    Explanation::new(
        title,
        format!(
            "{by} が受け取るまでに時間がかかっています{}。送信待ち、グレーリスティング、または一時的に接続できなかったことが考えられます。",
            until.map_or_else(String::new, |until| format!("（受信は {}）", stamp(until)))
        ),
        format!("頻繁に起きる場合は、{by} と直前のサーバーの管理者に、この時刻のログの確認を依頼してください。"),
    )
}

pub(in crate::text) fn no_connecting_address(hops: usize) -> Explanation {
    let lines = match hops {
        0 => "経路の記録（Received）がありません。".to_owned(),
        _ => format!("経路の記録（Received）は{hops}件ありますが、接続元を特定できる記載がありません。"),
    };
    Explanation::new(
        "接続元IPアドレスがヘッダに記録されていません",
        format!(
            "{lines}SPFと逆引きは、受信側へ接続してきたIPアドレスで判定するため、どちらも判定していません。IPアドレスは手動で指定できます。"
        ),
        if hops > 1 {
            "別のホップを受信側の入口に指定するか、受信サーバーのログでIPアドレスを確認して指定してください。"
        } else {
            "受信サーバーのログでIPアドレスを確認して指定してください。"
        },
    )
}

pub(in crate::text) fn connecting_address_unsure(ip: IpAddr, hop: usize, boundary: usize) -> Explanation {
    Explanation::new(
        format!("{ip} が実際の接続元かどうかは確実ではありません"),
        format!(
            "より新しいホップ{hop}には、グローバルIPアドレスの記載がありません。受信側の入口がそこであれば、それより下の記載は {ip} も含めて送信者の申告にすぎず、SPFの結果も同様です。"
        ),
        format!(
            "ホップ{boundary}を記録したサーバーが自社のものでなければ、ホップ{hop}を受信側の入口に指定するか、接続元IPアドレスを指定してください。"
        ),
    )
}

pub(in crate::text) fn connecting_host_unsure(ip: IpAddr, hop: usize, boundary: usize) -> Explanation {
    Explanation::new(
        format!("{ip} が実際の接続元かどうかは確実ではありません"),
        format!(
            "より新しいホップ{hop}の接続元は、受信側と同じドメインのホスト名を持っています。受信側のサーバーの場合も、そこの利用者の回線やレンタルサーバーの場合もあります。受信側の入口がホップ{hop}であれば、それより下の記載は {ip} も含めて送信者の申告にすぎず、SPFの結果も同様です。"
        ),
        format!(
            "ホップ{boundary}を記録したサーバーが自社のものであればホップ{boundary}を、そうでなければホップ{hop}を、受信側の入口に指定してください。"
        ),
    )
}

pub(in crate::text) fn two_connecting_addresses(ip: IpAddr, other: IpAddr, hop: usize) -> Explanation {
    Explanation::new(
        format!("ホップ{hop}に {ip} と {other} の2つのIPアドレスが記載されています"),
        format!(
            "受信側へ接続してきたのはどちらか一方ですが、この記載からは判別できません。SPFと逆引きは {ip} で判定しています。{other} で判定すると、結果が変わることがあります。"
        ),
        format!(
            "ホップ{hop}を記録したサーバーのログで、接続してきたのはどちらかを確認し、そのIPアドレスを指定してください。"
        ),
    )
}

pub(in crate::text) fn reverse_name_missing(ip: IpAddr, suspect: bool) -> Explanation {
    Explanation::new(
        format!("{ip} に逆引き（PTR）がありません"),
        "Gmailやドコモなどは、逆引き（PTR）のないサーバーからのメールを拒否または警戒します。",
        if suspect {
            strange_server(ip)
        } else {
            format!(
                "{ip} のサーバーの管理者に、逆引き（PTR）の設定を依頼してください。設定するのは、多くの場合、回線やホスティングの事業者です。"
            )
        },
    )
}

pub(in crate::text) fn reverse_name_mismatch(ip: IpAddr, name: &str, suspect: bool) -> Explanation {
    Explanation::new(
        format!("{ip} の逆引き {name} が、元のIPアドレスに戻りません"),
        format!(
            "{name} を正引きしても {ip} になりません。逆引きにはどのような名前でも書けるため、大手の受信側では信頼されません。"
        ),
        if suspect {
            strange_server(ip)
        } else {
            format!(
                "{ip} のサーバーの管理者に、{name} のAまたはAAAAレコードを {ip} に向けるか、逆引き（PTR）を修正するよう依頼してください。"
            )
        },
    )
}

/// 送ったことを裏付けるものがないサーバー。
fn strange_server(ip: IpAddr) -> String {
    format!("対応は不要です。{ip} は、このメールを送る立場にあると示すものがないサーバーです。")
}

fn span(seconds: i64) -> String {
    terms::duration(SignedDuration::from_secs(seconds))
}
