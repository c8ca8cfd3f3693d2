//! The hop that took longest, when it took long: greylisting, a queue, or a server that was down.

use jiff::Timestamp;

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::Hop;

/// What counts as long, in seconds.
pub(super) const LIMIT: i64 = 300;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let latest = super::hop_date_future::latest(subject);
    let (hop, seconds) = slowest(&subject.facts.path.hops, latest).filter(|&(_, seconds)| seconds > LIMIT)?;
    let index = subject.facts.path.hops.iter().position(|other| other.field == hop.field)?;
    let place = hop.date.map_or(hop.span, |date| date.span);
    let by = hop.by.as_ref().map(|by| by.value.clone());
    let problem = Problem::SlowHop { hop: index + 1, by, seconds, until: hop.date.map(|date| date.value) };
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(place)))
}

/// The hop that surely took longest, in seconds: from the latest date before it to the earliest from it on. One wrong
/// clock makes no hop slow that way; it is found by [`super::clock_skew`]. Dates after `latest` are wrong for sure.
fn slowest(hops: &[Hop], latest: Timestamp) -> Option<(&Hop, i64)> {
    let dated = hops.iter().filter_map(|hop| Some((hop, hop.date?.value.instant)));
    let dated: Vec<(&Hop, Timestamp)> = dated.filter(|&(_, date)| date <= latest).collect();
    let mut earliest = Timestamp::MAX;
    let mut from_here_on: Vec<Timestamp> = Vec::with_capacity(dated.len());
    for &(_, date) in dated.iter().rev() {
        earliest = earliest.min(date);
        from_here_on.push(earliest);
    }
    let mut latest = None;
    let mut slowest: Option<(&Hop, i64)> = None;
    for (&(hop, date), earliest) in dated.iter().zip(from_here_on.into_iter().rev()) {
        let seconds = latest.map_or(0, |before| earliest.duration_since(before).as_secs());
        if slowest.is_none_or(|(_, known)| seconds > known) {
            slowest = Some((hop, seconds));
        }
        latest = latest.max(Some(date));
    }
    slowest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn one_wrong_clock_makes_no_hop_slow() {
        for (times, expected) in [
            (["10:00", "10:01", "10:20"], 19 * 60),
            (["10:00", "09:00", "10:01"], 60),
            (["10:00", "11:00", "10:01"], 60),
            (["10:00", "09:00", "10:30"], 30 * 60),
        ] {
            let received = |time: &&str| format!("Received: by a; Mon, 02 Nov 2026 {time}:00 +0900\n");
            let header: String = times.iter().rev().map(received).collect();
            let path = crate::path::read(&Message::read(header.into_bytes()), None, None);
            assert_eq!(slowest(&path.hops, Timestamp::MAX).map(|(_, seconds)| seconds), Some(expected), "{times:?}");
        }
    }
}
