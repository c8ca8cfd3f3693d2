//! DMARC by RFC 9989: author domain, policy discovery by tree walk, alignment identifier by identifier.

use serde::Serialize;

use super::Alignment;
use super::trace::Step;
use crate::dns::{Ledger, QuestionId};

mod align;
mod answer;
mod destination;
mod discover;
mod fault;
mod policy;
mod psl;
pub mod record;
mod relation;
mod several;

pub use align::MAX_IDENTIFIER_WALKS;
pub use destination::{Destination, MAX_DESTINATIONS, Permission, ReportTag};
pub use discover::MAX_WALK_QUESTIONS;
pub use fault::{Fault, Faulty};
use record::Record;
pub use relation::{Compared, Relation};
pub use several::{MAX_AUTHORS, WouldBe};

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The whole evaluation; the text is the author domain.
    DmarcCheck,
    /// Finding the author domain (section 5.3.1).
    DmarcAuthorDomain,
    /// One name of the tree walk (section 4.10); the text is the name that was asked for.
    DmarcWalkName,
    /// One TXT text at a name of the walk; the text is the record.
    DmarcRecord,
    /// A part of a record that has no effect or is wrong; the text is that part.
    DmarcTag,
    /// A walk from one domain to its organizational domain (section 4.10.2).
    DmarcWalk,
    /// Whether the author domain exists, for `np` (section 3.2.13).
    DmarcExistence,
    /// Choosing the record and the policy (section 4.10.1).
    DmarcPolicy,
    /// One identifier's alignment (section 4.4).
    DmarcAlignment,
    /// The reading by the Public Suffix List; the text is its organizational domain.
    DmarcPublicSuffix,
    /// Whether a destination of reports agreed to receive them (RFC 9990 section 4); the text is its URI.
    DmarcReportTo,
}

/// The result for the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DmarcResult {
    Pass,
    Fail,
    /// No record applies, or it is switched off.
    None,
    /// A question that was needed has no answer (section 5.3.6).
    TempError,
    /// Never of our own making: a record that cannot be read is dropped (section 4.10), which ends in `none`.
    PermError,
    /// There is not exactly one author domain (section 5.3.1).
    #[serde(rename = "not-applicable")]
    NotApplicable,
    /// Nobody could be asked.
    #[serde(rename = "not-evaluated")]
    NotEvaluated,
}

/// Why the result is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// An identifier passed and is aligned.
    Aligned,
    /// No identifier passed and is aligned.
    NothingAligned,
    NoRecord,
    /// A record without a usable `p` and without `rua` (section 4.10.1).
    SwitchedOff,
    NoFrom,
    SeveralFrom,
    SeveralAuthorDomains,
    /// A part of From that holds an `@` cannot be read.
    FromUnreadable,
    /// From holds no domain that DNS could be asked for.
    NoAuthorDomain,
    DnsTrouble,
    NotAsked,
    /// An identifier that could align was not evaluated (no address, no body, no key), so a fail is not proved.
    IdentifierNotEvaluated,
}

/// What the owner asks receivers to do with mail that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    None,
    Quarantine,
    Reject,
}

/// Which tag the policy was read from (section 4.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyTag {
    P,
    Sp,
    Np,
}

/// One question of a walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkStep {
    /// The domain, without `_dmarc.`.
    pub domain: String,
    pub question: QuestionId,
    pub found: Found,
    /// The texts there that are DMARC records or were meant to be, the first ten.
    pub texts: Vec<Text>,
}

/// One TXT text at a `_dmarc` name, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Which record of the answer.
    pub index: usize,
    pub record: Record,
}

/// What a name of the walk held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// Exactly one record.
    Record,
    /// No TXT record.
    Nothing,
    /// TXT records, none of them a DMARC record (section 4.7 `v`).
    OtherText,
    /// One DMARC record whose tag list is invalid, dropped (RFC 6376 section 3.2).
    UnusableDropped,
    /// Two or more, all dropped (section 4.10 steps 2 and 6).
    SeveralDropped,
    /// DNS gave no answer.
    Unreachable,
    /// Nobody was asked.
    NotAsked,
}

/// One identifier held against the author domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    pub source: IdentifierSource,
    pub domain: String,
    pub authentication: Authentication,
    /// `None` when DNS did not say enough to tell, or when no record applies that would say how to compare.
    pub alignment: Option<Alignment>,
    /// Why.
    pub relation: Relation,
    /// Its organizational domain, when it had to be found.
    pub organizational_domain: Option<String>,
}

impl Identifier {
    /// Whether it is the author domain's own, passed or not.
    #[must_use]
    pub const fn is_aligned(&self) -> bool {
        matches!(self.alignment, Some(Alignment::Strict | Alignment::Relaxed))
    }
}

/// Whether SPF or DKIM passed for an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// Exactly `pass`: the only one that makes an identifier (section 4.3).
    Passed,
    /// Any other result that was reached.
    NotPassed,
    /// A temporary error: neither passed nor not (section 5.3.6).
    TempError,
    /// No connecting address, no body, no key that could be asked for.
    NotEvaluated,
}

/// What an identifier comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierSource {
    /// The SPF MAIL FROM identity (section 3.2.4).
    Spf,
    /// The signature of that index.
    Dkim(usize),
}

/// What DMARC is evaluated for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// One list of domains (as written) for each From field; an entry is `None` where a mailbox has no domain.
    pub from_fields: Vec<Vec<Option<String>>>,
    pub from: FromState,
    /// The identifiers, SPF first.
    pub identifiers: Vec<Candidate>,
    pub envelope: Envelope,
}

/// Whether the list of author domains is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FromState {
    #[default]
    Whole,
    /// A part of From that may name another author cannot be read, so that no single one is certain (section 5.3.1).
    PartlyUnreadable,
}

/// Whether the MAIL FROM domain is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Envelope {
    /// It is among the identifiers, or there is none (a null sender without HELO).
    #[default]
    Known,
    /// The message does not show it. It could be aligned and pass, so a fail is not proved.
    Unknown,
}

/// One identifier before its alignment is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub source: IdentifierSource,
    /// As written.
    pub domain: String,
    pub authentication: Authentication,
}

/// The reading by the Public Suffix List (RFC 7489), where it differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PslReading {
    /// The registrable domain of the author domain.
    pub organizational_domain: Option<String>,
    pub result: DmarcResult,
    pub policy: Option<Policy>,
}

/// The evaluation of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dmarc {
    pub result: DmarcResult,
    pub reason: Reason,
    /// A-labels, lower case.
    pub author_domain: Option<String>,
    pub organizational_domain: Option<String>,
    /// The domain where the record was found that applies.
    pub record_at: Option<String>,
    pub record: Option<Text>,
    /// The question whose answer holds it.
    pub question: Option<QuestionId>,
    /// The policy after `sp`, `np` and `t`.
    pub policy: Option<Policy>,
    /// The policy before `t`.
    pub policy_published: Option<Policy>,
    pub policy_tag: Option<PolicyTag>,
    /// `t=y` lowered the policy by one level.
    pub testing: bool,
    pub adkim_strict: bool,
    pub aspf_strict: bool,
    pub identifiers: Vec<Identifier>,
    /// Every name that was asked for the author domain, in order.
    pub walk: Vec<WalkStep>,
    /// The older reading, when its result, policy or organizational domain differs.
    pub psl: Option<PslReading>,
    /// What each domain in From would come to by itself, where DMARC does not apply to the message.
    pub would_be: Vec<WouldBe>,
    /// How many more domains stand in From than are listed there.
    pub authors_left_out: usize,
    /// Where the record wants reports, and whether they may go there. It never changes the result.
    pub destinations: Vec<Destination>,
    /// The questions that only the destinations needed.
    pub report_questions: Vec<QuestionId>,
    pub trace: Step,
}

/// What the record that applies asks receivers to do with mail of the author domain that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyRequest<'a> {
    pub author: &'a str,
    pub record_at: &'a str,
    /// `None` when the record says nothing usable, which is read as `p=none`.
    pub tag: Option<PolicyTag>,
    /// As the tag says.
    pub published: Policy,
    /// One level lower where `t=y` is set.
    pub applied: Policy,
}

impl Dmarc {
    /// The best alignment among identifiers of that kind which passed.
    #[must_use]
    pub fn best_alignment(&self, dkim: bool) -> Alignment {
        let of_kind = |identifier: &&Identifier| matches!(identifier.source, IdentifierSource::Dkim(_)) == dkim;
        let aligned = |wanted| {
            self.identifiers.iter().filter(of_kind).any(|identifier| {
                identifier.authentication == Authentication::Passed && identifier.alignment == Some(wanted)
            })
        };
        if aligned(Alignment::Strict) {
            Alignment::Strict
        } else if aligned(Alignment::Relaxed) {
            Alignment::Relaxed
        } else {
            Alignment::No
        }
    }
}

impl Dmarc {
    /// What the owner asks for; `None` where no record applies or DNS did not say enough.
    #[must_use]
    pub fn request(&self) -> Option<PolicyRequest<'_>> {
        Some(PolicyRequest {
            author: self.author_domain.as_deref()?,
            record_at: self.record_at.as_deref()?,
            tag: self.policy_tag,
            published: self.policy_published?,
            applied: self.policy?,
        })
    }

    /// The record that applies.
    #[must_use]
    pub fn applied_record(&self) -> Option<&Record> {
        self.record.as_ref().map(|text| &text.record)
    }

    /// Each identifier with what it is held against.
    pub fn compared(&self) -> impl Iterator<Item = Compared<'_>> {
        self.identifiers.iter().map(|identifier| Compared {
            identifier,
            author: self.author_domain.as_deref().unwrap_or_default(),
            organization: self.organizational_domain.as_deref(),
        })
    }

    /// Whether the envelope sender is the author domain's own, passed or not.
    #[must_use]
    pub fn envelope_is_aligned(&self) -> bool {
        let mut identifiers = self.identifiers.iter();
        identifiers.any(|identifier| identifier.source == IdentifierSource::Spf && identifier.is_aligned())
    }

    /// The domains of identifiers that passed by themselves, aligned or not, each once.
    #[must_use]
    pub fn passed_domains(&self) -> Vec<String> {
        let mut domains: Vec<String> = Vec::new();
        for identifier in &self.identifiers {
            if identifier.authentication == Authentication::Passed && !domains.contains(&identifier.domain) {
                domains.push(identifier.domain.clone());
            }
        }
        domains
    }
}

/// Whether two normalized domains belong to one organization by the Public Suffix List: for where no record says where
/// the organization begins.
#[must_use]
pub fn is_same_organization(one: &str, other: &str) -> bool {
    psl::is_same_organization(one, other)
}

/// Evaluates DMARC by RFC 9989 and sets beside it what changes nothing about the result: the reading by the Public Suffix
/// List, each of several author domains by itself, and the destinations of reports. These may ask further names.
#[must_use]
pub fn check(input: &Input, dns: &Ledger<'_>) -> Dmarc {
    let mut dmarc = evaluate(input, dns);
    psl::compare(&mut dmarc, dns);
    several::evaluate(&mut dmarc, input, dns);
    destination::ask(&mut dmarc, dns);
    dmarc
}

/// Evaluates DMARC by RFC 9989 alone, with exactly the questions it wants.
#[must_use]
pub fn evaluate(input: &Input, dns: &Ledger<'_>) -> Dmarc {
    align::evaluate(input, dns)
}
