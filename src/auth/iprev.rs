//! Forward-confirmed reverse name of the connecting address (RFC 8601 section 3).

use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;

use super::trace::{Outcome, Step, What};
use crate::dns::{Data, Entry, Failure, Ledger, Question, RecordType};

/// The most names of one address that are checked (RFC 7208 section 4.6.4 draws the same line for `ptr`).
pub const MAX_NAMES: usize = 10;

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The whole evaluation; the text is the address.
    IprevCheck,
    /// The reverse question.
    IprevReverse,
    /// One name's forward question.
    IprevForward,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IprevResult {
    /// A name of the address points back to it.
    Pass,
    /// The address has names; none points back.
    Fail,
    /// The address has no name.
    None,
    #[serde(rename = "temperror")]
    TempError,
    /// Nobody was asked.
    NotEvaluated,
}

/// The reverse and forward names of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iprev {
    pub ip: IpAddr,
    pub result: IprevResult,
    /// Every name of the address, at most ten.
    pub names: Vec<ReverseName>,
    pub trace: Step,
}

/// One name of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReverseName {
    pub name: String,
    /// An address of the name is the connecting one. False as well while DNS did not say; the result tells which.
    pub confirmed: bool,
}

impl ReverseName {
    /// It reads like the name of a line or machine that a provider rents out, not like one that was chosen for a mail server.
    #[must_use]
    pub fn is_generated(&self, ip: IpAddr) -> bool {
        is_generated(&self.name, ip)
    }
}

/// Whether a host name holds the address, or says that it is one of many lines or rented machines.
#[must_use]
pub fn is_generated(name: &str, ip: IpAddr) -> bool {
    /// What stands in such names, alone or before a number.
    const WORDS: [&str; 21] = [
        "dynamic", "dyn", "dhcp", "dialup", "dsl", "adsl", "vdsl", "pool", "ppp", "pppoe", "cable", "ftth", "flets",
        "dorm", "client", "customer", "cust", "vps", "vir", "vs", "cpe",
    ];
    /// How the names of access lines of Japanese networks begin, the place and a number behind them.
    const LINES: [&str; 5] = ["ipbf", "ipngn", "ipoe", "ipad", "ipfx"];
    /// A letter before so long a number counts lines, not servers.
    const LINE_DIGITS: usize = 4;
    let host = name.to_ascii_lowercase();
    let is_between = |c: char| !c.is_ascii_alphanumeric();
    let parts: Vec<&str> = host.trim_end_matches('.').split(is_between).collect();
    let is_word = |part: &&str| {
        let is_line = LINES.iter().any(|line| part.starts_with(line)) && part.contains(|c: char| c.is_ascii_digit());
        is_line || WORDS.contains(&part.trim_end_matches(|c: char| c.is_ascii_digit()))
    };
    let first = parts.first().and_then(|part| part.strip_prefix(|c: char| matches!(c, 'p' | 'v')));
    let is_counted =
        first.is_some_and(|rest| rest.len() >= LINE_DIGITS && rest.bytes().all(|byte| byte.is_ascii_digit()));
    // The domain that somebody registered says nothing of the host.
    let registered = psl::domain_str(&host).map_or(0, |domain| domain.split(is_between).count());
    let hosts = parts.len().saturating_sub(registered);
    let has_word = is_counted || parts.iter().take(hosts).any(is_word);
    let IpAddr::V4(v4) = ip.to_canonical() else { return has_word };
    let octets: Vec<String> = v4.octets().iter().map(u8::to_string).collect();
    let numbers: Vec<String> = host
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse::<u64>().ok())
        .map(|number| number.to_string())
        .collect();
    let holds = |wanted: &[String]| numbers.windows(wanted.len()).any(|window| window == wanted);
    let reversed: Vec<String> = octets.iter().rev().cloned().collect();
    has_word || holds(&octets) || holds(&reversed)
}

/// The question for the names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5). IPv4-mapped IPv6 counts as IPv4.
#[must_use]
pub fn reverse_question(ip: IpAddr) -> Question {
    let mut name = String::new();
    // Writing to a String cannot fail.
    let _ = match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            write!(name, "{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(v6) => {
            for byte in v6.octets().iter().rev() {
                let _ = write!(name, "{:x}.{:x}.", byte & 0xF, byte >> 4);
            }
            write!(name, "ip6.arpa")
        }
    };
    Question::new(&name, RecordType::Ptr)
}

/// Asks for the names of `ip` and whether they point back.
#[must_use]
pub fn check(ip: IpAddr, dns: &Ledger<'_>) -> Iprev {
    let ip = ip.to_canonical();
    let question = reverse_question(ip);
    let reverse = dns.ask(&question);
    let (names, reverse_outcome) = match &reverse.answer.records {
        Ok(records) => (reverse_names(records), Outcome::Found),
        Err(failure) => (Vec::new(), outcome_of(*failure)),
    };
    let questions: Vec<Question> = names.iter().map(|name| forward_question(name, ip)).collect();
    let forward = if questions.is_empty() { Vec::new() } else { dns.ask_all(&questions) };

    let outcomes: Vec<Outcome> = forward.iter().map(|entry| forward_outcome(ip, entry)).collect();
    let result = match reverse_outcome {
        Outcome::Found => judge(&outcomes),
        Outcome::Absent => IprevResult::None,
        Outcome::NotEvaluated => IprevResult::NotEvaluated,
        _ => IprevResult::TempError,
    };
    let mut trace = Step::new(What::Iprev(Task::IprevCheck), outcome_for(result)).text(ip.to_string());
    trace.children.push(step(Task::IprevReverse, reverse_outcome, &reverse));
    trace
        .children
        .extend(forward.iter().zip(&outcomes).map(|(entry, &outcome)| step(Task::IprevForward, outcome, entry)));
    let confirmed = |outcome: &Outcome| *outcome == Outcome::Match;
    let names =
        names.into_iter().zip(&outcomes).map(|(name, outcome)| ReverseName { name, confirmed: confirmed(outcome) });
    Iprev { ip, result, names: names.collect(), trace }
}

/// The distinct names of a PTR answer, at most ten.
fn reverse_names(records: &[Data]) -> Vec<String> {
    let mut names = Vec::new();
    for record in records {
        if let Data::Ptr(name) = record {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            if !name.is_empty() && !names.contains(&name) && names.len() < MAX_NAMES {
                names.push(name);
            }
        }
    }
    names
}

fn forward_question(name: &str, ip: IpAddr) -> Question {
    Question::new(name, if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa })
}

/// Whether `ip` is an address of the name; not, as well, while DNS does not say.
#[must_use]
pub fn leads_to(name: &str, ip: IpAddr, dns: &Ledger<'_>) -> bool {
    let ip = ip.to_canonical();
    forward_outcome(ip, &dns.ask(&forward_question(name, ip))) == Outcome::Match
}

fn forward_outcome(ip: IpAddr, entry: &Arc<Entry>) -> Outcome {
    let is_it = |data: &Data| match (data, ip) {
        (Data::A(address), IpAddr::V4(ip)) => *address == ip,
        (Data::Aaaa(address), IpAddr::V6(ip)) => *address == ip,
        _ => false,
    };
    match &entry.answer.records {
        Ok(records) if records.iter().any(is_it) => Outcome::Match,
        Ok(_) => Outcome::NoMatch,
        Err(failure) => outcome_of(*failure),
    }
}

/// RFC 8601 section 3: one confirmed name is enough; a name that DNS kept silent about leaves the rest open.
fn judge(outcomes: &[Outcome]) -> IprevResult {
    if outcomes.contains(&Outcome::Match) {
        IprevResult::Pass
    } else if outcomes.contains(&Outcome::Unreachable) {
        IprevResult::TempError
    } else if outcomes.contains(&Outcome::NotEvaluated) {
        IprevResult::NotEvaluated
    } else if outcomes.is_empty() {
        // PTR records that name only the root.
        IprevResult::None
    } else {
        IprevResult::Fail
    }
}

const fn outcome_of(failure: Failure) -> Outcome {
    match failure {
        failure if failure.is_absent() => Outcome::Absent,
        failure if failure.is_not_asked() => Outcome::NotEvaluated,
        _ => Outcome::Unreachable,
    }
}

const fn outcome_for(result: IprevResult) -> Outcome {
    match result {
        IprevResult::Pass => Outcome::Pass,
        IprevResult::Fail => Outcome::Fail,
        IprevResult::None => Outcome::None,
        IprevResult::TempError => Outcome::TempError,
        IprevResult::NotEvaluated => Outcome::NotEvaluated,
    }
}

fn step(task: Task, outcome: Outcome, entry: &Entry) -> Step {
    Step::new(What::Iprev(task), outcome).text(&entry.question.name).asked(entry.id)
}

#[cfg(test)]
mod tests;
