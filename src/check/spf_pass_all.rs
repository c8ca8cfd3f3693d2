//! The record lets anybody pass (`+all`, and what comes to the same), so that a pass proves nothing.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject, keeper, place_in};
use crate::auth::spf::RemarkKind;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "5.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (check, first) = subject.remarks(&[RemarkKind::PassAll]).next()?;
    let remark = check.passed_as_anybody().unwrap_or(first);
    let problem = Problem::SpfPassAll {
        domain: check.domain.clone(),
        owner: remark.domain.clone(),
        term: remark.term.clone().unwrap_or_default(),
    };
    let place = place_in(check, remark.place);
    let others = subject.remarks(&[RemarkKind::PassAll]).map(|(_, remark)| place_in(check, remark.place));
    let others: Vec<Evidence> = others.filter(|other| *other != place).collect();
    let actor = keeper(&remark.domain, check);
    Some(Finding::certain(problem, Severity::Warning, actor, place).also(others))
}
