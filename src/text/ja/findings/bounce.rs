//! 不達通知についての指摘。

use crate::check::Refused;
use crate::text::Explanation;
use crate::text::ja::bounce;

pub(in crate::text) fn undelivered(refused: &Refused) -> Explanation {
    Explanation::new(bounce::title(refused), bounce::explained(refused), bounce::next_step(refused))
}

pub(in crate::text) fn sender_rules(refused: &Refused) -> Explanation {
    let title = format!("{}（送信元の認証による拒否）", bounce::title(refused));
    Explanation::new(title, bounce::explained(refused), bounce::next_step(refused))
}

pub(in crate::text) fn not_ours(author: &str) -> Explanation {
    Explanation::new(
        format!("返送された元のメールは、{author} から送られたものではない可能性があります"),
        format!(
            "差出人は {author} ですが、署名にも、Message-IDにも、経路のサーバーにも {author} の名前がありません。アドレスを悪用された迷惑メールは、このような通知になって返ってきます。{author} の名前を残さない配信サービスから送った場合も同じです。"
        ),
        format!(
            "{author} の担当者または利用中のサービスが送ったものかを確認してください。送っていなければ、この通知への対応は不要です。DMARCで拒否を求めておくと、このようなメールは受け取られにくくなります。"
        ),
    )
}
