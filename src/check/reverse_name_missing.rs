//! The connecting address has no name in reverse DNS, which large providers refuse.

use super::source::{page, rfc};
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::iprev::IprevResult;

pub(super) const SOURCES: &[Source] = &[rfc(8601, "3"), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let iprev = subject.facts.iprev.as_ref().filter(|iprev| iprev.result == IprevResult::None)?;
    let problem = Problem::ReverseNameMissing { ip: iprev.ip, suspect: subject.is_unproved_server() };
    Some(Finding::certain(
        problem,
        Severity::Warning,
        subject.actor_on_client(),
        Evidence::Step(iprev.trace.id.clone()),
    ))
}
