//! The record names other servers and asks to refuse this one.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dmarc::DmarcResult;
use crate::auth::spf::SpfResult;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let failed = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::Fail));
    failed.filter(|_| !facts.handling.passed_on()).map(|check| {
        let problem = Problem::SpfFail { domain: check.domain.clone(), ip: check.ip };
        let passes = facts.dmarc.result == DmarcResult::Pass;
        let severity = if passes { Severity::Warning } else { Severity::Error };
        Finding::certain(problem, severity, Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
