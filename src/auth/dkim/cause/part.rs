//! The MIME parts of a body (RFC 2046 section 5.1) with their places.

use std::ops::Range;

use super::patch::{content, lines};
use crate::message::{Field, Message};

/// One part. The first of a list is the body itself, whose fields stand in the header of the message.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its header in the body, with the blank line; empty for the body itself.
    pub(super) header: Range<usize>,
    /// Its content, without the line end that belongs to the delimiter after it.
    pub(super) content: Range<usize>,
    /// The delimiter line before it; empty for the body itself.
    pub(super) delimiter: Range<usize>,
    /// `type/subtype` in lower case.
    pub(super) kind: String,
    pub(super) charset: Option<String>,
    pub(super) encoding: Encoding,
    /// The delimiter without its `--`, for a multipart.
    pub(super) boundary: Option<String>,
    /// The delimiter line that closes a multipart.
    pub(super) close: Option<Range<usize>>,
    /// The part that it is in.
    pub(super) parent: Option<usize>,
}

/// `Content-Transfer-Encoding` (RFC 2045 section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// 7bit, 8bit, binary, or none.
    Plain,
    QuotedPrintable,
    Base64,
}

impl Part {
    /// Text that a program shows.
    pub(super) fn is_text(&self) -> bool {
        self.boundary.is_none() && (self.kind == "text/plain" || self.kind == "text/html")
    }

    pub(super) fn is_html(&self) -> bool {
        self.kind == "text/html"
    }
}

/// The most parts that are looked at.
const MAX_PARTS: usize = 64;
/// The deepest nesting that is looked at.
const MAX_DEPTH: usize = 8;
/// The longest header of a part.
const MAX_HEADER: usize = 16_384;

/// The parts of the body of `message`, each before its own parts; never empty.
pub(super) fn read(message: &Message, body: &[u8]) -> Vec<Part> {
    let value = |name: &str| message.first(name).map(|field| message.unfold(field).text);
    let root = part(value("Content-Type"), value("Content-Transfer-Encoding"), 0..0, 0..body.len(), 0..0, None);
    let mut parts = vec![root];
    let mut at = 0;
    while let Some(parent) = parts.get(at).cloned() {
        if let Some(boundary) = parent.boundary.as_deref().filter(|_| depth(&parts, at) < MAX_DEPTH) {
            let (children, close) = split(body, &parent, boundary, at);
            if let Some(parent) = parts.get_mut(at) {
                parent.close = close;
            }
            parts.extend(children);
            parts.truncate(MAX_PARTS);
        }
        at += 1;
    }
    parts
}

fn depth(parts: &[Part], at: usize) -> usize {
    std::iter::successors(Some(at), |&at| parts.get(at)?.parent).count()
}

fn part(
    kind: Option<String>,
    encoding: Option<String>,
    header: Range<usize>,
    content: Range<usize>,
    delimiter: Range<usize>,
    parent: Option<usize>,
) -> Part {
    let value = kind.unwrap_or_else(|| "text/plain".to_owned());
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let encoding = match encoding.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => Encoding::QuotedPrintable,
        "base64" => Encoding::Base64,
        _ => Encoding::Plain,
    };
    let boundary = kind.starts_with("multipart/").then(|| parameter(&value, "boundary")).flatten();
    let charset = parameter(&value, "charset");
    Part { header, content, delimiter, kind, charset, encoding, boundary, close: None, parent }
}

/// The parts of a multipart, and the line that closes it.
fn split(body: &[u8], parent: &Part, boundary: &str, index: usize) -> (Vec<Part>, Option<Range<usize>>) {
    let mut parts = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut close = None;
    let whole = body.get(parent.content.clone()).unwrap_or_default();
    for (start, line) in lines(whole) {
        let Some(rest) = delimiter(line, boundary) else { continue };
        let start = parent.content.start + start;
        if let Some(before) = open.take() {
            parts.push(child(body, before, start, index));
        }
        let range = start..start + line.len();
        if rest.starts_with(b"--") {
            close = Some(range);
            break;
        }
        open = Some(range);
        if parts.len() >= MAX_PARTS {
            return (parts, None);
        }
    }
    if let Some(before) = open {
        parts.push(child(body, before, parent.content.end, index));
    }
    (parts, close)
}

/// What follows the boundary in a delimiter line: nothing but white space, or `--` and white space.
fn delimiter<'a>(line: &'a [u8], boundary: &str) -> Option<&'a [u8]> {
    let rest = content(line).strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?;
    let after = rest.strip_prefix(b"--").unwrap_or(rest);
    after.iter().all(u8::is_ascii_whitespace).then_some(rest)
}

/// The part between a delimiter line and the next one, which begins at `end` and owns the line end before it.
fn child(body: &[u8], delimiter: Range<usize>, end: usize, parent: usize) -> Part {
    let start = delimiter.end;
    let whole = body.get(start..end).unwrap_or_default();
    let head = whole.get(..whole.len().min(MAX_HEADER)).unwrap_or_default();
    let blank = lines(head).find(|(_, line)| content(line).is_empty());
    let header = blank.map_or(0, |(at, line)| at + line.len());
    let without_end = content(whole).len().max(header);
    let own = Message::read(whole.get(..header).unwrap_or_default().to_vec());
    let value = |name: &str| own.first(name).map(|field: &Field| own.unfold(field).text);
    part(
        value("Content-Type"),
        value("Content-Transfer-Encoding"),
        start..start + header,
        start + header..start + without_end,
        delimiter,
        Some(parent),
    )
}

/// A parameter of a structured value (RFC 2045 section 5.1), unquoted.
pub(super) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (found, after) = rest.split_once('=')?;
        let (text, after) = parameter_value(after.trim_start());
        if found.trim().eq_ignore_ascii_case(name) {
            return Some(text).filter(|text| !text.is_empty());
        }
        rest = after.split_once(';')?.1;
    }
}

/// The value at the start of a text, and what follows it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ' ', '\t', '(']).unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.to_owned(), after);
    };
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => value.extend(characters.next()),
            other => value.push(other),
        }
    }
    (value, characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "Content-Type: multipart/mixed; charset=x; boundary=\"a b\"\r\n\r\npreamble\r\n--a b\r\n\
        Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nplain\r\n--c \r\ncontent-type: text/HTML;\r\n \
        charset=\"utf-8\"\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\n<p>\r\n--c--\r\n\r\n--a b\r\n\r\nend\n--a b--\r\n";

    #[test]
    fn parts_have_their_places() {
        let message = Message::read(MESSAGE.as_bytes().to_vec());
        let body = message.source.slice(message.body.unwrap());
        let parts = read(&message, body);
        let text = |range: &Range<usize>| String::from_utf8_lossy(&body[range.clone()]).into_owned();
        let read: Vec<_> = parts.iter().map(|part| (part.kind.as_str(), part.parent)).collect();
        assert_eq!(
            read,
            [
                ("multipart/mixed", None),
                ("multipart/alternative", Some(0)),
                ("text/plain", Some(0)),
                ("text/plain", Some(1)),
                ("text/html", Some(1)),
            ]
        );
        assert_eq!(text(&parts[2].content), "end");
        assert_eq!(text(&parts[3].content), "plain");
        assert_eq!(text(&parts[4].content), "<p>");
        assert_eq!((parts[4].encoding, parts[4].charset.as_deref()), (Encoding::QuotedPrintable, Some("utf-8")));
        assert_eq!(text(&parts[4].delimiter), "--c \r\n");
        assert_eq!(text(parts[0].close.as_ref().unwrap()), "--a b--\r\n");
        assert_eq!(text(parts[1].close.as_ref().unwrap()), "--c--\r\n");
        assert!(parts[4].is_html() && parts[3].is_text() && !parts[1].is_text());
    }

    #[test]
    fn damaged_structures_end() {
        let deep = (0..40).fold(String::new(), |text, level| {
            format!("{text}--b{level}\nContent-Type: multipart/mixed; boundary=b{}\n\n", level + 1)
        });
        for body in
            [deep.as_str(), "--b0", "--b0\n", "--b0--", "", "--b0\nContent-Type: multipart/x; boundary=b0\n\n--b0\n"]
        {
            let text = format!("Content-Type: multipart/mixed; boundary=b0\n\n{body}");
            let message = Message::read(text.into_bytes());
            let body = message.source.slice(message.body.unwrap_or_default());
            let parts = read(&message, body);
            assert!((1..=MAX_PARTS).contains(&parts.len()));
            assert!(parts.iter().all(|part| part.content.start <= part.content.end && part.content.end <= body.len()));
        }
        let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(10_000));
        let message = Message::read(many.into_bytes());
        assert_eq!(read(&message, message.source.slice(message.body.unwrap())).len(), MAX_PARTS);
    }

    #[test]
    fn parameters_are_read_in_either_form() {
        assert_eq!(parameter("a/b; x=1; Boundary = \"q;\\\"r\" ; y=2", "boundary").as_deref(), Some("q;\"r"));
        assert_eq!(parameter("a/b; x=\"boundary=no\"; boundary=yes (c)", "boundary").as_deref(), Some("yes"));
        assert_eq!(parameter("a/b", "boundary"), None);
        assert_eq!(parameter("a/b; boundary=\"\"", "boundary"), None);
    }
}
