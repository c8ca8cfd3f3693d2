//! The record names other servers and asks to be wary of this one.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::spf::SpfResult;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let failed = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::SoftFail));
    failed.filter(|_| !facts.handling.passed_on()).map(|check| {
        let problem = Problem::SpfSoftfail { domain: check.domain.clone(), ip: check.ip };
        Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
