//! `p`, `sp` or `np` is missing or cannot be read, so that the record counts as `p=none` (RFC 9989 section 4.10.1).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::record::Status;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.10.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record = dmarc.applied_record().filter(|record| record.status == Status::ActsAsNone)?;
    let part = record.broken_policy_part();
    let problem = Problem::DmarcPolicyUnusable {
        record_at: dmarc.record_at.clone()?,
        part: part.map(|span| super::quoted(&record.at(span))),
    };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Question(dmarc.question?)).also(
        subject.parts_of_record(|problem| {
            part.is_some_and(|span| span.start <= problem.span.start && problem.span.end <= span.end)
        }),
    ))
}
