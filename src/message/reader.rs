//! The header block: where it begins, its fields, and where the body begins.

use super::{Field, Kind, LineEndings, Message, Repair, RepairCode, Source, Span};

/// Splits the input into fields and body.
pub(super) fn read(source: Source) -> Message {
    let bytes = source.bytes();
    let mut repairs = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    let mut body = None;
    let mut at = 0;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        repairs.push(Repair { code: RepairCode::ByteOrderMark, span: Span::new(0, 3) });
        at = 3;
    }
    if bytes[at..].starts_with(b"From ") {
        let end = line_end(bytes, at);
        repairs.push(Repair { code: RepairCode::MboxFromLine, span: Span::new(at, end) });
        at = end;
    }
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = without_line_end(&bytes[at..end]);
        let span = Span::new(at, end);
        if line.is_empty() {
            body = Some(Span::new(end, bytes.len()));
            break;
        }
        if matches!(line[0], b' ' | b'\t') {
            match fields.last_mut() {
                Some(field) => {
                    field.span.end = end;
                    field.value.end = at + line.len();
                }
                None => repairs.push(Repair { code: RepairCode::OrphanContinuation, span }),
            }
        } else if let Some(colon) = line.iter().position(|&byte| byte == b':') {
            let name = String::from_utf8_lossy(line[..colon].trim_ascii_end()).into_owned();
            fields.push(Field { name, span, value: Span::new(at + colon + 1, at + line.len()) });
        } else {
            repairs.push(Repair { code: RepairCode::UnreadableHeaderLine, span });
        }
        at = end;
    }
    let line_endings = line_endings(bytes);
    let kind = if body.is_some() { Kind::Eml } else { Kind::Headers };
    Message { kind, line_endings, fields, body, repairs, source }
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| start + at + 1)
}

fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn line_endings(bytes: &[u8]) -> LineEndings {
    let feeds = bytes.iter().filter(|&&byte| byte == b'\n').count();
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    match (pairs, feeds - pairs) {
        (_, 0) => LineEndings::Crlf,
        (0, _) => LineEndings::Lf,
        _ => LineEndings::Mixed,
    }
}
