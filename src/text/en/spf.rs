//! SPF in sentences: the result, why an address was not found, what a record allows, what a term cost.

use std::net::IpAddr;

use crate::auth::spf::{
    Authorised, Bound, Check, Cost, MAX_LOOKUPS, MAX_VOID_LOOKUPS, Matched, Reason, SpfResult, Survey, SyntaxError,
};
use crate::text::number;

/// The result in one sentence.
pub(in crate::text) fn sentence(check: &Check) -> String {
    let Check { domain, ip, .. } = check;
    let (owner, term) = match &check.culprit {
        Some(culprit) => (culprit.domain.as_str(), culprit.term.as_deref()),
        None => (domain.as_str(), None),
    };
    let cause =
        term.map_or_else(|| format!("the record of {owner}"), |term| format!("{term} in the record of {owner}"));
    match check.reason {
        Reason::Matched => matched(check),
        Reason::NothingMatched => {
            format!(
                "The record of {domain} does not list {ip} and says nothing about other servers: it ends without all."
            )
        }
        Reason::NoRecord if check.deprecated.is_some() => {
            format!("{domain} has no SPF record that receivers read, only one of the type SPF (99).")
        }
        Reason::NoRecord => format!("{domain} has no SPF record."),
        Reason::NoSuchDomain => format!("{domain} does not exist in DNS, so it has no SPF record."),
        Reason::NotADomain if domain.is_empty() => {
            "The sender names no domain that could have an SPF record.".to_owned()
        }
        Reason::NotADomain => format!("{domain} is no domain that could have an SPF record."),
        Reason::SeveralRecords => format!("{owner} has more than one SPF record, so none of them counts."),
        Reason::SyntaxError => format!("No server can be judged: {cause} cannot be read."),
        Reason::LookupLimit => {
            format!(
                "The record asks DNS too often: {cause} would be look-up number {}, and ten are allowed.",
                check.lookups
            )
        }
        Reason::VoidLookupLimit => format!(
            "Too many look-ups find nothing: {cause} is term number {} of that kind, and two are allowed.",
            check.void_lookups
        ),
        Reason::MxLimit => format!("{cause} leads to more than ten mail hosts, which is not allowed."),
        Reason::TargetHasNoRecord => format!("{cause} leads to a domain without SPF record, which is an error."),
        Reason::DnsTrouble => format!("It cannot be judged for now: DNS gave no answer about {cause}."),
        Reason::NotAsked => format!("DNS was not asked everything that the record of {domain} needs."),
    }
}

fn matched(check: &Check) -> String {
    let Check { domain, ip, .. } = check;
    let Some(matched) = &check.matched else { return String::new() };
    let Matched { term, domain: owner, .. } = matched;
    let record = if owner == domain { "the record".to_owned() } else { format!("the record of {owner}") };
    if let Some(open) = check.passed_as_anybody() {
        let term = open.term.as_deref().unwrap_or_default();
        return format!(
            "{ip} passes SPF for {domain} as every server would: {term} in the record of {} lets everybody pass.",
            open.domain
        );
    }
    match check.result {
        Some(SpfResult::Pass) => match &matched.inside {
            None => format!("{ip} may send for {domain}: {record} lists it with {term}."),
            Some(_) => format!(
                "{ip} may send for {domain}: {record} lists it with {term}, by {} in the record of {}.",
                matched.innermost().term,
                matched.innermost().domain
            ),
        },
        Some(SpfResult::Fail) if check.is_unlisted() => {
            format!("{ip} may not send for {domain}: {record} does not list it and lets no other server send ({term}).")
        }
        Some(SpfResult::Fail) => format!("{ip} may not send for {domain}: {record} refuses it by name ({term})."),
        Some(SpfResult::SoftFail) if check.is_unlisted() => format!(
            "{ip} is probably no server of {domain}: {record} does not list it and says that others probably may not send ({term})."
        ),
        Some(SpfResult::SoftFail) => {
            format!("{ip} is probably no server of {domain}: {record} says that it probably may not send ({term}).")
        }
        Some(SpfResult::Neutral) if check.is_unlisted() => {
            format!(
                "Neither yes nor no: the record of {owner} does not list {ip} and says nothing about other servers ({term})."
            )
        }
        _ => format!("The record of {owner} says nothing about {ip} ({term})."),
    }
}

/// Why an address that no term lists was not found, with the nearest that would have been.
pub(in crate::text) fn why_not(check: &Check) -> Option<String> {
    if !check.is_unlisted() {
        return None;
    }
    let family = family(check.ip);
    let compared = match check.missed().count() {
        0 => return Some(format!("The records name no {family} network that {} could be compared with.", check.ip)),
        1 => format!("{} is not in the one {family} network that it was compared with.", check.ip),
        networks => format!("{} is in none of the {networks} {family} networks that it was compared with.", check.ip),
    };
    let nearest = check.nearest().map_or_else(String::new, |tried| {
        let included = if tried.domain == check.domain { "" } else { ", which this record leads to" };
        format!(" Nearest: {}, from {} in the record of {}{included}.", tried.written(), tried.term, tried.domain)
    });
    Some(compared + &nearest)
}

const fn family(ip: IpAddr) -> &'static str {
    if ip.is_ipv4() { "IPv4" } else { "IPv6" }
}

/// How many addresses a record lets pass.
pub(in crate::text) fn authorised(survey: &Survey) -> String {
    let (ipv4, ipv6) = (amount(survey.ipv4, "IPv4"), amount(survey.ipv6, "IPv6"));
    let open = if survey.ipv4.bound == Bound::Exact && survey.ipv6.bound == Bound::Exact {
        ""
    } else {
        " (open: what this message did not need, macros, exists and ptr)"
    };
    format!("{ipv4}, {ipv6}{open}")
}

fn amount(authorised: Authorised, family: &str) -> String {
    if authorised.everybody {
        return format!("every {family} address");
    }
    let number = number::addresses(authorised.addresses());
    let number = match (authorised.bound, authorised.addresses()) {
        (Bound::Exact, 0) => return format!("no {family} address"),
        (Bound::AtLeast, 0) => return format!("{family} not known"),
        (Bound::Exact, _) => number,
        (Bound::AtLeast, _) => format!("at least {number}"),
        (Bound::AtMost, _) => format!("at most {number}"),
        (Bound::Between { at_most }, _) => format!("{number} to {}", number::addresses(at_most)),
    };
    let plural = if number.ends_with(" 1") || number == "1" { "address" } else { "addresses" };
    format!("{number} {family} {plural}")
}

/// What a term cost, and what the evaluation had cost by then.
pub(in crate::text) fn cost(cost: Cost) -> String {
    let Cost { own, so_far } = cost;
    let lookups = match own.lookups {
        0 => "no look-up".to_owned(),
        1 => "1 look-up".to_owned(),
        lookups => format!("{lookups} look-ups"),
    };
    let lookups = format!("{lookups} ({}/{MAX_LOOKUPS})", so_far.lookups);
    if so_far.void_lookups == 0 {
        return lookups;
    }
    let questions = if own.void_questions == own.void_lookups {
        String::new()
    } else {
        format!("; {} by question", own.void_questions)
    };
    format!("{lookups}, {} void ({}/{MAX_VOID_LOOKUPS}{questions})", own.void_lookups, so_far.void_lookups)
}

/// The other reading of the void limit, where it gives another number.
pub(in crate::text) fn voids_by_question(check: &Check) -> Option<String> {
    let questions = check.void_questions;
    if questions == check.void_lookups {
        return None;
    }
    let over = if check.is_over_void_questions() { "; that is over two, and they may give permerror" } else { "" };
    Some(format!(
        "counted term by term, as RFC 7208 says; receivers that count question by question count {questions}{over}"
    ))
}

/// What is wrong with a term.
pub(in crate::text) const fn fault(error: SyntaxError) -> &'static str {
    match error {
        SyntaxError::Character => "a character that is not allowed in a record",
        SyntaxError::UnknownMechanism => "there is no such mechanism",
        SyntaxError::ModifierName => "no name of a modifier before the equals sign",
        SyntaxError::RepeatedModifier => "this modifier may appear only once",
        SyntaxError::UnexpectedArgument => "all takes no value",
        SyntaxError::MissingDomain => "the domain is missing",
        SyntaxError::DomainSpec => "this is no complete domain name",
        SyntaxError::AddressAsDomain => "an address where a domain belongs; ip4 or ip6 takes addresses",
        SyntaxError::MissingAddress => "the address is missing",
        SyntaxError::Address => "this is no address of that family",
        SyntaxError::PrefixLength => "this is no length of a network prefix",
        SyntaxError::Macro => "there is no such macro",
        SyntaxError::MacroOnlyInExplanation => "this macro is allowed in an explanation only",
    }
}
