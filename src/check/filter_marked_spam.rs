//! A filter of the receiving side took the message for spam.

use super::source::page;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::facts::Facts;
use crate::notes::{Entry, Meaning, Note};

pub(super) const SOURCES: &[Source] = &[
    page("learn.microsoft.com/defender-office-365/message-headers-eop-mdo", "2026-11-22"),
    page("github.com/apache/spamassassin", "2026-11-22"),
    page("github.com/rspamd/rspamd", "2026-11-22"),
];

/// What the filter wrote.
pub(super) fn mark(facts: &Facts) -> Option<(&Note, &Entry)> {
    facts.notes.own(Meaning::SPAM)
}

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (note, entry) = mark(subject.facts)?;
    let problem = Problem::FilterMarkedSpam { filter: note.filter, meaning: entry.meaning };
    let place = Evidence::Bytes(entry.place());
    Some(Finding::certain(problem, Severity::Warning, Actor::Receiver, place))
}
