//! The message was refused for how its sender proves itself: SPF, DKIM, DMARC, the reverse name, TLS.

use super::source::{rfc, whole_rfc};
use super::{Finding, Problem, Severity, Source, Subject, refused};
use crate::bounce::Outcome;

pub(super) const SOURCES: &[Source] = &[rfc(3464, "2.3.3"), whole_rfc(7372)];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let told = refused::tell(subject.facts, refused::by_sender_rules)?;
    let severity = if told.refused.outcome == Outcome::Temporary { Severity::Warning } else { Severity::Error };
    told.finding(subject, severity, |refused| Problem::BounceSenderRules { refused })
}
