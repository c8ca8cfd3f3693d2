//! One header field, and its value unfolded with a way back to the bytes.

use std::ops::Range;

use super::source::{Source, Span};

/// A header field as it stands in the input (RFC 5322 section 2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name as written, without white space before the colon.
    pub name: String,
    /// The whole field, from the first byte of the name to the end of its last line, line end included.
    pub span: Span,
    /// What stands after the colon, without the final line end; folding is still in it.
    pub value: Span,
}

impl Field {
    /// Compares the name without case (RFC 5322 section 1.2.2).
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value with folding removed (RFC 5322 section 2.2.3): line ends go, the white space after them stays.
    /// Bytes that are not UTF-8 become U+FFFD; use the message's decoded text for showing a value to a person.
    #[must_use]
    pub fn unfold(&self, source: &Source) -> Unfolded {
        Unfolded::new(source.slice(self.value), self.value.start)
    }
}

/// Text without folding that knows where each of its characters stood in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfolded {
    pub text: String,
    /// Where runs of text came from, ascending, none of them empty.
    runs: Vec<Run>,
    /// Where the value begins in the input.
    start: usize,
    /// The bytes as they stood, kept only where some of them are not UTF-8.
    raw: Option<Vec<u8>>,
}

/// A run of text that came from neighbouring bytes; it ends where the next run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Offset in the text.
    text: usize,
    /// Offset in the input.
    input: usize,
    origin: Origin,
}

/// How the text of a run was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Byte by byte the same.
    Verbatim,
    /// Each U+FFFD stands for that many bytes which are not UTF-8.
    Replaced(usize),
}

/// How many bytes U+FFFD has in UTF-8.
const REPLACEMENT: usize = char::REPLACEMENT_CHARACTER.len_utf8();

impl Unfolded {
    /// Unfolds the bytes of a value that begins at `start` of the input.
    #[must_use]
    pub fn new(raw: &[u8], start: usize) -> Self {
        let mut unfolded = Self { text: String::with_capacity(raw.len()), runs: Vec::new(), start, raw: None };
        let mut at = start;
        for line in raw.split_inclusive(|&byte| byte == b'\n') {
            let content = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
            unfolded.push_line(content, at);
            at += line.len();
        }
        if unfolded.runs.iter().any(|run| run.origin != Origin::Verbatim) {
            unfolded.raw = Some(raw.to_vec());
        }
        unfolded
    }

    fn push_line(&mut self, content: &[u8], mut at: usize) {
        for chunk in content.utf8_chunks() {
            if !chunk.valid().is_empty() {
                self.runs.push(Run { text: self.text.len(), input: at, origin: Origin::Verbatim });
                self.text.push_str(chunk.valid());
                at += chunk.valid().len();
            }
            let invalid = chunk.invalid().len();
            if invalid > 0 {
                // Neighbours alike are one run, so that a value of rubbish does not make a run for each byte.
                let origin = Origin::Replaced(invalid);
                let neighbour = self.runs.last().is_some_and(|run| run.origin == origin && self.end_of(*run) == at);
                if !neighbour {
                    self.runs.push(Run { text: self.text.len(), input: at, origin });
                }
                self.text.push(char::REPLACEMENT_CHARACTER);
                at += invalid;
            }
        }
    }

    /// The input bytes that a range of `text` came from: from the first byte of its first character to the last byte of
    /// its last one, folding between them included. An empty range gives the empty span where its start stood.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        let end = range.end.min(self.text.len());
        if range.start >= end {
            return Span::new(start, start);
        }
        let Some(run) = self.run_at(end - 1) else { return Span::new(start, start) };
        Span::new(start, run.end_after(end - run.text))
    }

    /// The input bytes of a range of `text`; where the whole value is UTF-8, without the folding between them.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        let Some(raw) = &self.raw else {
            return self.text.as_bytes().get(range).unwrap_or_default();
        };
        let span = self.span(range);
        raw.get(span.start - self.start..span.end - self.start).unwrap_or_default()
    }

    fn offset(&self, position: usize) -> usize {
        let Some(run) = self.run_at(position) else { return self.start };
        let into = position.min(self.text.len()) - run.text;
        match run.origin {
            Origin::Verbatim => run.input + into,
            Origin::Replaced(bytes) => run.input + into / REPLACEMENT * bytes,
        }
    }

    /// The run that holds a position of the text; the last one for the end of the text.
    fn run_at(&self, position: usize) -> Option<Run> {
        let position = position.min(self.text.len());
        let after = self.runs.partition_point(|run| run.text <= position);
        self.runs.get(after.checked_sub(1)?).copied()
    }

    /// Where the last run ends in the input so far.
    fn end_of(&self, run: Run) -> usize {
        run.end_after(self.text.len() - run.text)
    }
}

impl Run {
    /// The input offset after so many bytes of the run's text, a part of a character counted whole.
    const fn end_after(self, text: usize) -> usize {
        match self.origin {
            Origin::Verbatim => self.input + text,
            Origin::Replaced(bytes) => self.input + text.div_ceil(REPLACEMENT) * bytes,
        }
    }
}

#[cfg(test)]
mod tests;
