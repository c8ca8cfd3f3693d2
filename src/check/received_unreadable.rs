//! Parts of Received fields fit no form that is known, so what they say is not known either.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::{Hop, PartKind};

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    // A date that cannot be read has a finding of its own.
    let parts = |hop: &Hop| -> Vec<Evidence> {
        let unread = hop.parts.iter().filter(|part| part.kind == PartKind::Unread);
        unread.map(|part| Evidence::Bytes(part.span)).collect()
    };
    let hops = subject.facts.path.hops.iter().map(parts).enumerate();
    let unread: Vec<(usize, Vec<Evidence>)> = hops.filter(|(_, parts)| !parts.is_empty()).collect();
    let problem = Problem::ReceivedUnreadable { hop: unread.first()?.0 + 1, hops: unread.len() };
    let mut places = unread.into_iter().flat_map(|(_, parts)| parts).take(super::MAX_PLACES + 1);
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, places.next()?).also(places))
}
