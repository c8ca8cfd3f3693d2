//! The reverse name of the connecting address does not point back to it.

use super::source::{page, rfc};
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::iprev::IprevResult;

pub(super) const SOURCES: &[Source] = &[rfc(8601, "3"), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let iprev = subject.facts.iprev.as_ref().filter(|iprev| iprev.result == IprevResult::Fail)?;
    let name = iprev.names.first()?.name.clone();
    let problem = Problem::ReverseNameMismatch { ip: iprev.ip, name, suspect: subject.is_unproved_server() };
    Some(Finding::certain(
        problem,
        Severity::Warning,
        subject.actor_on_client(),
        Evidence::Step(iprev.trace.id.clone()),
    ))
}
