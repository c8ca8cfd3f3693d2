//! The message has no Date that can be read (RFC 5322 section 3.6 asks for exactly one).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::Fidelity;

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let identity = &facts.identity;
    // A part of a header may be without the field that the whole had.
    if identity.date.is_some() || (identity.date_span.is_none() && facts.input.kept.header == Fidelity::Partial) {
        return None;
    }
    let place = identity.date_span.unwrap_or_else(|| subject.header_place());
    let problem = Problem::DateMissing { written: identity.date_span.is_some() };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Bytes(place)))
}
