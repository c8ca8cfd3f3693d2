//! The answers of our ledger as the second engine's caches. They answer everything, so that it never comes to ask anybody;
//! what the ledger does not hold is answered with nothing, and noted.

use std::borrow::Borrow;
use std::cell::Cell;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Instant;

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dmarc::Dmarc;
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::spf::{Mechanism, Spf};
use mail_auth::{DnsError, DnssecStatus, Error, MX, RecordSet, ResolverCache, Txt};

use crate::auth::iprev;
use crate::dns::{Data, Entry, Failure, QuestionId, RecordType};

/// What stands in the answer to a question that the ledger does not hold.
const MISSING: &str = "not in the ledger";

/// Answers by name.
pub(super) struct Cache<K, V> {
    answers: HashMap<K, V>,
    otherwise: V,
    missed: Cell<bool>,
}

pub(super) type Texts = Cache<Box<str>, Txt>;

impl<K: Hash + Eq, V> Cache<K, V> {
    fn new(answers: impl Iterator<Item = (K, V)>, otherwise: V) -> Self {
        Self { answers: answers.collect(), otherwise, missed: Cell::new(false) }
    }

    /// Whether something was wanted since the last time that this was asked and is not here.
    pub(super) fn take_missed(&self) -> bool {
        self.missed.take()
    }
}

impl<K: Hash + Eq, V: Clone> ResolverCache<K, V> for Cache<K, V> {
    fn get<Q>(&self, name: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let answer = self.answers.get(name).cloned();
        self.missed.set(self.missed.get() || answer.is_none());
        answer.or_else(|| Some(self.otherwise.clone()))
    }

    fn remove<Q>(&self, _: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: K, _: V, _: Instant) {}
}

/// Whether an error stands for a question that the ledger does not hold.
pub(super) fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Dns(DnsError::Resolver(text)) if text == MISSING)
}

/// Keys of signatures. Of several records at one name only the one in `chosen` is there, where it names one.
pub(super) fn keys(entries: &[Arc<Entry>], chosen: &[(QuestionId, usize)]) -> Texts {
    let wanted = entries.iter().filter(|entry| entry.question.name.contains("._domainkey."));
    texts::<DomainKey>(wanted, |entry, place| {
        chosen.iter().find(|(question, _)| *question == entry.id).is_none_or(|(_, record)| *record == place)
    })
}

/// What an evaluation of DMARC asks for.
pub(super) struct DmarcCaches {
    pub(super) texts: Texts,
    /// Empty: whether a name exists, for `np`, cannot be told to a cache. Every name does.
    pub(super) addresses: Cache<Box<str>, RecordSet<Ipv4Addr>>,
}

impl DmarcCaches {
    /// The answers to the questions in `hidden` are none.
    pub(super) fn of(entries: &[Arc<Entry>], hidden: &[QuestionId]) -> Self {
        let wanted = entries.iter().filter(|entry| entry.question.name.starts_with("_dmarc."));
        let (hidden, shown): (Vec<_>, Vec<_>) = wanted.partition(|entry| hidden.contains(&entry.id));
        let mut texts = texts::<Dmarc>(shown.into_iter(), |_, _| true);
        texts.answers.extend(hidden.into_iter().map(|entry| (name(entry), Txt::Error(absent(Failure::NoData)))));
        Self { texts, addresses: Cache::new(std::iter::empty(), set(Vec::new())) }
    }
}

/// What an evaluation of SPF asks for.
pub(super) struct SpfCaches {
    pub(super) texts: Texts,
    pub(super) mx: Cache<Box<str>, RecordSet<MX>>,
    pub(super) ptr: Cache<IpAddr, RecordSet<Box<str>>>,
    pub(super) ipv4: Cache<Box<str>, RecordSet<Ipv4Addr>>,
    pub(super) ipv6: Cache<Box<str>, RecordSet<Ipv6Addr>>,
}

impl SpfCaches {
    pub(super) fn of(entries: &[Arc<Entry>], ip: IpAddr) -> Self {
        let mut records = texts::<Spf>(entries.iter(), |_, _| true);
        for record in records.answers.values_mut() {
            if let Txt::Spf(record) = record {
                exists_as_address(Arc::make_mut(record));
            }
        }
        let reverse = iprev::reverse_question(ip);
        let pointers = entries.iter().filter(|entry| entry.question == reverse);
        let pointers = pointers.filter_map(|entry| {
            let names = records_of(entry, |data| match data {
                Data::Ptr(name) => Some(name.as_str().into()),
                _ => None,
            });
            Some((ip, set(names?)))
        });
        Self {
            texts: records,
            mx: Cache::new(of_type(entries, RecordType::Mx, exchange).map(by_preference), set(Vec::new())),
            ptr: Cache::new(pointers, set(Vec::new())),
            ipv4: Cache::new(of_type(entries, RecordType::A, ipv4), set(Vec::new())),
            ipv6: Cache::new(
                // Where only A was asked for, it was `exists`, which asks for A whatever the connection is.
                of_type(entries, RecordType::A, mapped).chain(of_type(entries, RecordType::Aaaa, ipv6)),
                set(Vec::new()),
            ),
        }
    }

    pub(super) fn take_missed(&self) -> bool {
        let texts = self.texts.take_missed();
        let addresses = self.ipv4.take_missed() | self.ipv6.take_missed();
        texts | addresses | self.mx.take_missed() | self.ptr.take_missed()
    }
}

/// `exists:NAME` written as `a:NAME/0//0`, which asks for the same record and matches for the same answers (RFC 7208
/// sections 5.3 and 5.7): the second engine takes the absence of a name from its own resolver alone, which has no server.
fn exists_as_address(record: &mut Spf) {
    for directive in &mut record.directives {
        if let Mechanism::Exists { macro_string } = &directive.mechanism {
            directive.mechanism = Mechanism::A { macro_string: macro_string.clone(), ip4_mask: 0, ip6_mask: 0 };
        }
    }
}

/// TXT records as the second engine reads them: the first of a name that it can read stands for all.
fn texts<'e, T: TxtRecordParser + Into<Txt>>(
    entries: impl Iterator<Item = &'e Arc<Entry>>,
    is_wanted: impl Fn(&Entry, usize) -> bool,
) -> Texts {
    let answers = entries.filter(|entry| entry.question.kind == RecordType::Txt).filter_map(|entry| {
        let answer = match &entry.answer.records {
            Ok(records) => {
                let records = records.iter().enumerate().filter(|(place, _)| is_wanted(entry, *place));
                let mut parsed: Result<T, Error> = Err(Error::Dns(DnsError::InvalidRecordType));
                for text in records.filter_map(|(_, data)| data.joined()) {
                    parsed = T::parse(&text);
                    if parsed.is_ok() {
                        break;
                    }
                }
                parsed.into()
            }
            Err(failure) if failure.is_not_asked() => return None,
            Err(failure) => Txt::Error(absent(*failure)),
        };
        Some((name(entry), answer))
    });
    Cache::new(answers, Txt::Error(Error::Dns(DnsError::Resolver(MISSING.to_owned()))))
}

fn absent(failure: Failure) -> Error {
    Error::Dns(match failure {
        Failure::NoData => DnsError::RecordNotFound(ResponseCode::NoError),
        Failure::NxDomain | Failure::NotAName => DnsError::RecordNotFound(ResponseCode::NXDomain),
        failure => DnsError::Resolver(failure.word().to_owned()),
    })
}

/// Names stand in the caches with their trailing dot.
fn name(entry: &Entry) -> Box<str> {
    format!("{}.", entry.question.name).into()
}

/// The answers of one type. A failure that is no absence cannot be told to these caches, so it is left out of them.
fn of_type<'e, T>(
    entries: &'e [Arc<Entry>],
    kind: RecordType,
    read: fn(&Data) -> Option<T>,
) -> impl Iterator<Item = (Box<str>, RecordSet<T>)> + 'e
where
    T: Clone + 'e,
{
    let wanted = entries.iter().filter(move |entry| entry.question.kind == kind);
    wanted.filter_map(move |entry| Some((name(entry), set(records_of(entry, read)?))))
}

fn records_of<T>(entry: &Entry, read: impl Fn(&Data) -> Option<T>) -> Option<Vec<T>> {
    match &entry.answer.records {
        Ok(records) => Some(records.iter().filter_map(read).collect()),
        Err(failure) => failure.is_absent().then(Vec::new),
    }
}

fn set<T>(records: Vec<T>) -> RecordSet<T> {
    RecordSet { rrset: records.into(), dnssec_status: DnssecStatus::Indeterminate }
}

/// A null MX names no host (RFC 7505).
fn exchange(data: &Data) -> Option<MX> {
    match data {
        Data::Mx { preference, exchange } if !exchange.trim_end_matches('.').is_empty() => {
            Some(MX { exchanges: [exchange.as_str().into()].into(), preference: *preference })
        }
        _ => None,
    }
}

fn by_preference((name, hosts): (Box<str>, RecordSet<MX>)) -> (Box<str>, RecordSet<MX>) {
    let mut sorted = hosts.rrset.to_vec();
    sorted.sort_by_key(|host| host.preference);
    (name, set(sorted))
}

const fn ipv4(data: &Data) -> Option<Ipv4Addr> {
    match data {
        Data::A(ip) => Some(*ip),
        _ => None,
    }
}

const fn ipv6(data: &Data) -> Option<Ipv6Addr> {
    match data {
        Data::Aaaa(ip) => Some(*ip),
        _ => None,
    }
}

fn mapped(data: &Data) -> Option<Ipv6Addr> {
    Some(ipv4(data)?.to_ipv6_mapped())
}
