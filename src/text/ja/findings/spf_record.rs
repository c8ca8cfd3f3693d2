//! SPFレコードの書き方についての指摘（SPFの結果とは別）。

use std::net::IpAddr;

use crate::text::Explanation;

pub(in crate::text) fn pass_all(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("{owner} のSPFレコードは、すべてのサーバーを合格にします（{term}）"),
        format!(
            "誰が送っても {domain} のSPFに合格するため、合格しても何の証明にもなりません。それでもDMARCでは合格として扱われます。"
        ),
        format!(
            "{owner} のDNS管理者に、実際に送信するサーバーを列挙し、{term} の代わりに -all または ~all で終えるよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn wide_network(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("{owner} のSPFレコードは、非常に広いネットワークを合格にします（{term}）"),
        format!(
            "100万個以上のIPアドレスが {domain} のSPFに合格します。その中のどこから送られたメールも合格し、DMARCでも合格として扱われます。"
        ),
        format!(
            "{owner} のDNS管理者に、{term} の代わりに、実際に送信するIPアドレスだけを列挙するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn neutral_all(domain: &str, term: Option<&str>, ip: Option<IpAddr>) -> Explanation {
    let (title, meaning) = match (ip, term) {
        (Some(ip), Some(term)) => (
            format!("SPFはneutralです（{domain} のレコードは {ip} について何も示していません）"),
            format!(
                "{ip} は一覧になく、{term} のため、一覧にないサーバーの扱いが示されていません。合格にはなりません。"
            ),
        ),
        (Some(ip), None) => (
            format!("SPFはneutralです（{domain} のレコードは {ip} について何も示していません）"),
            format!(
                "{ip} は一覧になく、レコードの最後に all がないため、一覧にないサーバーの扱いが示されていません。合格にはなりません。"
            ),
        ),
        (None, term) => (
            format!(
                "{domain} のSPFレコードは、一覧にないサーバーについて何も示していません（{}）",
                term.unwrap_or("allなし")
            ),
            "一覧にないサーバーはneutralになり、レコードがないときと同じ扱いになります。なりすましメールも同様です。"
                .to_owned(),
        ),
    };
    Explanation::new(
        title,
        meaning,
        format!(
            "{domain} のDNS管理者に、送信するサーバーをすべて列挙し、~all または -all で終えるよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn ptr(owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("{owner} のSPFレコードでptrが使われています（{term}）"),
        "ptrは処理が遅く、逆引きの障害の影響を受けるため、公開しないことになっています。現在の判定に問題はありません。",
        format!("{owner} のDNS管理者に、{term} の代わりに ip4、ip6、a、mx のいずれかを使うよう依頼してください。"),
    )
}

pub(in crate::text) fn record_long(owner: &str, bytes: usize) -> Explanation {
    Explanation::new(
        format!("{owner} のSPFレコードが長くなっています（{bytes}バイト）"),
        "名前とレコードを合わせて450バイトを超えているため、応答が512バイトのDNSパケットに収まらない可能性があります。大きな応答を遮断する環境では、レコードを取得できません。",
        format!(
            "{owner} のDNS管理者に、使われていない記述を削除するか、隣り合うネットワークをまとめるか、一部を別のレコードに移して include するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn deprecated_type(domain: &str, suspect: bool) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(domain)
    } else {
        format!("{domain} のDNS管理者に、同じ内容をTXTレコードとして公開するよう依頼してください。")
    };
    Explanation::new(
        format!("{domain} のSPFレコードは、廃止されたタイプ（SPF、99番）で公開されています"),
        format!(
            "受信側は2014年からTXTレコードだけを参照します。受信側から見ると、{domain} にはSPFレコードがありません。"
        ),
        remedy,
    )
}

pub(in crate::text) fn void_readings_differ(domain: &str, terms: u32, questions: u32) -> Explanation {
    Explanation::new(
        format!("{domain} のSPFの空振りの参照を、{questions}回と数える受信側があります"),
        format!(
            "RFC 7208は、空振りの参照を含む記述を2個までとしています（ここでは{terms}個）。問い合わせの数で数える受信側では{questions}回となり、permerrorになる可能性があります。接続と同じ種類（IPv4またはIPv6）のアドレスがMXホストにない場合などに起こります。"
        ),
        format!(
            "規格上は対応不要です。確実にするには、{domain} のDNS管理者が、mx や a の代わりに ip4 と ip6 でネットワークを列挙します。"
        ),
    )
}
