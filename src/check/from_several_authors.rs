//! From names several people of one domain. Several domains, or several From fields, are another finding's: then there is no
//! single author domain.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let identity = &subject.facts.identity;
    let author = subject.facts.dmarc.author_domain.clone()?;
    let others = identity.from.get(1..).filter(|others| !others.is_empty() && identity.from_fields == 1)?;
    // RFC 5322 section 3.6.2: with several authors, Sender must say who sent it.
    let has_sender = !identity.sender.is_empty();
    let problem = Problem::FromSeveralAuthors { author, authors: identity.from.len(), has_sender };
    let places = others.iter().take(super::MAX_PLACES).map(|mailbox| Evidence::Bytes(mailbox.span));
    let first = Evidence::Bytes(identity.from_span?);
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, first).also(places))
}
