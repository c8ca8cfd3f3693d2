//! Parts of the record that receivers ignore: unknown or malformed tags, and values that give way to the default (RFC 9989
//! sections 4.7 and 4.8).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::record::{self, Part, ProblemKind, TagName};

/// The most parts that are named.
const MAX_PARTS: usize = 5;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7"), rfc(9989, "4.8")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record = dmarc.applied_record()?;
    let parts: Vec<Part> = record.parts().into_iter().filter(is_ignored).collect();
    let named = parts.iter().take(MAX_PARTS).map(|part| super::quoted(&record.at(part.span))).collect::<Vec<_>>();
    if named.is_empty() {
        return None;
    }
    let of_part = |problem: &record::Problem| {
        let mut spans = parts.iter().map(|part| part.span);
        spans.any(|span| span.start <= problem.span.start && problem.span.end <= span.end)
    };
    let problem = Problem::DmarcTagIgnored { record_at: dmarc.record_at.clone()?, parts: named };
    Some(
        Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?))
            .also(subject.parts_of_record(of_part)),
    )
}

/// A policy that cannot be read switches DMARC off or to none, and an address that cannot be read loses reports: other
/// checks say so.
fn is_ignored(part: &Part) -> bool {
    let has = |kind| part.problems.contains(&kind);
    match part.name {
        TagName::P | TagName::Sp | TagName::Np => false,
        TagName::Rua | TagName::Ruf => has(ProblemKind::MalformedTag),
        _ => has(ProblemKind::UnknownTag) || has(ProblemKind::MalformedTag) || has(ProblemKind::BadValue),
    }
}
