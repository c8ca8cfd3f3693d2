//! A DMARC aggregate report counts messages that did not pass: sources of the domain's own that are to be set up, or forgeries.

use super::source::whole_rfc;
use super::{Actor, Confidence, Finding, Problem, Severity, Source, Subject, tally};

pub(super) const SOURCES: &[Source] = &[whole_rfc(9990)];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (tally, place) = tally::of(subject.facts).filter(|(tally, _)| tally.failed > 0)?;
    // What a forged report counts is counted by whoever forged it.
    let (severity, actor, confidence) = if subject.is_suspect() {
        (Severity::Note, Actor::Receiver, Confidence::Possible)
    } else {
        (Severity::Warning, Actor::Sender, tally.confidence())
    };
    let problem = Problem::AggregateFailures { tally };
    Some(Finding::certain(problem, severity, actor, place).confidence(confidence))
}
