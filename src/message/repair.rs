//! What was damaged in the input and how it was read all the same.

use serde::Serialize;

use super::source::Span;

/// One piece of damage. The input itself is never changed; a repair says how it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub code: RepairCode,
    pub span: Span,
    /// Where it stood before, in [`super::Message::pasted`].
    pub original: Option<Span>,
}

impl Repair {
    /// The most repairs of one code that are listed; the last of them reaches to the end of all damage of its kind.
    pub const MAX_OF_A_CODE: usize = 64;

    pub(super) const fn new(code: RepairCode, span: Span) -> Self {
        Self { code, span, original: None }
    }
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
    /// A line of the header block has no field name, so it and its continuation lines belong to no field.
    UnreadableHeaderLine,
    /// A continuation line stood where no field had begun.
    OrphanContinuation,
    /// The header block ran into the body without the blank line that ends it (RFC 5322 section 2.1). The span is the
    /// first line that was taken for body.
    MissingBlankLine,
    /// Lines end in LF, or in both LF and CRLF; each is hashed as CRLF, as it was on the wire (RFC 6376 section 5.3).
    /// One repair for the whole input, from the first LF without CR to the last.
    LineEndings,
    /// Carriage returns without a line feed.
    BareCarriageReturn,
    /// NUL bytes (RFC 5322 section 2.2 forbids them).
    NulByte,
    /// A header value holds bytes above 127 that are not UTF-8, read in a guessed charset. The span is the field.
    RawEightBitHeader,
    /// The mbox file marked lines of the body that begin with "From "; the marks are taken off. The span is the first such
    /// line.
    QuotedFromLines,
    /// The length that Apple Mail wrote on the first line is not that of the message.
    LengthWrong,
    /// There was no header as it came over the Internet; this one is put together from what Outlook shows.
    HeaderFromProperties,
    /// The text was UTF-16, as some editors save it.
    Utf16,
    /// The text was HTML; its tags are taken out.
    Markup,
    /// Spaces that no header has, full-width or without a break, and full-width colons are read as plain ones.
    OddSpaces,
    /// Marks of quoting (`> `) are taken off.
    Quoted,
    /// All lines began with the same white space; it is taken off.
    Indented,
    /// Every other line was blank; those lines are left out.
    DoubleSpaced,
    /// Words of a mail program, a web page or a letter around the header; they are left out.
    Surroundings,
    /// A row of a table is read as a field.
    TableRow,
    /// A tab after the colon, as tables have it, is read as a space.
    TabAfterColon,
    /// A mail program's label (`Sent:`, `差出人:`) is read as the field it stands for.
    Label,
    /// A line without white space at its beginning continues the field before it.
    LostFolding,
    /// More fields than the limit; the rest is not listed. The span reaches from the first that is left out to the end
    /// of the header block.
    TooManyFields,
}

/// Collects repairs: neighbours of one code become one, and no code can fill the memory.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    list: Vec<Repair>,
    /// Per code: how many there are, and where the last one stands in `list`.
    last: Vec<(RepairCode, usize, usize)>,
}

impl Repairs {
    pub(super) fn add(&mut self, code: RepairCode, span: Span) {
        let known = self.last.iter_mut().find(|(of, ..)| *of == code);
        let Some((_, count, last)) = known else {
            self.last.push((code, 1, self.list.len()));
            self.list.push(Repair::new(code, span));
            return;
        };
        match self.list.get_mut(*last) {
            Some(repair) if repair.span.end == span.start || *count >= Repair::MAX_OF_A_CODE => {
                repair.span.end = span.end;
            }
            _ => {
                *count += 1;
                *last = self.list.len();
                self.list.push(Repair::new(code, span));
            }
        }
    }

    /// The repairs in the order of the input.
    pub(super) fn into_list(mut self) -> Vec<Repair> {
        self.list.sort_by_key(|repair| repair.span);
        self.list
    }
}
