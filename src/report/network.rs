//! The checks that ask others: what was sent to whom, what blocklists say now, and what domains publish about TLS.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::dns::Origin;
use crate::facts::network::NetworkFacts;
use crate::listing::{Listings, Row, Subject};
use crate::message::hidden;
use crate::text::Words;
use crate::transport::{Domain, Host, Published};

/// `None` where none of them is switched on.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let panels = words.panels();
    let facts = &analysis.facts.network;
    if facts.listings.is_none() && facts.transport.is_none() {
        return None;
    }
    let mut blocks = vec![Block::Note(panels.network_hint.to_owned())];
    let leaves = match analysis.origin {
        Origin::System | Origin::Server(_) => panels.network_asked,
        Origin::Offline | Origin::Snapshot(_) => panels.network_leaves,
    };
    blocks.extend(match analysis.origin {
        Origin::Offline => Some(Block::Note(panels.network_dns_off.to_owned())),
        Origin::Snapshot(_) => Some(Block::Note(panels.network_recorded.to_owned())),
        Origin::System | Origin::Server(_) => None,
    });
    if let Some(listings) = &facts.listings {
        blocks.extend(self::listings(facts, listings, leaves, words));
    }
    if let Some(transport) = &facts.transport {
        let sent = hidden::mark(&words.leaves_for_transport(&facts.mail_domains));
        blocks.push(Block::Note(format!("{leaves}: {sent}")));
        blocks.extend(transport.domains.iter().map(|domain| Block::Pairs(self::domain(domain, words))));
        blocks.push(Block::Note(panels.dane_hint.to_owned()));
    }
    Some(Section { title: panels.network_title.to_owned(), blocks })
}

fn listings(facts: &NetworkFacts, listings: &Listings, leaves: &str, words: &dyn Words) -> Vec<Block> {
    let panels = words.panels();
    let sent = hidden::mark(&words.leaves_for_lists(&facts.to_lists()));
    let mut blocks = vec![Block::Note(format!("{leaves}: {sent}"))];
    blocks.extend(words.address_left_out(facts.subjects.address).map(Block::Note));
    if facts.subjects.left_out > 0 {
        blocks.push(Block::Note(panels.domains_left_out.replace("{}", &facts.subjects.left_out.to_string())));
    }
    if !listings.rows.is_empty() {
        let columns = [panels.list, panels.list_subject, panels.status, panels.reason, panels.list_page];
        let rows = listings.rows.iter().map(|row| line(row, words)).collect();
        blocks.push(Block::Table { columns: columns.map(str::to_owned).to_vec(), rows });
    }
    blocks
}

fn line(row: &Row, words: &dyn Words) -> Vec<String> {
    let subject = match &row.subject {
        Subject::Address(ip) => ip.to_string(),
        Subject::Domain { name, roles } => {
            let roles: Vec<&str> = roles.iter().map(|role| words.listing_role(*role)).collect();
            format!("{} ({})", hidden::mark(name), roles.join(", "))
        }
    };
    let page = if row.is_listed() { row.list.page.clone() } else { String::new() };
    vec![row.list.name.clone(), subject, words.listing(row.standing).to_owned(), reason(row, words), page]
}

/// The codes with their meanings, the list's own words, and what else is to be known.
fn reason(row: &Row, words: &dyn Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    for code in &row.codes {
        let meanings = code.meanings.iter().filter(|_| row.is_listed()).map(|meaning| words.listing_meaning(*meaning));
        let meanings: Vec<&str> = meanings.collect();
        let meanings = if meanings.is_empty() { String::new() } else { format!(" {}", meanings.join(", ")) };
        parts.push(format!("{}{meanings}", code.answer));
    }
    parts.extend(row.text.as_ref().map(|text| hidden::mark(text)));
    parts.extend(words.listing_note(row.standing).map(str::to_owned));
    parts.join("; ")
}

fn domain(domain: &Domain, words: &dyn Words) -> Vec<(String, String)> {
    let panels = words.panels();
    let mut pairs = vec![
        (panels.domain.to_owned(), hidden::mark(&domain.name)),
        (String::new(), words.transport_whose(domain.whose).to_owned()),
        ("MTA-STS".to_owned(), published(&domain.mta_sts, words)),
    ];
    if domain.mta_sts.record.is_some() {
        pairs.push((
            String::new(),
            panels.mta_sts_hint.replace("{}", &format!("mta-sts.{}", hidden::mark(&domain.name))),
        ));
    }
    pairs.push(("TLS-RPT".to_owned(), published(&domain.tls_rpt, words)));
    pairs.push((panels.mail_servers.to_owned(), words.exchange(domain.exchange).to_owned()));
    for host in &domain.hosts {
        pairs.push((format!("DANE {}", hidden::mark(&host.name)), self::host(host, words)));
    }
    if domain.hosts_left_out > 0 {
        pairs.push((String::new(), panels.more.replace("{}", &domain.hosts_left_out.to_string())));
    }
    pairs
}

fn published(published: &Published, words: &dyn Words) -> String {
    let mut parts = vec![words.transport_state(published.state)];
    if let Some(record) = &published.record {
        parts.push(hidden::mark(&record.text()));
        for problem in &record.problems {
            let part = hidden::mark(&record.at(problem.span));
            let part = if part.is_empty() { String::new() } else { format!("{part}: ") };
            parts.push(format!("{part}{}", words.transport_problem(problem.value)));
        }
    }
    parts.join("; ")
}

fn host(host: &Host, words: &dyn Words) -> String {
    let alias = host.alias_of.iter().map(|target| hidden::mark(&words.panels().alias_of.replace("{}", target)));
    let records = host.records.iter().map(|record| words.tlsa(*record));
    let dnssec = (!host.records.is_empty()).then(|| words.panels().dnssec(host.dnssec).to_owned());
    let state = std::iter::once(words.tlsa_state(host.state).to_owned());
    state.chain(alias).chain(records).chain(dnssec).collect::<Vec<_>>().join("; ")
}
