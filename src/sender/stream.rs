//! The kind of mail: person, transactional, bulk, list or bounce, by the marks in the header.

use serde::Serialize;

use super::handling::list_mark;
use crate::message::{Message, Span};

/// The kind of a message and the field that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    pub kind: StreamKind,
    pub evidence: Option<Span>,
}

/// The kinds of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StreamKind {
    Person,
    /// Sent by a program to one person because of something that person did.
    Transactional,
    /// The same content to many.
    Bulk,
    /// Passed on by a mailing list (RFC 2369, RFC 2919).
    List,
    /// A delivery report or another message with the null sender (RFC 5321 section 6.1).
    Bounce,
    Unknown,
}

impl Stream {
    /// Reads the marks, strongest first: report, list, unsubscribe, automatic submission (RFC 3834,
    /// and the fields that Exchange and Gmail ask of programs), mail client.
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let contains = |name: &str, words: &[&str]| {
            let field = message.first(name)?;
            let value = message.unfold(field).text.to_ascii_lowercase();
            words.iter().any(|word| value.contains(word)).then_some(field.span)
        };
        let present = |name: &str| message.first(name).map(|field| field.span);
        let null_sender = || {
            let field = message.first("Return-Path")?;
            (message.unfold(field).text.trim() == "<>").then_some(field.span)
        };
        let marks = [
            (StreamKind::Bounce, contains("Content-Type", &["multipart/report"]).or_else(null_sender)),
            (StreamKind::List, list_mark(message, &message.fields).or_else(|| contains("Precedence", &["list"]))),
            (StreamKind::Bulk, present("List-Unsubscribe").or_else(|| contains("Precedence", &["bulk", "junk"]))),
            (StreamKind::List, present("List-Id")),
            (
                StreamKind::Transactional,
                contains("Auto-Submitted", &["auto-generated", "auto-replied", "auto-notified"])
                    .or_else(|| present("X-Auto-Response-Suppress"))
                    .or_else(|| present("Feedback-ID")),
            ),
            (StreamKind::Person, present("In-Reply-To").or_else(|| present("User-Agent"))),
        ];
        marks
            .into_iter()
            .find_map(|(kind, evidence)| evidence.map(|span| Self { kind, evidence: Some(span) }))
            .unwrap_or(Self { kind: StreamKind::Unknown, evidence: None })
    }

    /// Sent by a program, as mail of a sending service is.
    #[must_use]
    pub const fn is_sent_by_program(&self) -> bool {
        matches!(self.kind, StreamKind::Transactional | StreamKind::Bulk)
    }
}
