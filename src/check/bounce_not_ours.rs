//! A report about a message that the addressee's domain may never have sent: its address was used by somebody else.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::is_same_organization;
use crate::facts::Facts;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "6.2"), rfc(3834, "2")];

/// It never is more than possible: a sending service may have sent it.
pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let bounce = subject.facts.bounce.as_ref()?;
    let author = foreign_author(subject.facts)?;
    let problem = Problem::BounceNotOurs { author: author.to_owned() };
    let finding = Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(bounce.span));
    Some(finding.confidence(Confidence::Possible))
}

/// The returned message bears the addressee's domain as its author, and nothing else of it names that domain.
pub(super) fn foreign_author(facts: &Facts) -> Option<&str> {
    let bounce = facts.bounce.as_ref()?;
    let returned = bounce.returned.as_ref()?;
    let author = returned.author.as_deref()?;
    let mut addressees = facts.identity.to.iter().filter_map(|mailbox| mailbox.domain.as_deref());
    let is_own = |domain: &str| is_same_organization(&domain.to_ascii_lowercase(), author);
    if !addressees.any(is_own) || returned.named.is_empty() {
        return None;
    }
    let is_shown = returned.signers.iter().chain(&returned.named).any(|domain| is_own(domain));
    (!is_shown).then_some(author)
}
