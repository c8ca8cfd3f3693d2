//! An include or a redirect leads to a domain without a record, which is an error for everybody (RFC 7208 section 5.2).

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject, keeper};
use crate::auth::spf::Reason;
use crate::auth::trace::{Outcome, Step};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "5.2"), rfc(7208, "6.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let check = subject.facts.spf.mail_from.as_ref().filter(|check| check.reason == Reason::TargetHasNoRecord)?;
    let culprit = check.culprit.as_ref()?;
    let term = culprit.term.clone()?;
    let actor = keeper(&culprit.domain, check);
    let step = innermost(&check.trace).unwrap_or(&check.trace);
    let problem = Problem::SpfIncludeMissing { domain: check.domain.clone(), owner: culprit.domain.clone(), term };
    Some(Finding::certain(problem, subject.weight_of_envelope(), actor, Evidence::Step(step.id.clone())))
}

/// The term that the error comes from, in the innermost record.
fn innermost(step: &Step) -> Option<&Step> {
    let inner = step.children.iter().find(|child| child.outcome == Outcome::PermError)?;
    Some(innermost(inner).unwrap_or(inner))
}
