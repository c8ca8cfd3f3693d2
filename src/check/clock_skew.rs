//! A hop is dated before the one it follows: a clock is wrong, so delays around it are not what they seem.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};

/// Smaller differences are rounding and everyday drift, in seconds.
const TOLERANCE: i64 = 5;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let hops = subject.facts.path.hops.iter().enumerate();
    let worst = hops
        .filter_map(|(index, hop)| Some((index, hop, hop.delay?.as_secs())))
        .filter(|&(_, _, seconds)| seconds < -TOLERANCE)
        .min_by_key(|&(_, _, seconds)| seconds);
    worst.map(|(index, hop, seconds)| {
        let place = hop.date.map_or(hop.span, |date| date.span);
        let problem = Problem::ClockSkew { hop: index + 1, seconds };
        Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(place))
    })
}
