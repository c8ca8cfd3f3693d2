//! The record says nothing about servers that it does not list: `?all`, or no `all` at the end (RFC 7208 section 4.7).

use super::source::rfc;
use super::{Actor, Finding, Problem, Severity, Source, Subject, place_in};
use crate::auth::spf::{RemarkKind, SpfResult};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.7"), rfc(7208, "8.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (check, remark) = subject.remarks(&[RemarkKind::NeutralAll, RemarkKind::NoAll]).next()?;
    let ip = (check.result == Some(SpfResult::Neutral) && check.is_unlisted()).then_some(check.ip);
    let problem = Problem::SpfNeutralAll { domain: remark.domain.clone(), term: remark.term.clone(), ip };
    let decides = ip.is_some() && subject.weight_of_envelope() == Severity::Error;
    let severity = if decides && !subject.facts.is_failure_explained() { Severity::Error } else { Severity::Note };
    Some(Finding::certain(problem, severity, Actor::Sender, place_in(check, remark.place)))
}
