//! The report says that recipients did not get the message and that nobody tries again.

use super::source::{rfc, whole_rfc};
use super::{Finding, Problem, Severity, Source, Subject, refused};
use crate::bounce::Outcome;

pub(super) const SOURCES: &[Source] = &[rfc(3464, "2.3.3"), whole_rfc(3463), rfc(5321, "4.2.3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let is_final = |outcome| matches!(outcome, Outcome::Final | Outcome::Unknown);
    let told =
        refused::tell(subject.facts, |recipient| is_final(recipient.outcome) && !refused::by_sender_rules(recipient))?;
    told.finding(subject, Severity::Error, |refused| Problem::BounceFinal { refused })
}
