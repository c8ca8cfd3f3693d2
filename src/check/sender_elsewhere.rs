//! Sender names another organization than the author domain's (RFC 5322 section 3.6.2): a service or a list that sends for the
//! author, or somebody who wants to look like one. Some mail programs show both ("on behalf of").

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::{dmarc, domain};

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let author = facts.dmarc.author_domain.as_ref()?;
    let mailbox = facts.identity.sender.first()?;
    let sender = domain::normalize(mailbox.domain.as_deref()?)?;
    if dmarc::is_same_organization(&sender, author) {
        return None;
    }
    let is_proved = facts.dmarc.passed_domains().iter().any(|passed| dmarc::is_same_organization(passed, &sender));
    let list = facts.handling.list.is_some() && facts.is_passing_on_shown();
    let problem = Problem::SenderElsewhere { author: author.clone(), sender, list, proved: is_proved };
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(mailbox.span)))
}
