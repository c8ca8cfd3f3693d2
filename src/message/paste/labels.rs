//! Names that mail programs and tables give to fields.

use super::super::RepairCode;
use super::super::line::{Shape, is_mail_field};
use super::text::{Row, Text};
use super::{folding, shape};

/// Labels of mail programs in English and Japanese, and the fields they stand for.
const LABELS: &[(&str, &str)] = &[
    ("差出人", "From"),
    ("送信者", "From"),
    ("送信元", "From"),
    ("宛先", "To"),
    ("送信先", "To"),
    ("受信者", "To"),
    ("件名", "Subject"),
    ("タイトル", "Subject"),
    ("題名", "Subject"),
    ("日付", "Date"),
    ("日時", "Date"),
    ("送信日時", "Date"),
    ("送信日", "Date"),
    ("受信日時", "Date"),
    ("作成日時", "Date"),
    ("返信先", "Reply-To"),
    ("写し", "Cc"),
    ("同報", "Cc"),
    ("Sent", "Date"),
];

/// The field that a label stands for.
pub(super) fn field_of(label: &str) -> Option<&'static str> {
    let label = label.trim_matches([' ', '\t', '*', '\u{3000}']);
    LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, field)| *field)
}

/// The field and the value of a line that begins with a label, or with a name in bold.
fn labelled(line: &[u8]) -> Option<(&str, &[u8])> {
    let head = line.get(..line.len().min(80))?;
    let colon = head.iter().position(|&byte| byte == b':')?;
    let name = str::from_utf8(head.get(..colon)?).ok()?;
    let value = line.get(colon + 1..)?;
    let bold = name.trim_start().strip_prefix('*').map(|name| name.trim_matches(['*', ' ']));
    // **From:** x, as chats and tickets write it.
    let stars = value.iter().take_while(|&&byte| byte == b'*').count();
    let value = if bold.is_some() { value.get(stars..).unwrap_or_default() } else { value };
    let field = field_of(name).or_else(|| bold.filter(|name| is_mail_field(name)))?;
    Some((field, value))
}

/// Whether a line begins with a label, or is the row of a table.
pub(super) fn is_row(line: &[u8]) -> bool {
    labelled(line).is_some() || cells(line).is_some()
}

/// Labels become the names of fields.
pub(super) fn labels(text: &mut Text<'_>) {
    let header = header_rows(text);
    for row in text.rows.iter_mut().take(header) {
        let Some((field, value)) = labelled(&row.text) else { continue };
        let line = [field.as_bytes(), b": ", value.trim_ascii_start()].concat();
        row.replace(line, RepairCode::Label);
    }
}

/// Rows of a table, name and value in two cells, become fields.
pub(super) fn tables(text: &mut Text<'_>) {
    let header = header_rows(text);
    let rows = text.rows.iter().take(header).filter(|row| cells(&row.text).is_some()).count();
    if rows < 2 {
        return;
    }
    for row in text.rows.iter_mut().take(header) {
        let Some((name, value)) = cells(&row.text) else { continue };
        let line = [name.as_bytes(), b": ", value].concat();
        row.replace(line, RepairCode::TableRow);
    }
}

/// The two cells of a row whose first is the name of a field, be they apart by a tab or by bars.
fn cells(line: &[u8]) -> Option<(&str, &[u8])> {
    let line = line.trim_ascii();
    let bars = line.strip_prefix(b"|").map(|line| line.strip_suffix(b"|").unwrap_or(line));
    let (line, mark) = bars.map_or((line, b'\t'), |line| (line, b'|'));
    let at = line.iter().take(80).position(|&byte| byte == mark)?;
    let (name, value) = line.split_at(at);
    let name = str::from_utf8(name).ok()?.trim();
    let value = value.get(1..)?.trim_ascii();
    let known = known_name(name.trim_end_matches([':', ' ', '\u{FF1A}']))?;
    // With a colon and a tab it is a field already.
    (mark == b'|' || !name.ends_with(':')).then_some((known, value))
}

/// The name of a field as tables write it.
fn known_name(name: &str) -> Option<&str> {
    if is_mail_field(name) {
        return Some(name);
    }
    name.eq_ignore_ascii_case("Message ID").then_some("Message-ID").or_else(|| field_of(name))
}

/// A tab after each colon comes from a table; after some of them it is what was sent.
pub(super) fn tabs(text: &mut Text<'_>) {
    let header = header_rows(text);
    let after_colon = |row: &Row<'_>| match shape(&row.text) {
        Shape::Field { value, .. } if folding::is_field(&row.text) => row.text.get(value).copied(),
        _ => None,
    };
    let (mut tabs, mut others) = (0_usize, 0_usize);
    for byte in text.rows.iter().take(header).filter_map(after_colon) {
        *(if byte == b'\t' { &mut tabs } else { &mut others }) += 1;
    }
    if tabs < 2 || tabs < others * 4 {
        return;
    }
    for row in text.rows.iter_mut().take(header) {
        if let (Some(b'\t'), Shape::Field { value, .. }) = (after_colon(row), shape(&row.text)) {
            let (name, rest) = row.text.split_at(value);
            let line = [name, b" ", rest.trim_ascii_start()].concat();
            row.replace(line, RepairCode::TabAfterColon);
        }
    }
}

/// How many rows belong to the header: those before the first blank one that stands after a field.
pub(super) fn header_rows(text: &Text<'_>) -> usize {
    let is_start = |row: &Row<'_>| folding::is_field(&row.text) || is_row(&row.text);
    let start = text.rows.iter().position(is_start).unwrap_or(0);
    let blank = text.rows.iter().skip(start).position(Row::is_blank);
    blank.map_or(text.rows.len(), |blank| start + blank)
}
