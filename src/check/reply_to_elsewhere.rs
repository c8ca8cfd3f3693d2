//! Reply-To leads to another organization than the author domain's. A mailing list does so by design.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::{dmarc, domain};
use crate::message::Span;

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let is_of_list = facts.handling.list.is_some() && facts.is_passing_on_shown();
    let author = facts.dmarc.author_domain.as_ref().filter(|_| !is_of_list)?;
    let mut answers = facts.identity.reply_to.iter().filter_map(|mailbox| {
        let name = domain::normalize(mailbox.domain.as_deref()?)?;
        Some((name, mailbox.span))
    });
    let (reply_to, span): (String, Span) = answers.find(|(name, _)| !dmarc::is_same_organization(name, author))?;
    let problem = Problem::ReplyToElsewhere { author: author.clone(), reply_to };
    Some(Finding::certain(problem, Severity::Note, Actor::Receiver, Evidence::Bytes(span)))
}
