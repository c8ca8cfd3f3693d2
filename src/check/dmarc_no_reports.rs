//! A record that asks for nothing and names no address for reports neither protects nor informs (RFC 9989 section 4.7 `p` and `rua`).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::record::{Request, Status};
use crate::auth::dmarc::{Dmarc, Policy};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record_at = dmarc.record_at.clone().filter(|_| is_idle(dmarc))?;
    let problem = Problem::DmarcNoReports { record_at };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?)))
}

/// Whether the record that applies neither asks for anything nor wants a report.
pub(super) fn is_idle(dmarc: &Dmarc) -> bool {
    let asks_nothing = |request| matches!(request, Request::Absent | Request::Policy(Policy::None));
    dmarc.applied_record().is_some_and(|record| {
        let requests = [record.p, record.sp, record.np];
        let is_silent = record.rua.is_empty() && record.ruf.is_empty();
        record.status == Status::Usable && is_silent && requests.into_iter().all(asks_nothing)
    })
}
