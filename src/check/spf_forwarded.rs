//! SPF fails at a forwarder's address, which is what happens to every forwarded message.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::spf::{Check, SpfResult};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "D.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let is_failed = |check: &&Check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail));
    let failed = facts.spf.mail_from.as_ref().filter(is_failed);
    // Marks that nothing proves are no reason to call it normal.
    let mark = facts.handling.passed_on_at().filter(|_| facts.is_failure_explained());
    failed.zip(mark).map(|(check, mark)| {
        let by = facts.handling.by.as_ref().map(|by| by.domain.clone());
        let problem = Problem::SpfForwarded { domain: check.domain.clone(), ip: check.ip, by };
        Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Step(check.trace.id.clone()))
            .confidence(Confidence::Likely)
            .also([Evidence::Bytes(mark)])
    })
}
