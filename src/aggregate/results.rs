//! What each identifier of a source came to, and why a reporter departed from the policy (RFC 9990 sections 3.1.1.8 and 3.1.6).

use serde::Serialize;

/// The result of one identifier: a domain that signed, or the envelope domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    pub method: Method,
    /// `d=` of the signature, or the domain that SPF was asked about.
    pub domain: Option<String>,
    pub selector: Option<String>,
    pub outcome: Outcome,
    pub messages: u64,
}

/// What was evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    Dkim,
    SpfMailFrom,
    /// Older reports count the HELO name, too (RFC 7489 appendix C); it never counts for DMARC.
    SpfHelo,
}

/// Results of SPF and DKIM together (RFC 8601 section 2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Pass,
    Fail,
    SoftFail,
    Neutral,
    None,
    Policy,
    TempError,
    PermError,
    /// A word that no report knows, or none.
    Unknown,
}

impl Outcome {
    /// Older reports write `unknown` and `error` for what RFC 7208 calls permerror and temperror.
    pub(super) fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pass" => Self::Pass,
            "fail" | "hardfail" => Self::Fail,
            "softfail" => Self::SoftFail,
            "neutral" => Self::Neutral,
            "none" => Self::None,
            "policy" => Self::Policy,
            "temperror" | "error" => Self::TempError,
            "permerror" => Self::PermError,
            _ => Self::Unknown,
        }
    }

    /// The word of the protocol, as every language writes it; `None`: there is none.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Pass => Some("pass"),
            Self::Fail => Some("fail"),
            Self::SoftFail => Some("softfail"),
            Self::Neutral => Some("neutral"),
            Self::None => Some("none"),
            Self::Policy => Some("policy"),
            Self::TempError => Some("temperror"),
            Self::PermError => Some("permerror"),
            Self::Unknown => None,
        }
    }
}

/// One reason for which the reporter did not do what the policy asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub kind: OverrideKind,
    /// In the reporter's words.
    pub comment: Option<String>,
    pub messages: u64,
}

/// The reasons of RFC 9990 section 3.1.6, and two of RFC 7489 that are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OverrideKind {
    LocalPolicy,
    MailingList,
    TrustedForwarder,
    PolicyTestMode,
    Other,
    /// RFC 7489.
    Forwarded,
    /// RFC 7489, for `pct`.
    SampledOut,
    /// A word that no report knows.
    Unknown,
}

impl OverrideKind {
    pub(super) fn read(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "local_policy" => Self::LocalPolicy,
            "mailing_list" => Self::MailingList,
            "trusted_forwarder" => Self::TrustedForwarder,
            "policy_test_mode" => Self::PolicyTestMode,
            "other" => Self::Other,
            "forwarded" => Self::Forwarded,
            "sampled_out" => Self::SampledOut,
            _ => Self::Unknown,
        }
    }
}

/// The most identifiers, and reasons, that are kept of one source.
pub(super) const MAX: usize = 100;

/// Something that is counted.
pub(super) trait Counted: Clone {
    fn is_same(&self, other: &Self) -> bool;
    fn messages(&mut self) -> &mut u64;
}

impl Counted for Identifier {
    fn is_same(&self, other: &Self) -> bool {
        (self.method, self.outcome) == (other.method, other.outcome)
            && (&self.domain, &self.selector) == (&other.domain, &other.selector)
    }

    fn messages(&mut self) -> &mut u64 {
        &mut self.messages
    }
}

impl Counted for Override {
    fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.comment == other.comment
    }

    fn messages(&mut self) -> &mut u64 {
        &mut self.messages
    }
}

/// Adds `messages` to each of `new`. Says whether there was room for all.
#[must_use]
pub(super) fn count<T: Counted>(all: &mut Vec<T>, new: &[T], messages: u64) -> bool {
    let mut all_kept = true;
    for one in new {
        if let Some(known) = all.iter_mut().find(|known| known.is_same(one)) {
            *known.messages() = known.messages().saturating_add(messages);
        } else if all.len() < MAX {
            let mut first = one.clone();
            *first.messages() = messages;
            all.push(first);
        } else {
            all_kept = false;
        }
    }
    all_kept
}
