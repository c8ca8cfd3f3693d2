//! One evaluation for every address of a family at once, with the answers that are there.

use ipnet::IpNet;

use super::macros::MacroString;
use super::mechanism::{address, mail_hosts};
use super::published::Published;
use super::ranges::{Family, Ranges};
use super::record::{self, Mechanism, Prefixes, Qualifier};
use super::sorted::{Batch, Crowd, Sorted};
use super::{MAX_MX_HOSTS, Reason, target};
use crate::dns::{Data, Ledger, Question, RecordType};

/// The most networks of one family that are counted; a record with more leaves its count open.
const MAX_NETWORKS: usize = 4096;
/// The most records that are gone through. One address meets eleven at most (section 4.6.4), but not all meet the same;
/// behind this many, only records that were made for it leave their count open.
const MAX_VISITS: usize = 100;

/// One evaluation for every address of a family.
pub(super) struct Walk<'a> {
    /// The domain that was asked about first.
    first: &'a str,
    dns: &'a Ledger<'a>,
    family: Family,
    visits: usize,
    networks: usize,
}

/// The name that a term asks about.
enum Target {
    Name(String),
    /// None that a question can carry (section 4.8).
    Nowhere,
    /// It depends on the message.
    Open,
}

/// What a question had for an answer, as far as anybody asked it.
enum Known {
    Answer(Vec<Data>),
    Void,
    Unknown,
}

impl<'a> Walk<'a> {
    pub(super) const fn new(first: &'a str, dns: &'a Ledger<'a>, family: Family) -> Self {
        Self { first, dns, family, visits: 0, networks: 0 }
    }

    /// Sorts those who come to the record of a domain. Includes and redirects cost a look-up each, so that the limit ends
    /// every loop.
    pub(super) fn record(&mut self, domain: &str, left: Crowd) -> Result<Sorted, Reason> {
        let published = Published::known(domain, self.dns)?;
        let record = record::parse(&published.text);
        let mut sorted = Sorted::of(left);
        // Section 4.6: a syntax error anywhere counts before any term does.
        if record.terms.iter().any(|term| term.kind.is_err()) {
            sorted.fail();
            return Ok(sorted);
        }
        let mut batch = Batch::default();
        for (qualifier, mechanism) in record.directives() {
            match mechanism {
                Mechanism::Ip(network) if Family::of(network.addr()) != self.family => {}
                Mechanism::Ip(network) if self.has_room() => batch.take(qualifier, *network, &mut sorted),
                _ => {
                    batch.rule(&mut sorted);
                    self.term(domain, qualifier, mechanism, &mut sorted);
                }
            }
        }
        batch.rule(&mut sorted);
        match record.redirect() {
            Some(spec) if !sorted.left.is_empty() => self.redirect(domain, spec, &mut sorted),
            // Section 4.7: whom nobody ruled on is neutral.
            _ => sorted.rule_all(Qualifier::Neutral),
        }
        Ok(sorted)
    }

    fn term(&mut self, domain: &str, qualifier: Qualifier, mechanism: &Mechanism, sorted: &mut Sorted) {
        if sorted.left.is_empty() {
            return;
        }
        match mechanism {
            Mechanism::All => return sorted.rule_all(qualifier),
            // One that there was no room for.
            Mechanism::Ip(_) => return sorted.may_match(qualifier),
            _ => sorted.spend_lookup(),
        }
        let target = self.target(domain, mechanism.spec());
        match mechanism {
            Mechanism::Include(_) => {
                if let Some(inner) = self.follow(target, sorted) {
                    sorted.include(qualifier, inner);
                }
            }
            Mechanism::A(_, prefixes) => match target {
                Target::Name(name) => self.host(&name, qualifier, *prefixes, sorted),
                Target::Nowhere => {}
                Target::Open => leave_open(qualifier, sorted),
            },
            Mechanism::Mx(_, prefixes) => self.mx(target, qualifier, *prefixes, sorted),
            Mechanism::Exists(_) => self.exists(target, qualifier, sorted),
            Mechanism::Ptr(_) => match target {
                Target::Nowhere => {}
                Target::Name(_) | Target::Open => leave_open(qualifier, sorted),
            },
            Mechanism::All | Mechanism::Ip(_) => {}
        }
        sorted.end_term();
    }

    /// Section 6.1.
    fn redirect(&mut self, domain: &str, spec: &MacroString, sorted: &mut Sorted) {
        sorted.spend_lookup();
        let target = self.target(domain, Some(spec));
        if let Some(inner) = self.follow(target, sorted) {
            sorted.redirect(&inner);
        }
    }

    /// Those who are left go through the record that an include or a redirect leads to; `None` where they end there.
    fn follow(&mut self, target: Target, sorted: &mut Sorted) -> Option<Sorted> {
        if sorted.left.is_empty() {
            return None;
        }
        self.visits += 1;
        let name = match target {
            Target::Name(name) if self.visits <= MAX_VISITS => name,
            Target::Nowhere => {
                sorted.fail();
                return None;
            }
            Target::Name(_) | Target::Open => {
                sorted.give_up();
                return None;
            }
        };
        match self.record(&name, sorted.left.clone()) {
            Ok(inner) => {
                sorted.left = Crowd::default();
                return Some(inner);
            }
            Err(Reason::NotAsked | Reason::DnsTrouble) => sorted.give_up(),
            Err(_) => sorted.fail(),
        }
        None
    }

    /// Section 5.4: the hosts are looked at in order, and whoever matches one sees no further.
    fn mx(&mut self, target: Target, qualifier: Qualifier, prefixes: Prefixes, sorted: &mut Sorted) {
        let hosts = match target {
            Target::Name(name) => self.known(&name, RecordType::Mx),
            Target::Nowhere => return,
            Target::Open => Known::Unknown,
        };
        match hosts {
            Known::Void => sorted.spend_void(),
            Known::Unknown => {
                leave_open(qualifier, sorted);
                // There may be more hosts than are allowed.
                sorted.may_fail();
            }
            Known::Answer(records) => {
                let hosts = mail_hosts(records);
                hosts.iter().take(MAX_MX_HOSTS).for_each(|host| self.host(host, qualifier, prefixes, sorted));
                // Section 4.6.4: an eleventh host would have to be asked.
                if hosts.len() > MAX_MX_HOSTS {
                    sorted.fail();
                }
            }
        }
    }

    /// Section 5.7. Where the name is the same for everybody, so is the answer.
    fn exists(&self, target: Target, qualifier: Qualifier, sorted: &mut Sorted) {
        match target {
            Target::Nowhere => {}
            Target::Open => leave_open(qualifier, sorted),
            Target::Name(name) => match self.known(&name, RecordType::A) {
                Known::Answer(records) if records.iter().any(|data| matches!(data, Data::A(_))) => {
                    sorted.rule_all(qualifier);
                }
                Known::Answer(_) => {}
                Known::Void => sorted.spend_void(),
                Known::Unknown => leave_open(qualifier, sorted),
            },
        }
    }

    /// Those match who are in the network of one of a host's addresses.
    fn host(&mut self, name: &str, qualifier: Qualifier, prefixes: Prefixes, sorted: &mut Sorted) {
        let kind = match self.family {
            Family::V4 => RecordType::A,
            Family::V6 => RecordType::Aaaa,
        };
        match self.known(name, kind) {
            Known::Answer(records) => {
                let networks: Vec<IpNet> =
                    records.iter().filter_map(address).filter_map(|address| prefixes.network(address)).collect();
                let (counted, beyond): (Vec<_>, Vec<_>) = networks.into_iter().partition(|_| self.has_room());
                sorted.rule(qualifier, &Ranges::of(&counted));
                if !beyond.is_empty() {
                    sorted.may_match(qualifier);
                }
            }
            Known::Void => sorted.spend_void(),
            Known::Unknown => leave_open(qualifier, sorted),
        }
    }

    fn target(&self, domain: &str, spec: Option<&MacroString>) -> Target {
        let Some(spec) = spec else { return Target::Name(domain.to_owned()) };
        let name = spec.fixed(domain, self.first);
        name.map_or(Target::Open, |name| target::name(&name).map_or(Target::Nowhere, Target::Name))
    }

    fn known(&self, name: &str, kind: RecordType) -> Known {
        match self.dns.known(&Question::new(&target::escape(name), kind)).map(|entry| entry.answer.records.clone()) {
            Some(Ok(records)) => Known::Answer(records),
            Some(Err(failure)) if failure.is_absent() => Known::Void,
            Some(Err(_)) | None => Known::Unknown,
        }
    }

    /// Counts a network.
    const fn has_room(&mut self) -> bool {
        self.networks += 1;
        self.networks <= MAX_NETWORKS
    }
}

/// A question that nobody asked: it may let those match who are left, and may be void.
fn leave_open(qualifier: Qualifier, sorted: &mut Sorted) {
    sorted.may_match(qualifier);
    sorted.may_spend_void();
}
