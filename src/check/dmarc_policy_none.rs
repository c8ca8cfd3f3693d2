//! The record asks for reports only: a forged message is handled like any other.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::{Policy, PolicyTag};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    // A policy that `t=y` lowered, and one that cannot be read, are other matters.
    let author = dmarc.author_domain.clone().filter(|_| dmarc.policy_published == Some(Policy::None))?;
    let tag = match dmarc.policy_tag? {
        PolicyTag::P => "p=none",
        PolicyTag::Sp => "sp=none",
        PolicyTag::Np => "np=none",
    };
    // The policy for the reporter's domain is no remedy for the mail that came back.
    if subject.facts.bounce.is_some() || super::dmarc_no_reports::is_idle(dmarc) {
        return None;
    }
    let place = dmarc.question.map_or_else(|| Evidence::Step(dmarc.trace.id.clone()), Evidence::Question);
    let problem = Problem::DmarcPolicyNone { author, record_at: dmarc.record_at.clone()?, tag };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, place))
}
