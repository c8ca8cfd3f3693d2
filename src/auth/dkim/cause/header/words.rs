//! Encoded words (RFC 2047): taken apart, and made anew in the ways in which programs make them.

use std::ops::Range;

use super::{Undo, Wanted};
use crate::auth::dkim::base64;
use crate::auth::dkim::cause::body::unquoted;
use crate::auth::dkim::cause::change::Change;
use crate::message::decode;

/// The longest encoded word (RFC 2047 section 2).
const LONGEST: usize = 75;
/// The longest value that is coded anew.
const VALUE: usize = 4_096;

/// An encoded word in a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    pub(super) charset: String,
    pub(super) bytes: Vec<u8>,
}

/// Every encoded word of a value.
pub(super) fn read(value: &[u8]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(found) = value.get(at..).and_then(|rest| rest.windows(2).position(|pair| pair == b"=?")) {
        let start = at + found;
        match word(value, start) {
            Some(word) => {
                at = word.range.end;
                words.push(word);
            }
            None => at = start + 2,
        }
    }
    words
}

fn word(value: &[u8], start: usize) -> Option<Word> {
    let text = value.get(start + 2..)?;
    let mut parts = text.splitn(3, |&byte| byte == b'?');
    let (charset, encoding, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.windows(2).position(|pair| pair == b"?=")?;
    let coded = rest.get(..end)?;
    let charset = str::from_utf8(charset).ok().filter(|name| name.bytes().all(|byte| byte.is_ascii_graphic()))?;
    let bytes = match encoding {
        b"B" | b"b" => base64::decode(str::from_utf8(coded).ok()?)?,
        b"Q" | b"q" => {
            let spaced: Vec<u8> = coded.iter().map(|&byte| if byte == b'_' { b' ' } else { byte }).collect();
            unquoted(&spaced)
        }
        _ => return None,
    };
    let length = charset.len() + encoding.len() + 2 + end + 2;
    Some(Word { range: start..start + 2 + length, charset: charset.to_owned(), bytes })
}

/// The bytes of words of one charset that follow each other; `None` where charsets differ.
pub(super) fn joined(words: &[Word]) -> Option<Vec<u8>> {
    let first = words.first()?;
    let same = words.iter().all(|word| word.charset.eq_ignore_ascii_case(&first.charset));
    same.then(|| words.iter().flat_map(|word| word.bytes.iter().copied()).collect())
}

/// How a program makes encoded words.
#[derive(Debug, Clone, Copy)]
struct Style {
    base64: bool,
    capital: bool,
    /// The length of a line with its words.
    line: usize,
    /// Bytes of text in a word; `None` for as many as fit.
    bytes: Option<usize>,
}

const STYLES: &[Style] = &[
    Style { base64: true, capital: true, line: 76, bytes: None },
    Style { base64: false, capital: true, line: 76, bytes: None },
    Style { base64: true, capital: false, line: 76, bytes: None },
    Style { base64: false, capital: false, line: 76, bytes: None },
    Style { base64: true, capital: true, line: 75, bytes: None },
    Style { base64: true, capital: true, line: 74, bytes: None },
    Style { base64: true, capital: true, line: 78, bytes: None },
    Style { base64: true, capital: true, line: usize::MAX, bytes: Some(45) },
    Style { base64: true, capital: true, line: usize::MAX, bytes: Some(42) },
    Style { base64: true, capital: true, line: usize::MAX, bytes: Some(39) },
    Style { base64: true, capital: true, line: usize::MAX, bytes: None },
    Style { base64: true, capital: true, line: usize::MAX, bytes: Some(usize::MAX) },
    Style { base64: false, capital: true, line: usize::MAX, bytes: Some(usize::MAX) },
];

/// Text as it may have stood there: plain, or as encoded words of that charset in every style.
pub(super) fn forms(bytes: &[u8], like: &Word, name: &str) -> Vec<Vec<u8>> {
    let bytes = bytes.get(..bytes.len().min(VALUE)).unwrap_or_default();
    let mut forms = vec![bytes.to_vec()];
    for charset in [like.charset.clone(), like.charset.to_ascii_uppercase(), like.charset.to_ascii_lowercase()] {
        for style in STYLES {
            let form = encode(bytes, &charset, *style, name.len() + 2);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// Encoded words with a space between them, which is all that the relaxed form keeps of folding.
fn encode(bytes: &[u8], charset: &str, style: Style, first: usize) -> Vec<u8> {
    let frame = charset.len() + "=???=".len() + "B?".len();
    let mut words: Vec<String> = Vec::new();
    let mut text: Vec<u8> = Vec::new();
    let room = |words: &[String]| {
        let used = if words.is_empty() { first } else { 1 };
        LONGEST.min(style.line.saturating_sub(used)).saturating_sub(frame)
    };
    let length = |text: &[u8]| {
        if style.base64 { text.len().div_ceil(3) * 4 } else { quoted(text).len() }
    };
    let fits = |text: &[u8], words: &[String]| match style.bytes {
        Some(bytes) => text.len() <= bytes,
        None => length(text) <= room(words),
    };
    let finish = |text: &[u8], words: &mut Vec<String>| {
        let coded = if style.base64 { base64::encode(text) } else { quoted(text) };
        let letter = match (style.base64, style.capital) {
            (true, true) => 'B',
            (true, false) => 'b',
            (false, true) => 'Q',
            (false, false) => 'q',
        };
        words.push(format!("=?{charset}?{letter}?{coded}?="));
    };
    for unit in units(bytes, charset) {
        let longer = [text.as_slice(), unit].concat();
        if text.is_empty() || fits(&longer, &words) {
            text = longer;
        } else {
            finish(&text, &mut words);
            text = unit.to_vec();
        }
    }
    if !text.is_empty() {
        finish(&text, &mut words);
    }
    words.join(" ").into_bytes()
}

/// What must not be split: a character of UTF-8; text with escape sequences is left whole.
fn units<'a>(bytes: &'a [u8], charset: &str) -> Vec<&'a [u8]> {
    if bytes.contains(&0x1b) {
        return vec![bytes];
    }
    if !charset.eq_ignore_ascii_case("utf-8") {
        return bytes.chunks(1).collect();
    }
    let mut units = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let more = rest.iter().skip(1).take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
        let (unit, after) = rest.split_at(1 + more);
        units.push(unit);
        rest = after;
    }
    units
}

/// The Q encoding (RFC 2047 section 4.2) with what is safe everywhere left as it is.
fn quoted(bytes: &[u8]) -> String {
    let coded = |byte: &u8| match byte {
        b' ' => "_".to_owned(),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'*' | b'+' | b'-' | b'/' => char::from(*byte).to_string(),
        other => format!("={other:02X}"),
    };
    bytes.iter().map(coded).collect()
}

/// Every signed field with encoded words in it decoded, or made anew, and those with bytes above 127 encoded.
pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let mut undos = Vec::new();
    for (index, field) in wanted.signed_fields() {
        let value = wanted.value(field);
        if value.len() > VALUE {
            continue;
        }
        let words = read(value);
        let values = if words.is_empty() { encoded(value, &field.name) } else { recoded(value, &words, &field.name) };
        let undo = |form: Vec<u8>| wanted.changed(Change::WordsRecoded, (index, field), &form, 3);
        undos.extend(values.into_iter().map(undo));
    }
    undos
}

/// A value whose runs of encoded words are plain bytes, or encoded words of another make.
fn recoded(value: &[u8], words: &[Word], name: &str) -> Vec<Vec<u8>> {
    let is_next = |left: &Word, right: &Word| {
        let between = value.get(left.range.end..right.range.start).unwrap_or_default();
        between.iter().all(u8::is_ascii_whitespace) && left.charset.eq_ignore_ascii_case(&right.charset)
    };
    let runs: Vec<&[Word]> = words.chunk_by(is_next).collect();
    let ways = |run: &[Word]| {
        let Some(first) = run.first() else { return Vec::new() };
        let bytes = joined(run).unwrap_or_default();
        let place = first.range.start..run.last().map_or(first.range.end, |last| last.range.end);
        let text = decode::text(value.get(place).unwrap_or_default()).text;
        let mut ways = forms(&bytes, first, name);
        ways.push(text.clone().into_bytes());
        ways.extend(forms(text.as_bytes(), &Word { charset: "UTF-8".to_owned(), ..first.clone() }, name));
        ways
    };
    let ways: Vec<Vec<Vec<u8>>> = runs.iter().map(|run| ways(run)).collect();
    let count = ways.iter().map(Vec::len).max().unwrap_or(0);
    // The same way for all runs: one program wrote them.
    (0..count)
        .map(|way| {
            let mut form = Vec::new();
            let mut at = 0;
            for (run, ways) in runs.iter().zip(&ways) {
                let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
                form.extend(value.get(at..first.range.start).unwrap_or_default());
                form.extend(ways.get(way).or(ways.first()).into_iter().flatten());
                at = last.range.end;
            }
            form.extend(value.get(at..).unwrap_or_default());
            form
        })
        .collect()
}

/// A value whose bytes above 127 are encoded: each run of words that have some, or everything from the first to the last.
fn encoded(value: &[u8], name: &str) -> Vec<Vec<u8>> {
    let is_high = |piece: &[u8]| !piece.is_ascii();
    if !is_high(value) {
        return Vec::new();
    }
    let charset = if str::from_utf8(value).is_ok() { "UTF-8" } else { "ISO-8859-1" };
    let like = Word { range: 0..0, charset: charset.to_owned(), bytes: Vec::new() };
    let separates = |byte: &u8| byte.is_ascii_whitespace() || b"\"<>(),".contains(byte);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for piece in value.split(separates) {
        if is_high(piece) {
            pieces.push(at..at + piece.len());
        }
        at += piece.len() + 1;
    }
    // Words with nothing but white space between them are one.
    let mut runs: Vec<Range<usize>> = Vec::new();
    for piece in &pieces {
        match runs.last_mut() {
            Some(last)
                if value.get(last.end..piece.start).is_some_and(|gap| gap.iter().all(u8::is_ascii_whitespace)) =>
            {
                last.end = piece.end;
            }
            _ => runs.push(piece.clone()),
        }
    }
    let (Some(first), Some(last)) = (runs.first().cloned(), runs.last().cloned()) else { return Vec::new() };
    let start = value.len() - value.trim_ascii_start().len();
    let wider = [first.start..last.end, start..value.trim_ascii_end().len()];
    let mut places = vec![runs];
    places.extend(wider.map(|range| std::iter::once(range).collect()));
    places.push(pieces);
    let mut values: Vec<Vec<u8>> = Vec::new();
    for places in places {
        for way in 0..STYLES.len() * 3 {
            let mut form = Vec::new();
            let mut at = 0;
            for place in &places {
                let forms = forms(value.get(place.clone()).unwrap_or_default(), &like, name);
                let Some(coded) = forms.get(way + 1) else { break };
                form.extend(value.get(at..place.start).unwrap_or_default());
                form.extend(coded);
                at = place.end;
            }
            form.extend(value.get(at..).unwrap_or_default());
            if at > 0 && !values.contains(&form) {
                values.push(form);
            }
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_and_made_again() {
        let value = b" =?UTF-8?B?5Lya6K2w?= =?utf-8?q?a_=3D?= <a@example.jp>";
        let words = read(value);
        assert_eq!(words.len(), 2);
        assert_eq!(words[0].bytes, "会議".as_bytes());
        assert_eq!(words[1].bytes, b"a =");
        assert_eq!(joined(&words).unwrap(), "会議a =".as_bytes());
        let forms = forms("会議".as_bytes(), &words[0], "Subject");
        assert_eq!(forms[0], "会議".as_bytes());
        assert!(forms.contains(&b"=?UTF-8?B?5Lya6K2w?=".to_vec()));
        assert!(forms.contains(&b"=?utf-8?q?=E4=BC=9A=E8=AD=B0?=".to_vec()));
        assert!(read(b"=?=?x?B?===?==?utf-8?b?").is_empty());
    }

    #[test]
    fn long_text_is_split_between_characters() {
        let text = "会議のお知らせと議題について".repeat(4);
        let word = Word { range: 0..0, charset: "UTF-8".to_owned(), bytes: Vec::new() };
        for form in forms(text.as_bytes(), &word, "Subject").iter().skip(1) {
            assert_eq!(decode::text(form).text, text);
            let words = read(form);
            assert!(words.iter().all(|word| str::from_utf8(&word.bytes).is_ok()));
        }
    }

    #[test]
    fn raw_text_is_encoded_in_its_place() {
        let values = encoded(" 田中 太郎 <tanaka@example.jp>".as_bytes(), "From");
        let expected = format!(" =?UTF-8?B?{}?= <tanaka@example.jp>", base64::encode("田中 太郎".as_bytes()));
        assert!(values.contains(&expected.into_bytes()));
        assert!(encoded(b" plain", "From").is_empty());
    }
}
