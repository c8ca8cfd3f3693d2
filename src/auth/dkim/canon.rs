//! Canonical forms of body and header (RFC 6376 section 3.4), on raw bytes and in pieces, so that a large body is never copied.
//!
//! Line ends: what is hashed is the message as it was on the wire, where each line ends in CRLF (RFC 6376 section 5.3).
//! A line feed ends a line with or without a carriage return before it, also when a file mixes both. A carriage return
//! alone ends no line, as in the header block: it is hashed as the byte that it is, the way the signer saw it.

use serde::Serialize;

/// A canonicalization algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    Simple,
    Relaxed,
}

impl Form {
    /// The name as in `c=`; the words of the grammar have no case (RFC 5234 section 2.3).
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "simple" => Some(Self::Simple),
            "relaxed" => Some(Self::Relaxed),
            _ => None,
        }
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Relaxed => "relaxed",
        }
    }
}

/// Takes canonical bytes, piece by piece.
pub trait Sink {
    fn write(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// The canonical body (sections 3.4.3 and 3.4.4): push the body in any pieces, then finish.
#[derive(Debug, Clone)]
pub struct Body {
    form: Form,
    lines: Lines,
    /// Line ends that count only when something follows: empty lines at the end of the body are ignored.
    pending_ends: usize,
    /// White space that counts only when something of the same line follows.
    pending_space: bool,
    /// Something of the current line was written.
    in_line: bool,
    written: bool,
}

impl Body {
    #[must_use]
    pub const fn new(form: Form) -> Self {
        Self { form, lines: Lines::new(), pending_ends: 0, pending_space: false, in_line: false, written: false }
    }

    pub fn push(&mut self, piece: &[u8], sink: &mut impl Sink) {
        let mut lines = self.lines;
        lines.push(piece, |event| self.take(event, sink));
        self.lines = lines;
    }

    /// Whether what was pushed so far ends with a line that holds something, right after its end: the body up to there is
    /// what was written and CRLF.
    #[must_use]
    pub const fn is_at_line_end(&self) -> bool {
        self.written && self.pending_ends == 1 && !self.in_line
    }

    /// Ends the body: the last line gets its CRLF. An empty body is CRLF in the simple form and nothing in the relaxed one.
    pub fn finish(mut self, sink: &mut impl Sink) {
        let mut lines = self.lines;
        lines.finish(|event| self.take(event, sink));
        if self.form == Form::Simple || self.written {
            sink.write(b"\r\n");
        }
    }

    fn take(&mut self, event: Event<'_>, sink: &mut impl Sink) {
        match event {
            Event::Text(text) if self.form == Form::Simple => self.write(text, sink),
            Event::Text(text) => {
                for (is_space, run) in runs(text) {
                    if is_space {
                        self.pending_space = true;
                    } else {
                        self.write(run, sink);
                    }
                }
            }
            Event::End => {
                self.pending_ends += 1;
                self.pending_space = false;
                self.in_line = false;
            }
        }
    }

    fn write(&mut self, text: &[u8], sink: &mut impl Sink) {
        for _ in 0..std::mem::take(&mut self.pending_ends) {
            sink.write(b"\r\n");
        }
        if std::mem::take(&mut self.pending_space) {
            sink.write(b" ");
        }
        sink.write(text);
        self.in_line = true;
        self.written = true;
    }
}

/// One canonical header field (sections 3.4.1 and 3.4.2), without the CRLF after it: push the field in any pieces, then finish.
#[derive(Debug)]
pub struct Header {
    form: Form,
    lines: Lines,
    part: Part,
    pending_ends: usize,
    pending_space: bool,
}

/// Where in a field we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    /// After the colon, where white space is dropped.
    ValueStart,
    Value,
}

impl Header {
    #[must_use]
    pub const fn new(form: Form) -> Self {
        Self { form, lines: Lines::new(), part: Part::Name, pending_ends: 0, pending_space: false }
    }

    pub fn push(&mut self, piece: &[u8], sink: &mut impl Sink) {
        let mut lines = self.lines;
        lines.push(piece, |event| self.take(event, sink));
        self.lines = lines;
    }

    pub fn finish(mut self, sink: &mut impl Sink) {
        let mut lines = self.lines;
        lines.finish(|event| self.take(event, sink));
    }

    fn take(&mut self, event: Event<'_>, sink: &mut impl Sink) {
        match (self.form, event) {
            (Form::Simple, Event::Text(text)) => {
                for _ in 0..std::mem::take(&mut self.pending_ends) {
                    sink.write(b"\r\n");
                }
                sink.write(text);
            }
            (Form::Simple, Event::End) => self.pending_ends += 1,
            // Unfolding: the line end goes, the white space after it stays.
            (Form::Relaxed, Event::End) => {}
            (Form::Relaxed, Event::Text(text)) => self.relax(text, sink),
        }
    }

    fn relax(&mut self, text: &[u8], sink: &mut impl Sink) {
        let mut value = text;
        if self.part == Part::Name {
            let colon = text.iter().position(|&byte| byte == b':');
            let (name, rest) = text.split_at(colon.unwrap_or(text.len()));
            self.reduce(&name.to_ascii_lowercase(), sink);
            let Some(rest) = rest.get(1..) else { return };
            self.pending_space = false;
            sink.write(b":");
            self.part = Part::ValueStart;
            value = rest;
        }
        self.reduce(value, sink);
    }

    fn reduce(&mut self, text: &[u8], sink: &mut impl Sink) {
        for (is_space, run) in runs(text) {
            if is_space {
                self.pending_space = self.part != Part::ValueStart;
                continue;
            }
            if std::mem::take(&mut self.pending_space) {
                sink.write(b" ");
            }
            if self.part == Part::ValueStart {
                self.part = Part::Value;
            }
            sink.write(run);
        }
    }
}

/// Splits pieces into the text of lines and their ends, whatever the ends are.
#[derive(Debug, Clone, Copy)]
struct Lines {
    /// The piece before ended in a carriage return that may belong to a line end.
    held_return: bool,
}

#[derive(Clone, Copy)]
enum Event<'a> {
    /// Text of a line, never empty.
    Text(&'a [u8]),
    End,
}

impl Lines {
    const fn new() -> Self {
        Self { held_return: false }
    }

    fn push(&mut self, piece: &[u8], mut take: impl FnMut(Event<'_>)) {
        for part in piece.split_inclusive(|&byte| byte == b'\n') {
            let (text, ended) = match part.split_last() {
                Some((b'\n', text)) => (text, true),
                _ => (part, false),
            };
            let (text, returned) = match text.split_last() {
                Some((b'\r', text)) => (text, true),
                _ => (text, false),
            };
            // The return held back was part of the line end only when the line ends right here.
            let held = std::mem::take(&mut self.held_return);
            if held && !(ended && text.is_empty() && !returned) {
                take(Event::Text(b"\r"));
            }
            if !text.is_empty() {
                take(Event::Text(text));
            }
            if ended {
                take(Event::End);
            } else {
                self.held_return = returned;
            }
        }
    }

    fn finish(&mut self, mut take: impl FnMut(Event<'_>)) {
        if std::mem::take(&mut self.held_return) {
            take(Event::Text(b"\r"));
        }
    }
}

/// Runs of white space (true) and of anything else (false).
fn runs(text: &[u8]) -> impl Iterator<Item = (bool, &[u8])> {
    text.chunk_by(|&left, &right| is_space(left) == is_space(right))
        .map(|run| (run.first().is_some_and(|&byte| is_space(byte)), run))
}

/// WSP of RFC 6376 section 2.8.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(form: Form, text: &[u8]) -> String {
        let whole = pieces(form, &[text]);
        // The same in the smallest pieces.
        let bytes: Vec<&[u8]> = text.chunks(1).collect();
        assert_eq!(whole, pieces(form, &bytes));
        whole
    }

    fn pieces(form: Form, parts: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut body = Body::new(form);
        for part in parts {
            body.push(part, &mut out);
        }
        body.finish(&mut out);
        String::from_utf8(out).unwrap()
    }

    fn header(form: Form, text: &[u8]) -> String {
        let mut whole = Vec::new();
        let mut canon = Header::new(form);
        canon.push(text, &mut whole);
        canon.finish(&mut whole);
        let mut split = Vec::new();
        let mut canon = Header::new(form);
        for byte in text.chunks(1) {
            canon.push(byte, &mut split);
        }
        canon.finish(&mut split);
        assert_eq!(whole, split);
        String::from_utf8(whole).unwrap()
    }

    // The message of RFC 6376 section 3.4.5.
    const BODY: &[u8] = b" C \r\nD \t E\r\n\r\n\r\n";

    #[test]
    fn the_examples_of_section_3_4_5() {
        assert_eq!(header(Form::Relaxed, b"A: X\r\n"), "a:X");
        assert_eq!(header(Form::Relaxed, b"B : Y\t\r\n\tZ  \r\n"), "b:Y Z");
        assert_eq!(header(Form::Simple, b"A: X\r\n"), "A: X");
        assert_eq!(header(Form::Simple, b"B : Y\t\r\n\tZ  \r\n"), "B : Y\t\r\n\tZ  ");
        assert_eq!(body(Form::Relaxed, BODY), " C\r\nD E\r\n");
        assert_eq!(body(Form::Simple, BODY), " C \r\nD \t E\r\n");
    }

    #[test]
    fn an_empty_body_is_one_line_end_or_nothing() {
        for empty in [b"".as_slice(), b"\r\n", b"\r\n\r\n\r\n", b"\n\n"] {
            assert_eq!(body(Form::Simple, empty), "\r\n");
            assert_eq!(body(Form::Relaxed, empty), "");
        }
    }

    #[test]
    fn lines_of_white_space_at_the_end_are_empty_only_when_relaxed() {
        assert_eq!(body(Form::Relaxed, b" \t\r\n\r\n  \r\n"), "");
        assert_eq!(body(Form::Relaxed, b"x\r\n \t\r\n  \r\n\r\n"), "x\r\n");
        assert_eq!(body(Form::Relaxed, b"x\r\n \t\r\n  \r\ny"), "x\r\n\r\n\r\ny\r\n");
        assert_eq!(body(Form::Relaxed, b"x\r\n \t"), "x\r\n");
        assert_eq!(body(Form::Simple, b"x\r\n \t\r\n\r\n"), "x\r\n \t\r\n");
    }

    #[test]
    fn the_last_line_gets_its_end() {
        assert_eq!(body(Form::Simple, b"x"), "x\r\n");
        assert_eq!(body(Form::Relaxed, b"x "), "x\r\n");
    }

    #[test]
    fn white_space_in_a_line_becomes_one_space_and_goes_at_its_end() {
        assert_eq!(body(Form::Relaxed, b"\t a  b\t\tc \t\r\nd"), " a b c\r\nd\r\n");
    }

    #[test]
    fn every_line_feed_ends_a_line_and_a_lone_return_none() {
        assert_eq!(body(Form::Simple, b"a\nb\r\nc\n\n"), "a\r\nb\r\nc\r\n");
        assert_eq!(body(Form::Simple, b"a\rb\r\nc\r\r\n"), "a\rb\r\nc\r\r\n");
        assert_eq!(body(Form::Simple, b"a\n\r"), "a\r\n\r\r\n");
        assert_eq!(body(Form::Simple, b"a\rb\r"), "a\rb\r\r\n");
        assert_eq!(header(Form::Relaxed, b"A: x\r y \r\n"), "a:x\r y");
    }

    #[test]
    fn folding_is_removed_only_when_relaxed() {
        assert_eq!(header(Form::Relaxed, b"Subject:\n  a\n\t \n b \n"), "subject:a b");
        assert_eq!(header(Form::Simple, b"Subject:\n  a\n\t \n b \n"), "Subject:\r\n  a\r\n\t \r\n b ");
        assert_eq!(header(Form::Relaxed, b"X:a:b :  c"), "x:a:b : c");
        assert_eq!(header(Form::Relaxed, b"X-Empty:  \r\n"), "x-empty:");
    }
}
