//! Domain names as text: one spelling per name, so that equal names are equal strings.

use std::fmt::Write as _;

/// The most octets of one label (RFC 1035 section 2.3.4).
const MAX_LABEL: usize = 63;
/// The most octets of a name on the wire, length octets and the root's zero included (RFC 1035 section 2.3.4).
const MAX_WIRE: usize = 255;

/// The labels of a name in master-file notation (RFC 1035 section 5.1: `\DDD`, `\X`), in lower case; none for the root.
/// `None` when no such name can exist: an empty label, or more octets than a label or a name may have.
pub(super) fn labels(text: &str) -> Option<Vec<Vec<u8>>> {
    if text == "." {
        return Some(Vec::new());
    }
    let mut labels = Vec::new();
    let mut label = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&octet, after)) = rest.split_first() {
        rest = after;
        match octet {
            b'.' => labels.push(std::mem::take(&mut label)),
            b'\\' => {
                let (octet, after) = unescape(rest)?;
                rest = after;
                label.push(octet.to_ascii_lowercase());
            }
            _ => label.push(octet.to_ascii_lowercase()),
        }
    }
    let is_absolute = label.is_empty() && !labels.is_empty();
    if !is_absolute {
        labels.push(label);
    }
    let wire = labels.iter().map(|label| label.len() + 1).sum::<usize>() + 1;
    let fits = wire <= MAX_WIRE && labels.iter().all(|label| (1..=MAX_LABEL).contains(&label.len()));
    fits.then_some(labels)
}

/// The one spelling of a name: lower case, no trailing dot (but `.` for the root), octets that mean something in a master
/// file behind a backslash, octets that cannot be printed as `\DDD`.
pub(super) fn from_labels<'a>(labels: impl Iterator<Item = &'a [u8]>) -> String {
    let mut text = String::new();
    for label in labels {
        if !text.is_empty() {
            text.push('.');
        }
        for octet in label {
            push_escaped(&mut text, octet.to_ascii_lowercase());
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// The one spelling of a name given as text; `None` as in [`labels`].
pub(super) fn canonical(text: &str) -> Option<String> {
    Some(from_labels(labels(text)?.iter().map(Vec::as_slice)))
}

fn push_escaped(text: &mut String, octet: u8) {
    match octet {
        b'.' | b'\\' | b'"' | b';' | b'(' | b')' | b'$' => text.extend(['\\', char::from(octet)]),
        b'!'..=b'~' => text.push(char::from(octet)),
        // Writing to a string cannot fail.
        _ => _ = write!(text, "\\{octet:03}"),
    }
}

/// Reads what stands behind a backslash: three decimal digits up to 255, or any one octet that is not a digit.
pub(super) fn unescape(text: &[u8]) -> Option<(u8, &[u8])> {
    let (&first, rest) = text.split_first()?;
    if !first.is_ascii_digit() {
        return Some((first, rest));
    }
    let (digits, rest) = text.split_at_checked(3)?;
    let octet = std::str::from_utf8(digits).ok()?.parse().ok()?;
    digits.iter().all(u8::is_ascii_digit).then_some((octet, rest))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn spells_equal_names_alike() {
        for (text, expected) in [
            ("Example.JP.", "example.jp"),
            ("example.jp", "example.jp"),
            (".", "."),
            ("_dmarc.example.jp", "_dmarc.example.jp"),
            ("a\\.b.example", "a\\.b.example"),
            ("a\\046b.example", "a\\.b.example"),
            ("ends\\.", "ends\\."),
            ("ends\\..", "ends\\."),
            ("\\065.example", "a.example"),
            ("a b.example", "a\\032b.example"),
            ("é.example", "\\195\\169.example"),
            ("\\$x.example", "\\$x.example"),
            ("x@y.example", "x@y.example"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_a_name() {
        let long_label = "x".repeat(64);
        let long_name = ["abcdefg"; 32].join(".");
        for text in ["", "..", "a..b", ".a", "a..", "a\\", "a\\25", "a\\256", "a\\2x5", &long_label, &long_name] {
            assert_eq!(canonical(text), None, "{text}");
        }
        assert!(canonical(&"x".repeat(63)).is_some());
        assert!(canonical(&["abcdefg"; 31].join(".")).is_some());
    }
}
