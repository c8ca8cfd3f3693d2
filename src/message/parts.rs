//! The parts of a message as text, for those who read reports in it.

use super::container::archive;
use super::container::mime::{self, Content};
use super::container::returned;
use super::{Message, Span, decode, html};

/// One part that holds no further parts.
#[derive(Debug)]
pub struct Part {
    /// `type/subtype` in lower case.
    pub kind: String,
    /// The file name, as a stranger chose it.
    pub name: String,
    /// Where it stands in the message.
    pub span: Span,
    charset: Option<String>,
    content: Vec<u8>,
    is_coded: bool,
}

impl Part {
    /// The largest part that is read.
    pub const MAX: usize = 64 << 20;

    /// The content without its transfer encoding.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.content
    }

    /// The content as XML, unpacked where it is packed; `None` where it is too large, or cannot be unpacked.
    #[must_use]
    pub fn unpacked_xml(&self) -> Option<Vec<u8>> {
        archive::unpack_xml(&self.content)
    }

    /// The content as a person reads it.
    #[must_use]
    pub fn text(&self) -> String {
        decode::lines(&self.content, self.charset.as_deref())
    }

    /// Where bytes of the content stand in the message: all of the part where they are encoded.
    #[must_use]
    pub const fn place(&self, start: usize, end: usize) -> Span {
        if self.is_coded { self.span } else { Span::new(self.span.start + start, self.span.start + end) }
    }

    /// The words of a mailer, without the copy of a message below them.
    #[must_use]
    pub fn own_words(&self) -> String {
        if self.kind == "text/html" {
            let words = html::words(&self.text());
            let end = returned::separator_at(words.as_bytes()).unwrap_or(words.len());
            return words.get(..end).unwrap_or_default().to_owned();
        }
        let end = returned::separator_at(&self.content).unwrap_or(self.content.len());
        decode::lines(self.content.get(..end).unwrap_or_default(), self.charset.as_deref())
    }
}

/// The parts in the order of the message.
#[must_use]
pub fn read(message: &Message) -> Vec<Part> {
    let parts = mime::parts(message).into_iter().filter(|part| part.body.len() <= Part::MAX);
    parts
        .map(|part| {
            let (content, is_coded) = match part.content(&message.source) {
                Content::AsIs(inner) => (inner.bytes().to_vec(), false),
                Content::Decoded(bytes) => (bytes, true),
            };
            Part { kind: part.kind, name: part.name, span: part.body, charset: part.charset, content, is_coded }
        })
        .collect()
}

/// The whole body as text, for a message of which no part can be found.
#[must_use]
pub fn whole(message: &Message) -> Option<Part> {
    let span = message.body?;
    let content = message.source.slice(span).to_vec();
    let is_small = content.len() <= Part::MAX;
    is_small.then(|| Part {
        kind: "text/plain".to_owned(),
        name: String::new(),
        span,
        charset: None,
        content,
        is_coded: false,
    })
}

/// The type of the message itself, in lower case.
#[must_use]
pub fn kind(message: &Message) -> String {
    mime::kind(message)
}

/// A parameter of its Content-Type.
#[must_use]
pub fn parameter(message: &Message, name: &str) -> Option<String> {
    mime::type_parameter(message, name)
}

/// Whether a mailer wrote the message.
#[must_use]
pub fn is_by_mailer(message: &Message) -> bool {
    returned::is_by_mailer(message)
}

/// Whether the envelope has no sender (RFC 5321 section 4.5.5); `None`: it was not kept.
#[must_use]
pub fn has_null_sender(message: &Message) -> Option<bool> {
    returned::has_null_sender(message)
}

/// Whether From bears the name that programs alone use.
#[must_use]
pub fn is_from_daemon(message: &Message) -> bool {
    returned::is_from_daemon(message)
}

/// Whether From bears the name of a mailer, which a person may read, too (RFC 5321 section 4.5.1).
#[must_use]
pub fn is_from_mailer(message: &Message) -> bool {
    returned::is_from_mailer(message)
}
