//! DKIM署名の鍵についての指摘。

use super::dkim::ASK_THE_OWNER;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::check::KeyLimit;
use crate::text::Explanation;
use crate::text::ja::dkim;

pub(in crate::text) fn missing(domain: &str, selector: &str, suspect: bool) -> Explanation {
    if suspect {
        return Explanation::new(
            format!("{domain} の公開鍵 {selector} はDNSにありません"),
            format!(
                "このメールの署名は、{domain} が公開していない鍵を指しているため、何の証明にもなりません。署名は誰でも書き込めます。"
            ),
            ASK_THE_OWNER,
        );
    }
    Explanation::new(
        format!("{domain} の公開鍵 {selector} は現在のDNSにありません"),
        format!(
            "公開鍵がないため、{domain} の署名を現在は確認できません。鍵は定期的に交換されるため、受信時には有効だった可能性があります。"
        ),
        format!(
            "新しいメールであれば、{domain} のDNS管理者に、この鍵で署名しているかを確認し、使用中であればTXTレコード {} を再度公開するよう依頼してください。古いメールであれば対応は不要です。",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn revoked(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} は失効しています"),
        "鍵の所有者が鍵を取り消しています（p= が空）。この鍵による署名は、現在は認められません。",
        format!(
            "新しいメールであれば、{domain} の署名を行うサーバーの管理者に心当たりがあるか確認し、あれば、現在の鍵で署名するよう依頼してください。古いメールであれば対応は不要です。"
        ),
    )
}

pub(in crate::text) fn broken(domain: &str, selector: &str, fault: KeyFault, octets: Option<usize>) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} を使用できません"),
        format!("{}{}", dkim::key_fault(fault), octets.map(dkim::wrong_length).unwrap_or_default()),
        dkim::key_fault_remedy(fault, domain, &name(domain, selector)),
    )
}

pub(in crate::text) fn mismatch(domain: &str, selector: &str, algorithm: &str, limit: KeyLimit) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} が署名と合っていません"),
        dkim::key_limit(limit, algorithm),
        dkim::key_limit_remedy(limit, domain, &name(domain, selector)),
    )
}

pub(in crate::text) fn not_for_email(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} はメール用ではありません"),
        "レコードで鍵の用途がメール以外に限定されているため（s=）、受信側ではこの署名が認められません。",
        format!(
            "{domain} のDNS管理者に、TXTレコード {} から s= を削除するか、s=email にするよう依頼してください。",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn strict_identity(domain: &str, selector: &str, identity: &str) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} は、署名の i= を許可していません"),
        format!(
            "レコードに t=s があるため、i= に使えるのは {domain} 自身だけですが、署名の i= は {identity} です。受信側ではこの署名が認められません。"
        ),
        format!(
            "{domain} のDNS管理者に、TXTレコード {} の t= から s を削除するよう依頼するか、署名を行うサーバーの管理者に、i= を {domain} 自身にするよう依頼してください。",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn several(domain: &str, selector: &str, records: usize) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} にTXTレコードが{records}個あります"),
        "受信側がどのレコードを使うかは決まっていません。最初に得たものを使う受信側もあるため、同じ署名が合格したりしなかったりします。",
        format!(
            "{domain} のDNS管理者に、{} のTXTレコードを、現在の署名に使っている鍵の1つだけにするよう依頼してください。",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn weak(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} は{bits}ビットです（推奨は2048ビット）"),
        format!(
            "署名は有効です。{bits}ビットの鍵は今のところ受け付けられますが、費用をかければ破られるおそれがあります。"
        ),
        format!("急ぐ必要はありません。次に鍵を交換するときに、{}", new_key(domain)),
    )
}

pub(in crate::text) fn short(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} が短すぎます（{bits}ビット）"),
        "1024ビット未満の鍵による署名は認められません。2048ビットが推奨されています。",
        new_key(domain),
    )
}

pub(in crate::text) fn long(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("{domain} の公開鍵 {selector} が長すぎて確認できません（{bits}ビット）"),
        "受信側が対応する必要があるのは4096ビットまでです。それより長い鍵の署名は、署名なしとして扱われる場合があります。",
        new_key(domain),
    )
}

pub(in crate::text) fn untidy(domain: &str, selector: &str, lints: &[LintKind]) -> Explanation {
    let odd: Vec<&str> = lints.iter().map(|kind| dkim::lint(*kind)).collect();
    Explanation::new(
        format!("{domain} の公開鍵 {selector} のレコードは、受信側によって読み取れない場合があります"),
        format!("この鍵は読み取れましたが、次の点に注意が必要です：{}。", odd.join("、")),
        format!(
            "次の機会に、{domain} のDNS管理者に、TXTレコード {} を整えるよう依頼してください。",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn testing(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} はDKIMをテスト中です（公開鍵 {selector} に t=y）"),
        "規格では、署名が有効かどうかにかかわらず、署名のないメールと同じように扱われます。実際には署名を認める受信側が多くあります。",
        format!(
            "署名に問題がないことを確認できたら、{domain} のDNS管理者に、TXTレコード {} の t= から y を削除するよう依頼してください。",
            name(domain, selector)
        ),
    )
}

fn new_key(domain: &str) -> String {
    format!(
        "{domain} の署名を行うサーバーの管理者に、2048ビットの鍵を作って新しいセレクタで公開し、その鍵で署名するよう依頼してください。"
    )
}

fn name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}
