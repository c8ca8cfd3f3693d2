//! DNS gave no answer to some questions: what rests on them is not known. Where DMARC reports go, and the type SPF (99), are no
//! part of it.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "5.3.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let unanswered = subject.deciding_questions().filter(|entry| {
        entry.answer.records.as_ref().is_err_and(|failure| !failure.is_absent() && !failure.is_not_asked())
    });
    let ids: Vec<_> = unanswered.map(|entry| Evidence::Question(entry.id)).collect();
    let (first, rest) = ids.split_first()?;
    let problem = Problem::DnsUnreachable { questions: ids.len() };
    Some(Finding::certain(problem, Severity::Warning, Actor::Receiver, first.clone()).also(rest.iter().cloned()))
}
