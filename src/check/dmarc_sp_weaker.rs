//! The record protects its own domain better than the names below it, which anybody can make up (RFC 9989 section 4.7 `sp`).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::PolicyTag;
use crate::auth::dmarc::record::Status;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let record = dmarc.applied_record().filter(|record| record.status == Status::Usable)?;
    // From a subdomain, the lower policy is the one that applies, and stands there anyway.
    let record_at = dmarc.record_at.clone().filter(|record_at| dmarc.author_domain.as_ref() == Some(record_at))?;
    let own = record.p.policy()?;
    let existing = record.sp.policy().unwrap_or(own);
    let missing = record.np.policy().unwrap_or(existing);
    let (tag, below) = if existing < own { (PolicyTag::Sp, existing) } else { (PolicyTag::Np, missing) };
    if below >= own {
        return None;
    }
    let problem = Problem::DmarcSpWeaker { record_at, own, tag, below };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Question(dmarc.question?)))
}
