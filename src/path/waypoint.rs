//! Further trace fields, in their places between the hops.

use std::net::IpAddr;

use serde::Serialize;

use super::received::grammar::{Clauses, Keyword, address};
use super::{Hop, Spanned};
use crate::message::date::{self, Stamp};
use crate::message::{Field, Message, Span, address as mail};

/// The most that are listed; a message has a dozen at worst.
pub const MAX_WAYPOINTS: usize = 100;

/// A field that tells of the way without being a Received field. Each server writes above what it got, so its place tells
/// when it was written. Nothing is judged by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waypoint {
    /// Index of the field in [`Message::fields`]; of a block of several, the topmost.
    pub field: usize,
    /// The name of that field as written.
    pub name: String,
    pub span: Span,
    pub kind: WaypointKind,
    /// How many hops stand below it: it was written after that many.
    pub after: usize,
    /// A server, or an address of mail.
    pub text: Option<Spanned<String>>,
    pub ip: Option<Spanned<IpAddr>>,
    pub date: Option<Spanned<Stamp>>,
}

/// What a waypoint tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaypointKind {
    /// `X-Received`: a server of Google names itself and the time.
    Passed,
    /// `X-Originating-IP` and the like: from where the author reached the server.
    OriginatingIp,
    /// `Resent-From` and its block (RFC 5322 section 3.6.6): somebody sent the message on by hand.
    Resent,
    /// `Delivered-To`: it was put into a mailbox, or handed to a list or a forwarding rule.
    Delivered,
}

const ORIGINATING: &[&str] = &[
    "X-Originating-IP",
    "X-Sender-IP",
    "X-Client-IP",
    "X-Remote-IP",
    "X-Source-IP",
    "X-MDRemoteIP",
    "X-Originating-Client-IP",
];

fn kind(field: &Field) -> Option<WaypointKind> {
    if field.is("X-Received") {
        Some(WaypointKind::Passed)
    } else if field.is("Delivered-To") {
        Some(WaypointKind::Delivered)
    } else if ORIGINATING.iter().any(|name| field.is(name)) {
        Some(WaypointKind::OriginatingIp)
    } else {
        is_resent(field).then_some(WaypointKind::Resent)
    }
}

fn is_resent(field: &Field) -> bool {
    field.name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("Resent-"))
}

/// Reads them, oldest first. `hops` stand oldest first as well.
pub(super) fn read(message: &Message, hops: &[Hop]) -> Vec<Waypoint> {
    let mut found: Vec<Waypoint> = Vec::new();
    for (index, field) in message.fields.iter().enumerate() {
        let Some(kind) = kind(field) else { continue };
        let after = hops.partition_point(|hop| hop.field > index);
        // The fields of one resending stand together.
        if let (WaypointKind::Resent, Some(block)) = (kind, found.last_mut())
            && block.kind == kind
            && block.span.end == field.span.start
        {
            let own = waypoint(message, index, field, kind, after);
            block.span.end = field.span.end;
            block.date = block.date.or(own.date);
            block.text = block.text.take().or(own.text);
            continue;
        }
        if found.len() == MAX_WAYPOINTS {
            break;
        }
        found.push(waypoint(message, index, field, kind, after));
    }
    found.reverse();
    found
}

fn waypoint(message: &Message, index: usize, field: &Field, kind: WaypointKind, after: usize) -> Waypoint {
    let value = message.unfold(field);
    let whole = value.text.trim();
    let mut waypoint = Waypoint {
        field: index,
        name: field.name.clone(),
        span: field.span,
        kind,
        after,
        text: None,
        ip: None,
        date: None,
    };
    match kind {
        WaypointKind::Passed => {
            let clauses = Clauses::read(&value, field.span);
            waypoint.text = clauses.word(Keyword::By).map(|by| clauses.spanned(by));
            waypoint.date = clauses.date();
        }
        WaypointKind::OriginatingIp => waypoint.ip = ip(whole).map(|ip| Spanned::new(ip, field.value)),
        WaypointKind::Resent if field.is("Resent-Date") => {
            waypoint.date = date::read(whole).map(|stamp| Spanned::new(stamp, field.value));
        }
        WaypointKind::Resent if field.is("Resent-From") || field.is("Resent-Sender") => {
            let by = mail::read(&value).mailboxes.into_iter().next();
            waypoint.text = by.map(|mailbox| Spanned::new(mailbox.address, mailbox.span));
        }
        WaypointKind::Resent => {}
        WaypointKind::Delivered => {
            waypoint.text = (!whole.is_empty()).then(|| Spanned::new(whole.to_owned(), field.value));
        }
    }
    waypoint
}

/// The address, in brackets or not, the first of several.
fn ip(whole: &str) -> Option<IpAddr> {
    let first = whole.split([',', ' ', ';']).find(|word| !word.is_empty())?;
    address(super::received::grammar::Piece { text: first, start: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waypoints(headers: &str) -> Vec<Waypoint> {
        crate::path::read(&Message::read(headers.as_bytes().to_vec()), None, None).waypoints
    }

    #[test]
    fn they_stand_between_the_hops() {
        let found = waypoints(
            "Delivered-To: b@example.com\r\n\
             X-Received: by 2002:a05:6402:1::1 with SMTP id a1mr1; Mon, 02 Nov 2026 02:00:05 -0800 (PST)\r\n\
             Received: from a (a. [192.0.2.1]) by mx.google.com with ESMTPS id 1; Mon, 02 Nov 2026 02:00:04 -0800 (PST)\r\n\
             Resent-Date: Mon, 02 Nov 2026 10:00:00 +0000\r\n\
             Resent-From: Sato <sato@example.net>\r\n\
             Resent-To: b@example.com\r\n\
             Delivered-To: sato@example.net\r\n\
             Received: from c by a; Mon, 02 Nov 2026 09:00:00 +0000\r\n\
             X-Originating-IP: [2001:db8::7]\r\n\r\n",
        );
        let places: Vec<_> = found.iter().map(|waypoint| (waypoint.kind, waypoint.after)).collect();
        assert_eq!(
            places,
            [
                (WaypointKind::OriginatingIp, 0),
                (WaypointKind::Delivered, 1),
                (WaypointKind::Resent, 1),
                (WaypointKind::Passed, 2),
                (WaypointKind::Delivered, 2),
            ]
        );
        assert_eq!(found[0].ip.map(|ip| ip.value), "2001:db8::7".parse().ok());
        let resent = &found[2];
        assert_eq!(resent.text.as_ref().unwrap().value, "sato@example.net");
        assert_eq!(resent.date.unwrap().value.instant.to_string(), "2026-11-02T10:00:00Z");
        assert_eq!(found[3].text.as_ref().unwrap().value, "2002:a05:6402:1::1");
        assert_eq!(found[3].date.unwrap().value.instant.to_string(), "2026-11-02T10:00:05Z");
    }

    /// one bad field never spoils the rest, and no number of them takes long.
    #[test]
    fn damage_leaves_a_waypoint_without_values() {
        let found =
            waypoints("X-Received: \r\nX-Originating-IP: nowhere\r\nResent-Date: never\r\nDelivered-To:\r\n\r\n");
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|waypoint| (waypoint.ip, waypoint.date) == (None, None)));
        assert_eq!(waypoints(&"Delivered-To: a@example.com\r\n".repeat(500)).len(), MAX_WAYPOINTS);
    }
}
