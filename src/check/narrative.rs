//! What happened, step by step: from who wrote the message to what it comes to, for people who do not know the terms.
//!
//! Five to nine chapters, each an event that is seen in the facts and the places that show it. The words live in `text/`.

use std::net::IpAddr;

use super::{Evidence, Headline, Verdict};
use crate::auth::Alignment;
use crate::auth::dkim::{self, DkimResult, Signature};
use crate::auth::dmarc::{self, DmarcResult, Policy};
use crate::auth::spf::{self, SpfResult};
use crate::auth::trace::Step;
use crate::facts::{Facts, Whose};
use crate::message::Span;
use crate::message::date::{Stamp, Zone};
use crate::path::{Hop, Side, TlsState, TlsVersion};
use crate::sender::{Marks, StreamKind};

/// One step of what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter<'a> {
    pub event: Event<'a>,
    /// Never empty; the primary place first.
    pub evidence: Vec<Evidence>,
}

/// What happened, with the values its sentence needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Event<'a> {
    /// What the message says of itself. All times of the story are told in one zone, and the first of them names it. `report`: a program wrote it about another message, such as a bounce.
    Written { author: Option<&'a str>, date: Option<Stamp>, report: bool },
    /// The header holds no line that tells of the way.
    NoPath,
    /// Servers of the sending side, as they write themselves; the first is the oldest.
    Sent { servers: usize, first: Option<&'a str> },
    /// Somebody who had received it sent it on; where that is not proved, the message only bears marks of it, by which `by` stands.
    PassedOn { list: bool, proved: bool, by: Option<&'a str> },
    /// The receiving side took it over.
    Arrived(Arrival<'a>),
    /// No line shows where the receiving side took it over.
    NoArrival,
    /// Further servers of the receiving side; the last is the newest.
    Delivered { servers: usize, last: Option<&'a str> },
    /// Whether the server may send for the domain of the envelope sender.
    Server {
        domain: Option<&'a str>,
        ip: Option<IpAddr>,
        result: Option<SpfResult>,
        reason: spf::Reason,
        passed_on: bool,
        /// There is no envelope sender, as in a bounce: the server's own name stands for it (RFC 7208 section 2.4).
        null_sender: bool,
    },
    /// Nobody signed.
    Unsigned,
    /// The signature that says most about the author domain, `author`. `others`: how many more there are.
    Signed {
        author: Option<&'a str>,
        domain: Option<&'a str>,
        whose: Whose,
        result: DkimResult,
        reason: dkim::Reason,
        others: usize,
    },
    /// Whether the domain that is shown as the sender is confirmed, and by what.
    Author(Confirmation<'a>),
    /// What it comes to.
    Outcome(&'a Verdict),
}

/// How the receiving side took the message over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival<'a> {
    /// The name of the client in reverse DNS, as the receiving side found it without doubt.
    pub name: Option<&'a str>,
    /// What the client called itself.
    pub helo: Option<&'a str>,
    pub ip: Option<IpAddr>,
    pub by: Option<&'a str>,
    pub date: Option<Stamp>,
    /// The zone of the times was named before.
    pub is_zone_named: bool,
    pub tls: TlsState,
    pub version: Option<TlsVersion>,
}

/// Whether the author domain is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmation<'a> {
    pub author: Option<&'a str>,
    pub result: DmarcResult,
    pub reason: dmarc::Reason,
    pub policy: Option<Policy>,
    pub by_server: bool,
    pub by_signature: bool,
    /// The address that its server is judged by, where that may be one a stranger wrote.
    pub unsure: Option<IpAddr>,
}

impl Event<'_> {
    /// The code in the JSON report.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Written { .. } => "written",
            Self::NoPath => "no-path",
            Self::Sent { .. } => "sent",
            Self::PassedOn { .. } => "passed-on",
            Self::Arrived(_) => "arrived",
            Self::NoArrival => "no-arrival",
            Self::Delivered { .. } => "delivered",
            Self::Server { .. } => "server",
            Self::Unsigned => "unsigned",
            Self::Signed { .. } => "signed",
            Self::Author(_) => "author",
            Self::Outcome(_) => "outcome",
        }
    }
}

/// Tells what happened, from the first word of the message to what it comes to.
#[must_use]
pub fn narrate<'a>(facts: &'a Facts, headline: &'a Headline) -> Vec<Chapter<'a>> {
    let outcome = Chapter { event: Event::Outcome(&headline.verdict), evidence: headline.evidence.clone() };
    if facts.is_report_alone() {
        return vec![outcome];
    }
    let mut chapters = vec![written(facts)];
    chapters.extend(sent(facts));
    chapters.extend(passed_on(facts));
    chapters.extend(arrived(facts));
    chapters.extend(delivered(facts));
    chapters.extend([server(facts), signature(facts), author(facts)]);
    chapters.push(outcome);
    chapters
}

/// The zone in which all times of a message are told: the author's, else that in which the receiving side wrote the arrival. Large receivers write the time of
/// where their servers stand, which is nobody's.
#[must_use]
pub fn zone(facts: &Facts) -> Zone {
    let arrival = facts.path.boundary_hop().and_then(|hop| hop.date).map(|date| date.value);
    let mut zones = [facts.identity.date, arrival].into_iter().flatten().map(|stamp| stamp.zone);
    zones.find(|zone| matches!(zone, Zone::Offset(_))).unwrap_or(Zone::UtcOnly)
}

/// The place of a field that is not there: the whole header.
fn from_place(facts: &Facts) -> Span {
    facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes))
}

fn written(facts: &Facts) -> Chapter<'_> {
    let identity = &facts.identity;
    let author = identity.from.first().map(|mailbox| mailbox.address.as_str()).filter(|address| !address.is_empty());
    let report = facts.stream.kind == StreamKind::Bounce;
    let places = [Some(from_place(facts)), identity.date_span];
    Chapter {
        event: Event::Written { author, date: identity.date.map(|date| date.told_in(zone(facts))), report },
        evidence: places.into_iter().flatten().map(Evidence::Bytes).collect(),
    }
}

fn sent(facts: &Facts) -> Option<Chapter<'_>> {
    if facts.path.hops.is_empty() {
        return Some(Chapter { event: Event::NoPath, evidence: vec![Evidence::Bytes(from_place(facts))] });
    }
    let hops: Vec<&Hop> = facts.path.hops.iter().filter(|hop| hop.side == Side::Sending).collect();
    let first = hops.first()?;
    let event = Event::Sent { servers: hops.len(), first: first.by.as_ref().map(|by| by.value.as_str()) };
    Some(Chapter { event, evidence: vec![Evidence::Bytes(first.span)] })
}

fn passed_on(facts: &Facts) -> Option<Chapter<'_>> {
    let mark = facts.handling.passed_on_at()?;
    let event = Event::PassedOn {
        list: facts.handling.marks() == Some(Marks::List),
        proved: facts.is_passing_on_shown(),
        by: facts.handling.by.as_ref().map(|by| by.domain.as_str()),
    };
    Some(Chapter { event, evidence: vec![Evidence::Bytes(mark)] })
}

fn arrived(facts: &Facts) -> Option<Chapter<'_>> {
    let newest = facts.path.hops.last()?;
    let Some(hop) = facts.path.boundary_hop() else {
        return Some(Chapter { event: Event::NoArrival, evidence: vec![Evidence::Bytes(newest.span)] });
    };
    let name = hop.from.name.as_ref().filter(|_| hop.from.doubt.is_none());
    let arrival = Arrival {
        name: name.map(|name| name.value.as_str()),
        helo: hop.from.helo.as_ref().map(|helo| helo.value.as_str()),
        ip: hop.from.ip.map(|ip| ip.value),
        by: hop.by.as_ref().map(|by| by.value.as_str()),
        date: hop.date.map(|date| date.value.told_in(zone(facts))),
        is_zone_named: facts.identity.date.is_some(),
        tls: hop.tls.state,
        version: hop.tls.version,
    };
    let tls = hop.tls.span.map(Evidence::Bytes);
    let evidence = std::iter::once(Evidence::Bytes(hop.span)).chain(tls).collect();
    Some(Chapter { event: Event::Arrived(arrival), evidence })
}

/// Servers after the arrival. Without an arrival every hop counts as the receiving side's, and nothing is said of them.
fn delivered(facts: &Facts) -> Option<Chapter<'_>> {
    facts.path.boundary.as_ref()?;
    let hops: Vec<&Hop> = facts.path.hops.iter().filter(|hop| hop.side == Side::Receiving).collect();
    let last = hops.last()?;
    // Some write an address or a number in its form, which tells nobody anything.
    let named = last.by.as_ref().map(|by| by.value.as_str()).filter(|by| by.parse::<IpAddr>().is_err());
    let event = Event::Delivered { servers: hops.len(), last: named };
    Some(Chapter { event, evidence: vec![Evidence::Bytes(last.span)] })
}

fn step(trace: &Step) -> Evidence {
    Evidence::Step(trace.id.clone())
}

fn server(facts: &Facts) -> Chapter<'_> {
    let passed_on = facts.is_failure_explained();
    let null_sender = facts.session.mail_from.as_ref().is_some_and(|sender| sender.value.is_empty());
    let Some(check) = &facts.spf.mail_from else {
        let ip = facts.session.ip.as_ref().map(|ip| ip.value);
        let place = facts.path.boundary_hop().map_or_else(|| from_place(facts), |hop| hop.span);
        let event =
            Event::Server { domain: None, ip, result: None, reason: spf::Reason::NotADomain, passed_on, null_sender };
        return Chapter { event, evidence: vec![Evidence::Bytes(place)] };
    };
    Chapter {
        event: Event::Server {
            domain: Some(&check.domain),
            ip: Some(check.ip),
            result: check.result,
            reason: check.reason,
            passed_on,
            null_sender,
        },
        evidence: vec![step(&check.trace)],
    }
}

/// The author domain's own signature says most; else one that passed, else the topmost.
fn signature(facts: &Facts) -> Chapter<'_> {
    let passed = || facts.dkim.iter().find(|signature| signature.result == DkimResult::Pass);
    let Some(signature) = facts.author_signature().or_else(passed).or(facts.dkim.first()) else {
        return Chapter { event: Event::Unsigned, evidence: vec![Evidence::Bytes(from_place(facts))] };
    };
    let is_this = |other: &Signature| other.field == signature.field;
    let standing = facts.dkim.iter().position(is_this).and_then(|index| facts.standing(index));
    let event = Event::Signed {
        author: facts.dmarc.author_domain.as_deref(),
        domain: signature.domain.as_deref(),
        whose: standing.map_or(Whose::Unknown, |standing| standing.whose),
        result: signature.result,
        reason: signature.reason,
        others: facts.dkim.len() - 1,
    };
    Chapter { event, evidence: vec![step(&signature.trace), Evidence::Bytes(signature.span)] }
}

fn author(facts: &Facts) -> Chapter<'_> {
    let dmarc = &facts.dmarc;
    let aligned = |dkim| dmarc.best_alignment(dkim) != Alignment::No;
    let confirmation = Confirmation {
        author: dmarc.author_domain.as_deref(),
        result: dmarc.result,
        reason: dmarc.reason,
        policy: dmarc.policy,
        by_server: aligned(false),
        by_signature: aligned(true),
        unsure: facts.session.ip.as_ref().map(|ip| ip.value).filter(|_| facts.is_address_unsure()),
    };
    Chapter { event: Event::Author(confirmation), evidence: vec![step(&dmarc.trace)] }
}
