//! A DMARC record that receivers pass over: unreadable, one of several, or without a policy (RFC 9989 section 4.10).

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dmarc::Reason;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let dropped = dmarc.dropped().map(|step| (step.domain.clone(), step.question));
    let switched_off = || dmarc.record_at.clone().zip(dmarc.question).filter(|_| dmarc.reason == Reason::SwitchedOff);
    let (domain, question) = dropped.or_else(switched_off)?;
    let problem = Problem::DmarcBroken { domain };
    Some(
        Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Question(question))
            .also([Evidence::Step(dmarc.trace.id.clone())]),
    )
}
