//! A domain that asks for reject must sign with DKIM, and not rely on SPF alone (RFC 9989 sections 7.4 and 8).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dmarc::{DmarcResult, IdentifierSource, Policy};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "7.4"), rfc(9989, "8")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    // Where strangers pass, it is not the author domain that SPF speaks for.
    let is_own = dmarc.result == DmarcResult::Pass && !subject.is_suspect();
    let asks_reject = is_own && dmarc.policy == Some(Policy::Reject);
    let author = dmarc.author_domain.clone().filter(|_| asks_reject)?;
    // A signature of its own that does not verify is another matter, which another check says.
    let mut signers = dmarc.identifiers.iter().filter(|one| matches!(one.source, IdentifierSource::Dkim(_)));
    if signers.any(|signer| signer.is_aligned() || signer.alignment.is_none()) {
        return None;
    }
    let problem = Problem::DmarcRejectOnSpfOnly { author };
    Some(
        Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Step(dmarc.trace.id.clone()))
            .also(dmarc.question.map(Evidence::Question)),
    )
}
