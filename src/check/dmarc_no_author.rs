//! From holds no single domain, so DMARC cannot apply (RFC 9989 section 5.3.1); several domains are a known attack.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dmarc::DmarcResult;
use crate::message::Span;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    if facts.dmarc.result != DmarcResult::NotApplicable {
        return None;
    }
    let mut domains: Vec<String> = facts.identity.from.iter().filter_map(|mailbox| mailbox.domain.clone()).collect();
    domains.dedup();
    let place = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    let problem = Problem::DmarcNoAuthor { domains };
    Some(Finding::certain(problem, Severity::Error, Actor::Sender, Evidence::Bytes(place)))
}
