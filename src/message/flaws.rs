//! What the format of messages does not allow in their bytes, found where it stands first.

use std::ops::Range;

use super::{Message, Span};

/// The most octets of a line, its end not counted (RFC 5322 section 2.1.1).
pub const MAX_LINE: usize = 998;

/// Bytes that a message should not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flaws {
    /// The first byte of the header that RFC 5322 section 2.2 does not allow, and its kind, the worst kind first.
    pub header: Option<(HeaderByte, Span)>,
    /// The first line that is too long, and how many there are.
    pub long_line: Option<(Span, usize)>,
}

/// Kinds of bytes that do not belong in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderByte {
    /// NUL.
    Nul,
    /// A carriage return that ends no line.
    BareCarriageReturn,
    /// Bytes above 127 that are no UTF-8.
    NotUtf8,
    /// UTF-8 as it is, which only servers with SMTPUTF8 may be given (RFC 6532 section 3, RFC 6531 section 3.5).
    Utf8,
}

impl Flaws {
    /// Looks at every byte of header and body.
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let bytes = message.source.bytes();
        let start = message.fields.first().map_or(0, |field| field.span.start);
        let end = message.body.map_or(message.header().end, |body| body.end);
        Self {
            header: header_byte(bytes, start..message.header().end),
            long_line: long_line(bytes.get(start..end).unwrap_or_default(), start),
        }
    }
}

fn header_byte(bytes: &[u8], range: Range<usize>) -> Option<(HeaderByte, Span)> {
    let header = bytes.get(range.clone())?;
    let one = |at: usize| Span::new(range.start + at, range.start + at + 1);
    let find = |kind, found: Option<usize>| found.map(|at| (kind, one(at)));
    let is_bare = |at: usize| header.get(at) == Some(&b'\r') && header.get(at + 1) != Some(&b'\n');
    let nul = header.iter().position(|&byte| byte == 0);
    let bare = (0..header.len()).find(|&at| is_bare(at));
    let high = match std::str::from_utf8(header) {
        Err(error) => Some((HeaderByte::NotUtf8, one(error.valid_up_to()))),
        Ok(text) => {
            let first = text.char_indices().find(|(_, character)| !character.is_ascii());
            first.map(|(at, character)| {
                let start = range.start + at;
                (HeaderByte::Utf8, Span::new(start, start + character.len_utf8()))
            })
        }
    };
    find(HeaderByte::Nul, nul).or_else(|| find(HeaderByte::BareCarriageReturn, bare)).or(high)
}

fn long_line(bytes: &[u8], offset: usize) -> Option<(Span, usize)> {
    let mut at = offset;
    let mut found: Option<(Span, usize)> = None;
    for line in bytes.split(|&byte| byte == b'\n') {
        let length = line.strip_suffix(b"\r").unwrap_or(line).len();
        if length > MAX_LINE {
            found = found.map_or(Some((Span::new(at, at + length), 1)), |(first, lines)| Some((first, lines + 1)));
        }
        at += line.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaws(bytes: &[u8]) -> Flaws {
        Flaws::of(&Message::read(bytes.to_vec()))
    }

    #[test]
    fn the_worst_byte_of_a_header_is_named() {
        for (bytes, expected) in [
            (&b"From: a@example.jp\r\nSubject: b\r\n\r\nbody \xff\0\r"[..], None),
            (b"Subject: \xe3\x81\x82\r\n\r\n", Some((HeaderByte::Utf8, Span::new(9, 12)))),
            (b"Subject: \x82\xa0\r\n\r\n", Some((HeaderByte::NotUtf8, Span::new(9, 10)))),
            (b"Subject: \x82 a\rb\r\n\r\n", Some((HeaderByte::BareCarriageReturn, Span::new(12, 13)))),
            (b"Subject: \r a\0\r\n\r\n", Some((HeaderByte::Nul, Span::new(12, 13)))),
        ] {
            assert_eq!(flaws(bytes).header, expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_has_no_more_than_998_octets() {
        let fits = "a".repeat(MAX_LINE);
        let body = |line: &str| format!("From: a@example.jp\r\n\r\n{line}\r\nend\r\n");
        assert_eq!(flaws(body(&fits).as_bytes()).long_line, None);
        let over = format!("{fits}a");
        assert_eq!(flaws(body(&over).as_bytes()).long_line, Some((Span::new(22, 22 + over.len()), 1)));
        let twice = format!("{over}\r\n{over}");
        assert_eq!(flaws(body(&twice).as_bytes()).long_line.map(|(_, lines)| lines), Some(2));
        assert_eq!(flaws(format!("Subject: {over}").as_bytes()).long_line.map(|(_, lines)| lines), Some(1));
    }
}
