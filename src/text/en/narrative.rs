//! What happened, step by step, for people who do not know the terms.

use std::net::IpAddr;

use super::{story, terms};
use crate::auth::dkim::{self, DkimResult};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::auth::spf::{self, SpfResult};
use crate::check::narrative::{Arrival, Confirmation, Event};
use crate::facts::Whose;
use crate::message::date::Stamp;
use crate::path::{TlsState, TlsVersion};
use crate::text::{clock, zone};

pub(in crate::text) fn event(event: &Event<'_>) -> String {
    match event {
        Event::Written { author, date, report } => written(*author, *date, *report),
        Event::NoPath => "The header holds no Received line, so the way the message went is not known.".to_owned(),
        Event::Sent { servers, first } => {
            let passed = match (*servers, first) {
                (1, Some(first)) => format!("one server, which names itself {first}"),
                (1, None) => "one server".to_owned(),
                (servers, Some(first)) => format!("{servers} servers, the first of which names itself {first}"),
                (servers, None) => format!("{servers} servers"),
            };
            format!("On the sending side it passed {passed}. This is the word of that side alone.")
        }
        Event::PassedOn { list: true, proved: false, by: Some(by) } => format!("{by} says that it sent it on as a mailing list; nothing shows where it had it from."),
        Event::PassedOn { list: false, proved: false, by: Some(by) } => format!("{by} says that it forwarded it; nothing shows where it had it from."),
        Event::PassedOn { list: true, proved: false, by: None } => "It bears marks of a mailing list; nothing proves that one sent it on.".to_owned(),
        Event::PassedOn { list: false, proved: false, by: None } => "It bears marks of forwarding; nothing proves that somebody forwarded it.".to_owned(),
        Event::PassedOn { list: true, proved: true, by: Some(by) } => format!("A mailing list of {by} took it and sent it on to its members."),
        Event::PassedOn { list: true, proved: true, by: None } => "A mailing list took it and sent it on to its members, as marks in the header show.".to_owned(),
        Event::PassedOn { list: false, proved: true, by: Some(by) } => format!("{by} had received it and forwarded it."),
        Event::PassedOn { list: false, proved: true, by: None } => "Somebody who had received it forwarded it, as marks in the header show.".to_owned(),
        Event::Arrived(arrival) => arrived(arrival),
        Event::NoArrival => "No line shows which server of another organisation handed it over, so the entrance to the receiving side is not known.".to_owned(),
        Event::Delivered { servers, last } => {
            let passed = match (*servers, last) {
                (1, Some(last)) => format!("one more server, {last}"),
                (1, None) => "one more server".to_owned(),
                (servers, Some(last)) => format!("{servers} more servers, the last of which was {last}"),
                (servers, None) => format!("{servers} more servers"),
            };
            format!("On the receiving side it passed {passed}.")
        }
        Event::Server { domain: Some(domain), ip: Some(ip), result, reason, passed_on, null_sender } => {
            server(domain, *ip, *result, *reason, *passed_on, *null_sender)
        }
        Event::Server { ip: None, .. } => "Which server handed it over is not known, so it could not be compared with a domain's list of servers (SPF).".to_owned(),
        Event::Server { domain: None, .. } => "The address for bounces (envelope From) is not known, so there is no domain whose list of servers could be looked at (SPF).".to_owned(),
        Event::Unsigned => "Nobody signed the message (no DKIM signature), so nothing in it shows whether it was changed on the way.".to_owned(),
        Event::Signed { author, domain, whose, result, reason, others } => {
            let role = match whose {
                Whose::Author if author == domain => ", the domain shown as the sender,",
                Whose::Author => ", of the same organisation as the domain shown as the sender,",
                Whose::Other | Whose::Unknown => "",
            };
            let domain = domain.unwrap_or("a domain that cannot be read");
            signed(domain, role, *whose, *result, *reason, *others)
        }
        Event::Author(confirmation) => confirmed(confirmation),
        Event::Outcome(verdict) => format!("Result: {}", story::headline(verdict)),
    }
}

fn written(author: Option<&str>, date: Option<Stamp>, report: bool) -> String {
    let from = match author {
        Some(author) => format!("says that it is from {author}"),
        None => "names no sender that can be read".to_owned(),
    };
    let date = match date {
        Some(date) => format!(" and was written at {} ({})", clock(date), zone(date)),
        None => " and bears no date that can be read".to_owned(),
    };
    let what = if report {
        "This is a report of a mail server about another message, such as a bounce. It"
    } else {
        "The message"
    };
    format!("{what} {from}{date}.")
}

/// A time, with its zone unless that was named before.
fn time(date: Stamp, is_zone_named: bool) -> String {
    if is_zone_named { clock(date) } else { format!("{} ({})", clock(date), zone(date)) }
}

fn arrived(arrival: &Arrival<'_>) -> String {
    let at_ip = arrival.ip.map_or_else(String::new, |ip| format!(" ({ip})"));
    let client = match (arrival.name, arrival.helo, arrival.ip) {
        (Some(name), ..) => format!("the server {name}{at_ip}"),
        (None, Some(helo), _) => format!("a server that calls itself {helo}{at_ip}"),
        (None, None, Some(ip)) => format!("a server at {ip}"),
        (None, None, None) => "a server that is not named".to_owned(),
    };
    let by = arrival.by.unwrap_or("the receiving side");
    let at = arrival.date.map_or_else(String::new, |date| format!("At {}, ", time(date, arrival.is_zone_named)));
    let sentence = format!("{at}{client} handed it to {by}, where the receiving side begins.");
    let mut characters = sentence.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let tls = match (arrival.tls, arrival.version.map(TlsVersion::name)) {
        (TlsState::Encrypted, Some(version)) => format!("That connection was encrypted ({version})."),
        (TlsState::Encrypted, None) => "That connection was encrypted.".to_owned(),
        (TlsState::NotEncrypted, _) => "That connection was not encrypted.".to_owned(),
        (TlsState::NotStated, _) => "Whether that connection was encrypted is not stated.".to_owned(),
        (TlsState::Local, _) => "That was within one computer or program.".to_owned(),
    };
    format!("{first}{} {tls}", characters.as_str())
}

fn server(
    domain: &str,
    ip: IpAddr,
    result: Option<SpfResult>,
    reason: spf::Reason,
    passed_on: bool,
    null_sender: bool,
) -> String {
    let forwarded = if passed_on { ", as is normal after forwarding" } else { "" };
    let whose = if null_sender { "The domain that the server names as its own" } else { "The domain for bounces" };
    let lists = format!("{whose}, {domain}, publishes which servers may send for it");
    match result {
        Some(SpfResult::Pass) => format!("{lists}, and {ip} is one of them (SPF passes)."),
        Some(SpfResult::Fail) => format!("{lists}, and {ip} is not one of them{forwarded} (SPF fails)."),
        Some(SpfResult::SoftFail) => format!("{lists}, and {ip} is not one of them{forwarded} (SPF softfail)."),
        Some(SpfResult::Neutral) => format!("{lists}, but says nothing about {ip} (SPF neutral)."),
        Some(SpfResult::None) => format!(
            "{whose}, {domain}, does not publish which servers may send for it (no SPF record), so {ip} cannot be compared with a list."
        ),
        Some(SpfResult::PermError) => format!(
            "What {domain} publishes about the servers that may send for it cannot be used: {} (SPF permerror).",
            lower(terms::spf_reason(result, reason))
        ),
        Some(SpfResult::TempError) => format!(
            "DNS gave no answer about the servers of {domain}, so whether {ip} may send for it is not known (SPF temperror)."
        ),
        None => {
            format!("DNS was not asked about the servers of {domain}, so whether {ip} may send for it is not known.")
        }
    }
}

fn signed(domain: &str, role: &str, whose: Whose, result: DkimResult, reason: dkim::Reason, others: usize) -> String {
    let more = match others {
        0 => String::new(),
        1 => " There is one more signature.".to_owned(),
        _ => format!(" There are {others} more signatures."),
    };
    let why = lower(terms::dkim_reason(reason));
    let sentence = match result {
        DkimResult::Pass if whose == Whose::Other => format!(
            "{domain} signed the message, and what it signed is unchanged (DKIM passes); but that is not the domain shown as the sender."
        ),
        DkimResult::Pass => {
            format!("{domain}{role} signed the message, and what it signed is unchanged (DKIM passes).")
        }
        // The key may well have been there when the message was received.
        _ if reason == dkim::Reason::KeyMissing => {
            format!("The message bears a signature of {domain}{role} and it cannot be checked today: {why}.")
        }
        DkimResult::Neutral | DkimResult::NotEvaluated | DkimResult::TempError => {
            format!("The message bears a signature of {domain}{role} and it could not be checked: {why}.")
        }
        DkimResult::Fail | DkimResult::Policy | DkimResult::PermError => {
            format!("The message bears a signature of {domain}{role} and it does not count: {why}.")
        }
    };
    format!("{sentence}{more}")
}

fn confirmed(confirmation: &Confirmation<'_>) -> String {
    let Some(author) = confirmation.author else {
        return "The message does not name exactly one domain as its sender, so there is none that could be confirmed (DMARC does not apply).".to_owned();
    };
    let why = lower(terms::dmarc_reason(confirmation.reason));
    match confirmation.result {
        DmarcResult::Pass => {
            let by = match (confirmation.by_server, confirmation.by_signature) {
                (true, true) => "its server and its signature",
                (true, false) => "its server",
                (false, _) => "its signature",
            };
            match confirmation.unsure {
                Some(ip) if !confirmation.by_signature => format!(
                    "{author}, the domain shown as the sender, is confirmed by its server only if {ip} really was the address that connected, which is not sure (DMARC passes with that reserve)."
                ),
                _ => format!("{author}, the domain shown as the sender, is confirmed by {by} (DMARC passes)."),
            }
        }
        DmarcResult::Fail => {
            let asks = match confirmation.policy {
                Some(Policy::Reject) => format!(" {author} asks receivers to refuse such mail."),
                Some(Policy::Quarantine) => format!(" {author} asks receivers to put such mail aside."),
                Some(Policy::None) => format!(" {author} asks receivers for no more than reports."),
                None => String::new(),
            };
            format!("Nothing confirms {author}, the domain shown as the sender (DMARC fails).{asks}")
        }
        DmarcResult::None => format!(
            "{author}, the domain shown as the sender, publishes nothing valid about how it can be confirmed (no DMARC result: {why})."
        ),
        DmarcResult::NotApplicable => {
            format!("Whether {author} is the sender cannot be judged (DMARC does not apply): {why}.")
        }
        DmarcResult::TempError | DmarcResult::PermError | DmarcResult::NotEvaluated => {
            format!(
                "Whether {author}, the domain shown as the sender, is confirmed is not known (DMARC not decided): {why}."
            )
        }
    }
}

/// A phrase of its own, to go on within a sentence. What begins with a name or a tag stays as it is.
fn lower(phrase: &str) -> String {
    const ARTICLES: [&str; 12] =
        ["A ", "An ", "The ", "There ", "No ", "It ", "Body ", "More ", "Expired ", "Unknown ", "Part ", "Beyond "];
    if !ARTICLES.iter().any(|article| phrase.starts_with(article)) {
        return phrase.to_owned();
    }
    let mut characters = phrase.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + characters.as_str()
}
