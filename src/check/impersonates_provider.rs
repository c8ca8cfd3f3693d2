//! The author is at the provider that received the message, and nothing shows that the provider let it out.

use super::provider::{is_author_unproved, of_recipient};
use super::source::page;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[page("support.google.com/mail/answer/81126", "2026-11-22")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let provider = of_recipient(&facts.recipient)?;
    let author = facts.author_domain().filter(|author| provider.owns(author))?;
    // Mail that never left the provider needs no proof: then one of its own servers handed it over.
    let client = facts.iprev.as_ref()?;
    let is_inside = client.names.iter().any(|name| name.confirmed && provider.runs(&name.name));
    if is_inside || !is_author_unproved(facts) {
        return None;
    }
    let place = Evidence::Bytes(facts.identity.from_span?);
    let problem = Problem::ImpersonatesProvider { author, provider: provider.id.clone() };
    let finding = Finding::certain(problem, Severity::Warning, Actor::Receiver, place).confidence(Confidence::Likely);
    Some(finding.also([Evidence::Step(facts.dmarc.trace.id.clone())]))
}
