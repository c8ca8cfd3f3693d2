//! The message as it was on the wire, which is what the second engine is given: what the input wraps around it is left
//! out, and every line ends in CRLF (RFC 6376 section 5.3).

use crate::message::{Message, Span};

/// The bytes, and which of them are which field.
pub(super) struct Wire {
    bytes: Vec<u8>,
    /// Where the body begins.
    body: usize,
    /// Where each field begins, in the order of [`Message::fields`].
    fields: Vec<usize>,
}

impl Wire {
    /// The header, and no body.
    pub(super) fn header_of(message: &Message) -> Self {
        let mut wire = Self { bytes: Vec::new(), body: 0, fields: Vec::new() };
        for field in &message.fields {
            wire.fields.push(wire.bytes.len());
            wire.push(message, field.span);
            if !wire.bytes.ends_with(b"\r\n") {
                wire.bytes.extend_from_slice(b"\r\n");
            }
        }
        wire.bytes.extend_from_slice(b"\r\n");
        wire.body = wire.bytes.len();
        wire
    }

    pub(super) fn with_body_of(mut self, message: &Message) -> Self {
        if let Some(body) = message.body {
            self.bytes.reserve(body.len());
            self.push(message, body);
        }
        self
    }

    fn push(&mut self, message: &Message, span: Span) {
        for line in message.source.slice(span).split_inclusive(|&byte| byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(content) => {
                    self.bytes.extend_from_slice(content.strip_suffix(b"\r").unwrap_or(content));
                    self.bytes.extend_from_slice(b"\r\n");
                }
                None => self.bytes.extend_from_slice(line),
            }
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The fields at these places of [`Message::fields`] alone.
    pub(super) fn some_of(&self, places: impl Iterator<Item = usize>) -> Vec<u8> {
        let field = |place: usize| {
            let end = self.fields.get(place + 1).copied().unwrap_or(self.body.saturating_sub(2));
            self.bytes.get(*self.fields.get(place)?..end)
        };
        let mut header: Vec<u8> = places.filter_map(field).flatten().copied().collect();
        header.extend_from_slice(b"\r\n");
        header
    }

    /// The place in [`Message::fields`] of the field that holds `value`, a slice of [`Self::bytes`].
    pub(super) fn field_of(&self, value: &[u8]) -> Option<usize> {
        let offset = value.as_ptr().addr().checked_sub(self.bytes.as_ptr().addr())?;
        self.fields.partition_point(|&start| start <= offset).checked_sub(1)
    }

    /// The same without lines of nothing but white space at the end of the body, which have no part in its relaxed form
    /// (RFC 6376 section 3.4.4).
    pub(super) fn trimmed(&self) -> Self {
        let mut end = self.bytes.len();
        while let Some(rest) = self.bytes.get(self.body..end) {
            end -= match rest {
                [.., b'\r', b'\n'] => 2,
                [.., b' ' | b'\t'] => 1,
                _ => break,
            };
        }
        let mut bytes = self.bytes.get(..end).unwrap_or_default().to_vec();
        if end > self.body {
            bytes.extend_from_slice(b"\r\n");
        }
        Self { bytes, body: self.body, fields: self.fields.clone() }
    }
}
