//! The message looks like mail to one person and like mail to many. Whether both kinds leave by one domain and address, one
//! message cannot show.

use super::source::page;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::sender::Mixed;

pub(super) const SOURCES: &[Source] = &[page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let Mixed { transactional, bulk } = facts.stream.mixed?;
    let author = facts.dmarc.author_domain.clone()?;
    let problem = Problem::StreamMixed { author };
    let finding = Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Bytes(bulk));
    Some(finding.confidence(Confidence::Possible).also([Evidence::Bytes(transactional)]))
}
