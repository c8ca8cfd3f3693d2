//! No Received field shows who connected, so SPF and reverse DNS have nothing to judge.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::Span;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    if facts.session.ip.is_some() {
        return None;
    }
    let place = facts.path.hops.last().map_or(Span::new(0, facts.input.bytes), |hop| hop.span);
    let problem = Problem::NoConnectingAddress { hops: facts.path.hops.len() };
    Some(Finding::certain(problem, Severity::Note, Actor::Receiver, Evidence::Bytes(place)))
}
