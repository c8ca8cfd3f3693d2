//! What was damaged in the input and how it was read all the same.

use serde::Serialize;

use super::source::Span;

/// One piece of damage. The input itself is never changed; a repair says how it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub code: RepairCode,
    pub span: Span,
}

/// The kinds of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairCode {
    /// A UTF-8 byte order mark stood before the first field; it is left out of every check.
    ByteOrderMark,
    /// An mbox separator line (`From sender date`) stood before the first field; it is left out of every check.
    MboxFromLine,
    /// Blank lines stood before the first field.
    LeadingBlankLines,
    /// A line of the header block has no colon, so it belongs to no field.
    UnreadableHeaderLine,
    /// A continuation line stood where no field had begun.
    OrphanContinuation,
    /// The header block ran into the body without the blank line that ends it (RFC 5322 section 2.1).
    MissingBlankLine,
    /// Lines end in LF, or in both LF and CRLF; each is hashed as CRLF, as it was on the wire (RFC 6376 section 5.3).
    LineEndings,
    /// Carriage returns without a line feed.
    BareCarriageReturn,
    /// NUL bytes (RFC 5322 section 2.2 forbids them).
    NulByte,
    /// A header value holds bytes above 127 that are not UTF-8, read in a guessed charset.
    RawEightBitHeader,
    /// More fields than the limit; the rest is not listed.
    TooManyFields,
}
