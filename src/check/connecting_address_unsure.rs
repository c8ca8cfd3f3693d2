//! SPF rests on an address that a hop names whose writer is not surely the receiving side, or on one of two that it names.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::Alignment;
use crate::auth::spf::SpfResult;
use crate::facts::SessionSource;
use crate::path::client_is_public;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "2.3"), rfc(5321, "4.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let doubt = facts.path.doubtful_hop()?;
    let (hop, boundary) = (facts.path.hops.get(doubt)?, facts.path.boundary.as_ref()?);
    let spf = facts.spf.mail_from.as_ref()?;
    let is_found = facts.session.ip.as_ref().is_some_and(|ip| ip.from != SessionSource::Given);
    let is_decided = matches!(spf.result, Some(SpfResult::Pass | SpfResult::Fail | SpfResult::SoftFail));
    // Where a signature proves the author domain, the address matters to nobody.
    if !is_found || !is_decided || facts.dmarc.best_alignment(true) != Alignment::No {
        return None;
    }
    let other = hop.from.other.filter(|_| doubt == boundary.hop).map(|other| other.value);
    let is_public = hop.from.ip.as_ref().is_some_and(|ip| client_is_public(ip.value));
    let (hop_number, boundary_number) = (doubt + 1, boundary.hop + 1);
    let problem =
        Problem::ConnectingAddressUnsure { ip: spf.ip, other, hop: hop_number, boundary: boundary_number, is_public };
    let entry = facts.path.boundary_hop().filter(|_| doubt != boundary.hop);
    let place = entry.map(|entry| Evidence::Bytes(entry.span));
    let finding = Finding::certain(problem, Severity::Warning, Actor::Receiver, Evidence::Bytes(hop.span)).also(place);
    Some(finding.confidence(Confidence::Likely))
}
