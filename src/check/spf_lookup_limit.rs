//! More than ten terms ask DNS, so receivers give up (RFC 7208 section 4.6.4).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::Reason;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.6.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let over = subject.facts.spf.mail_from.as_ref().filter(|check| check.reason == Reason::LookupLimit);
    over.map(|check| {
        let owner = check.culprit.as_ref().map_or_else(|| check.domain.clone(), |culprit| culprit.domain.clone());
        let problem = Problem::SpfLookupLimit { domain: check.domain.clone(), owner };
        Finding::certain(problem, subject.weight_of_envelope(), Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
