//! A hop has no date, or one that cannot be read: its delay and that of the next are not known.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::PartKind;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let hops = || subject.facts.path.hops.iter().enumerate().filter(|(_, hop)| hop.date.is_none());
    let (index, hop) = hops().next()?;
    let written = hop.parts.iter().find(|part| part.kind == PartKind::UnreadDate).map(|part| part.span);
    let problem = Problem::HopDateMissing {
        hop: index + 1,
        by: hop.by.as_ref().map(|by| by.value.clone()),
        written: written.is_some(),
    };
    let place = written.unwrap_or(hop.span);
    let others = hops().skip(1).map(|(_, hop)| Evidence::Bytes(hop.span)).take(super::MAX_PLACES);
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(place)).also(others))
}
