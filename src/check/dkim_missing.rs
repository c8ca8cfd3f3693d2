//! The message carries no DKIM signature.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::message::Span;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let place = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    facts
        .dkim
        .is_empty()
        .then(|| Finding::certain(Problem::DkimMissing, Severity::Warning, Actor::Sender, Evidence::Bytes(place)))
}
