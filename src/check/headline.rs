//! The one sentence: a decision table from facts to the first thing to say, and who can change it.

use std::net::IpAddr;

use serde::Serialize;

use super::{Actor, Evidence};
use crate::auth::dkim::{Reason as DkimReason, Signature};
use crate::auth::dmarc::{DmarcResult, Policy, Reason as DmarcReason};
use crate::auth::spf::{self, Reason as SpfReason, SpfResult};
use crate::facts::Facts;
use crate::message::Span;
use crate::path::TlsState;

/// The sentence that stands first, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    pub verdict: Verdict,
    pub actor: Actor,
    /// Never empty; the primary place first.
    pub evidence: Vec<Evidence>,
}

/// What the message comes to, with the values its sentence needs. The words live in `text/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Verdict {
    /// DMARC passes and nothing needs to be done.
    AllWell { author: String, spf: bool, dkim: bool },
    /// DMARC passes by DKIM; SPF failed at a forwarder's address.
    ForwardedDkimCarries { author: String },
    /// DMARC passes; the last way into the receiving side was not encrypted.
    ArrivalNotEncrypted { author: String, by: Option<String> },
    /// SPF needs more than ten look-ups. `passes`: DKIM carries DMARC all the same.
    SpfOverLimit { author: String, owner: String, passes: bool },
    /// What passed belongs to a sending service's domain; the author domain's own signature is missing.
    ThirdPartySignature { author: String, signer: String },
    /// Only SPF passed, for another domain than the author's.
    ThirdPartyEnvelope { author: String, envelope: String },
    /// What passed belongs to a domain with no visible tie to the author domain, which asks to refuse such mail.
    OtherDomainOnly { author: String, passed: String, policy: Policy },
    /// A mailing list changed the signed message.
    ListModified { author: String, signer: String },
    /// Something on the way changed the signed message.
    Modified { author: String, signer: String },
    /// The author domain's signature is there; its key is not in DNS today.
    KeyMissing { author: String, selector: String },
    /// The author domain's signature cannot count, for a reason in the signature or its key.
    SignatureUnusable { author: String, selector: Option<String> },
    /// Forwarded, and not signed: nothing survived that could prove the author domain.
    ForwardedUnsigned { author: String },
    /// Nothing passed, and the author domain asks to quarantine or refuse such mail.
    Spoofed { author: String, ip: Option<IpAddr>, policy: Policy },
    /// Nothing passed; the author domain asks for nothing.
    Unauthenticated { author: String },
    /// The author domain publishes no DMARC record; `proved` says whether it passed SPF or DKIM all the same.
    NoDmarcRecord { author: String, proved: bool },
    /// From holds no single author domain; 0 when it holds none at all that could be asked for.
    NoSingleAuthor { domains: usize },
    /// DNS gave no answer to what decides.
    DnsUnreachable { author: String },
    /// No question was asked of DNS, so nothing is proved.
    NotAsked { author: Option<String> },
    /// A header block without a body: the header signature is right, the body cannot be judged.
    HeadersOnlySigned { author: String },
    /// A header block without a body, and nothing in it that could decide.
    HeadersOnly { author: String },
    /// Something that would decide could not be evaluated.
    NotEnough { author: String },
}

impl Verdict {
    /// The code in the JSON report.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AllWell { .. } => "all-well",
            Self::ForwardedDkimCarries { .. } => "forwarded-dkim-carries",
            Self::ArrivalNotEncrypted { .. } => "arrival-not-encrypted",
            Self::SpfOverLimit { .. } => "spf-over-limit",
            Self::ThirdPartySignature { .. } => "third-party-signature",
            Self::ThirdPartyEnvelope { .. } => "third-party-envelope",
            Self::OtherDomainOnly { .. } => "other-domain-only",
            Self::ListModified { .. } => "list-modified",
            Self::Modified { .. } => "modified",
            Self::KeyMissing { .. } => "key-missing",
            Self::SignatureUnusable { .. } => "signature-unusable",
            Self::ForwardedUnsigned { .. } => "forwarded-unsigned",
            Self::Spoofed { .. } => "spoofed",
            Self::Unauthenticated { .. } => "unauthenticated",
            Self::NoDmarcRecord { .. } => "no-dmarc-record",
            Self::NoSingleAuthor { .. } => "no-single-author",
            Self::DnsUnreachable { .. } => "dns-unreachable",
            Self::NotAsked { .. } => "not-asked",
            Self::HeadersOnlySigned { .. } => "headers-only-signed",
            Self::HeadersOnly { .. } => "headers-only",
            Self::NotEnough { .. } => "not-enough",
        }
    }

    /// How the sentence is meant, for its colour and its mark.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self {
            Self::AllWell { .. } | Self::ForwardedDkimCarries { .. } => Tone::Good,
            Self::ArrivalNotEncrypted { .. }
            | Self::NoDmarcRecord { .. }
            | Self::SpfOverLimit { passes: true, .. }
            | Self::ListModified { .. }
            | Self::ForwardedUnsigned { .. } => Tone::Caution,
            Self::SpfOverLimit { .. }
            | Self::ThirdPartySignature { .. }
            | Self::ThirdPartyEnvelope { .. }
            | Self::OtherDomainOnly { .. }
            | Self::Modified { .. }
            | Self::SignatureUnusable { .. }
            | Self::Spoofed { .. }
            | Self::Unauthenticated { .. }
            | Self::NoSingleAuthor { .. } => Tone::Bad,
            Self::KeyMissing { .. }
            | Self::DnsUnreachable { .. }
            | Self::NotAsked { .. }
            | Self::HeadersOnlySigned { .. }
            | Self::HeadersOnly { .. }
            | Self::NotEnough { .. } => Tone::Unknown,
        }
    }
}

/// How a verdict is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    Good,
    Caution,
    Bad,
    Unknown,
}

/// Chooses the sentence.
#[must_use]
pub fn choose(facts: &Facts) -> Headline {
    let (verdict, actor) = match (&facts.dmarc.author_domain, facts.dmarc.result) {
        (_, DmarcResult::NotApplicable) | (None, DmarcResult::Pass | DmarcResult::Fail | DmarcResult::None) => {
            let domains = match facts.dmarc.reason {
                // One domain may stand in several From fields.
                DmarcReason::SeveralFrom | DmarcReason::SeveralAuthorDomains => {
                    facts.identity.from.iter().filter(|mailbox| mailbox.domain.is_some()).count().max(2)
                }
                // What stands there may look like one, an address literal for example.
                _ => 0,
            };
            (Verdict::NoSingleAuthor { domains }, Actor::Sender)
        }
        (Some(author), DmarcResult::Pass) => passed(facts, author),
        (Some(author), DmarcResult::Fail) => failed(facts, author),
        (Some(author), DmarcResult::None | DmarcResult::PermError) => without_record(facts, author),
        (Some(author), DmarcResult::TempError) => (Verdict::DnsUnreachable { author: author.clone() }, Actor::Nobody),
        (author, DmarcResult::NotEvaluated | DmarcResult::TempError | DmarcResult::PermError) => {
            undecided(facts, author.as_ref())
        }
    };
    Headline { verdict, actor, evidence: evidence(facts) }
}

/// DMARC passes: what else is worth saying first.
fn passed(facts: &Facts, author: &str) -> (Verdict, Actor) {
    let author = author.to_owned();
    let spf = facts.spf.mail_from.as_ref();
    if let Some(check) = spf.filter(|check| check.reason == SpfReason::LookupLimit) {
        let owner = check.domain.clone();
        return (Verdict::SpfOverLimit { author, owner, passes: true }, Actor::Sender);
    }
    let boundary = facts.path.boundary_hop();
    if let Some(hop) = boundary.filter(|hop| hop.tls.state == TlsState::NotEncrypted) {
        let by = hop.by.as_ref().map(|by| by.value.clone());
        return (Verdict::ArrivalNotEncrypted { author, by }, Actor::Sender);
    }
    let spf_failed = spf
        .is_some_and(|check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral)));
    let rewritten = facts.dmarc.best_alignment(false) == crate::auth::Alignment::No;
    if facts.handling.passed_on() && (spf_failed || rewritten) {
        return (Verdict::ForwardedDkimCarries { author }, Actor::Nobody);
    }
    let aligned = |dkim| facts.dmarc.best_alignment(dkim) != crate::auth::Alignment::No;
    (Verdict::AllWell { author, spf: aligned(false), dkim: aligned(true) }, Actor::Nobody)
}

/// DMARC fails: the cause, the nearest to a remedy first.
fn failed(facts: &Facts, author: &str) -> (Verdict, Actor) {
    let policy = facts.dmarc.policy.unwrap_or(Policy::None);
    let own = facts.author_signature();
    let author = author.to_owned();
    if let Some(signature) = own {
        return broken_signature(facts, author, signature);
    }
    if let Some(check) = facts.spf.mail_from.as_ref().filter(|check| check.reason == SpfReason::LookupLimit) {
        let owner = check.domain.clone();
        return (Verdict::SpfOverLimit { author, owner, passes: false }, Actor::Sender);
    }
    if let Some(signature) = facts.dkim.iter().find(|signature| signature.reason == DkimReason::Verified) {
        let signer = signature.domain.clone().unwrap_or_default();
        return third_party(facts, Verdict::ThirdPartySignature { author, signer }, policy);
    }
    if let Some(check) = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::Pass)) {
        let envelope = check.domain.clone();
        return third_party(facts, Verdict::ThirdPartyEnvelope { author, envelope }, policy);
    }
    if facts.handling.passed_on() {
        return (Verdict::ForwardedUnsigned { author }, Actor::Sender);
    }
    match policy {
        Policy::None => (Verdict::Unauthenticated { author }, Actor::Sender),
        Policy::Quarantine | Policy::Reject => {
            // Only the author domain's own record says who is not allowed to send for it.
            let refuses = |check: &&spf::Check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail));
            let ip = facts.spf.header_from.as_ref().filter(refuses).map(|check| check.ip);
            (Verdict::Spoofed { author, ip, policy }, Actor::Nobody)
        }
    }
}

/// Another domain passed. Without a mark of bulk or automatic mail, and against a domain that asks to refuse, it is
/// not for us to call the other domain a sending service.
fn third_party(facts: &Facts, verdict: Verdict, policy: Policy) -> (Verdict, Actor) {
    let looks_like_a_service = facts.stream.is_sent_by_program();
    match verdict {
        Verdict::ThirdPartySignature { author, signer: passed }
        | Verdict::ThirdPartyEnvelope { author, envelope: passed }
            if policy != Policy::None && !looks_like_a_service =>
        {
            (Verdict::OtherDomainOnly { author, passed, policy }, Actor::Sender)
        }
        other => (other, Actor::Sender),
    }
}

/// The author domain signed, and the signature does not count.
fn broken_signature(facts: &Facts, author: String, signature: &Signature) -> (Verdict, Actor) {
    let signer = signature.domain.clone().unwrap_or_default();
    match signature.reason {
        DkimReason::BodyHashMismatch | DkimReason::HeaderSignatureInvalid | DkimReason::BodyAndHeaderMismatch => {
            if facts.handling.list.is_some() {
                (Verdict::ListModified { author, signer }, Actor::Forwarder)
            } else {
                (Verdict::Modified { author, signer }, Actor::Forwarder)
            }
        }
        DkimReason::KeyMissing => {
            let selector = signature.selector.clone().unwrap_or_default();
            (Verdict::KeyMissing { author, selector }, Actor::Sender)
        }
        _ => (Verdict::SignatureUnusable { author, selector: signature.selector.clone() }, Actor::Sender),
    }
}

fn without_record(facts: &Facts, author: &str) -> (Verdict, Actor) {
    let passes_for = |domain: &str| domain == author || domain.ends_with(&format!(".{author}"));
    let spf = facts.spf.mail_from.as_ref();
    let proved = spf.is_some_and(|check| check.result == Some(SpfResult::Pass) && passes_for(&check.domain))
        || facts.dkim.iter().any(|signature| {
            signature.reason == DkimReason::Verified && signature.domain.as_deref().is_some_and(passes_for)
        });
    (Verdict::NoDmarcRecord { author: author.to_owned(), proved }, Actor::Sender)
}

/// DMARC could not be evaluated: say what is missing.
fn undecided(facts: &Facts, author: Option<&String>) -> (Verdict, Actor) {
    let verdict = match (author, facts.dmarc.reason) {
        (None, _) | (_, DmarcReason::NotAsked) => Verdict::NotAsked { author: author.cloned() },
        (Some(author), _) if facts.input.headers_only() => {
            let signed = facts
                .author_signature()
                .is_some_and(|signature| signature.reason == DkimReason::HeaderVerifiedBodyNotAvailable);
            let author = author.clone();
            if signed { Verdict::HeadersOnlySigned { author } } else { Verdict::HeadersOnly { author } }
        }
        (Some(author), _) => {
            let not_asked = facts.dkim.iter().any(|signature| signature.reason == DkimReason::KeyNotAsked);
            let author = author.clone();
            if not_asked { Verdict::NotAsked { author: Some(author) } } else { Verdict::NotEnough { author } }
        }
    };
    (verdict, Actor::Nobody)
}

/// The evaluation of DMARC, and From where the author domain stands.
fn evidence(facts: &Facts) -> Vec<Evidence> {
    let from = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    vec![Evidence::Step(facts.dmarc.trace.id.clone()), Evidence::Bytes(from)]
}
