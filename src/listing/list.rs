//! The blocklists, as `assets/blocklists.toml` has them.

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file;

const TABLE: &str = include_str!("../../assets/blocklists.toml");

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| file::read(TABLE).unwrap_or_default());

/// Every list, in the order in which they are shown. A table that cannot be read is empty; a test fails then.
#[must_use]
pub fn lists() -> &'static [List] {
    &LISTS
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub id: String,
    /// What its operator calls it.
    pub name: String,
    pub zone: String,
    pub takes: Vec<Takes>,
    pub weight: Weight,
    pub terms: Terms,
    /// Where a person looks an entry up and asks for its removal.
    pub page: String,
    /// Where the codes stand.
    pub source: String,
    /// When that was read; `None` where nobody did.
    pub checked_on: Option<Date>,
    pub known: Known,
    /// The entry that the list must have; `None` where it is that of RFC 5782 section 5.
    pub listed: Option<String>,
    /// The entry that it must not have; the same.
    pub unlisted: Option<String>,
    pub codes: Codes,
    pub refusals: Vec<(Ipv4Addr, Refusal)>,
}

/// What a list can be asked about, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    Ip4,
    Ip6,
    /// The host name as it is.
    Name,
    /// The domain that somebody registered.
    Registered,
}

/// How many receivers refuse by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    Wide,
    Narrow,
}

/// Whom it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Terms {
    /// Anybody who asks little.
    Free,
    /// Not the resolvers that everybody uses.
    OwnResolver,
    /// Resolvers that were registered.
    Registration,
}

/// How well the codes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The operator's own page says so.
    Documented,
    /// Filters that use the list say so.
    Reported,
}

/// What the answers of a list mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// Each address is a meaning.
    Addresses(Vec<(Ipv4Addr, Meaning)>),
    /// Each bit of the last octet is one.
    Bits(Vec<(u8, Meaning)>),
}

/// Why something is on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    // Addresses
    SpamSource,
    ReportedSpam,
    SpamTrap,
    SpamWave,
    LowReputation,
    Exploited,
    OpenProxy,
    BreakInAttempts,
    BotnetControl,
    HijackedNetwork,
    /// A network of homes and offices, which is not to send mail directly.
    EndUserNetwork,
    NoReverseName,
    /// Nothing is said of this address: its neighbours are bad.
    WholeNetwork,
    // Domains
    SpamDomain,
    PhishingDomain,
    MalwareDomain,
    BotnetDomain,
    AbusedForSpam,
    AbusedRedirector,
    AbusedForPhishing,
    AbusedForMalware,
    AbusedForBotnet,
    CrackedSite,
    DisposableAddresses,
    /// It sends bulk mail, some of it unwanted.
    BulkDomain,
    /// Found by a program, not looked at by a person.
    WatchedDomain,
    /// A code that the table does not have.
    Unknown,
}

impl Meaning {
    /// Few receivers refuse mail for it.
    #[must_use]
    pub const fn is_mild(self) -> bool {
        matches!(
            self,
            Self::NoReverseName
                | Self::WholeNetwork
                | Self::DisposableAddresses
                | Self::BulkDomain
                | Self::WatchedDomain
                | Self::Unknown
        )
    }
}

/// Why a list does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The resolver is one that everybody uses.
    PublicResolver,
    TooManyQuestions,
    /// The name of the zone is not known there.
    WrongZone,
    NotForAddresses,
    /// The resolver may not ask; why is not said.
    NotAllowed,
}

impl List {
    /// Whether it can be asked about addresses.
    #[must_use]
    pub fn takes_addresses(&self) -> bool {
        self.takes.iter().any(|takes| matches!(takes, Takes::Ip4 | Takes::Ip6))
    }

    /// Whether that answer says that it does not answer. Lists keep 127.255.255.0/24 for that; 127.0.0.1 is what a list must
    /// not have (RFC 5782 section 5), and what some answer to those they refuse.
    #[must_use]
    pub(super) fn refusal(&self, answer: Ipv4Addr) -> Option<Refusal> {
        let known = self.refusals.iter().find(|(code, _)| *code == answer).map(|(_, why)| *why);
        known.or_else(|| matches!(answer.octets(), [127, 255, 255, _] | [127, 0, 0, 1]).then_some(Refusal::NotAllowed))
    }

    /// What an answer means that is no refusal.
    #[must_use]
    pub(super) fn meanings(&self, answer: Ipv4Addr) -> Vec<Meaning> {
        let known: Vec<Meaning> = match &self.codes {
            Codes::Addresses(codes) => {
                codes.iter().filter(|(code, _)| *code == answer).map(|(_, meaning)| *meaning).collect()
            }
            Codes::Bits(bits) => {
                let [.., last] = answer.octets();
                bits.iter().filter(|(bit, _)| last & bit != 0).map(|(_, meaning)| *meaning).collect()
            }
        };
        if known.is_empty() { vec![Meaning::Unknown] } else { known }
    }
}
