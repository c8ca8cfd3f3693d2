//! 署名後に何が変更されたか、その調査の結果。

use crate::auth::dkim::cause::{Causes, Change, Edit, Ended, NotSought, Search};
use crate::check::ChangedBy;
use crate::sender::SavedBy;
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
    let mut done: Vec<String> = causes.telling().map(edit).collect();
    done.dedup();
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
        Search::NotSought(NotSought::TooLong) => "署名されたヘッダが長すぎるため、原因は調べていません。".to_owned(),
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
        Search::Found { tried, .. } => {
            format!("この変更を元に戻すと一致することを検証で確認しました（{tried}通りを試行）。")
        }
    }
}

/// メールを作り直して保存するソフト。
pub(in crate::text) const fn saved_by(program: SavedBy) -> &'static str {
    match program {
        SavedBy::Outlook => "Outlook",
        SavedBy::Java => "Javaのソフト（Webメール、アーカイブなど）",
        SavedBy::Exchange => "Exchange・Web版のOutlook",
        SavedBy::Notes => "HCL Notes",
        SavedBy::Proton => "Proton Mail",
        SavedBy::Tuta => "Tuta",
        SavedBy::Converter => "別の形式から変換したソフト",
        SavedBy::Unknown => "保存したソフト（特定できません）",
    }
}

/// 作り直されたと考えられる理由。
pub(in crate::text) const fn saved_mark(program: SavedBy) -> &'static str {
    match program {
        SavedBy::Outlook | SavedBy::Java => "パートの区切りに含まれる作成時刻が、受信日時より後です。",
        SavedBy::Exchange => "Exchangeの組織内でのみ使われるヘッダが残っています。",
        SavedBy::Notes => "Notesの形式から作り直したことを示すヘッダ（X-MIMETrack）があります。",
        SavedBy::Proton => "暗号化して保管されていたことを示すヘッダ（X-Pm-Content-Encryption）があります。",
        SavedBy::Tuta => "パートの区切りが、Tutaのエクスポートのものです。",
        SavedBy::Converter => "この形では送信されていない下書きであることを示すヘッダ（X-Unsent）があります。",
        SavedBy::Unknown => "ReceivedがFromより下にあり、サーバーを経由したメールではありえない順序です。",
    }
}

/// 署名が一致しないメールの最初の一文。
pub(in crate::text) fn headline(signer: &str, proved: bool, by: ChangedBy, causes: &Causes) -> String {
    // ヘッダの署名が確認できなければ、本文ハッシュは誰が書いたものかわからない。
    let done = if proved { edits(causes) } else { String::new() };
    match (by, causes.explain() && proved, done.is_empty()) {
        (ChangedBy::Saving, ..) => {
            format!("このファイルは保存したソフトによって作り直されたとみられるため、{signer} の署名を確認できません。")
        }
        (ChangedBy::Storage, true, _) => format!(
            "{done}ため、このファイルでは {signer} のDKIM署名が一致しません。保存時の変更で、送信されたときの署名は有効です。"
        ),
        (ChangedBy::ReceivingSide, true, _) => {
            format!("{done}ため、{signer} のDKIM署名が一致しません。受信側での変更で、送信元に問題はありません。")
        }
        (_, true, _) => {
            format!("{done}ため、{signer} のDKIM署名が一致せず、DMARCに合格していません。署名後の変更です。")
        }
        (_, false, false) => format!(
            "{done}ほか、{}にも特定できない変更があるため、{signer} のDKIM署名が一致せず、DMARCに合格していません。",
            unexplained(causes)
        ),
        (ChangedBy::ReceivingSide, false, true) => format!(
            "受信サーバーの記録では {signer} の署名は受信時に有効でしたが、その後{}が変更されたため、現在は一致しません。",
            if proved { "本文" } else { "署名対象の内容" }
        ),
        (_, false, true) if proved => {
            format!("{signer} の署名後に本文が変更されたため、DMARCに合格していません。")
        }
        (_, false, true) if is_of_other_key(causes) => format!(
            "{signer} の署名は、現在DNSにある公開鍵に対応する鍵で作られたものではないか、壊れているため、DMARCに合格していません。"
        ),
        (_, false, true) => format!(
            "{signer} の署名を検証できず、DMARCに合格していません。途中で署名対象のヘッダが変更されたか、DNSの公開鍵が署名と対応していません。"
        ),
    }
}

/// 最初に行うこと。
pub(in crate::text) fn next_step(proved: bool, by: ChangedBy, causes: &Causes) -> String {
    match by {
        ChangedBy::Storage => {
            "署名を検証できるファイルが必要な場合は、mboxなどを経由せず、元のメールを .eml で保存し直してください。".to_owned()
        }
        ChangedBy::Saving => ask_for_original(),
        ChangedBy::ReceivingSide => {
            "送信元での対応は不要です。受信時の判定は、受信サーバーの記録（Authentication-Results）で確認できます。".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if proved && causes.edits().next().is_some() => {
            "この変更を行っているサーバーを特定し、その管理者に、署名付きのメールを変更しないか、署名の前に変更する設定にするよう依頼してください。".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if proved => {
            "経路の途中で内容を変更しているサーバー（免責文の追加、件名のタグ、ウイルス対策など）を特定し、その管理者に、署名付きのメールを変更しない設定にするよう依頼してください。".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown if is_of_other_key(causes) => {
            "署名を行うサーバーの管理者に、使用している鍵に対応する公開鍵をDNSに公開するか、公開している鍵で署名するよう依頼してください。".to_owned()
        }
        ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown => {
            "署名を行うサーバーの管理者に、DNSの公開鍵と署名の鍵が対応しているかの確認を、経路上のサーバーの管理者に、署名対象のヘッダを変更（件名のタグ、FromやToの書き換えなど）していないかの確認を依頼してください。".to_owned()
        }
    }
}

/// 本文の変更についての指摘の見出し。
pub(in crate::text) fn body_title(domain: &str, selector: &str, causes: &Causes) -> String {
    match causes.edits().next() {
        Some(_) => title(domain, selector, causes),
        None => format!("{domain}（{selector}）の署名後に本文が変更されています"),
    }
}

/// 検証できない署名についての指摘の見出し。
pub(in crate::text) fn header_title(domain: &str, selector: &str, causes: &Causes) -> String {
    match causes.header.edits() {
        [_, ..] => title(domain, selector, causes),
        [] => format!("{domain}（{selector}）のDKIM署名を検証できません"),
    }
}

/// 変更の内容を示す見出し。
fn title(domain: &str, selector: &str, causes: &Causes) -> String {
    let done = edits(causes);
    let stem = done.strip_suffix('た').unwrap_or(&done);
    format!("{domain}（{selector}）の署名後に、{stem}ました")
}

/// 本文の変更の意味。
pub(in crate::text) fn body_meaning(by: ChangedBy, causes: &Causes) -> String {
    let otherwise = "本文のハッシュが署名時と一致しません。フッターや免責文の追加、ウイルス対策、文字コードの変換、保存時の書き換えなどが原因になります。";
    meaning(true, by, causes, otherwise)
}

/// 署名を検証できないことの意味。
pub(in crate::text) fn header_meaning(domain: &str, by: ChangedBy, causes: &Causes) -> String {
    let otherwise = format!(
        "途中で署名対象のヘッダ（件名のタグ、FromやToの書き換えなど）が変更されたか、DNSの公開鍵が署名と対応していません。{domain} が署名したことは確認できません。"
    );
    meaning(!causes.header.edits().is_empty(), by, causes, &otherwise)
}

/// 本文の変更への対応。
pub(in crate::text) fn body_remedy(by: ChangedBy, causes: &Causes) -> String {
    if causes.edits().next().is_some() || by == ChangedBy::ReceivingSide {
        return next_step(true, by, causes);
    }
    "保存時の書き換えの可能性もあるため、まず元のメールを .eml で保存し直してもらってください。それでも一致しない場合は、経路上のサーバーの管理者に、署名付きのメールを変更しない設定にするよう依頼してください。".to_owned()
}

/// 検証できない署名への対応。
pub(in crate::text) fn header_remedy(domain: &str, by: ChangedBy, causes: &Causes) -> String {
    let proved = !causes.header.edits().is_empty();
    if proved || by == ChangedBy::ReceivingSide {
        return next_step(proved, by, causes);
    }
    let spoofed = format!("{domain} の管理者に心当たりがなければ、なりすましとして扱ってください。");
    if is_of_other_key(causes) {
        return format!("{}{spoofed}", next_step(proved, by, causes));
    }
    format!(
        "保存時の書き換えの可能性もあるため、まず元のメールを .eml で保存し直してもらってください。それでも一致しない場合は、署名を行うサーバーの管理者に、DNSの公開鍵と署名の鍵が対応しているかの確認を、経路上のサーバーの管理者に、内容を変更していないかの確認を依頼してください。{spoofed}"
    )
}

/// 変更についての指摘の意味。何も証明できなかったときは`otherwise`。
fn meaning(proved: bool, by: ChangedBy, causes: &Causes, otherwise: &str) -> String {
    let (body, header) = (search(&causes.body), search(&causes.header));
    let who = match by {
        ChangedBy::Storage => "メールの保存時にだけ起こる変更で、送信元に問題はありません。",
        ChangedBy::ReceivingSide => "受信サーバーの記録では署名は受信時に有効だったため、その後の変更です。",
        ChangedBy::Saving => "このファイルは保存したソフトによって作り直されたとみられます。",
        _ if !proved || causes.edits().next().is_none() => "",
        ChangedBy::List => "メーリングリストの特徴があります。",
        ChangedBy::Forwarder => "転送の特徴があります。",
        ChangedBy::Unknown => "どのサーバーによる変更かは、このメールからはわかりません。",
    };
    let what = match causes.edits().next().filter(|_| proved) {
        None => otherwise,
        Some(_) if causes.edits().any(|edit| edit.change.adds()) => "追加された内容は署名者のものではありません。",
        Some(_) => "",
    };
    let searched = match (body.as_str(), header.as_str()) {
        ("", other) | (other, "") => other.to_owned(),
        _ => format!("本文：{body}ヘッダ：{header}"),
    };
    format!("{what}{who}{searched}")
}

/// 知られている変更では説明できないほう。
const fn unexplained(causes: &Causes) -> &'static str {
    match causes.body {
        Search::NotFound { .. } | Search::NotSought(NotSought::TooMany | NotSought::TooLong | NotSought::Unusable) => {
            "本文"
        }
        Search::Found { .. } | Search::NotSought(NotSought::NotNeeded | NotSought::OtherKey) => "ヘッダ",
    }
}

fn is_of_other_key(causes: &Causes) -> bool {
    causes.header == Search::NotSought(NotSought::OtherKey)
}

/// 作り直されたファイルへの対応。
pub(in crate::text) fn ask_for_original() -> String {
    "メールサーバーやWebメールの「ソースを表示」などから、元のメールを .eml で入手してください。".to_owned()
}
