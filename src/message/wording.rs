//! How author, subject and identifier are written, where providers have a rule about it. Only the kind is kept, so that it
//! stays true of a masked copy.

use serde::Serialize;

use super::address::{self, Mailbox};
use super::{Message, Span, decode};

/// What the fields that people read look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub message_id: IdShape,
    pub subject: SubjectShape,
    pub name: NameShape,
    /// An address to answer to whose name says that nobody reads it.
    pub nobody: Option<Span>,
    /// An address in From with characters that some servers refuse.
    pub exotic: Option<Span>,
    /// The first of From and Subject that is not written in the charset it names.
    pub undecodable: Option<&'static str>,
}

/// A Message-ID (RFC 5322 section 3.6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdShape {
    Missing,
    /// It is not `<left@right>`.
    Broken,
    Whole,
}

/// How the subject begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectShape {
    Missing,
    /// `Re:`, `Fw:` or `Fwd:`.
    Answer,
    Plain,
}

/// What the display name of the author holds besides a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameShape {
    /// An address.
    Address,
    /// A number as of a thread: `(2)`.
    Thread,
    /// A check mark as providers draw it.
    CheckMark,
    Plain,
}

const CHECK_MARKS: [char; 7] = ['✓', '✔', '✅', '☑', '🗸', '🔵', '🛡'];
const NOBODY: [&str; 6] = ["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply"];
/// Yahoo names these; the grammar allows most of them.
const EXOTIC: [char; 9] = [',', '$', '%', '?', '{', '}', '<', '>', ' '];

impl Wording {
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let mailboxes = |name: &str| {
            let field = message.first(name);
            field.map(|field| address::read(&message.unfold(field)).mailboxes).unwrap_or_default()
        };
        let from = mailboxes("From");
        let answers_to = Some(mailboxes("Reply-To")).filter(|found| !found.is_empty()).unwrap_or_else(|| from.clone());
        let local = |mailbox: &Mailbox| mailbox.address.rsplit_once('@').map(|(local, _)| local.to_ascii_lowercase());
        let find = |list: &[Mailbox], wanted: &dyn Fn(&str) -> bool| {
            list.iter().find(|mailbox| local(mailbox).is_some_and(|local| wanted(&local))).map(|mailbox| mailbox.span)
        };
        let guessed = |name: &&str| {
            let field = message.first(name);
            field.is_some_and(|field| {
                let decoded = decode::value(message, field);
                // Bytes that fit no charset are shown as the replacement character.
                decoded.guessed_charset.is_some() || decoded.text.contains(char::REPLACEMENT_CHARACTER)
            })
        };
        Self {
            message_id: id(message),
            subject: subject(message),
            name: from.first().and_then(|mailbox| mailbox.name.as_deref()).map_or(NameShape::Plain, name),
            nobody: find(&answers_to, &|local| NOBODY.iter().any(|word| local.contains(word))),
            exotic: ["From", "Sender", "Reply-To", "To", "Cc"]
                .into_iter()
                .find_map(|name| find(&mailboxes(name), &|local| local.contains(EXOTIC))),
            undecodable: ["From", "Subject"].into_iter().find(guessed),
        }
    }
}

fn id(message: &Message) -> IdShape {
    let Some(field) = message.first("Message-ID") else { return IdShape::Missing };
    let text = message.unfold(field).text;
    let text = text.trim();
    if text.is_empty() {
        return IdShape::Missing;
    }
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let is_whole = inside.and_then(|inside| inside.split_once('@')).is_some_and(|(left, right)| {
        let is_plain =
            |part: &str| !part.is_empty() && !part.contains(['<', '>']) && !part.contains(char::is_whitespace);
        is_plain(left) && is_plain(right)
    });
    if is_whole { IdShape::Whole } else { IdShape::Broken }
}

fn subject(message: &Message) -> SubjectShape {
    let Some(field) = message.first("Subject") else { return SubjectShape::Missing };
    let text = decode::value(message, field).text.to_ascii_lowercase();
    let begins = ["re:", "fw:", "fwd:", "re：", "fw：", "fwd："].iter().any(|word| text.starts_with(word));
    if begins { SubjectShape::Answer } else { SubjectShape::Plain }
}

fn name(name: &str) -> NameShape {
    let number = name.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inside)| inside);
    if name.contains(CHECK_MARKS) {
        NameShape::CheckMark
    } else if name.contains('@') {
        NameShape::Address
    } else if number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())) {
        NameShape::Thread
    } else {
        NameShape::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(header: &str) -> Wording {
        Wording::of(&Message::read(format!("{header}\n\n").into_bytes()))
    }

    #[test]
    fn identifiers_and_subjects() {
        for (id, expected) in [
            ("Message-ID: <a@example.jp>", IdShape::Whole),
            ("Message-ID: <a example.jp>", IdShape::Broken),
            ("Message-ID: a@example.jp", IdShape::Broken),
            ("Message-ID:", IdShape::Missing),
            ("X: y", IdShape::Missing),
        ] {
            assert_eq!(wording(id).message_id, expected, "{id}");
        }
        for (subject, expected) in [
            ("Subject: Re: a", SubjectShape::Answer),
            ("Subject: FWD: a", SubjectShape::Answer),
            ("Subject: Report: a", SubjectShape::Plain),
            ("X: y", SubjectShape::Missing),
        ] {
            assert_eq!(wording(subject).subject, expected, "{subject}");
        }
    }

    #[test]
    fn names_and_addresses() {
        for (from, expected) in [
            ("From: Shop <a@example.jp>", NameShape::Plain),
            ("From: \"Shop (2)\" <a@example.jp>", NameShape::Thread),
            ("From: \"x@gmail.com\" <a@example.jp>", NameShape::Address),
            ("From: =?UTF-8?B?U2hvcCDinJQ=?= <a@example.jp>", NameShape::CheckMark),
        ] {
            assert_eq!(wording(from).name, expected, "{from}");
        }
        assert!(wording("From: no-reply@example.jp").nobody.is_some());
        assert!(wording("From: no-reply@example.jp\nReply-To: desk@example.jp").nobody.is_none());
        assert!(wording("From: a$b@example.jp").exotic.is_some());
        assert!(wording("From: a@example.jp\r\nTo: <a{b}@example.jp>").exotic.is_some());
        assert!(wording("From: a+b@example.jp").exotic.is_none());
    }

    #[test]
    fn a_wrong_charset_is_seen() {
        let shift_jis = b"Subject: =?UTF-8?B?k/qWe4zq?=\n\n".to_vec();
        assert_eq!(Wording::of(&Message::read(shift_jis)).undecodable, Some("Subject"));
        assert_eq!(wording("Subject: =?UTF-8?B?5pel5pys6Kqe?=").undecodable, None);
        assert_eq!(wording("Subject: =?UTF-8?Q?=FF=FE?=").undecodable, Some("Subject"));
    }
}
