//! The only door to the network: questions, answers, and the three kinds of "no".

use std::fmt::{self, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use serde::{Serialize, Serializer};

mod choice;
mod ledger;
mod live;
mod name;
mod overlay;
mod provenance;
pub mod snapshot;

pub use choice::{Choice, ChoiceError, OpenError, Server};
pub use ledger::{Entry, Ledger, QuestionId, Watch};
pub use live::{Live, LiveError};
pub use overlay::{Overlay, Trial};
pub use provenance::{Provenance, Recorded, Source};
pub use snapshot::{Snapshot, SnapshotError, write as write_snapshot, write_records};

/// The most CNAME records one answer may lead over; resolvers give up near there.
const MAX_CHAIN: usize = 16;

/// The record types that the program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordType {
    A,
    Aaaa,
    Mx,
    /// Whose name servers a name was handed over to.
    Ns,
    Ptr,
    Txt,
    /// What a server's certificate must be (RFC 6698).
    Tlsa,
    /// The SPF type of RFC 4408, gone since RFC 7208 section 3.1; read from snapshots, never asked for a verdict.
    Spf,
}

impl RecordType {
    const ALL: [Self; 8] = [Self::A, Self::Aaaa, Self::Mx, Self::Ns, Self::Ptr, Self::Txt, Self::Tlsa, Self::Spf];

    /// The mnemonic of the type in master files, snapshots and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Ptr => "PTR",
            Self::Txt => "TXT",
            Self::Tlsa => "TLSA",
            Self::Spf => "SPF",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }
}

impl Serialize for RecordType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A name and a type. The name is an A-label name in lower case without the trailing dot (the root is `.`); escapes as in
/// master files, `\.` and `\DDD`, where a label holds other octets. Names within answers are spelled in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    pub name: String,
    pub kind: RecordType,
}

impl Question {
    /// Brings the name into its one spelling. A text that cannot be a name is kept, and answered [`Failure::NotAName`].
    #[must_use]
    pub fn new(name: &str, kind: RecordType) -> Self {
        Self { name: name::canonical(name).unwrap_or_else(|| name.to_ascii_lowercase()), kind }
    }

    /// Whether there can be such a name: no empty label, none over 63 octets, no more than 255 octets in all.
    fn is_name(&self) -> bool {
        name::labels(&self.name).is_some()
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
    Ns(String),
    Ptr(String),
    /// The character-strings of one TXT (or SPF) record, in order, not joined.
    Text(Vec<Vec<u8>>),
    /// A TLSA record (RFC 6698 section 2.1), its three numbers as they are.
    Tlsa {
        usage: u8,
        selector: u8,
        matching: u8,
        data: Vec<u8>,
    },
}

/// The most octets of one character-string (RFC 1035 section 3.3).
const MAX_STRING: usize = 255;

impl Data {
    /// A TXT record of that text, cut into strings as DNS wants them.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let strings: Vec<Vec<u8>> = text.as_bytes().chunks(MAX_STRING).map(<[u8]>::to_vec).collect();
        Self::Text(if strings.is_empty() { vec![Vec::new()] } else { strings })
    }

    /// The strings of a TXT record joined with nothing between (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2).
    #[must_use]
    pub fn joined(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(strings) => Some(strings.concat()),
            _ => None,
        }
    }
}

/// The data as a person writes it: as in master files, but the strings of a TXT record joined and not quoted; what is not UTF-8
/// becomes U+FFFD.
impl fmt::Display for Data {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::A(address) => address.fmt(formatter),
            Self::Aaaa(address) => address.fmt(formatter),
            Self::Mx { preference, exchange } => write!(formatter, "{preference} {exchange}"),
            Self::Ns(name) | Self::Ptr(name) => formatter.write_str(name),
            Self::Text(strings) => formatter.write_str(&String::from_utf8_lossy(&strings.concat())),
            Self::Tlsa { usage, selector, matching, data } => {
                write!(formatter, "{usage} {selector} {matching} {}", hexadecimal(data))
            }
        }
    }
}

/// Octets as master files write them (RFC 6698 section 2.2).
#[must_use]
pub fn hexadecimal(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() * 2);
    for octet in octets {
        // Writing to a string cannot fail.
        _ = write!(text, "{octet:02x}");
    }
    text
}

/// Why a question has no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The name does not exist (RCODE 3).
    NxDomain,
    /// The name exists, without a record of this type.
    NoData,
    /// The text is no domain name (RFC 1035 section 2.3.4), so that no record can be there and nobody was asked.
    NotAName,
    /// The server failed (RCODE 2), or sent what cannot be read.
    ServFail,
    /// The server refused to answer (RCODE 5).
    Refused,
    /// No answer in time.
    Timeout,
    /// The server could not prove that it is the one chosen (RFC 8310 section 8.1), so it was asked nothing.
    Untrusted,
    /// Answers come from a snapshot that does not list this question.
    NotInSnapshot,
    /// No question may leave the machine.
    Offline,
    /// The analysis had asked as many questions as it may (`ledger::MAX_QUESTIONS`).
    OverLimit,
    /// The analysis was cancelled before it asked.
    Cancelled,
}

impl Failure {
    const ALL: [Self; 11] = [
        Self::NxDomain,
        Self::NoData,
        Self::NotAName,
        Self::ServFail,
        Self::Refused,
        Self::Timeout,
        Self::Untrusted,
        Self::NotInSnapshot,
        Self::Offline,
        Self::OverLimit,
        Self::Cancelled,
    ];

    /// The word for it in snapshots and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NxDomain => "nxdomain",
            Self::NoData => "nodata",
            Self::NotAName => "not-a-name",
            Self::ServFail => "servfail",
            Self::Refused => "refused",
            Self::Timeout => "timeout",
            Self::Untrusted => "untrusted",
            Self::NotInSnapshot => "not-in-snapshot",
            Self::Offline => "offline",
            Self::OverLimit => "over-limit",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.word() == word)
    }

    /// Absent: there is nothing, and that is certain. Otherwise the answer is not known.
    #[must_use]
    pub const fn is_absent(self) -> bool {
        matches!(self, Self::NxDomain | Self::NoData | Self::NotAName)
    }

    /// Nobody was asked, and the answer is not known: offline, a snapshot that lacks the question, cancelled, too many.
    #[must_use]
    pub const fn is_not_asked(self) -> bool {
        matches!(self, Self::NotInSnapshot | Self::Offline | Self::OverLimit | Self::Cancelled)
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What came back for one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The records of the asked type, or why there are none. Never `Ok` and empty.
    pub records: Result<Vec<Data>, Failure>,
    /// The names a CNAME chain led over, in order, the asked name left out and none twice; empty without a CNAME. The
    /// records, or the failure, are those of the last.
    pub cname: Vec<String>,
    /// The smallest TTL among the CNAME and asked records, in seconds; `None` without such a record.
    pub ttl: Option<u32>,
    /// The server says that it checked all of the answer by DNSSEC (AD, RFC 4035 section 3.2.3). Its word: nothing is
    /// validated here.
    pub authentic: bool,
}

impl Answer {
    #[must_use]
    pub const fn failed(failure: Failure) -> Self {
        Self { records: Err(failure), cname: Vec::new(), ttl: None, authentic: false }
    }
}

/// Somebody who can be asked.
pub trait Lookup: Send + Sync {
    /// Asks all questions at the same time and waits for the last; answers stand in the order of the questions.
    /// Each is answered within five seconds, retries included: a late one is [`Failure::Timeout`].
    fn lookup(&self, questions: &[Question]) -> Vec<Timed>;

    /// Who answers.
    fn origin(&self) -> Origin;

    /// When and through what the answers were recorded, where they are recorded ones and say so.
    fn recorded(&self) -> Option<Recorded> {
        None
    }

    /// Where the answer to that question is taken from.
    fn source(&self, _question: &Question) -> Source {
        Source::Answers
    }

    /// The file of keys that answers before anybody is asked.
    fn keys(&self) -> Option<Arc<Snapshot>> {
        None
    }

    /// What DNS says to a question that is answered by records that are tried; `None` for any other.
    fn published(&self, _question: &Question) -> Option<Answer> {
        None
    }

    /// The records that somebody wishes to see tried, which answer before anybody is asked.
    fn what_if(&self) -> Option<Arc<Snapshot>> {
        None
    }
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

impl fmt::Display for Origin {
    /// The word for it on the command line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => formatter.write_str("system"),
            Self::Server(name) | Self::Snapshot(name) => formatter.write_str(name),
            Self::Offline => formatter.write_str("offline"),
        }
    }
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
