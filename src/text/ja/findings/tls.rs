//! 暗号化についての指摘（各サーバーが自分の区間について記録したもの）。

use std::net::IpAddr;

use crate::path::TlsVersion;
use crate::text::Explanation;

pub(in crate::text) fn arrival_not_encrypted(by: Option<&str>, ip: Option<IpAddr>) -> Explanation {
    let by = by.unwrap_or("受信サーバー");
    let from = ip.map_or_else(String::new, |ip| format!("{ip} から"));
    let server =
        ip.map_or_else(|| "このメールを渡したサーバー".to_owned(), |ip| format!("このメールを渡したサーバー（{ip}）"));
    Explanation::new(
        "暗号化されずに受信側へ届いています",
        format!(
            "{by} は、{from}TLSを使わずに受け取ったと記録しています。これはこの区間についての、このサーバーの記録です。Gmailでは、このようなメールに赤い南京錠（開いた状態）が表示されます。"
        ),
        format!(
            "{server}の管理者に、送信時のTLS（STARTTLS）を有効にするよう依頼してください。有効になっている場合は、{by} がSTARTTLSに対応しているかを確認してください。"
        ),
    )
}

pub(in crate::text) fn arrival_tls_old(by: Option<&str>, ip: Option<IpAddr>, version: TlsVersion) -> Explanation {
    let from = ip.map_or_else(String::new, |ip| format!("{ip} から "));
    let server = ip.map_or_else(|| "送信サーバー".to_owned(), |ip| format!("送信サーバー（{ip}）"));
    let (by, version) = (by.unwrap_or("受信サーバー"), version.name());
    Explanation::new(
        format!("古い暗号化方式（{version}）で届いています"),
        format!(
            "{by} は、{from}{version} で受け取ったと記録しています。{version} は現在は使わないことになっており、受信を拒否するサーバーもあります。"
        ),
        format!("{server}の管理者に、TLS 1.2と1.3を有効にするよう依頼してください。"),
    )
}

pub(in crate::text) fn hop_tls_weak(hop: usize, by: Option<&str>, version: Option<TlsVersion>) -> Explanation {
    let by = by.unwrap_or("このサーバー");
    let (title, state) = match version.map(TlsVersion::name) {
        Some(version) => (
            format!("ホップ{hop}の暗号化方式（{version}）が古くなっています"),
            format!("{by} は、現在は使わないことになっている {version} で受け取ったと記録しています。"),
        ),
        None => (
            format!("ホップ{hop}は暗号化されていません"),
            format!("{by} は、TLSを使わずに受け取ったと記録しています。"),
        ),
    };
    Explanation::new(
        title,
        format!("{state}これはこの区間についての記録です（受信側の入口の区間ではありません）。"),
        "受信側での対応は不要です。このサーバーの管理者がTLS 1.2以降を必須にすると解消します。",
    )
}
