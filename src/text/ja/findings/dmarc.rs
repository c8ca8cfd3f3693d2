//! DMARCの結果についての指摘。

use crate::auth::dmarc::{DmarcResult, Policy};
use crate::sender::services::Service;
use crate::text::Explanation;
use crate::text::ja::{sender, terms};

pub(in crate::text) fn unaligned(
    author: &str,
    passed: &[String],
    policy: Option<Policy>,
    service: Option<&'static Service>,
) -> Explanation {
    let steps = service.and_then(|service| Some((service, sender::setup(service, service.setup.as_ref()?, author))));
    let remedy = steps.map_or_else(
        || {
            format!(
                "{author} の管理者に、送信に使われたサービスを利用しているか確認してください。利用していない場合は、なりすましとして扱ってください。利用している場合は、そのサービスで {author} のDKIM署名（作成者署名）を設定するか、エンベロープFromを {author} のドメインにするよう依頼してください。転送されても有効なのは署名だけです。"
            )
        },
        |(service, steps)| {
            format!(
                "{author} の管理者に、{} を利用しているか確認してください。利用していない場合は、なりすましとして扱ってください。利用している場合は、次の設定を依頼してください。{}",
                sender::service_name(service),
                steps.concat()
            )
        },
    );
    Explanation::new(
        format!("DMARCに合格していません（合格したドメインに {author} が含まれていません）"),
        format!(
            "合格したドメイン：{}。{}{author} と同じ組織のドメインではないため、DMARCでは合格になりません。{}",
            passed.join("、"),
            if passed.len() == 1 { "" } else { "いずれも " },
            asked(author, policy)
        ),
        remedy,
    )
}

pub(in crate::text) fn unauthenticated(author: &str, policy: Option<Policy>, suspect: bool) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(author)
    } else {
        format!(
            "{author} の管理者に、このサーバーが自分の送信サーバーかどうかを確認してください。送信サーバーである場合に限り、{author} のSPFレコードに追加し、DKIM署名を付けるよう依頼してください。"
        )
    };
    Explanation::new(
        format!("DMARCに合格していません（{author} のSPFもDKIMも合格していません）"),
        format!("{author} から送られたことを示すものがありません。{}", asked(author, policy)),
        remedy,
    )
}

pub(in crate::text) fn no_author(domains: &[String]) -> Explanation {
    let title = if domains.len() > 1 {
        "差出人（From）に複数のドメインがあります"
    } else {
        "差出人（From）を1つに特定できません"
    };
    let meaning = match domains {
        [] => "DMARCには、差出人（From）のドメインが1つだけ必要ですが、確認できるドメインがありません。".to_owned(),
        [only] => format!(
            "DMARCには、差出人（From）のドメインが1つだけ必要で、読み取れるFromヘッダが1つだけでなければなりません。{only} の書き方はこれに当たりません。このようなメールは、攻撃の手口として知られています。"
        ),
        [..] => format!(
            "DMARCには、差出人（From）のドメインが1つだけ必要ですが、{} があります。複数のドメインを書くのは、攻撃の手口として知られています。",
            domains.join("、")
        ),
    };
    Explanation::new(
        title,
        meaning,
        "このメールへの返信以外の方法で、正規のメールかどうかを差出人に確認してください。正規のメールであれば、作成したシステムの管理者に、差出人（From）のアドレスを1つにして送信するよう依頼してください。",
    )
}

pub(in crate::text) fn missing(author: &str) -> Explanation {
    Explanation::new(
        format!("{author} にDMARCレコードがありません"),
        format!(
            "{author} のなりすまし対策も、なりすましメールの扱いについての希望も、受信側に示されていません。Gmail、Yahoo、Microsoftは大量送信者にDMARCレコードを求めています。"
        ),
        format!(
            "{author} のDNS管理者に、_dmarc.{author} にTXTレコードを公開するよう依頼してください。最初は v=DMARC1; p=none; rua=mailto:… から始めます。"
        ),
    )
}

pub(in crate::text) fn reject_on_spf_only(author: &str) -> Explanation {
    Explanation::new(
        format!("{author} は拒否（reject）を求めていますが、このメールはSPFだけで合格しています"),
        format!(
            "拒否（reject）を求めるドメインは、SPFだけに頼らず、必ずDKIM署名を付けることになっています。{author} の署名がないため、転送されるとDMARCに合格しなくなります。"
        ),
        format!(
            "{author} の管理者に、送信サーバーまたは配信サービスで {author} のDKIM署名（作成者署名）を設定するよう依頼してください。"
        ),
    )
}

/// 結果と、それに伴うポリシー。
type Reading = (DmarcResult, Option<Policy>);

pub(in crate::text) fn readings_differ(
    author: &str,
    has_own_record: bool,
    now: Reading,
    older: Reading,
) -> Explanation {
    let what =
        if has_own_record { String::new() } else { format!("{author} 自身にDMARCレコードを公開し、") };
    Explanation::new(
        format!("{author} のDMARCは、受信側によって判定が異なる場合があります"),
        format!(
            "RFC 9989ではDNSを上位へたどって組織ドメインを決め、結果は「{}」です。Public Suffix List（RFC 7489）を使う受信側も多く、その場合は「{}」になります。",
            reading(now),
            reading(older)
        ),
        format!(
            "{author} の管理者に、{what}d={author} でDKIM署名するよう依頼してください。どちらの方式でも同じ結果になります。"
        ),
    )
}

/// ある方式でのDMARCの結果。
fn reading((result, policy): Reading) -> String {
    let result = terms::dmarc_result(result);
    policy.map_or_else(|| result.to_owned(), |policy| format!("{result}、ポリシー {}", terms::policy_word(policy)))
}

/// ドメインの管理者が受信側に求めている扱い。
fn asked(author: &str, policy: Option<Policy>) -> String {
    match policy {
        Some(Policy::Reject) => format!("{author} は、このようなメールの拒否（reject）を求めています。"),
        Some(Policy::Quarantine) => format!("{author} は、このようなメールの隔離（quarantine）を求めています。"),
        Some(Policy::None) => format!("{author} はレポートのみを求めています（p=none）。"),
        None => String::new(),
    }
}
