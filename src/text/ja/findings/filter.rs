//! 受信側のフィルターによる判定と、その位置。

use std::net::IpAddr;

use crate::auth::spf::SpfResult;
use crate::notes::{Filter, Meaning};
use crate::text::Explanation;
use crate::text::ja::{notes, terms};

pub(in crate::text) fn marked_spam(filter: Filter, meaning: Meaning) -> Explanation {
    let remedy = match meaning {
        Meaning::SenderBlockedByUser => "受信者に、受信拒否リストからこの差出人を外すよう依頼してください。",
        Meaning::SenderBlockedByPolicy | Meaning::MarkedByRule => {
            "受信側の管理者に、受信拒否リストとメールフロールールの確認を依頼してください。"
        }
        _ => {
            "まず、ほかの指摘に対応してください。指摘がなければ、受信側の管理者が誤判定として報告できます。詳しい理由はフィルターのログで確認できます。"
        }
    };
    Explanation::new(
        format!("受信側のフィルターが迷惑メールと判定しています（{}）", filter.name()),
        decided(meaning),
        remedy,
    )
}

pub(in crate::text) fn phish(filter: Filter, meaning: Meaning) -> Explanation {
    Explanation::new(
        format!("受信側のフィルターがフィッシングまたはなりすましと判定しています（{}）", filter.name()),
        decided(meaning),
        "正規のメールであれば、ほかの指摘に対応したうえで、受信側の管理者が差出人を許可できます。そうでなければ、そのまま隔離しておいてください。",
    )
}

fn decided(meaning: Meaning) -> String {
    let word = notes::meaning(meaning);
    format!("フィルターの記録：{word}。SPF・DKIM・DMARCは、フィルターが考慮する要素の一部にすぎません。")
}

pub(in crate::text) fn skipped(filter: Filter, meaning: Meaning, suspect: bool) -> Explanation {
    let word = notes::meaning(meaning);
    let (meaning, remedy) = if suspect {
        (
            format!("理由：{word}。そのため、証明されていないメールがそのまま届いています。"),
            "受信側の管理者に、検査を省略させたルールや許可リストを見直し、SPF・DKIM・DMARCの合格を条件に加えるよう依頼してください。",
        )
    } else {
        (format!("理由：{word}。届いたという事実からは、フィルターの評価はわかりません。"), "対応は不要です。")
    };
    Explanation::new(
        format!("受信側のフィルターは、このメールの検査を省略しています（{}）", filter.name()),
        meaning,
        remedy,
    )
}

pub(in crate::text) fn bulk_complaint_level_high(level: u8) -> Explanation {
    Explanation::new(
        format!("Microsoftが、苦情の多い一斉配信の送信元と評価しています（BCL {level}）"),
        "Microsoft 365は、受信側の組織が別のしきい値（5や6が一般的）を設定していない限り、レベル7以上の一斉配信メールを迷惑メールとして扱います。",
        "送信元に、希望者だけに配信し、登録解除を簡単にするよう依頼してください。受信者が「信頼できる差出人」に登録する方法もあります。",
    )
}

pub(in crate::text) fn before_receiver(
    service: &str,
    ip: IpAddr,
    theirs: Option<&str>,
    ours: Option<SpfResult>,
) -> Explanation {
    let ours = terms::spf_result(ours);
    let judged = match theirs {
        Some(theirs) => {
            format!("メールボックスの提供元はこのIPアドレスを判定し、SPFを「{theirs}」と記録しました。")
        }
        None => "メールボックスの提供元から見た接続元は、このIPアドレスです。".to_owned(),
    };
    Explanation::new(
        format!("受信側のメールフィルター（{service}）を経由して、メールボックスに届いています"),
        format!(
            "{service} がメールを受け取り、{ip} から引き渡しています。{judged}本ソフトは、フィルターが受け取った時点の接続元でSPFを判定しています（結果：{ours}）。"
        ),
        "受信側の管理者に、メールボックスの提供元にフィルターを登録するよう依頼してください（Microsoft 365：コネクタの拡張フィルター処理、Google Workspace：受信ゲートウェイ）。送信元の対応は不要です。",
    )
}
