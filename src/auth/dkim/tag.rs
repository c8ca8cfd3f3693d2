//! Tag lists (RFC 6376 section 3.2): the syntax of signatures, key records and ARC fields, every tag with its place.

use std::collections::HashSet;

use serde::Serialize;

use crate::message::{Span, Spanned};

/// One `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name, compared with case.
    pub name: String,
    /// The value without white space around it and without line ends; bytes that are not UTF-8 become U+FFFD.
    pub value: String,
    /// From the first byte of the name to the last byte of the value.
    pub span: Span,
    /// The value without white space around it.
    pub value_span: Span,
    /// Everything between `=` and the next `;` or the end of the list: what is left out when `b=` is emptied.
    pub slot: Span,
}

/// What is wrong in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A name that stood before: the whole list is invalid.
    Duplicate,
    /// Nothing between two `;`, or before the first.
    Empty,
    /// Text without `=`.
    NoEquals,
    /// A name that is not a letter followed by letters, digits and underscores.
    BadName,
    /// A control character in the value.
    BadValue,
    /// More tags than [`TagList::MAX_TAGS`]; the rest was not read.
    TooMany,
}

/// A tag list as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagList {
    /// Every tag in order, the later ones of the same name included.
    pub tags: Vec<Tag>,
    /// By the grammar each of them makes the list invalid.
    pub faults: Vec<Spanned<Fault>>,
}

impl TagList {
    /// Far more than any standard defines.
    pub const MAX_TAGS: usize = 500;

    /// Reads a list whose first byte stands at `start` of the input. One `;` at the end is part of the grammar.
    #[must_use]
    pub fn read(bytes: &[u8], start: usize) -> Self {
        let mut list = Self::default();
        let mut seen = HashSet::new();
        let mut at = start;
        for piece in bytes.split(|&byte| byte == b';') {
            let place = at;
            at += piece.len() + 1;
            if at > start + bytes.len() && trim(piece).is_empty() {
                break;
            }
            if list.tags.len() + list.faults.len() >= Self::MAX_TAGS {
                list.faults.push(Spanned::new(Fault::TooMany, Span::new(place, start + bytes.len())));
                break;
            }
            match Tag::read(piece, place) {
                Ok(tag) => {
                    if !seen.insert(tag.name.clone()) {
                        list.faults.push(Spanned::new(Fault::Duplicate, tag.span));
                    }
                    list.tags.push(tag);
                }
                Err(fault) => list.faults.push(fault),
            }
        }
        list
    }

    /// The first tag of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }
}

impl Tag {
    fn read(piece: &[u8], start: usize) -> Result<Self, Spanned<Fault>> {
        let whole = trimmed(piece, start);
        if whole.is_empty() {
            return Err(Spanned::new(Fault::Empty, whole));
        }
        let Some(equals) = piece.iter().position(|&byte| byte == b'=') else {
            return Err(Spanned::new(Fault::NoEquals, whole));
        };
        let (name, value) = piece.split_at(equals);
        let value = value.get(1..).unwrap_or_default();
        let slot = Span::new(start + equals + 1, start + piece.len());
        let value_span = trimmed(value, slot.start);
        let name = trim(name);
        let well_named = name.first().is_some_and(u8::is_ascii_alphabetic)
            && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !well_named {
            return Err(Spanned::new(Fault::BadName, whole));
        }
        // Bytes above 127 are let through: RFC 8616 section 5 brings U-labels and UTF-8 local parts into d=, s= and i=.
        if value.iter().any(|&byte| byte.is_ascii_control() && !is_space(byte)) {
            return Err(Spanned::new(Fault::BadValue, value_span));
        }
        let text: Vec<u8> = trim(value).iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
        Ok(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            value: String::from_utf8_lossy(&text).into_owned(),
            span: whole,
            value_span,
            slot,
        })
    }
}

/// White space and folding.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn trim(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|&byte| !is_space(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|&byte| !is_space(byte)).map_or(start, |last| last + 1);
    bytes.get(start..end).unwrap_or_default()
}

fn trimmed(bytes: &[u8], start: usize) -> Span {
    let before = bytes.iter().position(|&byte| !is_space(byte)).unwrap_or(bytes.len());
    Span::new(start + before, start + before + trim(bytes).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<Fault> {
        TagList::read(text.as_bytes(), 0).faults.into_iter().map(|fault| fault.value).collect()
    }

    #[test]
    fn white_space_and_folding_around_tags_is_not_part_of_them() {
        let text = b" v = 1 ;\r\n\tb =\r\n ab\r\n cd ; z=;";
        let list = TagList::read(text, 100);
        let read: Vec<_> = list.tags.iter().map(|tag| (tag.name.as_str(), tag.value.as_str())).collect();
        assert_eq!(read, [("v", "1"), ("b", "ab cd"), ("z", "")]);
        assert!(list.faults.is_empty());
        let b = list.get("b").unwrap();
        assert_eq!(&text[b.slot.start - 100..b.slot.end - 100], b"\r\n ab\r\n cd ");
        assert_eq!(&text[b.value_span.start - 100..b.value_span.end - 100], b"ab\r\n cd");
        assert_eq!(&text[b.span.start - 100..b.span.end - 100], b"b =\r\n ab\r\n cd");
    }

    #[test]
    fn names_keep_their_case_and_may_not_repeat() {
        assert_eq!(faults("A=1; a=2"), []);
        assert_eq!(faults("a=1; a=1"), [Fault::Duplicate]);
    }

    #[test]
    fn what_is_no_tag_is_a_fault() {
        assert_eq!(faults("a=1;; b=2;"), [Fault::Empty]);
        assert_eq!(faults("; a=1 ; \r\n "), [Fault::Empty]);
        assert_eq!(faults("a=1; word"), [Fault::NoEquals]);
        assert_eq!(faults("1a=1; =x; a-b=2"), [Fault::BadName; 3]);
        assert_eq!(faults("a=\x01"), [Fault::BadValue]);
        assert_eq!(faults(""), []);
    }

    #[test]
    fn a_list_without_end_is_cut() {
        use std::fmt::Write;
        let mut text = String::new();
        for number in 0..2_000 {
            write!(text, "t{number}=x;").unwrap();
        }
        let list = TagList::read(text.as_bytes(), 0);
        assert_eq!(list.tags.len(), TagList::MAX_TAGS);
        assert_eq!(list.faults.last().map(|fault| fault.value), Some(Fault::TooMany));
    }
}
