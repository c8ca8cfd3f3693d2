//! Reports are wanted at another domain that did not agree, so nobody may send them there (RFC 9990 section 4).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::Permission;

pub(super) const SOURCES: &[Source] = &[rfc(9990, "4"), rfc(9991, "5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let is_refused = |permission| matches!(permission, Permission::NotAuthorised | Permission::ReplacedElsewhere);
    let mut hosts: Vec<String> = Vec::new();
    let mut places: Vec<Evidence> = Vec::new();
    for refused in dmarc.destinations.iter().filter(|destination| is_refused(destination.permission)) {
        let (Some(host), Some(question)) = (&refused.host, refused.question) else { continue };
        if !hosts.contains(host) {
            hosts.push(host.clone());
            places.push(Evidence::Question(question));
        }
    }
    let (first, rest) = places.split_first()?;
    let problem = Problem::DmarcReportUnauthorised { record_at: dmarc.record_at.clone()?, hosts };
    Some(
        Finding::certain(problem, Severity::Note, Actor::Sender, first.clone())
            .also(rest.iter().cloned().chain(dmarc.question.map(Evidence::Question))),
    )
}
