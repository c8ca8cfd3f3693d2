//! More than two questions have no answer, so receivers may give up (RFC 7208 section 4.6.4).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::Reason;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.6.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let over = subject.facts.spf.mail_from.as_ref().filter(|check| check.reason == Reason::VoidLookupLimit);
    over.map(|check| {
        let culprit = check.culprit.as_ref();
        let problem = Problem::SpfVoidLimit {
            domain: check.domain.clone(),
            owner: culprit.map_or_else(|| check.domain.clone(), |culprit| culprit.domain.clone()),
            term: culprit.and_then(|culprit| culprit.term.clone()),
        };
        Finding::certain(problem, subject.weight_of_envelope(), Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
