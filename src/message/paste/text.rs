//! Text while it is mended: lines that know where they came from.

use std::borrow::Cow;

use super::super::{Repair, RepairCode, Span};

/// One line of the text.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// Without its line end.
    pub(super) text: Cow<'a, [u8]>,
    end: &'static [u8],
    /// Where it stands in the text as given.
    pub(super) origin: Span,
    /// What was done to it.
    done: Vec<RepairCode>,
}

impl Row<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }

    /// Puts another text in its place.
    pub(super) fn replace(&mut self, text: Vec<u8>, code: RepairCode) {
        self.text = Cow::Owned(text);
        if !self.done.contains(&code) {
            self.done.push(code);
        }
    }

    /// Takes bytes off its beginning.
    pub(super) fn cut(&mut self, bytes: usize, code: RepairCode) {
        let rest = self.text.get(bytes..).unwrap_or_default().to_vec();
        self.replace(rest, code);
    }
}

/// All lines, and what was done to the text as a whole.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) rows: Vec<Row<'a>>,
    whole: Vec<RepairCode>,
    /// Lines that were left out, with the row they stood before.
    removed: Vec<(usize, RepairCode, Span)>,
}

impl<'a> Text<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut text = Self { rows: Vec::new(), whole: Vec::new(), removed: Vec::new() };
        if let Some(decoded) = utf16(bytes) {
            text.whole.push(RepairCode::Utf16);
            let origin = Span::new(0, bytes.len());
            for line in decoded.split_inclusive('\n') {
                let (content, end) = ended(line.as_bytes());
                text.push(Cow::Owned(content.to_vec()), end, origin);
            }
            return text;
        }
        let mut at = 0;
        for line in split(bytes) {
            let (content, end) = ended(line);
            text.push(Cow::Borrowed(content), end, Span::new(at, at + line.len()));
            at += line.len();
        }
        text
    }

    fn push(&mut self, text: Cow<'a, [u8]>, end: &'static [u8], origin: Span) {
        self.rows.push(Row { text, end, origin, done: Vec::new() });
    }

    /// Puts other lines in the place of all, which came from `origin`.
    pub(super) fn rewrite(&mut self, lines: Vec<(Vec<u8>, Span)>, code: RepairCode) {
        self.rows.clear();
        for (line, origin) in lines {
            self.push(Cow::Owned(line), b"\r\n", origin);
        }
        self.whole.push(code);
    }

    pub(super) fn is_as_given(&self) -> bool {
        self.whole.is_empty() && self.removed.is_empty() && self.rows.iter().all(|row| row.done.is_empty())
    }

    /// Leaves out the rows that `is_left_out` says.
    pub(super) fn remove(&mut self, code: RepairCode, mut is_left_out: impl FnMut(usize, &Row<'_>) -> bool) {
        let mut kept = Vec::with_capacity(self.rows.len());
        for (index, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            if is_left_out(index, &row) {
                self.removed.push((kept.len(), code, row.origin));
            } else {
                kept.push(row);
            }
        }
        self.rows = kept;
    }

    /// The text as it is now, and what was done: each repair with its place in it and where it stood before.
    pub(super) fn into_bytes(self) -> (Vec<u8>, Vec<Repair>) {
        let mut bytes = Vec::new();
        let mut starts = Vec::with_capacity(self.rows.len());
        let mut done: Vec<(RepairCode, Span, Span)> = Vec::new();
        for row in &self.rows {
            let start = bytes.len();
            starts.push(start);
            bytes.extend_from_slice(&row.text);
            let end = bytes.len();
            bytes.extend_from_slice(row.end);
            done.extend(row.done.iter().map(|code| (*code, Span::new(start, end.max(start)), row.origin)));
        }
        let length = bytes.len();
        for (before, code, origin) in self.removed {
            // What is gone is shown at the line that follows.
            let start = starts.get(before).copied().unwrap_or_else(|| length.saturating_sub(1));
            let end = starts.get(before + 1).copied().unwrap_or(length);
            done.push((code, Span::new(start, end), origin));
        }
        for code in self.whole {
            let origin = self.rows.first().map_or(0, |row| row.origin.start);
            let last = self.rows.last().map_or(0, |row| row.origin.end);
            done.push((code, Span::new(0, length), Span::new(origin, last)));
        }
        (bytes, joined(done))
    }
}

/// Neighbours of one kind become one repair, and no kind can fill the memory.
fn joined(mut done: Vec<(RepairCode, Span, Span)>) -> Vec<Repair> {
    done.sort_by_key(|(_, span, origin)| (*span, *origin));
    let mut repairs: Vec<Repair> = Vec::new();
    // Per code: how many there are, and where the last one stands.
    let mut known: Vec<(RepairCode, usize, usize)> = Vec::new();
    for (code, span, origin) in done.into_iter().filter(|(_, span, _)| !span.is_empty()) {
        let place = known.iter().position(|(of, ..)| *of == code).unwrap_or_else(|| {
            known.push((code, 0, usize::MAX));
            known.len() - 1
        });
        let Some((_, count, last)) = known.get_mut(place) else { continue };
        match repairs.get_mut(*last) {
            Some(repair)
                if *count >= Repair::MAX_OF_A_CODE
                    || repair.original.is_some_and(|before| before.end == origin.start) =>
            {
                repair.span.end = repair.span.end.max(span.end);
                repair.original = repair.original.map(|before| Span::new(before.start, before.end.max(origin.end)));
            }
            _ => {
                (*count, *last) = (*count + 1, repairs.len());
                repairs.push(Repair { code, span, original: Some(origin) });
            }
        }
    }
    repairs
}

/// The lines of a text; carriage returns alone end lines where there is no line feed at all.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    bytes.split_inclusive(move |&byte| byte == end)
}

fn ended(line: &[u8]) -> (&[u8], &'static [u8]) {
    if let Some(content) = line.strip_suffix(b"\r\n") {
        (content, b"\r\n")
    } else if let Some(content) = line.strip_suffix(b"\n") {
        (content, b"\n")
    } else if let Some(content) = line.strip_suffix(b"\r") {
        (content, b"\r\n")
    } else {
        (line, b"")
    }
}

/// Text that begins with the byte order mark of UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let big = match bytes {
        [0xFF, 0xFE, ..] => false,
        [0xFE, 0xFF, ..] => true,
        _ => return None,
    };
    let units = bytes.get(2..)?.chunks_exact(2).filter_map(|unit| unit.first_chunk().copied());
    let units = units.map(|unit| if big { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) });
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
