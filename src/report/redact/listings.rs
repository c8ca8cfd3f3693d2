//! What others were asked about this message, and what they said.

use super::mask::{Mask, overwrite};
use super::walk;
use crate::facts::network::NetworkFacts;
use crate::listing::{Address, Listings, Named, Row, Subject, Subjects};
use crate::message::Spanned;
use crate::transport::{Domain, Field, Host, MailDomain, Published, Record, Transport};

pub(super) fn network(facts: &mut NetworkFacts, mask: &Mask) {
    let NetworkFacts { subjects, mail_domains, listings, transport } = facts;
    let Subjects { address, domains, left_out: _ } = subjects;
    match address {
        Address::Known(ip) | Address::Unsure(ip) | Address::Private(ip) => mask.ip(ip),
        Address::Unknown => {}
    }
    for Named { name, registered, roles: _ } in domains {
        mask.text(name);
        mask.text(registered);
    }
    for MailDomain { name, whose: _ } in mail_domains {
        mask.text(name);
    }
    if let Some(Listings { rows }) = listings {
        for row in rows {
            self::row(row, mask);
        }
    }
    if let Some(Transport { domains }) = transport {
        for domain in domains {
            self::domain(domain, mask);
        }
    }
}

fn row(row: &mut Row, mask: &Mask) {
    let Row { list: _, subject, standing: _, codes: _, text, question: _, text_question: _, test_question: _ } = row;
    match subject {
        Subject::Address(ip) => mask.ip(ip),
        Subject::Domain { name, roles: _ } => mask.text(name),
    }
    walk::optional(text, mask);
}

fn domain(domain: &mut Domain, mask: &Mask) {
    let Domain { name, whose: _, mta_sts, tls_rpt, exchange: _, exchange_question: _, hosts, hosts_left_out: _ } =
        domain;
    mask.text(name);
    for Published { name, question: _, state: _, record } in [mta_sts, tls_rpt] {
        mask.text(name);
        if let Some(record) = record {
            self::record(record, mask);
        }
    }
    for Host { name, alias_of, question: _, state: _, records: _, dnssec: _ } in hosts {
        mask.text(name);
        walk::optional(alias_of, mask);
    }
}

/// Byte by byte, because problems point into it.
fn record(record: &mut Record, mask: &Mask) {
    let Record { index: _, bytes, fields, problems: _ } = record;
    for range in mask.secrets(bytes) {
        overwrite(&mut bytes[range]);
    }
    for Field { name, value } in fields {
        for Spanned { value, span: _ } in [name, value] {
            mask.text(value);
        }
    }
}
