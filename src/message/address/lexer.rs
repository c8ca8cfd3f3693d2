//! Tokens of structured header fields (RFC 5322 section 3.2); comments and white space are passed over.

use std::ops::Range;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Atom,
    /// With its quotes; the closing one may be missing at the end of the text.
    Quoted,
    /// A domain literal with its brackets.
    Literal,
    Dot,
    At,
    Comma,
    Semicolon,
    Colon,
    Open,
    Close,
}

impl Token {
    pub(super) const fn is_separator(&self) -> bool {
        matches!(self.kind, TokenKind::Comma | TokenKind::Semicolon)
    }
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    peeked: Option<Token>,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, peeked: None }
    }

    pub(super) fn peek(&mut self) -> Option<Token> {
        if self.peeked.is_none() {
            self.peeked = self.next();
        }
        self.peeked.clone()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space_and_comments(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with('(') {
                return;
            }
            self.at += comment_length(trimmed);
        }
    }

    fn kind_and_length(&self) -> Option<(TokenKind, usize)> {
        let rest = self.rest();
        let kind = match rest.as_bytes().first()? {
            b'"' => return Some((TokenKind::Quoted, enclosed_length(rest, '"'))),
            b'[' => return Some((TokenKind::Literal, enclosed_length(rest, ']'))),
            b'.' => TokenKind::Dot,
            b'@' => TokenKind::At,
            b',' => TokenKind::Comma,
            b';' => TokenKind::Semicolon,
            b':' => TokenKind::Colon,
            b'<' => TokenKind::Open,
            b'>' => TokenKind::Close,
            _ => return Some((TokenKind::Atom, atom_length(rest))),
        };
        Some((kind, 1))
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(token) = self.peeked.take() {
            return Some(token);
        }
        self.skip_space_and_comments();
        let (kind, length) = self.kind_and_length()?;
        let start = self.at;
        self.at += length;
        Some(Token { kind, range: start..self.at })
    }
}

/// Walks over text with quoted pairs taken out, up to the character that ends it; all of the text when none does.
///
/// A backslash after U+FFFD begins no quoted pair: it is the second byte of a raw `Shift_JIS` character.
fn length_until(text: &str, mut ends: impl FnMut(char) -> bool) -> usize {
    let mut previous = ' ';
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && previous != char::REPLACEMENT_CHARACTER {
            characters.next();
        } else if ends(character) {
            return at + character.len_utf8();
        }
        previous = character;
    }
    text.len()
}

/// A comment, which may hold others.
fn comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    length_until(text, |character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// A quoted string or domain literal, from its first character to the one that closes it.
fn enclosed_length(text: &str, close: char) -> usize {
    1 + text.get(1..).map_or(0, |inner| length_until(inner, |character| character == close))
}

/// Everything up to a special character or white space. Two things are taken whole though they hold special characters:
/// text between ISO-2022-JP escape sequences, and the second byte of a raw `Shift_JIS` character, which follows U+FFFD.
fn atom_length(text: &str) -> usize {
    let mut shifted = false;
    let mut previous = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\u{1B}' {
            shifted = characters.peek().is_some_and(|&(_, next)| next == '$');
            // The byte that opens the sequence may be a parenthesis.
            characters.next();
        } else if !shifted && at > 0 {
            let special = matches!(character, '(' | ')' | '<' | '>' | '[' | ']' | ':' | ';' | '@' | ',' | '.' | '"');
            let trail = previous == char::REPLACEMENT_CHARACTER && matches!(character, '@' | '[' | ']');
            if (special && !trail) || matches!(character, ' ' | '\t' | '\r' | '\n') {
                return at;
            }
        }
        previous = character;
    }
    text.len()
}
