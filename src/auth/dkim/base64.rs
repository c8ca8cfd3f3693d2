//! Base64 as DKIM writes it (RFC 6376 section 2.10): white space anywhere between the characters.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Decodes; `None` at any other character, at text after the padding, and at a length that no bytes have. Missing
/// padding is let through, because nothing is ambiguous without it.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut count, mut padding) = (0_u32, 0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        if byte == b'=' {
            padding += 1;
            continue;
        }
        if padding > 0 {
            return None;
        }
        group = group << 6 | sextet(byte)?;
        count += 1;
        if count == 4 {
            bytes.extend_from_slice(group.to_be_bytes().get(1..)?);
            (group, count) = (0, 0);
        }
    }
    let [_, first, second, _] = (group << (6 * (4 - count))).to_be_bytes();
    match count {
        0 if padding == 0 => {}
        2 if matches!(padding, 0 | 2) => bytes.push(first),
        3 if padding < 2 => bytes.extend([first, second]),
        _ => return None,
    }
    Some(bytes)
}

/// Encodes with padding, on one line.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        for (slot, byte) in group.iter_mut().skip(1).zip(chunk) {
            *slot = *byte;
        }
        let group = u32::from_be_bytes(group);
        for position in 0..4 {
            let sextet = (group >> (18 - 6 * position)) as usize & 63;
            text.push(if position <= chunk.len() { char::from(ALPHABET[sextet]) } else { '=' });
        }
    }
    text
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_go_both_ways() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(encode(&[0xff, 0xfe, 0xfb]), "//77");
    }

    #[test]
    fn white_space_is_passed_over_and_anything_else_is_not() {
        assert_eq!(decode(" Zm\r\n\t9v ").as_deref(), Some(b"foo".as_slice()));
        assert_eq!(decode("Zg").as_deref(), Some(b"f".as_slice()));
        for broken in ["Z", "Zg=", "Zg===", "Zg==Zg==", "Zm9v=", "Zm9\"v", "Zm9v\\", "=", "Zm-_"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
