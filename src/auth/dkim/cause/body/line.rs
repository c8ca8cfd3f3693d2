//! What storage and transport do to lines: quoting for mbox, dots, carriage returns, white space, lengths, a byte order
//! mark, empty lines at the top.

use std::ops::Range;

use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::patch::{content, lines};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The most places that one change touches; a body with more is another kind of damage.
const MAX_PLACES: usize = 20_000;

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let body = wanted.body;
    let mut undos = Vec::new();
    undos.extend(from_lines(body));
    undos.extend(dots(body));
    undos.extend(returns(body));
    undos.extend(long_lines(body));
    undos.extend(top(wanted));
    undos.extend(white_space(body));
    undos
}

/// The same edit in every line that it fits.
fn in_lines(
    change: Change,
    body: &[u8],
    edit: impl Fn(&[u8]) -> Option<(Range<usize>, &'static [u8])>,
) -> Option<Undo> {
    let mut replaced = Vec::new();
    for (start, line) in lines(body) {
        if let Some((range, with)) = edit(line) {
            replaced.push((start + range.start..start + range.end, with.to_vec()));
        }
        if replaced.len() > MAX_PLACES {
            return None;
        }
    }
    Undo::replacing(change, replaced)
}

/// `>From ` of mbox files: the first quotes lines that begin with `From `, others those that are quoted already too.
fn from_lines(body: &[u8]) -> Vec<Undo> {
    let quotes = |line: &[u8]| line.iter().take_while(|&&byte| byte == b'>').count();
    let is_from = |line: &[u8]| line.get(quotes(line)..).is_some_and(|rest| rest.starts_with(b"From "));
    let unquote = |line: &[u8]| (quotes(line) > 0 && is_from(line)).then_some((0..1, b"".as_slice()));
    let unquote_once = |line: &[u8]| (quotes(line) == 1 && is_from(line)).then_some((0..1, b"".as_slice()));
    let quote = |line: &[u8]| (quotes(line) == 0 && is_from(line)).then_some((0..0, b">".as_slice()));
    let every = in_lines(Change::FromQuoted, body, unquote);
    let single = in_lines(Change::FromQuoted, body, unquote_once)
        .filter(|once| every.as_ref().is_none_or(|every| every.patch != once.patch));
    let some = single.as_ref().or(every.as_ref()).into_iter().flat_map(some_of).collect::<Vec<_>>();
    every.into_iter().chain(single).chain(in_lines(Change::FromQuoted, body, quote)).chain(some).collect()
}

/// Some of the places of a change, where there are few: the author may have quoted the others.
fn some_of(undo: &Undo) -> Vec<Undo> {
    const FEW: usize = 5;
    let replaced = undo.patch.replaced();
    if !(2..=FEW).contains(&replaced.len()) {
        return Vec::new();
    }
    let chosen = |subset: u32| {
        let places = replaced.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1);
        Undo::replacing(undo.change, places.map(|(_, place)| place.clone()).collect())
    };
    (1..(1_u32 << replaced.len()) - 1).filter_map(chosen).collect()
}

/// RFC 5321 section 4.5.2: a dot is put before a line that begins with one, and taken out again.
fn dots(body: &[u8]) -> Vec<Undo> {
    let doubled = |line: &[u8]| line.starts_with(b"..").then_some((0..1, b"".as_slice()));
    let lost = |line: &[u8]| line.starts_with(b".").then_some((0..0, b".".as_slice()));
    let undos = [in_lines(Change::DotStuffing, body, doubled), in_lines(Change::DotStuffing, body, lost)];
    undos.into_iter().flatten().collect()
}

/// Carriage returns that are no part of a line end.
fn returns(body: &[u8]) -> Vec<Undo> {
    let alone: Vec<usize> = body
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte == b'\r' && body.get(at + 1) != Some(&b'\n'))
        .map(|(at, _)| at)
        .take(MAX_PLACES + 1)
        .collect();
    if alone.is_empty() || alone.len() > MAX_PLACES {
        return Vec::new();
    }
    let with = |text: &[u8]| {
        let replaced = alone.iter().map(|&at| (at..at + 1, text.to_vec())).collect();
        Undo::replacing(Change::LineEnds, replaced)
    };
    // The line end they stand for; nothing, where a line end was converted twice.
    [with(b"\r\n"), with(b"")].into_iter().flatten().collect()
}

/// Servers break lines that are too long for SMTP (RFC 5321 section 4.5.3.1.6): Postfix with a line end and a space,
/// Sendmail with an exclamation mark before them.
fn long_lines(body: &[u8]) -> Vec<Undo> {
    const LONG: usize = 500;
    let mut postfix = Vec::new();
    let mut sendmail = Vec::new();
    let mut before: Option<(usize, &[u8])> = None;
    for (start, line) in lines(body) {
        if let Some((at, text)) = before.filter(|(_, text)| text.len() >= LONG && line.starts_with(b" ")) {
            postfix.push((at + text.len()..start + 1, Vec::new()));
            if text.ends_with(b"!") {
                sendmail.push((at + text.len() - 1..start + 1, Vec::new()));
            }
        }
        before = Some((start, content(line)));
        if postfix.len() > MAX_PLACES {
            return Vec::new();
        }
    }
    let undos = [Undo::replacing(Change::LongLines, postfix), Undo::replacing(Change::LongLines, sendmail)];
    undos.into_iter().flatten().collect()
}

/// What stands before the first line of the body, or does no more.
fn top(wanted: &Wanted<'_>) -> Vec<Undo> {
    let body = wanted.body;
    let mark = BYTE_ORDER_MARK;
    let mut undos = Vec::new();
    let texts = wanted.parts.iter().filter(|part| part.is_text()).map(|part| part.content.start);
    let mut starts: Vec<usize> = std::iter::once(0).chain(texts).collect();
    starts.dedup();
    for at in starts {
        let has_mark = body.get(at..).is_some_and(|rest| rest.starts_with(mark));
        undos.extend(if has_mark {
            Undo::removal(Change::ByteOrderMark, at..at + mark.len())
        } else {
            Undo::replacing(Change::ByteOrderMark, vec![(at..at, mark.to_vec())])
        });
    }
    let blank = lines(body).take_while(|(_, line)| content(line).is_empty()).take(5);
    undos.extend(blank.filter_map(|(at, line)| Undo::removal(Change::BlankLines, 0..at + line.len())));
    let added = [b"\r\n".as_slice(), b"\r\n\r\n"];
    undos.extend(added.iter().filter_map(|text| Undo::replacing(Change::BlankLines, vec![(0..0, text.to_vec())])));
    undos
}

/// White space at the end of lines, the space of a signature line, and spaces that `format=flowed` stuffs.
fn white_space(body: &[u8]) -> Vec<Undo> {
    let trailing = |line: &[u8]| {
        let text = content(line);
        let kept = text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
        (kept < text.len()).then_some((kept..text.len(), b"".as_slice()))
    };
    let signature = |line: &[u8]| (content(line) == b"--").then_some((2..2, b" ".as_slice()));
    let stuffed = |line: &[u8]| line.starts_with(b" ").then_some((0..1, b"".as_slice()));
    // RFC 3676 section 4.4.
    let unstuffed = |line: &[u8]| {
        let needs = line.starts_with(b" ") || line.starts_with(b">") || line.starts_with(b"From ");
        needs.then_some((0..0, b" ".as_slice()))
    };
    let undos = [
        in_lines(Change::WhiteSpace, body, signature),
        in_lines(Change::WhiteSpace, body, trailing),
        in_lines(Change::WhiteSpace, body, stuffed),
        in_lines(Change::WhiteSpace, body, unstuffed),
    ];
    undos.into_iter().flatten().collect()
}
