//! メールサービスの送信者向け要件についての指摘。

use crate::check::{HeaderPart, OneClickFault, provider};
use crate::text::{Explanation, number};

fn name(provider: &str) -> &str {
    provider::ruleset(provider).map_or(provider, |ruleset| &ruleset.name.ja)
}

pub(in crate::text) fn one_click_missing(provider: Option<&str>) -> Explanation {
    let wanted = match provider.map(name) {
        Some(name) => format!(
            "{name}は、大量送信者の購読メールや広告メールにこれを求めています。この送信者が大量送信者に当たるかどうかは、メール1通では判断できません。"
        ),
        None => "大量送信者の購読メールや広告メールに、Gmailはこれを求め、Yahooは推奨しています。ボタンがないと、迷惑メールとして報告されやすくなります。".to_owned(),
    };
    Explanation::new(
        "一斉配信と見られるメールですが、ワンクリック登録解除に対応していません",
        format!(
            "List-Unsubscribeはありますが、List-Unsubscribe-Postがありません。このため、すぐに配信を停止できるボタン（RFC 8058）が表示されません。{wanted}"
        ),
        "購読者向けのメールであれば、配信サービスの管理者に、List-Unsubscribeにhttpsのアドレスを書き、List-Unsubscribe-Post: List-Unsubscribe=One-Click を加えて、両方をDKIM署名の対象にするよう依頼してください。",
    )
}

pub(in crate::text) fn one_click_broken(fault: OneClickFault, value: &str) -> Explanation {
    let title = match fault {
        OneClickFault::Value => format!("List-Unsubscribe-Postの値が、規定の値ではありません（{value}）"),
        OneClickFault::NoField => "List-Unsubscribe-Postがありますが、List-Unsubscribeがありません".to_owned(),
        OneClickFault::NoHttps => "ワンクリック登録解除に必要な、httpsのアドレスがありません".to_owned(),
    };
    Explanation::new(
        title,
        "ワンクリック登録解除には、List-Unsubscribeのhttpsのアドレスと、List-Unsubscribe-Postの値 List-Unsubscribe=One-Click が必要です（RFC 8058）。このメールでは、ボタンが表示されないか、押しても配信が止まらない可能性があります。",
        "配信サービスの管理者に、両方のヘッダを規定どおりに書き、DKIM署名の対象にするよう依頼してください。",
    )
}

pub(in crate::text) fn impersonated(author: &str, provider: &str) -> Explanation {
    let name = name(provider);
    Explanation::new(
        format!("差出人が受信側の{name}自身のドメイン {author} ですが、確認できません"),
        format!(
            "このメールは、外部から{name}に届きました。{author} の利用者のメールは{name}のサーバーから送信されますが、SPFでもDKIMでもそれを確認できません。このようなメールは、拒否されるか迷惑メールと判定されることが多くあります。"
        ),
        format!(
            "内容の指示に従わないでください。差出人に心当たりがあれば、このメールへの返信以外の方法で本人に確認してください。{author} のアドレスで送信する場合は、{name}のサーバーから送信する必要があります。"
        ),
    )
}

pub(in crate::text) fn header_too_large(
    provider: &str,
    part: HeaderPart,
    (length, limit): (usize, u64),
    firm: bool,
) -> Explanation {
    let name = name(provider);
    let (length, limit) = (number::grouped(&length.to_string()), number::grouped(&limit.to_string()));
    let title = match part {
        HeaderPart::Whole => format!("ヘッダ全体が{length}バイトあり、{name}の上限の{limit}バイトを超えています"),
        HeaderPart::Fields => format!("ヘッダの数が{length}で、{name}の上限の{limit}を超えています"),
        HeaderPart::Value => format!("1つのヘッダが{length}バイトあり、{name}の上限の{limit}バイトを超えています"),
        HeaderPart::Name => format!("ヘッダの名前が{length}バイトあり、{name}の上限の{limit}バイトを超えています"),
    };
    Explanation::new(
        title,
        if firm {
            format!(
                "{name}が公開している上限です。超えたメールは拒否される可能性があります。受信側が加えたヘッダは数えていません。"
            )
        } else {
            format!(
                "{name}が過去に公開していた上限で、現在も有効かどうかは確認できません。超えたメールは届かない可能性があります。受信側が加えたヘッダは数えていません。"
            )
        },
        "送信するソフトまたはサーバーの管理者に、長い宛先や参照（References）の一覧、フィルターやソフトが加えたヘッダを短くするよう依頼してください。",
    )
}
