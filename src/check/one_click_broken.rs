//! One click is announced to unsubscribe, and the fields are not as RFC 8058 has them.

use serde::Serialize;

use super::provider::{Ask, of_recipient};
use super::source::{page, rfc};
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject, quoted};
use crate::facts::Facts;
use crate::message::Span;
use crate::sender::Way;

/// What is wrong with the two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OneClickFault {
    /// List-Unsubscribe-Post has another value than its only one.
    Value,
    /// There is no List-Unsubscribe.
    NoField,
    /// List-Unsubscribe has no https address.
    NoHttps,
}

pub(super) const SOURCES: &[Source] = &[rfc(8058, "3.1"), page("support.google.com/mail/answer/81126", "2026-11-22")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let (fault, span) = fault(subject.facts)?;
    let provider = of_recipient(&subject.facts.recipient);
    let is_required = provider.is_some_and(|provider| provider.requires(Ask::OneClickPost));
    let severity = if is_required { Severity::Warning } else { Severity::Note };
    let post = subject.facts.unsubscribe.post.as_ref();
    let value = quoted(post.map_or("", |post| &post.value));
    Some(Finding::certain(Problem::OneClickBroken { fault, value }, severity, Actor::Sender, Evidence::Bytes(span)))
}

/// The fault, and where it stands.
pub(super) fn fault(facts: &Facts) -> Option<(OneClickFault, Span)> {
    let unsubscribe = &facts.unsubscribe;
    let post = unsubscribe.post.as_ref()?;
    if unsubscribe.post_is_right() == Some(false) {
        return Some((OneClickFault::Value, post.span));
    }
    match unsubscribe.field {
        None if facts.is_header_partial() => None,
        None => Some((OneClickFault::NoField, post.span)),
        Some(field) if !unsubscribe.has(Way::Https) => Some((OneClickFault::NoHttps, field)),
        Some(_) => None,
    }
}
