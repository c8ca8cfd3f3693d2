//! The body that Outlook keeps as compressed RTF (MS-OXRTFCP), as far as its text.

/// The most bytes that a body becomes.
const MAX: usize = 16 << 20;

/// What the window of the decompressor begins with (MS-OXRTFCP section 2.2.2.1).
const BEGINNING: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The text of a compressed body.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let (header, rest) = bytes.split_at_checked(16)?;
    let rtf = match header.get(8..12)? {
        b"MELA" => rest.get(..rest.len().min(MAX))?.to_vec(),
        b"LZFu" => decompress(rest),
        _ => return None,
    };
    Some(plain(&rtf))
}

/// Runs of earlier bytes, by place in a window of 4096 bytes and length (MS-OXRTFCP section 3.1.3.2).
fn decompress(input: &[u8]) -> Vec<u8> {
    const WINDOW: usize = 4096;
    let mut output = BEGINNING.to_vec();
    let skipped = output.len();
    let mut input = input.iter().copied();
    'runs: while let Some(control) = input.next() {
        for bit in 0..8 {
            if control >> bit & 1 == 0 {
                let Some(byte) = input.next() else { break 'runs };
                output.push(byte);
            } else {
                let (Some(high), Some(low)) = (input.next(), input.next()) else { break 'runs };
                let reference = usize::from(u16::from_be_bytes([high, low]));
                let (offset, length) = (reference >> 4, (reference & 0xF) + 2);
                let at = output.len() % WINDOW;
                // The end is told by a run that begins where it would be written.
                if offset == at {
                    break 'runs;
                }
                let back = (at + WINDOW - offset) % WINDOW;
                for _ in 0..length {
                    let byte = output.len().checked_sub(back).and_then(|from| output.get(from)).copied();
                    output.push(byte.unwrap_or(b' '));
                }
            }
            if output.len() >= MAX {
                break 'runs;
            }
        }
    }
    output.split_off(skipped.min(output.len()))
}

/// The text of RTF without its formatting: groups that hold no text of the body are left out.
fn plain(rtf: &[u8]) -> String {
    let mut text = Vec::new();
    let mut rest = rtf;
    // How deep inside groups, and the depth of the one that is left out.
    let (mut depth, mut hidden) = (0_usize, None);
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'{' => {
                depth += 1;
                let is_hidden = [&b"\\*"[..], b"\\fonttbl", b"\\colortbl", b"\\stylesheet", b"\\info"];
                if hidden.is_none() && is_hidden.iter().any(|start| rest.starts_with(start)) {
                    hidden = Some(depth);
                }
            }
            b'}' => {
                hidden = hidden.filter(|of| *of < depth);
                depth = depth.saturating_sub(1);
            }
            b'\\' => {
                let (word, after) = control(rest);
                rest = after;
                if hidden.is_none() {
                    word.write(&mut text);
                }
            }
            b'\r' | b'\n' => {}
            other if hidden.is_none() => text.push(*other),
            _ => {}
        }
    }
    super::charset::unlabelled(&text).text
}

/// What a control word means for the text.
enum Word {
    Nothing,
    Line,
    Tab,
    Byte(u8),
    Character(char),
}

impl Word {
    fn write(&self, text: &mut Vec<u8>) {
        match self {
            Self::Nothing => {}
            Self::Line => text.extend_from_slice(b"\r\n"),
            Self::Tab => text.push(b'\t'),
            Self::Byte(byte) => text.push(*byte),
            Self::Character(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Reads what stands after a backslash.
fn control(rest: &[u8]) -> (Word, &[u8]) {
    match rest {
        [b'\'', high, low, after @ ..] => {
            let digits = [*high, *low];
            let byte = str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
            (byte.map_or(Word::Nothing, Word::Byte), after)
        }
        [sign, after @ ..] if !sign.is_ascii_alphabetic() => {
            (if matches!(sign, b'\\' | b'{' | b'}') { Word::Byte(*sign) } else { Word::Nothing }, after)
        }
        _ => {
            let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let (name, after) = rest.split_at(letters);
            let digits = after.iter().take_while(|&&byte| byte == b'-' || byte.is_ascii_digit()).count();
            let (number, after) = after.split_at(digits);
            let after = after.strip_prefix(b" ").unwrap_or(after);
            let number = str::from_utf8(number).ok().and_then(|digits| digits.parse::<i32>().ok());
            match (name, number) {
                (b"par" | b"line", _) => (Word::Line, after),
                (b"tab", _) => (Word::Tab, after),
                (b"u", Some(number)) => {
                    // Written signed; a character for readers without Unicode follows.
                    let unit = u32::try_from(number.rem_euclid(0x1_0000)).unwrap_or_default();
                    let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
                    (Word::Character(character), after.strip_prefix(b"?").unwrap_or(after))
                }
                _ => (Word::Nothing, after),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    /// The example of MS-OXRTFCP section 4.1.1.
    #[test]
    fn decompresses_the_example_of_the_standard() {
        let bytes =
            b"\x2d\0\0\0\x2b\0\0\0\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\0\x0a\0\x72\x63\x70\x67\x31\x32\x35\x42\x32\
                      \x0a\xf3\x20\x68\x65\x6c\x09\0\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
        assert_eq!(text(bytes).as_deref(), Some("hello world"));
    }

    #[test]
    fn any_bytes_end() {
        for byte in [0, 0xFF, b'{', b'\\', b'\''] {
            let bytes = [&b"0123456\0LZFu0123"[..], &vec![byte; 100_000]].concat();
            assert!(text(&bytes).is_some());
        }
        assert_eq!(text(b"short"), None);
    }
}
