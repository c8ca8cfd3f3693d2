//! The grammars of the three fields, read leniently: what does not fit is listed, and the rest is kept.

use std::ops::Range;

use super::{ClaimedResult, Property};
use crate::message::{Span, Spanned, Unfolded};

/// The most results of one field that are kept.
pub(super) const MAX_RESULTS: usize = 100;
/// The most properties of one result that are kept.
pub(super) const MAX_PROPERTIES: usize = 100;

/// What a field holds, before it is decided whom to trust.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) authserv_id: Option<String>,
    /// The version of the header (RFC 8601 section 2.6).
    pub(super) version: Option<String>,
    pub(super) instance: Option<u32>,
    pub(super) results: Vec<ClaimedResult>,
    pub(super) unread: Vec<Span>,
    /// Who wrote a Received-SPF field, by `receiver=` or the name that opens its comment.
    receiver: Option<String>,
}

impl Parsed {
    /// The name under which the server writes.
    pub(super) fn writer(&self) -> Option<&str> {
        self.authserv_id.as_deref().or(self.receiver.as_deref())
    }
}

/// Authentication-Results (RFC 8601 section 2.2), and Microsoft's form of it, which begins with the first result.
pub(super) fn authentication_results(value: &Unfolded) -> Parsed {
    payload(Cursor::new(value), Parsed::default())
}

/// ARC-Authentication-Results: `i=N;` and the payload of Authentication-Results (RFC 8617 section 4.1.1).
pub(super) fn arc_authentication_results(value: &Unfolded) -> Parsed {
    let mut cursor = Cursor::new(value);
    let mut parsed = Parsed::default();
    let start = cursor.at;
    if cursor.word().is_some_and(|word| word.eq_ignore_ascii_case("i")) && cursor.accept(b'=') {
        parsed.instance = cursor.word().and_then(|number| number.parse().ok());
    }
    if parsed.instance.is_none() || !cursor.accept(b';') {
        parsed.instance = None;
        cursor.at = start;
    }
    payload(cursor, parsed)
}

/// What follows an optional `i=N;`.
fn payload(mut cursor: Cursor<'_>, mut parsed: Parsed) -> Parsed {
    let start = cursor.skip();
    let id = cursor.word();
    if cursor.peek() == Some(b'=') || id.is_none() {
        // Microsoft writes no authserv-id.
        cursor.at = start;
    } else {
        parsed.authserv_id = id;
        let before = cursor.at;
        parsed.version = cursor.word().filter(|version| version.bytes().all(|byte| byte.is_ascii_digit()));
        if parsed.version.is_none() {
            cursor.at = before;
        }
        cursor.leave_statement(&mut parsed.unread);
    }
    if parsed.version.as_deref().is_some_and(|version| version != "1") {
        return parsed;
    }
    while !cursor.is_end() && parsed.results.len() < MAX_RESULTS {
        cursor.statement(&mut parsed);
        cursor.accept(b';');
    }
    parsed
}

/// Received-SPF (RFC 7208 section 9.1): a result, a comment, and `key=value` pairs with `;` between them.
pub(super) fn received_spf(value: &Unfolded) -> Parsed {
    let mut cursor = Cursor::new(value);
    let mut parsed = Parsed::default();
    let start = cursor.skip();
    let Some(result) = cursor.word() else { return parsed };
    cursor.comments.clear();
    let mut properties = Vec::new();
    let mut end = cursor.at;
    while !cursor.is_end() && properties.len() < MAX_PROPERTIES {
        match cursor.property() {
            Some(property) => properties.push(property),
            None => cursor.leave_word(&mut parsed.unread),
        }
        end = cursor.at;
        while cursor.accept(b';') {}
    }
    let comments = cursor.taken_comments();
    let opening = comments.first().and_then(|comment| comment.split_once(':')).map(|(name, _)| name.trim().to_owned());
    let receiver = properties.iter().find(|property| property.name == "receiver");
    parsed.receiver = receiver.map(|property| property.value.value.clone()).or(opening);
    parsed.results.push(ClaimedResult {
        method: "spf".to_owned(),
        version: None,
        result: result.to_ascii_lowercase(),
        reason: None,
        properties,
        comments,
        span: value.span(start..end),
    });
    parsed
}

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

    fn bytes(&self) -> &'a [u8] {
        self.value.text.as_bytes()
    }

    fn byte(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    fn text(&self, range: Range<usize>) -> &'a str {
        self.value.text.get(range).unwrap_or_default()
    }

    /// Skips white space and nested comments (RFC 5322 section 3.2.2); gives the place after them.
    fn skip(&mut self) -> usize {
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

    fn taken_comments(&mut self) -> Vec<String> {
        std::mem::take(&mut self.comments).into_iter().map(|range| self.text(range).trim().to_owned()).collect()
    }

    /// The next byte that is not white space or comment.
    fn peek(&mut self) -> Option<u8> {
        self.skip();
        self.byte()
    }

    fn is_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Takes that byte, when it is the next one.
    fn accept(&mut self, byte: u8) -> bool {
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
    fn run(&mut self, stops: &[u8]) -> String {
        let mut text = String::new();
        while let Some(byte) = self.byte() {
            if byte == b'"' {
                self.quoted(&mut text);
                continue;
            }
            if matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'(') || stops.contains(&byte) {
                break;
            }
            let start = self.at;
            let is_plain =
                |byte: &u8| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'(' | b'"') && !stops.contains(byte);
            self.at += self.bytes()[start..].iter().take_while(|byte| is_plain(byte)).count();
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

    /// One statement up to its `;`: `none`, or a method, its result and what belongs to it.
    fn statement(&mut self, parsed: &mut Parsed) {
        self.skip();
        self.comments.clear();
        let start = self.at;
        let Some(method) = self.name(b";=/") else { return self.leave_statement_unread(start, parsed) };
        if method.contains('.') && self.peek() == Some(b'=') && !parsed.results.is_empty() {
            self.at = start;
            return self.stray_properties(parsed);
        }
        let version = if self.accept(b'/') { self.name(b";=") } else { None };
        if !self.accept(b'=') {
            let is_none = method == "none" && self.peek().is_none_or(|byte| byte == b';');
            if !is_none {
                // Microsoft puts the recipient's domain between two results; it belongs to neither.
                self.leave_statement_unread(start, parsed);
            }
            return;
        }
        // A result is a keyword (RFC 8601 section 2.2). Yahoo's `from=example.com` has the look of one and is none.
        let Some(result) = self.name(b";").filter(|result| !result.contains('.')) else {
            return self.leave_statement_unread(start, parsed);
        };
        let mut claimed = ClaimedResult {
            method,
            version,
            result,
            reason: None,
            properties: Vec::new(),
            comments: Vec::new(),
            span: self.value.span(start..self.at),
        };
        let mut end = self.at;
        while self.peek().is_some_and(|byte| byte != b';') {
            match self.property() {
                Some(property) if property.name == "reason" => claimed.reason = Some(property.value.value),
                Some(property) if claimed.properties.len() < MAX_PROPERTIES => claimed.properties.push(property),
                Some(property) => parsed.unread.push(property.value.span),
                None => self.leave_word(&mut parsed.unread),
            }
            end = self.at;
        }
        claimed.span = self.value.span(start..end);
        claimed.comments = self.taken_comments();
        parsed.results.push(claimed);
    }

    /// Properties after a `;` that should not be there; they belong to the result before it.
    fn stray_properties(&mut self, parsed: &mut Parsed) {
        while self.peek().is_some_and(|byte| byte != b';') {
            let property = self.property();
            match (property, parsed.results.last_mut()) {
                (Some(property), Some(result)) if result.properties.len() < MAX_PROPERTIES => {
                    result.properties.push(property);
                }
                (Some(property), _) => parsed.unread.push(property.value.span),
                (None, _) => self.leave_word(&mut parsed.unread),
            }
        }
    }

    /// `[ptype.]property=value`, with white space and comments wherever RFC 8601 section 2.2 allows them.
    fn property(&mut self) -> Option<Property> {
        let start = self.skip();
        let Some(name) = self.dotted_name().filter(|_| self.accept(b'=')) else {
            self.at = start;
            return None;
        };
        let written = self.at;
        let begin = self.skip();
        if begin > written && self.begins_property() {
            // Nothing stands after the `=`; the word here is the next property.
            self.at = written;
            let value = Spanned::new(String::new(), self.value.span(written..written));
            return Some(Property { name, value });
        }
        let value = self.run(b";");
        Some(Property { name, value: Spanned::new(value, self.value.span(begin..self.at)) })
    }

    /// `ptype.property`, or one name alone; in lower case.
    fn dotted_name(&mut self) -> Option<String> {
        let mut name = self.name(b";=.")?;
        while self.accept(b'.') {
            name.push('.');
            name.push_str(&self.name(b";=.")?);
        }
        Some(name)
    }

    /// A keyword in lower case: letters, digits, `-` and `_`.
    fn name(&mut self, stops: &[u8]) -> Option<String> {
        let start = self.skip();
        let name = self.run(stops).to_ascii_lowercase();
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if !is_name {
            self.at = start;
        }
        is_name.then_some(name)
    }

    /// Whether `name=` stands here.
    fn begins_property(&mut self) -> bool {
        let (start, comments) = (self.at, self.comments.len());
        let is_property = self.dotted_name().is_some() && self.byte() == Some(b'=');
        self.at = start;
        self.comments.truncate(comments);
        is_property
    }

    /// Passes over one word that fits nothing.
    fn leave_word(&mut self, unread: &mut Vec<Span>) {
        let start = self.skip();
        let _ = self.run(b";");
        self.leave(start, unread);
    }

    /// Passes over the rest of a statement.
    fn leave_statement(&mut self, unread: &mut Vec<Span>) {
        while self.peek().is_some_and(|byte| byte != b';') {
            self.leave_word(unread);
        }
        self.accept(b';');
    }

    fn leave_statement_unread(&mut self, start: usize, parsed: &mut Parsed) {
        while self.peek().is_some_and(|byte| byte != b';') {
            let _ = self.run(b";");
        }
        self.leave(start, &mut parsed.unread);
    }

    fn leave(&self, start: usize, unread: &mut Vec<Span>) {
        if self.at > start && unread.len() < MAX_RESULTS {
            unread.push(self.value.span(start..self.at));
        }
    }
}
