//! More signatures than any mail system makes; verifiers may limit how many they try (RFC 6376 section 6.1).

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (signatures, judged) = (subject.facts.dkim.len(), subject.signatures.len());
    let place = subject.facts.dkim.last().filter(|_| signatures > judged)?.span;
    let problem = Problem::DkimMany { signatures, judged };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Bytes(place)))
}
