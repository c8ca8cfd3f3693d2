//! Hashing a body once and looking at the hash after its lines: every text that was added at its end is tried in one pass.

use super::{Undo, Wanted};
use crate::auth::dkim::canon::{self, Form, Sink};
use crate::auth::dkim::cause::budget::{Budget, LOOK};
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::patch::{Patch, lines};
use crate::auth::dkim::crypto::Hasher;

/// How many lines before the end are looked at; before them, only lines that can be MIME delimiters.
const LINES: usize = 3_000;

/// What of a body fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Whole,
    /// All before that place; the rest was added.
    Until(usize),
}

/// Looks for the hash in the patched body and in its beginnings.
pub(super) fn scan(wanted: &Wanted<'_>, patch: &Patch, change: Change, budget: &mut Budget<'_>) -> Option<Fit> {
    let body = wanted.body;
    // What `l=` leaves uncovered does not matter, so a beginning has the hash of the whole.
    let tail = if wanted.plan.length.is_some() { body.len() } else { start_of_tail(body) };
    let bytes: usize = patch.pieces(body).map(|piece| piece.bytes.len()).sum();
    let looks = lines(body.get(tail..).unwrap_or_default()).count() as u64;
    if !budget.spend(change, bytes as u64 + looks * LOOK) {
        return None;
    }
    let mut sink = Covered::new(wanted);
    let mut canonical = canon::Body::new(wanted.plan.form);
    let mut pieces = patch.pieces(body);
    while let Some(piece) = pieces.next() {
        for (at, line) in lines(piece.bytes) {
            canonical.push(line, &mut sink);
            let after = at + line.len();
            let end = piece.start + if piece.verbatim { after } else { 0 };
            let is_looked_at = end >= tail || line.starts_with(b"--");
            if is_looked_at && wanted.plan.length.is_none() && canonical.is_at_line_end() && sink.ends_here(wanted) {
                let rest = piece.bytes.get(after..).unwrap_or_default();
                let is_end = is_blank(rest, wanted) && pieces.all(|piece| is_blank(piece.bytes, wanted));
                return Some(if is_end { Fit::Whole } else { Fit::Until(end) });
            }
        }
    }
    drop(pieces);
    canonical.finished(&mut sink).fits(wanted).then_some(Fit::Whole)
}

/// Readings of line ends and of the end of a body that other programs have.
pub(super) fn other_ends(wanted: &Wanted<'_>, budget: &mut Budget<'_>) -> Option<Undo> {
    let body = wanted.body;
    if wanted.plan.length.is_some() {
        return None;
    }
    let mut tried = |change| budget.spend(change, body.len() as u64);
    // Lines that end in a line feed alone, hashed so.
    if tried(Change::LineEnds) {
        let mut sink = FeedsOnly(Hasher::new(wanted.plan.hash));
        let mut canonical = canon::Body::new(wanted.plan.form);
        canonical.push(body, &mut sink);
        canonical.finish(&mut sink);
        if sink.0.finish().bytes() == wanted.stated {
            return Some(Undo::new(Change::LineEnds, Patch::NONE));
        }
    }
    // A line feed alone that ends no line (RFC 5322 section 2.3 forbids it).
    let lone = |pair: &[u8]| matches!(pair, [before, b'\n'] if *before != b'\r');
    if wanted.plan.form == Form::Simple && body.windows(2).any(lone) && tried(Change::LineEnds) {
        let mut hasher = Hasher::new(wanted.plan.hash);
        let end = body.trim_ascii_end().len();
        hasher.write(body.get(..end).unwrap_or_default());
        if hasher.peek(b"\r\n").bytes() == wanted.stated {
            return Some(Undo::new(Change::LineEnds, Patch::NONE));
        }
    }
    // No line end after the last line, or empty lines after it, that were hashed (sections 3.4.3 and 3.4.4 forbid both).
    if tried(Change::EndOfBody) {
        let mut hasher = Hasher::new(wanted.plan.hash);
        let mut canonical = canon::Body::new(wanted.plan.form);
        canonical.push(body, &mut hasher);
        for end in ["", "\r\n", "\r\n\r\n", "\r\n\r\n\r\n"] {
            if hasher.peek(end.as_bytes()).bytes() == wanted.stated {
                return Some(Undo::new(Change::EndOfBody, Patch::NONE));
            }
        }
    }
    None
}

/// Where the last lines begin.
fn start_of_tail(body: &[u8]) -> usize {
    let feeds = body.iter().enumerate().rev().filter(|(_, byte)| **byte == b'\n');
    feeds.map(|(at, _)| at + 1).nth(LINES).unwrap_or(0)
}

/// Whether a canonical body would end before this.
fn is_blank(rest: &[u8], wanted: &Wanted<'_>) -> bool {
    let ignored: &[u8] = match wanted.plan.form {
        Form::Simple => b"\r\n",
        Form::Relaxed => b"\r\n \t",
    };
    rest.iter().all(|byte| ignored.contains(byte))
}

/// Hashes what `l=` covers.
struct Covered {
    hasher: Hasher,
    written: u64,
    length: Option<u64>,
}

impl Covered {
    fn new(wanted: &Wanted<'_>) -> Self {
        Self { hasher: Hasher::new(wanted.plan.hash), written: 0, length: wanted.plan.length }
    }

    fn fits(&mut self, wanted: &Wanted<'_>) -> bool {
        self.length.is_none_or(|length| length <= self.written) && self.hasher.peek(b"").bytes() == wanted.stated
    }

    /// Whether a body fits that ends with the line before.
    fn ends_here(&mut self, wanted: &Wanted<'_>) -> bool {
        self.hasher.peek(b"\r\n").bytes() == wanted.stated
    }
}

impl Sink for Covered {
    fn write(&mut self, bytes: &[u8]) {
        let room = self.length.map_or(u64::MAX, |length| length.saturating_sub(self.written));
        let covered = usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len());
        self.hasher.write(bytes.get(..covered).unwrap_or_default());
        self.written += bytes.len() as u64;
    }
}

/// Writes canonical line ends as line feeds. They come in writes of their own.
struct FeedsOnly(Hasher);

impl Sink for FeedsOnly {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(if bytes == b"\r\n" { b"\n" } else { bytes });
    }
}

/// Finishing into a sink that is looked at afterwards.
trait Finished {
    fn finished(self, sink: &mut Covered) -> &mut Covered;
}

impl Finished for canon::Body {
    fn finished(self, sink: &mut Covered) -> &mut Covered {
        self.finish(sink);
        sink
    }
}
