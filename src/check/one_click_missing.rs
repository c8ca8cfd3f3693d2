//! Mail to many that people can leave, and not with one click (RFC 8058), which some providers require of those who send much.

use super::provider::{Ask, of_recipient};
use super::source::{page, whole_rfc};
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::sender::StreamKind;

pub(super) const SOURCES: &[Source] = &[
    whole_rfc(8058),
    page("support.google.com/mail/answer/81126", "2026-11-22"),
    page("senders.yahooinc.com/best-practices/", "2026-11-22"),
];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let field = facts.unsubscribe.field?;
    // A notice to one person may offer a way out too, and needs no such button.
    let is_bulk = facts.stream.kind == StreamKind::Bulk && facts.stream.mixed.is_none();
    if !is_bulk || facts.unsubscribe.post.is_some() || facts.is_header_partial() {
        return None;
    }
    let provider = of_recipient(&facts.recipient).filter(|provider| provider.requires(Ask::OneClickPost));
    let severity = if provider.is_some() { Severity::Warning } else { Severity::Note };
    let problem = Problem::OneClickMissing { provider: provider.map(|provider| provider.id.clone()) };
    let finding = Finding::certain(problem, severity, Actor::Sender, Evidence::Bytes(field));
    // One message does not show how much is sent.
    Some(finding.confidence(Confidence::Possible))
}
