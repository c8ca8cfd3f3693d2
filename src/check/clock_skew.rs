//! A hop is dated before the one it follows: a clock is wrong, so delays around it are not what they seem.

use jiff::SignedDuration;

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::date::Stamp;

/// Smaller differences are rounding and everyday drift, in seconds.
const TOLERANCE: i64 = 5;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let hops = &subject.facts.path.hops;
    // After a date in the future, which has a finding of its own, every right one is early.
    let latest = super::hop_date_future::latest(subject);
    let follows_future = |index: usize| {
        let before = hops.iter().take(index).rev().find_map(|hop| hop.date);
        before.is_some_and(|date| date.value.instant > latest)
    };
    let worst = hops
        .iter()
        .enumerate()
        .filter_map(|(index, hop)| Some((index, hop, hop.delay?.as_secs())))
        .filter(|&(index, _, seconds)| seconds < -TOLERANCE && !follows_future(index))
        .min_by_key(|&(_, _, seconds)| seconds);
    let (index, hop, seconds) = worst?;
    let date = hop.date?;
    let before = Stamp {
        instant: date.value.instant.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(date.value.instant),
        zone: date.value.zone,
    };
    let problem = Problem::ClockSkew { hop: index + 1, seconds, date: date.value, before };
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(date.span)))
}
