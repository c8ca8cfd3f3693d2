//! What stands around and before the lines of a header that was copied: quoting, indentation, words of pages and programs,
//! spaces that no header has.

use super::super::RepairCode;
use super::super::line::is_mail_field;
use super::text::{Row, Text};
use super::{folding, labels, mail_field};

/// Spaces of word processors and web pages, and marks that are not seen, in UTF-8.
const ODD: [&str; 5] = ["\u{3000}", "\u{A0}", "\u{FEFF}", "\u{200B}", "\u{202F}"];

/// Full-width spaces and the like at the beginning of a line, and around the colon of a field.
pub(super) fn odd_spaces(text: &mut Text<'_>) {
    for row in &mut text.rows {
        if row.text.is_ascii() {
            continue;
        }
        let begun = plain_beginning(&row.text);
        if let Some(plain) = plain_colon(begun.as_deref().unwrap_or(&row.text)).or(begun) {
            row.replace(plain, RepairCode::OddSpaces);
        }
    }
}

/// Each odd space at the beginning becomes a plain one; marks that are not seen go.
fn plain_beginning(line: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut rest = line;
    let mut changed = false;
    loop {
        if let Some(odd) = ODD.iter().find(|odd| rest.starts_with(odd.as_bytes())) {
            changed = true;
            if !matches!(*odd, "\u{FEFF}" | "\u{200B}") {
                plain.push(b' ');
            }
            rest = rest.get(odd.len()..).unwrap_or_default();
        } else if let [space @ (b' ' | b'\t'), after @ ..] = rest {
            plain.push(*space);
            rest = after;
        } else {
            break;
        }
    }
    plain.extend_from_slice(rest);
    changed.then_some(plain)
}

/// A full-width colon after the name of a field or a label, and odd spaces before and after the colon.
fn plain_colon(line: &[u8]) -> Option<Vec<u8>> {
    const WIDE: &str = "\u{FF1A}";
    let head = String::from_utf8_lossy(line.get(..line.len().min(120))?).into_owned();
    let (at, colon) = head.char_indices().find(|(_, c)| matches!(c, ':' | '\u{FF1A}'))?;
    let name = head.get(..at)?;
    let trimmed = name.trim_matches(|c: char| c == ' ' || ODD.iter().any(|odd| odd.starts_with(c)));
    if !is_mail_field(trimmed) && labels::field_of(trimmed).is_none() {
        return None;
    }
    let length = if colon == ':' { 1 } else { WIDE.len() };
    let value = line.get(at + length..)?;
    let mut rest = value;
    while let Some(odd) = ODD.iter().find(|odd| rest.starts_with(odd.as_bytes())) {
        rest = rest.get(odd.len()..).unwrap_or_default();
    }
    let is_odd = colon != ':' || trimmed.len() != name.trim_end_matches([' ', '\t']).len() || rest.len() != value.len();
    is_odd.then(|| {
        let space: &[u8] = if rest.first().is_none_or(|first| matches!(first, b' ' | b'\t')) { b":" } else { b": " };
        [trimmed.as_bytes(), space, rest].concat()
    })
}

/// Marks of quoting, as replies and tickets have them. Where only the header is quoted, the letter around it goes.
pub(super) fn quoting(text: &mut Text<'_>) {
    /// Answers to answers are quoted again.
    const MAX_LEVELS: usize = 8;
    for _ in 0..MAX_LEVELS {
        let quoted = |row: &Row<'_>| row.text.starts_with(b">") && !row.text.starts_with(b">From ");
        let is_field = |row: &Row<'_>| mail_field(bare(&row.text)).is_some();
        let fields = text.rows.iter().filter(|row| quoted(row) && is_field(row)).count();
        let others = text.rows.iter().any(|row| !quoted(row) && mail_field(&row.text).is_some());
        if fields < 2 || others {
            return;
        }
        text.remove(RepairCode::Surroundings, |_, row| !quoted(row) && !row.is_blank());
        for row in text.rows.iter_mut().filter(|row| row.text.starts_with(b">")) {
            let cut = row.text.len() - unquoted(&row.text).len();
            row.cut(cut, RepairCode::Quoted);
        }
    }
}

fn unquoted(line: &[u8]) -> &[u8] {
    let rest = line.strip_prefix(b">").unwrap_or(line);
    rest.strip_prefix(b" ").unwrap_or(rest)
}

/// A line without any mark of quoting.
fn bare(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| matches!(byte, b'>' | b' ')).count();
    line.get(marks..).unwrap_or_default()
}

/// White space that all lines of the header begin with.
pub(super) fn indentation(text: &mut Text<'_>) {
    let width = |row: &Row<'_>| row.text.len() - row.text.trim_ascii_start().len();
    let is_field = |row: &Row<'_>| mail_field(row.text.trim_ascii_start()).is_some();
    let fields: Vec<usize> = text.rows.iter().filter(|row| is_field(row)).map(width).collect();
    let Some(least) = fields.iter().copied().min().filter(|least| *least > 0 && fields.len() > 1) else { return };
    for row in text.rows.iter_mut().filter(|row| !row.is_blank()) {
        let cut = least.min(width(row));
        if cut > 0 {
            row.cut(cut, RepairCode::Indented);
        }
    }
}

/// Whether the body begins with lines of the header, apart by blank lines.
pub(super) fn is_double_spaced(bytes: &[u8]) -> bool {
    spaced_pairs(&Text::of(bytes)).is_some()
}

/// Where pairs of a line and a blank line begin, and how many they are.
fn spaced_pairs(text: &Text<'_>) -> Option<(usize, usize)> {
    let first = text.rows.iter().position(|row| mail_field(&row.text).is_some())?;
    let rows = text.rows.get(first..).unwrap_or_default();
    let pairs = rows.chunks(2).take_while(|pair| match pair {
        [line, blank] => !line.is_blank() && blank.is_blank(),
        [line] => !line.is_blank(),
        _ => false,
    });
    let lines: Vec<&Row<'_>> = pairs.filter_map(|pair| pair.first()).collect();
    let fields = lines.iter().filter(|row| mail_field(&row.text).is_some()).count();
    (lines.len() >= 4 && fields >= 3).then_some((first, lines.len()))
}

/// Blank lines between all lines of the header. Two blank lines one after the other stand for one that was there.
pub(super) fn double_spacing(text: &mut Text<'_>) {
    let Some((first, lines)) = spaced_pairs(text) else { return };
    let end = first + 2 * lines;
    text.remove(RepairCode::DoubleSpaced, |index, _| index >= first && index < end && (index - first) % 2 == 1);
}

/// Rows of the pages that show a message's source: Gmail's "Original message" in both languages.
const PAGE_ROWS: &[&str] =
    &["SPF", "DKIM", "DMARC", "Created at", "Message ID", "メッセージ ID", "メッセージID", "作成日"];

/// Fields that servers and programs write, and that no page shows in its summary.
const TRACE: &[&str] = &[
    "Received",
    "Return-Path",
    "Delivered-To",
    "X-Received",
    "ARC-Seal",
    "ARC-Message-Signature",
    "ARC-Authentication-Results",
    "Authentication-Results",
    "DKIM-Signature",
    "Received-SPF",
    "MIME-Version",
    "X-Google-Smtp-Source",
];

/// Whether a page has a row of that name in its summary.
pub(super) fn is_page_row(name: &str) -> bool {
    PAGE_ROWS.iter().any(|row| row.eq_ignore_ascii_case(name.trim()))
}

fn page_row(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line.get(..line.len().min(80)).unwrap_or_default()).into_owned();
    let name = line.split([':', '\t', '\u{FF1A}']).next().unwrap_or_default();
    name.len() < line.len() && is_page_row(name)
}

/// Leaves out what stands before the header and is none: titles, buttons and summaries of a page, fences of a ticket.
pub(super) fn surroundings(text: &mut Text<'_>) {
    let is_fence = |row: &Row<'_>| {
        let line = row.text.trim_ascii();
        line.starts_with(b"```") || matches!(line, b"~~~" | b"{code}" | b"{noformat}" | b"{{{" | b"}}}")
    };
    text.remove(RepairCode::Surroundings, |_, row| is_fence(row));
    let trace = |row: &Row<'_>| {
        mail_field(&row.text).is_some_and(|(name, _)| TRACE.iter().any(|known| known.eq_ignore_ascii_case(name)))
    };
    let is_start = |row: &Row<'_>| folding::is_field(&row.text) || labels::is_row(&row.text);
    let start = match text.rows.iter().position(trace) {
        // A summary above repeats From, To and Subject, so that these would be there twice.
        Some(first) if text.rows.iter().take(first).any(|row| page_row(&row.text)) => first,
        _ => match text.rows.iter().position(|row| is_start(row) && !page_row(&row.text)) {
            Some(first) => first,
            None => return,
        },
    };
    // White space before the first field may be the rest of one that was cut; the reader says so.
    let is_cut = |row: &Row<'_>| row.text.starts_with(b" ") || row.text.starts_with(b"\t") || looks_cut(&row.text);
    let cut_from = text.rows.iter().take(start).rposition(|row| !is_cut(row)).map_or(0, |last| last + 1);
    let is_page = text.rows.iter().take(start).any(|row| page_row(&row.text));
    let from = if is_page { start } else { cut_from };
    if text.rows.iter().take(from).any(|row| !row.is_blank()) {
        text.remove(RepairCode::Surroundings, |index, _| index < from);
    }
    text.remove(RepairCode::Surroundings, |_, row| page_row(&row.text));
}

/// The rest of a value whose field is not there, rather than words of a page.
fn looks_cut(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.ends_with(b";") || folding::looks_like_piece(line)
}
