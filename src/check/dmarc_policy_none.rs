//! The record asks for reports only: a forged message is handled like any other.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dmarc::{Policy, PolicyTag};

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let author = dmarc.author_domain.clone().filter(|_| dmarc.policy == Some(Policy::None))?;
    let record_at = dmarc.record_at.clone()?;
    let place = dmarc.question.map_or_else(|| Evidence::Step(dmarc.trace.id.clone()), Evidence::Question);
    let tag = match dmarc.policy_tag {
        _ if dmarc.testing => "t=y",
        Some(PolicyTag::Sp) => "sp=none",
        Some(PolicyTag::Np) => "np=none",
        Some(PolicyTag::P) | None => "p=none",
    };
    let problem = Problem::DmarcPolicyNone { author, record_at, tag };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, place))
}
