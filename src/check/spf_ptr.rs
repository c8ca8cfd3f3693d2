//! The record uses `ptr`, which should not be published (RFC 7208 section 5.5).

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject, keeper, place_in};
use crate::auth::spf::RemarkKind;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "5.5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (check, remark) = subject.remarks(&[RemarkKind::Ptr]).next()?;
    let problem = Problem::SpfPtr { owner: remark.domain.clone(), term: remark.term.clone().unwrap_or_default() };
    let actor = keeper(&remark.domain, check);
    Some(Finding::certain(problem, Severity::Note, actor, place_in(check, remark.place)))
}
