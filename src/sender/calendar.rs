//! Whether a message is an invitation, or the answer to one.

use crate::message::{Message, Span};

/// How far into the body its parts are looked at: calendars stand before attachments.
const MAX_BODY: usize = 256 << 10;
/// The most boundaries of parts that are kept.
const MAX_BOUNDARIES: usize = 8;

/// The field, or the header of the part, that says so: `text/calendar` with a method (RFC 6047 section 2.4), or what Exchange
/// writes for it.
pub(super) fn mark(message: &Message) -> Option<Span> {
    let class = message
        .first("Content-Class")
        .filter(|field| message.unfold(field).text.trim().eq_ignore_ascii_case("urn:content-classes:calendarmessage"));
    if let Some(field) = class {
        return Some(field.span);
    }
    let field = message.first("Content-Type")?;
    let value = message.unfold(field).text;
    if is_calendar(&value) {
        return Some(field.span);
    }
    part(message, &value)
}

/// `text/calendar` without a method is a file of a calendar, which anybody may attach.
fn is_calendar(content_type: &str) -> bool {
    let value = content_type.trim().to_ascii_lowercase();
    let mut parts = value.split(';').map(str::trim);
    parts.next() == Some("text/calendar") && parts.any(|parameter| parameter.starts_with("method="))
}

/// The boundary that a multipart names (RFC 2046 section 5.1.1).
fn boundary(content_type: &str) -> Option<String> {
    let is_multipart = content_type.trim_start().get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"));
    let at = content_type.to_ascii_lowercase().find("boundary=").filter(|_| is_multipart)?;
    let value = content_type.get(at + "boundary=".len()..)?.trim_start();
    let named = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', ' ', '\t']).next(),
    };
    named.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The header of the first part that is a calendar, in multiparts inside each other too.
fn part(message: &Message, content_type: &str) -> Option<Span> {
    let mut boundaries = vec![boundary(content_type)?];
    let body = message.body?;
    let bytes = message.source.slice(body);
    let mut at = 0;
    // The header of a part that is being read: where it began, and its Content-Type so far.
    let mut header: Option<(usize, String)> = None;
    for line in bytes.get(..MAX_BODY).unwrap_or(bytes).split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        let is_delimiter =
            text.strip_prefix("--").is_some_and(|rest| boundaries.iter().any(|own| own == rest.trim_end()));
        if is_delimiter {
            header = Some((at, String::new()));
        } else if let Some((began, mut kind)) = header.take() {
            let is_type = text.get(..13).is_some_and(|name| name.eq_ignore_ascii_case("content-type:"));
            if is_type {
                text.get(13..).unwrap_or_default().clone_into(&mut kind);
            } else if text.starts_with([' ', '\t']) && !kind.is_empty() {
                kind.push_str(text);
            }
            if is_calendar(&kind) {
                return Some(Span::new(body.start + began, body.start + start + line.len()));
            }
            if text.is_empty() {
                boundaries.extend(boundary(&kind).filter(|_| boundaries.len() < MAX_BOUNDARIES));
            } else {
                header = Some((began, kind));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Option<String> {
        let message = Message::read(text.replace('\n', "\r\n").into_bytes());
        mark(&message).map(|span| String::from_utf8_lossy(message.source.slice(span)).trim().replace("\r\n", "|"))
    }

    #[test]
    fn a_calendar_is_found_in_nested_parts() {
        let text = "Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\nContent-Type: multipart/alternative;\n boundary=in\n\n--in\nContent-Type: text/plain\n\nHi\n--in\nContent-Type: text/calendar; charset=utf-8;\n method=REQUEST\n\nBEGIN:VCALENDAR\n--in--\n--a b--\n";
        assert_eq!(marked(text).as_deref(), Some("Content-Type: text/calendar; charset=utf-8;| method=REQUEST"));
    }

    #[test]
    fn what_only_speaks_of_calendars_is_none() {
        for text in [
            "Content-Type: text/plain\n\n--a\nContent-Type: text/calendar; method=REQUEST\n\n",
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nContent-Type: text/calendar; method=REQUEST\n--a--\n",
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/calendar; name=\"holidays.ics\"\n\n--a--\n",
            "Content-Type: text/calendar\n\n",
            "Content-Type: multipart/mixed\n\n--\nContent-Type: text/calendar; method=REQUEST\n\n",
            "Content-Type: multipart/mixed; boundary=\"\n\n--\n\n",
        ] {
            assert_eq!(marked(text), None, "{text}");
        }
    }
}
