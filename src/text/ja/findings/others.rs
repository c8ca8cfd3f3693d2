//! ほかのサーバーなどの判定についての指摘（ARC、受信サーバーの記録、別の検証エンジン）。

use crate::auth::arc;
use crate::auth::claimed::{Note, Subject, Why};
use crate::auth::second::{Part, Verdict};
use crate::text::Explanation;
use crate::text::ja::{arc as chain, claims, second};

pub(in crate::text) fn arc_broken(
    reason: arc::Reason,
    at: Option<u32>,
    sealer: Option<&str>,
    next: Option<&str>,
) -> Explanation {
    let title = match (at, sealer) {
        (Some(i), Some(sealer)) => format!("ARCチェーンが i={i}（{sealer}）で無効になっています"),
        (Some(i), None) => format!("ARCチェーンが i={i} で無効になっています"),
        (None, _) => "ARCヘッダがチェーンになっていません".to_owned(),
    };
    let next = next.map_or_else(String::new, |next| format!("{next} による変更と考えられます。"));
    Explanation::new(
        title,
        format!(
            "理由：{}。{next}受信側ではARCチェーンがないものとして扱われます。DMARCの判定には影響しません。",
            chain::reason(reason)
        ),
        "このメールへの対応は不要です。転送サーバーの管理者が、メールを変更する処理がすべて終わった後にシールを付ける設定にすると解消します。",
    )
}

pub(in crate::text) fn arc_saw_pass(
    author: &str,
    sealer: &str,
    changed_by: Option<&str>,
    trusted: bool,
) -> Explanation {
    let by = changed_by.map_or_else(String::new, |by| format!("（{by} による変更と考えられます）"));
    let remedy = if trusted {
        "対応は不要です。受信側は、このARCチェーンの結果を信頼したと記録しています。ARCは廃止に向かっているため、前提にしないでください。".to_owned()
    } else {
        format!(
            "{sealer} が自分の利用している転送元やメーリングリストだと確認できた場合に限り、受信側の管理者に、この記録を信頼する設定を依頼できます（Microsoft 365では「信頼できるARCシーラー」）。ARCは廃止に向かっているため、前提にしないでください。"
        )
    };
    Explanation::new(
        format!("{sealer} は、受け取った時点で {author} のDMARCに合格していたと記録しています"),
        format!(
            "ARCチェーンは有効なので、{sealer} がこの結果を記録したことは確かです（i=1）。その後、メールが転送または変更されています{by}。{sealer} を信頼できる場合にだけ意味のある記録で、DMARCの判定は変わりません。"
        ),
        remedy,
    )
}

pub(in crate::text) fn claim_forged(server: &str, method: &str) -> Explanation {
    Explanation::new(
        format!("{server} の名前をかたった記録があります（{method}=pass）"),
        format!(
            "受信側のサーバー {server} の名前が付いていますが、送信者も書き込める位置にあるか、メールにない内容を合格としています。判定には使っていません。"
        ),
        format!(
            "この記録は参考にしないでください。{server} の管理者に、自分の名前が付いた外部からのAuthentication-Resultsを削除する設定を依頼してください。"
        ),
    )
}

pub(in crate::text) fn claim_differs(checked: Subject, recorded: &str, ours: &str, why: Why) -> Explanation {
    let remedy = if let Why::OtherAddress { theirs } = why {
        format!(
            "{theirs} が実際の接続元であれば、そのホップを受信側の入口に指定するか、接続元IPアドレスを指定してください。"
        )
    } else {
        "対応は不要です。受信時の状況は受信サーバーの記録のほうが確かです。「受信サーバーの記録」で両方を比べられます。"
            .to_owned()
    };
    Explanation::new(
        format!("{}の受信サーバーの記録は「{recorded}」、本ソフトの検証は「{ours}」です", claims::subject(checked)),
        format!("{}本ソフトの判定は、記録ではなく検証結果に基づいています。", claims::why(why)),
        remedy,
    )
}

pub(in crate::text) fn compauth_failed(
    author: Option<&str>,
    reason: Option<&str>,
    meaning: Option<Note>,
) -> Explanation {
    let title = match reason {
        Some(reason) => format!("Microsoftの複合認証に失敗しています（理由{reason}）"),
        None => "Microsoftの複合認証に失敗しています".to_owned(),
    };
    let is_own = matches!(meaning, Some(Note::CompauthOwnDomain | Note::CompauthOwnDomainImplicit));
    let remedy = if meaning == Some(Note::CompauthForbiddenPair) {
        "受信側の管理者に、判定の原因となった、なりすましの許可・禁止リスト（スプーフィング インテリジェンス）の確認を依頼してください。".to_owned()
    } else if is_own {
        "受信側の組織が別のサービスから送信しているメールであれば、受信側の組織の管理者に、そのサービスをSPFレコードに追加するか、DKIMで署名するよう依頼してください。".to_owned()
    } else {
        let author = author.map_or_else(|| "差出人ドメイン".to_owned(), |author| format!("{author} "));
        format!(
            "{author}の管理者に、そのドメインでSPFまたはDKIMに合格するように設定し、DMARCレコードを公開するよう依頼してください。"
        )
    };
    Explanation::new(title, claims::compauth(meaning), remedy)
}

pub(in crate::text) fn second_engine_differs(part: Part, ours: Verdict, theirs: Verdict) -> Explanation {
    Explanation::new(
        format!("{}の判定が、別の検証エンジンと異なります", second::part(part)),
        format!(
            "同じDNSの回答に対して、本ソフトは{}、mail-authは{}と判定しました。理由は特定できていないため、受信側でも判定が分かれる可能性があります。",
            second::verdict(ours),
            second::verdict(theirs)
        ),
        "この判定を使う前に、検証の手順を確認してください。可能であれば、メールを添えて本ソフトの開発元にお知らせください。",
    )
}
