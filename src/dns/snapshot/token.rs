//! One line of a snapshot, cut into tokens as in a master file (RFC 1035 section 5.1).

use super::super::name::{self, unescape};

/// A word or a quoted string, escapes still in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
}

/// The most octets of a character-string (RFC 1035 section 3.3).
pub(super) const MAX_STRING: usize = 255;

impl<'a> Token<'a> {
    /// The text of a token that must not be quoted.
    pub(super) const fn word(self) -> Option<&'a str> {
        match self {
            Self::Word(text) => Some(text),
            Self::Quoted(_) => None,
        }
    }

    /// The token as a domain name.
    pub(super) fn name(self) -> Result<String, &'static str> {
        let text = self.word().ok_or("a name stands in quotes")?;
        if !text.is_ascii() {
            return Err("a name has letters beyond ASCII: write its A-label (xn--…), or the octets as \\DDD");
        }
        name::canonical(text)
            .ok_or("not a domain name: empty label, label over 63 octets, name over 255, or bad escape")
    }

    /// The token as a character-string.
    pub(super) fn string(self) -> Result<Vec<u8>, &'static str> {
        let (Self::Word(text) | Self::Quoted(text)) = self;
        let mut string = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((&octet, after)) = rest.split_first() {
            let (octet, after) = match octet {
                b'\\' => unescape(after).ok_or("an escape that is neither \\DDD nor \\ and a character")?,
                _ => (octet, after),
            };
            string.push(octet);
            rest = after;
        }
        if string.len() > MAX_STRING {
            return Err("a character-string over 255 octets: cut it into several");
        }
        Ok(string)
    }
}

/// Cuts a line, up to its comment.
pub(super) fn tokens(line: &str) -> Result<Vec<Token<'_>>, &'static str> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let token = match first {
            ';' => break,
            '(' | ')' => return Err("a record over several lines: write it on one"),
            '"' => {
                let body = rest.get(1..).unwrap_or_default();
                let length = length_until(body, |char| char == '"').filter(|&length| length < body.len());
                let (text, after) = body.split_at(length.ok_or("a quoted string without its end")?);
                rest = after.get(1..).unwrap_or_default();
                Token::Quoted(text)
            }
            _ => {
                let ends = |char: char| char.is_whitespace() || matches!(char, ';' | '"' | '(' | ')');
                let (word, after) =
                    rest.split_at(length_until(rest, ends).ok_or("a backslash with nothing behind it")?);
                rest = after;
                Token::Word(word)
            }
        };
        tokens.push(token);
        rest = rest.trim_start();
    }
    Ok(tokens)
}

/// How far the text goes until an unescaped character that ends it, or to its end; `None` when it ends in an escape.
fn length_until(text: &str, ends: impl Fn(char) -> bool) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((index, char)) = chars.next() {
        if ends(char) {
            return Some(index);
        }
        if char == '\\' {
            chars.next()?;
        }
    }
    Some(text.len())
}
