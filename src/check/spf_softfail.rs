//! The record names other servers and asks to be wary of this one.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::SpfResult;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "8.5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let failed = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::SoftFail));
    failed.filter(|_| !facts.is_failure_explained()).map(|check| {
        let (domain, suspect, marks) = (check.domain.clone(), subject.is_suspect(), facts.unproved_marks());
        let problem = Problem::SpfSoftfail { domain, ip: check.ip, suspect, marks };
        // Whether it was passed on, the recipient knows first.
        let actor = if marks.is_some() { Actor::Receiver } else { subject.judge_of_server() };
        let mark = facts.handling.passed_on_at().filter(|_| marks.is_some()).map(Evidence::Bytes);
        Finding::certain(problem, subject.weight_of_envelope(), actor, Evidence::Step(check.trace.id.clone()))
            .also(mark)
    })
}
