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
    /// (offset in `text`, offset in the input), ascending; between two entries both advance byte by byte.
    anchors: Vec<(usize, usize)>,
}

impl Unfolded {
    fn new(raw: &[u8], start: usize) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut anchors = vec![(0, start)];
        let mut at = 0;
        for line in raw.split_inclusive(|&byte| byte == b'\n') {
            let content = line.strip_suffix(b"\n").unwrap_or(line);
            let content = content.strip_suffix(b"\r").unwrap_or(content);
            anchors.push((text.len(), start + at));
            let mut offset = start + at;
            for chunk in content.utf8_chunks() {
                text.push_str(chunk.valid());
                offset += chunk.valid().len();
                if !chunk.invalid().is_empty() {
                    text.push(char::REPLACEMENT_CHARACTER);
                    offset += chunk.invalid().len();
                    anchors.push((text.len(), offset));
                }
            }
            at += line.len();
        }
        Self { text, anchors }
    }

    /// The input bytes that a range of `text` came from.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end.max(1) - 1) + usize::from(range.end > range.start))
    }

    fn offset(&self, position: usize) -> usize {
        let index = self.anchors.partition_point(|&(in_text, _)| in_text <= position);
        let (in_text, in_input) = self.anchors[index.saturating_sub(1)];
        in_input + (position - in_text)
    }
}
