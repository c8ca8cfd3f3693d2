//! SPF or DKIM passed, for other domains than the one in From only (RFC 9989 section 4.4).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::DmarcResult;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let author = dmarc.author_domain.clone().filter(|_| dmarc.result == DmarcResult::Fail)?;
    let passed = dmarc.passed_domains();
    if passed.is_empty() {
        return None;
    }
    let service = subject.facts.sender.proved_service().filter(|service| service.setup.is_some());
    let problem = Problem::DmarcUnaligned { author, passed, policy: dmarc.policy, service };
    Some(Finding::certain(problem, Severity::Error, Actor::Sender, Evidence::Step(dmarc.trace.id.clone())))
}
