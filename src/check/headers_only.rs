//! Only a header block was given, so no body can be held against a body hash.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::Span;

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let input = &subject.facts.input;
    let whole = Evidence::Bytes(Span::new(0, input.bytes));
    let problem = Problem::HeadersOnly { fields: subject.facts.form.fields };
    input.headers_only.then(|| Finding::certain(problem, Severity::Note, Actor::Receiver, whole))
}
