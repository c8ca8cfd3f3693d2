//! A server that takes the mail of a domain has TLSA records, and none of them can be used: a sender that checks DANE encrypts,
//! and cannot tell whether it is the right server.

use super::mta_sts_record_broken::keeper;
use super::source::rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::transport::{Host, HostState, TlsaFault};

pub(super) const SOURCES: &[Source] = &[rfc(7672, "2.2"), rfc(7672, "3.1.3"), rfc(6698, "2.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let transport = subject.facts.network.transport.as_ref()?;
    transport.domains.iter().find_map(|domain| {
        let is_unusable = |host: &&Host| host.state == HostState::Unusable;
        let mut hosts = domain.hosts.iter().filter(is_unusable);
        let first = hosts.next()?;
        let mut faults: Vec<TlsaFault> = Vec::new();
        for fault in first.records.iter().filter_map(|record| record.fault) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        let (name, host) = (domain.name.clone(), first.name.clone());
        let problem = Problem::DaneTlsaUnusable { domain: name, whose: domain.whose, host, faults };
        let place = Evidence::Question(first.question);
        let finding = Finding::certain(problem, Severity::Note, keeper(domain.whose), place);
        Some(finding.also(hosts.map(|host| Evidence::Question(host.question))))
    })
}
