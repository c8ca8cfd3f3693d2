//! No DMARC record applies to the author domain.

use super::source::{page, rfc};
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::Reason;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.10"), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    // One that does not count is another matter, which another check says.
    let is_absent = dmarc.reason == Reason::NoRecord && dmarc.faulty().is_none() && dmarc.duplicated().is_none();
    let author = dmarc.author_domain.clone().filter(|_| is_absent)?;
    let problem = Problem::DmarcMissing { author };
    let walk = Evidence::Step(dmarc.trace.id.clone());
    let place = dmarc.walk.first().map_or_else(|| walk.clone(), |step| Evidence::Question(step.question));
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, place).also([walk]))
}
