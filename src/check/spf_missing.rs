//! The envelope sender's domain publishes no SPF record.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::spf::SpfResult;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let missing = subject.facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::None));
    missing.map(|check| {
        let problem = Problem::SpfMissing { domain: check.domain.clone() };
        Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
