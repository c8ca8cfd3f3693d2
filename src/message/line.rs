//! The lines of a header block, and what each of them is.

use super::Span;

/// One line of the input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// With its line end.
    pub(super) span: Span,
    /// Without its line end (CRLF or LF; a carriage return alone ends no line).
    pub(super) content: &'a [u8],
}

/// What a line can be inside a header block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// Ends the header block. Carriage returns alone are blank too: they come from a line end converted twice.
    Blank,
    /// Begins with white space (RFC 5322 section 2.2.3), be it nothing but white space (section 4.2).
    Continuation,
    /// A field name, and how many bytes from the line's start its value begins.
    Field { name: &'a str, value: usize },
    /// None of these.
    Unreadable,
}

impl<'a> Line<'a> {
    /// The line that begins at `start`; `None` at the end of the input.
    pub(super) fn at(bytes: &'a [u8], start: usize) -> Option<Self> {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |feed| feed + 1);
        let line = &rest[..length];
        let content = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
        Some(Self { span: Span::new(start, start + length), content })
    }

    pub(super) fn shape(self) -> Shape<'a> {
        match self.content.first() {
            None => Shape::Blank,
            Some(b'\r') if self.is_blank() => Shape::Blank,
            Some(b' ' | b'\t') => Shape::Continuation,
            Some(_) => self.field().unwrap_or(Shape::Unreadable),
        }
    }

    fn is_blank(self) -> bool {
        self.content.iter().all(|&byte| byte == b'\r')
    }

    /// A name of ftext (RFC 5322 section 3.6.8: printable ASCII without the colon), then the colon, before which
    /// section 4.5 allows white space.
    fn field(self) -> Option<Shape<'a>> {
        let length = self.content.iter().position(|&byte| !byte.is_ascii_graphic() || byte == b':')?;
        let (name, rest) = self.content.split_at(length);
        let space = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
        let name = str::from_utf8(name).ok().filter(|name| !name.is_empty())?;
        (rest.get(space) == Some(&b':')).then_some(Shape::Field { name, value: length + space + 1 })
    }

    /// The separator line of an mbox file, or the one that a mailer turned into `>From `. The obsolete field
    /// `From : someone` begins the same way and is none.
    pub(super) fn is_mbox_separator(self) -> bool {
        (self.content.starts_with(b"From ") || self.content.starts_with(b">From ")) && self.shape() == Shape::Unreadable
    }
}

/// Whether a separator line ends in the date that RFC 4155 demands (`Thu Nov 12 09:20:04 2026`, at times with a zone): a
/// clock time and a year. A sentence that begins with "From" has none.
pub(super) fn is_dated(content: &[u8]) -> bool {
    let mut words = content.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).skip(1).peekable();
    let is_time = |word: &&[u8]| matches!(word, [_, _, b':', _, _] | [_, _, b':', _, _, b':', _, _]);
    let is_year = |word: &&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.by_ref().any(|word| is_time(&word)) && words.any(|word| is_year(&word))
}

/// Whether mail uses a field of that name: the evidence that a block of lines is a header, where a line of prose
/// such as `Note: …` or `https://…` would pass for a field.
pub(super) fn is_mail_field(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "From",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Sender",
        "Reply-To",
        "Message-ID",
        "In-Reply-To",
        "References",
        "Received",
        "Return-Path",
        "Delivered-To",
        "Envelope-To",
        "MIME-Version",
        "DKIM-Signature",
        "Authentication-Results",
        "Received-SPF",
        "Comments",
        "Keywords",
        "Precedence",
        "Importance",
        "Thread-Topic",
        "Thread-Index",
        "User-Agent",
        "DomainKey-Signature",
    ];
    const PREFIXES: [&str; 6] = ["X-", "ARC-", "List-", "Content-", "Resent-", "DKIM2-"];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
        || PREFIXES
            .iter()
            .any(|prefix| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
}
