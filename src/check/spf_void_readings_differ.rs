//! Counted term by term, the void look-ups are within the limit; counted question by question, they are over it (RFC 7208
//! section 4.6.4 limits terms, and not every receiver reads it so).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::spf::Check;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.6.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let check = subject.facts.spf.mail_from.as_ref().filter(|check| check.is_over_void_questions())?;
    let problem = Problem::SpfVoidReadingsDiffer {
        domain: check.domain.clone(),
        terms: check.void_lookups,
        questions: check.void_questions,
    };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, dearest(check)))
}

/// The term with most of the questions.
fn dearest(check: &Check) -> Evidence {
    let terms = check.trace.children.iter().filter(|step| step.cost.is_some());
    let step = terms.max_by_key(|step| step.cost.map_or(0, |cost| cost.own.void_questions)).unwrap_or(&check.trace);
    Evidence::Step(step.id.clone())
}
