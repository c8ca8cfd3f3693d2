//! The message carries no DKIM signature.

use super::source::{page, rfc};
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::{Fidelity, Span};
use crate::sender::saw_signature;

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.5"), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let place = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    // A part of a header may be without the signature that the whole had.
    // Mailers often send their reports unsigned, and a signature would not deliver the mail that came back.
    if facts.bounce.is_some() || !facts.dkim.is_empty() || facts.input.kept.header == Fidelity::Partial {
        return None;
    }
    // Of what is passed on only a signature can prove the author domain.
    let decides = subject.is_unproved() && facts.is_passing_on_shown();
    let severity = if decides { Severity::Error } else { Severity::Warning };
    let (author, suspect) = (facts.dmarc.author_domain.clone(), subject.is_suspect());
    let taken_after = saw_signature(facts).filter(|_| !suspect);
    let actor = if taken_after.is_some() { Actor::Forwarder } else { subject.judge_of_server() };
    let problem = Problem::DkimMissing { author, suspect, taken_after };
    Some(Finding::certain(problem, severity, actor, Evidence::Bytes(place)))
}
