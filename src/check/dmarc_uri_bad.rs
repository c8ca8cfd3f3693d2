//! An entry of `rua` or `ruf` that no report can be sent to: no URI, or none that reporters must support (RFC 9989 section 4.6).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::record::{self, ProblemKind};

/// The most entries that are named.
const MAX_ENTRIES: usize = 5;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record = dmarc.applied_record()?;
    // Nothing between two commas loses no report.
    let is_lost = |problem: &record::Problem| {
        matches!(problem.kind, ProblemKind::BadUri | ProblemKind::UnusualScheme) && !problem.span.is_empty()
    };
    let lost = record.problems.iter().filter(|problem| is_lost(problem));
    let entries: Vec<String> = lost.take(MAX_ENTRIES).map(|problem| super::quoted(&record.at(problem.span))).collect();
    if entries.is_empty() {
        return None;
    }
    let problem = Problem::DmarcUriBad { record_at: dmarc.record_at.clone()?, entries };
    Some(
        Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?))
            .also(subject.parts_of_record(is_lost)),
    )
}
