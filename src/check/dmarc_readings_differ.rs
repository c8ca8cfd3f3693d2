//! Receivers that still use the Public Suffix List (RFC 7489) come to something else than RFC 9989.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.10.2"), rfc(7489, "3.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let psl = dmarc.psl.as_ref()?;
    // That the older reading does not know `t=y` is said where that tag is explained.
    let matters = psl.result != dmarc.result || psl.policy != dmarc.policy_published;
    let author = dmarc.author_domain.clone().filter(|_| matters)?;
    let problem = Problem::DmarcReadingsDiffer {
        has_own_record: dmarc.record_at.as_ref() == Some(&author),
        author,
        result: dmarc.result,
        policy: dmarc.policy,
        older_result: psl.result,
        older_policy: psl.policy,
    };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Step(dmarc.trace.id.clone())))
}
