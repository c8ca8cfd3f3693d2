//! `pct` no longer limits the policy to a share of the mail (RFC 9989 appendix C.5.2). With 100, and on `p=none`, nothing changes.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::Policy;
use crate::auth::dmarc::record::ProblemKind;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "C.5.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record = dmarc.applied_record().filter(|_| dmarc.policy_published > Some(Policy::None))?;
    let pct = record.tag("pct").filter(|tag| is_share(&tag.value.value))?;
    let problem = Problem::DmarcPctRemoved {
        record_at: dmarc.record_at.clone()?,
        pct: super::quoted(&pct.value.value),
        policy: dmarc.policy_published?,
    };
    Some(
        Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?)).also(
            subject.parts_of_record(|problem| problem.kind == ProblemKind::RemovedTag && problem.span == pct.span),
        ),
    )
}

/// A number that older receivers go by, and not all of the mail.
fn is_share(value: &str) -> bool {
    value.parse::<u8>().is_ok_and(|percent| percent < 100)
}
