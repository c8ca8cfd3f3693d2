//! What in the records of a domain deserves a word although nothing breaks by it.

use std::collections::BTreeSet;

use ipnet::IpNet;
use serde::Serialize;

use super::macros::MacroString;
use super::mechanism::{address, mail_hosts};
use super::published::Published;
use super::ranges::Family;
use super::record::{self, Kind, Mechanism, Qualifier, Record, Term};
use super::{MAX_LOOKUPS, MAX_MX_HOSTS, target};
use crate::auth::trace::Place;
use crate::dns::{Data, Ledger, Question, RecordType};

/// An IPv4 network of this prefix or a shorter one is very wide: a million addresses and more. The largest mailbox
/// providers list networks of /14 at most.
const WIDE_IPV4: u8 = 12;
/// The same for IPv6: more than a registry gives to one operator, as a rule.
const WIDE_IPV6: u8 = 24;

/// The most records that are read: the first, and one for each term that may ask (section 4.6.4).
const MAX_RECORDS: usize = 1 + MAX_LOOKUPS as usize;

/// A record that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRecord {
    pub domain: String,
    pub relation: Relation,
    pub place: Place,
    /// The length of its text.
    pub bytes: usize,
    /// The length of the name and of all TXT records there, which DNS sends together (section 3.4).
    pub answer_bytes: usize,
}

/// How a record comes into the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It is the one that was asked for.
    Own,
    /// A redirect puts it in the place of the domain's own.
    Redirected,
    Included,
}

/// Something that deserves a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub kind: RemarkKind,
    /// The domain that publishes the record.
    pub domain: String,
    /// `None` where a term is missing.
    pub term: Option<String>,
    /// What an `ip4` or `ip6` term names.
    pub network: Option<IpNet>,
    /// The term is a redirect.
    pub is_redirect: bool,
    pub place: Place,
}

/// What deserves a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// Anybody passes: `+all`, networks that hold all addresses between them, a name that exists for everybody, or one that
    /// the client chooses.
    PassAll,
    /// `?all`: the record says nothing about addresses that it does not list.
    NeutralAll,
    /// Neither `all` nor `redirect`, which comes to the same (section 4.7).
    NoAll,
    /// A very wide network passes.
    Wide,
    /// `ptr`, which should not be published (section 5.5).
    Ptr,
}

/// Reads the record of a domain and those it leads to, as far as they are known.
///
/// `local_part` is the sender's, `open` are the families of which every public address passes.
pub(super) fn read(
    domain: &str,
    local_part: &str,
    open: &[Family],
    dns: &Ledger<'_>,
) -> (Vec<ReadRecord>, Vec<Remark>) {
    let mut reading = Reading {
        first: domain,
        local_part,
        open,
        dns,
        seen: BTreeSet::new(),
        records: Vec::new(),
        remarks: Vec::new(),
    };
    reading.record(domain, Relation::Own, Grants::Yes);
    (reading.records, reading.remarks)
}

struct Reading<'a> {
    first: &'a str,
    local_part: &'a str,
    open: &'a [Family],
    dns: &'a Ledger<'a>,
    seen: BTreeSet<String>,
    records: Vec<ReadRecord>,
    remarks: Vec<Remark>,
}

/// Whether an address that passes here passes in the end: not behind `-include`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grants {
    Yes,
    No,
}

impl Reading<'_> {
    fn record(&mut self, domain: &str, relation: Relation, grants: Grants) {
        if self.records.len() >= MAX_RECORDS || !self.seen.insert(domain.to_ascii_lowercase()) {
            return;
        }
        let Ok(published) = Published::known(domain, self.dns) else { return };
        self.records.push(ReadRecord {
            domain: domain.to_owned(),
            relation,
            place: published.whole(),
            bytes: published.text.len(),
            answer_bytes: published.answer_bytes,
        });
        let record = record::parse(&published.text);
        if record.terms.iter().any(|term| term.kind.is_err()) {
            return;
        }
        if self.terms(&published, &record, relation, grants) {
            return;
        }
        match record.redirect() {
            Some(spec) => {
                if spec.is_chosen_by_client() && grants == Grants::Yes {
                    let is_it = |term: &&Term| matches!(term.kind, Ok(Kind::Redirect(_)));
                    let terms = record.terms.iter().filter(is_it);
                    self.remarks.extend(terms.map(|term| remark_on(&published, term, None, RemarkKind::PassAll)));
                }
                let relation = if relation == Relation::Included { relation } else { Relation::Redirected };
                self.follow(domain, spec, relation, grants);
            }
            None if relation != Relation::Included => {
                let place = published.whole();
                self.remarks.push(Remark {
                    kind: RemarkKind::NoAll,
                    domain: domain.to_owned(),
                    term: None,
                    network: None,
                    is_redirect: false,
                    place,
                });
            }
            None => {}
        }
    }

    /// Looks at the terms up to `all`, and says whether there is one.
    fn terms(&mut self, published: &Published<'_>, record: &Record, relation: Relation, grants: Grants) -> bool {
        for term in &record.terms {
            let Ok(Kind::Directive(qualifier, mechanism)) = &term.kind else { continue };
            let passes = if *qualifier == Qualifier::Pass { grants } else { Grants::No };
            let kind = self.open_to_all(published.domain, mechanism, passes);
            let kind = kind.or_else(|| self.around_hosts(published.domain, mechanism, passes));
            if let Some(kind) = kind.or_else(|| remark(*qualifier, mechanism, relation, passes)) {
                let network = if let Mechanism::Ip(network) = mechanism { Some(*network) } else { None };
                self.remarks.push(remark_on(published, term, network, kind));
            }
            match mechanism {
                Mechanism::All => return true,
                Mechanism::Include(spec) => self.follow(published.domain, spec, Relation::Included, passes),
                _ => {}
            }
        }
        false
    }

    /// What lets anybody pass beside `all`.
    fn open_to_all(&self, domain: &str, mechanism: &Mechanism, passes: Grants) -> Option<RemarkKind> {
        let is_it = passes == Grants::Yes
            && match mechanism {
                Mechanism::All => true,
                Mechanism::Ip(network) => {
                    network.prefix_len() <= wide(network) && self.open.contains(&Family::of(network.addr()))
                }
                // Section 5.7: whatever it resolves to.
                Mechanism::Exists(spec) => spec.is_chosen_by_client() || self.is_there(domain, spec),
                _ => mechanism.spec().is_some_and(MacroString::is_chosen_by_client),
            };
        is_it.then_some(RemarkKind::PassAll)
    }

    /// Sections 5.3 and 5.4: a prefix makes a network of each address of a host; without an address it says nothing.
    fn around_hosts(&self, domain: &str, mechanism: &Mechanism, passes: Grants) -> Option<RemarkKind> {
        let (hosts, prefixes) = match mechanism {
            _ if passes == Grants::No => return None,
            Mechanism::A(spec, prefixes) => (vec![self.name_of(domain, spec.as_ref())?], prefixes),
            Mechanism::Mx(spec, prefixes) => {
                let name = self.name_of(domain, spec.as_ref())?;
                let mut hosts = mail_hosts(self.known(&name, RecordType::Mx));
                hosts.truncate(MAX_MX_HOSTS);
                (hosts, prefixes)
            }
            _ => return None,
        };
        let around = |kind, prefix, wide| {
            let is_there = hosts.iter().any(|host| self.known(host, kind).iter().any(|data| address(data).is_some()));
            width(prefix, wide).filter(|_| is_there)
        };
        around(RecordType::A, prefixes.v4, WIDE_IPV4).or_else(|| around(RecordType::Aaaa, prefixes.v6, WIDE_IPV6))
    }

    /// A name that is the same for every client is known to have an address; the sender is what a client says it is.
    fn is_there(&self, domain: &str, spec: &MacroString) -> bool {
        let name = self.name_of(domain, Some(spec));
        name.is_some_and(|name| self.known(&name, RecordType::A).iter().any(|data| matches!(data, Data::A(_))))
    }

    /// The name that a term asks about for this sender; `None` where a macro makes it of the client.
    fn name_of(&self, domain: &str, spec: Option<&MacroString>) -> Option<String> {
        match spec {
            None => Some(domain.to_owned()),
            Some(spec) => spec.fixed_for(domain, self.first, self.local_part).and_then(|name| target::name(&name)),
        }
    }

    /// The records that an answer is known to have.
    fn known(&self, name: &str, kind: RecordType) -> Vec<Data> {
        let entry = self.dns.known(&Question::new(&target::escape(name), kind));
        entry.and_then(|entry| entry.answer.records.clone().ok()).unwrap_or_default()
    }

    /// A name with macros that depend on the message is left out: its record is not one of the domain's.
    fn follow(&mut self, domain: &str, spec: &MacroString, relation: Relation, grants: Grants) {
        if let Some(target) = self.name_of(domain, Some(spec)) {
            self.record(&target, relation, grants);
        }
    }
}

fn remark_on(published: &Published<'_>, term: &Term, network: Option<IpNet>, kind: RemarkKind) -> Remark {
    Remark {
        kind,
        domain: published.domain.to_owned(),
        term: Some(term.text.clone()),
        network,
        is_redirect: matches!(term.kind, Ok(Kind::Redirect(_))),
        place: published.place(term.span),
    }
}

fn remark(qualifier: Qualifier, mechanism: &Mechanism, relation: Relation, passes: Grants) -> Option<RemarkKind> {
    match mechanism {
        Mechanism::Ptr(_) => Some(RemarkKind::Ptr),
        Mechanism::All if qualifier == Qualifier::Neutral && relation != Relation::Included => {
            Some(RemarkKind::NeutralAll)
        }
        Mechanism::Ip(network) if passes == Grants::Yes => width(network.prefix_len(), wide(network)),
        _ => None,
    }
}

const fn wide(network: &IpNet) -> u8 {
    match network {
        IpNet::V4(_) => WIDE_IPV4,
        IpNet::V6(_) => WIDE_IPV6,
    }
}

fn width(prefix: u8, wide: u8) -> Option<RemarkKind> {
    match prefix {
        0 => Some(RemarkKind::PassAll),
        prefix if prefix <= wide => Some(RemarkKind::Wide),
        _ => None,
    }
}
