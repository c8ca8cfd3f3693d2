//! The parts of a MIME body (RFC 2046): as much as is needed to find the messages attached.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::super::line::{Line, Shape};
use super::super::{Message, Source, Span, decode};

/// How deep multiparts may be inside each other.
const MAX_DEPTH: usize = 10;
/// How many parts are looked at.
const MAX_PARTS: usize = 2_000;
/// The longest value of a field that is looked at.
const MAX_VALUE: usize = 8 << 10;

/// One part that holds no further parts.
#[derive(Debug)]
pub(in crate::message) struct Part {
    /// `type/subtype` in lower case.
    pub(in crate::message) kind: String,
    pub(in crate::message) name: String,
    pub(in crate::message) charset: Option<String>,
    encoding: Encoding,
    pub(in crate::message) body: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Base64,
    QuotedPrintable,
}

/// The content of a part.
pub(in crate::message) enum Content {
    /// It stands in the message as it is.
    AsIs(Source),
    Decoded(Vec<u8>),
}

impl Part {
    pub(in crate::message) fn content(&self, source: &Source) -> Content {
        let bytes = source.slice(self.body);
        match self.encoding {
            Encoding::Identity => Content::AsIs(source.part(self.body)),
            Encoding::Base64 => Content::Decoded(base64_decode(bytes).unwrap_or_default()),
            Encoding::QuotedPrintable => Content::Decoded(quoted_printable_decode(bytes).unwrap_or_default()),
        }
    }
}

/// The header fields of a part that say what it is.
#[derive(Debug, Default)]
struct Description {
    content_type: Vec<u8>,
    disposition: Vec<u8>,
    encoding: Vec<u8>,
}

impl Description {
    fn add(&mut self, name: &str, value: &[u8]) {
        let value = value.get(..value.len().min(MAX_VALUE)).unwrap_or_default();
        let slot = if name.eq_ignore_ascii_case("Content-Type") {
            &mut self.content_type
        } else if name.eq_ignore_ascii_case("Content-Disposition") {
            &mut self.disposition
        } else if name.eq_ignore_ascii_case("Content-Transfer-Encoding") {
            &mut self.encoding
        } else {
            return;
        };
        if slot.is_empty() {
            slot.extend_from_slice(value);
        }
    }

    /// The type in lower case; what RFC 2045 section 5.2 takes where there is none.
    fn kind(&self, in_digest: bool) -> String {
        let value = self.content_type.split(|&byte| byte == b';').next().unwrap_or_default();
        // A parameter may follow without its semicolon.
        let kind = String::from_utf8_lossy(value).split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        match (kind.is_empty(), in_digest) {
            (false, _) => kind,
            (true, true) => "message/rfc822".to_owned(),
            (true, false) => "text/plain".to_owned(),
        }
    }

    fn encoding(&self) -> Encoding {
        let value = self.encoding.trim_ascii();
        if value.eq_ignore_ascii_case(b"base64") {
            Encoding::Base64
        } else if value.eq_ignore_ascii_case(b"quoted-printable") {
            Encoding::QuotedPrintable
        } else {
            Encoding::Identity
        }
    }

    fn charset(&self) -> Option<String> {
        parameter(&self.content_type, "charset").map(|label| String::from_utf8_lossy(&label).into_owned())
    }

    /// The file name, in any of the ways it is written.
    fn name(&self) -> String {
        let named = |field: &[u8], name: &str| parameter(field, name);
        let name = named(&self.disposition, "filename*")
            .or_else(|| named(&self.disposition, "filename"))
            .or_else(|| named(&self.content_type, "name*"))
            .or_else(|| named(&self.content_type, "name"));
        name.map(|name| decode::text(&name).text).unwrap_or_default()
    }
}

/// The value of a parameter (RFC 2045 section 5.1), quoted or not.
fn parameter(field: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut rest = field.get(field.iter().position(|&byte| byte == b';')?..)?;
    while let [b';', after @ ..] = rest {
        let after = after.trim_ascii_start();
        let end = after.iter().position(|&byte| matches!(byte, b'=' | b';')).unwrap_or(after.len());
        let (key, after) = after.split_at(end);
        let (value, after) = match after {
            [b'=', value @ ..] => read_value(value.trim_ascii_start()),
            _ => (Vec::new(), after),
        };
        if key.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes()) {
            return Some(value);
        }
        let next = after.iter().position(|&byte| byte == b';').unwrap_or(after.len());
        rest = after.get(next..).unwrap_or_default();
    }
    None
}

fn read_value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let Some(quoted) = text.strip_prefix(b"\"") else {
        let end = text.iter().position(|&byte| byte == b';').unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim_ascii_end().to_vec(), rest);
    };
    let mut value = Vec::new();
    let mut rest = quoted;
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after) {
            (b'"', _) => break,
            (b'\\', [escaped, after @ ..]) => {
                value.push(*escaped);
                rest = after;
            }
            (b'\r' | b'\n', _) => {}
            _ => value.push(*byte),
        }
    }
    (value, rest)
}

/// The kind of the message itself.
pub(in crate::message) fn kind(message: &Message) -> String {
    describe(message).kind(false)
}

/// A parameter of the message's own Content-Type, such as `report-type` (RFC 6522).
pub(in crate::message) fn type_parameter(message: &Message, name: &str) -> Option<String> {
    parameter(&describe(message).content_type, name).map(|value| String::from_utf8_lossy(&value).into_owned())
}

fn describe(message: &Message) -> Description {
    let mut description = Description::default();
    for field in &message.fields {
        description.add(&field.name, message.source.slice(field.value));
    }
    description
}

/// Every part without further parts, in the order of the message.
pub(in crate::message) fn parts(message: &Message) -> Vec<Part> {
    let Some(body) = message.body else { return Vec::new() };
    let mut walk = Walk { bytes: message.source.bytes(), parts: Vec::new(), seen: 0 };
    walk.part(&describe(message), body, false, 0);
    walk.parts
}

struct Walk<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
    seen: usize,
}

impl Walk<'_> {
    fn part(&mut self, description: &Description, body: Span, in_digest: bool, depth: usize) {
        self.seen += 1;
        if self.seen > MAX_PARTS {
            return;
        }
        let kind = description.kind(in_digest);
        if !kind.starts_with("multipart/") {
            let (name, encoding) = (description.name(), description.encoding());
            let charset = description.charset();
            self.parts.push(Part { kind, name, charset, encoding, body });
            return;
        }
        let boundary = parameter(&description.content_type, "boundary").filter(|boundary| !boundary.is_empty());
        let Some(boundary) = boundary.filter(|_| depth < MAX_DEPTH) else { return };
        for part in self.split(body, &boundary) {
            let (description, body) = self.head(part);
            self.part(&description, body, kind == "multipart/digest", depth + 1);
        }
    }

    /// The spans between the boundaries (RFC 2046 section 5.1.1). The line end before a boundary belongs to the boundary.
    fn split(&self, body: Span, boundary: &[u8]) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut open: Option<usize> = None;
        let mut at = body.start;
        let inside = self.bytes.get(..body.end).unwrap_or_default();
        while let Some(line) = Line::at(inside, at) {
            at = line.span.end;
            let delimiter = line.content.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary));
            let Some(rest) = delimiter else { continue };
            let is_last = rest.starts_with(b"--");
            let rest = if is_last { rest.get(2..).unwrap_or_default() } else { rest };
            if !rest.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
                continue;
            }
            if let Some(start) = open {
                spans.push(Span::new(start, self.without_line_end(start, line.span.start)));
            }
            open = (!is_last).then_some(line.span.end);
            if is_last || spans.len() > MAX_PARTS {
                break;
            }
        }
        // A message that was cut off has no last boundary.
        spans.extend(open.map(|start| Span::new(start, body.end)));
        spans
    }

    fn without_line_end(&self, start: usize, end: usize) -> usize {
        let part = self.bytes.get(start..end).unwrap_or_default();
        let cut = part.strip_suffix(b"\n").map_or(part, |part| part.strip_suffix(b"\r").unwrap_or(part));
        start + cut.len()
    }

    /// The header of a part, and where its body stands.
    fn head(&self, part: Span) -> (Description, Span) {
        let mut description = Description::default();
        let inside = self.bytes.get(..part.end).unwrap_or_default();
        let mut field: Option<(&str, usize, usize)> = None;
        let mut at = part.start;
        let mut end = |field: &mut Option<(&str, usize, usize)>| {
            if let Some((name, start, end)) = field.take() {
                description.add(name, inside.get(start..end).unwrap_or_default());
            }
        };
        while let Some(line) = Line::at(inside, at) {
            at = line.span.end;
            match line.shape() {
                Shape::Blank => break,
                Shape::Continuation => {
                    if let Some((_, _, end)) = &mut field {
                        *end = line.span.start + line.content.len();
                    }
                }
                Shape::Field { name, value } => {
                    end(&mut field);
                    field = Some((name, line.span.start + value, line.span.start + line.content.len()));
                }
                Shape::Unreadable => end(&mut field),
            }
        }
        end(&mut field);
        (description, Span::new(at.min(part.end), part.end))
    }
}
