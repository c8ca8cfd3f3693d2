//! The report says that the message waits, and that it is still tried.

use super::source::{rfc, whole_rfc};
use super::{Finding, Problem, Severity, Source, Subject, refused};
use crate::bounce::Outcome;

pub(super) const SOURCES: &[Source] = &[rfc(3464, "2.3.3"), whole_rfc(3463), rfc(5321, "4.5.4.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let waits = |outcome| outcome == Outcome::Temporary;
    let told =
        refused::tell(subject.facts, |recipient| waits(recipient.outcome) && !refused::by_sender_rules(recipient))?;
    told.finding(subject, Severity::Warning, |refused| Problem::BounceTemporary { refused })
}
