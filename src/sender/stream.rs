//! The kind of mail: person, transactional, bulk, list, bounce or calendar, by the marks in the header.

use serde::Serialize;

use super::calendar;
use super::handling::list_mark;
use crate::message::{Message, Span, parts};

/// The kind of a message and the field that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    pub kind: StreamKind,
    pub evidence: Option<Span>,
    /// It bears marks of two kinds that are better kept apart.
    pub mixed: Option<Mixed>,
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
    /// An invitation, or the answer to one (RFC 6047).
    Calendar,
    Unknown,
}

/// What looks like mail to one person because of something that person did, and like the same content to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mixed {
    pub transactional: Span,
    pub bulk: Span,
}

/// Words in Feedback-ID with which senders name mail that follows from something the recipient did.
const TRANSACTIONS: &[&str] = &[
    "transactional",
    "transaction",
    "order",
    "orders",
    "receipt",
    "receipts",
    "invoice",
    "password",
    "verification",
    "otp",
];

impl Stream {
    /// Reads the marks, strongest first: report, calendar, list, unsubscribe, automatic submission (RFC 3834,
    /// and the fields that Exchange and Gmail ask of programs), mail client.
    ///
    /// `report`: where the message was read as a delivery report, whatever its fields say.
    #[must_use]
    pub fn of(message: &Message, report: Option<Span>) -> Self {
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
        // Majordomo and its kind write no field of a list (RFC 2369).
        let owner = || {
            let field = message.first("Sender")?;
            let is_owner = message.unfold(field).text.trim_start().to_ascii_lowercase().starts_with("owner-");
            (is_owner && message.first("Precedence").is_some()).then_some(field.span)
        };
        let marks = [
            (StreamKind::Bounce, report.or_else(|| is_delivery_report(message))),
            // The answer of a calendar may have the null sender.
            (StreamKind::Calendar, calendar::mark(message)),
            (StreamKind::Bounce, null_sender()),
            (
                StreamKind::List,
                list_mark(message, &message.fields).or_else(|| contains("Precedence", &["list"])).or_else(owner),
            ),
            (StreamKind::Bulk, present("List-Unsubscribe").or_else(|| contains("Precedence", &["bulk", "junk"]))),
            (StreamKind::List, present("List-Id")),
            (
                StreamKind::Transactional,
                contains("Content-Type", &["multipart/report"])
                    .or_else(|| contains("Auto-Submitted", &["auto-generated", "auto-replied", "auto-notified"]))
                    .or_else(|| present("X-Auto-Response-Suppress"))
                    .or_else(|| present("Feedback-ID")),
            ),
            (StreamKind::Person, present("In-Reply-To").or_else(|| present("User-Agent"))),
        ];
        let found = marks.into_iter().find_map(|(kind, evidence)| Some((kind, evidence?)));
        let (kind, evidence) = found.map_or((StreamKind::Unknown, None), |(kind, span)| (kind, Some(span)));
        // Programs that answer by themselves write `Precedence: bulk` too, so only the way out of a list counts.
        let bulk = present("List-Unsubscribe").filter(|_| kind == StreamKind::Bulk);
        let transactional = || contains("Auto-Submitted", &["auto-generated"]).or_else(|| transaction(message));
        let mixed = bulk.and_then(|bulk| Some(Mixed { transactional: transactional()?, bulk }));
        Self { kind, evidence, mixed }
    }

    /// Sent by a program, as mail of a sending service is.
    #[must_use]
    pub const fn is_sent_by_program(&self) -> bool {
        matches!(self.kind, StreamKind::Transactional | StreamKind::Bulk)
    }
}

/// A report for programs that says that it is about a delivery (RFC 3464). Others have the same frame (RFC 6522).
fn is_delivery_report(message: &Message) -> Option<Span> {
    let field = message.first("Content-Type")?;
    let is_report = message.unfold(field).text.to_ascii_lowercase().contains("multipart/report");
    let kind = parts::parameter(message, "report-type").unwrap_or_default();
    (is_report && kind.eq_ignore_ascii_case("delivery-status")).then_some(field.span)
}

/// Feedback-ID, where it names a transaction.
fn transaction(message: &Message) -> Option<Span> {
    let field = message.first("Feedback-ID")?;
    let value = message.unfold(field).text.to_ascii_lowercase();
    let mut words = value.split(|character: char| !character.is_ascii_alphanumeric());
    words.any(|word| TRANSACTIONS.contains(&word)).then_some(field.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(header: &str) -> Stream {
        Stream::of(&Message::read(format!("{header}\r\n\r\nHello\r\n").into_bytes()), None)
    }

    #[test]
    fn the_strongest_mark_decides() {
        for (header, expected) in [
            ("Content-Type: multipart/report; report-type=delivery-status", StreamKind::Bounce),
            ("Content-Type: multipart/report", StreamKind::Transactional),
            ("Sender: owner-staff@example.jp\r\nPrecedence: bulk", StreamKind::List),
            ("Sender: owner@example.jp\r\nPrecedence: bulk", StreamKind::Bulk),
            ("Content-Type: multipart/report; report-type=tlsrpt", StreamKind::Transactional),
            ("Content-Type: multipart/report; report-type=feedback-report", StreamKind::Transactional),
            ("Content-Type: multipart/report; report-type=disposition-notification", StreamKind::Transactional),
            ("Return-Path: <>", StreamKind::Bounce),
            ("Content-Type: text/calendar; method=REQUEST", StreamKind::Calendar),
            ("Return-Path: <>\r\nContent-Type: text/calendar; method=REPLY", StreamKind::Calendar),
            ("Content-Class: urn:content-classes:calendarmessage", StreamKind::Calendar),
            ("List-Unsubscribe: <https://example.jp/off>", StreamKind::Bulk),
            ("Auto-Submitted: auto-generated", StreamKind::Transactional),
            ("In-Reply-To: <1@example.jp>", StreamKind::Person),
            ("Subject: x", StreamKind::Unknown),
        ] {
            assert_eq!(stream(header).kind, expected, "{header}");
        }
    }

    #[test]
    fn two_kinds_show_in_one_message() {
        let off = "List-Unsubscribe: <https://example.jp/off>";
        for (header, expected) in [
            (format!("{off}\r\nAuto-Submitted: auto-generated"), true),
            (format!("{off}\r\nFeedback-ID: 12:receipt:shop:example"), true),
            (format!("{off}\r\nFeedback-ID: 12:news:shop:example"), false),
            (format!("{off}\r\nAuto-Submitted: auto-replied"), false),
            ("Precedence: bulk\r\nAuto-Submitted: auto-generated".to_owned(), false),
            (format!("{off}\r\nAuto-Submitted: auto-generated\r\nList-Post: <mailto:a@example.jp>"), false),
            (off.to_owned(), false),
        ] {
            assert_eq!(stream(&header).mixed.is_some(), expected, "{header}");
        }
    }
}
