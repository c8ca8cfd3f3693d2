//! mbox files (RFC 4155): where each message begins, and one message of them. The index holds offsets alone, so that a
//! file of gigabytes is listed in little memory.

use std::io::BufRead;
use std::ops::Range;

use super::super::line::{Line, Shape, is_dated, is_mail_field};
use super::super::{Fidelity, Kept, Kind, Message, Repair, RepairCode, Span};
use super::{Container, Gauge, Refusal, Store, placed};

/// The longest separator line, and how much of the line after it is looked at.
const MAX_LINE: usize = 1024;
/// How much is read at a time.
const CHUNK: u64 = 1 << 20;
/// How far into a message its Content-Length is looked for.
const MAX_HEADER: u64 = 1 << 20;

/// Whether a file that begins like this is an mbox.
pub(super) fn is_mbox(prefix: &[u8]) -> bool {
    let prefix = prefix.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prefix);
    let blank = prefix.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let line = Line::at(prefix, blank);
    line.is_some_and(|line| line.content.starts_with(b"From ") && line.is_mbox_separator())
}

/// Where the messages of an mbox begin.
#[derive(Debug)]
pub(super) struct Index {
    starts: Vec<u64>,
    end: u64,
    dialect: Dialect,
    /// There are more messages than are listed.
    pub(super) is_cut: bool,
}

/// How the writer kept lines that begin with "From " apart from separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// `>From `: mboxo, mboxrd.
    Quoting,
    /// Content-Length says where each message ends: mboxcl, mboxcl2.
    Lengths,
}

impl Index {
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a message, its separator line included.
    pub(super) fn range(&self, message: usize) -> Range<u64> {
        let start = self.starts.get(message).copied().unwrap_or(self.end);
        start..self.starts.get(message + 1).copied().unwrap_or(self.end)
    }

    pub(super) fn read(&self, store: &Store, message: usize) -> Result<Message, Refusal> {
        let range = self.range(message);
        if range.end - range.start > Container::MAX_MESSAGE {
            return Err(Refusal::TooLarge);
        }
        let bytes = store.read(range.clone())?;
        // Somebody compacted or replaced the file.
        if bytes.is_empty() || !is_mbox(&bytes) {
            return Err(Refusal::Changed);
        }
        Ok(unquoted(Message::read(bytes.into_owned()), self.dialect, range.start))
    }

    /// Finds the messages, in time linear in the size of the file.
    pub(super) fn of(store: &Store, gauge: &Gauge) -> Result<Self, Refusal> {
        let mut scan = Scan { lines: Lines::new(store, gauge), undated: false, wrong_lengths: 0 };
        let mut index = Self { starts: Vec::new(), end: store.len(), dialect: Dialect::Quoting, is_cut: false };
        let mut after_blank = true;
        while let Some(first) = scan.lines.peek(1)?.first().copied() {
            let at = scan.lines.offset();
            match first {
                b'\n' | b'\r' => after_blank = scan.lines.skip_blank()?,
                b'F' if scan.is_separator(after_blank, index.starts.is_empty())? => {
                    if index.starts.len() >= Container::MAX_MESSAGES {
                        index.is_cut = true;
                        index.end = at;
                        break;
                    }
                    index.starts.push(at);
                    scan.lines.skip()?;
                    after_blank = false;
                    // The first message tells which dialect the file is in.
                    if index.starts.len() == 1 || (index.dialect == Dialect::Lengths && scan.trusts_lengths()) {
                        after_blank = scan.jump()?;
                        if after_blank {
                            index.dialect = Dialect::Lengths;
                        }
                    }
                }
                _ => {
                    scan.lines.skip()?;
                    after_blank = false;
                }
            }
        }
        Ok(index)
    }
}

/// Takes the quoting of "From " lines off again (mboxrd; mboxo leaves open whether the writer or the author wrote the
/// sign). Where the file tells the length of each message and still has such lines bare, nothing was quoted.
fn unquoted(message: Message, dialect: Dialect, offset: u64) -> Message {
    let kept = |body| Kept { header: Fidelity::AsSent, body };
    let body = message.body.unwrap_or_default();
    let bytes = message.source.slice(body);
    let is_quoted = |line: &[u8]| {
        let signs = line.iter().take_while(|&&byte| byte == b'>').count();
        signs > 0 && line.get(signs..).is_some_and(|rest| rest.starts_with(b"From "))
    };
    let lines = || bytes.split_inclusive(|&byte| byte == b'\n');
    let is_bare = dialect == Dialect::Lengths && lines().any(|line| line.starts_with(b"From "));
    if is_bare || !lines().any(is_quoted) {
        return placed(message, Kind::Mbox, kept(Fidelity::AsSent), Some(offset));
    }
    let mut written = message.source.slice(Span::new(0, body.start)).to_vec();
    written.reserve(body.len());
    let mut first = None;
    for line in lines() {
        let line = if is_quoted(line) {
            first.get_or_insert(Span::new(written.len(), written.len() + line.len() - 1));
            line.get(1..).unwrap_or_default()
        } else {
            line
        };
        written.extend_from_slice(line);
    }
    let mut message = Message::read(written);
    message.repairs.extend(first.map(|span| Repair::new(RepairCode::QuotedFromLines, span)));
    message.repairs.sort_by_key(|repair| repair.span);
    placed(message, Kind::Mbox, kept(Fidelity::Rewritten), Some(offset))
}

struct Scan<'a> {
    lines: Lines<'a>,
    /// The first separator has no date, so the others need none.
    undated: bool,
    /// How many lengths led nowhere.
    wrong_lengths: usize,
}

impl Scan<'_> {
    /// Each wrong length costs another reading of the same bytes.
    const MAX_WRONG_LENGTHS: usize = 16;

    const fn trusts_lengths(&self) -> bool {
        self.wrong_lengths < Self::MAX_WRONG_LENGTHS
    }

    /// Whether the line here begins a message. A separator follows a blank line, ends in a date, and a header field
    /// follows it; one of these may be missing where the line after it is certainly a field of mail.
    fn is_separator(&mut self, after_blank: bool, is_first: bool) -> Result<bool, Refusal> {
        let head = self.lines.peek(2 * MAX_LINE)?;
        let Some(line) = head.starts_with(b"From ").then(|| Line::at(head, 0)).flatten() else { return Ok(false) };
        if line.shape() != Shape::Unreadable || line.span.len() > MAX_LINE {
            return Ok(false);
        }
        let dated = is_dated(line.content);
        let next = Line::at(head, line.span.end);
        let (is_field, is_mail) = match next.map(Line::shape) {
            Some(Shape::Field { name, .. }) => (true, is_mail_field(name)),
            // The separator of a mail server that put its own above another's.
            Some(Shape::Unreadable) => {
                let quoted = next.is_some_and(|next| next.content.starts_with(b">From "));
                (quoted, quoted)
            }
            _ => (false, false),
        };
        if is_first {
            self.undated = !dated;
            return Ok(true);
        }
        Ok((dated && is_field && after_blank) || (is_mail && (dated || (self.undated && after_blank))))
    }

    /// Passes over the message here by its Content-Length, where it has one that leads to the next separator or to the
    /// end of the file; else stays where it is.
    fn jump(&mut self) -> Result<bool, Refusal> {
        let start = self.lines.offset();
        let mut length = None;
        while let Some(first) = self.lines.peek(1)?.first().copied() {
            if self.lines.offset() - start > MAX_HEADER {
                break;
            }
            match first {
                b'\n' | b'\r' => {
                    self.lines.skip()?;
                    let end = length.and_then(|length: u64| self.lines.offset().checked_add(length));
                    if let Some(end) = end.filter(|&end| end <= self.lines.end()) {
                        if self.ends_at(end)? {
                            return Ok(true);
                        }
                        self.wrong_lengths += 1;
                    }
                    break;
                }
                b'C' | b'c' => {
                    let head = self.lines.peek(MAX_LINE)?;
                    length = Line::at(head, 0).and_then(content_length).or(length);
                    self.lines.skip()?;
                }
                _ => self.lines.skip()?,
            }
        }
        self.lines.seek(start);
        Ok(false)
    }

    /// Whether a message ends there: the file does, or a separator follows, after one blank line where there is one.
    fn ends_at(&mut self, end: u64) -> Result<bool, Refusal> {
        self.lines.seek(end);
        while self.lines.peek(1)?.first().is_some_and(|first| matches!(first, b'\r' | b'\n')) {
            if self.lines.offset() > end + 4 {
                return Ok(false);
            }
            self.lines.skip()?;
        }
        let head = self.lines.peek(MAX_LINE)?;
        let separator = head.starts_with(b"From ") && Line::at(head, 0).is_some_and(|line| is_dated(line.content));
        Ok(separator || head.is_empty())
    }
}

fn content_length(line: Line<'_>) -> Option<u64> {
    let Shape::Field { name, value } = line.shape() else { return None };
    let value = line.content.get(value..)?;
    let digits = str::from_utf8(value).ok()?.trim();
    name.eq_ignore_ascii_case("Content-Length").then(|| digits.parse().ok()).flatten()
}

/// The lines of a store, of which only a part is in memory.
struct Lines<'a> {
    store: &'a Store,
    gauge: &'a Gauge,
    /// Bytes of the file from `base` on, of which those before `at` are done with.
    buffer: Vec<u8>,
    base: u64,
    at: usize,
}

impl<'a> Lines<'a> {
    fn new(store: &'a Store, gauge: &'a Gauge) -> Self {
        Self { store, gauge, buffer: Vec::new(), base: 0, at: 0 }
    }

    fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    fn end(&self) -> u64 {
        self.store.len()
    }

    /// The next bytes: as many as wanted, unless the file ends before.
    fn peek(&mut self, wanted: usize) -> Result<&[u8], Refusal> {
        if self.buffer.len() - self.at < wanted {
            self.refill()?;
        }
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        Ok(rest.get(..wanted).unwrap_or(rest))
    }

    fn refill(&mut self) -> Result<(), Refusal> {
        let next = self.base + self.buffer.len() as u64;
        if next >= self.end() {
            return Ok(());
        }
        self.gauge.tell(next, self.end())?;
        self.buffer.drain(..self.at);
        self.base += self.at as u64;
        self.at = 0;
        let before = self.buffer.len();
        self.store.read_into(next, CHUNK, &mut self.buffer)?;
        // The file became shorter since it was opened.
        if self.buffer.len() == before { Err(Refusal::Changed) } else { Ok(()) }
    }

    /// Goes behind the next line feed.
    fn skip(&mut self) -> Result<(), Refusal> {
        loop {
            let mut rest = self.buffer.get(self.at..).unwrap_or_default();
            let length = rest.skip_until(b'\n')?;
            self.at += length;
            let found = length > 0 && self.buffer.get(self.at - 1) == Some(&b'\n');
            if found || self.base + self.buffer.len() as u64 >= self.end() {
                return Ok(());
            }
            self.refill()?;
        }
    }

    /// Goes behind this line and says whether it is blank.
    fn skip_blank(&mut self) -> Result<bool, Refusal> {
        let head = self.peek(MAX_LINE)?;
        let blank = Line::at(head, 0).is_some_and(|line| line.shape() == Shape::Blank);
        self.skip()?;
        Ok(blank)
    }

    fn seek(&mut self, offset: u64) {
        let known = self.base..=self.base + self.buffer.len() as u64;
        if known.contains(&offset) {
            self.at = usize::try_from(offset - self.base).unwrap_or(self.at);
        } else {
            self.buffer.clear();
            self.base = offset;
            self.at = 0;
        }
    }
}
