//! Raw input → fields with positions. Never fails, never panics; damage becomes a recorded repair.

pub mod address;
mod charset;
pub mod container;
pub mod date;
pub mod decode;
mod field;
mod flaws;
pub mod form;
pub mod hidden;
mod html;
mod line;
pub mod parts;
mod paste;
mod reader;
mod repair;
mod source;
pub mod wording;

use std::fmt;
use std::str::FromStr;

pub use field::{Field, Unfolded};
pub use flaws::{Flaws, HeaderByte, MAX_LINE};
pub use repair::{Repair, RepairCode};
use serde::Serialize;
pub use source::{Source, Span, Spanned};

/// What kind of input a message came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole message in Internet message format.
    Eml,
    /// A header block without a body.
    Headers,
    /// One message of an mbox file (RFC 4155).
    Mbox,
    /// A message as Apple Mail keeps it.
    Emlx,
    /// A message as Outlook saves it (MS-OXMSG).
    Msg,
    /// A message that is attached to another.
    Nested,
    /// No message: a DMARC aggregate report as a file of its own.
    AggregateReport,
}

/// Whether bytes can be the ones that were on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    #[default]
    AsSent,
    /// Rewritten by the program that kept the message, or by a repair. What verifies is proved all the same; what does
    /// not verify proves nothing.
    Rewritten,
    /// Parts of it are not there: what is absent here may have been sent.
    Partial,
}

/// How well header and body were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Kept {
    pub header: Fidelity,
    pub body: Fidelity,
}

/// How the lines of the input end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineEndings {
    Crlf,
    Lf,
    Mixed,
}

/// One message: its bytes and where its parts stand in them.
#[derive(Debug, Clone)]
pub struct Message {
    pub source: Source,
    pub kind: Kind,
    pub line_endings: LineEndings,
    /// Header fields from top to bottom.
    pub fields: Vec<Field>,
    /// The bytes after the blank line that ends the header; `None` when the input has no body at all (headers only),
    /// an empty span when the body is there and empty.
    pub body: Option<Span>,
    /// The text that a mail program made of the body, where it did not keep the body itself. No signature covers it.
    pub text: Option<Span>,
    pub repairs: Vec<Repair>,
    pub kept: Kept,
    /// Which message of its file it is; `None` where the file has no other.
    pub place: Option<Place>,
    /// The text as it was given, where repairs made another of it; [`Repair::original`] points into it.
    pub pasted: Option<Source>,
}

/// Which message of a file: as a person counts, and as `--message` takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pick {
    /// From 1. In a file of one message it counts the layers, the outermost first.
    pub number: usize,
    /// The layer within that message, from 1; the outermost when it is not given.
    pub layer: Option<usize>,
}

/// Where in its file a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    pub pick: Pick,
    /// Where its first byte stands in the file; `None` where the file holds it packed or encoded.
    pub offset: Option<u64>,
    pub left_out: Option<LeftOut>,
}

/// What else is in the file, where nobody said which message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Further messages beside this one.
    Further,
    /// A message that is attached to this one.
    Attached,
    /// The message to which this one is attached, and which only brings it.
    Wrapper,
}

impl fmt::Display for Pick {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.layer {
            Some(layer) => write!(formatter, "{}.{layer}", self.number),
            None => write!(formatter, "{}", self.number),
        }
    }
}

/// What is no number of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a message is named by its number, from 1, or by number.layer")]
pub struct NoPick;

impl FromStr for Pick {
    type Err = NoPick;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let count = |text: &str| text.parse().ok().filter(|&number: &usize| number > 0).ok_or(NoPick);
        match text.split_once('.') {
            Some((number, layer)) => Ok(Self { number: count(number)?, layer: Some(count(layer)?) }),
            None => Ok(Self { number: count(text)?, layer: None }),
        }
    }
}

impl Message {
    /// The most fields that are listed, but for some of those that a verdict rests on; the rest becomes
    /// [`RepairCode::TooManyFields`].
    pub const MAX_FIELDS: usize = 20_000;

    /// Reads any bytes whatever as a message.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Self {
        Self::of(Source::new(bytes))
    }

    fn of(source: Source) -> Self {
        reader::read(source, reader::BlankEnd::EmptyBody)
    }

    /// Reads a header that was given without its body.
    fn header_only(source: Source) -> Self {
        reader::read(source, reader::BlankEnd::NoBody)
    }

    /// Reads text that was copied from somewhere: like [`Self::read`], but blank lines after the header are an accident
    /// of copying, not an empty body.
    #[must_use]
    pub fn read_pasted(bytes: Vec<u8>) -> Self {
        Self::header_only(Source::new(bytes))
    }

    /// Whether this can be a mail message at all: it has a field that mail uses, or a header block made of nothing but
    /// fields. A picture, a plain text or an empty file is none, and nothing else about it is worth a report.
    #[must_use]
    pub fn is_mail_like(&self) -> bool {
        let damaged =
            |repair: &Repair| matches!(repair.code, RepairCode::UnreadableHeaderLine | RepairCode::MissingBlankLine);
        self.fields.iter().any(|field| line::is_mail_field(&field.name))
            || (!self.fields.is_empty() && !self.repairs.iter().any(damaged))
    }

    /// The fields of that name (compared without case) with their index in `fields`, top to bottom.
    #[must_use]
    pub fn named<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = (usize, &'a Field)> {
        self.fields.iter().enumerate().filter(move |(_, field)| field.is(name))
    }

    /// The topmost field of that name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.is(name))
    }

    /// The unfolded value of a field of this message.
    #[must_use]
    pub fn unfold(&self, field: &Field) -> Unfolded {
        field.unfold(&self.source)
    }

    /// Nothing of a body was given, neither as it was sent nor as a program shows it.
    #[must_use]
    pub const fn headers_only(&self) -> bool {
        self.body.is_none() && self.text.is_none()
    }

    /// The header fields with what stands before and between them.
    #[must_use]
    pub fn header(&self) -> Span {
        let end = self.body.or(self.text).map_or(self.source.bytes().len(), |body| body.start);
        Span::new(0, end)
    }
}

#[cfg(test)]
mod tests;
