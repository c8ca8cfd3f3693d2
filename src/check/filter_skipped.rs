//! A filter of the receiving side did not judge the message, because somebody there allowed it.

use super::source::page;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::notes::Meaning;

pub(super) const SOURCES: &[Source] =
    &[page("learn.microsoft.com/defender-office-365/message-headers-eop-mdo", "2026-11-22")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (note, entry) = subject.facts.notes.own(Meaning::SKIPPED)?;
    let suspect = subject.is_suspect();
    // What let a forged message through has to be looked at; otherwise it explains why the message arrived.
    let severity = if suspect { Severity::Warning } else { Severity::Note };
    let problem = Problem::FilterSkipped { filter: note.filter, meaning: entry.meaning, suspect };
    let place = Evidence::Bytes(entry.place());
    Some(Finding::certain(problem, severity, Actor::Receiver, place))
}
