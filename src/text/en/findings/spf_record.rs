//! Findings about how an SPF record is written, whatever SPF came to.

use std::net::IpAddr;

use crate::text::Explanation;

pub(in crate::text) fn pass_all(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("The SPF record of {owner} lets every server pass ({term})"),
        format!("Anybody passes SPF for {domain}, so a pass proves nothing. DMARC counts it all the same."),
        format!(
            "Ask whoever keeps the DNS of {owner} to list the servers that send, and to end the record with -all or ~all in place of {term}."
        ),
    )
}

pub(in crate::text) fn wide_network(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("The SPF record of {owner} lets a very large network pass ({term})"),
        format!(
            "A million addresses or more pass SPF for {domain}. Whoever can send from one of them passes too, and DMARC counts it."
        ),
        format!("Ask whoever keeps the DNS of {owner} to list the addresses that send in place of {term}."),
    )
}

pub(in crate::text) fn neutral_all(domain: &str, term: Option<&str>, ip: Option<IpAddr>) -> Explanation {
    let (title, meaning) = match (ip, term) {
        (Some(ip), Some(term)) => (
            format!("SPF is neutral: the record of {domain} says nothing about {ip}"),
            format!(
                "The record does not list {ip}, and {term} leaves open what is to become of such servers. This is no pass."
            ),
        ),
        (Some(ip), None) => (
            format!("SPF is neutral: the record of {domain} says nothing about {ip}"),
            format!(
                "The record does not list {ip} and ends without all, which leaves open what is to become of such servers. This is no pass."
            ),
        ),
        (None, term) => (
            format!(
                "The SPF record of {domain} says nothing about servers that it does not list ({})",
                term.unwrap_or("no all")
            ),
            "Servers that are not listed get neutral, as if there were no record. Spoofed mail gets the same."
                .to_owned(),
        ),
    };
    Explanation::new(
        title,
        meaning,
        format!(
            "Ask whoever keeps the DNS of {domain} to list all servers that send and to end the record with ~all or -all."
        ),
    )
}

pub(in crate::text) fn ptr(owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("The SPF record of {owner} uses ptr ({term})"),
        "ptr is slow, fails where reverse DNS fails, and should not be published. Nothing breaks by it today.",
        format!("Ask whoever keeps the DNS of {owner} to use ip4, ip6, a or mx in place of {term}."),
    )
}

pub(in crate::text) fn record_long(owner: &str, bytes: usize) -> Explanation {
    Explanation::new(
        format!("The SPF record of {owner} is long ({bytes} bytes)"),
        "Name and record together are over 450 bytes, so that the answer may not fit into one DNS packet of 512 bytes. Where larger answers are blocked, the record is not found.",
        format!(
            "Ask whoever keeps the DNS of {owner} to remove what is no longer used, to join neighbouring networks, or to move a part into a record that this one includes."
        ),
    )
}

pub(in crate::text) fn deprecated_type(domain: &str, suspect: bool) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(domain)
    } else {
        format!("Ask whoever keeps the DNS of {domain} to publish the same text as a TXT record.")
    };
    Explanation::new(
        format!("The SPF record of {domain} has a type that nobody reads any more (SPF, type 99)"),
        format!("Receivers have read TXT records alone since 2014. For them {domain} has no SPF record."),
        remedy,
    )
}

pub(in crate::text) fn void_readings_differ(domain: &str, terms: u32, questions: u32) -> Explanation {
    let here = if terms == 1 { "there is 1".to_owned() } else { format!("there are {terms}") };
    Explanation::new(
        format!("Some receivers count {questions} void look-ups in SPF of {domain}"),
        format!(
            "RFC 7208 limits the terms whose look-ups find nothing to two; here {here}. Receivers that count every question count {questions} and may give permerror. It happens where hosts of mx have no address of the kind (IPv4 or IPv6) that connected."
        ),
        format!(
            "By the rule nothing has to change. To be safe, whoever keeps the DNS of {domain} can list networks with ip4 and ip6 in place of mx or a."
        ),
    )
}
