//! The grammars of the fields, read leniently: what departs from them is noted, what fits nothing is listed, the rest is kept.

use super::cursor::Cursor;
use super::{ClaimedResult, Deviation, Property};
use crate::auth::domain;
use crate::message::{Span, Spanned, Unfolded};

/// The most results of one field that are kept.
pub(super) const MAX_RESULTS: usize = 100;
/// The most properties of one result that are kept.
pub(super) const MAX_PROPERTIES: usize = 100;
/// The most parts that are listed as unread; the last one takes in the rest.
pub(super) const MAX_UNREAD: usize = 100;

/// What a field holds, before it is decided whom to trust.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) authserv_id: Option<String>,
    /// The version of the header (RFC 8601 section 2.6).
    pub(super) version: Option<String>,
    pub(super) instance: Option<u32>,
    pub(super) results: Vec<ClaimedResult>,
    /// Comments that stand in no result.
    pub(super) comments: Vec<String>,
    pub(super) deviations: Vec<Spanned<Deviation>>,
    pub(super) unread: Vec<Span>,
    /// Who wrote a Received-SPF field, by `receiver=` or the name that opens its comment.
    pub(super) receiver: Option<String>,
}

impl Parsed {
    /// The name under which the server writes.
    pub(super) fn writer(&self) -> Option<&str> {
        self.authserv_id.as_deref().or(self.receiver.as_deref())
    }

    /// Notes a departure from the grammar, each kind at the first place alone.
    fn note(&mut self, deviation: Deviation, span: Span) {
        if !self.deviations.iter().any(|noted| noted.value == deviation) {
            self.deviations.push(Spanned::new(deviation, span));
        }
    }

    fn leave(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let is_full = self.unread.len() == MAX_UNREAD;
        match self.unread.last_mut().filter(|_| is_full) {
            Some(last) => last.end = last.end.max(span.end),
            None => self.unread.push(span),
        }
    }
}

/// Authentication-Results (RFC 8601 section 2.2), and Microsoft's form of it, which begins with the first result.
pub(super) fn authentication_results(value: &Unfolded) -> Parsed {
    Reader { cursor: Cursor::new(value), parsed: Parsed::default(), early: Vec::new() }.payload()
}

/// ARC-Authentication-Results: `i=N;` and the payload of Authentication-Results (RFC 8617 section 4.1.1).
pub(super) fn arc_authentication_results(value: &Unfolded) -> Parsed {
    let mut cursor = Cursor::new(value);
    let mut parsed = Parsed::default();
    let start = cursor.at();
    if cursor.word().is_some_and(|word| word.eq_ignore_ascii_case("i")) && cursor.accept(b'=') {
        parsed.instance = cursor.word().and_then(|number| number.parse().ok());
    }
    let span = cursor.span(start..cursor.at());
    if parsed.instance.is_none() {
        cursor.back_to(start);
        parsed.note(Deviation::NoInstance, span);
    } else if !cursor.accept(b';') {
        parsed.note(Deviation::NoSemicolon, span);
    }
    Reader { cursor, parsed, early: Vec::new() }.payload()
}

/// Received-SPF (RFC 7208 section 9.1): a result, a comment, and `key=value` pairs with `;` between them.
pub(super) fn received_spf(value: &Unfolded) -> Parsed {
    let mut reader = Reader { cursor: Cursor::new(value), parsed: Parsed::default(), early: Vec::new() };
    let start = reader.cursor.skip();
    let result = reader.cursor.word().filter(|_| reader.cursor.peek() != Some(b'='));
    let Some(result) = result else { return reader.nothing_read(0) };
    let mut properties = Vec::new();
    let mut end = reader.cursor.at();
    while !reader.cursor.is_end() {
        match reader.property() {
            Some((span, property)) => reader.keep(span, property, &mut properties),
            None => reader.leave_word(),
        }
        end = reader.cursor.at();
        while reader.cursor.accept(b';') {}
    }
    let comments = reader.cursor.take_comments();
    let opening = comments.first().and_then(|comment| comment.split_once(':')).map(|(name, _)| name.trim().to_owned());
    let receiver = properties.iter().find(|property| property.name == "receiver");
    let mut parsed = reader.parsed;
    parsed.receiver = receiver.map(|property| property.value.value.clone()).or(opening).filter(|name| !name.is_empty());
    // Quoting is another one here, and names have no ptype.
    parsed.deviations.clear();
    let span = reader.cursor.span(start..end);
    parsed.results.push(ClaimedResult { properties, comments, ..ClaimedResult::new("spf", &result, span) });
    parsed
}

/// A field whose value is one word, the result of `method`.
pub(super) fn one_word(value: &Unfolded, method: &str) -> Parsed {
    let mut reader = Reader { cursor: Cursor::new(value), parsed: Parsed::default(), early: Vec::new() };
    let start = reader.cursor.skip();
    let Some(result) = reader.cursor.word() else { return reader.nothing_read(0) };
    let span = reader.cursor.span(start..reader.cursor.at());
    while !reader.cursor.is_end() {
        reader.leave_word();
        while reader.cursor.accept(b';') {}
    }
    let comments = reader.cursor.take_comments();
    let mut parsed = reader.parsed;
    parsed.results.push(ClaimedResult { comments, ..ClaimedResult::new(method, &result, span) });
    parsed
}

/// Reads one field.
struct Reader<'a> {
    cursor: Cursor<'a>,
    parsed: Parsed,
    /// Properties that stand before the result they belong to.
    early: Vec<(Span, Property)>,
}

impl Reader<'_> {
    /// What follows an optional `i=N;`.
    fn payload(mut self) -> Parsed {
        self.server();
        if self.parsed.version.as_deref().is_some_and(|version| version != "1") {
            // Nothing after an unknown version may be read (RFC 8601 section 2.6).
            let rest = self.cursor.at();
            return self.nothing_read(rest);
        }
        self.parsed.comments = self.cursor.take_comments();
        while !self.cursor.is_end() && self.parsed.results.len() < MAX_RESULTS {
            self.statement();
            self.cursor.accept(b';');
        }
        for (span, _) in std::mem::take(&mut self.early) {
            self.parsed.leave(span);
        }
        let rest = self.cursor.skip();
        self.nothing_read(rest)
    }

    /// Lists all from that place on as unread.
    fn nothing_read(mut self, from: usize) -> Parsed {
        let span = self.cursor.span(from..usize::MAX);
        self.parsed.leave(span);
        let comments = self.cursor.take_comments();
        self.parsed.comments.extend(comments);
        self.parsed
    }

    /// The authserv-id, its version and the `;` after them.
    fn server(&mut self) {
        let start = self.cursor.skip();
        let id = self.cursor.word();
        let span = self.cursor.span(start..self.cursor.at());
        if id.is_none() || self.cursor.peek().is_some_and(|byte| byte == b'=' || byte == b'/') {
            // Microsoft writes no authserv-id.
            self.cursor.back_to(start);
            self.parsed.note(Deviation::NoServer, span);
            return;
        }
        self.parsed.authserv_id = id;
        let before = self.cursor.at();
        self.parsed.version = self.cursor.word().filter(|version| version.bytes().all(|byte| byte.is_ascii_digit()));
        if self.parsed.version.is_none() {
            self.cursor.back_to(before);
        }
        if self.cursor.begins_property() {
            // A result at once, or a property of one, as Yahoo writes.
            self.parsed.note(Deviation::NoSemicolon, span);
            return;
        }
        while !self.cursor.is_end_of_statement() {
            self.leave_word();
        }
        self.cursor.accept(b';');
    }

    /// One statement up to its `;`: `none`, or a method, its result and what belongs to it.
    fn statement(&mut self) {
        let start = self.cursor.skip();
        let Some(method) = self.cursor.name(b";=/", b"") else { return self.leave_statement(start) };
        if method.contains('.') && self.cursor.peek() == Some(b'=') {
            self.cursor.back_to(start);
            return self.stray_properties();
        }
        let version = if self.cursor.accept(b'/') { self.cursor.name(b";=", b"") } else { None };
        if !self.cursor.accept(b'=') {
            return if version.is_none() { self.word_alone(start, &method) } else { self.leave_statement(start) };
        }
        let written = self.cursor.at();
        let is_bare = self.cursor.skip() > written && self.cursor.begins_property();
        // `:` is in no keyword; Fastmail's `x-vs=commercial:mce` has one.
        let result = if is_bare { None } else { self.cursor.name(b";", b":") };
        let result_span = self.cursor.span(written..self.cursor.at());
        let Some(result) = result else { return self.leave_statement(start) };
        if result.contains('.') {
            // A result is a keyword (RFC 8601 section 2.2). Yahoo's `from=example.com` has the look of one and names the
            // domain of the result after it.
            if method != "from" || self.early.len() >= MAX_PROPERTIES {
                return self.leave_statement(start);
            }
            let span = self.cursor.span(start..self.cursor.at());
            self.parsed.note(Deviation::EarlyProperty, span);
            self.early.push((span, Property { name: method, value: Spanned::new(result, result_span) }));
            while !self.cursor.is_end_of_statement() {
                self.leave_word();
            }
            return;
        }
        let mut claimed = ClaimedResult::new(&method, &result, result_span);
        claimed.version = version;
        claimed.properties = std::mem::take(&mut self.early).into_iter().map(|(_, property)| property).collect();
        let end = self.properties(&mut claimed);
        claimed.span = self.cursor.span(start..end);
        claimed.comments = self.cursor.take_comments();
        self.parsed.results.push(claimed);
    }

    /// What stands after a result up to its `;`. Gives the place after it.
    fn properties(&mut self, claimed: &mut ClaimedResult) -> usize {
        let mut end = self.cursor.at();
        while !self.cursor.is_end_of_statement() {
            match self.property() {
                Some((_, property)) if property.name == "reason" && claimed.reason.is_none() => {
                    claimed.reason = Some(property.value.value);
                }
                Some((span, property)) => {
                    if !property.name.contains('.') {
                        self.parsed.note(Deviation::NoPropertyType, span);
                    }
                    self.keep(span, property, &mut claimed.properties);
                }
                None => self.leave_word(),
            }
            end = self.cursor.at();
        }
        end
    }

    /// A word without `=`: `none`, or the recipient's domain that Microsoft puts between two results.
    fn word_alone(&mut self, start: usize, word: &str) {
        let is_whole = self.cursor.is_end_of_statement();
        if is_whole && word.contains('.') && domain::normalize(word).is_some() {
            self.parsed.note(Deviation::BareDomain, self.cursor.span(start..self.cursor.at()));
        } else if !(is_whole && word == "none") {
            self.leave_statement(start);
        }
    }

    /// Properties after a `;` that should not be there; they belong to the result before it, or to the first one.
    fn stray_properties(&mut self) {
        let start = self.cursor.at();
        let Some(mut claimed) = self.parsed.results.pop() else {
            while !self.cursor.is_end_of_statement() {
                match self.property() {
                    Some(property) if self.early.len() < MAX_PROPERTIES => self.early.push(property),
                    Some((span, _)) => self.parsed.leave(span),
                    None => self.leave_word(),
                }
            }
            return self.parsed.note(Deviation::EarlyProperty, self.cursor.span(start..self.cursor.at()));
        };
        self.properties(&mut claimed);
        claimed.comments.extend(self.cursor.take_comments());
        self.parsed.note(Deviation::StrayProperty, self.cursor.span(start..self.cursor.at()));
        self.parsed.results.push(claimed);
    }

    fn keep(&mut self, span: Span, property: Property, properties: &mut Vec<Property>) {
        if properties.len() < MAX_PROPERTIES {
            properties.push(property);
        } else {
            self.parsed.leave(span);
        }
    }

    /// `[ptype.]property=value`, with white space and comments wherever RFC 8601 section 2.2 allows them, and where it stands.
    fn property(&mut self) -> Option<(Span, Property)> {
        let start = self.cursor.skip();
        let name = self.cursor.property_name()?;
        let written = self.cursor.at();
        let begin = self.cursor.skip();
        if begin > written && self.cursor.begins_property() {
            // Nothing stands after the `=`; the word here is the next property.
            self.cursor.back_to(written);
            let value = Spanned::new(String::new(), self.cursor.span(written..written));
            let span = self.cursor.span(start..written);
            self.parsed.note(Deviation::EmptyValue, span);
            return Some((span, Property { name, value }));
        }
        let value = self.cursor.run(b";");
        let range = begin..self.cursor.at();
        let value = Spanned::new(value, self.cursor.span(range.clone()));
        let written = self.cursor.text(range);
        let span = self.cursor.span(start..self.cursor.at());
        if written.is_empty() {
            self.parsed.note(Deviation::EmptyValue, span);
        } else if !is_pvalue(written) {
            self.parsed.note(Deviation::UnquotedValue, value.span);
        }
        Some((span, Property { name, value }))
    }

    /// Passes over one word that fits nothing.
    fn leave_word(&mut self) {
        let start = self.cursor.skip();
        let _ = self.cursor.run(b";");
        let span = self.cursor.span(start..self.cursor.at());
        self.parsed.leave(span);
    }

    /// Passes over the rest of a statement.
    fn leave_statement(&mut self, start: usize) {
        while !self.cursor.is_end_of_statement() {
            let _ = self.cursor.run(b";");
        }
        let span = self.cursor.span(start..self.cursor.at());
        self.parsed.leave(span);
    }
}

/// Whether a value is written as RFC 8601 section 2.2 has it: a token, a quoted string, or `[[local]@]domain`.
fn is_pvalue(written: &str) -> bool {
    let is_quoted = |text: &str| text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    let is_token = |text: &str| {
        let is_special = |byte: u8| b"()<>@,;:\\\"/[]?=".contains(&byte);
        text.bytes().all(|byte| byte > b' ' && byte != 0x7F && !is_special(byte))
    };
    let is_local = |text: &str| {
        let is_special = |byte: u8| b"()<>,;:\\\"[]".contains(&byte);
        is_quoted(text) || text.bytes().all(|byte| byte > b' ' && byte != 0x7F && !is_special(byte))
    };
    match written.rsplit_once('@') {
        _ if is_quoted(written) => true,
        Some((local, domain)) => is_local(local) && is_token(domain),
        None => is_token(written),
    }
}
