//! Folding, white space and the spelling of names, in signed fields and in the signature's own.

use super::{Act, Undo, Wanted};
use crate::auth::dkim::canon::Form;
use crate::auth::dkim::cause::change::Change;
use crate::message::{Field, Span};

/// The longest field whose white space is changed.
const FIELD: usize = 32_768;

type Edit = fn(&[u8]) -> Vec<u8>;

/// Edits of a whole field, name included.
const RELAXED: &[Edit] =
    &[without_folds, without_folds_in_words, with_spaces_after_commas, without_spaces_after_commas];
/// What counts in the simple form alone (section 3.4.1).
const SIMPLE: &[Edit] = &[
    unfolded,
    with_tabs,
    with_spaces,
    with_one_space,
    folded_with_tabs,
    folded_with_spaces,
    with_space_after_colon,
    without_space_after_colon,
    without_trailing_space,
    in_usual_spelling,
    without_folds,
    without_folds_in_words,
    with_spaces_after_commas,
    without_spaces_after_commas,
];

const fn edits(form: Form) -> &'static [Edit] {
    match form {
        Form::Simple => SIMPLE,
        Form::Relaxed => RELAXED,
    }
}

/// One edit in one field.
pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let fields = wanted.signed_fields();
    let mut undos: Vec<Undo> = Vec::new();
    for edit in edits(wanted.form) {
        undos.extend(fields.iter().filter_map(|&(index, field)| in_field(wanted, index, field, *edit)));
        undos.extend(in_own(wanted, *edit));
    }
    if wanted.form == Form::Simple {
        undos.extend(fields.iter().flat_map(|&(index, field)| refolded(wanted, index, field)));
    }
    undos
}

/// A field that stands on one line, with one fold at each of its spaces.
fn refolded(wanted: &Wanted<'_>, index: usize, field: &Field) -> Vec<Undo> {
    const PLACES: usize = 40;
    let raw = wanted.message.source.slice(field.span);
    let start = field.value.start - field.span.start + 1;
    let spaces = raw.iter().enumerate().skip(start).filter(|(_, byte)| **byte == b' ').map(|(at, _)| at);
    let spaces = spaces.take(if lines(raw).len() == 1 { PLACES } else { 0 });
    let folded = |at: usize| {
        let (before, after) = raw.split_at(at);
        let tab = [before, b"\r\n\t", after.get(1..).unwrap_or_default()].concat();
        [[before, b"\r\n", after].concat(), tab]
    };
    let folded = spaces.flat_map(folded);
    folded.map(|edited| refolding(wanted, index, field, &edited, 4)).collect()
}

/// The same edit in every field: one program wrote them all anew.
pub(super) fn everywhere(wanted: &Wanted<'_>) -> Vec<Vec<Undo>> {
    let fields = wanted.signed_fields();
    let all = |edit: &Edit| -> Vec<Undo> {
        let changed = fields.iter().filter_map(|&(index, field)| in_field(wanted, index, field, *edit));
        changed.chain(in_own(wanted, *edit)).collect()
    };
    edits(wanted.form).iter().map(all).collect()
}

fn in_field(wanted: &Wanted<'_>, index: usize, field: &Field, edit: Edit) -> Option<Undo> {
    let raw = wanted.message.source.slice(field.span);
    if raw.len() > FIELD {
        return None;
    }
    let edited = edit(raw);
    (edited != raw).then(|| refolding(wanted, index, field, &edited, 2))
}

fn refolding(wanted: &Wanted<'_>, index: usize, field: &Field, edited: &[u8], doubt: u8) -> Undo {
    let acts = vec![Act::Replace(index, wanted.canonical(edited))];
    let (now, before) = (None, None);
    Undo { change: Change::Folding, acts, span: field.span, field: field.name.clone(), now, before, doubt }
}

fn in_own(wanted: &Wanted<'_>, edit: Edit) -> Option<Undo> {
    let field = wanted.message.fields.get(wanted.own_index)?;
    let raw = wanted.own.raw();
    if raw.len() > FIELD {
        return None;
    }
    let edited = edit(&raw);
    let mut text = wanted.canonical(&edited);
    // Its last line end is not hashed (section 3.7).
    text.truncate(text.len().saturating_sub(2));
    (edited != raw).then(|| Undo {
        change: Change::Folding,
        acts: vec![Act::Own(text)],
        span: Span::new(field.span.start, field.span.end),
        field: field.name.clone(),
        now: None,
        before: None,
        doubt: 2,
    })
}

/// The lines of a field without their ends.
fn lines(raw: &[u8]) -> Vec<&[u8]> {
    let text = raw.strip_suffix(b"\n").unwrap_or(raw);
    text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect()
}

fn joined(lines: &[Vec<u8>], between: &[u8]) -> Vec<u8> {
    let mut text = lines.join(between);
    text.extend(b"\r\n");
    text
}

/// Lines joined with nothing between them: a fold was put into the middle of a word.
fn without_folds(raw: &[u8]) -> Vec<u8> {
    joined(&lines(raw).iter().map(|line| line.trim_ascii().to_vec()).collect::<Vec<_>>(), b"")
}

/// The same where a line does not end as folding should: after a separator stands a space.
fn without_folds_in_words(raw: &[u8]) -> Vec<u8> {
    let mut text: Vec<u8> = Vec::with_capacity(raw.len());
    for line in lines(raw) {
        if text.last().is_some_and(|last| b",;>".contains(last)) {
            text.push(b' ');
        }
        text.extend(line.trim_ascii());
    }
    text.extend(b"\r\n");
    text
}

/// One line, its white space kept.
fn unfolded(raw: &[u8]) -> Vec<u8> {
    joined(&lines(raw).iter().map(|line| line.to_vec()).collect::<Vec<_>>(), b"")
}

fn with_tabs(raw: &[u8]) -> Vec<u8> {
    folded_with(raw, b"\t")
}

fn with_spaces(raw: &[u8]) -> Vec<u8> {
    folded_with(raw, b" ")
}

/// The same lines with other white space at the beginning of those that continue.
fn folded_with(raw: &[u8], space: &[u8]) -> Vec<u8> {
    let lines = lines(raw);
    let text = |(at, line): (usize, &&[u8])| {
        if at == 0 { line.to_vec() } else { [space, line.trim_ascii_start()].concat() }
    };
    joined(&lines.iter().enumerate().map(text).collect::<Vec<_>>(), b"\r\n")
}

/// One line, each run of white space one space.
fn with_one_space(raw: &[u8]) -> Vec<u8> {
    let words: Vec<&[u8]> = raw.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    [words.join(b" ".as_slice()), b"\r\n".to_vec()].concat()
}

fn folded_with_tabs(raw: &[u8]) -> Vec<u8> {
    folded_after_commas(raw, b"\r\n\t")
}

fn folded_with_spaces(raw: &[u8]) -> Vec<u8> {
    folded_after_commas(raw, b"\r\n ")
}

/// A new line after each comma and semicolon.
fn folded_after_commas(raw: &[u8], fold: &[u8]) -> Vec<u8> {
    let line = with_one_space(raw);
    let mut text = Vec::with_capacity(line.len() * 2);
    let mut previous = 0;
    for byte in line {
        if byte == b' ' && b",;".contains(&previous) {
            text.extend(fold);
        } else {
            text.push(byte);
        }
        previous = byte;
    }
    text
}

fn with_space_after_colon(raw: &[u8]) -> Vec<u8> {
    after_colon(raw, b" ")
}

fn without_space_after_colon(raw: &[u8]) -> Vec<u8> {
    after_colon(raw, b"")
}

fn after_colon(raw: &[u8], space: &[u8]) -> Vec<u8> {
    let Some(colon) = raw.iter().position(|&byte| byte == b':') else { return raw.to_vec() };
    let (name, value) = raw.split_at(colon + 1);
    let start = value.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(value.len());
    [name, space, value.get(start..).unwrap_or_default()].concat()
}

fn without_trailing_space(raw: &[u8]) -> Vec<u8> {
    joined(&lines(raw).iter().map(|line| line.trim_ascii_end().to_vec()).collect::<Vec<_>>(), b"\r\n")
}

/// The name in the other of the spellings that are about.
fn in_usual_spelling(raw: &[u8]) -> Vec<u8> {
    const PAIRS: &[(&str, &str)] = &[
        ("Message-ID", "Message-Id"),
        ("MIME-Version", "Mime-Version"),
        ("Content-Type", "Content-type"),
        ("Content-Transfer-Encoding", "Content-transfer-encoding"),
        ("CC", "Cc"),
        ("List-ID", "List-Id"),
        ("DKIM-Signature", "Dkim-Signature"),
    ];
    let other = PAIRS.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
    let mut spelled = other.filter_map(|(from, to)| Some([to.as_bytes(), raw.strip_prefix(from.as_bytes())?].concat()));
    let colon =
        |text: &Vec<u8>| text.iter().position(|&byte| byte == b':') == raw.iter().position(|&byte| byte == b':');
    spelled.find(colon).unwrap_or_else(|| raw.to_vec())
}

fn with_spaces_after_commas(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len() + 16);
    for (at, byte) in raw.iter().enumerate() {
        text.push(*byte);
        if matches!(byte, b',' | b';') && raw.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()) {
            text.push(b' ');
        }
    }
    text
}

fn without_spaces_after_commas(raw: &[u8]) -> Vec<u8> {
    let mut text: Vec<u8> = Vec::with_capacity(raw.len());
    let end = raw.trim_ascii_end().len();
    for (at, byte) in raw.iter().enumerate() {
        let separated = text.last().is_some_and(|last| b",;".contains(last));
        if !(separated && byte.is_ascii_whitespace() && at < end) {
            text.push(*byte);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_edit_does_one_thing() {
        let raw = b"To: a@example.jp,\r\n\tb@example.jp; c\r\n";
        let cases: &[(Edit, &str)] = &[
            (without_folds, "To: a@example.jp,b@example.jp; c\r\n"),
            (unfolded, "To: a@example.jp,\tb@example.jp; c\r\n"),
            (with_spaces, "To: a@example.jp,\r\n b@example.jp; c\r\n"),
            (with_one_space, "To: a@example.jp, b@example.jp; c\r\n"),
            (folded_with_tabs, "To: a@example.jp,\r\n\tb@example.jp;\r\n\tc\r\n"),
            (without_space_after_colon, "To:a@example.jp,\r\n\tb@example.jp; c\r\n"),
            (without_spaces_after_commas, "To: a@example.jp,b@example.jp;c\r\n"),
            (with_tabs, "To: a@example.jp,\r\n\tb@example.jp; c\r\n"),
        ];
        for (edit, expected) in cases {
            assert_eq!(String::from_utf8_lossy(&edit(raw)), *expected);
        }
        assert_eq!(in_usual_spelling(b"Message-Id: x\r\n"), b"Message-ID: x\r\n");
        assert_eq!(with_spaces_after_commas(b"To: a,b\r\n"), b"To: a, b\r\n");
    }
}
