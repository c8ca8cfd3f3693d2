//! Mailboxes of an address field (RFC 5322 section 3.4, groups in From by RFC 6854), with positions.

mod lexer;

use std::ops::Range;

use lexer::{Lexer, Token, TokenKind};
use serde::Serialize;

use super::{Span, Unfolded, decode};

/// One mailbox of an address list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Mailbox {
    /// The display name, decoded (RFC 2047) and unquoted.
    pub name: Option<String>,
    /// The addr-spec without comments and folding, as written: `local@domain`. Empty for `<>`, the null sender.
    pub address: String,
    /// What stands after the last `@` of the addr-spec, as written (a U-label stays one); `None` when there is none.
    pub domain: Option<String>,
    #[serde(skip)]
    pub span: Span,
}

/// What an address field holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses {
    pub mailboxes: Vec<Mailbox>,
    /// Parts that fit no mailbox and no group.
    pub unreadable: Vec<Span>,
}

impl Addresses {
    /// The most mailboxes that are listed; what follows them is one unreadable part.
    pub const MAX_MAILBOXES: usize = 10_000;
    /// The most unreadable parts that are listed; the last of them reaches to the end of the last such part.
    pub const MAX_UNREADABLE: usize = 64;
}

/// Reads an address list. Quoted local parts may hold `@`; an obsolete source route (`@a,@b:user@c`) is dropped;
/// comments are dropped; the mailboxes of a group are listed like any other. A missing `>` is taken as written.
/// Runs of dots are accepted: Japanese carriers gave out such addresses.
#[must_use]
pub fn read(value: &Unfolded) -> Addresses {
    let mut reader = Reader { value, lexer: Lexer::new(&value.text), found: Addresses::default() };
    while let Some(token) = reader.lexer.next() {
        if reader.found.mailboxes.len() >= Addresses::MAX_MAILBOXES {
            reader.refuse(token.range.start..value.text.len());
            break;
        }
        if !token.is_separator() {
            reader.element(token);
        }
    }
    reader.found
}

struct Reader<'a> {
    value: &'a Unfolded,
    lexer: Lexer<'a>,
    found: Addresses,
}

impl Reader<'_> {
    /// Reads what stands between two separators, a group's name and colon apart.
    fn element(&mut self, first: Token) {
        let mut words = Vec::new();
        let mut next = Some(first);
        while let Some(token) = next {
            match token.kind {
                TokenKind::Comma | TokenKind::Semicolon => break,
                TokenKind::Open => return self.angle(&words, &token),
                TokenKind::Colon => {
                    // The end of a group's name; an address there is none.
                    if words.is_empty() || words.iter().any(|word: &Token| word.kind == TokenKind::At) {
                        self.refuse(hull(&words).map_or(token.range.clone(), |words| words.start..token.range.end));
                    }
                    return;
                }
                _ => words.push(token),
            }
            next = self.lexer.next();
        }
        let Some(range) = hull(&words) else { return };
        // A word alone is a local user (`root`); several are a name without an address.
        match self.addr_spec(&words) {
            Some((address, domain)) => self.accept(None, address, domain, range),
            None => self.refuse(range),
        }
    }

    /// Reads an angle-addr after its `<`, and what wrongly stands between it and the next separator.
    fn angle(&mut self, phrase: &[Token], open: &Token) {
        let mut words = Vec::new();
        let mut end = open.range.end;
        let mut colon = None;
        let mut closed = false;
        while let Some(token) = self.lexer.peek() {
            // Commas belong to a source route (RFC 5322 section 4.4); else one means that the `>` is missing.
            let in_route = colon.is_none() && words.first().is_some_and(|word: &Token| word.kind == TokenKind::At);
            if token.kind == TokenKind::Semicolon || (token.kind == TokenKind::Comma && !in_route) {
                break;
            }
            self.lexer.next();
            end = token.range.end;
            match token.kind {
                TokenKind::Close => {
                    closed = true;
                    break;
                }
                TokenKind::Colon if in_route => {
                    colon = Some(words.len());
                }
                _ => words.push(token),
            }
        }
        let start = phrase.first().map_or(open.range.start, |word| word.range.start);
        let spec = words.get(colon.unwrap_or(0)..).unwrap_or_default();
        let null = closed && words.is_empty();
        let name = self.name(phrase);
        match self.addr_spec(spec) {
            _ if null => self.accept(name, String::new(), None, start..end),
            Some((address, domain)) => self.accept(name, address, domain, start..end),
            None => self.refuse(start..end),
        }
        self.refuse_rest();
    }

    fn refuse_rest(&mut self) {
        let mut junk: Option<Range<usize>> = None;
        while let Some(token) = self.lexer.peek().filter(|token| !token.is_separator()) {
            self.lexer.next();
            junk = Some(junk.map_or(token.range.start, |junk| junk.start)..token.range.end);
        }
        if let Some(junk) = junk {
            self.refuse(junk);
        }
    }

    /// An addr-spec (RFC 5322 sections 3.4.1 and 4.4): words joined by dots and `@`, with white space and comments
    /// anywhere between them.
    fn addr_spec(&self, tokens: &[Token]) -> Option<(String, Option<String>)> {
        let mut address = String::new();
        let mut domain = None;
        let mut after_word = false;
        for token in tokens {
            let is_word = matches!(token.kind, TokenKind::Atom | TokenKind::Quoted | TokenKind::Literal);
            let is_joint = matches!(token.kind, TokenKind::Dot | TokenKind::At);
            if !(is_joint || is_word && !after_word) {
                return None;
            }
            after_word = is_word;
            address.push_str(self.value.text.get(token.range.clone())?);
            if token.kind == TokenKind::At {
                domain = Some(address.len());
            }
        }
        let domain = domain.and_then(|at| address.get(at..)).filter(|domain| !domain.is_empty()).map(str::to_owned);
        (!address.is_empty()).then_some((address, domain))
    }

    /// The display name: quoted strings without their quotes, comments out, encoded words decoded. Encoded words are
    /// decoded inside quotes too: RFC 2047 section 5 forbids them there, and many writers put them there.
    fn name(&self, phrase: &[Token]) -> Option<String> {
        let mut bytes = Vec::new();
        let mut end = None;
        for token in phrase {
            if end.is_some_and(|end| end < token.range.start) {
                bytes.push(b' ');
            }
            end = Some(token.range.end);
            let own = self.value.bytes(token.range.clone());
            if token.kind == TokenKind::Quoted {
                let own = own.strip_prefix(b"\"").unwrap_or(own);
                push_unquoted(own.strip_suffix(b"\"").unwrap_or(own), &mut bytes);
            } else {
                bytes.extend(own);
            }
        }
        Some(decode::text(&bytes).text).filter(|name| !name.is_empty())
    }

    fn accept(&mut self, name: Option<String>, address: String, domain: Option<String>, range: Range<usize>) {
        let span = self.value.span(range);
        self.found.mailboxes.push(Mailbox { name, address, domain, span });
    }

    fn refuse(&mut self, range: Range<usize>) {
        let span = self.value.span(range);
        let full = self.found.unreadable.len() >= Addresses::MAX_UNREADABLE;
        match self.found.unreadable.last_mut() {
            Some(last) if full => last.end = span.end,
            _ => self.found.unreadable.push(span),
        }
    }
}

fn hull(tokens: &[Token]) -> Option<Range<usize>> {
    Some(tokens.first()?.range.start..tokens.last()?.range.end)
}

/// Takes quoted pairs apart (RFC 5322 section 3.2.1). A backslash after a byte above 127 is left alone: it is the
/// second byte of a raw `Shift_JIS` character.
fn push_unquoted(quoted: &[u8], bytes: &mut Vec<u8>) {
    let mut rest = quoted;
    let mut previous = 0;
    while let [byte, after @ ..] = rest {
        rest = after;
        match after {
            [quoted, after @ ..] if *byte == b'\\' && previous < 0x80 => {
                bytes.push(*quoted);
                previous = *quoted;
                rest = after;
            }
            _ => {
                bytes.push(*byte);
                previous = *byte;
            }
        }
    }
}

#[cfg(test)]
mod tests;
