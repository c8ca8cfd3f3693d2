//! Findings of the checks that ask others.

use std::net::IpAddr;

use crate::check::{ListedOn, RecordFault};
use crate::listing::{Refusal, Role};
use crate::text::Explanation;
use crate::text::en::{findings::identity, network};
use crate::transport::{TlsaFault, Whose};

/// How many of them a title names.
const MAX_NAMES: usize = 3;

fn names(lists: &[ListedOn]) -> String {
    let named: Vec<&str> = lists.iter().take(MAX_NAMES).map(|listed| listed.list).collect();
    let more = lists.len().saturating_sub(MAX_NAMES);
    if more == 0 { named.join(", ") } else { format!("{} and {more} more", named.join(", ")) }
}

fn reasons(lists: &[ListedOn]) -> String {
    let reason = |listed: &ListedOn| {
        let words: Vec<&str> = listed.meanings.iter().map(|meaning| network::listing_meaning(*meaning)).collect();
        format!("{}: {}.", listed.list, words.join(", "))
    };
    lists.iter().map(reason).collect::<Vec<_>>().join(" ")
}

fn pages(lists: &[ListedOn]) -> String {
    let mut pages: Vec<&str> = Vec::new();
    for listed in lists {
        if !pages.contains(&listed.page) {
            pages.push(listed.page);
        }
    }
    pages.join(" / ")
}

const NOW: &str = "That is so now; whether it was when the message was received, nobody can tell afterwards. Receivers that use such a list may refuse the mail or mark it as spam. SPF, DKIM and DMARC do not depend on it.";

pub(in crate::text) fn ip_listed(ip: IpAddr, lists: &[ListedOn], suspect: bool) -> Explanation {
    let remedy = if suspect {
        "Nothing: nothing proves that the message comes from its author, and the listing fits that.".to_owned()
    } else {
        format!(
            "Ask whoever runs the server at {ip} to find the cause first (a hijacked account or computer, an old recipient list), and only then to ask for removal: {}",
            pages(lists)
        )
    };
    Explanation::new(
        format!("The connecting address {ip} is on a blocklist now ({})", names(lists)),
        format!("{} {NOW}", reasons(lists)),
        remedy,
    )
}

pub(in crate::text) fn domain_listed(domain: &str, roles: &[Role], lists: &[ListedOn], suspect: bool) -> Explanation {
    let roles: Vec<&str> = roles.iter().map(|role| network::role(*role)).collect();
    let remedy = if suspect {
        identity::leave_alone(domain)
    } else {
        format!(
            "Ask the owner of {domain} to find the cause (a web site that was broken into, abused forms, a hijacked account), and then to ask for removal: {}",
            pages(lists)
        )
    };
    Explanation::new(
        format!("The domain {domain} ({}) is on a blocklist now ({})", roles.join(", "), names(lists)),
        format!("{} {NOW}", reasons(lists)),
        remedy,
    )
}

pub(in crate::text) fn blocklist_refused(lists: &[&str], why: Refusal) -> Explanation {
    Explanation::new(
        format!("Blocklists do not answer through this resolver ({})", lists.join(", ")),
        format!(
            "{}: {} Whether anything of this message is on such a list is not known, which says nothing for the message or against it.",
            lists.first().copied().unwrap_or_default(),
            network::refusal(why)
        ),
        "Ask through a resolver of your own organisation, or look the address up on the web page of the list.",
    )
}

pub(in crate::text) fn mta_sts_record_broken(
    domain: &str,
    whose: Whose,
    fault: RecordFault,
    part: Option<&str>,
) -> Explanation {
    Explanation::new(
        format!("The MTA-STS record of {domain} does not count"),
        format!(
            "{} Sending servers act as if {domain} had no MTA-STS, and then may deliver without TLS. {}",
            fault_of(fault, part, "v=STSv1; id=20261127T000000"),
            network::whose(whose)
        ),
        format!("Ask the DNS administrator of {domain} to correct the TXT record at _mta-sts.{domain}."),
    )
}

pub(in crate::text) fn tls_rpt_record_broken(
    domain: &str,
    whose: Whose,
    fault: RecordFault,
    part: Option<&str>,
) -> Explanation {
    Explanation::new(
        format!("The record of {domain} about TLS reports (TLS-RPT) does not count"),
        format!(
            "{} Nobody sends reports, so failures of encrypted delivery to {domain} go unnoticed. {}",
            fault_of(fault, part, &format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}")),
            network::whose(whose)
        ),
        format!("Ask the DNS administrator of {domain} to correct the TXT record at _smtp._tls.{domain}."),
    )
}

fn fault_of(fault: RecordFault, part: Option<&str>, right: &str) -> String {
    match (fault, part) {
        (RecordFault::Several(count), _) => format!("There are {count} such records, and only one is allowed."),
        (RecordFault::Broken(problem), Some(part)) => {
            format!("In “{part}”: {}. A right one reads “{right}”.", network::problem(problem))
        }
        (RecordFault::Broken(problem), None) => {
            format!("The fault: {}. A right one reads “{right}”.", network::problem(problem))
        }
    }
}

pub(in crate::text) fn dane_tlsa_unusable(domain: &str, whose: Whose, host: &str, faults: &[TlsaFault]) -> Explanation {
    let faults: Vec<&str> = faults.iter().map(|fault| network::tlsa_fault(*fault)).collect();
    Explanation::new(
        format!("No TLSA record of the mail server {host} can be used (DANE)"),
        format!(
            "The fault: {}. Where DNSSEC covers the record (not validated here), servers that check DANE encrypt to {host} without knowing whether it is the right server. It takes the mail of {domain}. {}",
            faults.join("; "),
            network::whose(whose)
        ),
        format!(
            "Ask the administrator of {host} to publish a TLSA record “3 1 1” with the SHA-256 digest of the key of its certificate, or to remove the records."
        ),
    )
}
