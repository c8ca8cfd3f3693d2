//! The record lets every server pass (`+all`), so that a pass proves nothing.

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject, keeper, place_in};
use crate::auth::spf::RemarkKind;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "5.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (check, remark) = subject.remarks(&[RemarkKind::PassAll]).next()?;
    let problem = Problem::SpfPassAll {
        domain: check.domain.clone(),
        owner: remark.domain.clone(),
        term: remark.term.clone().unwrap_or_default(),
    };
    let actor = keeper(&remark.domain, check);
    Some(Finding::certain(problem, Severity::Warning, actor, place_in(check, remark.place)))
}
