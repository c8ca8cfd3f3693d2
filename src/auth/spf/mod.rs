//! Sender Policy Framework (RFC 7208), evaluated term by term with a trace.

use std::net::IpAddr;

use serde::Serialize;

use super::trace::Step;
use crate::dns::Ledger;

mod eval;
mod macros;
mod record;

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// One `check_host()` (RFC 7208 section 4); the text is the domain.
    SpfCheck,
    /// Finding the record of a domain (section 4.5); the text is the record.
    SpfRecord,
    /// One mechanism; the text is the term as written.
    SpfMechanism,
    /// One modifier.
    SpfModifier,
    /// One further question of a term: an MX host, a PTR name.
    SpfQuestion,
}

/// The seven results of RFC 7208 section 2.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpfResult {
    None,
    Neutral,
    Pass,
    Fail,
    SoftFail,
    TempError,
    PermError,
}

/// Why the result is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A mechanism matched.
    Matched,
    /// No mechanism matched and there is no redirect (section 4.7).
    NothingMatched,
    /// The domain publishes no record.
    NoRecord,
    /// The domain does not exist.
    NoSuchDomain,
    /// The identity has no domain that could be asked (section 4.3).
    NotADomain,
    /// Two or more records (section 4.5).
    SeveralRecords,
    /// The record cannot be parsed (section 4.6).
    SyntaxError,
    /// More than ten terms that ask DNS (section 4.6.4).
    LookupLimit,
    /// More than two questions without an answer (section 4.6.4).
    VoidLookupLimit,
    /// More than ten MX hosts in one `mx` term (section 4.6.4).
    MxLimit,
    /// The target of an include or a redirect has no record (sections 5.2 and 6.1).
    TargetHasNoRecord,
    /// A DNS question had no answer in time, or the server failed.
    DnsTrouble,
    /// Nobody was asked: offline, or the snapshot lacks the question.
    NotAsked,
}

/// One evaluated identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The domain whose record was evaluated first.
    pub domain: String,
    pub ip: IpAddr,
    /// The identity: an address, `postmaster@` before a HELO name (section 2.4).
    pub sender: String,
    /// `None` when nobody could be asked; the reason is then [`Reason::NotAsked`].
    pub result: Option<SpfResult>,
    pub reason: Reason,
    /// Terms that ask DNS, of at most ten (section 4.6.4).
    pub lookups: u32,
    /// Questions without an answer, of at most two.
    pub void_lookups: u32,
    /// The term that matched, as written, and the domain whose record holds it.
    pub matched: Option<Matched>,
    /// The domain that must act on an error: the owner of the record that a permerror or temperror stems from.
    pub culprit: Option<Culprit>,
    /// What the domain says about a fail (`exp=`, section 6.2), macros expanded.
    pub explanation: Option<String>,
    pub trace: Step,
}

/// The term that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    pub term: String,
    pub domain: String,
}

/// Where an error comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Culprit {
    /// The domain that publishes the record.
    pub domain: String,
    /// The term, when the error lies in one.
    pub term: Option<String>,
}

/// The facts of the SMTP session that an evaluation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The connecting address.
    pub ip: IpAddr,
    /// The name given in HELO or EHLO, for `%{h}`.
    pub helo: Option<String>,
    /// The name of the checking host, for `%{r}`; `unknown` when there is none (section 7.3).
    pub receiver: Option<String>,
    /// Seconds since 1970, for `%{t}`.
    pub timestamp: i64,
}

/// Evaluates `check_host()` for one sender, an address or a bare domain.
#[must_use]
pub fn check(sender: &str, session: &Session, dns: &Ledger) -> Check {
    eval::check(sender, session, dns)
}
