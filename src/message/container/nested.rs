//! Messages inside a message: forwarded as attachment (RFC 2046 section 5.2.1), also encoded or as a file, and what a report
//! of non-delivery returns (RFC 3462).

use super::super::{Fidelity, Kept, Kind, Message, Source, decode, html};
use super::mime::{self, Content};
use super::{Container, Form, Letter, emlx, msg, placed, recognise, returned};

/// The messages that are attached to this one, in the order they stand.
#[must_use]
pub fn attached(message: &Message) -> Vec<Letter> {
    letters(message.clone()).split_off(1)
}

/// A message and those attached to it, the outermost first, then in the order they stand.
pub(super) fn letters(message: Message) -> Vec<Letter> {
    let mut letters = Vec::new();
    let mut walk = Walk { letters: &mut letters, left: Container::MAX_MESSAGE };
    walk.add(message, 0);
    letters
}

/// Whether an attachment is likely to be a message, by its type or its name.
pub(super) fn is_message_file(kind: &str, name: &str) -> bool {
    let ends = |ending: &str| name.len() > ending.len() && name.to_ascii_lowercase().ends_with(ending);
    matches!(kind, "message/rfc822" | "message/global" | "application/vnd.ms-outlook")
        || [".eml", ".msg", ".emlx"].into_iter().any(ends)
}

/// The messages in an attached file.
pub(super) fn of_file(bytes: Vec<u8>, depth: usize) -> Vec<Letter> {
    let mut letters = Vec::new();
    let left = Container::MAX_MESSAGE.saturating_sub(bytes.len() as u64);
    Walk { letters: &mut letters, left }.file(bytes, Kept::default(), depth);
    letters
}

struct Walk<'a> {
    letters: &'a mut Vec<Letter>,
    /// How many bytes may still be decoded.
    left: u64,
}

impl Walk<'_> {
    fn add(&mut self, message: Message, depth: usize) {
        if depth > Container::MAX_DEPTH || self.letters.len() > Container::MAX_ATTACHED {
            return;
        }
        let kind = mime::kind(&message);
        let parts = mime::parts(&message);
        let source = message.source.clone();
        let offset = message.place.and_then(|place| place.offset);
        let attached = if is_rewriting(&message) { Fidelity::Rewritten } else { Fidelity::AsSent };
        let own = self.letters.len();
        let by_mailer = returned::is_by_mailer(&message);
        self.letters.push(Letter { message, depth, is_wrapper: false });
        let has_text = parts.iter().any(|part| part.kind == "text/plain");
        for part in parts {
            if by_mailer && part.kind == "text/plain" {
                self.copy_in_text(&part, &source, offset, depth + 1);
            }
            if by_mailer && part.kind == "text/html" && !has_text {
                self.copy_in_html(&part, &source, depth + 1);
            }
            // A header alone, as reports of non-delivery return it.
            let is_header = part.kind == "text/rfc822-headers";
            if !is_header && !is_message_file(&part.kind, &part.name) {
                continue;
            }
            let kept = if is_header { Fidelity::AsSent } else { attached };
            let kept = Kept { header: kept, body: kept };
            match part.content(&source) {
                Content::AsIs(inner) if recognise(inner.bytes()) == Form::Text => {
                    let offset = offset.map(|offset| offset + part.body.start as u64);
                    self.message(inner, is_header, kept, offset, depth + 1);
                }
                Content::AsIs(inner) => self.file(inner.bytes().to_vec(), kept, depth + 1),
                Content::Decoded(bytes) => {
                    self.left = self.left.saturating_sub(bytes.len() as u64);
                    if self.left > 0 {
                        self.file(bytes, kept, depth + 1);
                    }
                }
            }
        }
        let brings = self.letters.len() > own + 1;
        if let Some(letter) = self.letters.get_mut(own) {
            letter.is_wrapper =
                brings && !by_mailer && !matches!(kind.as_str(), "multipart/report" | "multipart/digest");
        }
    }

    /// What a mailer copied below its own words.
    fn copy_in_text(&mut self, part: &mime::Part, source: &Source, offset: Option<u64>, depth: usize) {
        match part.content(source) {
            Content::AsIs(inner) => {
                let Some(copy) = returned::copy(inner.bytes()) else { return };
                let offset = offset.map(|offset| offset + (part.body.start + copy.span.start) as u64);
                self.message(inner.part(copy.span), copy.is_header, Kept::default(), offset, depth);
            }
            Content::Decoded(bytes) => {
                let Some(copy) = returned::copy(&bytes) else { return };
                self.left = self.left.saturating_sub(bytes.len() as u64);
                if self.left > 0 {
                    let copied = bytes.get(copy.span.start..copy.span.end).unwrap_or_default().to_vec();
                    self.message(Source::new(copied), copy.is_header, Kept::default(), None, depth);
                }
            }
        }
    }

    /// What a mailer that writes HTML alone copied below its own words. Its white space may be another than it was.
    fn copy_in_html(&mut self, part: &mime::Part, source: &Source, depth: usize) {
        let content = match part.content(source) {
            Content::AsIs(inner) => inner.bytes().to_vec(),
            Content::Decoded(bytes) => bytes,
        };
        let words = html::words(&decode::lines(&content, part.charset.as_deref()));
        let Some(copy) = returned::copy(words.as_bytes()) else { return };
        self.left = self.left.saturating_sub(words.len() as u64);
        if self.left > 0 {
            let copied = words.get(copy.span.start..copy.span.end).unwrap_or_default().as_bytes().to_vec();
            let kept = Kept { header: Fidelity::Rewritten, body: Fidelity::Rewritten };
            self.message(Source::new(copied), copy.is_header, kept, None, depth);
        }
    }

    fn file(&mut self, bytes: Vec<u8>, kept: Kept, depth: usize) {
        match recognise(&bytes) {
            Form::Msg => self.letters.extend(msg::read(&bytes, depth).unwrap_or_default()),
            Form::Emlx => self.add(emlx::read(&Source::new(bytes)), depth),
            _ => self.message(Source::new(bytes), false, kept, None, depth),
        }
    }

    fn message(&mut self, source: Source, is_header: bool, kept: Kept, offset: Option<u64>, depth: usize) {
        let message = if is_header { Message::header_only(source) } else { Message::of(source) };
        if message.is_mail_like() {
            self.add(placed(message, Kind::Nested, kept, offset), depth);
        }
    }
}

/// Whether the program that wrote this message makes the messages attached to it anew, as Exchange does from what its
/// store holds.
fn is_rewriting(message: &Message) -> bool {
    message.fields.iter().any(|field| {
        field.is("X-MS-Has-Attach")
            || field.is("X-MS-Exchange-Organization-AuthSource")
            || field.is("X-MS-TNEF-Correlator")
            || (field.is("X-Mailer")
                && message.source.slice(field.value).trim_ascii().starts_with(b"Microsoft Outlook"))
    })
}
