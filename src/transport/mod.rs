//! What a domain asks of those who deliver mail to it: MTA-STS (RFC 8461), reports about TLS (RFC 8460) and DANE (RFC 7672),
//! by DNS alone. The policy file of MTA-STS, which stands on a web server, is not fetched, and DNSSEC is not validated here: what
//! the DNS server says of it (AD) is passed on as its word.

mod ask;
mod mta_sts;
mod record;
mod tls_rpt;
mod tlsa;

use serde::Serialize;

pub use ask::check;
pub use record::{Field, Problem, Record};
pub use tlsa::{Tlsa, TlsaFault};

use crate::dns::{Failure, QuestionId};

/// A domain that mail goes to, and why it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDomain {
    pub name: String,
    pub whose: Whose,
}

/// Whose domain it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// This message went there.
    Recipient,
    /// Answers go there.
    Author,
    Both,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transport {
    pub domains: Vec<Domain>,
}

/// What one domain publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    pub name: String,
    pub whose: Whose,
    pub mta_sts: Published,
    pub tls_rpt: Published,
    pub exchange: Exchange,
    pub exchange_question: QuestionId,
    /// The servers that take its mail, the preferred ones first.
    pub hosts: Vec<Host>,
    pub hosts_left_out: usize,
}

/// A record at one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub name: String,
    pub question: QuestionId,
    pub state: State,
    /// The one that counts; of a broken or repeated one the first.
    pub record: Option<Record>,
}

/// Whether a record is there and counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Found,
    Missing,
    /// So many, so that none counts.
    Several(usize),
    /// It breaks the grammar, so that it does not count.
    Broken,
    Unreachable,
    /// Nobody was asked.
    NotAsked(Failure),
}

impl State {
    /// The word for it in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Missing => "missing",
            Self::Several(_) => "several",
            Self::Broken => "broken",
            Self::Unreachable => "unreachable",
            Self::NotAsked(_) => "not-asked",
        }
    }
}

/// Where the mail of a domain goes (RFC 5321 section 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exchange {
    Mx,
    /// There is no MX record: the name itself stands for the server.
    Implicit,
    /// It takes no mail (RFC 7505).
    Null,
    /// The name does not exist.
    Nothing,
    /// It has neither an MX nor an address record, so that nobody takes its mail.
    NoServer,
    Unreachable,
    NotAsked,
}

/// A server that takes mail, and its TLSA records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    pub name: String,
    /// The name that it is an alias of (CNAME), where its TLSA records were found (RFC 7672 section 2.2.2).
    pub alias_of: Option<String>,
    pub question: QuestionId,
    pub state: HostState,
    pub records: Vec<Tlsa>,
    pub dnssec: Dnssec,
}

/// What is known of DNSSEC for a server: for where the mail goes, the server's address and its TLSA records, all of which DANE
/// needs (RFC 7672 section 2.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dnssec {
    /// The DNS server says of every answer that it checked it (AD).
    ServerSaysChecked,
    /// It does not say so of every one: they are not signed, or the server does not check.
    NotSaid,
}

/// What the TLSA records of a server come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostState {
    /// At least one can be used.
    Usable,
    /// There are some, and none can be used (RFC 7672 section 2.2).
    Unusable,
    Missing,
    Unreachable,
    NotAsked(Failure),
}

impl HostState {
    /// The word for it in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Unusable => "unusable",
            Self::Missing => "missing",
            Self::Unreachable => "unreachable",
            Self::NotAsked(_) => "not-asked",
        }
    }
}
