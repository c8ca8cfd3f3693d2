//! The header or the HELO name bears the marks of a known service, and the host that connected is not known as one of its.
//! Marks of the composing program survive a relay, so that only those of who sends for others count.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::iprev::IprevResult;
use crate::sender::who::{Attribution, Mark, Proof};

pub(super) const SOURCES: &[Source] = &[rfc(5321, "4.1.1.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let sender = &facts.sender;
    let iprev = facts.iprev.as_ref()?;
    let is_known = matches!(iprev.result, IprevResult::Pass | IprevResult::Fail | IprevResult::None);
    if !is_known || facts.is_passing_on_shown() || facts.path.doubtful_hop().is_some() {
        return None;
    }
    // A product that rides on what is proved is no contradiction.
    let proved = [&sender.service, &sender.carrier, &sender.via].into_iter().flatten();
    let carriers: Vec<&str> = proved.map(|named| named.service.id.as_str()).collect();
    let is_explained = |claim: &Attribution| claim.service.carried_by.iter().any(|id| carriers.contains(&id.as_str()));
    // A signature that could not be verified may be right; that is said elsewhere.
    let is_signed = |claim: &Attribution| claim.marks.iter().any(|mark| mark.proof == Proof::UnverifiedSignature);
    let claims = sender.claims.iter().filter(|claim| !is_explained(claim) && !is_signed(claim));
    let (claim, mark) = claims.into_iter().find_map(|claim| Some((claim, telling(claim)?)))?;
    let place = mark.place.clone().map(Evidence::from)?;
    let problem = Problem::ServiceOnlyClaimed { service: claim.service, ip: iprev.ip };
    let finding = Finding::certain(problem, Severity::Note, Actor::Receiver, place);
    Some(finding.confidence(Confidence::Possible).also([Evidence::Step(iprev.trace.id.clone())]))
}

/// The mark that a stranger would have to write by himself.
fn telling(claim: &Attribution) -> Option<&Mark> {
    let sends = claim.service.kind.sends_for_customers();
    let is_telling = |mark: &&Mark| match mark.proof {
        Proof::Helo | Proof::UnconfirmedName => true,
        Proof::Field | Proof::FeedbackId => sends,
        _ => false,
    };
    claim.marks.iter().find(is_telling)
}
