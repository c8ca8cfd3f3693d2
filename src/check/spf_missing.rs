//! The envelope sender's domain publishes no SPF record.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::{Check, Reason, SpfResult};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    // An identity that is no domain (a HELO of `[192.0.2.1]`) cannot publish anything.
    let is_missing = |check: &&Check| {
        check.result == Some(SpfResult::None) && check.reason != Reason::NotADomain && check.deprecated.is_none()
    };
    let missing = subject.facts.spf.mail_from.as_ref().filter(is_missing);
    missing.map(|check| {
        let problem = Problem::SpfMissing { domain: check.domain.clone(), suspect: subject.is_suspect() };
        Finding::certain(
            problem,
            subject.weight_of_envelope(),
            subject.judge_of_server(),
            Evidence::Step(check.trace.id.clone()),
        )
    })
}
