//! Charsets of mail: labelled bytes with wrong labels recognised, and bytes without a label read in the likeliest
//! charset of Japanese mail.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

/// Text, and the charset it was read in when that was a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) text: String,
    pub(super) guessed: Option<&'static str>,
}

impl Reading {
    fn guess(text: String, charset: &'static str) -> Self {
        Self { text, guessed: Some(charset) }
    }
}

const ISO_2022_JP: &str = "ISO-2022-JP";
const UTF_8: &str = "UTF-8";

/// Decodes bytes that carry a label without an error, or not at all: an unknown label, or a label whose charset the
/// bytes do not fit.
pub(super) fn strict(label: &str, bytes: &[u8]) -> Option<String> {
    let known = Charset::named(label)?;
    if !matches!(known, Charset::Jis) && has_designator(bytes) {
        // Escape sequences are valid in every other charset, and mean nothing there.
        return None;
    }
    known.decode(bytes)
}

/// Decodes bytes that do not fit their label: in another charset where one fits, else as the label says with
/// replacement characters.
pub(super) fn mislabelled(label: &str, bytes: &[u8]) -> Reading {
    let named = Charset::named(label);
    if let Some(reading) = fitting(bytes) {
        // Damaged text in the charset that the label names is no guess.
        let as_labelled = matches!(named, Some(Charset::Known(encoding)) if reading.guessed == Some(encoding.name()));
        return Reading { guessed: reading.guessed.filter(|_| !as_labelled), ..reading };
    }
    let lossy = match named {
        Some(Charset::Known(encoding)) => Some(encoding.decode_without_bom_handling(bytes).0.into_owned()),
        Some(Charset::Jis) => Some(jis(bytes).text),
        Some(Charset::Other(decode)) => Some(decode(bytes)),
        Some(Charset::Ascii) | None => None,
    };
    lossy.map_or_else(|| last_resort(bytes), |text| Reading { text, guessed: None })
}

/// Decodes bytes without a label.
pub(super) fn unlabelled(bytes: &[u8]) -> Reading {
    match str::from_utf8(bytes) {
        Ok(text) if !has_designator(bytes) => stripped_jis(bytes)
            .map_or_else(|| Reading { text: text.to_owned(), guessed: None }, |text| Reading::guess(text, ISO_2022_JP)),
        Ok(text) => fitting(bytes).unwrap_or_else(|| Reading { text: text.to_owned(), guessed: None }),
        Err(_) => fitting(bytes).unwrap_or_else(|| last_resort(bytes)),
    }
}

/// The charset that fits: ISO-2022-JP by its escape sequences, UTF-8 by its structure, then EUC-JP before `Shift_JIS`,
/// because kana in `Shift_JIS` are never valid EUC-JP while EUC-JP is often valid `Shift_JIS` (as half-width kana).
fn fitting(bytes: &[u8]) -> Option<Reading> {
    if has_designator(bytes) {
        let read = jis(bytes);
        if read.clean {
            return Some(Reading::guess(read.text, ISO_2022_JP));
        }
    }
    if is_mostly_utf8(bytes) {
        return Some(Reading::guess(String::from_utf8_lossy(bytes).into_owned(), UTF_8));
    }
    let decoded = |encoding: &'static Encoding| {
        let text = known(encoding, bytes)?;
        is_japanese(&text).then(|| Reading::guess(text, encoding.name()))
    };
    decoded(EUC_JP).or_else(|| decoded(SHIFT_JIS).filter(|reading| is_likely_shift_jis(bytes, &reading.text)))
}

/// Every byte has a meaning in windows-1252, so nothing is lost, but it says nothing about the text.
fn last_resort(bytes: &[u8]) -> Reading {
    if has_designator(bytes) {
        return Reading::guess(jis(bytes).text, ISO_2022_JP);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Reading::guess(text.into_owned(), WINDOWS_1252.name())
}

/// What a label names.
enum Charset {
    Ascii,
    /// ISO-2022-JP and its Microsoft relatives, read by [`jis`].
    Jis,
    Known(&'static Encoding),
    /// UTF-7, IBM850 and others outside the Encoding Standard.
    Other(fn(&[u8]) -> String),
}

impl Charset {
    fn named(label: &str) -> Option<Self> {
        // RFC 2231 section 5: a language may follow after an asterisk.
        let name = label.split('*').next().unwrap_or_default().trim().to_ascii_lowercase();
        match name.as_str() {
            "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" => return Some(Self::Ascii),
            "cp50220" | "cp50221" | "cp50222" | "csiso2022jp" | "csiso2022jp2" | "jis" => return Some(Self::Jis),
            _ if name.starts_with("iso-2022-jp") => return Some(Self::Jis),
            "cp932" | "cp943" | "ms932" | "windows-932" | "shift_jis-2004" => return Some(Self::Known(SHIFT_JIS)),
            "eucjp" | "eucjp-ms" | "eucjpms" | "cp51932" | "euc_jp" => return Some(Self::Known(EUC_JP)),
            _ => {}
        }
        let other = || charset_decoder(name.as_bytes()).map(|decode| Self::Other(decode));
        Encoding::for_label(name.as_bytes()).map(Self::Known).or_else(other)
    }

    fn decode(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Ascii => bytes.is_ascii().then(|| String::from_utf8_lossy(bytes).into_owned()),
            Self::Jis => Some(jis(bytes)).filter(|read| read.clean).map(|read| read.text),
            Self::Known(encoding) => known(encoding, bytes),
            Self::Other(decode) => Some(decode(bytes)).filter(|text| !text.contains(char::REPLACEMENT_CHARACTER)),
        }
    }
}

/// Decodes bytes without an error, or not at all.
fn known(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    if encoding == SHIFT_JIS {
        return shift_jis(bytes);
    }
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// What Japanese mail has always shown where a sign of one mobile carrier, or of one company, means nothing to others.
const GETA: char = '\u{3013}';

/// Decodes `Shift_JIS` with the pictures of the mobile carriers: in the rows for characters of one's own (F0 to F9), in
/// rows 27 to 30 of what KDDI sent by mail (EB and EC), and in `SoftBank`'s own escape sequences. Each is shown as [`GETA`].
fn shift_jis(bytes: &[u8]) -> Option<String> {
    const GETA: &[u8] = b"\x81\xAC";
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (0x1B, [b'$', b'E' | b'F' | b'G' | b'O' | b'P' | b'Q', codes @ ..]) => {
                let length = codes.iter().take_while(|code| matches!(code, 0x21..=0x7E)).count();
                plain.extend(GETA.repeat(length));
                let after = codes.get(length..).unwrap_or_default();
                rest = after.strip_prefix(b"\x0F").unwrap_or(after);
            }
            (0xEB | 0xEC, [0x40..=0x7E | 0x80..=0xFC, after @ ..]) => {
                plain.extend(GETA);
                rest = after;
            }
            (0x81..=0x9F | 0xE0..=0xFC, [second, after @ ..]) => {
                plain.extend([*first, *second]);
                rest = after;
            }
            _ => plain.push(*first),
        }
    }
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&plain)?;
    Some(text.chars().map(|c| if matches!(c, '\u{E000}'..='\u{E757}') { self::GETA } else { c }).collect())
}

/// ISO-2022-JP from which a terminal or a clipboard took the escape characters: `$B` and pairs of printable characters up
/// to `(B`, that are Japanese and nothing else.
fn stripped_jis(bytes: &[u8]) -> Option<String> {
    let mut restored = Vec::with_capacity(bytes.len() + 8);
    let mut rest = bytes;
    let mut found = false;
    while let Some(start) = rest.windows(2).position(|pair| pair == b"$B") {
        let (before, inside) = rest.split_at(start);
        restored.extend_from_slice(before);
        let inside = inside.get(2..).unwrap_or_default();
        let pairs = inside.chunks_exact(2).take_while(|pair| !matches!(*pair, [b'(', b'B' | b'J']));
        let length = 2 * pairs.take_while(|pair| pair.iter().all(|byte| matches!(byte, 0x21..=0x7E))).count();
        let (kanji, after) = inside.split_at(length);
        if length == 0 || !matches!(after, [b'(', b'B' | b'J', ..]) {
            return None;
        }
        let read = jis(&[b"\x1B$B", kanji, b"\x1B(B"].concat());
        let is_text =
            |c: char| matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF9F}');
        if !read.clean || !read.text.chars().all(is_text) {
            return None;
        }
        restored.extend_from_slice(read.text.as_bytes());
        rest = after.get(2..).unwrap_or_default();
        // One character alone may be chance.
        found |= length >= 4;
    }
    restored.extend_from_slice(rest);
    String::from_utf8(restored).ok().filter(|_| found)
}

struct Jis {
    text: String,
    clean: bool,
}

/// The character set that the next bytes of ISO-2022-JP belong to.
#[derive(Clone, Copy)]
enum Designated {
    Ascii,
    /// JIS X 0201 kana, half-width.
    Kana,
    /// JIS X 0208, with the rows that vendors added.
    Kanji,
    /// JIS X 0212, of ISO-2022-JP-1 (RFC 2237).
    Supplement,
}

/// Reads ISO-2022-JP (RFC 1468) by way of EUC-JP, which holds the same characters. Unlike the decoder of the Encoding
/// Standard this takes repeated escape sequences, JIS X 0212, and half-width kana by escape or by SO and SI, all of
/// which Japanese mail has.
fn jis(bytes: &[u8]) -> Jis {
    /// Valid nowhere in EUC-JP, so that it comes out as one replacement character.
    const BROKEN: u8 = 0xFF;
    const EUC_GETA: [u8; 2] = [0xA2, 0xAE];
    let mut euc = Vec::with_capacity(bytes.len() + bytes.len() / 2);
    let mut set = Designated::Ascii;
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match (*byte, set) {
            (0x1B, _) => match designation(after) {
                Some((designated, length)) => {
                    set = designated.unwrap_or(set);
                    rest = after.get(length..).unwrap_or_default();
                }
                None => euc.push(BROKEN),
            },
            (0x0E, _) => set = Designated::Kana,
            (0x0F, _) => set = Designated::Ascii,
            // Half-width kana in eight bits, as old Japanese software wrote them between escape sequences.
            (0xA1..=0xDF, Designated::Ascii | Designated::Kana) => euc.extend([0x8E, *byte]),
            (0x80.., _) => euc.push(BROKEN),
            (..0x21 | 0x7F, _) | (_, Designated::Ascii) => euc.push(*byte),
            (0x21..=0x5F, Designated::Kana) => euc.extend([0x8E, byte | 0x80]),
            (_, Designated::Kana) => euc.push(BROKEN),
            (_, Designated::Kanji | Designated::Supplement) => match after {
                [second @ 0x21..=0x7E, after @ ..] => {
                    rest = after;
                    if matches!(set, Designated::Supplement) {
                        euc.push(0x8F);
                    }
                    let pair = [byte | 0x80, second | 0x80];
                    // Rows that the standard leaves empty hold the pictures of KDDI.
                    let is_picture = matches!((set, byte), (Designated::Kanji, 0x75..=0x7E))
                        && EUC_JP.decode_without_bom_handling_and_without_replacement(&pair).is_none();
                    euc.extend(if is_picture { EUC_GETA } else { pair });
                }
                _ => euc.push(BROKEN),
            },
        }
    }
    let (text, had_errors) = EUC_JP.decode_without_bom_handling(&euc);
    Jis { text: text.into_owned(), clean: !had_errors }
}

/// What an escape sequence designates, and its length without the escape byte.
fn designation(after_escape: &[u8]) -> Option<(Option<Designated>, usize)> {
    match after_escape {
        // The last one is a Swedish set that old software sent for JIS X 0201.
        [b'(', b'B' | b'J' | b'H', ..] => Some((Some(Designated::Ascii), 2)),
        [b'(', b'I', ..] => Some((Some(Designated::Kana), 2)),
        [b'$', b'@' | b'B', ..] => Some((Some(Designated::Kanji), 2)),
        [b'$', b'(', b'@' | b'B', ..] => Some((Some(Designated::Kanji), 3)),
        [b'$', b'(', b'D', ..] => Some((Some(Designated::Supplement), 3)),
        // Announces the 1990 revision of the set that the next sequence designates.
        [b'&', b'@', ..] => Some((None, 2)),
        _ => None,
    }
}

fn has_designator(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| match three {
        [0x1B, b'$', third] => matches!(third, b'@' | b'B' | b'('),
        [0x1B, b'(', _] => true,
        _ => false,
    })
}

/// Text that was cut in the middle of a character, or has a stray byte in it, is still UTF-8: no other charset gives so
/// many valid sequences by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > 0 && valid >= invalid.saturating_mul(3)
}

/// Two Japanese characters side by side, and nothing of private use: 8-bit bytes of a Western charset stand alone
/// between letters and give single kanji.
fn is_japanese(text: &str) -> bool {
    let mut previous = false;
    let mut pair = false;
    for character in text.chars() {
        if matches!(character, '\u{E000}'..='\u{F8FF}') {
            return false;
        }
        let japanese = matches!(character, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF9F}');
        pair |= previous && japanese;
        previous = japanese;
    }
    pair
}

/// Kana and common kanji have lead bytes 81 to 9F, which Western charsets use for quotes at most; the rare kanji with
/// lead bytes from E0 are where they have accented letters.
fn is_likely_shift_jis(bytes: &[u8], text: &str) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0x81..=0x9F)) || text.chars().any(|c| matches!(c, '\u{FF61}'..='\u{FF9F}'))
}
