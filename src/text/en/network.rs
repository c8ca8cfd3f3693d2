//! The checks that ask others: what leaves the machine, what blocklists say, and what domains publish about TLS.

use crate::dns::Failure;
use crate::facts::network::{NetworkCheck, ToLists};
use crate::listing::{Address, Meaning, Refusal, Role, Standing, Terms, Tested};
use crate::transport::{Exchange, HostState, MailDomain, Problem, State, Tlsa, TlsaFault, Whose};

pub(in crate::text) const fn check(check: NetworkCheck) -> &'static str {
    match check {
        NetworkCheck::Blocklists => "Blocklists (DNSBL)",
        NetworkCheck::Transport => "TLS policies of the domains (MTA-STS, TLS-RPT, DANE)",
    }
}

pub(in crate::text) fn leaves_for_lists(leaving: &ToLists) -> String {
    let mut parts = Vec::new();
    if let Some(ip) = leaving.address {
        let lists = lists(leaving.lists_of_address);
        parts.push(format!("The address {ip} is sent in DNS questions to the operators of {lists}."));
    }
    if !leaving.domains.is_empty() {
        let (domains, lists) = (leaving.domains.join(", "), lists(leaving.lists_of_domains));
        parts.push(format!("Sent to the operators of {lists}: {domains}."));
    }
    if parts.is_empty() {
        return "Nothing: the message names no address and no domain that a list could be asked about.".to_owned();
    }
    parts.push(
        "The questions go through your resolver, which sees them, too. Nothing else of the message is sent.".to_owned(),
    );
    parts.join(" ")
}

fn lists(count: usize) -> String {
    if count == 1 { "1 list".to_owned() } else { format!("{count} lists") }
}

pub(in crate::text) fn leaves_for_transport(domains: &[MailDomain]) -> String {
    if domains.is_empty() {
        return "Nothing: the message names no domain of the recipient and none of the author.".to_owned();
    }
    let names: Vec<&str> = domains.iter().map(|domain| domain.name.as_str()).collect();
    let (owners, their) = if names.len() == 1 { ("this domain", "its") } else { ("these domains", "their") };
    format!(
        "DNS questions about {} and {their} mail servers (TXT, MX, TLSA) go to the name servers of {owners}, through your resolver. No server is connected to, and no web page is fetched.",
        names.join(" and ")
    )
}

pub(in crate::text) fn address_left_out(address: Address) -> Option<String> {
    match address {
        Address::Known(_) => None,
        Address::Unknown => {
            Some("Not asked about an address: the message does not show which one connected.".to_owned())
        }
        Address::Unsure(ip) => Some(format!(
            "Not asked about {ip}: it is not certain that it is the address that connected. Choose the hop where the receiving side begins (Path), or give the address."
        )),
        Address::Private(ip) => {
            Some(format!("Not asked about {ip}: it is an address inside a network, which no list has."))
        }
    }
}

pub(in crate::text) const fn listing(standing: Standing) -> &'static str {
    match standing {
        Standing::Listed(_) => "listed",
        Standing::NotListed => "not listed",
        Standing::Refused(_) => "refused",
        Standing::AnswersAll => "not credible",
        Standing::Silent => "no access",
        Standing::NotAList => "no list",
        Standing::Unreachable => "no answer",
        Standing::NotAsked(_) => "not asked",
    }
}

/// Nothing where the word says it all.
pub(in crate::text) const fn listing_note(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Listed(Tested::Passed) | Standing::NotListed => None,
        Standing::NotAsked(failure) => not_asked(failure),
        Standing::Listed(Tested::Unknown) => Some("It could not be tested whether the list lists everything."),
        Standing::Refused(refusal) => Some(self::refusal(refusal)),
        Standing::AnswersAll => {
            Some("It also lists 127.0.0.1 or “invalid”, which no working list does: given up, or misused.")
        }
        Standing::Silent => Some(
            "Even the entry that every list has for tests is missing: the list is closed, or does not answer through this resolver.",
        ),
        Standing::NotAList => {
            Some("The answer lies outside of 127.0.0.0/8: the list is closed, or the resolver makes answers up.")
        }
        Standing::Unreachable => Some("Some lists leave resolvers they do not accept without any answer."),
    }
}

const fn not_asked(failure: Failure) -> Option<&'static str> {
    match failure {
        Failure::NotInSnapshot => {
            Some("The recorded DNS answers do not hold it. To have it asked, open the mail file with live DNS.")
        }
        Failure::Offline => Some("DNS is switched off. Switch it on to have it asked."),
        Failure::OverLimit => Some("The limit of questions was reached."),
        Failure::Cancelled => Some("It was cancelled. Check the message again to have it asked."),
        Failure::NxDomain
        | Failure::NoData
        | Failure::NotAName
        | Failure::ServFail
        | Failure::Refused
        | Failure::Timeout
        | Failure::Untrusted => None,
    }
}

pub(in crate::text) const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::PublicResolver => "This list does not answer through a resolver that everybody uses.",
        Refusal::TooManyQuestions => "This resolver has asked the list too much.",
        Refusal::WrongZone => "The list does not know the name under which it was asked.",
        Refusal::NotForAddresses => "The list is about names, not addresses.",
        Refusal::NotAllowed => "This list does not answer through this resolver.",
    }
}

pub(in crate::text) const fn listing_meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::SpamSource => "known source of spam",
        Meaning::ReportedSpam => "reported by recipients of spam",
        Meaning::SpamTrap => "sent to addresses that nobody uses (spam traps)",
        Meaning::SpamWave => "part of a running wave of spam",
        Meaning::LowReputation => "sends mail of bad reputation",
        Meaning::Exploited => "infected or hijacked computer",
        Meaning::OpenProxy => "open proxy or anonymiser",
        Meaning::BreakInAttempts => "tried to break into accounts",
        Meaning::BotnetControl | Meaning::BotnetDomain => "controls infected computers",
        Meaning::HijackedNetwork => "network in the hands of criminals",
        Meaning::EndUserNetwork => "network of homes and offices, from which no mail should come directly",
        Meaning::NoReverseName => "has no reverse name",
        Meaning::WholeNetwork => "whole network listed for its neighbours; says nothing of this address",
        Meaning::SpamDomain => "named in spam",
        Meaning::PhishingDomain => "used for phishing",
        Meaning::MalwareDomain => "spreads malware",
        Meaning::AbusedForSpam => "honest domain, abused for spam",
        Meaning::AbusedRedirector => "honest redirector, abused for spam",
        Meaning::AbusedForPhishing => "honest domain, abused for phishing",
        Meaning::AbusedForMalware => "honest domain, abused to spread malware",
        Meaning::AbusedForBotnet => "honest domain, abused to control infected computers",
        Meaning::CrackedSite => "web site that was broken into",
        Meaning::DisposableAddresses => "offers throw-away addresses",
        Meaning::BulkDomain => "sends bulk mail, some of it unwanted (grey)",
        Meaning::WatchedDomain => "found by a program, not yet looked at (red)",
        Meaning::Unknown => "unknown code",
    }
}

pub(in crate::text) const fn listing_terms(terms: Terms) -> Option<&'static str> {
    match terms {
        Terms::Free => None,
        Terms::OwnResolver => Some("does not answer public resolvers such as 8.8.8.8"),
        Terms::Registration => Some("answers only resolvers that are registered there"),
    }
}

pub(in crate::text) const fn role(role: Role) -> &'static str {
    match role {
        Role::Author => "From",
        Role::Envelope => "envelope From",
        Role::Helo => "HELO",
        Role::Signature => "DKIM d=",
    }
}

pub(in crate::text) const fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Recipient => "The recipient's domain: what it asks of servers that deliver to it, as for this message.",
        Whose::Author => {
            "The author's domain: what it asks of servers that deliver answers to it. It says nothing about this message."
        }
        Whose::Both => "The domain of the recipient and of the author: what it asks of servers that deliver to it.",
    }
}

pub(in crate::text) fn published(state: State) -> String {
    match state {
        State::Found => "published".to_owned(),
        State::Missing => "not published".to_owned(),
        State::Several(count) => format!("{count} records, so none counts"),
        State::Broken => "broken, so it does not count".to_owned(),
        State::Unreachable => "no answer".to_owned(),
        State::NotAsked(_) => "not asked".to_owned(),
    }
}

pub(in crate::text) const fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BadVersion => {
            "the version at the beginning is not spelled as it has to be, with a semicolon right behind it"
        }
        Problem::EmptyField => "there is nothing between two semicolons",
        Problem::BadField => "this is no field of the form name=value",
        Problem::Repeated => "the field appears twice, and readers may take either",
        Problem::MissingId => "id= is missing",
        Problem::BadId => "id= may hold 1 to 32 letters and digits, and nothing else",
        Problem::MissingRua => "rua= is missing",
        Problem::BadUri => "this is no mailto: or https: address",
        Problem::UnusualScheme => "reporters need not support this kind of address",
        Problem::UnknownField => "this field is not defined and has no effect",
    }
}

pub(in crate::text) const fn exchange(exchange: Exchange) -> &'static str {
    match exchange {
        Exchange::Mx => "named by MX records",
        Exchange::Implicit => "no MX record: the domain itself is the server",
        Exchange::Null => "takes no mail (null MX)",
        Exchange::Nothing => "the domain does not exist",
        Exchange::NoServer => "neither an MX nor an address record: nobody takes its mail",
        Exchange::Unreachable => "no answer about MX",
        Exchange::NotAsked => "MX was not asked",
    }
}

pub(in crate::text) const fn tlsa_state(state: HostState) -> &'static str {
    match state {
        HostState::Usable => "TLSA published",
        HostState::Unusable => "no TLSA record can be used",
        HostState::Missing => "no TLSA",
        HostState::Unreachable => "no answer",
        HostState::NotAsked(_) => "not asked",
    }
}

pub(in crate::text) fn tlsa(record: Tlsa) -> String {
    let Tlsa { usage, selector, matching, octets, fault } = record;
    let kind = match usage {
        0 => "PKIX-TA",
        1 => "PKIX-EE",
        2 => "DANE-TA: an authority of their own",
        3 => "DANE-EE: this very certificate or key",
        _ => "unknown usage",
    };
    let fault = fault.map_or_else(String::new, |fault| format!("; not usable: {}", tlsa_fault(fault)));
    format!("{usage} {selector} {matching} ({kind}; {octets} bytes){fault}")
}

pub(in crate::text) const fn tlsa_fault(fault: TlsaFault) -> &'static str {
    match fault {
        TlsaFault::PkixUsage => "usages 0 and 1 are not for mail",
        TlsaFault::UnknownUsage => "the usage (first number) is not defined",
        TlsaFault::UnknownSelector => "the selector (second number) is not defined",
        TlsaFault::UnknownMatching => "the kind of digest (third number) is not defined",
        TlsaFault::DigestLength => "the digest is not as long as its kind has to be",
        TlsaFault::Empty => "there is no data",
    }
}
