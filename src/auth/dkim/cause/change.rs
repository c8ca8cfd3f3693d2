//! The changes that are known, and one of them proved.

use serde::Serialize;

use crate::message::Span;

/// A kind of change that mail systems make on the way, or programs on saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Text was added at the end of the body or of one of its parts: by a mailing list, a disclaimer, a virus scanner.
    FooterAdded,
    /// Text was added at the beginning of the body or of one of its parts.
    BannerAdded,
    /// Text was added elsewhere in the body.
    TextAdded,
    /// A MIME part was added.
    PartAdded,
    /// The body was put into a new multipart.
    PartWrapped,
    /// What stands around the MIME parts: the text before the first, the line that closes the last.
    MimeFrame,
    /// Lines that begin with `From ` were quoted for an mbox file, or unquoted.
    FromQuoted,
    /// The dots that SMTP doubles at the start of a line (RFC 5321 section 4.5.2) were not taken out, or were lost.
    DotStuffing,
    /// Carriage returns and line feeds.
    LineEnds,
    /// A byte order mark.
    ByteOrderMark,
    /// Empty lines at the beginning of the body.
    BlankLines,
    /// How the last line ends, or how many empty lines follow it.
    EndOfBody,
    /// White space within or at the end of lines.
    WhiteSpace,
    /// Long lines were broken.
    LongLines,
    /// The transfer encoding stayed and its lines were broken elsewhere.
    Rewrapped,
    /// Another transfer encoding: 8-bit text to quoted-printable, and the like.
    Recoded,
    /// Another charset.
    CharsetChanged,
    /// Links lead through a filter now.
    LinksRewritten,
    /// A tag was put before or after the Subject.
    SubjectTag,
    /// A field has another value.
    FieldRewritten,
    /// A field was added that stood there less often when it was signed.
    FieldAdded,
    /// A field is missing.
    FieldMissing,
    /// Fields of one name changed places.
    FieldOrder,
    /// Folding or white space of a field.
    Folding,
    /// Encoded words (RFC 2047) were decoded, or made, or made otherwise.
    WordsRecoded,
    /// Several of these at once.
    Several,
}

impl Change {
    /// Whether something came into the message that the signer did not write.
    #[must_use]
    pub const fn adds(self) -> bool {
        matches!(
            self,
            Self::FooterAdded
                | Self::BannerAdded
                | Self::TextAdded
                | Self::PartAdded
                | Self::PartWrapped
                | Self::SubjectTag
                | Self::FieldAdded
        )
    }
}

/// One change that was undone in a copy which then verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub change: Change,
    /// Where it shows: the bytes that were added or changed, the place where something is missing.
    pub span: Span,
    /// How many places were changed alike; the span is the first.
    pub places: usize,
    /// The name of the field; `None` in the body.
    pub field: Option<String>,
    /// What stands there now, as text, at most [`Edit::MAX_TEXT`] characters; `None` where something is missing.
    pub now: Option<String>,
    /// What stood there when it was signed; `None` where something was added.
    pub before: Option<String>,
}

impl Edit {
    pub const MAX_TEXT: usize = 2_000;

    /// Text to show; `None` when there is none.
    pub(super) fn text(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.chars().take(Self::MAX_TEXT).collect())
    }
}
