//! Order, delays and clock skew.

use jiff::{SignedDuration, Timestamp};

use super::{Authserv, Boundary, Hop, Path, Side, boundary, handover, received, waypoint};
use crate::message::Message;

/// Reads every Received field and puts the hops in order, oldest first: each server writes its field above the others.
pub(super) fn read(message: &Message, chosen: Option<usize>, authserv: Option<&Authserv>) -> Path {
    let mut hops: Vec<Hop> =
        message.named("Received").rev().map(|(index, field)| received::read(message, index, field)).collect();
    let total = set_delays(&mut hops);
    let handovers: Vec<_> =
        hops.windows(2).filter_map(|pair| Some(handover::between(pair.first()?, pair.get(1)?))).collect();
    for (hop, handover) in hops.iter_mut().skip(1).zip(handovers) {
        hop.handover = handover;
    }
    let waypoints = waypoint::read(message, &hops);
    let choices = boundary::choices(&hops, authserv);
    let boundary = boundary::find(&hops, &choices, chosen);
    set_sides(&mut hops, boundary.as_ref());
    Path { hops, waypoints, boundary, choices, total }
}

/// Sets each delay and returns the time from the first dated hop to the last. A negative one means that two clocks
/// disagree; it is kept as it is.
fn set_delays(hops: &mut [Hop]) -> Option<SignedDuration> {
    let mut first: Option<Timestamp> = None;
    let mut older: Option<Timestamp> = None;
    for hop in hops {
        let Some(date) = hop.date else { continue };
        let now = date.value.instant;
        hop.delay = older.map(|older| now.duration_since(older));
        first = first.or(Some(now));
        older = Some(now);
    }
    Some(older?.duration_since(first?))
}

pub(super) fn set_sides(hops: &mut [Hop], boundary: Option<&Boundary>) {
    for (index, hop) in hops.iter_mut().enumerate() {
        hop.side = match boundary.map(|boundary| index.cmp(&boundary.hop)) {
            Some(std::cmp::Ordering::Less) => Side::Sending,
            Some(std::cmp::Ordering::Equal) => Side::Boundary,
            Some(std::cmp::Ordering::Greater) | None => Side::Receiving,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::TlsState;

    fn path(headers: &str) -> Path {
        read(&Message::read(headers.as_bytes().to_vec()), None, None)
    }

    /// delays are signed, the total runs from the first date to the last, and undated hops are stepped over.
    #[test]
    fn delays_are_signed() {
        let path = path(
            "Received: from a (a [192.0.2.1]) by b; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
             Received: from c (c [192.0.2.2]) by a\r\n\
             Received: from d (d [192.0.2.3]) by c; Mon, 02 Nov 2026 01:00:30 +0000\r\n\
             Received: by d; Mon, 02 Nov 2026 01:00:00 +0000\r\n\r\n",
        );
        let delays: Vec<_> = path.hops.iter().map(|hop| hop.delay.map(|delay| delay.as_secs())).collect();
        assert_eq!(delays, [None, Some(30), None, Some(-30)]);
        assert_eq!(path.total.map(|total| total.as_secs()), Some(0));
    }

    #[test]
    fn one_date_gives_no_delay_and_a_total_of_nothing() {
        let path = path("Received: by a; Mon, 02 Nov 2026 10:00:00 +0900\n\n");
        assert_eq!((path.hops[0].delay, path.total), (None, Some(SignedDuration::ZERO)));
    }

    #[test]
    fn no_received_field_is_an_empty_path() {
        assert_eq!(path("Subject: hello\n\n"), Path::default());
    }

    #[test]
    fn ten_thousand_hops_are_read() {
        let line = "Received: from a (a.example.com [192.0.2.1]) by b.example.net (Postfix) with ESMTP id 1; \
                    Mon, 02 Nov 2026 10:00:00 +0900\r\n";
        let path = path(&format!("{}\r\n", line.repeat(10_000)));
        assert_eq!(path.hops.len(), 10_000);
        assert_eq!(path.boundary.map(|boundary| boundary.hop), Some(9_999));
        assert!(path.hops.iter().all(|hop| hop.tls.state == TlsState::NotStated));
    }
}
