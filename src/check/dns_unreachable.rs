//! DNS gave no answer to some questions: what rests on them is not known. Where DMARC reports go, and the type SPF (99), are no
//! part of it.

use std::sync::Arc;

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::dns::Entry;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "5.3.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let unanswered = subject.deciding_questions().filter(|entry| {
        entry.answer.records.as_ref().is_err_and(|failure| !failure.is_absent() && !failure.is_not_asked())
    });
    let entries: Vec<_> = unanswered.collect();
    let ids: Vec<_> = entries.iter().map(|entry| Evidence::Question(entry.id)).collect();
    let (first, rest) = ids.split_first()?;
    let problem = Problem::DnsUnreachable { questions: ids.len(), names: names(&entries) };
    Some(Finding::certain(problem, Severity::Warning, Actor::Reader, first.clone()).also(rest.iter().cloned()))
}

/// How many names a finding about questions tells.
const MAX_NAMES: usize = 3;

/// The first names of these questions, each once.
pub(super) fn names(entries: &[&Arc<Entry>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in entries.iter().map(|entry| &entry.question.name) {
        if names.len() < MAX_NAMES && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
