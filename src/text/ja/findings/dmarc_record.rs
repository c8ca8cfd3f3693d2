//! DMARCレコードの書き方についての指摘。

use crate::auth::dmarc::{Fault, Policy, PolicyTag};
use crate::text::Explanation;
use crate::text::ja::terms::policy_word;

pub(in crate::text) fn broken(domain: &str, fault: Fault, text: &str) -> Explanation {
    let (meaning, what) = match fault {
        Fault::VersionNotFirst => (
            format!(
                "DMARCレコードは v=DMARC1 で始まる必要があります。別の場所に書かれているため、受信側は全体を無視します：{text}"
            ),
            BEGIN,
        ),
        Fault::WrongVersion => (
            format!(
                "DMARCレコードは、正確に「v=DMARC1;」で始まる必要があります。形が異なるため、受信側は全体を無視します：{text}"
            ),
            BEGIN,
        ),
        Fault::LeadingSpace => (
            "v=DMARC1 の前に空白があります。規格上はDMARCレコードではありませんが、読み取る受信側もあります。"
                .to_owned(),
            BEGIN,
        ),
        Fault::TagTwice => (
            format!(
                "同じタグが2回書かれているため（{text}）、レコード全体が無効です。無視する受信側と、どちらかの値を使う受信側があります。"
            ),
            "同じタグを1つだけにする",
        ),
        Fault::PolicyMissing => (
            "ポリシー（p=）も、有効なレポートの送り先（rua=）もないため、受信側はこのレコードを使いません。".to_owned(),
            WORDS,
        ),
        Fault::PolicyBroken => (
            format!(
                "{text} は none、quarantine、reject のいずれでもなく、有効なレポートの送り先（rua=）もありません。受信側はこのレコードを使わず、DMARCは無効になっています。"
            ),
            WORDS,
        ),
    };
    Explanation::new(format!("{domain} のDMARCレコードは有効と認められません"), meaning, ask(domain, what))
}

const BEGIN: &str = "v=DMARC1; で始まるように修正する";
const WORDS: &str = "p=none、p=quarantine、p=reject のいずれかを書く（sp= と np= に使える値も同じ）";

/// レコードの変更の依頼。
fn ask(domain: &str, what: &str) -> String {
    format!("{domain} のDNS管理者に、_dmarc.{domain} のTXTレコードについて、{what}よう依頼してください。")
}

pub(in crate::text) fn duplicate_records(domain: &str, records: usize) -> Explanation {
    Explanation::new(
        format!("{domain} にDMARCレコードが{records}つあるため、どれも有効になりません"),
        format!(
            "同じ名前に複数のDMARCレコードがある場合、受信側はすべて無視します。_dmarc.{domain} にレコードがないのと同じ状態です。"
        ),
        format!(
            "{domain} のDNS管理者に、_dmarc.{domain} にある v=DMARC1 で始まるTXTレコードを1つだけ残し、ほかを削除するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn policy_unusable(record_at: &str, part: Option<&str>) -> Explanation {
    let (title, meaning) = match part {
        Some(part) => (
            format!("{record_at} のDMARCレコードのポリシー（{part}）を読み取れません"),
            format!("{part} は none、quarantine、reject のいずれでもありません。この場合、ほかのタグにかかわらず p=none として扱われ、レポートだけを求めることになります。"),
        ),
        None => (
            format!("{record_at} のDMARCレコードにポリシー（p=）がありません"),
            "p= がないため p=none として扱われ、レポートだけを求めることになります。古い方式の受信側では、レコードが無視される場合もあります。".to_owned(),
        ),
    };
    Explanation::new(title, meaning, ask(record_at, WORDS))
}

pub(in crate::text) fn policy_none(author: &str, record_at: &str, tag: &str) -> Explanation {
    Explanation::new(
        format!("{author} のDMARCは監視のみです（{tag}）"),
        format!(
            "{record_at} のレコードはレポートだけを求めています。なりすましメールも通常のメールと同じように扱われます。"
        ),
        format!(
            "レポートで正規のメールがすべて合格していることを確認できたら、{record_at} のDNS管理者に、_dmarc.{record_at} の none を quarantine、その後 reject に変更するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn testing(record_at: &str, published: Policy, applied: Policy) -> Explanation {
    let published = policy_word(published);
    Explanation::new(
        format!("{record_at} はDMARCのポリシーをテスト中です（t=y）"),
        format!(
            "レコードは {published} ですが、t=y により1段階弱い {} の扱いを求めています。RFC 7489に従う受信側はこのタグを知らないため、{published} として扱います。",
            policy_word(applied)
        ),
        format!(
            "レポートで正規のメールがすべて合格していることを確認できたら、{record_at} のDNS管理者に、_dmarc.{record_at} のレコードから t=y を削除するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn no_reports(record_at: &str) -> Explanation {
    Explanation::new(
        format!("{record_at} のDMARCレコードは何も求めておらず、レポートの送り先もありません"),
        format!(
            "p=none でレポートの送り先（rua=）もないレコードは、大量送信者に求められる「レコードの公開」は満たしますが、{record_at} は保護されず、誰が {record_at} を名乗って送っているかを管理者が知ることもできません。"
        ),
        ask(record_at, "レポートの送り先（rua=mailto:…）を追加する"),
    )
}

pub(in crate::text) fn sp_weaker(record_at: &str, own: Policy, tag: PolicyTag, below: Policy) -> Explanation {
    let (own, below) = (policy_word(own), policy_word(below));
    let (word, whom, remedy) = match tag {
        PolicyTag::Np => (
            "np",
            "存在しないサブドメイン",
            format!(
                "{}存在しない名前から正規のメールが送られることはありません。",
                ask(record_at, "np= を削除するか、強い値に変更する")
            ),
        ),
        PolicyTag::P | PolicyTag::Sp => (
            "sp",
            "サブドメイン",
            format!(
                "レポートでサブドメインの正規のメールが合格していることを確認できたら、{record_at} のDNS管理者に、_dmarc.{record_at} の sp= を削除するか {own} に変更するよう依頼してください。"
            ),
        ),
    };
    Explanation::new(
        format!("{record_at} のサブドメインは、{record_at} 自身より保護が弱くなっています（{word}={below}）"),
        format!(
            "{record_at} 自身には {own}、{whom}には {below} を求めています。{record_at} の下の名前をかたるなりすましは、より緩やかに扱われます。"
        ),
        remedy,
    )
}

pub(in crate::text) fn pct_removed(record_at: &str, pct: &str, policy: Policy) -> Explanation {
    Explanation::new(
        format!("{record_at} のDMARCレコードの pct={pct} は、現在は効果がありません"),
        format!(
            "pctはRFC 9989で廃止されました。合格しないメールの{pct}%ではなく、すべてに {} を求めることになります。古い方式の受信側では、まだ使われている場合があります。",
            policy_word(policy)
        ),
        format!("{}ポリシーを試す場合は t=y を使います。", ask(record_at, "pct= を削除する")),
    )
}

pub(in crate::text) fn tag_ignored(record_at: &str, parts: &[String]) -> Explanation {
    Explanation::new(
        format!("{record_at} のDMARCレコードに、効果のない部分があります（{}）", parts.join("; ")),
        "受信側は、知らないタグを無視し、決められた値でない場合は既定値を使います。",
        ask(record_at, "該当する部分を修正するか、削除する"),
    )
}

pub(in crate::text) fn uri_bad(record_at: &str, entries: &[String]) -> Explanation {
    Explanation::new(
        format!("{record_at} のDMARCレポートは、{} へ送信できません", entries.join("、")),
        "送り先はURIで書く必要があり、対応が義務づけられているのは mailto: だけです。それ以外は無視されるため、レポートは届きません。このメールの判定には影響しません。",
        ask(record_at, "送り先を mailto:… の形で書き、複数ある場合はコンマで区切る"),
    )
}

pub(in crate::text) fn report_unauthorised(record_at: &str, hosts: &[String]) -> Explanation {
    let host = hosts.first().map_or("…", String::as_str);
    Explanation::new(
        format!("{} は、{record_at} のDMARCレポートの受け取りを許可していません", hosts.join("、")),
        "ほかの組織へレポートを送れるのは、その組織がDNSで許可を公開している場合だけです。許可がないため、レポートは送信されません。このメールの判定には影響しません。",
        format!(
            "{host} の管理者に、{record_at}._report._dmarc.{host} にTXTレコード v=DMARC1; を公開するよう依頼するか、{record_at} のDNS管理者に、レポートの送り先を変更するよう依頼してください。"
        ),
    )
}
