//! Lines as people type them, with the quotation marks that a master file wants.

use std::fmt::Write as _;

use super::super::RecordType;
use super::token::MAX_STRING;

/// The same lines; in a master file, the space between bare words would be lost, and what follows a semicolon with it.
pub(super) fn quoted(text: &str) -> String {
    text.lines().map(|line| one(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// A line whose text stands without quotation marks, written with them; `None` where there is nothing to write anew.
fn one(line: &str) -> Option<String> {
    let (owner, mut rest) = word(line.trim_start_matches('\u{feff}'))?;
    if owner.starts_with(['$', ';']) {
        return None;
    }
    let (mut kind, mut text) = word(rest)?;
    while kind.starts_with(|first: char| first.is_ascii_digit()) || kind.eq_ignore_ascii_case("IN") {
        rest = text;
        (kind, text) = word(rest)?;
    }
    let is_text = matches!(RecordType::from_word(kind), Some(RecordType::Txt | RecordType::Spf));
    let text = text.trim();
    if !is_text || text.is_empty() || text.starts_with('"') {
        return None;
    }
    let head = line.get(..line.len() - rest.len()).unwrap_or_default().trim_end();
    Some(format!("{head} {kind} {}", strings(text)))
}

/// The first word, and what stands behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    Some(text.split_at(end)).filter(|(word, _)| !word.is_empty())
}

/// A text as character-strings (RFC 1035 section 5.1).
fn strings(text: &str) -> String {
    let mut written = String::new();
    for piece in text.as_bytes().chunks(MAX_STRING) {
        written.push_str(if written.is_empty() { "\"" } else { " \"" });
        for octet in piece {
            match octet {
                b'"' | b'\\' => {
                    let _ = write!(written, "\\{}", char::from(*octet));
                }
                b' '..=b'~' => written.push(char::from(*octet)),
                _ => {
                    let _ = write!(written, "\\{octet:03}");
                }
            }
        }
        written.push('"');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_text_is_one_text_to_the_end_of_the_line() {
        for (typed, read) in [
            ("example.jp TXT v=spf1 -all", "example.jp TXT \"v=spf1 -all\""),
            ("_dmarc.example.jp. 60 IN txt v=DMARC1; p=none", "_dmarc.example.jp. 60 IN txt \"v=DMARC1; p=none\""),
            ("example.jp. TXT a\\b \"c\"", "example.jp. TXT \"a\\\\b \\\"c\\\"\""),
            ("example.jp. TXT \u{e9}", "example.jp. TXT \"\\195\\169\""),
            ("example.jp. TXT \"v=spf1\" \" -all\" ; so", "example.jp. TXT \"v=spf1\" \" -all\" ; so"),
            ("example.jp. TXT", "example.jp. TXT"),
            ("mail.example.jp. A 192.0.2.1", "mail.example.jp. A 192.0.2.1"),
            ("$answer example.jp. TXT nodata", "$answer example.jp. TXT nodata"),
        ] {
            assert_eq!(quoted(typed), format!("{read}\n"), "{typed}");
        }
        assert_eq!(strings(&"x".repeat(300)), format!("\"{}\" \"{}\"", "x".repeat(255), "x".repeat(45)));
    }
}
