//! SPF fails at a forwarder's address, which is what happens to every forwarded message.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::spf::{Check, SpfResult};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "D.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let is_failed = |check: &&Check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail));
    let failed = facts.spf.mail_from.as_ref().filter(is_failed);
    failed.zip(facts.handling.passed_on_at()).map(|(check, mark)| {
        let proved = facts.is_passing_on_shown();
        let actor = if proved { Actor::Nobody } else { Actor::Receiver };
        let problem = Problem::SpfForwarded { domain: check.domain.clone(), ip: check.ip, proved };
        Finding::certain(problem, Severity::Note, actor, Evidence::Step(check.trace.id.clone()))
            .confidence(if proved { Confidence::Likely } else { Confidence::Possible })
            .also([Evidence::Bytes(mark)])
    })
}
