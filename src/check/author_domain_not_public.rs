//! The domain in From cannot be one of the Internet: a name for use at home, or a single word.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::domain;

pub(super) const SOURCES: &[Source] = &[rfc(6761, "6"), rfc(6762, "G")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let author = facts.dmarc.author_domain.clone()?;
    let kind = domain::local_name(&author)?;
    let place = facts.identity.from_span?;
    let problem = Problem::AuthorDomainNotPublic { author, kind };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Bytes(place)))
}
