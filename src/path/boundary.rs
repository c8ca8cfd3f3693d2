//! Where the receiving side begins, why we think so, and the alternatives.

use serde::Serialize;

use super::network::{client_is_public, is_inside_exchange_online, organisation};
use super::{Dialect, Hop, Spanned, TlsState};

/// The hop where the receiving side took the message over: SPF, reverse DNS and TLS of arrival are judged there. The
/// receiving side wrote its field; the client in it is the last server of the sending side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// Index into the hops, 0 = oldest.
    pub hop: usize,
    pub reason: BoundaryReason,
    pub chosen_by: ChosenBy,
    /// Other hops that could be it, each with what speaks for it, best first.
    pub alternatives: Vec<(usize, BoundaryReason)>,
}

/// Why a hop is taken, or could be taken, for the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoundaryReason {
    /// The newest hop that came from a public address.
    NewestPublicAddress,
    /// The newest hop from a public address that is not a server of the receiving organisation: the newer ones came from
    /// servers whose confirmed names are in the domain of the server that wrote the field.
    BehindOwnServers,
    /// The user chose it.
    Chosen,
    /// An alternative: a newer hop from a public address, where the client is a server of the receiving organisation.
    OwnServer,
    /// An alternative: it came from a public address, but a newer hop did too.
    OlderPublicAddress,
    /// An alternative: a client that logged in at a public address; sent from there, not received.
    Submission,
    /// An alternative that no rule chooses: the client has a private address, so SPF says nothing.
    PrivateAddress,
}

/// Who chose the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenBy {
    Rule,
    User,
}

/// Finds the boundary among hops that stand oldest first. A choice that is no hop's index is passed over for the rule.
#[must_use]
pub(super) fn find(hops: &[Hop], chosen: Option<usize>) -> Option<Boundary> {
    let mut alternatives = choices(hops);
    if let Some(hop) = chosen.filter(|&index| index < hops.len()) {
        alternatives.retain(|&(index, _)| index != hop);
        return Some(Boundary { hop, reason: BoundaryReason::Chosen, chosen_by: ChosenBy::User, alternatives });
    }
    let &(hop, reason) = alternatives.first()?;
    if !matches!(reason, BoundaryReason::NewestPublicAddress | BoundaryReason::BehindOwnServers) {
        return None;
    }
    alternatives.remove(0);
    Some(Boundary { hop, reason, chosen_by: ChosenBy::Rule, alternatives })
}

/// Every hop that could be the boundary, best first.
pub(super) fn choices(hops: &[Hop]) -> Vec<(usize, BoundaryReason)> {
    let of = |wanted: Arrival| {
        let newest_first = hops.iter().enumerate().rev();
        newest_first.filter(move |(_, hop)| arrival(hop) == wanted).map(|(index, _)| index)
    };
    let public: Vec<usize> = of(Arrival::Public).collect();
    let behind = behind_own_servers(hops, &public);
    let mut choices = Vec::new();
    for (place, &index) in public.iter().enumerate() {
        choices.push((
            index,
            match place.cmp(&behind) {
                std::cmp::Ordering::Less => BoundaryReason::OwnServer,
                std::cmp::Ordering::Equal if behind == 0 => BoundaryReason::NewestPublicAddress,
                std::cmp::Ordering::Equal => BoundaryReason::BehindOwnServers,
                std::cmp::Ordering::Greater => BoundaryReason::OlderPublicAddress,
            },
        ));
    }
    if behind < choices.len() {
        choices[..=behind].rotate_right(1);
    }
    choices.extend(of(Arrival::Submission).map(|index| (index, BoundaryReason::Submission)));
    choices.extend(of(Arrival::Private).map(|index| (index, BoundaryReason::PrivateAddress)));
    choices
}

/// How a message came to the server of one hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// By SMTP from a public address.
    Public,
    /// By SMTP from a public address, by a client that logged in.
    Submission,
    /// From a private address.
    Private,
    /// On the same host, out of a mailbox, by a program or a web page, or from an unknown address.
    Inner,
}

fn arrival(hop: &Hop) -> Arrival {
    let Some(ip) = &hop.from.ip else { return Arrival::Inner };
    let delivered = matches!(hop.dialect, Dialect::Lmtp | Dialect::Amavis) || hop.tls.state == TlsState::Local;
    if delivered || ip.value.is_loopback() || !is_smtp(hop) || is_inside_exchange_online(hop) {
        Arrival::Inner
    } else if !client_is_public(ip.value) {
        Arrival::Private
    } else if hop.authenticated.is_some() {
        Arrival::Submission
    } else {
        Arrival::Public
    }
}

/// Web pages hand in by HTTP; fetchmail and its like take mail out of a mailbox where it had arrived before.
fn is_smtp(hop: &Hop) -> bool {
    let other = ["http", "pop", "imap", "mapi"];
    let protocol = |clause: &Option<Spanned<String>>| {
        let text = clause.as_ref().map(|text| text.value.to_ascii_lowercase()).unwrap_or_default();
        other.iter().any(|name| text.starts_with(name))
    };
    !protocol(&hop.with) && !protocol(&hop.via)
}

/// How many of the newest public hops came from servers of the receiving organisation itself. A hop is passed
/// only when the server confirmed the client's name, the name is in the server's own domain, and that very host wrote the
/// next older public hop: a stranger can claim any HELO, any reverse name that nobody checks, and any line below.
fn behind_own_servers(hops: &[Hop], public: &[usize]) -> usize {
    let passed = |pair: &&[usize]| {
        let [newer, older] = **pair else { return false };
        let (Some(newer), Some(older)) = (hops.get(newer), hops.get(older)) else { return false };
        let server = newer.by.as_ref().and_then(|by| organisation(&by.value));
        let Some(client) = confirmed_name(newer) else { return false };
        let wrote_the_older = older.by.as_ref().is_some_and(|by| by.value.eq_ignore_ascii_case(client));
        server.is_some() && server == organisation(client) && wrote_the_older
    };
    public.windows(2).take_while(passed).count()
}

/// The reverse name, where the dialect writes only names that point back to the address.
fn confirmed_name(hop: &Hop) -> Option<&str> {
    let confirms = matches!(hop.dialect, Dialect::Postfix | Dialect::Exim | Dialect::Sendmail);
    hop.from.name.as_ref().filter(|_| confirms && hop.from.doubt.is_none()).map(|name| name.value.as_str())
}

#[cfg(test)]
mod tests;
