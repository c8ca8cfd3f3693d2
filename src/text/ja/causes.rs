//! 署名後に何が変更されたか、その調査の結果。

use crate::auth::dkim::cause::{Causes, Change, Edit, Ended, NotSought, Search};
use crate::text::quoted;

/// 変更の種類の名前。
pub(in crate::text) const fn change(change: Change) -> &'static str {
    match change {
        Change::FooterAdded => "末尾への追加",
        Change::BannerAdded => "先頭への追加",
        Change::TextAdded => "途中への追加",
        Change::PartAdded => "MIMEパートの追加",
        Change::PartWrapped => "新しいマルチパートへの格納",
        Change::MimeFrame => "MIMEパートの前後の行",
        Change::FromQuoted => "「From 」の前の「>」",
        Change::DotStuffing => "行頭のピリオド",
        Change::LineEnds => "改行コード",
        Change::ByteOrderMark => "バイト順マーク（BOM）",
        Change::BlankLines => "先頭の空行",
        Change::EndOfBody => "末尾の改行",
        Change::WhiteSpace => "行内・行末の空白",
        Change::LongLines => "長い行の改行",
        Change::Rewrapped => "符号化された行の長さ",
        Change::Recoded => "転送エンコードの変更",
        Change::CharsetChanged => "文字コードの変換",
        Change::LinksRewritten => "リンクの書き換え",
        Change::SubjectTag => "件名のタグ",
        Change::FieldRewritten => "ヘッダの書き換え",
        Change::FieldAdded => "ヘッダの追加",
        Change::FieldMissing => "ヘッダの削除",
        Change::FieldOrder => "ヘッダの順序",
        Change::Folding => "ヘッダの空白と改行",
        Change::WordsRecoded => "ヘッダの文字の符号化",
        Change::Several => "複数の変更の組み合わせ",
    }
}

/// 変更の内容。どれも「〜れた」で終わり、「ため」に続けられる。
pub(in crate::text) fn edit(edit: &Edit) -> String {
    let field = edit.field.as_deref().unwrap_or_default();
    let text = edit.now.as_deref().map_or_else(|| "文".to_owned(), |text| format!("「{}」", quoted(text)));
    let added = !edit.span.is_empty();
    match edit.change {
        Change::FooterAdded => format!("本文の末尾に{text}が追加された"),
        Change::BannerAdded => format!("本文の先頭に{text}が追加された"),
        Change::TextAdded => format!("本文の途中に{text}が追加された"),
        Change::PartAdded => "MIMEパートが追加された".to_owned(),
        Change::PartWrapped => match edit.now {
            Some(_) => format!("本文が新しいマルチパートに格納され、{text}が追加された"),
            None => "本文が新しいマルチパートに格納された".to_owned(),
        },
        Change::MimeFrame => "MIMEパートの前後の行が変更された".to_owned(),
        Change::FromQuoted if added => "「From 」で始まる行の前に「>」が付けられた".to_owned(),
        Change::FromQuoted => "「>From 」で始まる行の「>」が削除された".to_owned(),
        Change::DotStuffing if added => "行頭のピリオドが二重にされた".to_owned(),
        Change::DotStuffing => "行頭のピリオドが削除された".to_owned(),
        Change::LineEnds => "改行コードが変更された".to_owned(),
        Change::ByteOrderMark if added => "本文にバイト順マーク（BOM）が追加された".to_owned(),
        Change::ByteOrderMark => "本文のバイト順マーク（BOM）が削除された".to_owned(),
        Change::BlankLines if added => "本文の先頭に空行が追加された".to_owned(),
        Change::BlankLines => "本文の先頭の空行が削除された".to_owned(),
        Change::EndOfBody => "本文の末尾の改行が変更された".to_owned(),
        Change::WhiteSpace => "本文の行内または行末の空白が変更された".to_owned(),
        Change::LongLines => "本文の長い行が途中で改行された".to_owned(),
        Change::Rewrapped => "符号化された本文の改行位置が変更された".to_owned(),
        Change::Recoded => "本文の転送エンコードが変更された".to_owned(),
        Change::CharsetChanged => "本文の文字コードが変換された".to_owned(),
        Change::LinksRewritten => "本文のリンクがフィルター経由に書き換えられた".to_owned(),
        Change::SubjectTag => format!("件名に「{}」が追加された", edit.now.as_deref().unwrap_or_default()),
        Change::FieldRewritten => match edit.before.as_deref() {
            Some(before) => format!("{field}ヘッダ（元は「{}」）が書き換えられた", quoted(before)),
            None => format!("{field}ヘッダが書き換えられた"),
        },
        Change::FieldAdded => format!("{field}ヘッダが追加された"),
        Change::FieldMissing => format!("{field}ヘッダが削除された"),
        Change::FieldOrder => format!("複数の{field}ヘッダの順序が入れ替えられた"),
        Change::Folding => format!("{field}ヘッダの空白または改行が変更された"),
        Change::WordsRecoded => format!("{field}ヘッダの文字の符号化が変更された"),
        Change::Several => "複数の箇所が変更された".to_owned(),
    }
}

/// すべての変更。「Aされ、Bされた」とつなぐ。
pub(in crate::text) fn edits(causes: &Causes) -> String {
    let done: Vec<String> = causes.edits().map(edit).collect();
    let count = done.len();
    let joined = done.iter().enumerate().map(|(at, clause)| match clause.strip_suffix('た') {
        Some(stem) if at + 1 < count => format!("{stem}、"),
        _ => clause.clone(),
    });
    joined.collect()
}

/// 調査の結果。調査が不要なときは空。
pub(in crate::text) fn search(search: &Search) -> String {
    match search {
        Search::NotSought(NotSought::NotNeeded) => String::new(),
        Search::NotSought(NotSought::Unusable) => {
            "この署名はいずれにしても有効と認められないため、原因は調べていません。".to_owned()
        }
        Search::NotSought(NotSought::OtherKey) => {
            "この署名は、現在DNSにある公開鍵に対応する鍵で作られたものではないか、署名の値が壊れています。".to_owned()
        }
        Search::NotSought(NotSought::TooMany) => {
            "一致しない署名が多いため、この署名の原因は調べていません。".to_owned()
        }
        Search::NotFound { tried, ended: Ended::Complete } => {
            format!("知られている変更を元に戻して検証しましたが（{tried}通り）、原因は見つかりませんでした。")
        }
        Search::NotFound { tried, ended: Ended::Limit } => format!(
            "知られている変更を元に戻して検証しましたが（{tried}通り）、原因は見つかりませんでした。調査は上限で打ち切りました。"
        ),
        Search::NotFound { tried, ended: Ended::Cancelled } => {
            format!("原因の調査は{tried}通りで中止されました。")
        }
        Search::Found { tried, .. } => format!("検証済み：この変更を元に戻すと一致します（{tried}通りを検証）。"),
    }
}
