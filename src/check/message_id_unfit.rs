//! The message has no Message-ID that can name it alone in the world (RFC 5322 section 3.6.4).

use serde::Serialize;

use super::source::{page, rfc};
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject, quoted};
use crate::auth::domain;
use crate::message::Fidelity;

/// What is wrong with a Message-ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdFault {
    /// There is none.
    Missing,
    /// It has no right side.
    NoDomain,
    /// What stands on its right side names no host of the Internet.
    Local,
}

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6.4"), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    // Nobody is to mend a message of whoever uses a false name.
    if subject.is_suspect() {
        return None;
    }
    let facts = subject.facts;
    let identity = &facts.identity;
    let id = identity.message_id.as_deref().map(|id| id.trim().trim_matches(['<', '>'])).filter(|id| !id.is_empty());
    let Some(id) = id else {
        // A part of a header may be without the field that the whole had.
        let is_part = identity.message_id.is_none() && facts.input.kept.header == Fidelity::Partial;
        let place = identity.message_id_span.unwrap_or_else(|| subject.header_place());
        return (!is_part).then(|| finding(IdFault::Missing, None, Evidence::Bytes(place)));
    };
    let fault = match id.rsplit_once('@') {
        None | Some((_, "")) => IdFault::NoDomain,
        Some((_, right)) if domain::local_name(right).is_some() => IdFault::Local,
        Some(_) => return None,
    };
    let right = id.rsplit_once('@').map(|(_, right)| quoted(right)).filter(|right| !right.is_empty());
    Some(finding(fault, right, Evidence::Bytes(identity.message_id_span?)))
}

fn finding(fault: IdFault, host: Option<String>, place: Evidence) -> Finding {
    Finding::certain(Problem::MessageIdUnfit { fault, host }, Severity::Note, Actor::Sender, place)
}
