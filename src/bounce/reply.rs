//! The codes in a reply of a mail server: the reply code (RFC 5321 section 4.2) and the enhanced status code (RFC 3463).

use std::fmt;

use serde::{Serialize, Serializer};

/// An enhanced status code: class, subject and detail (RFC 3463 section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status {
    pub class: u8,
    pub subject: u16,
    pub detail: u16,
}

impl Status {
    /// Reads text that is a code and nothing else but a comment behind it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let (status, length) = Self::at(text)?;
        let rest = text.get(length..)?;
        (!rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')).then_some(status)
    }

    /// The code that `text` begins with, and its length.
    fn at(text: &str) -> Option<(Self, usize)> {
        let bytes = text.as_bytes();
        let class = match bytes {
            [class @ (b'2' | b'4' | b'5'), b'.', ..] => class - b'0',
            _ => return None,
        };
        let number = |from: usize| {
            let digits = bytes.get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let value = text.get(from..from + digits)?.parse::<u16>().ok().filter(|_| digits <= 3)?;
            Some((value, from + digits))
        };
        let (subject, end) = number(2)?;
        if bytes.get(end) != Some(&b'.') {
            return None;
        }
        let (detail, end) = number(end + 1)?;
        Some((Self { class, subject, detail }, end))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The codes of one reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Codes {
    pub(super) reply: Option<u16>,
    pub(super) status: Option<Status>,
}

/// Words right before the reply of the other server.
const BEFORE: &[&str] = &[
    "remote host said:",
    "said:",
    "returned was:",
    "server returned:",
    "the response was:",
    "response from the remote server was:",
    "gave this error:",
    "returned '",
    "reason:",
    "<<<",
    "status code:",
    "with error:",
    "smtp;",
    "responded with:",
];

/// Finds the codes: behind words that announce a reply, else the first that stand alone.
pub(super) fn find(text: &str) -> Codes {
    let lower = text.to_ascii_lowercase();
    for words in BEFORE {
        for (at, _) in lower.match_indices(words) {
            let rest = text.get(at + words.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '(' | '>'));
            let codes = at_start(rest);
            if codes != Codes::default() {
                return codes;
            }
        }
    }
    let status = first_status(text);
    Codes { reply: first_reply(text), status }
}

/// The codes that a reply begins with.
fn at_start(text: &str) -> Codes {
    let Some(reply) = reply_at(text) else {
        return Codes { reply: None, status: Status::at(text.trim_start_matches('#')).map(|(status, _)| status) };
    };
    let rest = text.get(3..).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '#' | '('));
    // Texts that repeat the reply code before the enhanced one.
    let rest = if reply_at(rest).is_some() { rest.get(4..).unwrap_or_default().trim_start() } else { rest };
    let status = Status::at(rest).map(|(status, _)| status).or_else(|| first_status(text));
    Codes { reply: Some(reply), status }
}

fn reply_at(text: &str) -> Option<u16> {
    let digits = text.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let code: u16 = digits.parse().ok().filter(|code| matches!(code, 200..=259 | 400..=459 | 500..=559 | 571))?;
    let after = text.as_bytes().get(3);
    after
        .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'-' | b':' | b'#' | b';' | b','))
        .then_some(code)
}

/// The first reply code that stands where a reply begins, and is no part of an address, a name or a number.
fn first_reply(text: &str) -> Option<u16> {
    let starts = std::iter::once(0)
        .chain(text.match_indices([' ', '\t', '\n', '(', '"', '\'', '[', ':', '#']).map(|(at, _)| at + 1));
    let found = starts.filter_map(|at| {
        let rest = text.get(at..)?;
        let code = reply_at(rest).filter(|code| *code >= 400)?;
        let is_line = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let coded = rest.get(3..).is_some_and(|rest| Status::at(rest.trim_start_matches([' ', '-', '#'])).is_some());
        // "error: 550 no": something announces it.
        let announced = text.get(..at)?.trim_end_matches([' ', '\t']).ends_with([':', '(', '[', '"', '\'', ';', '>']);
        (is_line || coded || announced).then_some((coded, code))
    });
    let found: Vec<(bool, u16)> = found.take(20).collect();
    found.iter().find(|(coded, _)| *coded).or(found.first()).map(|(_, code)| *code)
}

/// The first enhanced code that is no part of an address or a version.
fn first_status(text: &str) -> Option<Status> {
    let mut starts = text.char_indices().filter(|(_, c)| matches!(c, '2' | '4' | '5'));
    starts.find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let joined = before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '=' | '@'));
        let (status, length) = Status::at(text.get(at..)?).filter(|_| !joined)?;
        let after = text.get(at + length..)?.chars().next();
        let ends = after.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.' && c != '-')
            || text.get(at + length..)?.starts_with(". ");
        (ends && status.class != 2).then_some(status)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_where_servers_write_them() {
        for (text, reply, status) in [
            ("smtp; 550 5.1.1 <a@example.jp>... User unknown", Some(550), Some("5.1.1")),
            ("host mx.example.net[192.0.2.1] said: 550-5.7.26 This mail is unauthenticated", Some(550), Some("5.7.26")),
            ("Remote host said: 550 Unknown user", Some(550), None),
            ("sorry, no mailbox here by that name. (#5.1.1)", None, Some("5.1.1")),
            ("<<< 421 4.7.0 Try again later", Some(421), Some("4.7.0")),
            (
                "SMTP error from remote mail server after RCPT TO:<a@example.net>: host mx [192.0.2.55]: 550 no",
                Some(550),
                None,
            ),
            ("connect to mx.example.net[192.0.2.250]:25: Connection timed out", None, None),
            ("Postfix 3.5.25 on port 587", None, None),
            ("returned '550 5.4.1 Recipient address rejected'", Some(550), Some("5.4.1")),
            ("the 500 messages of today", None, None),
        ] {
            let codes = find(text);
            assert_eq!(
                (codes.reply, codes.status.map(|status| status.to_string()).as_deref()),
                (reply, status),
                "{text}"
            );
        }
    }
}
