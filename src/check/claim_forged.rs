//! A field bears the name of the receiving side and says that something passed, and it is not the receiving side's: it stands
//! where strangers wrote, or what it says is in the message nowhere.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, MAX_QUOTED, Problem, Severity, Source, Subject};
use crate::auth::claimed::{Claim, ClaimHeader, ClaimedResult, IgnoreReason, Ours, Trust, UnsureReason};
use crate::auth::claimed::{Comparison, Subject as Checked};
use crate::auth::dmarc::{self, DmarcResult};
use crate::auth::domain;
use crate::auth::spf::SpfResult;
use crate::facts::Facts;
use crate::path::Side;

pub(super) const SOURCES: &[Source] = &[rfc(8601, "5"), rfc(8601, "7.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let own = own_names(facts);
    let mut claims = facts.claims.iter().filter(|claim| claim.header == ClaimHeader::AuthenticationResults);
    let (claim, result) = claims.find_map(|claim| Some((claim, forged(facts, claim, &own)?)))?;
    let server: String = claim.authserv_id.as_deref().unwrap_or_default().chars().take(MAX_QUOTED).collect();
    let problem = Problem::ClaimForged { server, method: result.method.clone() };
    let boundary = facts.path.boundary_hop().map(|hop| Evidence::Bytes(hop.span));
    let finding =
        Finding::certain(problem, Severity::Warning, Actor::Receiver, Evidence::Bytes(result.span)).also(boundary);
    Some(finding.confidence(Confidence::Likely))
}

/// The names under which the receiving side writes: of its servers, and in its own results.
fn own_names(facts: &Facts) -> Vec<String> {
    let hosts = facts.path.hops.iter().filter(|hop| hop.side != Side::Sending).filter_map(|hop| hop.by.as_ref());
    let ids =
        facts.claims.iter().filter(|claim| claim.trust.is_trusted()).filter_map(|claim| claim.authserv_id.as_ref());
    let names = hosts.map(|host| &host.value).chain(ids);
    names.filter_map(|name| domain::normalize(name)).filter(|name| !domain::is_public_suffix(name)).collect()
}

/// The result that gives it away.
fn forged<'a>(facts: &'a Facts, claim: &'a Claim, own: &[String]) -> Option<&'a ClaimedResult> {
    let id = claim.authserv_id.as_deref().and_then(domain::normalize).filter(|id| !domain::is_public_suffix(id))?;
    if !own.iter().any(|name| dmarc::is_same_organization(name, &id)) {
        return None;
    }
    let passes = |result: &&ClaimedResult| result.result == "pass" && !result.is_unknown_version();
    match claim.trust {
        // A server of that name had the message before, or the sender's is of the same organisation.
        Trust::Ignored(IgnoreReason::BelowBoundary) if !was_there_before(facts, claim, &id) => {
            claim.results.iter().find(passes)
        }
        Trust::Unsure(UnsureReason::BoundaryHost) => {
            let rows = facts.compared.rows.iter();
            let places = rows.filter(|row| is_untrue(facts, row)).flat_map(|row| &row.recorded);
            let results = places.filter_map(|place| place.find(&facts.claims));
            let mut own = results.filter(|(other, _)| other.field == claim.field).map(|(_, result)| result);
            own.find(passes)
        }
        _ => None,
    }
}

fn was_there_before(facts: &Facts, claim: &Claim, id: &str) -> bool {
    facts.path.hops.iter().filter(|hop| hop.field > claim.field).any(|hop| {
        let by = hop.by.as_ref().and_then(|by| domain::normalize(&by.value));
        by.is_some_and(|by| dmarc::is_same_organization(&by, id))
    })
}

/// Whether a recorded pass can have been true at no moment: no key that was replaced and no change on the way explains it. A
/// signature that is not there is no proof: some filters take it out.
fn is_untrue(facts: &Facts, row: &Comparison) -> bool {
    let is_about_other = row.reasons.iter().any(|reason| reason.why.is_about_other());
    let spf = facts.spf.mail_from.as_ref().and_then(|check| check.result);
    let is_refused = matches!(spf, Some(SpfResult::Fail | SpfResult::SoftFail));
    match (row.subject, row.ours) {
        _ if is_about_other => false,
        (Checked::SpfMailFrom, Ours::Spf(Some(SpfResult::Fail))) => true,
        (Checked::Dmarc, Ours::Dmarc(DmarcResult::Fail)) => {
            facts.author_signature().is_none() && (is_refused || !facts.dmarc.envelope_is_aligned())
        }
        _ => false,
    }
}
