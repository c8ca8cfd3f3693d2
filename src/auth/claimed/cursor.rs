//! A place in an unfolded value, and the pieces that can stand there: white space, comments, words, quoted strings.

use std::ops::Range;

use crate::message::{Span, Unfolded};

/// The most names that dots may join to one. The grammar knows two; a limit keeps the look ahead short.
const MAX_DOTS: usize = 3;

/// A place in an unfolded value.
pub(super) struct Cursor<'a> {
    value: &'a Unfolded,
    at: usize,
    /// Comments that were passed since they were last taken, brackets left out.
    comments: Vec<Range<usize>>,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(value: &'a Unfolded) -> Self {
        Self { value, at: 0, comments: Vec::new() }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Goes back to a place that was passed.
    pub(super) const fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The bytes of the message from one place to another.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.value.span(range)
    }

    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        self.value.text.get(range).unwrap_or_default()
    }

    fn bytes(&self) -> &'a [u8] {
        self.value.text.as_bytes()
    }

    fn byte(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    /// Skips white space and nested comments (RFC 5322 section 3.2.2); gives the place after them.
    pub(super) fn skip(&mut self) -> usize {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'(' => self.comment(),
                _ => break,
            }
        }
        self.at
    }

    /// Skips one comment; an unclosed one reaches to the end.
    fn comment(&mut self) {
        let start = self.at + 1;
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return self.comments.push(start..self.at - 1);
            }
        }
        self.at = self.bytes().len();
        self.comments.push(start.min(self.at)..self.at);
    }

    /// The comments that were passed since they were last taken; empty ones are left out.
    pub(super) fn take_comments(&mut self) -> Vec<String> {
        let texts = std::mem::take(&mut self.comments).into_iter().map(|range| self.text(range).trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The next byte that is not white space or comment.
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.skip();
        self.byte()
    }

    pub(super) fn is_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Whether a statement ends here.
    pub(super) fn is_end_of_statement(&mut self) -> bool {
        self.peek().is_none_or(|byte| byte == b';')
    }

    /// Takes that byte, when it is the next one.
    pub(super) fn accept(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// A token up to white space, `;`, `=` or a comment, or a quoted string.
    pub(super) fn word(&mut self) -> Option<String> {
        self.skip();
        let word = self.run(b";=");
        (!word.is_empty()).then_some(word)
    }

    /// The text up to white space, a comment or one of `stops`; quoted strings in it are taken whole and unquoted.
    pub(super) fn run(&mut self, stops: &[u8]) -> String {
        let is_end = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'(') || stops.contains(&byte);
        let mut text = String::new();
        while let Some(byte) = self.byte().filter(|&byte| !is_end(byte)) {
            if byte == b'"' {
                self.quoted(&mut text);
                continue;
            }
            let start = self.at;
            let rest = self.bytes().get(start..).unwrap_or_default();
            self.at += rest.iter().take_while(|&&byte| byte != b'"' && !is_end(byte)).count();
            text.push_str(self.text(start..self.at));
        }
        text
    }

    /// A quoted string (RFC 5322 section 3.2.4); an unclosed one reaches to the end.
    fn quoted(&mut self, text: &mut String) {
        self.at += 1;
        let rest = self.text(self.at..self.bytes().len());
        let mut escaped = false;
        for (offset, character) in rest.char_indices() {
            match character {
                '"' if !escaped => {
                    self.at += offset + 1;
                    return;
                }
                '\\' if !escaped => escaped = true,
                other => {
                    text.push(other);
                    escaped = false;
                }
            }
        }
        self.at = self.bytes().len();
    }

    /// A keyword in lower case: letters, digits, `-`, `_`, `.`, and what `more` adds. Elsewhere the place does not move.
    pub(super) fn name(&mut self, stops: &[u8], more: &[u8]) -> Option<String> {
        let start = self.skip();
        let name = self.run(stops).to_ascii_lowercase();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) || more.contains(&byte);
        let is_name = !name.is_empty() && name.bytes().all(is_part);
        if !is_name {
            self.at = start;
        }
        is_name.then_some(name)
    }

    /// `ptype.property`, or one name alone, with the `=` after it; in lower case. Elsewhere the place does not move, and
    /// no comment counts as passed.
    pub(super) fn property_name(&mut self) -> Option<String> {
        self.skip();
        let (start, comments) = (self.at, self.comments.len());
        let name = self.dotted_name().filter(|_| self.accept(b'='));
        if name.is_none() {
            self.at = start;
            self.comments.truncate(comments);
        }
        name
    }

    fn dotted_name(&mut self) -> Option<String> {
        let mut name = self.name(b";=.", b"")?;
        for _ in 0..MAX_DOTS {
            if !self.accept(b'.') {
                break;
            }
            name.push('.');
            name.push_str(&self.name(b";=.", b"")?);
        }
        Some(name)
    }

    /// Whether `name=` stands here.
    pub(super) fn begins_property(&mut self) -> bool {
        let (start, comments) = (self.at, self.comments.len());
        let is_property = self.property_name().is_some();
        self.at = start;
        self.comments.truncate(comments);
        is_property
    }
}
