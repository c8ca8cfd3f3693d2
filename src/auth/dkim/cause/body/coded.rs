//! Transfer encodings (RFC 2045 section 6): the same content in lines of another length, or in another encoding.

use std::ops::Range;

use super::{Undo, Wanted};
use crate::auth::dkim::base64;
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::part::{Encoding, Part};
use crate::auth::dkim::cause::patch::{Patch, content, lines};

/// The lengths of encoded lines that programs write, the usual one first.
const WIDTHS: &[usize] = &[76, 72, 64, 60, 70, 73, 74, 75, 78, 80, 120, 128, 512, 990, 998, usize::MAX];
/// The lengths of quoted-printable lines, soft line end included.
const QUOTED_WIDTHS: &[usize] = &[76, 75, 74, 73, 72, 70];
/// The largest part that is encoded anew.
const RECODED: usize = 4 << 20;
/// The most parts that are encoded anew.
const PARTS: usize = 8;

/// How a part names its encoding.
const PLAIN_NAMES: &[&str] = &["8bit", "7bit", "", "8BIT", "7BIT", "binary"];

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let leaves: Vec<&Part> = wanted.parts.iter().filter(|part| part.boundary.is_none()).take(PARTS).collect();
    let mut undos = Vec::new();
    let mut all: Vec<(Change, usize, Patch)> = Vec::new();
    for part in &leaves {
        for (way, (change, replaced)) in ways(wanted, part).into_iter().enumerate() {
            let Some(patch) = Patch::new(replaced) else { continue };
            all.push((change, way, patch.clone()));
            undos.push(Undo { change, patch, now: Some(String::new()) });
        }
    }
    // The same way in every part.
    let ways = all.iter().map(|(_, way, _)| *way).max().map_or(0, |last| last + 1);
    for way in 0..ways {
        let same: Vec<_> = all.iter().filter(|(_, other, _)| *other == way).collect();
        let [(change, _, first), rest @ ..] = same.as_slice() else { continue };
        let joined = rest.iter().try_fold(first.clone(), |patch, (_, _, other)| patch.and(other));
        if let Some(patch) = joined.filter(|_| !rest.is_empty()) {
            undos.push(Undo { change: *change, patch, now: Some(String::new()) });
        }
    }
    undos.dedup_by(|one, other| one.patch == other.patch);
    undos
}

type Replaced = Vec<(Range<usize>, Vec<u8>)>;

/// The ways in which the content of one part may have been coded before.
fn ways(wanted: &Wanted<'_>, part: &Part) -> Vec<(Change, Replaced)> {
    let raw = wanted.body.get(part.content.clone()).unwrap_or_default();
    if raw.len() > RECODED || raw.is_empty() {
        return Vec::new();
    }
    let mut ways: Vec<(Change, Replaced)> = Vec::new();
    let mut add = |change, text: Vec<u8>, named: Option<&str>| {
        let mut replaced = vec![(part.content.clone(), text)];
        if let Some(name) = named.filter(|_| part.parent.is_some()) {
            replaced.extend(encoding_field(wanted.body, part, name));
        }
        ways.push((change, replaced));
    };
    let end = Lines::of(raw);
    match part.encoding {
        Encoding::Base64 => {
            let Some(bytes) = Decoded::of(part, raw).into_bytes() else { return Vec::new() };
            for width in WIDTHS.iter().filter(|width| end.width != Some(**width)) {
                add(Change::Rewrapped, end.wrapped(&base64::encode(&bytes), *width), None);
            }
            let other = Lines { ended: !end.ended, ..end };
            add(Change::Rewrapped, other.wrapped(&base64::encode(&bytes), end.width.unwrap_or(usize::MAX)), None);
            for name in PLAIN_NAMES {
                add(Change::Recoded, bytes.clone(), Some(name));
            }
            for style in Style::ALL {
                add(Change::Recoded, quoted_printable(&bytes, style, 76), Some("quoted-printable"));
            }
        }
        Encoding::QuotedPrintable => {
            let joined = without_soft_ends(raw);
            for width in QUOTED_WIDTHS {
                for last in [0, 1] {
                    add(Change::Rewrapped, softly_wrapped(&joined, *width, last), None);
                }
            }
            for case in [u8::to_ascii_uppercase, u8::to_ascii_lowercase] {
                add(Change::Rewrapped, with_hex(raw, case), None);
            }
            let bytes = unquoted(raw).0;
            for style in Style::ALL {
                add(Change::Rewrapped, quoted_printable(&bytes, style, 76), None);
            }
            for name in PLAIN_NAMES {
                add(Change::Recoded, bytes.clone(), Some(name));
            }
            add(Change::Recoded, end.wrapped(&base64::encode(&bytes), 76), Some("base64"));
        }
        Encoding::Plain if part.is_text() => {
            let bytes = with_crlf(raw);
            for style in Style::ALL {
                for width in [76, 75] {
                    add(Change::Recoded, quoted_printable(&bytes, style, width), Some("quoted-printable"));
                }
            }
            for tail in [b"".as_slice(), b"\r\n"] {
                let text = base64::encode(&[bytes.as_slice(), tail].concat());
                add(Change::Recoded, Lines { width: None, ended: false }.wrapped(&text, 76), Some("base64"));
            }
        }
        Encoding::Plain => {}
    }
    ways
}

/// The field of a part that names its encoding, with another name in it; an empty name takes the field out.
fn encoding_field(body: &[u8], part: &Part, name: &str) -> Option<(Range<usize>, Vec<u8>)> {
    const FIELD: &[u8] = b"content-transfer-encoding:";
    let header = body.get(part.header.clone())?;
    let found =
        lines(header).find(|(_, line)| line.get(..FIELD.len()).is_some_and(|start| start.eq_ignore_ascii_case(FIELD)));
    let Some((at, line)) = found else {
        let at = part.header.end - lines(header).last().map_or(0, |(_, blank)| blank.len());
        let text = format!("Content-Transfer-Encoding: {name}\r\n");
        return (!name.is_empty()).then(|| (at..at, text.into_bytes()));
    };
    let start = part.header.start + at;
    if name.is_empty() {
        return Some((start..start + line.len(), Vec::new()));
    }
    let value = content(line).get(FIELD.len()..)?;
    let space = value.len() - value.trim_ascii_start().len();
    let range = start + FIELD.len() + space..start + content(line).len();
    Some((range, name.as_bytes().to_vec()))
}

/// The lines of an encoded part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// The length of the first line; `None` where it is the only one.
    width: Option<usize>,
    /// A line end stands after the last line.
    ended: bool,
}

impl Lines {
    pub(super) fn of(raw: &[u8]) -> Self {
        let first = lines(raw).next().filter(|(_, line)| line.ends_with(b"\n")).map(|(_, line)| content(line).len());
        Self { width: first.filter(|width| *width > 0), ended: raw.ends_with(b"\n") }
    }

    /// Text broken into lines of that length.
    fn wrapped(self, text: &str, width: usize) -> Vec<u8> {
        let mut wrapped = Vec::with_capacity(text.len() + text.len() / 32);
        for (at, line) in text.as_bytes().chunks(width.max(1)).enumerate() {
            if at > 0 {
                wrapped.extend(b"\r\n");
            }
            wrapped.extend(line);
        }
        if self.ended {
            wrapped.extend(b"\r\n");
        }
        wrapped
    }
}

/// The content of a part, and the way back to its bytes.
#[derive(Debug)]
pub(super) enum Decoded<'a> {
    Plain(&'a [u8]),
    /// The text, and for each of its bytes and its end where it stands in the part.
    Quoted(&'a [u8], Vec<u8>, Vec<usize>),
    /// The length of the part, and its text.
    Base64(usize, Vec<u8>),
    Unreadable,
}

impl<'a> Decoded<'a> {
    pub(super) fn of(part: &Part, raw: &'a [u8]) -> Self {
        match part.encoding {
            Encoding::Plain => Self::Plain(raw),
            Encoding::QuotedPrintable => {
                let (text, places) = unquoted(raw);
                Self::Quoted(raw, text, places)
            }
            Encoding::Base64 => match str::from_utf8(raw).ok().and_then(base64::decode) {
                Some(text) => Self::Base64(raw.len(), text),
                None => Self::Unreadable,
            },
        }
    }

    pub(super) fn text(&self) -> &[u8] {
        match self {
            Self::Plain(text) => text,
            Self::Quoted(_, text, _) | Self::Base64(_, text) => text,
            Self::Unreadable => &[],
        }
    }

    fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Base64(_, text) => Some(text),
            Self::Plain(_) | Self::Quoted(..) | Self::Unreadable => None,
        }
    }

    /// Other texts for ranges of the text, ascending; nothing where the part would have to be coded anew.
    pub(super) fn replaced(&self, texts: &[(Range<usize>, String)]) -> Replaced {
        let (raw, places) = match self {
            Self::Plain(_) => {
                return texts.iter().map(|(range, with)| (range.clone(), with.as_bytes().to_vec())).collect();
            }
            Self::Quoted(raw, _, places) => (raw, places),
            Self::Base64(..) | Self::Unreadable => return Vec::new(),
        };
        let place = |at: usize| places.get(at).copied().unwrap_or(raw.len());
        let inside = texts.iter().map(|(range, with)| (place(range.start)..place(range.end), with));
        let inside: Vec<_> = inside.map(|(range, with)| (line_around(raw, &range), range, with)).collect();
        let lines = inside.chunk_by(|(left, ..), (right, ..)| left == right);
        lines
            .filter_map(|texts| {
                let line = texts.first()?.0.clone();
                let (mut anew, mut at) = (Vec::new(), line.start);
                for (_, range, with) in texts {
                    anew.extend(raw.get(at..range.start).unwrap_or_default());
                    anew.extend(quoted_printable(with.as_bytes(), Style::Least, usize::MAX));
                    at = range.end;
                }
                anew.extend(raw.get(at..line.end).unwrap_or_default());
                Some((line, softly_wrapped(&without_soft_ends(&anew), 76, 0)))
            })
            .collect()
    }

    /// The part without a range of its text: what to replace by what, in the ways in which the rest may be encoded.
    pub(super) fn without(&self, range: &Range<usize>, lines: Lines) -> Replaced {
        match self {
            Self::Plain(_) => vec![(range.clone(), Vec::new())],
            Self::Quoted(raw, _, places) => {
                let place = |at: usize| places.get(at).copied().unwrap_or(raw.len());
                let cut = place(range.start)..place(range.end);
                let line = line_around(raw, &cut);
                let rest = [raw.get(line.start..cut.start), raw.get(cut.end..line.end)]
                    .map(Option::unwrap_or_default)
                    .concat();
                let anew = softly_wrapped(&without_soft_ends(&rest), 76, 0);
                let plain = (cut, Vec::new());
                if anew == rest { vec![plain] } else { vec![plain, (line, anew)] }
            }
            Self::Base64(length, text) => {
                let (before, after) = (text.get(..range.start), text.get(range.end..));
                let rest = [before, after].map(Option::unwrap_or_default).concat();
                let width = lines.width.unwrap_or(76);
                vec![(0..*length, lines.wrapped(&base64::encode(&rest), width))]
            }
            Self::Unreadable => Vec::new(),
        }
    }
}

/// The lines that a cut touches, up to line ends that are no soft ones.
fn line_around(raw: &[u8], cut: &Range<usize>) -> Range<usize> {
    let is_hard =
        |at: usize| raw.get(at) == Some(&b'\n') && !content(raw.get(..=at).unwrap_or_default()).ends_with(b"=");
    let start = (0..cut.start).rev().find(|&at| is_hard(at)).map_or(0, |at| at + 1);
    let end = (cut.end..raw.len()).find(|&at| is_hard(at)).map_or(raw.len(), |at| at + 1);
    start..end
}

/// Decoded quoted-printable text, and where each byte stood; at the end, where the text ends.
pub(super) fn unquoted(raw: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let (mut text, mut places) = (Vec::with_capacity(raw.len()), Vec::with_capacity(raw.len() + 1));
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let (byte, length) = match rest {
            [b'=', b'\r', b'\n', ..] => (None, 3),
            [b'=', b'\n', ..] => (None, 2),
            [b'=', high, low, ..] => match hex(*high).zip(hex(*low)) {
                Some((high, low)) => (Some(high << 4 | low), 3),
                None => (Some(b'='), 1),
            },
            [byte, ..] => (Some(*byte), 1),
            [] => break,
        };
        if let Some(byte) = byte {
            text.push(byte);
            places.push(at);
        }
        at += length;
    }
    places.push(raw.len());
    (text, places)
}

/// The text of quoted-printable or of the Q encoding.
pub(in crate::auth::dkim::cause) fn decoded_quotes(raw: &[u8]) -> Vec<u8> {
    unquoted(raw).0
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// The same text with the digits of encoded bytes in another case.
fn with_hex(raw: &[u8], case: fn(&u8) -> u8) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut digits = 0;
    for (at, byte) in raw.iter().enumerate() {
        let coded = || matches!(raw.get(at + 1..at + 3), Some([high, low]) if hex(*high).and(hex(*low)).is_some());
        if *byte == b'=' && coded() {
            digits = 3;
        }
        text.push(if digits > 0 { case(byte) } else { *byte });
        digits = usize::saturating_sub(digits, 1);
    }
    text
}

/// Quoted-printable text with its soft line ends taken out, spelled as it was.
fn without_soft_ends(raw: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(raw.len());
    for (_, line) in lines(raw) {
        match content(line).strip_suffix(b"=").filter(|_| line.ends_with(b"\n")) {
            Some(soft) => joined.extend(soft),
            None => joined.extend(line),
        }
    }
    joined
}

/// Quoted-printable lines broken with soft ends, none longer than `width`; `last`: a last piece may be that much longer,
/// because no soft end follows it.
fn softly_wrapped(joined: &[u8], width: usize, last: usize) -> Vec<u8> {
    let mut wrapped = Vec::with_capacity(joined.len() + joined.len() / 32);
    for (_, line) in lines(joined) {
        let text = content(line);
        let mut rest = text;
        while rest.len() > (width - 1).saturating_add(last) {
            let mut length = width - 1;
            // An encoded byte is not split.
            let split = (1..=2).find(|back| rest.get(length - back) == Some(&b'='));
            length -= split.unwrap_or(0);
            let (piece, after) = rest.split_at(length);
            wrapped.extend(piece);
            wrapped.extend(b"=\r\n");
            rest = after;
        }
        wrapped.extend(rest);
        wrapped.extend(line.get(text.len()..).unwrap_or_default());
    }
    wrapped
}

/// What an encoder writes encoded beside what it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// No more than RFC 2045 section 6.7 asks.
    Least,
    /// Dots and `From ` at the start of a line too, which transport and storage change.
    Careful,
    /// The characters too that EBCDIC machines lose.
    Wary,
}

impl Style {
    const ALL: [Self; 3] = [Self::Least, Self::Careful, Self::Wary];
}

fn quoted_printable(bytes: &[u8], style: Style, width: usize) -> Vec<u8> {
    let mut joined = Vec::with_capacity(bytes.len() * 2);
    for (_, line) in lines(bytes) {
        let text = content(line);
        for (at, &byte) in text.iter().enumerate() {
            let last = at + 1 == text.len();
            let start = at == 0 && style != Style::Least && (byte == b'.' || text.starts_with(b"From "));
            let risky = style == Style::Wary && b"!\"#$@[\\]^`{|}~".contains(&byte);
            let plain = matches!(byte, b'!'..=b'<' | b'>'..=b'~') || (matches!(byte, b' ' | b'\t') && !last);
            if plain && !start && !risky {
                joined.push(byte);
            } else {
                joined.extend([b'=', digit(byte >> 4), digit(byte & 15)]);
            }
        }
        joined.extend(line.get(text.len()..).unwrap_or_default());
    }
    softly_wrapped(&joined, width, 0)
}

fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'A' + value - 10 }
}

fn with_crlf(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len() + raw.len() / 32);
    for (_, line) in lines(raw) {
        text.extend(content(line));
        if line.ends_with(b"\n") {
            text.extend(b"\r\n");
        }
    }
    text
}
