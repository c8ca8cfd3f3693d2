//! What a whole record allows: how many addresses pass, and what in it deserves a word.
//!
//! An evaluation ends where the connecting address matches; this goes on behind that term, for all addresses at once. It
//! asks nothing: it knows what the evaluations before it asked. A term whose answer nobody needed, a macro, `exists` and
//! `ptr` leave the count open, and the count says so.

use ipnet::IpNet;
use serde::Serialize;

use super::macros::MacroString;
use super::mechanism::{address, mail_hosts};
use super::published::Published;
use super::ranges::{Family, Ranges};
use super::record::{self, Mechanism, Prefixes, Qualifier};
use super::remarks::{self, ReadRecord, Remark};
use super::sorted::{Batch, Sorted};
use super::{MAX_LOOKUPS, MAX_MX_HOSTS, MAX_VOID_LOOKUPS, Reason, target};
use crate::dns::{Data, Ledger, Question, RecordType};

/// The most networks of one family that are counted; a record with more leaves its count open.
const MAX_NETWORKS: usize = 4096;

/// What a record allows as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub ipv4: Authorised,
    pub ipv6: Authorised,
    /// The records that were read, that of the domain first.
    pub records: Vec<ReadRecord>,
    pub remarks: Vec<Remark>,
}

/// How many addresses of one family pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authorised {
    /// Each address once, however many networks hold it.
    addresses: u128,
    /// Every address there is.
    pub everybody: bool,
    pub bound: Bound,
}

/// How far a count can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    #[default]
    Exact,
    /// Terms that could let further addresses pass are not counted.
    AtLeast,
    /// Terms that could refuse some of the counted addresses, or end in an error for them, are not counted either.
    About,
}

impl Authorised {
    /// The number in decimal digits: the whole of IPv6 is more than any integer holds.
    #[must_use]
    pub fn digits(self) -> String {
        const ALL_OF_IPV6: &str = "340282366920938463463374607431768211456";
        if self.everybody && self.addresses == u128::MAX { ALL_OF_IPV6.to_owned() } else { self.addresses.to_string() }
    }

    /// The number; all of IPv6 is one less than it is.
    #[must_use]
    pub const fn addresses(self) -> u128 {
        self.addresses
    }
}

/// Surveys the record of a domain; `None` when it has none that is known.
pub(super) fn survey(domain: &str, dns: &Ledger<'_>) -> Option<Survey> {
    Published::known(domain, dns).ok()?;
    let count = |family: Family| {
        let sorted = Walk { dns, family, lookups: 0, voids: 0, networks: 0 }.record(domain).ok()?;
        let everybody = sorted.passes.is_everything(family);
        let bound = if everybody { Bound::Exact } else { sorted.bound };
        Some(Authorised { addresses: sorted.passes.count(), everybody, bound })
    };
    let (records, remarks) = remarks::read(domain, dns);
    Some(Survey { ipv4: count(Family::V4)?, ipv6: count(Family::V6)?, records, remarks })
}

/// One evaluation for every address of a family. Addresses leave it as they are ruled on; the limits of section 4.6.4
/// hold for those that are left, which have seen every term before.
struct Walk<'a> {
    dns: &'a Ledger<'a>,
    family: Family,
    lookups: u32,
    voids: u32,
    networks: usize,
}

/// What one term does.
enum Effect {
    Everything,
    Networks(Vec<IpNet>, Then),
    Inner(Sorted),
}

/// What follows the known networks of a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Next,
    /// It may match further addresses.
    Open,
    /// It leads to a record that is not known: it may match further addresses, or end in an error for the rest.
    Unknown,
    /// Whoever did not match gets an error.
    Error,
}

impl Walk<'_> {
    /// Sorts all addresses by the record of a domain. Includes and redirects cost a look-up each, so that the limit
    /// ends every loop.
    fn record(&mut self, domain: &str) -> Result<Sorted, Reason> {
        let published = Published::known(domain, self.dns)?;
        let record = record::parse(&published.text);
        let everything = Ranges::everything(self.family);
        let mut sorted = Sorted::default();
        // Section 4.6: a syntax error anywhere counts before any term does.
        if record.terms.iter().any(|term| term.kind.is_err()) {
            sorted.end_in_error(&everything);
            return Ok(sorted);
        }
        let mut batch = Batch::default();
        for (qualifier, mechanism) in record.directives() {
            if sorted.ruled.is_everything(self.family) {
                return Ok(sorted);
            }
            match self.effect(domain, mechanism) {
                Effect::Networks(networks, then) => {
                    batch.take(qualifier, networks, &mut sorted);
                    if then == Then::Error {
                        sorted.rule_networks(&mut batch);
                        sorted.end_in_error(&everything);
                        return Ok(sorted);
                    }
                    if matches!(then, Then::Open | Then::Unknown) {
                        sorted.rule_networks(&mut batch);
                        if !sorted.ruled.is_everything(self.family) {
                            sorted.leave_open(qualifier);
                            sorted.in_doubt |= then == Then::Unknown;
                        }
                    }
                }
                Effect::Inner(inner) => {
                    sorted.rule_networks(&mut batch);
                    sorted.include(qualifier, &inner);
                }
                Effect::Everything => {
                    sorted.rule_networks(&mut batch);
                    sorted.rule(qualifier, &everything);
                    return Ok(sorted);
                }
            }
        }
        sorted.rule_networks(&mut batch);
        if let Some(spec) = record.redirect().filter(|_| !sorted.ruled.is_everything(self.family)) {
            match self.follow(spec) {
                Some(Ok(inner)) => sorted.redirect(&inner),
                Some(Err(())) => sorted.end_in_error(&everything),
                None => sorted.leave_open(Qualifier::Pass),
            }
        }
        Ok(sorted)
    }

    fn effect(&mut self, domain: &str, mechanism: &Mechanism) -> Effect {
        match mechanism {
            Mechanism::All => Effect::Everything,
            Mechanism::Ip(network) => self.networks(vec![*network], Then::Next),
            Mechanism::Include(spec) => match self.follow(spec) {
                Some(Ok(inner)) => Effect::Inner(inner),
                Some(Err(())) => Effect::Networks(Vec::new(), Then::Error),
                None => Effect::Networks(Vec::new(), Then::Unknown),
            },
            Mechanism::Exists(_) | Mechanism::Ptr(_) => {
                let then = if self.is_over_lookups() { Then::Error } else { Then::Open };
                Effect::Networks(Vec::new(), then)
            }
            Mechanism::A(spec, prefixes) => {
                self.hosts(domain, spec.as_ref(), *prefixes, |_, target| Ok(vec![target.to_owned()]))
            }
            Mechanism::Mx(spec, prefixes) => self.hosts(domain, spec.as_ref(), *prefixes, Self::exchanges),
        }
    }

    /// The record that an include or a redirect leads to: sorted, an error, or not known.
    fn follow(&mut self, spec: &MacroString) -> Option<Result<Sorted, ()>> {
        if self.is_over_lookups() {
            return Some(Err(()));
        }
        let Some(target) = target::name(&spec.literal()?) else { return Some(Err(())) };
        match self.record(&target) {
            Ok(inner) => Some(Ok(inner)),
            Err(Reason::NotAsked | Reason::DnsTrouble) => None,
            Err(_) => Some(Err(())),
        }
    }

    /// The networks of the hosts that a term stands for.
    fn hosts(
        &mut self,
        domain: &str,
        spec: Option<&MacroString>,
        prefixes: Prefixes,
        named: fn(&Self, &str) -> Result<Vec<String>, Reason>,
    ) -> Effect {
        if self.is_over_lookups() {
            return Effect::Networks(Vec::new(), Then::Error);
        }
        let written = match spec {
            None => Some(domain.to_owned()),
            Some(spec) => spec.literal(),
        };
        let Some(written) = written else { return Effect::Networks(Vec::new(), Then::Open) };
        let Some(target) = target::name(&written) else { return Effect::Networks(Vec::new(), Then::Next) };
        let kind = match self.family {
            Family::V4 => RecordType::A,
            Family::V6 => RecordType::Aaaa,
        };
        let (mut networks, mut then, mut is_void) = (Vec::new(), Then::Next, false);
        match named(self, &target) {
            Err(Reason::NoRecord) => is_void = true,
            Err(_) => then = Then::Open,
            Ok(hosts) => {
                for host in hosts.iter().take(MAX_MX_HOSTS) {
                    match self.known(host, kind) {
                        Ok(records) => {
                            networks.extend(records.iter().filter_map(address).filter_map(|ip| prefixes.network(ip)));
                        }
                        Err(Reason::NoRecord) => is_void = true,
                        Err(_) => then = Then::Open,
                    }
                }
                // Section 4.6.4: an eleventh host would have to be asked.
                then = if hosts.len() > MAX_MX_HOSTS { Then::Error } else { then };
            }
        }
        self.voids += u32::from(is_void);
        then = if self.voids > MAX_VOID_LOOKUPS { Then::Error } else { then };
        self.networks(networks, then)
    }

    fn exchanges(&self, target: &str) -> Result<Vec<String>, Reason> {
        self.known(target, RecordType::Mx).map(mail_hosts)
    }

    /// The records that a question had; [`Reason::NoRecord`] where DNS says that there are none.
    fn known(&self, name: &str, kind: RecordType) -> Result<Vec<Data>, Reason> {
        let entry = self.dns.known(&Question::new(&target::escape(name), kind)).ok_or(Reason::NotAsked)?;
        match &entry.answer.records {
            Ok(records) => Ok(records.clone()),
            Err(failure) if failure.is_absent() => Err(Reason::NoRecord),
            Err(_) => Err(Reason::NotAsked),
        }
    }

    /// Networks of this family, as long as there is room for them.
    fn networks(&mut self, networks: Vec<IpNet>, then: Then) -> Effect {
        let family = |network: &IpNet| Family::of(network.addr()) == self.family;
        let networks: Vec<IpNet> = networks.into_iter().filter(family).collect();
        self.networks += networks.len();
        if self.networks > MAX_NETWORKS {
            return Effect::Networks(Vec::new(), if then == Then::Error { then } else { Then::Open });
        }
        Effect::Networks(networks, then)
    }

    /// Counts a term that asks, also where nobody asked it.
    const fn is_over_lookups(&mut self) -> bool {
        self.lookups += 1;
        self.lookups > MAX_LOOKUPS
    }
}
