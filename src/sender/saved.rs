//! Marks of a program that wrote the message anew when it saved it. What such a program changed cannot be undone, so no
//! signature can verify such a copy. The marks are what programs leave, not proofs.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::message::{Field, Message, Span};

/// A program that probably wrote this copy anew, and the bytes that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub by: SavedBy,
    pub span: Span,
}

/// Programs that do not save a message as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SavedBy {
    /// The boundary of the MIME parts, in which Outlook writes when it made them, is younger than the message.
    Outlook,
    /// The same with the boundary of Java programs: webmail, archives.
    Java,
    /// Exchange keeps messages in a form of its own, and leaves its internal fields in what it makes of them.
    Exchange,
    /// HCL Notes says that it made the message from its own form.
    Notes,
    /// Proton Mail keeps messages encrypted, and makes an export from their parts.
    Proton,
    /// Tuta does so too.
    Tuta,
    /// A draft for a program to send (`X-Unsent`), as converters make it of other formats.
    Converter,
    /// The fields stand in an order that no way through servers gives: each writes its Received above all others.
    Unknown,
}

impl Saved {
    /// How much younger than the message its boundary may be, clocks being what they are.
    const LATER: SignedDuration = SignedDuration::from_hours(6);

    /// The first mark, the most telling kind first. `received`: when the message arrived, else its Date.
    #[must_use]
    pub fn of(message: &Message, received: Option<Timestamp>, now: Timestamp) -> Option<Self> {
        let made_later = |made: Option<Timestamp>| {
            made.zip(received)
                .is_some_and(|(made, received)| made <= now && made.duration_since(received) > Self::LATER)
        };
        let kind = message.first("Content-Type");
        let value = kind.map(|field| message.unfold(field).text).unwrap_or_default();
        let with = |name: &str, words: &[&str]| {
            let field = message.first(name)?;
            let value = message.unfold(field).text.to_ascii_lowercase();
            words.iter().any(|word| value.contains(word)).then_some(field)
        };
        let marks: [(SavedBy, Option<&Field>); 8] = [
            (SavedBy::Outlook, kind.filter(|_| made_later(outlook_moment(&value)))),
            (SavedBy::Java, kind.filter(|_| made_later(java_moment(&value)))),
            (SavedBy::Tuta, kind.filter(|_| value.contains("79Bu5A16qPEYcVIZL@tutanota"))),
            (SavedBy::Proton, with("X-Pm-Content-Encryption", &["on-delivery", "end-to-end", "on-compose"])),
            (SavedBy::Notes, with("X-MIMETrack", &["serialize by"])),
            (SavedBy::Converter, with("X-Unsent", &["1"])),
            (SavedBy::Exchange, internal_field(message)),
            (SavedBy::Unknown, disordered(message)),
        ];
        marks.into_iter().find_map(|(by, field)| Some(Self { by, span: field?.span }))
    }
}

/// `----=_NextPart_000_0007_01C6B3A0.5A3F5B40`: the time of Windows in units of 100 ns since 1601.
fn outlook_moment(value: &str) -> Option<Timestamp> {
    /// From 1601 to 1970.
    const EPOCHS: i64 = 11_644_473_600;
    let (_, rest) = value.split_once("_NextPart_")?;
    let mut parts = rest.split('_').skip(2);
    let (high, rest) = parts.next()?.split_once('.')?;
    let low = rest.get(..8)?;
    let hex = |digits: &str| i64::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 8);
    let ticks = hex(high)? << 32 | hex(low)?;
    Timestamp::from_second(ticks / 10_000_000 - EPOCHS).ok()
}

/// `----=_Part_12_345678.1511198400123`: milliseconds since 1970.
fn java_moment(value: &str) -> Option<Timestamp> {
    let (_, rest) = value.split_once("----=_Part_")?;
    let (_, millis) = rest.split_once('.')?;
    let digits: String = millis.chars().take_while(char::is_ascii_digit).collect();
    Timestamp::from_millisecond(digits.parse().ok().filter(|_| digits.len() == 13)?).ok()
}

/// Fields that Exchange takes out at its border, so that only a copy from inside has them.
fn internal_field(message: &Message) -> Option<&Field> {
    const PREFIX: &str = "x-ms-exchange-organization-";
    let is_internal =
        |field: &&Field| field.name.get(..PREFIX.len()).is_some_and(|name| name.eq_ignore_ascii_case(PREFIX));
    message.fields.iter().find(is_internal)
}

/// The topmost Received field where it stands below the fields of the author.
fn disordered(message: &Message) -> Option<&Field> {
    let place = |name: &str| message.named(name).next().map(|(index, _)| index);
    let (received, from, subject) = (place("Received")?, place("From")?, place("Subject")?);
    message.fields.get(received).filter(|_| received > from && received > subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(header: &str) -> Option<SavedBy> {
        let message = Message::read(format!("{header}\n\nbody\n").into_bytes());
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        Saved::of(&message, Some(moment("2026-11-20T01:00:00Z")), moment("2026-11-22T00:00:00Z")).map(|saved| saved.by)
    }

    fn filetime(moment: &str) -> String {
        let seconds = moment.parse::<Timestamp>().unwrap().as_second() + 11_644_473_600;
        let ticks = seconds * 10_000_000;
        format!("----=_NextPart_000_0007_{:08X}.{:08X}", ticks >> 32, ticks & 0xffff_ffff)
    }

    #[test]
    fn a_boundary_says_when_it_was_made() {
        assert_eq!(outlook_moment(&filetime("2026-11-20T00:59:00Z")), Some("2026-11-20T00:59:00Z".parse().unwrap()));
        let kind =
            |boundary: &str| format!("From: a@example.jp\nContent-Type: multipart/mixed; boundary=\"{boundary}\"");
        assert_eq!(saved(&kind(&filetime("2026-11-20T00:59:00Z"))), None);
        assert_eq!(saved(&kind(&filetime("2026-11-20T02:59:00Z"))), None, "clocks differ");
        assert_eq!(saved(&kind(&filetime("2026-11-21T09:00:00Z"))), Some(SavedBy::Outlook));
        assert_eq!(saved(&kind(&filetime("2030-11-21T09:00:00Z"))), None, "nobody made it yet");
        assert_eq!(saved(&kind("----=_Part_0_1.1795250000000")), Some(SavedBy::Java));
        assert_eq!(saved(&kind("----=_Part_0_1.1795000000000")), None);
        for odd in ["----=_NextPart_", "----=_NextPart_0_0_0.0", "----=_NextPart_000_0007_é.é", "----=_Part_.", "_"] {
            assert_eq!(saved(&kind(odd)), None, "{odd}");
        }
    }

    #[test]
    fn programs_leave_marks() {
        let received = "Received: from a by b; Fri, 20 Nov 2026 10:00:00 +0900";
        let author = "From: a@example.jp\nSubject: x";
        for (header, expected) in [
            (format!("{received}\n{author}"), None),
            (format!("{author}\n{received}"), Some(SavedBy::Unknown)),
            (format!("{received}\n{author}\nX-Unsent: 1"), Some(SavedBy::Converter)),
            (format!("{received}\n{author}\nX-MS-Exchange-Organization-SCL: 1"), Some(SavedBy::Exchange)),
            (format!("{received}\n{author}\nX-MIMETrack: Serialize by Notes Client"), Some(SavedBy::Notes)),
            (format!("{received}\n{author}\nX-MIMETrack: Itemize by SMTP Server"), None),
            (format!("{received}\n{author}\nX-Pm-Content-Encryption: on-delivery"), Some(SavedBy::Proton)),
        ] {
            assert_eq!(saved(&header), expected, "{header}");
        }
    }
}
