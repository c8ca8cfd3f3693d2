//! The checks that ask others: what blocklists say, and what domains publish about TLS.

use serde_json::{Value, json};

use super::{text, word};
use crate::facts::network::{NetworkCheck, NetworkFacts};
use crate::listing::{Address, Code, Listings, Named, Row, Standing, Subject};
use crate::transport::{Domain, Host, Published, Record, State, Tlsa, Transport};

pub(super) fn network(facts: &NetworkFacts) -> Value {
    let NetworkFacts { subjects: _, mail_domains: _, listings, transport } = facts;
    let is_on = |check: &NetworkCheck| match check {
        NetworkCheck::Blocklists => listings.is_some(),
        NetworkCheck::Transport => transport.is_some(),
    };
    json!({
        "on": NetworkCheck::ALL.iter().filter(|check| is_on(check)).map(word).collect::<Vec<_>>(),
        "blocklists": listings.as_ref().map(|listings| blocklists(facts, listings)),
        "transport": transport.as_ref().map(self::transport),
    })
}

fn blocklists(facts: &NetworkFacts, listings: &Listings) -> Value {
    let subjects = &facts.subjects;
    let (state, ip) = match subjects.address {
        Address::Unknown => ("unknown", None),
        Address::Known(ip) => ("known", Some(ip)),
        Address::Unsure(ip) => ("unsure", Some(ip)),
        Address::Private(ip) => ("private", Some(ip)),
    };
    let domain = |named: &Named| {
        let Named { name, registered, roles } = named;
        json!({"name": name, "registered": registered, "roles": word(roles)})
    };
    json!({
        "address": {"state": state, "ip": ip.map(|ip| ip.to_string())},
        "domains": subjects.domains.iter().map(domain).collect::<Vec<_>>(),
        "domains_left_out": subjects.left_out,
        "rows": listings.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn row(row: &Row) -> Value {
    let (ip, domain, roles) = match &row.subject {
        Subject::Address(ip) => (Some(ip.to_string()), None, Vec::new()),
        Subject::Domain { name, roles } => (None, Some(name), roles.clone()),
    };
    let why = match row.standing {
        Standing::Refused(refusal) => word(&refusal),
        Standing::NotAsked(failure) => word(&failure),
        Standing::Listed(_)
        | Standing::NotListed
        | Standing::AnswersAll
        | Standing::Silent
        | Standing::NotAList
        | Standing::Unreachable => Value::Null,
    };
    let tested = match row.standing {
        Standing::Listed(tested) => word(&tested),
        _ => Value::Null,
    };
    let code = |code: &Code| json!({"code": code.answer.to_string(), "meanings": word(&code.meanings)});
    json!({
        "list": row.list.id,
        "name": row.list.name,
        "zone": row.list.zone,
        "weight": word(&row.list.weight),
        "ip": ip,
        "domain": domain,
        "roles": word(&roles),
        "result": row.standing.word(),
        "why": why,
        "tested": tested,
        "codes": row.codes.iter().map(code).collect::<Vec<_>>(),
        "text": text(row.text.as_ref()),
        "page": row.list.page,
        "known": word(&row.list.known),
        "source": row.list.source,
        "checked_on": row.list.checked_on.map(|day| day.to_string()),
        "dns": row.questions().map(|id| word(&id)).collect::<Vec<_>>(),
    })
}

fn transport(transport: &Transport) -> Value {
    json!({
        "policy_file": "not-fetched",
        "dnssec": "not-validated",
        "domains": transport.domains.iter().map(domain).collect::<Vec<_>>(),
    })
}

fn domain(domain: &Domain) -> Value {
    json!({
        "domain": domain.name,
        "whose": word(&domain.whose),
        "mta_sts": published(&domain.mta_sts),
        "tls_rpt": published(&domain.tls_rpt),
        "mx": {"state": word(&domain.exchange), "dns": word(&domain.exchange_question)},
        "hosts": domain.hosts.iter().map(host).collect::<Vec<_>>(),
        "hosts_left_out": domain.hosts_left_out,
    })
}

fn published(published: &Published) -> Value {
    let count = match published.state {
        State::Several(count) => Some(count),
        State::Found | State::Missing | State::Broken | State::Unreachable | State::NotAsked(_) => None,
    };
    json!({
        "name": published.name,
        "state": published.state.word(),
        "records": count,
        "record": text(published.record.as_ref().map(Record::text).as_ref()),
        "problems": published.record.as_ref().map(problems).unwrap_or_default(),
        "dns": word(&published.question),
    })
}

fn problems(record: &Record) -> Vec<Value> {
    let problem = |problem: &crate::message::Spanned<crate::transport::Problem>| {
        json!({
            "code": word(&problem.value),
            "fatal": problem.value.is_fatal(),
            "bytes": word(&problem.span),
            "text": text(Some(&record.at(problem.span))),
        })
    };
    record.problems.iter().map(problem).collect()
}

fn host(host: &Host) -> Value {
    let record = |record: &Tlsa| {
        let Tlsa { usage, selector, matching, octets, fault } = record;
        json!({
            "usage": usage,
            "selector": selector,
            "matching": matching,
            "octets": octets,
            "fault": fault.map(|fault| word(&fault)),
        })
    };
    json!({
        "host": host.name,
        "alias_of": host.alias_of,
        "dnssec": word(&host.dnssec),
        "state": host.state.word(),
        "records": host.records.iter().map(record).collect::<Vec<_>>(),
        "dns": word(&host.question),
    })
}
