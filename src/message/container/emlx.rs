//! Apple Mail's .emlx: the length of the message on the first line, the message, then a property list.

use super::super::line::{Line, Shape, is_mail_field};
use super::super::{Fidelity, Kept, Kind, Message, Repair, RepairCode, Source, Span};
use super::placed;

/// The field that Mail puts in place of an attachment which it keeps in a file of its own (.partial.emlx).
const TAKEN_OUT: &[u8] = b"X-Apple-Content-Length:";

/// Where the message begins in a file of this kind, and how long it says it is.
pub(super) fn message_start(bytes: &[u8]) -> Option<(usize, usize)> {
    let line = Line::at(bytes, 0)?;
    let digits = str::from_utf8(line.content).ok()?.trim_end();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let next = Line::at(bytes, line.span.end)?;
    let Shape::Field { name, .. } = next.shape() else { return None };
    is_mail_field(name).then_some((line.span.end, digits.parse().ok()?))
}

pub(super) fn read(file: &Source) -> Message {
    let bytes = file.bytes();
    let (start, length) = message_start(bytes).unwrap_or((0, bytes.len()));
    let stated = start.saturating_add(length).min(bytes.len());
    // Line ends that were converted on the way make the number wrong; the property list is then found by its own first line.
    let fits = start.saturating_add(length) <= bytes.len() && starts_list(bytes.get(stated..).unwrap_or_default());
    let end = if fits { stated } else { list(bytes).unwrap_or(stated) };
    let is_wrong = end - start != length;
    let mut message = Message::of(file.part(Span::new(start, end)));
    if is_wrong {
        let whole = message.source.bytes().len();
        message.repairs.push(Repair::new(RepairCode::LengthWrong, Span::new(0, whole)));
    }
    let body = message.body.unwrap_or_default();
    let mut lines = message.source.slice(body).split(|&byte| byte == b'\n');
    let is_partial = lines.any(|line| line.get(..TAKEN_OUT.len()).is_some_and(|n| n.eq_ignore_ascii_case(TAKEN_OUT)));
    let mut kept = Kept::default();
    if is_partial {
        kept.body = Fidelity::Partial;
        message.text = message.body.take();
    } else if is_wrong && end == bytes.len() {
        // The file ends before the message does.
        kept.body = Fidelity::Partial;
    }
    placed(message, Kind::Emlx, kept, Some(start as u64))
}

/// Whether nothing follows, or a property list.
fn starts_list(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    rest.is_empty() || rest.starts_with(b"<?xml") || rest.starts_with(b"bplist")
}

/// Where the property list at the end of the file begins.
fn list(bytes: &[u8]) -> Option<usize> {
    const LIST: &[u8] = b"<?xml version=";
    /// Mail writes a few hundred bytes.
    const MAX: usize = 64 << 10;
    let from = bytes.len().saturating_sub(MAX);
    let tail = bytes.get(from..)?;
    let at = tail.windows(LIST.len()).rposition(|window| window == LIST)?;
    let at_line_start = at == 0 || tail.get(at - 1) == Some(&b'\n');
    let is_list = tail.get(at..)?.trim_ascii_end().ends_with(b"</plist>");
    (at_line_start && is_list).then_some(from + at)
}
