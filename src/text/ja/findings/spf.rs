//! SPFの結果についての指摘。

use std::net::IpAddr;

use crate::sender::Marks;
use crate::text::Explanation;
use crate::text::ja::story::{known_marks, marks_of};

pub(in crate::text) fn missing(domain: &str, suspect: bool, meant: Option<&str>) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(domain)
    } else if meant.is_some() {
        format!("{domain} のDNS管理者に、このTXTレコードの修正を依頼してください。")
    } else {
        format!(
            "{domain} のDNS管理者に、v=spf1 で始まり送信サーバーを列挙したTXTレコードを、{domain} に1つ公開するよう依頼してください。"
        )
    };
    Explanation::new(
        format!("{domain} にSPFレコードがありません"),
        match meant {
            Some(text) => format!(
                "TXTレコード「{text}」はSPFレコードとして書かれたもののようですが、「v=spf1」と半角スペースで始まっていないため、SPFレコードとして扱われません。どのサーバーが {domain} のメールを送るのか、受信側では確認できません。"
            ),
            None => format!("どのサーバーが {domain} のメールを送るのか、受信側では確認できません。"),
        },
        remedy,
    )
}

pub(in crate::text) fn fail(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> Explanation {
    Explanation::new(
        format!("SPFはfailです（{ip} は {domain} のメールの送信を許可されていません）"),
        format!(
            "{domain} のSPFレコードは、一覧にないサーバーからの送信を認めないと示しています（-all）。{}",
            after_forwarding(marks)
        ),
        listed(domain, ip, suspect, marks),
    )
}

pub(in crate::text) fn softfail(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> Explanation {
    Explanation::new(
        format!("SPFはsoftfailです（{ip} は {domain} の一覧にありません）"),
        format!(
            "{domain} のSPFレコードは、一覧にないサーバーは正規のものではない可能性が高いと示しています（~all）。DMARCでは合格になりません。{}",
            after_forwarding(marks)
        ),
        listed(domain, ip, suspect, marks),
    )
}

/// 転送との関係。
fn after_forwarding(marks: Option<Marks>) -> String {
    match marks {
        Some(marks) => format!(
            "{}の特徴がありますが、誰でも書き込めるもので、裏付けはありません。実際に転送や配信されたものであれば、この結果は通常のことです。",
            marks_of(marks)
        ),
        None => "エンベロープFromを書き換えない転送でも同じ結果になります。".to_owned(),
    }
}

/// 一覧にないIPアドレスへの対応。
fn listed(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> String {
    let ask = marks.map(|marks| format!("まず、{}を受信者に確認してください。", known_marks(marks)));
    if suspect {
        let alone = super::identity::leave_alone(domain);
        return ask.map_or_else(|| alone.clone(), |ask| format!("{ask}心当たりがなければ、{alone}"));
    }
    if let Some(ask) = ask {
        return format!(
            "{ask}心当たりがなければ、{domain} の管理者に、{ip} が自分の送信サーバーかどうかを確認してください。"
        );
    }
    format!(
        "{domain} の管理者に、{ip} が自分の送信サーバーかどうかを確認してください。送信サーバーである場合に限り、{domain} のSPFレコードに追加（または運用者の include を追加）するよう依頼してください。"
    )
}

pub(in crate::text) fn forwarded(domain: &str, ip: IpAddr, by: Option<&str>) -> Explanation {
    let shown = by.map_or_else(
        || "転送の特徴があり、差出人ドメインの認証は確認できています。".to_owned(),
        |by| format!("{by} を経由したことは、{by} のSPF、DKIM、ARCのいずれかで確認できました。"),
    );
    Explanation::new(
        format!("{ip} では {domain} のSPFが一致しません（転送されたメールでは通常のことです）"),
        format!(
            "{shown}転送サーバーは {domain} の送信サーバーではないため、SPFは一致しません。転送されたメールではDKIMで確認します。"
        ),
        "対応は不要です。転送サーバーの管理者がエンベロープFromを書き換える設定（SRS）にすると、転送元のドメインでSPFに合格します。",
    )
}

pub(in crate::text) fn lookup_limit(domain: &str, owner: &str) -> Explanation {
    let meaning = if domain == owner {
        format!(
            "受信側は10回で参照を打ち切り、permerrorとします。10回目より後に書かれたサーバーは、{domain} のSPFに合格できません。"
        )
    } else {
        format!(
            "受信側は10回で参照を打ち切り、permerrorとします。{domain} のレコードから参照している {owner} のレコードで上限を超えています。"
        )
    };
    Explanation::new(
        format!("{domain} のSPFレコードはDNS参照が10回を超えています"),
        meaning,
        format!(
            "{domain} のDNS管理者に、使っていない配信サービスの include を外すか、配信サービスごとにサブドメインを分けるよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn void_limit(domain: &str, owner: &str, term: Option<&str>) -> Explanation {
    let meaning = match term {
        Some(term) => format!(
            "該当するものがない参照（空振りの参照）が2回を超えています。最後の原因は {owner} のレコードの {term} です。permerrorとする受信側があります。"
        ),
        None => format!(
            "{owner} のレコードで、該当するものがない参照（空振りの参照）が2回を超えています。permerrorとする受信側があります。"
        ),
    };
    Explanation::new(
        format!("{domain} のSPFレコードに、空振りの参照が多すぎます"),
        meaning,
        format!("{owner} のDNS管理者に、SPFレコードから、参照先に何もない名前を削除するよう依頼してください。"),
    )
}

pub(in crate::text) fn broken(domain: &str, owner: &str, term: Option<&str>) -> Explanation {
    let (what, place) = match term {
        Some(term) => (format!("{owner} のレコードの {term} "), format!("SPFレコードの {term} ")),
        None => (format!("{owner} のレコード"), "SPFレコード".to_owned()),
    };
    let remedy = format!("{owner} のDNS管理者に、{place}を修正するよう依頼してください。");
    Explanation::new(
        format!("{domain} のSPFレコードを評価できません"),
        format!("{what}を評価できないため、受信側はpermerrorとし、どのサーバーもSPFに合格できません。"),
        remedy,
    )
}

pub(in crate::text) fn several_records(domain: &str, owner: &str) -> Explanation {
    let meaning = if domain == owner {
        "受信側はどれか1つを選ぶことができず、permerrorとします。どのサーバーもSPFに合格できません。".to_owned()
    } else {
        format!("{domain} のレコードが参照している {owner} にレコードが複数あるため、受信側はpermerrorとします。")
    };
    Explanation::new(
        format!("{owner} にSPFレコードが複数あります"),
        meaning,
        format!("{owner} のDNS管理者に、v=spf1 で始まるTXTレコード1つにまとめ、残りを削除するよう依頼してください。"),
    )
}

pub(in crate::text) fn include_missing(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("{owner} のSPFレコードの参照先に、SPFレコードがありません（{term}）"),
        format!(
            "受信側はここでpermerrorとします。{domain} のSPFに合格できるのは、この記述より前に書かれたサーバーだけです。"
        ),
        format!("{owner} のDNS管理者に、レコードから {term} を削除するか、名前を修正するよう依頼してください。"),
    )
}
