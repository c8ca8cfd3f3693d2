//! A report about a message that the addressee's domain may never have sent: its address was used by somebody else.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::is_same_organization;

pub(super) const SOURCES: &[Source] = &[rfc(5321, "6.2"), rfc(3834, "2")];

/// The returned message bears the addressee's domain as its author, and nothing else of it names that domain. It never is
/// more than possible: a sending service may have sent it.
pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let bounce = facts.bounce.as_ref()?;
    let returned = bounce.returned.as_ref()?;
    let author = returned.author.as_deref()?;
    let mut addressees = facts.identity.to.iter().filter_map(|mailbox| mailbox.domain.as_deref());
    let is_own = |domain: &str| is_same_organization(&domain.to_ascii_lowercase(), author);
    if !addressees.any(is_own) || returned.named.is_empty() {
        return None;
    }
    if returned.signers.iter().chain(&returned.named).any(|domain| is_own(domain)) {
        return None;
    }
    let problem = Problem::BounceNotOurs { author: author.to_owned() };
    let finding = Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(bounce.span));
    Some(finding.confidence(Confidence::Possible))
}
