//! Folding that copying lost: lines that continue a field and begin without white space.

use super::super::RepairCode;
use super::super::line::{Shape, is_mail_field};
use super::text::{Row, Text};
use super::{Copied, labels, mail_field, shape};

/// Gives lines that continue a field the white space that says so (RFC 5322 section 2.2.3).
pub(super) fn restore(text: &mut Text<'_>, copied: Copied) {
    let header = labels::header_rows(text);
    let last_field = text.rows.iter().take(header).rposition(|row| mail_field(&row.text).is_some()).unwrap_or(0);
    let is_value = |row: &Row<'_>| !is_field(&row.text) && !row.text.starts_with(b" ") && !row.text.starts_with(b"\t");
    let is_piece = |row: &Row<'_>| is_value(row) && looks_like_piece(row.text.trim_ascii());
    // One line that nobody can place is junk in a file; beside others that are pieces it is a piece as well.
    let was_lost = copied == Copied::ByHand || text.rows.iter().take(header).any(is_piece);
    let mut open = false;
    for (index, row) in text.rows.iter_mut().take(header).enumerate() {
        if row.is_blank() || row.text.starts_with(b" ") || row.text.starts_with(b"\t") {
            continue;
        }
        if is_field(&row.text) || row.text.starts_with(b"From ") {
            open = true;
        } else if open && (was_lost && index < last_field || looks_like_piece(row.text.trim_ascii())) {
            let line = [b" ", &*row.text].concat();
            row.replace(line, RepairCode::LostFolding);
        } else {
            // Prose: the blank line before the body was lost as well.
            open = false;
        }
    }
}

/// Whether a line begins a field, and not a piece of a value that has a colon somewhere.
pub(super) fn is_field(line: &[u8]) -> bool {
    match shape(line) {
        Shape::Field { name, value } => is_mail_field(name) || !is_piece(name, line.get(value..).unwrap_or_default()),
        _ => false,
    }
}

/// Whether what stands before a colon is no name of a field but a piece of a value: `h=from`, `10`, `[2001`, `https`.
pub(super) fn is_piece(name: &str, value: &[u8]) -> bool {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let is_clause = ["by", "with", "for", "id", "via"].into_iter().any(|word| word.eq_ignore_ascii_case(name));
    !is_name || name.starts_with(|first: char| first.is_ascii_digit()) || is_clause || value.starts_with(b"//")
}

/// Whether a line looks like a piece of a structured value: a tag, a clause, an address, a date, or one long word.
pub(super) fn looks_like_piece(line: &[u8]) -> bool {
    const CLAUSES: [&[u8]; 12] = [
        b"by ",
        b"with ",
        b"for ",
        b"id ",
        b"via ",
        b"from ",
        b"(",
        b"<",
        b"=?",
        b"(envelope-from",
        b"helo=",
        b"designates ",
    ];
    const METHODS: [&[u8]; 8] = [b"spf=", b"dkim=", b"dmarc=", b"arc=", b"smtp.", b"header.", b"compauth=", b"reason="];
    if CLAUSES.iter().chain(&METHODS).any(|start| line.starts_with(start)) {
        return true;
    }
    let is_tag = line
        .iter()
        .take(4)
        .position(|&byte| byte == b'=')
        .is_some_and(|at| at > 0 && line.get(..at).is_some_and(|name| name.iter().all(u8::is_ascii_alphanumeric)));
    is_tag || is_date(line) || is_time(line) || (!line.contains(&b' ') && line.len() > 12) || line.ends_with(b";")
}

/// `10:00:00 +0900`, the end of a date.
fn is_time(line: &[u8]) -> bool {
    matches!(line, [a, b, b':', c, d, ..] if [a, b, c, d].into_iter().all(u8::is_ascii_digit))
}

/// `Mon, 2 Nov 2026 10:00:00 +0900`.
fn is_date(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon, ", b"Tue, ", b"Wed, ", b"Thu, ", b"Fri, ", b"Sat, ", b"Sun, "];
    DAYS.iter().any(|day| line.starts_with(day))
}
