//! From holds no single domain, so DMARC cannot apply (RFC 9989 section 5.3.1); several domains are a known attack.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::DmarcResult;
use crate::message::Span;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "5.3.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    if facts.dmarc.result != DmarcResult::NotApplicable {
        return None;
    }
    let mut domains: Vec<String> = Vec::new();
    for domain in facts.identity.from.iter().filter_map(|mailbox| mailbox.domain.as_ref()) {
        if !domains.iter().any(|known| known.eq_ignore_ascii_case(domain)) {
            domains.push(domain.clone());
        }
    }
    let place = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    let problem = Problem::DmarcNoAuthor { domains };
    Some(Finding::certain(problem, Severity::Error, Actor::Sender, Evidence::Bytes(place)))
}
