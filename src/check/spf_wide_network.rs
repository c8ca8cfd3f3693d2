//! The record lets a network of a million addresses or more pass.

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject, keeper, place_in};
use crate::auth::spf::{Remark, RemarkKind};
use crate::path::client_is_public;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "5.3"), rfc(7208, "5.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (check, remark) = subject.remarks(&[RemarkKind::Wide]).find(|(_, remark)| is_public(remark))?;
    let problem = Problem::SpfWideNetwork {
        domain: check.domain.clone(),
        owner: remark.domain.clone(),
        term: remark.term.clone().unwrap_or_default(),
    };
    let actor = keeper(&remark.domain, check);
    Some(Finding::certain(problem, Severity::Warning, actor, place_in(check, remark.place)))
}

/// The network can connect from the Internet. `ip4:10.0.0.0/8` lets nobody pass whom one does not know.
fn is_public(remark: &Remark) -> bool {
    remark.network.is_none_or(|network| client_is_public(network.network()) || client_is_public(network.broadcast()))
}
