//! The hop that took longest, when it took long: greylisting, a queue, or a server that was down.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};

/// What counts as long, in seconds.
pub(super) const LIMIT: i64 = 300;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let hops = subject.facts.path.hops.iter().enumerate();
    let slowest = hops
        .filter_map(|(index, hop)| Some((index, hop, hop.delay?.as_secs())))
        .filter(|&(_, _, seconds)| seconds > LIMIT)
        .max_by_key(|&(_, _, seconds)| seconds);
    slowest.map(|(index, hop, seconds)| {
        let place = hop.date.map_or(hop.span, |date| date.span);
        let by = hop.by.as_ref().map(|by| by.value.clone());
        let problem = Problem::SlowHop { hop: index + 1, by, seconds };
        Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(place))
    })
}
