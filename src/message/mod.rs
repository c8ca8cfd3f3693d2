//! Raw input → fields with positions. Never fails, never panics; damage becomes a recorded repair.

pub mod address;
mod charset;
pub mod date;
pub mod decode;
mod field;
pub mod hidden;
mod line;
mod reader;
mod repair;
mod source;

pub use field::{Field, Unfolded};
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
    pub repairs: Vec<Repair>,
}

impl Message {
    /// The most fields that are listed; the rest becomes [`RepairCode::TooManyFields`].
    pub const MAX_FIELDS: usize = 20_000;

    /// Reads any bytes whatever as a message.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Self {
        reader::read(Source::new(bytes), reader::BlankEnd::EmptyBody)
    }

    /// Reads text that was copied from somewhere: like [`Self::read`], but blank lines after the header are an accident
    /// of copying, not an empty body.
    #[must_use]
    pub fn read_pasted(bytes: Vec<u8>) -> Self {
        reader::read(Source::new(bytes), reader::BlankEnd::NoBody)
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

    #[must_use]
    pub const fn headers_only(&self) -> bool {
        self.body.is_none()
    }
}

#[cfg(test)]
mod tests;
