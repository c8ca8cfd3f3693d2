//! Questions that nobody was asked: offline, or a snapshot that lacks them. Where DMARC reports go, and the type SPF (99), are
//! no part of it.

use super::dns_unreachable::names;
use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::dns::Failure;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "5.3.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let not_asked = subject
        .deciding_questions()
        .filter(|entry| entry.answer.records.as_ref().is_err_and(|failure| failure.is_not_asked()));
    let entries: Vec<_> = not_asked.collect();
    let ids: Vec<_> = entries.iter().map(|entry| Evidence::Question(entry.id)).collect();
    let (first, rest) = ids.split_first()?;
    let recorded = entries.iter().all(|entry| entry.answer.records == Err(Failure::NotInSnapshot));
    let problem = Problem::DnsNotAsked { questions: ids.len(), names: names(&entries), recorded };
    Some(Finding::certain(problem, Severity::Note, Actor::Reader, first.clone()).also(rest.iter().cloned()))
}
