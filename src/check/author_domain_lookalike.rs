//! The domain in From mixes scripts in a way that no language does, or is written wholly in letters that look like Latin ones.

use super::source::page;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::lookalike::{self, Lookalike};
use crate::facts::Facts;

pub(super) const SOURCES: &[Source] = &[page("www.unicode.org/reports/tr39/", "2026-11-22")];

/// How the author domain looks like another.
pub(super) fn kind(facts: &Facts) -> Option<Lookalike> {
    lookalike::of(facts.dmarc.author_domain.as_deref()?)
}

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let author = facts.dmarc.author_domain.clone()?;
    let kind = kind(facts)?;
    let confidence = match kind {
        Lookalike::Mixed { .. } => Confidence::Likely,
        Lookalike::Whole { .. } => Confidence::Possible,
    };
    let problem = Problem::AuthorDomainLookalike { author, kind };
    let place = Evidence::Bytes(facts.identity.from_span?);
    Some(Finding::certain(problem, Severity::Warning, Actor::Receiver, place).confidence(confidence))
}
