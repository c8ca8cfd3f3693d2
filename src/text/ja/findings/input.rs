//! 入力と、問い合わせのできなかったDNSについての指摘。

use crate::message::{Kind, LeftOut, RepairCode};
use crate::text::Explanation;
use crate::text::ja::terms;

pub(in crate::text) fn several_messages(left_out: LeftOut) -> Explanation {
    match left_out {
        LeftOut::Further => Explanation::new(
            "複数のメールが入ったファイルです",
            "この結果は最初の1通のものです。残りのメールは判定していません。",
            "ウィンドウの一覧で選ぶか、番号を指定してください。",
        ),
        LeftOut::Attached => Explanation::new(
            "このメールには別のメールが添付されています",
            "この結果は、最後に送られた外側のメール（お客様からの転送など）のものです。添付されたメールは判定していません。",
            "添付されたメールを調べるには、ウィンドウの一覧で選ぶか、番号2を指定してください。",
        ),
        LeftOut::Wrapper => Explanation::new(
            "別のメールに添付されていたメールです",
            "この結果は、転送で添付されていたメールについてのものです。転送したメール自体は判定していません。",
            "転送したメール自体を調べるには、ウィンドウの一覧で選ぶか、番号1を指定してください。",
        ),
    }
}

pub(in crate::text) fn body_not_kept(program: Kind) -> Explanation {
    match program {
        Kind::Emlx => Explanation::new(
            "Appleのメールが、添付ファイルを除いて保存しています",
            "拡張子 .partial.emlx のファイルには本文の一部がないため、DKIM署名を本文と照合できません。メール自体の問題ではありません。",
            "メールを持っている人に、「メール」で本文をすべて読み込んだ後、「ファイル」→「別名で保存」で形式に「Rawメッセージのソース」を選んで保存してもらってください。",
        ),
        Kind::Msg | Kind::Eml | Kind::Headers | Kind::Mbox | Kind::Nested | Kind::AggregateReport => Explanation::new(
            "Outlookの .msg には送信時のままの本文がありません",
            "Outlookはヘッダを受信時のまま残しますが、本文は作り直して保存します。そのためDKIM署名を本文と照合できません。メール自体の問題ではありません。",
            "DKIMまで確認するには、メールを持っている人に、Web版のOutlookやメールサーバーなどから、元のメールを .eml で入手してもらってください。",
        ),
    }
}

pub(in crate::text) fn headers_only(fields: usize) -> Explanation {
    Explanation::new(
        format!("ヘッダだけが入力されています（{fields}件、本文なし）"),
        "ヘッダの署名は確認できますが、本文が変更されたかどうかは確認できません。",
        "メールを持っている人に、メール全体を .eml ファイルとして保存し、送ってもらってください。",
    )
}

pub(in crate::text) fn input_repaired(repairs: usize, kinds: &[RepairCode]) -> Explanation {
    let kinds: Vec<&str> = kinds.iter().map(|code| terms::repair(*code)).collect();
    Explanation::new(
        format!("入力に{repairs}か所の破損があり、補って読み取りました"),
        format!("内容：{}。元のファイルは変更していません。", kinds.join("、")),
        "署名が一致しない場合は、メールを持っている人に、元のメールを保存し直してもらってください。",
    )
}

pub(in crate::text) fn dns_unreachable(questions: usize, names: &[String]) -> Explanation {
    Explanation::new(
        format!("DNSの問い合わせ{questions}件に応答がありません"),
        format!("この問い合わせに関わる判定は、合格とも不合格とも言えません。{}", asked(questions, names)),
        "しばらくしてから再検証するか、別のDNSサーバーを指定してください。変わらない場合は、そのドメインのDNS管理者に、DNSサーバーが応答しないことを伝えてください。",
    )
}

pub(in crate::text) fn dns_not_asked(questions: usize, names: &[String], recorded: bool) -> Explanation {
    Explanation::new(
        format!("DNSの問い合わせ{questions}件を行っていません"),
        format!(
            "{}関係する判定はできていません。{}",
            if recorded {
                "DNSの応答をファイルから読み込んでいますが、そのファイルに含まれていません。"
            } else {
                "DNSに問い合わせない設定で実行したか、途中で終了しました。"
            },
            asked(questions, names)
        ),
        if recorded {
            "ファイルの代わりにDNSへ問い合わせるか、これらの名前を含むファイルで、再検証してください。"
        } else {
            "DNSへの問い合わせを有効にして、再検証してください。"
        },
    )
}

/// 問い合わせた名前。
fn asked(questions: usize, names: &[String]) -> String {
    let more = if questions > names.len() { " など" } else { "" };
    format!("対象：{}{more}。", names.join("、"))
}
