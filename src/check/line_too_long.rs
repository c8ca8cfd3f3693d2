//! A line has more than 998 octets (RFC 5322 section 2.1.1): servers may fold or refuse it, and what folds it breaks DKIM.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(5322, "2.1.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (span, lines) = subject.facts.input.flaws.long_line?;
    let problem = Problem::LineTooLong { octets: span.len(), lines };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Bytes(span)))
}
