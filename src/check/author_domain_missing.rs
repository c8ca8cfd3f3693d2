//! The domain in From is not in DNS, so nobody can have sent from it.

use super::headline::missing_author;
use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(8020, "2"), rfc(9989, "4.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (author, question) = missing_author(subject.facts, subject.questions)?;
    let problem = Problem::AuthorDomainMissing { author: author.to_owned() };
    let from = subject.facts.identity.from_span.map(Evidence::Bytes);
    Some(Finding::certain(problem, Severity::Error, Actor::Receiver, Evidence::Question(question)).also(from))
}
