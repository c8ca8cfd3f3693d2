//! The only door to the network: questions, answers, and the three kinds of "no".

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::Serialize;

mod ledger;
mod live;
mod snapshot;

pub use ledger::{Entry, Ledger, QuestionId};
pub use live::{Live, Server};
pub use snapshot::{Snapshot, SnapshotError};

/// The record types that the program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    A,
    Aaaa,
    Mx,
    Ptr,
    Txt,
    /// The SPF type of RFC 4408, gone since RFC 7208 section 3.1; read from snapshots, never asked for a verdict.
    Spf,
}

/// A name and a type. The name is an A-label name in lower case without the trailing dot; `\DDD` and `\.` escapes as in
/// master files where a label holds other bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    pub name: String,
    pub kind: RecordType,
}

impl Question {
    #[must_use]
    pub fn new(name: &str, kind: RecordType) -> Self {
        Self { name: name.trim_end_matches('.').to_ascii_lowercase(), kind }
    }
}

/// The data of one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Data {
    A(Ipv4Addr),
    Aaaa(Ipv6Addr),
    Mx {
        preference: u16,
        exchange: String,
    },
    Ptr(String),
    /// The character-strings of one TXT (or SPF) record, in order, not joined.
    Text(Vec<Vec<u8>>),
}

impl Data {
    /// The strings of a TXT record joined with nothing between (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2).
    #[must_use]
    pub fn joined(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(strings) => Some(strings.concat()),
            _ => None,
        }
    }
}

/// Why a question has no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    /// The name does not exist (RCODE 3).
    NxDomain,
    /// The name exists, without a record of this type.
    NoData,
    /// The server failed (RCODE 2), or sent what cannot be read.
    ServFail,
    /// The server refused to answer (RCODE 5).
    Refused,
    /// No answer in time.
    Timeout,
    /// Answers come from a snapshot that does not list this question.
    #[serde(rename = "not-in-snapshot")]
    NotInSnapshot,
    /// No question may leave the machine.
    Offline,
}

impl Failure {
    /// Absent: the domain says there is nothing. Otherwise the answer is not known.
    #[must_use]
    pub const fn is_absent(self) -> bool {
        matches!(self, Self::NxDomain | Self::NoData)
    }

    /// Nobody was asked: offline, or replaying a snapshot that lacks the question.
    #[must_use]
    pub const fn is_not_asked(self) -> bool {
        matches!(self, Self::NotInSnapshot | Self::Offline)
    }
}

/// What came back for one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The records of the asked type, or why there are none. Never `Ok` and empty.
    pub records: Result<Vec<Data>, Failure>,
    /// The names a CNAME chain led over, in order, the asked name left out; empty without a CNAME.
    pub cname: Vec<String>,
    /// The smallest TTL in the answer, in seconds, when it has one.
    pub ttl: Option<u32>,
}

impl Answer {
    #[must_use]
    pub const fn failed(failure: Failure) -> Self {
        Self { records: Err(failure), cname: Vec::new(), ttl: None }
    }
}

/// Somebody who can be asked.
pub trait Lookup: Send + Sync {
    /// Asks all questions at the same time and waits for the last; answers stand in the order of the questions.
    /// Each is answered within five seconds, retries included: a late one is [`Failure::Timeout`].
    fn lookup(&self, questions: &[Question]) -> Vec<Timed>;

    /// Who answers.
    fn origin(&self) -> Origin;
}

/// An answer and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    pub answer: Answer,
    /// Milliseconds; `None` when nobody was asked.
    pub millis: Option<u64>,
}

/// Where answers come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Origin {
    /// The resolver of this system.
    System,
    /// A server named by the user.
    Server(String),
    /// A snapshot file, by its name.
    Snapshot(String),
    /// Nobody: no question leaves the machine.
    Offline,
}

/// Asks nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

impl Lookup for Offline {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let unasked = Timed { answer: Answer::failed(Failure::Offline), millis: None };
        vec![unasked; questions.len()]
    }

    fn origin(&self) -> Origin {
        Origin::Offline
    }
}
