//! DomainKey-Signature (RFC 4870, historic since RFC 4871): recognised and shown, never verified.

use super::dkim::tag::TagList;
use super::domain;
use crate::message::{Message, Span};

/// One DomainKey-Signature field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainKey {
    pub span: Span,
    pub tags: TagList,
    /// `d=`.
    pub domain: Option<String>,
    /// `s=`.
    pub selector: Option<String>,
    /// `a=`.
    pub algorithm: Option<String>,
}

impl DomainKey {
    /// The most fields that are read.
    pub const MAX_FIELDS: usize = 20;

    /// Top to bottom.
    #[must_use]
    pub fn read(message: &Message) -> Vec<Self> {
        let fields = message.named("DomainKey-Signature").take(Self::MAX_FIELDS);
        let read = fields.map(|(_, field)| {
            let tags = TagList::read(message.source.slice(field.value), field.value.start);
            let value = |name: &str| tags.get(name).map(|tag| tag.value.clone());
            Self {
                span: field.span,
                domain: value("d").and_then(|name| domain::normalize(&name)),
                selector: value("s"),
                algorithm: value("a"),
                tags,
            }
        });
        read.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_as_far_as_it_can_be() {
        let text = "DomainKey-Signature: a=rsa-sha1; q=dns; c=nofws;\r\n s=sel; d=Example.JP; b=AA==\r\n\
                    DomainKey-Signature: nonsense\r\nFrom: a@example.jp\r\n\r\n";
        let keys = DomainKey::read(&Message::read(text.as_bytes().to_vec()));
        assert_eq!((keys[0].domain.as_deref(), keys[0].selector.as_deref()), (Some("example.jp"), Some("sel")));
        assert_eq!((keys[1].domain.as_deref(), keys[1].tags.faults.len()), (None, 1));
    }
}
