//! Marks that a mailing list or a forwarder left on the message.

use serde::Serialize;

use crate::message::{Field, Message, Span};
use crate::sender::services::Service;

/// What marks of passing on are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    List,
    Forwarding,
}

/// What was done to the message on the way, as its header shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handling {
    /// A field of a list that people post to (RFC 2369 section 3.4) or of list software. `List-Id` and
    /// `List-Unsubscribe` alone are no mark: newsletters carry them too.
    pub list: Option<Span>,
    /// The first mark of forwarding, the strongest kind first.
    pub forwarded: Option<(ForwardMark, Span)>,
    /// Who stands by these marks ([`super::passed_on_by`]): anybody can write marks.
    pub by: Option<PassedOnBy>,
}

/// Somebody else than the author who says to have passed the message on, and is proved to have handled it. Where it came from
/// before is their word alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOnBy {
    pub domain: String,
    /// A service under whose own name nobody writes such marks but itself.
    pub service: Option<&'static Service>,
}

/// How forwarding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardMark {
    /// The envelope sender was rewritten: by the Sender Rewriting Scheme (`SRS0=`, `SRS1=`), by Microsoft 365 (`+SRS=`), or by
    /// Gmail (`+caf_=`).
    RewrittenSender,
    /// `X-Forwarded-To`, `X-Forwarded-For` with addresses, or `X-MS-Exchange-ForwardingLoop`.
    ForwardingField,
    /// `Resent-From` or `Resent-To` (RFC 5322 section 3.6.6).
    Resent,
    /// A `Delivered-To` from before the arrival: delivered once, then sent on.
    DeliveredBefore,
    /// An ARC set (RFC 8617). By itself it does not tell forwarding: some services seal every message that they send.
    ArcSet,
}

impl Handling {
    /// Reads the marks. Above `boundary`, the index of the Received field of the arrival, the receiving side wrote: what
    /// it did to the message afterwards changes nothing about the arrival, so marks are looked for below.
    #[must_use]
    pub fn of(message: &Message, boundary: Option<usize>) -> Self {
        let fields = message.fields.get(boundary.map_or(0, |index| index + 1)..).unwrap_or_default();
        let first = |names: &[&str]| names.iter().find_map(|name| fields.iter().find(|field| field.is(name)));
        let addresses = fields.iter().find(|field| field.is("X-Forwarded-For") && value(message, field).contains('@'));
        let marks = [
            (ForwardMark::RewrittenSender, message.first("Return-Path").filter(|field| is_rewritten(message, field))),
            (ForwardMark::ForwardingField, first(&["X-Forwarded-To", "X-MS-Exchange-ForwardingLoop"]).or(addresses)),
            (ForwardMark::Resent, first(&["Resent-From", "Resent-To"])),
            // Without a boundary it may be the delivery itself.
            (ForwardMark::DeliveredBefore, boundary.and_then(|_| first(&["Delivered-To"]))),
            (ForwardMark::ArcSet, first(&["ARC-Seal"])),
        ];
        let forwarded = marks.into_iter().find_map(|(mark, field)| Some((mark, field?.span)));
        Self { list: list_mark(message, fields), forwarded, by: None }
    }

    /// Where it shows that somebody between the sender and the receiver passed the message on.
    #[must_use]
    pub fn passed_on_at(&self) -> Option<Span> {
        let told = |(mark, _): &(ForwardMark, Span)| *mark != ForwardMark::ArcSet;
        let sealed = || self.forwarded.filter(|_| self.is_claimed());
        let span = |(_, span)| span;
        self.forwarded.filter(told).map(span).or(self.list).or_else(|| sealed().map(span))
    }

    /// The message bears marks of having been passed on, proved or not.
    #[must_use]
    pub fn passed_on(&self) -> bool {
        self.passed_on_at().is_some()
    }

    /// The kind of the mark at [`Self::passed_on_at`].
    #[must_use]
    pub fn marks(&self) -> Option<Marks> {
        let at = self.passed_on_at()?;
        Some(if self.list == Some(at) { Marks::List } else { Marks::Forwarding })
    }

    /// Somebody else than the author stands by the marks.
    #[must_use]
    pub const fn is_claimed(&self) -> bool {
        self.by.is_some()
    }
}

/// Fields that list software writes on what people post: ezmlm, Majordomo, Mailman, fml.
const LIST_FIELDS: &[&str] = &["Mailing-List", "X-Mailing-List", "X-BeenThere", "X-Mailman-Version", "X-ML-Name"];

/// The field that shows a list which people post to.
pub(super) fn list_mark(message: &Message, fields: &[Field]) -> Option<Span> {
    // `NO` announces a list that nobody may post to (RFC 2369 section 3.4).
    let takes_posts = |field: &&Field| field.is("List-Post") && !value(message, field).eq_ignore_ascii_case("no");
    let post = fields.iter().find(takes_posts);
    post.or_else(|| fields.iter().find(|field| LIST_FIELDS.iter().any(|name| field.is(name)))).map(|field| field.span)
}

fn is_rewritten(message: &Message, return_path: &Field) -> bool {
    let address = value(message, return_path).to_ascii_uppercase();
    let address = address.trim_start_matches('<');
    let prefixes = ["SRS0=", "SRS0+", "SRS0-", "SRS1=", "SRS1+", "SRS1-"];
    let infixes = ["+SRS=", "+CAF_="];
    prefixes.iter().any(|prefix| address.starts_with(prefix)) || infixes.iter().any(|infix| address.contains(infix))
}

fn value(message: &Message, field: &Field) -> String {
    message.unfold(field).text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header below the Received field of the arrival.
    fn handling(below: &str) -> Handling {
        let text = format!("Delivered-To: b@example.net\nReceived: by mx.example.net\n{below}From: a@example.jp\n\n");
        Handling::of(&Message::read(text.into_bytes()), Some(1))
    }

    #[test]
    fn forwarding_shows_below_the_arrival() {
        for (below, expected) in [
            ("", None),
            ("Delivered-To: a@example.com\n", Some(ForwardMark::DeliveredBefore)),
            ("X-Forwarded-To: b@example.net\n", Some(ForwardMark::ForwardingField)),
            ("X-Forwarded-For: a@example.com b@example.net\n", Some(ForwardMark::ForwardingField)),
            ("X-Forwarded-For: 192.0.2.1\n", None),
            ("Resent-From: a@example.com\n", Some(ForwardMark::Resent)),
            ("ARC-Seal: i=1\n", Some(ForwardMark::ArcSet)),
            ("ARC-Seal: i=1\nResent-To: b@example.net\n", Some(ForwardMark::Resent)),
        ] {
            let handling = handling(below);
            assert_eq!(handling.forwarded.map(|(mark, _)| mark), expected, "{below}");
            let told = expected.is_some_and(|mark| mark != ForwardMark::ArcSet);
            assert_eq!(handling.passed_on(), told, "{below}");
        }
    }

    #[test]
    fn a_rewritten_envelope_sender_is_a_mark() {
        for (sender, expected) in [
            ("<SRS0=abcd=x7=example.jp=a@example.com>", true),
            ("SRS1=ab=example.com==cd=x7=example.jp=a@example.org", true),
            ("<a+caf_=b=example.net@example.com>", true),
            ("<bounces+SRS=Ab1cD=X7@example.com>", true),
            ("<srs@example.jp>", false),
        ] {
            let text = format!("Return-Path: {sender}\nReceived: by mx.example.net\n\n");
            let handling = Handling::of(&Message::read(text.into_bytes()), Some(1));
            assert_eq!(handling.passed_on(), expected, "{sender}");
        }
    }

    #[test]
    fn a_list_takes_posts_and_a_newsletter_does_not() {
        for (below, expected) in [
            ("List-Post: <mailto:users@example.com>\n", true),
            ("List-Post: NO\nList-Id: <news.example.com>\n", false),
            ("List-Id: <news.example.com>\nList-Unsubscribe: <mailto:off@example.com>\n", false),
            ("Mailing-List: contact users-help@example.com\n", true),
            ("X-BeenThere: users@example.com\n", true),
            ("X-ML-Name: users\n", true),
        ] {
            assert_eq!(handling(below).list.is_some(), expected, "{below}");
        }
    }

    #[test]
    fn nothing_is_told_without_a_boundary() {
        let message = Message::read(b"Delivered-To: a@example.com\nDelivered-To: b@example.net\n\n".to_vec());
        assert!(!Handling::of(&message, None).passed_on());
    }
}
