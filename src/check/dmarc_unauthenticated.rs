//! Neither SPF nor DKIM passed for any domain, and the author domain publishes a DMARC record.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::DmarcResult;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "5.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let author = dmarc.author_domain.clone().filter(|_| dmarc.result == DmarcResult::Fail)?;
    if !dmarc.passed_domains().is_empty() {
        return None;
    }
    let problem = Problem::DmarcUnauthenticated { author, policy: dmarc.policy, suspect: subject.is_suspect() };
    Some(Finding::certain(problem, Severity::Error, subject.judge_of_server(), Evidence::Step(dmarc.trace.id.clone())))
}
