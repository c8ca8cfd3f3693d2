//! The header block: where it begins, its fields, and where the body begins.

use super::line::{Line, Shape, is_mail_field};
use super::repair::Repairs;
use super::{Field, Kept, Kind, LineEndings, Message, RepairCode, Source, Span};

/// How many unreadable lines may stand in a header block for each field of mail that follows them. Folded fields whose
/// folding was lost make about so many (a long DKIM-Signature); prose that quotes a few fields makes more.
const MAX_UNREADABLE_PER_FIELD: usize = 8;

/// What blank lines after the header mean where nothing else follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlankEnd {
    /// A file: the body is there and empty, unless the header says that it cannot be.
    EmptyBody,
    /// Text from the clipboard: an accident of copying.
    NoBody,
}

/// Splits the input into fields and body, in time linear in its length.
pub(super) fn read(source: Source, blank_end: BlankEnd) -> Message {
    let bytes = source.bytes();
    let mut repairs = Repairs::default();
    let line_endings = survey(bytes, &mut repairs);
    let start = skip_preamble(bytes, &mut repairs);
    let mut block =
        Block { bytes, ahead: Ahead::of(bytes, start), fields: Vec::new(), behind: [0; ALWAYS.len()], repairs };
    let body = block.read(start);
    let Block { fields, mut repairs, .. } = block;
    for field in &fields {
        if str::from_utf8(source.slice(field.value)).is_err() {
            repairs.add(RepairCode::RawEightBitHeader, field.span);
        }
    }
    let body = body.filter(|&body| {
        let blank = source.slice(body).iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        !(blank && (blank_end == BlankEnd::NoBody || must_have_body(&fields, &source)))
    });
    let kind = if body.is_some() { Kind::Eml } else { Kind::Headers };
    Message {
        kind,
        line_endings,
        fields,
        body,
        text: None,
        repairs: repairs.into_list(),
        kept: Kept::default(),
        place: None,
        pasted: None,
        source,
    }
}

/// The same of what has no header at all.
pub(super) fn without_header(source: Source) -> Message {
    let whole = Span::new(0, source.bytes().len());
    Message {
        kind: Kind::Eml,
        line_endings: survey(source.bytes(), &mut Repairs::default()),
        fields: Vec::new(),
        body: Some(whole),
        text: None,
        repairs: Vec::new(),
        kept: Kept::default(),
        place: None,
        pasted: None,
        source,
    }
}

/// Looks at every byte once: line ends, carriage returns without line feed, NUL.
fn survey(bytes: &[u8], repairs: &mut Repairs) -> LineEndings {
    let mut pairs = 0_usize;
    let mut feeds: Option<Span> = None;
    let mut previous = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' if previous == b'\r' => pairs += 1,
            b'\n' => feeds = Some(Span::new(feeds.map_or(at, |span| span.start), at + 1)),
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => {
                repairs.add(RepairCode::BareCarriageReturn, Span::new(at, at + 1));
            }
            0 => repairs.add(RepairCode::NulByte, Span::new(at, at + 1)),
            _ => {}
        }
        previous = byte;
    }
    if let Some(span) = feeds {
        repairs.add(RepairCode::LineEndings, span);
    }
    match (pairs, feeds) {
        (_, None) => LineEndings::Crlf,
        (0, Some(_)) => LineEndings::Lf,
        _ => LineEndings::Mixed,
    }
}

/// Passes over what may stand before the first field; returns where the header block begins. Blank lines are passed
/// over only where a field of mail follows: otherwise the first of them ends a header of no fields.
fn skip_preamble(bytes: &[u8], repairs: &mut Repairs) -> usize {
    let mut start = 0;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        repairs.add(RepairCode::ByteOrderMark, Span::new(0, 3));
        start = 3;
    }
    loop {
        let mut end = start;
        let mut line = Line::at(bytes, end);
        while let Some(blank) = line.filter(|line| line.shape() == Shape::Blank) {
            end = blank.span.end;
            line = Line::at(bytes, end);
        }
        let Some(line) = line else { return start };
        let separator = line.is_mbox_separator();
        let field = matches!(line.shape(), Shape::Field { name, .. } if is_mail_field(name));
        if end > start {
            if !separator && !field {
                return start;
            }
            repairs.add(RepairCode::LeadingBlankLines, Span::new(start, end));
        }
        if !separator {
            return end;
        }
        repairs.add(RepairCode::MboxFromLine, line.span);
        start = line.span.end;
    }
}

/// What is still to come before the blank line.
#[derive(Debug, Clone, Copy)]
struct Ahead {
    mail_fields: usize,
    unreadable: usize,
}

impl Ahead {
    fn of(bytes: &[u8], mut at: usize) -> Self {
        let mut ahead = Self { mail_fields: 0, unreadable: 0 };
        while let Some(line) = Line::at(bytes, at) {
            match line.shape() {
                Shape::Blank => break,
                Shape::Field { name, .. } => ahead.mail_fields += usize::from(is_mail_field(name)),
                Shape::Unreadable => ahead.unreadable += 1,
                Shape::Continuation => {}
            }
            at = line.span.end;
        }
        ahead
    }

    /// Whether the body begins at an unreadable line, itself counted in `unreadable`.
    ///
    /// RFC 5322 knows no such line, so two accidents are told apart by what follows up to the blank line. Where fields
    /// of mail go on, the line is junk among them (a value wrapped without white space, a gateway's remark): it is left
    /// out. Where none follows, the blank line was lost, and mail servers begin the body there (Postfix and Sendmail
    /// end the header at the first line that is no field), so this is what a signature was made or checked over.
    fn body_begins(self) -> bool {
        self.unreadable > self.mail_fields.saturating_mul(MAX_UNREADABLE_PER_FIELD)
    }
}

/// Fields that are listed behind [`Message::MAX_FIELDS`] as well, so that none of them is taken for absent, or for the only
/// one, because strangers wrote thousands of others above it.
const ALWAYS: [&str; 18] = [
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "DKIM-Signature",
    "ARC-Seal",
    "ARC-Message-Signature",
    "ARC-Authentication-Results",
];
/// How many of each are.
const MAX_OF_EACH: usize = 100;

/// The header block while it is read.
struct Block<'a> {
    bytes: &'a [u8],
    ahead: Ahead,
    fields: Vec<Field>,
    /// How many of [`ALWAYS`] were listed behind the limit.
    behind: [usize; ALWAYS.len()],
    repairs: Repairs,
}

/// What a continuation line continues.
#[derive(Debug, Clone, Copy)]
enum Open {
    Nothing,
    Field,
    Unreadable,
    LeftOut,
}

impl Block<'_> {
    /// Reads the fields; returns the body, `None` when the input ends with the header.
    fn read(&mut self, start: usize) -> Option<Span> {
        let mut open = Open::Nothing;
        let mut at = start;
        while let Some(line) = Line::at(self.bytes, at) {
            at = line.span.end;
            match line.shape() {
                Shape::Blank => return Some(Span::new(at, self.bytes.len())),
                Shape::Continuation => self.continue_with(open, line),
                Shape::Field { name, value } => {
                    self.ahead.mail_fields -= usize::from(is_mail_field(name));
                    open = self.begin_field(name, value, line);
                }
                Shape::Unreadable if self.ahead.body_begins() || self.is_binary(line) => {
                    self.repairs.add(RepairCode::MissingBlankLine, line.span);
                    return Some(Span::new(line.span.start, self.bytes.len()));
                }
                Shape::Unreadable => {
                    self.ahead.unreadable -= 1;
                    self.repairs.add(RepairCode::UnreadableHeaderLine, line.span);
                    open = Open::Unreadable;
                }
            }
        }
        None
    }

    /// A file of another kind, which may hold a message somewhere inside (an Outlook .msg): no text begins with NUL.
    fn is_binary(&self, line: Line<'_>) -> bool {
        self.fields.is_empty() && line.content.contains(&0)
    }

    fn begin_field(&mut self, name: &str, value: usize, line: Line<'_>) -> Open {
        if self.fields.len() >= Message::MAX_FIELDS && !self.is_kept_always(name) {
            self.repairs.add(RepairCode::TooManyFields, line.span);
            return Open::LeftOut;
        }
        let start = line.span.start;
        let value = Span::new(start + value, start + line.content.len());
        self.fields.push(Field { name: name.to_owned(), span: line.span, value });
        Open::Field
    }

    /// Counts a field behind the limit; false where it is not to be listed.
    fn is_kept_always(&mut self, name: &str) -> bool {
        let place = ALWAYS.iter().position(|known| known.eq_ignore_ascii_case(name.trim_end()));
        let Some(count) = place.and_then(|place| self.behind.get_mut(place)) else { return false };
        *count += 1;
        *count <= MAX_OF_EACH
    }

    fn continue_with(&mut self, open: Open, line: Line<'_>) {
        let code = match open {
            Open::Field => {
                if let Some(field) = self.fields.last_mut() {
                    field.span.end = line.span.end;
                    field.value.end = line.span.start + line.content.len();
                }
                return;
            }
            Open::Nothing => RepairCode::OrphanContinuation,
            Open::Unreadable => RepairCode::UnreadableHeaderLine,
            Open::LeftOut => RepairCode::TooManyFields,
        };
        self.repairs.add(code, line.span);
    }
}

/// Whether the header itself says that a body was there, so that a file which ends with the header has lost it. Only
/// what no writer puts above an empty body counts: a multipart has at least its closing delimiter (RFC 2046 section
/// 5.1.1), an enclosed message its own header (section 5.2.1), a length or a count of lines is above zero. A signed
/// body hash does not count: it cannot tell a body that was cut off from one that was replaced by nothing.
fn must_have_body(fields: &[Field], source: &Source) -> bool {
    fields.iter().any(|field| {
        let value = source.slice(field.value).trim_ascii();
        if field.is("Content-Type") {
            let start = value.get(..value.len().min(10)).unwrap_or_default().to_ascii_lowercase();
            start == b"multipart/" || start.starts_with(b"message/")
        } else if field.is("Content-Length") || field.is("Lines") {
            value.iter().all(u8::is_ascii_digit) && value.iter().any(|&digit| digit != b'0')
        } else {
            false
        }
    })
}

#[cfg(test)]
pub(super) mod tests;
