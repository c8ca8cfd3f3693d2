//! Header text as a person reads it: encoded words (RFC 2047) and raw 8-bit bytes in the charsets mail uses.

use mail_parser::decoders::base64::base64_decode;

use super::charset::{self, Reading};
use super::{Field, Message};

/// How the bytes of a value became text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Control characters are still in it.
    pub text: String,
    /// The charset that bytes were read in which are neither UTF-8 nor what their label says (a guess).
    pub guessed_charset: Option<&'static str>,
}

/// Decodes the value of a field for showing it: folding removed, encoded words decoded, split multi-byte characters
/// joined, raw ISO-2022-JP, `Shift_JIS` and EUC-JP recognised.
#[must_use]
pub fn value(message: &Message, field: &Field) -> Decoded {
    text(message.source.slice(field.value))
}

/// Decodes header text from anywhere in a message, like [`value`]. White space at both ends is dropped.
#[must_use]
pub fn text(raw: &[u8]) -> Decoded {
    let unfolded = without_folding(raw);
    let mut output = Output::default();
    // What of `unfolded` is not yet in the output.
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = unfolded.get(at..).and_then(|rest| rest.windows(2).position(|pair| pair == b"=?")) {
        let start = at + found;
        match EncodedWord::read(&unfolded[start..]) {
            Some(word) => {
                output.push_plain(&unfolded[plain..start]);
                at = start + word.length;
                plain = at;
                output.push_word(word);
            }
            None => at = start + 2,
        }
    }
    output.push_plain(&unfolded[plain..]);
    output.flush_words();
    let text = output.text.trim_matches([' ', '\t']).to_owned();
    Decoded { text, guessed_charset: output.guessed }
}

/// Decodes lines of a body for showing them, read in that charset where they fit it.
#[must_use]
pub fn lines(bytes: &[u8], charset: Option<&str>) -> String {
    match charset {
        Some(label) => charset::strict(label, bytes).unwrap_or_else(|| charset::mislabelled(label, bytes).text),
        None => charset::unlabelled(bytes).text,
    }
}

fn without_folding(raw: &[u8]) -> Vec<u8> {
    let mut unfolded = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        unfolded.extend(line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line)));
    }
    unfolded
}

/// One `=?charset?encoding?text?=`.
struct EncodedWord {
    charset: String,
    bytes: Vec<u8>,
    /// How many bytes of the input it takes.
    length: usize,
}

impl EncodedWord {
    /// The longest charset name that is looked for.
    const MAX_CHARSET: usize = 64;

    /// Reads the encoded word that `input` begins with. White space in the text and any length are accepted, both
    /// forbidden by RFC 2047 section 2 and both common. A question mark ends the text, except one right before the end.
    fn read(input: &[u8]) -> Option<Self> {
        let rest = input.strip_prefix(b"=?")?;
        let name = rest.iter().take(Self::MAX_CHARSET).position(|&byte| byte == b'?')?;
        let charset = str::from_utf8(&rest[..name]).ok().filter(|name| name.bytes().all(|b| b.is_ascii_graphic()))?;
        let [encoding, b'?', rest @ ..] = &rest[name + 1..] else { return None };
        let mark = rest.iter().position(|&byte| byte == b'?')?;
        let length = match &rest[mark + 1..] {
            [b'=', ..] => mark,
            [b'?', b'=', ..] => mark + 1,
            _ => return None,
        };
        let bytes = match encoding {
            b'B' | b'b' => base64_decode(&rest[..length])?,
            b'Q' | b'q' => decode_q(&rest[..length]),
            _ => return None,
        };
        Some(Self { charset: charset.to_owned(), bytes, length: input.len() - rest.len() + length + 2 })
    }
}

/// The Q encoding (RFC 2047 section 4.2); an equals sign without two hexadecimal digits stays as it is.
fn decode_q(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped = match (first, after) {
            (b'=', [high, low, after @ ..]) => hex(*high).zip(hex(*low)).map(|digits| (digits, after)),
            _ => None,
        };
        match (escaped, first) {
            (Some(((high, low), after)), _) => {
                bytes.push(high << 4 | low);
                rest = after;
            }
            (None, b'_') => bytes.push(b' '),
            (None, other) => bytes.push(*other),
        }
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Text while it is put together.
#[derive(Default)]
struct Output {
    text: String,
    guessed: Option<&'static str>,
    /// Encoded words of one charset with nothing but white space between them.
    words: Vec<EncodedWord>,
}

impl Output {
    /// White space between two encoded words is no text (RFC 2047 section 6.2).
    fn push_plain(&mut self, bytes: &[u8]) {
        if bytes.iter().all(|byte| matches!(byte, b' ' | b'\t')) && !self.words.is_empty() {
            return;
        }
        self.flush_words();
        self.push(&charset::unlabelled(bytes));
    }

    fn push_word(&mut self, word: EncodedWord) {
        if self.words.last().is_some_and(|last| !last.charset.eq_ignore_ascii_case(&word.charset)) {
            self.flush_words();
        }
        self.words.push(word);
    }

    /// Decodes the waiting words as one, so that a character whose bytes were split over two of them is whole; where
    /// that does not fit their charset, each on its own, so that damage stays in its word.
    fn flush_words(&mut self) {
        let words = std::mem::take(&mut self.words);
        let Some(first) = words.first() else { return };
        let joined: Vec<u8> = words.iter().flat_map(|word| word.bytes.iter().copied()).collect();
        if let Some(text) = charset::strict(&first.charset, &joined) {
            self.push(&Reading { text, guessed: None });
            return;
        }
        for word in &words {
            let text = charset::strict(&word.charset, &word.bytes);
            let reading = text.map(|text| Reading { text, guessed: None });
            self.push(&reading.unwrap_or_else(|| charset::mislabelled(&word.charset, &word.bytes)));
        }
    }

    fn push(&mut self, reading: &Reading) {
        self.text.push_str(&reading.text);
        self.guessed = self.guessed.or(reading.guessed);
    }
}

#[cfg(test)]
mod tests;
