//! More signatures than any mail system makes; verifiers may limit how many they try (RFC 6376 section 6.1).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (signatures, judged) = (subject.facts.dkim.len(), subject.signatures.len());
    let place = subject.facts.dkim.last().filter(|_| signatures > judged)?.span;
    let problem = Problem::DkimMany { signatures, judged };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Bytes(place)))
}
