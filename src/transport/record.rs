//! The grammar that the records of MTA-STS and TLS reports share (RFC 8461 section 3.1, RFC 8460 section 3): a version and
//! fields, `;` between them.

use serde::Serialize;

use super::State;
use crate::message::{Span, Spanned};

/// Far more than either standard defines.
const MAX_FIELDS: usize = 100;

/// The most characters of a name of an extension.
const MAX_NAME: usize = 32;

/// One record as read. Spans are byte offsets in its joined text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which of the answer's records it is.
    pub index: usize,
    /// Its strings joined.
    pub bytes: Vec<u8>,
    /// Without the version.
    pub fields: Vec<Field>,
    pub problems: Vec<Spanned<Problem>>,
}

/// `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: Spanned<String>,
    pub value: Spanned<String>,
}

/// What is wrong in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// It does not begin with the version as it has to be spelled, and a `;` right behind it.
    BadVersion,
    /// Nothing between two `;`.
    EmptyField,
    /// No `name=value` of the characters that may stand there.
    BadField,
    /// The field stands there again, and readers may take either.
    Repeated,
    MissingId,
    /// Not 1 to 32 letters and digits.
    BadId,
    MissingRua,
    /// An entry of `rua` that is no address.
    BadUri,
    /// An entry of `rua` that is neither `mailto:` nor `https:`.
    UnusualScheme,
    /// A field that the standard does not define: allowed, and without effect.
    UnknownField,
}

impl Problem {
    /// The record does not count for it.
    #[must_use]
    pub const fn is_fatal(self) -> bool {
        !matches!(self, Self::UnknownField | Self::UnusualScheme | Self::Repeated)
    }
}

/// A standard that uses the grammar.
pub(super) struct Dialect {
    /// With the `;` that has to follow.
    pub(super) version: &'static str,
    /// The field that must be there, once.
    pub(super) field: &'static str,
    /// What is wrong with it.
    pub(super) check: fn(Option<&Field>) -> Vec<Spanned<Problem>>,
}

/// The record among the texts of an answer, and what it comes to. Texts that do not begin with the version are passed over;
/// where not exactly one is left, none counts (RFC 8461 section 3.1, RFC 8460 section 3).
pub(super) fn choose(dialect: &Dialect, texts: &[Vec<u8>]) -> (State, Option<Record>) {
    let version = dialect.version.as_bytes();
    let is_exact = |text: &[u8]| text.starts_with(version);
    let word = version.strip_suffix(b";").unwrap_or(version);
    let is_near =
        |text: &[u8]| text.trim_ascii_start().get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
    let mut exact = texts.iter().enumerate().filter(|(_, text)| is_exact(text));
    match (exact.next(), exact.count()) {
        (Some((index, text)), 0) => {
            let record = read(dialect, index, text);
            let is_broken = record.problems.iter().any(|problem| problem.value.is_fatal());
            (if is_broken { State::Broken } else { State::Found }, Some(record))
        }
        (Some((index, text)), more) => (State::Several(more + 1), Some(read(dialect, index, text))),
        (None, _) => match texts.iter().enumerate().find(|(_, text)| is_near(text)) {
            Some((index, text)) => (State::Broken, Some(read(dialect, index, text))),
            None => (State::Missing, None),
        },
    }
}

fn read(dialect: &Dialect, index: usize, bytes: &[u8]) -> Record {
    let mut record = Record { index, bytes: bytes.to_vec(), fields: Vec::new(), problems: Vec::new() };
    let mut at = 0;
    for (place, piece) in bytes.split(|&byte| byte == b';').take(MAX_FIELDS).enumerate() {
        let start = at;
        at += piece.len() + 1;
        if place == 0 {
            if !bytes.starts_with(dialect.version.as_bytes()) {
                record.problems.push(Spanned::new(Problem::BadVersion, Span::new(start, start + piece.len())));
            }
            continue;
        }
        let text = trimmed(piece, start);
        // One `;` at the end is part of the grammar.
        if text.is_empty() && at > bytes.len() {
            continue;
        }
        record.problem_or_field(bytes.get(text.start..text.end).unwrap_or_default(), text);
    }
    let (own, others): (Vec<&Field>, Vec<&Field>) =
        record.fields.iter().partition(|field| field.name.value == dialect.field);
    let mut found = (dialect.check)(own.first().copied());
    found.extend(own.iter().skip(1).map(|field| Spanned::new(Problem::Repeated, field.name.span)));
    found.extend(others.into_iter().map(|field| {
        // The value of an extension holds neither white space nor `=`.
        let is_bad = field.value.value.contains(['=', ' ', '\t']);
        if is_bad {
            Spanned::new(Problem::BadField, Span::new(field.name.span.start, field.value.span.end))
        } else {
            Spanned::new(Problem::UnknownField, field.name.span)
        }
    }));
    record.problems.extend(found);
    record
}

impl Record {
    fn problem_or_field(&mut self, bytes: &[u8], span: Span) {
        if span.is_empty() {
            self.problems.push(Spanned::new(Problem::EmptyField, span));
            return;
        }
        let field = bytes.iter().position(|&byte| byte == b'=').and_then(|equals| {
            let (name, value) = (bytes.get(..equals)?, bytes.get(equals + 1..)?);
            let is_name = name.len() <= MAX_NAME
                && name.first().is_some_and(u8::is_ascii_alphanumeric)
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte));
            // A list of addresses may have white space around its commas.
            let is_value =
                !value.is_empty() && value.iter().all(|byte| byte.is_ascii_graphic() || b" \t".contains(byte));
            let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
            let (from, to) = (span.start + equals, span.start + equals + 1);
            (is_name && is_value).then(|| Field {
                name: Spanned::new(text(name), Span::new(span.start, from)),
                value: Spanned::new(text(value), Span::new(to, span.end)),
            })
        });
        match field {
            Some(field) => self.fields.push(field),
            None => self.problems.push(Spanned::new(Problem::BadField, span)),
        }
    }

    /// Some of its bytes; what is not UTF-8 becomes U+FFFD.
    #[must_use]
    pub fn at(&self, span: Span) -> String {
        String::from_utf8_lossy(self.bytes.get(span.start..span.end).unwrap_or_default()).into_owned()
    }

    /// The whole of it, in the same way.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name.value == name).map(|field| field.value.value.as_str())
    }

    /// The first problem for which the record does not count, and the part of the text that it is about.
    #[must_use]
    pub fn fault(&self) -> Option<(Problem, String)> {
        let fault = self.problems.iter().find(|problem| problem.value.is_fatal())?;
        Some((fault.value, self.at(fault.span)))
    }
}

fn trimmed(piece: &[u8], start: usize) -> Span {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let before = piece.iter().take_while(|byte| is_space(byte)).count();
    let after = piece.iter().rev().take_while(|byte| is_space(byte)).count();
    Span::new(start + before, start + piece.len().saturating_sub(after).max(before))
}
