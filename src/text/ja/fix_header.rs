//! ワンクリック登録解除のヘッダの変更についての文。

use crate::fix::OneClickStep;
use crate::text::fix::FixText;

pub(super) fn one_click(steps: &[OneClickStep], unproved: Option<&str>) -> FixText {
    let theirs = unproved.map(|author| {
        format!("このメールが本当に {author} のメールである場合だけの変更です（このメールには、それを示すものがありません）。心当たりがなければ、なりすましの可能性があるため、何も変更しないでください。")
    });
    FixText {
        title: "ワンクリック登録解除のヘッダ".to_owned(),
        steps: steps.iter().map(one_click_step).collect(),
        conditions: theirs.into_iter().chain(one_click_conditions(steps)).collect(),
    }
}

fn one_click_step(step: &OneClickStep) -> String {
    match step {
        OneClickStep::New => "List-Unsubscribe に自社のhttpsのURLを記載して追加します。".to_owned(),
        OneClickStep::AddHttps => "httpsのURLを追加します（ワンクリック登録解除にはhttpsが必要です）。".to_owned(),
        OneClickStep::Secure { host } => format!("{host} のURLをhttpからhttpsに変更します。"),
        OneClickStep::OneHttps => "WebのURLは1つだけにします（RFC 8058では2つ以上は認められていません）。".to_owned(),
        OneClickStep::Brackets => "URLをそれぞれ < > で囲みます（RFC 2369 2節）。".to_owned(),
        OneClickStep::DropOther => "httpsでもmailtoでもない記述を削除します。".to_owned(),
        OneClickStep::Once { name } => format!("{name} は1つだけにします。"),
        OneClickStep::AddPost => "List-Unsubscribe-Post を追加します（値は1種類だけです）。".to_owned(),
        OneClickStep::Post { before } => {
            format!("{before} を List-Unsubscribe=One-Click に変更します（ほかの値は無効です）。")
        }
        OneClickStep::Sign { domain, selector, names } => {
            format!("{domain} のDKIM署名（セレクタ {selector}）の h= に {} を追加します。", names.join(" と "))
        }
        OneClickStep::SignBoth => {
            "List-Unsubscribe と List-Unsubscribe-Post を h= に含めて、DKIM署名を付けます。".to_owned()
        }
    }
}

fn one_click_conditions(steps: &[OneClickStep]) -> Vec<String> {
    let mut conditions = Vec::new();
    if steps.iter().any(|step| matches!(step, OneClickStep::Secure { .. })) {
        conditions.push("変更前：同じURLがhttpsで応答することを確認してください。".to_owned());
    }
    let is_signing_alone = steps.iter().all(|step| matches!(step, OneClickStep::Sign { .. }));
    if !is_signing_alone {
        conditions.push("変更前：httpsのURLが、ログイン・Cookie・リダイレクトなしでPOSTリクエストを受け付け、配信リストと受信者を特定できることを確認してください（RFC 8058 3.1節）。".to_owned());
        conditions.push("登録解除の操作から2日以内に配信を停止する必要があります（Gmail、Yahoo）。".to_owned());
    }
    conditions.push("有効なDKIM署名が両方のヘッダを対象にしている必要があります（RFC 8058 4節）。ヘッダは署名の前に追加してください。".to_owned());
    conditions
}
