//! `t=y` asks receivers to apply the policy one level lower (RFC 9989 section 4.7 `t`).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let request = dmarc.request().filter(|_| dmarc.testing)?;
    let problem = Problem::DmarcTesting {
        record_at: request.record_at.to_owned(),
        published: request.published,
        applied: request.applied,
    };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?)))
}
