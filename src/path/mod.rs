//! Received fields → the way the message went.

use std::net::IpAddr;

use jiff::SignedDuration;
use serde::Serialize;

use crate::message::{Message, Span, Spanned, date::Stamp};

pub mod boundary;
mod filter;
mod handover;
mod hops;
mod network;
pub mod received;
mod recipient;
pub mod tls;
mod waypoint;

pub use boundary::{Authserv, Boundary, BoundaryReason, ChosenBy};
pub use filter::{FilterInFront, is_of_filter, is_one_customer};
pub use handover::Handover;
pub use network::{client_is_public, organisation};
pub use received::{Dialect, Part, PartKind};
pub use recipient::{Recipient, ShownBy};
pub use tls::{Tls, TlsState, TlsVersion};
pub use waypoint::{MAX_WAYPOINTS, Waypoint, WaypointKind};

/// The way of a message, oldest hop first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Path {
    pub hops: Vec<Hop>,
    /// What other fields tell of the way, oldest first.
    pub waypoints: Vec<Waypoint>,
    /// Where the receiving side begins; `None` when no hop can be it.
    pub boundary: Option<Boundary>,
    /// Every hop that could be the boundary, best first, also when none is it by rule.
    pub choices: Vec<(usize, BoundaryReason)>,
    /// From the first dated hop to the last, signed.
    pub total: Option<SignedDuration>,
}

/// How many hops a report names one by one. RFC 5321 section 6.3: a server that counts Received fields to find a loop sets
/// its limit at 100 or more, so that a longer way is a loop or made up.
pub const MAX_LISTED: usize = 100;

impl Path {
    /// Whether a report names that hop: the newest ones, and the boundary wherever it stands.
    #[must_use]
    pub fn is_listed(&self, hop: usize) -> bool {
        hop + MAX_LISTED >= self.hops.len() || self.boundary.as_ref().is_some_and(|boundary| boundary.hop == hop)
    }

    /// How many hops a report does not name.
    #[must_use]
    pub fn unlisted(&self) -> usize {
        (0..self.hops.len()).filter(|&hop| !self.is_listed(hop)).count()
    }

    /// The hop where the receiving side took the message over.
    #[must_use]
    pub fn boundary_hop(&self) -> Option<&Hop> {
        self.hops.get(self.boundary.as_ref()?.hop)
    }

    /// The hop that makes it doubtful which address connected: one that may be the entry in place of the boundary, or the
    /// boundary itself where it names two addresses.
    #[must_use]
    pub fn doubtful_hop(&self) -> Option<usize> {
        let boundary = self.boundary.as_ref().map(|boundary| boundary.hop);
        let names_two = |hop: &usize| self.hops.get(*hop).is_some_and(|hop| hop.from.other.is_some());
        self.doubtful_entry().or_else(|| boundary.filter(names_two))
    }

    /// A hop newer than the boundary that may be where the receiving side begins: the newest one whose client is not shown
    /// to be a server of the receiving side. If it is, strangers wrote everything below it. `None` where the person chose.
    #[must_use]
    pub fn doubtful_entry(&self) -> Option<usize> {
        let boundary = self.boundary.as_ref().filter(|boundary| boundary.chosen_by == ChosenBy::Rule)?;
        boundary::doubtful(&self.hops, boundary)
    }

    /// Whether the header itself leaves it open where the receiving side begins.
    #[must_use]
    pub fn is_boundary_ambiguous(&self) -> bool {
        self.boundary.as_ref().is_some_and(Boundary::is_ambiguous) || self.doubtful_entry().is_some()
    }

    /// When the message was received: the date of the newest hop that has one and that the receiving side wrote.
    #[must_use]
    pub fn received_at(&self) -> Option<Spanned<Stamp>> {
        let written_by_receiver = |hop: &&Hop| hop.side != Side::Sending;
        self.hops.iter().rev().filter(written_by_receiver).find_map(|hop| hop.date)
    }
}

/// One Received field, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Index of the field in [`Message::fields`].
    pub field: usize,
    /// The whole field in the input.
    pub span: Span,
    /// The software, as far as the line shows it, else who runs the server.
    pub dialect: Dialect,
    /// Who runs the server, where that is known and another says more about the software.
    pub operator: Option<Dialect>,
    /// The client, as this server saw it. All parts empty when the field has no from clause.
    pub from: Client,
    /// The server that wrote this field.
    pub by: Option<Spanned<String>>,
    pub via: Option<Spanned<String>>,
    pub with: Option<Spanned<String>>,
    pub id: Option<Spanned<String>>,
    /// The recipient of a `for` clause, without angle brackets.
    pub recipient: Option<Spanned<String>>,
    /// The envelope sender some servers write (Postfix, Exim, qmail), without angle brackets; empty for the null sender.
    pub envelope_from: Option<Spanned<String>>,
    /// Where the server says that the client logged in (RFC 4954): a submission, not an arrival.
    pub authenticated: Option<Span>,
    pub date: Option<Spanned<Stamp>>,
    /// Time since the nearest older hop with a date; negative when the clocks disagree.
    pub delay: Option<SignedDuration>,
    /// How this hop joins the one before it.
    pub handover: Handover,
    pub tls: Tls,
    pub side: Side,
    /// What every byte of the value was read as, in order; only white space stands between the parts.
    pub parts: Vec<Part>,
}

impl Hop {
    /// The parts that fit neither the dialect nor the grammar.
    pub fn unread(&self) -> impl Iterator<Item = Span> {
        self.parts.iter().filter(|part| part.kind.is_unread()).map(|part| part.span)
    }
}

/// Three different facts about the client of a hop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Client {
    /// What the client called itself (HELO or EHLO): its own claim.
    pub helo: Option<Spanned<String>>,
    /// The name the server found for the address by reverse DNS.
    pub name: Option<Spanned<String>>,
    /// The address of the connection, as the server saw it. IPv4-mapped IPv6 is given as IPv4.
    pub ip: Option<Spanned<IpAddr>>,
    /// Another address that the server wrote the same way, so that nothing tells which of the two connected; of a public
    /// and a private one, the public one stands in [`Client::ip`].
    pub other: Option<Spanned<IpAddr>>,
    /// Where the server doubts the name, because it does not point back to the address (Sendmail's `may be forged`).
    pub doubt: Option<Span>,
}

impl Client {
    /// The address of the connection, and the other one where it is open which of two that is.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        [self.ip, self.other].into_iter().flatten().map(|ip| ip.value)
    }

    /// The same for a cell of a table; `None` where no address is written.
    #[must_use]
    pub fn address_text(&self) -> Option<String> {
        let addresses: Vec<String> = self.addresses().map(|ip| ip.to_string()).collect();
        (!addresses.is_empty()).then(|| addresses.join(" / "))
    }
}

/// On which side of the boundary a hop lies. Without a boundary, nothing shows that the message came from another
/// organisation, and every hop is on the receiving side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Older than the boundary: the word of strangers.
    Sending,
    /// Written by the receiving side about a client outside.
    Boundary,
    Receiving,
}

/// Reads all Received fields. `chosen` is the index (0 = oldest) of a hop that the user chose as the boundary; `authserv`
/// is who signed the newest results, which speaks for the hop of that server.
#[must_use]
pub fn read(message: &Message, chosen: Option<usize>, authserv: Option<&Authserv>) -> Path {
    hops::read(message, chosen, authserv)
}

#[cfg(test)]
mod tests;
