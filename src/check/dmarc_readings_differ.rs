//! Receivers that still use the Public Suffix List (RFC 7489) come to something else than RFC 9989.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let psl = dmarc.psl.as_ref()?;
    let matters = psl.result != dmarc.result || psl.policy != dmarc.policy;
    let author = dmarc.author_domain.clone().filter(|_| matters)?;
    let problem = Problem::DmarcReadingsDiffer { author };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Step(dmarc.trace.id.clone())))
}
