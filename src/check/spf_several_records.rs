//! A domain publishes two SPF records or more, so that none of them counts (RFC 7208 section 4.5).

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject, keeper};
use crate::auth::spf::Reason;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let check = subject.facts.spf.mail_from.as_ref().filter(|check| check.reason == Reason::SeveralRecords)?;
    let owner = check.culprit.as_ref().map_or_else(|| check.domain.clone(), |culprit| culprit.domain.clone());
    let actor = keeper(&owner, check);
    let problem = Problem::SpfSeveralRecords { domain: check.domain.clone(), owner };
    let place = Evidence::Step(check.trace.id.clone());
    Some(Finding::certain(problem, subject.weight_of_envelope(), actor, place))
}
