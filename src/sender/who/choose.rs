//! Gives each service that was found its part: who sent it, who carried it, who handed it over, and what is only claimed.

use std::cmp::Reverse;

use super::relation::belongs;
use super::{Assurance, Attribution, Proof, Sender};
use crate::auth::iprev::is_generated;
use crate::facts::Facts;
use crate::sender::services::ServiceKind;

/// What a service can be in the way of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Mail is written there.
    Writer,
    /// Mail of others passes through.
    Passage,
    /// Machines stand there.
    Rental,
}

const fn part(kind: ServiceKind) -> Part {
    match kind {
        ServiceKind::SendingService
        | ServiceKind::Application
        | ServiceKind::OwnMail
        | ServiceKind::MailboxProvider
        | ServiceKind::BusinessMail
        | ServiceKind::Hoster => Part::Writer,
        ServiceKind::Filter | ServiceKind::Forwarder | ServiceKind::ListHost => Part::Passage,
        ServiceKind::ServerRental => Part::Rental,
    }
}

/// A line of an access provider, or a machine that a hoster rents out, shows no service of theirs: somebody else's machine may
/// stand there.
fn is_line(attribution: &Attribution, facts: &Facts) -> bool {
    use ServiceKind::{BusinessMail, Hoster, MailboxProvider};
    let Some(ip) = facts.session.ip.as_ref().map(|ip| ip.value.to_canonical()) else { return false };
    let mut backed = attribution.marks.iter().filter(|mark| mark.assurance() > Assurance::Claimed);
    matches!(attribution.service.kind, BusinessMail | Hoster | MailboxProvider)
        && backed.all(|mark| {
            matches!(mark.proof, Proof::ReverseName | Proof::RecordedName | Proof::HeloPassed)
                && is_generated(&mark.name, ip)
        })
}

pub(super) fn roles(found: Vec<Attribution>, facts: &Facts) -> Sender {
    let (mut shown, mut claims): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|attribution| attribution.assurance > Assurance::Claimed);
    let is_rental =
        |attribution: &Attribution| part(attribution.service.kind) == Part::Rental || is_line(attribution, facts);
    let rented_at = take(&mut shown, is_rental);
    shown.retain(|attribution| !is_rental(attribution));
    let passage = |attribution: &Attribution| part(attribution.service.kind) == Part::Passage;
    let mut via = take(&mut shown, passage);
    shown.retain(|attribution| !passage(attribution));
    // What carries the forwarder or the list is no sign of who wrote.
    if let Some(via) = &via {
        shown.retain(|attribution| !via.service.carried_by.contains(&attribution.service.id));
    }
    // After forwarding, the host that connected is the forwarder's, unless the author domain is its own.
    let author = facts.dmarc.author_domain.as_deref();
    let is_author = |attribution: &Attribution| author.is_some_and(|author| belongs(attribution.service, author));
    let is_own =
        |attribution: &Attribution| !facts.handling.passed_on() || attribution.is_signed() || is_author(attribution);
    let carrying: Vec<&'static str> = shown.iter().flat_map(carriers).collect();
    let is_product =
        |attribution: &Attribution| is_own(attribution) && !carrying.contains(&attribution.service.id.as_str());
    let service = take(&mut shown, is_product).or_else(|| take(&mut shown, is_own));
    let carrier = service.as_ref().and_then(|service| {
        take(&mut shown, |attribution| service.service.carried_by.contains(&attribution.service.id))
    });
    via =
        via.or_else(|| take(&mut shown, |attribution| attribution.marks.iter().any(|mark| mark.proof.is_transport())));
    claims.sort_by_key(rank);
    // A product's mail bears its carrier's marks as well.
    let named = [&service, &carrier, &via, &rented_at].into_iter().flatten();
    let explained: Vec<&str> = named.flat_map(carriers).collect();
    claims.retain(|claim| !explained.contains(&claim.service.id.as_str()) && part(claim.service.kind) != Part::Rental);
    Sender { service, carrier, via, rented_at, claims, ..Sender::default() }
}

fn carriers(attribution: &Attribution) -> impl Iterator<Item = &'static str> + use<> {
    attribution.service.carried_by.iter().map(String::as_str)
}

/// The strongest first; what stands first in the header among equals.
fn rank(attribution: &Attribution) -> (Reverse<Assurance>, Option<super::Proof>) {
    (Reverse(attribution.assurance), attribution.marks.first().map(|mark| mark.proof))
}

/// Takes out the strongest of a kind.
fn take(from: &mut Vec<Attribution>, wanted: impl Fn(&Attribution) -> bool) -> Option<Attribution> {
    let candidates = from.iter().enumerate().filter(|(_, attribution)| wanted(attribution));
    let (index, _) = candidates.min_by_key(|(_, attribution)| rank(attribution))?;
    Some(from.remove(index))
}
