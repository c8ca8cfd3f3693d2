//! The copy of a message below the words of a mailer that does not use MIME for it: qmail, Exim, Gmail and others.

use super::super::address::{self, Mailbox};
use super::super::line::{self, Line, Shape};
use super::super::{Message, Span};

/// The line above the copy, in lower case and without the dashes around it, and what follows it.
const SEPARATORS: &[(&str, Follows)] = &[
    ("below this line is a copy of the message", Follows::Message),
    ("below the next line is a copy of the message", Follows::Message),
    ("enclosed is a copy of the message", Follows::Message),
    ("this is a copy of the message, including all the headers", Follows::Message),
    ("this is a copy of your message, including all the headers", Follows::Message),
    ("this is a copy of the message's headers", Follows::Header),
    ("this is a copy of the headers", Follows::Header),
    ("original message", Follows::Message),
    ("original message follows", Follows::Message),
    ("returned message", Follows::Message),
    ("unsent message follows", Follows::Message),
    ("the header of the original message is following", Follows::Header),
    ("undelivered message follows", Follows::Message),
    ("message header follows", Follows::Header),
    ("message headers follow", Follows::Header),
    ("original message headers", Follows::Header),
    ("original message header", Follows::Header),
    ("元のメッセージ ヘッダー", Follows::Header),
    ("元のメッセージヘッダー", Follows::Header),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Message,
    Header,
}

/// How far below the separator the copy may begin: Exim says there how much of it it left out.
const GAP: usize = 8;

/// A copy in a text, and whether it is a header alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Copy {
    pub(super) span: Span,
    pub(super) is_header: bool,
}

/// Whether a mailer wrote this message: the null sender or the name of one (RFC 5321 section 6.1), or a field of one.
pub(in crate::message) fn is_by_mailer(message: &Message) -> bool {
    has_null_sender(message) == Some(true) || message.first("X-Failed-Recipients").is_some() || is_from_mailer(message)
}

/// Some mailers write their own name for the null sender (RFC 5321 section 4.5.5). `None`: the envelope was not kept.
pub(in crate::message) fn has_null_sender(message: &Message) -> Option<bool> {
    let path = message.first("Return-Path").map(|field| message.unfold(field).text)?;
    let path = path.trim().to_ascii_lowercase();
    Some(path.is_empty() || path == "<>" || path.starts_with("<mailer-daemon"))
}

/// The names that mailers show where their address has another one.
const NAMES: [&str; 4] = ["mail delivery system", "mail delivery subsystem", "mail deliver system", "mailer daemon"];

pub(in crate::message) fn is_from_mailer(message: &Message) -> bool {
    let Some(from) = Writer::of(message) else { return false };
    // Some write the null sender even there.
    from.is_daemon() || from.is_one_of(&["postmaster", "post_master"]) || from.text.trim() == "<>" || from.is_named()
}

pub(in crate::message) fn is_from_daemon(message: &Message) -> bool {
    Writer::of(message).is_some_and(|from| from.is_daemon())
}

/// Who stands first in From.
struct Writer {
    text: String,
    first: Option<Mailbox>,
}

impl Writer {
    fn of(message: &Message) -> Option<Self> {
        let value = message.unfold(message.first("From")?);
        let first = address::read(&value).mailboxes.into_iter().next();
        Some(Self { text: value.text, first })
    }

    fn is_daemon(&self) -> bool {
        const DAEMON: &str = "mailer-daemon";
        let begins = self.text.trim_start().get(..DAEMON.len()).is_some_and(|start| start.eq_ignore_ascii_case(DAEMON));
        begins || self.is_one_of(&[DAEMON, "mail-daemon"])
    }

    fn is_one_of(&self, locals: &[&str]) -> bool {
        let own = self.first.as_ref().and_then(|mailbox| mailbox.address.split('@').next());
        own.is_some_and(|own| locals.iter().any(|local| own.eq_ignore_ascii_case(local)))
    }

    fn is_named(&self) -> bool {
        let name = self.first.as_ref().and_then(|mailbox| mailbox.name.as_ref()).map(|name| name.to_ascii_lowercase());
        name.is_some_and(|name| NAMES.contains(&name.trim()))
    }
}

/// The first separator below which a header begins.
pub(super) fn copy(text: &[u8]) -> Option<Copy> {
    let mut at = 0;
    while let Some(line) = Line::at(text, at) {
        at = line.span.end;
        if let Some(follows) = separator(line.content)
            && let Some(start) = header_below(text, at)
        {
            return Some(Copy { span: Span::new(start, text.len()), is_header: follows == Follows::Header });
        }
    }
    None
}

/// Where the words of the mailer end: at the separator, whatever stands below it.
pub(in crate::message) fn separator_at(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(line) = Line::at(text, at) {
        at = line.span.end;
        if separator(line.content).is_some() {
            return Some(line.span.start);
        }
    }
    None
}

fn separator(line: &[u8]) -> Option<Follows> {
    const LONGEST: usize = 100;
    if line.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8_lossy(line).to_lowercase();
    let bare =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '=' | '_' | '.' | ':' | '*' | '#' | '：'));
    SEPARATORS.iter().find(|(known, _)| *known == bare).map(|(_, follows)| *follows)
}

/// The first line of a header within reach: two fields of which one is a field of mail.
fn header_below(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..GAP {
        let line = Line::at(text, at)?;
        if is_header(text, line.span.start) {
            return Some(line.span.start);
        }
        at = line.span.end;
    }
    None
}

fn is_header(text: &[u8], from: usize) -> bool {
    const LOOKED_AT: usize = 40;
    let (mut fields, mut known, mut at) = (0, false, from);
    for _ in 0..LOOKED_AT {
        let Some(line) = Line::at(text, at) else { break };
        at = line.span.end;
        match line.shape() {
            Shape::Field { name, .. } => {
                fields += 1;
                known |= line::is_mail_field(name);
            }
            Shape::Continuation if fields > 0 => {}
            Shape::Blank | Shape::Continuation | Shape::Unreadable => break,
        }
    }
    fields >= 2 && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_begins_below_its_separator() {
        for (text, expected) in [
            ("Sorry.\n\n--- Below this line is a copy of the message.\n\nFrom: a@example.jp\nTo: b\n\nHello\n", true),
            ("------ This is a copy of the message's headers. ------\n\nFrom: a@example.jp\nSubject: b\n", true),
            ("----- Original message -----\n\nHello, how are you?\nI am fine.\n", false),
            ("From: a@example.jp\nTo: b\n\nHello\n", false),
        ] {
            assert_eq!(copy(text.as_bytes()).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn what_a_person_forwards_is_no_return() {
        let message = |from: &str| Message::read(format!("From: {from}\nSubject: x\n\nHello\n").into_bytes());
        assert!(is_by_mailer(&message("Mail Delivery System <MAILER-DAEMON@mx.example.net>")));
        assert!(is_by_mailer(&message("MAILER-DAEMON <>")));
        assert!(!is_by_mailer(&message("Taro <taro@example.jp>")));
    }
}
