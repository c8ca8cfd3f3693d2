//! The Date that the sender wrote is far from the moment at which the receiving side took the message over.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

/// What counts as far, in seconds.
const LIMIT: i64 = 24 * 60 * 60;

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let (written, received) = (facts.identity.date?, facts.path.received_at()?);
    let seconds = written.instant.duration_since(received.value.instant).as_secs();
    if seconds.abs() <= LIMIT {
        return None;
    }
    let place = facts.identity.date_span?;
    let problem = Problem::DateFar { seconds, date: written, received: received.value };
    let finding = Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Bytes(place));
    Some(finding.also([Evidence::Bytes(received.span)]))
}
