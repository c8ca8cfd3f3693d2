//! DMARC fails now, and the first sealer of an intact chain writes that it passed when the message reached it: that explains
//! the failure, and changes nothing about it (RFC 8617 section 7.2.1).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject, accepted};
use crate::auth::arc::ArcResult;
use crate::auth::dmarc::DmarcResult;

pub(super) const SOURCES: &[Source] = &[rfc(8617, "7.2.1"), rfc(9989, "4.3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let arc = &facts.arc;
    if arc.result != ArcResult::Pass || facts.dmarc.result != DmarcResult::Fail {
        return None;
    }
    let author = facts.dmarc.author_domain.clone()?;
    let first = facts.arc_saw_pass()?;
    let sealer = first.seal.domain.clone()?;
    let changed_by = arc.change().and_then(|change| change.before).and_then(|before| before.domain);
    let changed_by = changed_by.map(str::to_owned);
    let problem = Problem::ArcSawPass { author, sealer, changed_by, trusted: accepted::trusts_arc(facts) };
    let actor = if accepted::trusts_arc(facts) { Actor::Nobody } else { Actor::Receiver };
    Some(
        Finding::certain(problem, Severity::Note, actor, Evidence::Bytes(first.authentication_results?))
            .also([Evidence::Step(arc.trace.id.clone())]),
    )
}
