//! The program that saved the message probably wrote it anew: no signature can verify such a copy.

use super::source::rfc;
use super::{Actor, ChangedBy, Confidence, Evidence, Finding, Problem, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let saved = facts.saved?;
    let unexplained = facts.dkim.iter().filter(|signature| ChangedBy::of(facts, signature) == ChangedBy::Saving);
    let weights = unexplained.map(|signature| subject.weight_of_change(signature, ChangedBy::Saving).0);
    let severity = weights.max()?;
    let problem = Problem::CopyRewritten { by: saved.by };
    let finding = Finding::certain(problem, severity, Actor::Receiver, Evidence::Bytes(saved.span));
    Some(finding.confidence(Confidence::Likely))
}
