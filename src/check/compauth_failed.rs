//! Microsoft recorded that its composite authentication failed.

use super::source::page;
use super::{Actor, Evidence, Finding, MAX_QUOTED, Problem, Severity, Source, Subject};
use crate::auth::claimed::{ClaimHeader, Note};
use crate::auth::dmarc::DmarcResult;

pub(super) const SOURCES: &[Source] =
    &[page("learn.microsoft.com/defender-office-365/message-headers-eop-mdo", "2026-11-22")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let own = facts.claims.iter().filter(|claim| claim.trust.is_trusted());
    let own = own.filter(|claim| claim.header == ClaimHeader::AuthenticationResults);
    let mut results = own.flat_map(|claim| &claim.results);
    let failed = results.find(|result| result.method == "compauth" && result.result == "fail")?;
    let meaning = failed.notes.iter().copied().find(|note| *note != Note::MethodCompauth);
    let reason = failed.reason.as_ref().map(|reason| reason.chars().take(MAX_QUOTED).collect());
    // Where DMARC fails, this is what follows from it.
    let severity = if facts.dmarc.result == DmarcResult::Fail { Severity::Note } else { Severity::Warning };
    let actor = match meaning {
        Some(Note::CompauthForbiddenPair | Note::CompauthOwnDomain | Note::CompauthOwnDomainImplicit) => {
            Actor::Receiver
        }
        _ => subject.judge_of_server(),
    };
    let problem = Problem::CompauthFailed { author: facts.dmarc.author_domain.clone(), reason, meaning };
    Some(Finding::certain(problem, severity, actor, Evidence::Bytes(failed.span)))
}
