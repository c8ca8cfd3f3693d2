//! Finds the local parts of addresses in running text.

use std::ops::Range;

/// Addresses of a role, the same in every domain (RFC 2142): no person's.
const ROLES: &[&[u8]] = &[b"postmaster"];

/// Words before an equals sign that are no part of the address after it: properties of Authentication-Results (RFC 8601)
/// and Received-SPF (RFC 7208 section 9.1), and tags of DKIM.
const PROPERTIES: &[&str] = &[
    "auth",
    "envelope-from",
    "from",
    "header.from",
    "header.i",
    "header.sender",
    "i",
    "identity",
    "mailfrom",
    "sender",
    "smtp.auth",
    "smtp.from",
    "smtp.mail",
    "smtp.mailfrom",
    "smtp.mfrom",
    "smtp.rcptto",
    "x-sender",
];

/// Words after which servers write the name of an account.
const LOGINS: &[&str] = &[
    "sender:",
    "sender ",
    "user=",
    "user:",
    "userid=",
    "smtp.auth=",
    "(auth=",
    "authenticated as ",
    "account ",
    "authid=",
    "x-sender=",
];

/// What stands before an `@`, or before the `%40` of a web address, as far as an address can reach to the left.
pub(super) fn parts(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut floor = 0;
    for (at, byte) in text.iter().enumerate() {
        let escaped = *byte == b'%' && text[at..].starts_with(b"%40");
        if *byte != b'@' && !escaped {
            continue;
        }
        let part = last_word(&text[floor..at], escaped);
        let range = floor + part.start..floor + part.end;
        let is_role = ROLES.iter().any(|role| role.eq_ignore_ascii_case(&text[range.clone()]));
        if !range.is_empty() && !is_role {
            found.push(range);
        }
        floor = at + if escaped { 3 } else { 1 };
    }
    found
}

fn last_word(text: &[u8], escaped: bool) -> Range<usize> {
    let end = text.trim_ascii_end().len();
    let text = &text[..end];
    if let Some(inner) = text.strip_suffix(b"\"") {
        return opening_quote(inner)..inner.len();
    }
    let ends_before = |byte: &u8| {
        byte.is_ascii_whitespace()
            || byte.is_ascii_control()
            || b"<>()[],;:\"".contains(byte)
            || (escaped && b"&?=/".contains(byte))
    };
    let start = text.iter().rposition(ends_before).map_or(0, |at| at + 1);
    start + property_length(&text[start..])..end
}

/// Where the quoted string begins whose closing quote was taken off; all of the text when it has no opening one.
fn opening_quote(text: &[u8]) -> usize {
    let is_quote = |&at: &usize| text[at] == b'"' && (at == 0 || text[at - 1] != b'\\');
    (0..text.len()).rev().find(is_quote).map_or(0, |at| at + 1)
}

fn property_length(word: &[u8]) -> usize {
    let Some(equals) = word.iter().position(|&byte| byte == b'=') else { return 0 };
    let is_property = PROPERTIES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&word[..equals]));
    if is_property { equals + 1 } else { 0 }
}

/// The names of accounts in a Received or Authentication-Results field, with a domain or without.
pub(super) fn logins(text: &[u8]) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for mark in LOGINS {
        for (at, _) in lower.windows(mark.len()).enumerate().filter(|(_, window)| *window == mark.as_bytes()) {
            let after = at + mark.len();
            let space = text[after..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'"').count();
            let start = after + space;
            let name =
                text[start..].iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"<>()[],;:\"@".contains(byte));
            found.push(start..start + name.count());
        }
    }
    found.retain(|range| !range.is_empty());
    found
}
