//! 差出人についての指摘。

use std::net::IpAddr;

use crate::auth::domain::LocalName;
use crate::auth::lookalike::Lookalike;
use crate::sender::services::Service;
use crate::text::Explanation;
use crate::text::ja::{sender, terms};

/// なりすましの疑いがあるメールの扱い（送ったサーバーが合格するようになる助言はしない）。
pub(in crate::text) fn leave_alone(domain: &str) -> String {
    format!(
        "内容の指示に従わないでください。送信したサーバーが正規のものかどうか判断できるのは {domain} の管理者だけです。このメールへの返信以外の方法で確認してください。"
    )
}

pub(in crate::text) fn author_domain_missing(author: &str) -> Explanation {
    Explanation::new(
        format!("差出人ドメイン {author} はDNSに存在しません"),
        format!(
            "{author} という名前は現在のDNSに登録されていません（NXDOMAIN）。このようなドメインから正規のメールが送られることはなく、返信も届きません。"
        ),
        format!(
            "内容の指示に従わないでください。自分の組織のメールであれば、差出人アドレスの書き間違いを確認し、{author} の期限が切れていないかDNS管理者に確認してください。"
        ),
    )
}

pub(in crate::text) fn reply_to_elsewhere(author: &str, reply_to: &str) -> Explanation {
    Explanation::new(
        format!("返信先（Reply-To）が別のドメイン {reply_to} です"),
        format!(
            "返信すると、{author} ではなく {reply_to} に届きます。配信サービスや問い合わせ窓口でもよくありますが、なりすましにも使われます。"
        ),
        format!(
            "返信する前に、{reply_to} が {author} の利用している窓口かどうかを、公式サイトや電話など、返信以外の方法で確認してください。"
        ),
    )
}

pub(in crate::text) fn service_only_claimed(service: &'static Service, ip: IpAddr) -> Explanation {
    let name = sender::service_name(service);
    Explanation::new(
        format!("{name} からの送信と名乗っていますが、裏付けがありません"),
        format!(
            "送信側が書いた部分に {name} の特徴がありますが、接続元の {ip} は現在の情報では {name} のものと確認できず、署名やエンベロープFromによる裏付けもありません。途中の中継で起こることもありますが、なりすましメールがヘッダをまねている場合もあります。"
        ),
        format!("{name} から送られたものと考えず、確認できたことだけで判断してください。"),
    )
}

pub(in crate::text) fn stream_mixed(author: &str) -> Explanation {
    Explanation::new(
        "個別の通知と一斉配信の両方の特徴があります",
        format!(
            "受信者の操作に応じた通知（注文確認など）の特徴と、一斉配信の特徴が同じメールにあります。{author} が両方を同じドメインやIPアドレスから送っている場合、一斉配信への迷惑メール報告が通知の到達にも影響します。実際に混在しているかどうかは、1通からは判断できません。"
        ),
        format!(
            "{author} の管理者に、通知（注文・パスワードなど）とメールマガジンの送信元をサブドメインやIPアドレスで分けているか、通知に一斉配信のヘッダが付いていないかを確認するよう依頼してください。"
        ),
    )
}

pub(in crate::text) fn author_domain_not_public(author: &str, kind: LocalName) -> Explanation {
    let what = match kind {
        LocalName::SingleLabel => "社内や家庭内のネットワークで使うコンピューター名のような1語の名前です",
        LocalName::Reserved => "ネットワークの内部だけで使うために予約された名前です",
    };
    Explanation::new(
        format!("差出人（From）の {author} は、インターネットで使えるドメインではありません"),
        format!("{author} は、{what}。外部からは返信できず、SPF・DKIM・DMARCのいずれでも確認できません。"),
        "送信するソフトや機器の管理者に、差出人（From）を実在するドメインのアドレスに設定するよう依頼してください。",
    )
}

pub(in crate::text) fn author_domain_lookalike(author: &str, kind: &Lookalike) -> Explanation {
    let (title, meaning) = match kind {
        Lookalike::Mixed { shown, one, other } => (
            format!("差出人ドメインに異なる文字体系の文字が混在しています：{shown}（{author}）"),
            format!(
                "ドメインの1つの区切りの中に、{}と{}が混在しています。形の似た文字があり、ほかのドメインに見せかける手口として知られています。",
                terms::script(*one),
                terms::script(*other)
            ),
        ),
        Lookalike::Whole { shown, script, seems } => (
            format!("差出人ドメインが、英字に見える別の文字で書かれています：{shown}（{author}）"),
            format!(
                "ドメインの1つの区切りがすべて{}で、どの文字も英字と形が似ているため、{seems} と見分けがつきません。正規の単語である可能性もあります。",
                terms::script(*script)
            ),
        ),
    };
    Explanation::new(
        title,
        meaning,
        format!("{author} が本来の相手のドメインだと確認できるまで、内容の指示に従わないでください。"),
    )
}

pub(in crate::text) fn from_name_elsewhere(shown: &str, own: &str, via: bool, is_address: bool) -> Explanation {
    if via {
        return Explanation::new(
            format!("差出人名は {shown} ですが、{own} が代わりに送信しています"),
            "メーリングリストや配信サービスが、ほかの人の書いたメールを代わりに送るときの書き方です。SPF・DKIM・DMARCで確認できるのは実際のアドレスのドメインだけで、表示されている人が本人かどうかは確認できません。",
            format!(
                "{own} が利用しているメーリングリストやサービスであれば、対応は不要です。心当たりがなければ、内容の指示に従わないでください。"
            ),
        );
    }
    let (title, more) = if is_address {
        (
            format!("差出人名にメールアドレス {shown} が表示されますが、実際の差出人は {own} です"),
            "SPF・DKIM・DMARCは差出人名を確認しません。",
        )
    } else {
        (
            format!("差出人名に {shown} と表示されますが、実際の差出人は {own} です"),
            "複数のドメインを使う企業の正規のメールにもあります。",
        )
    };
    Explanation::new(
        title,
        format!("差出人名だけを表示するメールソフトが多く、実際のドメイン {own} は利用者の目に入りません。{more}"),
        format!("差出人名ではなく {own} で判断し、心当たりのないドメインであれば内容の指示に従わないでください。"),
    )
}

pub(in crate::text) fn from_name_hidden(own: &str, characters: &[String], reorders: bool) -> Explanation {
    let meaning = if reorders {
        "文字の並び順を変える制御文字で、実際の文字列とは違う名前が表示されます。"
    } else {
        "画面には表示されない文字です。名前を偽る際に、フィルターに見つからないよう文字の間に入れる手口があります。送信プログラムの不具合で入ることもあります。"
    };
    Explanation::new(
        format!("差出人名に、目に見えない文字が含まれています（{}）", characters.join("、")),
        meaning,
        format!(
            "差出人名では判断しないでください。実際のアドレスのドメインは {own} です。心当たりのないドメインであれば、内容の指示に従わないでください。"
        ),
    )
}

pub(in crate::text) fn from_several_authors(author: &str, authors: usize, has_sender: bool) -> Explanation {
    let meaning = if has_sender {
        format!(
            "すべて {author} のアドレスです。実際の送信者はSenderに書かれています。差出人が複数のメールを拒否する受信側もあります。"
        )
    } else {
        format!(
            "すべて {author} のアドレスです。差出人が複数の場合は、実際の送信者を示すSenderが必要ですが、ありません。拒否する受信側もあります。"
        )
    };
    Explanation::new(
        format!("差出人（From）が{authors}人います"),
        meaning,
        "送信者に、差出人（From）のアドレスを1つにするよう依頼してください。ほかのアドレスはReply-Toに書けます。",
    )
}

pub(in crate::text) fn sender_elsewhere(author: &str, sender: &str, list: bool, proved: bool) -> Explanation {
    if list {
        return Explanation::new(
            format!("Senderはメーリングリストのドメイン {sender} です"),
            format!(
                "メーリングリストが配信者を示すときの書き方です。DMARCで確認するのは、差出人（From）のドメイン {author} だけです。"
            ),
            "対応は不要です。",
        );
    }
    let (part, remedy) = if proved {
        (format!("{sender} が送信に関わったことは、SPFまたはDKIMで確認できました。"), "対応は不要です。".to_owned())
    } else {
        (
            format!("{sender} が送信に関わったことを示すものはありません。"),
            format!("{sender} を実際の送信者とみなさないでください。"),
        )
    };
    Explanation::new(
        format!("送信者（Sender）が別のドメイン {sender} です"),
        format!(
            "{part}「{author} の代理 {sender}」のように表示するメールソフトもあります。DMARCで確認するのは、差出人（From）のドメインだけです。"
        ),
        remedy,
    )
}
