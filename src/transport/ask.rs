//! Asks for the records of the domains: TXT, MX, and TLSA of the servers that MX names.

use std::net::IpAddr;
use std::sync::Arc;

use super::record::{self, Dialect};
use super::{
    Dnssec, Domain, Exchange, Host, HostState, MailDomain, Published, State, Tlsa, Transport, mta_sts, tls_rpt,
};
use crate::dns::{Data, Entry, Failure, Ledger, Question, RecordType};

/// The most servers of a domain that are asked about.
const MAX_HOSTS: usize = 5;

/// Asks about every domain.
#[must_use]
pub fn check(domains: &[MailDomain], dns: &Ledger<'_>) -> Transport {
    let questions = domains.iter().flat_map(|domain| {
        [
            Question::new(&mta_sts::owner(&domain.name), RecordType::Txt),
            Question::new(&tls_rpt::owner(&domain.name), RecordType::Txt),
            Question::new(&domain.name, RecordType::Mx),
        ]
    });
    dns.ask_all(&questions.collect::<Vec<_>>());
    Transport { domains: domains.iter().map(|domain| read(domain, dns)).collect() }
}

fn read(domain: &MailDomain, dns: &Ledger<'_>) -> Domain {
    let MailDomain { name, whose } = domain;
    let mx = dns.ask(&Question::new(name, RecordType::Mx));
    let (exchange, names) = exchange(name, &mx, dns);
    let hosts_left_out = names.len().saturating_sub(MAX_HOSTS);
    let names: Vec<String> = names.into_iter().take(MAX_HOSTS).collect();
    let hosts = hosts(names, &mx, dns);
    Domain {
        name: name.clone(),
        whose: *whose,
        mta_sts: published(&mta_sts::DIALECT, mta_sts::owner(name), dns),
        tls_rpt: published(&tls_rpt::DIALECT, tls_rpt::owner(name), dns),
        exchange,
        exchange_question: mx.id,
        hosts,
        hosts_left_out,
    }
}

fn published(dialect: &Dialect, name: String, dns: &Ledger<'_>) -> Published {
    let entry = dns.ask(&Question::new(&name, RecordType::Txt));
    let (state, record) = match &entry.answer.records {
        Ok(records) => {
            let texts: Vec<Vec<u8>> = records.iter().map(|data| data.joined().unwrap_or_default()).collect();
            record::choose(dialect, &texts)
        }
        Err(failure) if failure.is_not_asked() => (State::NotAsked(*failure), None),
        Err(failure) if failure.is_absent() => (State::Missing, None),
        Err(_) => (State::Unreachable, None),
    };
    Published { name, question: entry.id, state, record }
}

/// Where the mail goes, the servers in the order of their preference.
fn exchange(domain: &str, mx: &Arc<Entry>, dns: &Ledger<'_>) -> (Exchange, Vec<String>) {
    let records = match &mx.answer.records {
        Ok(records) => records,
        Err(Failure::NoData) => return implicit(domain, dns),
        Err(failure) if failure.is_absent() => return (Exchange::Nothing, Vec::new()),
        Err(failure) if failure.is_not_asked() => return (Exchange::NotAsked, Vec::new()),
        Err(_) => return (Exchange::Unreachable, Vec::new()),
    };
    let mut hosts: Vec<(u16, &str)> = records.iter().filter_map(exchanger).collect();
    hosts.sort_by_key(|(preference, _)| *preference);
    if let [(_, "." | "")] = hosts.as_slice() {
        return (Exchange::Null, Vec::new());
    }
    let mut names: Vec<String> = Vec::new();
    for (_, host) in hosts {
        if is_host(host) && !names.iter().any(|known| known == host) {
            names.push(host.to_owned());
        }
    }
    (Exchange::Mx, names)
}

/// The domain itself stands for the server, if it has an address (RFC 5321 section 5.1).
fn implicit(domain: &str, dns: &Ledger<'_>) -> (Exchange, Vec<String>) {
    let questions = [RecordType::A, RecordType::Aaaa].map(|kind| Question::new(domain, kind));
    let addresses = dns.ask_all(&questions);
    let mut failures = addresses.iter().filter_map(|entry| entry.answer.records.as_ref().err());
    let exchange = if addresses.iter().any(|entry| entry.answer.records.is_ok()) {
        Exchange::Implicit
    } else if failures.clone().any(|failure| failure.is_not_asked()) {
        Exchange::NotAsked
    } else if failures.all(|failure| failure.is_absent()) {
        Exchange::NoServer
    } else {
        Exchange::Unreachable
    };
    let names = if exchange == Exchange::Implicit { vec![domain.to_owned()] } else { Vec::new() };
    (exchange, names)
}

/// The TLSA records of the servers: at the name that a server is an alias of, where there are some, else at its own (RFC 7672
/// section 2.2.2).
fn hosts(names: Vec<String>, mx: &Entry, dns: &Ledger<'_>) -> Vec<Host> {
    let addresses: Vec<Question> = names.iter().map(|host| Question::new(host, RecordType::A)).collect();
    let addresses = dns.ask_all(&addresses);
    let alias_of = |address: &Entry| address.answer.cname.last().cloned();
    let targets = addresses.iter().filter_map(|address| alias_of(address));
    let questions: Vec<Question> = names.iter().cloned().chain(targets).map(|host| tlsa_question(&host)).collect();
    dns.ask_all(&questions);
    let host = |(name, address): (String, Arc<Entry>)| {
        let own = dns.ask(&tlsa_question(&name));
        let target = alias_of(&address).map(|target| (dns.ask(&tlsa_question(&target)), target));
        let (entry, alias_of) = match target {
            Some((entry, target)) if entry.answer.records.is_ok() || own.answer.records.is_err() => {
                (entry, Some(target))
            }
            Some(_) | None => (own, None),
        };
        let is_checked = [mx, &address, &entry].iter().all(|entry| entry.answer.authentic);
        let dnssec = if is_checked { Dnssec::ServerSaysChecked } else { Dnssec::NotSaid };
        self::host(name, alias_of, &entry, dnssec)
    };
    names.into_iter().zip(addresses).map(host).collect()
}

/// The port and the protocol stand before the name (RFC 7672 section 2.2.3).
fn tlsa_question(host: &str) -> Question {
    Question::new(&format!("_25._tcp.{host}"), RecordType::Tlsa)
}

/// An address, or a name without a domain, is no server that anybody else could reach (RFC 5321 section 5.1).
fn is_host(name: &str) -> bool {
    name.contains('.') && name.parse::<IpAddr>().is_err()
}

const fn exchanger(data: &Data) -> Option<(u16, &str)> {
    match data {
        Data::Mx { preference, exchange } => Some((*preference, exchange.as_str())),
        _ => None,
    }
}

fn host(name: String, alias_of: Option<String>, entry: &Entry, dnssec: Dnssec) -> Host {
    let records: Vec<Tlsa> = entry.answer.records.iter().flatten().filter_map(tlsa).collect();
    let state = match &entry.answer.records {
        Ok(_) if records.iter().any(|record| record.fault.is_none()) => HostState::Usable,
        Ok(_) => HostState::Unusable,
        Err(failure) if failure.is_not_asked() => HostState::NotAsked(*failure),
        Err(failure) if failure.is_absent() => HostState::Missing,
        Err(_) => HostState::Unreachable,
    };
    Host { name, alias_of, question: entry.id, state, records, dnssec }
}

const fn tlsa(data: &Data) -> Option<Tlsa> {
    match data {
        Data::Tlsa { usage, selector, matching, data } => Some(Tlsa::of(*usage, *selector, *matching, data.len())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Problem, Whose};
    use super::*;
    use crate::dns::{Offline, Snapshot};

    fn domain(zone: &str) -> (Domain, usize) {
        let snapshot = Snapshot::parse(zone, "test.dns").unwrap();
        let ledger = Ledger::new(&snapshot);
        let domains = [MailDomain { name: "example.jp".to_owned(), whose: Whose::Recipient }];
        let found = check(&domains, &ledger).domains.remove(0);
        (found, ledger.entries().len())
    }

    #[test]
    fn the_records_of_a_domain_and_its_servers() {
        let digest = "ab".repeat(32);
        let (found, questions) = domain(&format!(
            "_mta-sts.example.jp. TXT \"v=STSv1; \" \"id=1\"\n_smtp._tls.example.jp. TXT \"v=TLSRPTv1; rua=mailto:a@example.jp\"\n\
             example.jp. MX 20 b.example.jp.\nexample.jp. MX 10 a.example.jp.\nexample.jp. MX 30 a.example.jp.\n\
             _25._tcp.a.example.jp. TLSA 3 1 1 {digest}\n_25._tcp.b.example.jp. TLSA 1 1 1 {digest}\n$default nxdomain\n"
        ));
        assert_eq!((found.mta_sts.state, found.tls_rpt.state), (State::Found, State::Found));
        assert_eq!(found.mta_sts.record.as_ref().unwrap().get("id"), Some("1"));
        assert_eq!(found.exchange, Exchange::Mx);
        let hosts: Vec<(&str, HostState)> = found.hosts.iter().map(|host| (host.name.as_str(), host.state)).collect();
        assert_eq!(hosts, [("a.example.jp", HostState::Usable), ("b.example.jp", HostState::Unusable)]);
        assert_eq!(questions, 7);
    }

    #[test]
    fn absent_unreachable_broken_and_not_asked_are_told_apart() {
        let states = |zone: &str| {
            let (found, _) = domain(zone);
            (found.mta_sts.state, found.tls_rpt.state, found.exchange)
        };
        assert_eq!(states("$default nxdomain\n"), (State::Missing, State::Missing, Exchange::Nothing));
        let bad = "_mta-sts.example.jp. TXT \"v=STSv1; id=a b\"\n$answer _smtp._tls.example.jp. TXT servfail\nexample.jp. A 192.0.2.1\n$default nxdomain\n";
        assert_eq!(states(bad), (State::Broken, State::Unreachable, Exchange::Implicit));
        assert_eq!(domain(bad).0.mta_sts.record.unwrap().fault(), Some((Problem::BadId, "a b".to_owned())));
        assert_eq!(states("example.jp. MX 0 .\n$default nxdomain\n").2, Exchange::Null);
        let unasked = State::NotAsked(Failure::NotInSnapshot);
        assert_eq!(states(""), (unasked, unasked, Exchange::NotAsked));
        let domains = [MailDomain { name: "example.jp".to_owned(), whose: Whose::Author }];
        let offline = check(&domains, &Ledger::new(&Offline)).domains.remove(0);
        assert_eq!(offline.mta_sts.state, State::NotAsked(Failure::Offline));
    }

    /// RFC 7672 section 2.2.2: at the alias's target first, else at the alias itself.
    #[test]
    fn records_behind_an_alias_are_found() {
        let digest = "ab".repeat(32);
        let zone = "example.jp. MX 10 mx.example.jp.\nmx.example.jp. CNAME in.example.com.\nin.example.com. A 192.0.2.1\n$default nxdomain\n";
        let at = |owner: &str| {
            let found = domain(&format!("_25._tcp.{owner}. TLSA 3 1 1 {digest}\n{zone}")).0.hosts.remove(0);
            (found.name, found.alias_of, found.state)
        };
        let (name, target) = ("mx.example.jp".to_owned(), "in.example.com".to_owned());
        assert_eq!(at("in.example.com"), (name.clone(), Some(target.clone()), HostState::Usable));
        assert_eq!(at("mx.example.jp"), (name.clone(), None, HostState::Usable));
        assert_eq!(at("elsewhere.example.com"), (name, Some(target), HostState::Missing));
    }

    /// RFC 5321 section 5.1: without an MX record the domain's own address counts, and without one nothing does.
    #[test]
    fn a_domain_without_mx_needs_an_address() {
        let of = |zone: &str| {
            let found = domain(zone).0;
            (found.exchange, found.hosts.iter().map(|host| host.state).collect::<Vec<_>>())
        };
        let digest = "ab".repeat(32);
        let six =
            format!("example.jp. AAAA 2001:db8::1\n_25._tcp.example.jp. TLSA 3 1 1 {digest}\n$default nxdomain\n");
        assert_eq!(of(&six), (Exchange::Implicit, vec![HostState::Usable]));
        assert_eq!(of("example.jp. TXT \"x\"\n$default nxdomain\n"), (Exchange::NoServer, vec![]));
        let silent = "example.jp. TXT \"x\"\n$answer example.jp. A servfail\n$default nxdomain\n";
        assert_eq!(of(silent), (Exchange::Unreachable, vec![]));
    }

    /// DANE counts only where every answer that leads to the record was checked (RFC 7672 section 2.1.1).
    #[test]
    fn dnssec_is_the_word_of_the_server() {
        let digest = "ab".repeat(32);
        let dnssec = |mx: &str, address: &str, tlsa: &str| {
            let zone = format!(
                "$asked example.jp. MX 1{mx}\nexample.jp. MX 10 mx.example.jp.\n\n$asked mx.example.jp. A 1{address}\nmx.example.jp. A 192.0.2.1\n\n\
                 $asked _25._tcp.mx.example.jp. TLSA 1{tlsa}\n_25._tcp.mx.example.jp. TLSA 3 1 1 {digest}\n\n$default nxdomain\n"
            );
            domain(&zone).0.hosts.remove(0).dnssec
        };
        let yes = " authentic";
        assert_eq!(dnssec(yes, yes, yes), Dnssec::ServerSaysChecked);
        for (mx, address, tlsa) in [("", yes, yes), (yes, "", yes), (yes, yes, ""), ("", "", "")] {
            assert_eq!(dnssec(mx, address, tlsa), Dnssec::NotSaid, "{mx}{address}{tlsa}");
        }
    }

    #[test]
    fn a_domain_with_many_servers_is_cut() {
        let many = (0..9)
            .map(|number| format!("example.jp. MX {number} mx{number}.example.jp.\n"))
            .collect::<Vec<_>>()
            .concat();
        let (found, questions) = domain(&format!("{many}$default nxdomain\n"));
        assert_eq!((found.hosts.len(), found.hosts_left_out, questions), (5, 4, 13));
    }
}
