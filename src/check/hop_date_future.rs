//! A hop is dated after the present: the clock of that server was wrong, or nobody has written that line.

use jiff::{SignedDuration, Timestamp};

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::date::Stamp;
use crate::path::Side;

/// Smaller differences are everyday drift between that clock and this one, in seconds.
const TOLERANCE: i64 = 600;

/// The last moment that can be the date of a hop.
pub(super) fn latest(subject: Subject<'_>) -> Timestamp {
    let now = subject.facts.judged_at.now;
    now.checked_add(SignedDuration::from_secs(TOLERANCE)).unwrap_or(Timestamp::MAX)
}

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let now = subject.facts.judged_at.now;
    let hops = subject.facts.path.hops.iter().enumerate();
    let ahead = hops.filter_map(|(index, hop)| {
        let date = hop.date?;
        Some((index, hop, date, date.value.instant.duration_since(now).as_secs()))
    });
    let (index, hop, date, seconds) =
        ahead.filter(|&(.., seconds)| seconds > TOLERANCE).max_by_key(|&(.., seconds)| seconds)?;
    let problem = Problem::HopDateFuture {
        hop: index + 1,
        by: hop.by.as_ref().map(|by| by.value.clone()),
        seconds,
        date: date.value,
        now: Stamp::utc(now).told_in(date.value.zone),
    };
    let actor = if hop.side == Side::Sending { Actor::Nobody } else { Actor::Receiver };
    Some(Finding::certain(problem, Severity::Note, actor, Evidence::Bytes(date.span)))
}
