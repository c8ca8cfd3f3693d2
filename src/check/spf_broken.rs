//! A term of the record, or of one that it includes, cannot be evaluated.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::{Reason, SpfResult};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let broken = subject.facts.spf.mail_from.as_ref().filter(|check| {
        check.result == Some(SpfResult::PermError) && matches!(check.reason, Reason::SyntaxError | Reason::MxLimit)
    });
    broken.map(|check| {
        let culprit = check.culprit.as_ref();
        let problem = Problem::SpfBroken {
            domain: check.domain.clone(),
            owner: culprit.map_or_else(|| check.domain.clone(), |culprit| culprit.domain.clone()),
            term: culprit.and_then(|culprit| culprit.term.clone()),
        };
        Finding::certain(problem, subject.weight_of_envelope(), Actor::Sender, Evidence::Step(check.trace.id.clone()))
    })
}
