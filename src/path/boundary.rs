//! Where the receiving side begins, why we think so, and the alternatives.

use std::cmp::Ordering;

use serde::Serialize;

use super::handover::is_same_host;
use super::network::{client_is_public, filter_service, is_inside_a_provider, is_one_company, organisation};
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
    /// The newest hop from a public address, and the server that wrote it bears the name under which the receiving side
    /// signed its results (RFC 8601 section 2.5).
    AuthservHost,
    /// The newest hop from a public address whose client does not bear the receiver's name: the newer ones came from hosts
    /// whose confirmed names are in the domain of the server that wrote the field. Hosts of customers bear such names too,
    /// so this stays in doubt.
    BehindOwnServers,
    /// A mail filter took the message in here, and the recipient's MX record leads to that filter.
    FilterIsMx,
    /// The user chose it.
    Chosen,
    /// An alternative: it came from a private address, and the client bears the name of another organisation. A load
    /// balancer may have put its own address in place of the sender's.
    TranslatedAddress,
    /// An alternative: a mail filter took the message in here and then handed it to the boundary. Where the filter is the
    /// receiver's, the receiving side begins here; where it is the sender's, it does not. The header does not tell.
    FilterService,
    /// An alternative: an older hop that a server of the same organisation wrote. The message may have left and come back.
    SameOrganisation,
    /// An alternative: a newer hop from a public address, where the client bears a name of the receiving organisation.
    OwnServer,
    /// An alternative: it came from a public address, but a newer hop did too.
    OlderPublicAddress,
    /// An alternative: a client that logged in at a public address; sent from there, not received.
    Submission,
    /// An alternative that no rule chooses: the client has a private address, so SPF says nothing.
    PrivateAddress,
}

impl BoundaryReason {
    /// Every reason by which a rule takes a hop for the boundary.
    const RULES: [Self; 4] = [Self::FilterIsMx, Self::NewestPublicAddress, Self::AuthservHost, Self::BehindOwnServers];
    /// The order in which hops are offered.
    const ORDER: [Self; 12] = [
        Self::FilterIsMx,
        Self::NewestPublicAddress,
        Self::AuthservHost,
        Self::BehindOwnServers,
        Self::Chosen,
        Self::TranslatedAddress,
        Self::FilterService,
        Self::SameOrganisation,
        Self::OwnServer,
        Self::OlderPublicAddress,
        Self::Submission,
        Self::PrivateAddress,
    ];

    /// How early hops with this reason are offered.
    pub(super) fn place(self) -> Option<usize> {
        Self::ORDER.iter().position(|known| *known == self)
    }
}

/// Who chose the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenBy {
    Rule,
    User,
}

impl Boundary {
    /// Whether the header itself leaves it open where the receiving side begins: a mail filter may be the sender's or the
    /// receiver's, and a translated address hides the sender's.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        let open = [BoundaryReason::FilterService, BoundaryReason::TranslatedAddress];
        self.chosen_by == ChosenBy::Rule && self.alternatives.iter().any(|(_, reason)| open.contains(reason))
    }
}

/// The name under which the receiving side signs its results: that of the newest Authentication-Results field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authserv {
    /// Index of that field in [`Message::fields`](crate::message::Message::fields).
    pub field: usize,
    pub id: String,
}

/// Takes the boundary from the choices, which stand best first. A choice of the user that is no hop's index is passed
/// over for the rule.
pub(super) fn find(hops: &[Hop], choices: &[(usize, BoundaryReason)], chosen: Option<usize>) -> Option<Boundary> {
    let others = |hop: usize| choices.iter().copied().filter(|&(index, _)| index != hop).collect();
    if let Some(hop) = chosen.filter(|&index| index < hops.len()) {
        let alternatives = others(hop);
        return Some(Boundary { hop, reason: BoundaryReason::Chosen, chosen_by: ChosenBy::User, alternatives });
    }
    let &(hop, reason) = choices.first().filter(|(_, reason)| BoundaryReason::RULES.contains(reason))?;
    Some(Boundary { hop, reason, chosen_by: ChosenBy::Rule, alternatives: others(hop) })
}

/// Every hop that could be the boundary, best first.
pub(super) fn choices(hops: &[Hop], authserv: Option<&Authserv>) -> Vec<(usize, BoundaryReason)> {
    let of = |wanted: Arrival| {
        let newest_first = hops.iter().enumerate().rev();
        newest_first.filter(move |(_, hop)| arrival(hop) == wanted).map(|(index, _)| index)
    };
    let public: Vec<usize> = of(Arrival::Public).collect();
    let own = behind_own_servers(hops, &public);
    let boundary = public.get(own).copied();
    let mut choices: Vec<(usize, BoundaryReason)> = public
        .iter()
        .enumerate()
        .map(|(place, &index)| {
            let reason = match place.cmp(&own) {
                Ordering::Less => BoundaryReason::OwnServer,
                Ordering::Equal if own > 0 => BoundaryReason::BehindOwnServers,
                Ordering::Equal if is_signed_by_host(hops, index, authserv) => BoundaryReason::AuthservHost,
                Ordering::Equal => BoundaryReason::NewestPublicAddress,
                Ordering::Greater => older(hops, boundary, index),
            };
            (index, reason)
        })
        .collect();
    choices.extend(of(Arrival::Submission).map(|index| (index, BoundaryReason::Submission)));
    choices.extend(of(Arrival::Private).map(|index| {
        let is_newer = boundary.is_none_or(|boundary| boundary < index);
        let translated = is_newer && hops.get(index).is_some_and(bears_a_foreign_name);
        (index, if translated { BoundaryReason::TranslatedAddress } else { BoundaryReason::PrivateAddress })
    }));
    choices.sort_by_key(|(_, reason)| reason.place());
    choices
}

/// Whether the results above the field of that hop, or right below it, are signed with the name of its server or of its
/// domain: `mx.example.jp` may sign as `example.jp`.
fn is_signed_by_host(hops: &[Hop], index: usize, authserv: Option<&Authserv>) -> bool {
    let (Some(hop), Some(authserv)) = (hops.get(index), authserv) else { return false };
    let Some(by) = &hop.by else { return false };
    let next_older = index.checked_sub(1).and_then(|index| hops.get(index)).map_or(usize::MAX, |older| older.field);
    let (host, id) = (by.value.to_ascii_lowercase(), authserv.id.to_ascii_lowercase());
    let is_name = host.strip_suffix(&id).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    authserv.field < next_older && is_name && (host == id || organisation(&id).is_some())
}

/// What speaks for a hop that is older than the boundary.
fn older(hops: &[Hop], boundary: Option<usize>, index: usize) -> BoundaryReason {
    let (Some(boundary), Some(hop)) = (boundary.and_then(|index| hops.get(index)), hops.get(index)) else {
        return BoundaryReason::OlderPublicAddress;
    };
    let organisation_of = |hop: &Hop| hop.by.as_ref().and_then(|by| organisation(&by.value));
    let filter = client_names(boundary).find_map(|name| filter_service(&name.value));
    let by = hop.by.as_ref().map(|by| by.value.as_str());
    if filter.is_some() && by.and_then(filter_service) == filter {
        BoundaryReason::FilterService
    } else if organisation_of(hop).is_some() && organisation_of(hop) == organisation_of(boundary) {
        BoundaryReason::SameOrganisation
    } else {
        BoundaryReason::OlderPublicAddress
    }
}

/// Whether the client of a hop from a private address calls itself a host of another organisation than the server's.
fn bears_a_foreign_name(hop: &Hop) -> bool {
    let server = hop.by.as_ref().and_then(|by| organisation(&by.value));
    let client = hop.from.helo.as_ref().and_then(|helo| organisation(&helo.value));
    let own = client_names(hop).any(|name| organisation(&name.value) == server);
    server.is_some() && client.is_some() && !own
}

fn client_names(hop: &Hop) -> impl Iterator<Item = &Spanned<String>> {
    [&hop.from.name, &hop.from.helo].into_iter().flatten()
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
    if is_delivered(hop) || ip.value.is_loopback() || !is_smtp(hop) || is_inside_a_provider(hop) {
        Arrival::Inner
    } else if !client_is_public(ip.value) {
        Arrival::Private
    } else if hop.authenticated.is_some() {
        Arrival::Submission
    } else {
        Arrival::Public
    }
}

/// Whether one program gave the message to another on the same host.
fn is_delivered(hop: &Hop) -> bool {
    hop.dialect == Dialect::Amavis || hop.tls.state == TlsState::Local
}

/// Web pages hand in by HTTP, LMTP is the last step into a mailbox, and fetchmail and its like take mail out of a mailbox
/// where it had arrived before.
fn is_smtp(hop: &Hop) -> bool {
    let other = ["http", "lmtp", "utf8lmtp", "pop", "imap", "odmr", "mapi", "nnfmp"];
    let protocol = |clause: &Option<Spanned<String>>| {
        let text = clause.as_ref().map(|text| text.value.to_ascii_lowercase()).unwrap_or_default();
        other.iter().any(|name| text.starts_with(name))
    };
    !protocol(&hop.with) && !protocol(&hop.via)
}

/// How many of the newest public hops came from servers of the receiving organisation itself. A hop is passed
/// only when the server confirmed the client's name, the name is in the server's own domain, and that very host wrote the
/// next older public hop: a stranger can claim any HELO, any reverse name that nobody checks, and any line below. Even so
/// a hop is passed in doubt only ([`doubtful`]): a customer's line or rented server has a confirmed name in the domain of
/// the provider, and its owner can write the line below.
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

/// The newest hop after the boundary that could itself be the arrival: it was passed for a name in the receiver's domain
/// alone, or its client has a private address, or none is written, as behind an address translation, or the line cannot be
/// read, or nothing joins it to the line below. Of those with a private or no address, it is none where the server confirmed
/// that the client is of its own organisation or is the very host that wrote the boundary field; and none is inside a large
/// provider, whose servers write the public address of whoever comes from outside.
pub(super) fn doubtful(hops: &[Hop], boundary: &Boundary) -> Option<usize> {
    let entry = hops.get(boundary.hop)?.by.as_ref().map(|by| by.value.as_str());
    let is_by_name = |hop: &Hop| boundary.reason == BoundaryReason::BehindOwnServers && arrival(hop) == Arrival::Public;
    let filter = entry.and_then(filter_service);
    let is_doubtful = |older: &Hop, hop: &Hop| {
        let server = hop.by.as_ref().map(|by| by.value.as_str());
        let is_own = |client: &str| {
            let is_entry = entry.is_some_and(|entry| entry.eq_ignore_ascii_case(client));
            is_entry || server.and_then(organisation).is_some_and(|own| organisation(client).as_ref() == Some(&own))
        };
        let hides_the_client = (arrival(hop) == Arrival::Private || is_unstated(hop))
            && !is_behind_the_front(hop)
            && !confirmed_name(hop).is_some_and(is_own);
        let may_be_anybodys = arrival(hop) == Arrival::Inner && (is_unread(hop) || !is_joined(older, hop));
        (hides_the_client || may_be_anybodys)
            && !server.is_some_and(is_provider)
            && (filter.is_none() || server.and_then(filter_service) != filter)
    };
    let newer = hops.windows(2).enumerate().map(|(place, pair)| (place + 1, pair)).skip(boundary.hop).rev();
    let mut found = newer.filter(|(_, pair)| {
        let [older, hop] = *pair else { return false };
        is_by_name(hop) || is_doubtful(older, hop)
    });
    found.next().map(|(index, _)| index)
}

/// Whether a client is named that may have come from outside, and no address: by SMTP, or by nothing that is written.
fn is_unstated(hop: &Hop) -> bool {
    let names_no_protocol = hop.with.is_none() && hop.via.is_none() && !is_delivered(hop);
    let is_named = hop.from.helo.is_some() || hop.from.name.is_some();
    hop.from.ip.is_none() && is_named && (is_by_smtp(hop) || names_no_protocol)
}

/// Whether what could not be read may hold the client: it names none, and parts of the line fit no grammar, or it names no
/// server, either.
fn is_unread(hop: &Hop) -> bool {
    let names_nobody = hop.by.is_none() && client_names(hop).next().is_none() && hop.dialect == Dialect::Generic;
    hop.from.ip.is_none() && (names_nobody || hop.unread().next().is_some())
}

/// Whether a hop within the receiving side took over from the server that wrote the line below it: that server is its own
/// host or its client by name, or belongs to the organisation of one of them. Some software names no host there: qmail's
/// queue stands on the line of whatever SMTP server filled it, amavis on that of the server that it filters for, and a
/// machine of Gmail on another one.
fn is_joined(older: &Hop, hop: &Hop) -> bool {
    match hop.dialect {
        Dialect::Amavis => return true,
        Dialect::Google => return older.dialect == Dialect::Google,
        Dialect::Qmail if hop.by.is_none() => {
            return matches!(older.dialect, Dialect::Qmail | Dialect::Qpsmtpd | Dialect::Generic);
        }
        _ => {}
    }
    let Some(server) = &older.by else { return older.dialect == Dialect::Qmail };
    let mut hosts = hop.by.iter().chain(client_names(hop)).map(|host| host.value.as_str());
    hosts.any(|host| is_same_host(host, &server.value) || is_one_company(host, &server.value))
}

/// Whether the line is of a part of mail software that strangers cannot reach: mailbox stores, and the transport service of
/// Exchange since 2013, whose front door writes `via Frontend Transport`.
fn is_behind_the_front(hop: &Hop) -> bool {
    let starts = |clause: &Option<Spanned<String>>, text: &str| {
        clause.as_ref().is_some_and(|clause| clause.value.to_ascii_lowercase().starts_with(text))
    };
    match hop.dialect {
        Dialect::Cyrus | Dialect::Fastmail => true,
        Dialect::Exchange => starts(&hop.id, "15.") && !starts(&hop.via, "front"),
        _ => false,
    }
}

/// Whether the field says that the message came by SMTP, and not by delivery on the same host.
fn is_by_smtp(hop: &Hop) -> bool {
    let with = hop.with.as_ref().map(|with| with.value.to_ascii_lowercase()).unwrap_or_default();
    !is_delivered(hop) && ["smtp", "esmtp", "utf8smtp"].iter().any(|name| with.starts_with(name))
}

/// Domains in which the servers of a large provider stand behind its own entry.
const BEHIND_THEIR_ENTRY: [&str; 4] = ["outlook.com", "outlook.office365.com", "exchangelabs.com", "google.com"];

fn is_provider(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    BEHIND_THEIR_ENTRY
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// The reverse name, where the dialect writes only names that point back to the address.
fn confirmed_name(hop: &Hop) -> Option<&str> {
    // Of two addresses, nothing tells which one the name points back to.
    let confirms =
        matches!(hop.dialect, Dialect::Postfix | Dialect::Exim | Dialect::Sendmail) && hop.from.other.is_none();
    hop.from.name.as_ref().filter(|_| confirms && hop.from.doubt.is_none()).map(|name| name.value.as_str())
}

#[cfg(test)]
mod tests;
