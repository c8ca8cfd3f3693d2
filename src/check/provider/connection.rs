//! Tests of the connection over which the message arrived.

use super::ask::{Answer, Outcome};
use super::authentication;
use super::why::Why;
use crate::auth::dkim::DkimResult;
use crate::auth::dmarc::is_same_organization;
use crate::auth::domain;
use crate::auth::iprev::{Iprev, IprevResult, ReverseName};
use crate::check::Evidence;
use crate::facts::{Facts, SessionSource};
use crate::listing::Standing;
use crate::path::TlsState;

fn place(iprev: &Iprev) -> Evidence {
    Evidence::Step(iprev.trace.id.clone())
}

pub(super) fn forward_and_reverse_dns(facts: &Facts) -> Answer {
    let Some(iprev) = &facts.iprev else { return Answer::unknown(Why::NoAddress) };
    if facts.is_address_unsure() {
        return Answer::unknown(Why::AddressUnsure);
    }
    let ip = iprev.ip;
    let name = |wanted: fn(&&ReverseName) -> bool| {
        iprev.names.iter().find(wanted).map(|name| name.name.clone()).unwrap_or_default()
    };
    let answer = match iprev.result {
        IprevResult::Pass => Answer::met(Why::ReverseConfirmed { ip, name: name(|name| name.confirmed) }),
        IprevResult::Fail => Answer::not_met(Why::ReverseMismatch { ip, name: name(|_| true) }),
        IprevResult::None => Answer::not_met(Why::ReverseMissing { ip }),
        IprevResult::TempError | IprevResult::NotEvaluated => Answer::unknown(Why::ReverseNoAnswer { ip }),
    };
    answer.at(place(iprev))
}

/// What is listed now, and the provider need not read that list.
pub(super) fn blocklists(facts: &Facts) -> Answer {
    let Some(listings) = &facts.network.listings else { return Answer::unknown(Why::OneMessage) };
    if let Some(row) = listings.listed().next() {
        return Answer::doubtful(Why::ListedNow { list: &row.list.name }).at(Evidence::Question(row.question));
    }
    let is_answered = listings.rows.iter().any(|row| row.standing == Standing::NotListed);
    Answer::unknown(if is_answered { Why::ListedNowhere } else { Why::OneMessage })
}

/// The address has a name at all.
pub(super) fn reverse_dns(facts: &Facts) -> Answer {
    named(facts, |iprev, name| Answer::met(Why::ReverseNamed { ip: iprev.ip, name: name.name.clone() }))
}

fn named(facts: &Facts, judge: impl FnOnce(&Iprev, &ReverseName) -> Answer) -> Answer {
    let Some(iprev) = &facts.iprev else { return Answer::unknown(Why::NoAddress) };
    if facts.is_address_unsure() {
        return Answer::unknown(Why::AddressUnsure);
    }
    let best = iprev.names.iter().find(|name| name.confirmed).or_else(|| iprev.names.first());
    match best {
        Some(name) => judge(iprev, name).at(place(iprev)),
        None => forward_and_reverse_dns(facts),
    }
}

/// The name is in the domain of the author, of the envelope sender or of a signer whose signature is valid.
pub(super) fn reverse_name_own(facts: &Facts) -> Answer {
    named(facts, |_, found| {
        let name = found.name.clone();
        let envelope = facts.spf.mail_from.iter().map(|check| check.domain.clone());
        let signers = facts.dkim.iter().filter(|signature| signature.result == DkimResult::Pass);
        let signers = signers.filter_map(|signature| signature.domain.clone());
        let domains = facts.author_domain().into_iter().chain(envelope).chain(signers);
        let own = domains.into_iter().find(|domain| is_same_organization(&name, domain));
        own.map_or_else(
            || Answer::not_met(Why::ReverseOther { name: name.clone() }),
            |domain| Answer::met(Why::ReverseOwn { name: name.clone(), domain }),
        )
    })
}

/// Names that providers of access give out hold the address, or say what they are.
pub(super) fn reverse_name_static(facts: &Facts) -> Answer {
    named(facts, |iprev, found| {
        let name = found.name.clone();
        if found.is_generated(iprev.ip) {
            Answer::not_met(Why::ReverseGenerated { name })
        } else {
            Answer::met(Why::ReverseChosen { name })
        }
    })
}

pub(super) fn tls(facts: &Facts) -> Answer {
    let Some(hop) = facts.path.boundary_hop() else { return Answer::unknown(Why::NoAddress) };
    if facts.path.doubtful_hop().is_some() {
        return Answer::unknown(Why::AddressUnsure);
    }
    let by = hop.by.as_ref().map(|by| by.value.clone());
    let answer = match hop.tls.state {
        TlsState::Encrypted => Answer::met(Why::Encrypted { by, version: hop.tls.version }),
        TlsState::NotEncrypted => Answer::not_met(Why::NotEncrypted { by }),
        TlsState::NotStated | TlsState::Local => Answer::unknown(Why::EncryptionNotStated),
    };
    answer.at(Evidence::Bytes(hop.span))
}

/// Over IPv6 both a name and authentication are wanted.
pub(super) fn ipv6(facts: &Facts) -> Answer {
    let Some(ip) = facts.session.ip.as_ref().map(|ip| ip.value.to_canonical()) else {
        return Answer::unknown(Why::NoAddress);
    };
    if facts.is_address_unsure() {
        return Answer::unknown(Why::AddressUnsure);
    }
    if ip.is_ipv4() {
        return Answer::exempt(Why::OverIpv4 { ip });
    }
    let answers = [forward_and_reverse_dns(facts), authentication::spf_or_dkim(facts)];
    let worst = answers.iter().find(|answer| answer.outcome == Outcome::NotMet);
    let worst = worst.or_else(|| answers.iter().find(|answer| answer.outcome != Outcome::Met));
    worst.cloned().unwrap_or_else(|| Answer::met(Why::Ipv6Ready { ip }))
}

pub(super) fn helo_fqdn(facts: &Facts) -> Answer {
    let Some(helo) = &facts.session.helo else { return Answer::unknown(Why::HeloUnknown) };
    if helo.from != SessionSource::Given && facts.path.doubtful_hop().is_some() {
        return Answer::unknown(Why::AddressUnsure);
    }
    let name = helo.value.clone();
    let literal = name.starts_with('[') && name.ends_with(']');
    let is_full = domain::normalize(&name).is_some_and(|name| name.contains('.')) || literal;
    let answer = if is_full { Answer::met(Why::HeloFull { name }) } else { Answer::not_met(Why::HeloNotFull { name }) };
    answer.at(helo.span.map(Evidence::Bytes))
}

pub(super) fn helo_not_receiver(facts: &Facts) -> Answer {
    let Some(helo) = &facts.session.helo else { return Answer::unknown(Why::HeloUnknown) };
    if helo.from != SessionSource::Given && facts.path.doubtful_hop().is_some() {
        return Answer::unknown(Why::AddressUnsure);
    }
    let name = helo.value.clone();
    let is_receiver = facts.recipient.hosts.iter().any(|host| host.value.eq_ignore_ascii_case(&name));
    let answer =
        if is_receiver { Answer::not_met(Why::HeloIsReceiver { name }) } else { Answer::met(Why::HeloFull { name }) };
    answer.at(helo.span.map(Evidence::Bytes))
}
