//! A domain that the message names stands on blocklists now: the author's, that of the envelope sender, the HELO name, or that
//! of a signature that verified.

use super::ip_listed::{finding, lists};
use super::source::rfc;
use super::{Actor, Finding, Problem, Source, Subject};
use crate::listing::{self, Role, Row};

pub(super) const SOURCES: &[Source] = &[rfc(5782, "2.2"), rfc(5782, "5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let listings = subject.facts.network.listings.as_ref()?;
    let named = |row: &Row| match &row.subject {
        listing::Subject::Domain { name, roles } => Some((name.clone(), roles.clone())),
        listing::Subject::Address(_) => None,
    };
    let all = listings.listed().filter_map(named);
    let (domain, roles) = all.min_by_key(|(_, roles)| !roles.contains(&Role::Author))?;
    let is_own = |row: &&Row| named(row).is_some_and(|(name, _)| name == domain);
    let rows: Vec<&Row> = listings.listed().filter(is_own).collect();
    let suspect = subject.is_suspect();
    let actor = if suspect {
        Actor::Receiver
    } else if roles.contains(&Role::Author) {
        Actor::Sender
    } else {
        subject.operator_of_client()
    };
    finding(Problem::DomainListed { domain, roles, lists: lists(&rows), suspect }, actor, &rows)
}
