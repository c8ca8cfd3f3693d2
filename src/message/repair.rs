//! What was damaged in the input and how it was read all the same.

use serde::Serialize;

use super::source::Span;

/// One piece of damage. The input itself is never changed; a repair says how it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub code: RepairCode,
    pub span: Span,
}

impl Repair {
    /// The most repairs of one code that are listed; the last of them reaches to the end of all damage of its kind.
    pub const MAX_OF_A_CODE: usize = 64;
}

/// The kinds of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairCode {
    /// A UTF-8 byte order mark stood before the first field; it is left out of every check.
    ByteOrderMark,
    /// An mbox separator line (`From sender date`) stood before the first field; it is left out of every check.
    MboxFromLine,
    /// An mbox file goes on with further messages (RFC 4155); they are left out. The span is the separator line of the
    /// second.
    SeveralMessages,
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
            self.list.push(Repair { code, span });
            return;
        };
        match self.list.get_mut(*last) {
            Some(repair) if repair.span.end == span.start || *count >= Repair::MAX_OF_A_CODE => {
                repair.span.end = span.end;
            }
            _ => {
                *count += 1;
                *last = self.list.len();
                self.list.push(Repair { code, span });
            }
        }
    }

    pub(super) fn has(&self, code: RepairCode) -> bool {
        self.last.iter().any(|(of, ..)| *of == code)
    }

    /// The repairs in the order of the input.
    pub(super) fn into_list(mut self) -> Vec<Repair> {
        self.list.sort_by_key(|repair| repair.span);
        self.list
    }
}
