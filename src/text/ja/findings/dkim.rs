//! DKIM署名についての指摘。

use crate::auth::dkim::FieldFault;
use crate::auth::dkim::cause::Causes;
use crate::check::ChangedBy;
use crate::message::date::Stamp;
use crate::sender::SavedBy;
use crate::text::ja::{causes, dkim};
use crate::text::{Explanation, stamp};

/// なりすましが疑われるときの対応。
pub(in crate::text::ja::findings) const ASK_THE_OWNER: &str = "内容の指示に従わないでください。送信したサーバーが正規のものかどうか判断できるのは、差出人ドメインの管理者だけです。このメールへの返信以外の方法で確認してください。";

pub(in crate::text) fn missing(author: Option<&str>, suspect: bool) -> Explanation {
    let author = author.map_or_else(|| "差出人ドメイン".to_owned(), |author| format!("{author} "));
    let remedy = if suspect {
        ASK_THE_OWNER.to_owned()
    } else {
        format!("送信サーバーまたは配信サービスの管理者に、{author}でのDKIM署名を有効にするよう依頼してください。")
    };
    Explanation::new(
        "DKIM署名がありません",
        format!(
            "{author}から送られたことを確認できるのはSPFだけになり、転送されると確認できなくなります。GmailやYahooは大量送信者にDKIMを求めています。"
        ),
        remedy,
    )
}

/// 転送の途中で取り除かれた署名。
pub(in crate::text) fn taken(author: Option<&str>, sealer: &str) -> Explanation {
    let author = author.unwrap_or("差出人ドメイン");
    Explanation::new(
        "DKIM署名が途中で取り除かれています",
        format!(
            "{sealer} は、受け取ったとき {author} の署名が有効だったと記録しています（ARCシールは有効）。その後に署名が取り除かれたため、現在は {author} から送られたことを確認できません。"
        ),
        "転送やメーリングリストの管理者に、DKIM-Signatureヘッダを残す設定にするよう依頼してください。送信元での対応は不要です。",
    )
}

pub(in crate::text) fn copy_rewritten(by: SavedBy) -> Explanation {
    Explanation::new(
        "保存したソフトによって作り直されたファイルとみられます",
        format!(
            "{}作り直されたファイルでは署名が一致しないため、メールが本物かどうかはこのファイルからは判断できません。作り直したとみられるソフト：{}。",
            causes::saved_mark(by),
            causes::saved_by(by)
        ),
        causes::ask_for_original(),
    )
}

pub(in crate::text) fn body_changed(domain: &str, selector: &str, by: ChangedBy, causes: &Causes) -> Explanation {
    Explanation::new(
        causes::body_title(domain, selector, causes),
        causes::body_meaning(by, causes),
        causes::body_remedy(by, causes),
    )
}

/// 本文が署名と一致せず、署名者も確認できないとき。
pub(in crate::text) fn body_unproved(domain: &str, selector: &str, suspect: bool) -> Explanation {
    let remedy = if suspect {
        ASK_THE_OWNER.to_owned()
    } else {
        format!(
            "DNSの設定では解決しません。まず元のメールを .eml で保存し直してもらってください。それでも一致しない場合は、{domain} の署名を行うサーバーの管理者に、このメールに心当たりがあるか確認してください。"
        )
    };
    Explanation::new(
        format!("本文が {domain}（{selector}）のDKIM署名と一致しません"),
        format!(
            "本文のハッシュが署名に書かれた値と異なるため、公開鍵の有無にかかわらず、この署名は認められません。署名は誰でも書き込めるため、{domain} が署名したことは確認できません。"
        ),
        remedy,
    )
}

pub(in crate::text) fn header_changed(domain: &str, selector: &str, by: ChangedBy, causes: &Causes) -> Explanation {
    Explanation::new(
        causes::header_title(domain, selector, causes),
        causes::header_meaning(domain, by, causes),
        causes::header_remedy(domain, by, causes),
    )
}

pub(in crate::text) fn unreadable(
    domain: Option<&str>,
    selector: Option<&str>,
    fault: FieldFault,
    tag: Option<&str>,
    suspect: bool,
) -> Explanation {
    let title = match (domain, selector) {
        (Some(domain), Some(selector)) => format!("{domain} のDKIM署名（{selector}）を使用できません"),
        (Some(domain), None) => format!("{domain} のDKIM署名を使用できません"),
        (None, _) => "読み取れないDKIM署名があります".to_owned(),
    };
    let remedy = if suspect { ASK_THE_OWNER.to_owned() } else { dkim::field_fault_remedy(fault, domain) };
    Explanation::new(title, dkim::field_fault(fault, tag), remedy)
}

pub(in crate::text) fn length_beyond_body(domain: &str, selector: &str, length: u64, body: u64) -> Explanation {
    Explanation::new(
        format!("本文が、{domain} の署名の対象より短くなっています"),
        format!(
            "署名（{selector}）の対象は{length}バイト（l=）ですが、本文は{body}バイトしかありません。署名後に、経路の途中または保存時に末尾が失われています。"
        ),
        "元のメールを .eml で保存し直してもらってください。同じ結果になる場合は、経路上のサーバーの管理者に、本文を切り詰める処理がないか確認を依頼してください。",
    )
}

pub(in crate::text) fn fields_unsigned(domain: &str, selector: &str, fields: &[&str]) -> Explanation {
    let meaning = if fields.contains(&"Subject") {
        "途中で書き換えたり追加したりしても、署名は有効なままになります。"
    } else {
        "ワンクリック登録解除は、1つの有効な署名が両方のヘッダを対象にしている場合にだけ表示されます。"
    };
    let fields = fields.join("、");
    Explanation::new(
        format!("{fields} が有効な署名の対象外です"),
        meaning,
        format!(
            "{domain} の署名（{selector}）を行うサーバーの管理者に、署名の対象（h=）へ {fields} を追加するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn many(signatures: usize, judged: usize) -> Explanation {
    Explanation::new(
        format!("DKIM署名が{signatures}個あります"),
        format!(
            "通常のメールではこれほど多くの署名は付きません。指摘は{signatures}個のうち{judged}個（差出人ドメインの署名、有効な署名、上にある署名の順）についてのものです。"
        ),
        "署名は誰でも追加できるため、内容を確認せずに信頼しないでください。一覧は「DKIM」にあります。",
    )
}

pub(in crate::text) fn sha1(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} の署名は、現在は認められないrsa-sha1です"),
        format!(
            "rsa-sha1は2018年から使用が禁止されており、鍵 {selector} によるこの署名は、受信側では署名がないものとして扱われます。"
        ),
        format!(
            "{domain} の署名を行うサーバーの管理者に、署名の方式をrsa-sha256に変更するよう依頼してください。鍵はそのまま使えます。"
        ),
    )
}

pub(in crate::text) fn expired(domain: &str, selector: &str, expires: Option<Stamp>, judged_at: Stamp) -> Explanation {
    let end = expires.map_or_else(|| "受信時より前".to_owned(), stamp);
    Explanation::new(
        format!("{domain} の署名は、受信時に有効期限が切れていました"),
        format!("署名（{selector}）の有効期限（x=）は {end} ですが、受信したのは {} です。", stamp(judged_at)),
        format!(
            "配信の遅れがよくある場合は、{domain} の署名を行うサーバーの管理者に、有効期限を延ばすか、期限なしにするよう、またサーバーの時計がずれていないか確認するよう依頼してください。そうでない場合は、時間のかかったホップを「経路」で確認してください。"
        ),
    )
}

pub(in crate::text) fn no_body(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} の署名は、本文をまったく対象にしていません"),
        format!(
            "署名（{selector}）はヘッダだけを対象にしています（l=0）。署名を壊さずに、誰でも本文を差し替えられます。"
        ),
        format!(
            "{domain} の署名を行うサーバーの管理者に、l= を使わずに署名するよう依頼してください。本文を {domain} が書いたものとみなさないでください。"
        ),
    )
}

pub(in crate::text) fn partial_body(domain: &str, selector: &str, uncovered: usize) -> Explanation {
    Explanation::new(
        format!("{domain} の署名は、本文の{uncovered}バイトを対象にしていません"),
        format!(
            "署名（{selector}）は本文の先頭部分だけを対象にしています（l=）。署名を壊さずに、誰でも末尾に文章を追加できます。"
        ),
        format!(
            "{domain} の署名を行うサーバーの管理者に、l= を使わずに署名するよう依頼してください。本文の末尾の内容は信頼しないでください。"
        ),
    )
}
