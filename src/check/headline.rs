//! The one sentence: a decision table from facts to the first thing to say, and who can change it.
//!
//! The first row that fits is taken. `tests/mail.rs` names a case for each.
//!
//! | DMARC | what else is the case | verdict |
//! |---|---|---|
//! | any | it is a report that tells of a refusal, and not spoofed itself | bounced |
//! | | it is a report that tells of deliveries alone, and not spoofed itself | delivered |
//! | | it brings a DMARC aggregate report, and is not spoofed itself | aggregate-report |
//! | fail, none | the author domain cannot be one of the Internet | author-not-public |
//! | | the author domain is not in DNS | author-domain-missing |
//! | not applicable | | no-single-author |
//! | pass | by SPF alone, for an address that a stranger may have written | not-enough |
//! | | by SPF alone, and every server passes, or as many as nobody sends from | anybody-passes |
//! | | the author domain is written so that it looks like another | author-lookalike |
//! | | the name in From is an address of somebody else | name-elsewhere |
//! | | the older reading comes to something else | readings-differ |
//! | | by a signature alone that covers nothing of the body | body-unsigned |
//! | | by a signature alone that leaves part of the body uncovered | partly-signed |
//! | | SPF needs more than ten look-ups | spf-over-limit |
//! | | the arrival was not encrypted | arrival-not-encrypted |
//! | | a field that may stand once is repeated | repeated-field |
//! | | the receiving side's filter took it for spam or phishing | filter-marked |
//! | | forwarded, so that SPF is not the author domain's, and carried by DKIM | forwarded-dkim-carries |
//! | | nothing of this | all-well |
//! | fail | the author signature does not count: its key is gone | key-missing |
//! | | … it does not fit, and a list passed the message on | list-modified |
//! | | … it does not fit for another reason | modified |
//! | | … it cannot count at all | signature-unusable |
//! | | … nothing passes, and an intact ARC seal of who brought it tells of a pass | forwarded-unsigned |
//! | | … nothing at all passes, and the record does not list the address | spoofed |
//! | | the aligned SPF record needs more than ten look-ups | spf-over-limit |
//! | | somebody stands by its marks of passing on, and does not say that it failed before | forwarded-unsigned |
//! | | another domain passed, of a message that a person wrote | other-domain-only |
//! | | another domain signed bulk or automatic mail | third-party-signature |
//! | | SPF alone passed for another domain | third-party-envelope |
//! | | the domain asks for more than reports and does not list the address | spoofed |
//! | | marks of passing on, which nothing proves | forwarded-unsigned |
//! | | nothing of this | unauthenticated |
//! | none | | no-dmarc-record |
//! | temperror | | dns-unreachable |
//! | not evaluated | nothing was asked, or not what decides | not-asked |
//! | | headers alone, and their signature fits | headers-only-signed |
//! | | … and it does not decide | headers-only |
//! | | nothing of this | not-enough |
//!
//! Where all is well or DKIM carries a forwarded message, and a finding weighs more than a note all the same, the worst one is
//! the next step ([`Headline::first`]).

mod failed;
mod lacking;
mod missing;
mod named;
mod places;

pub use lacking::{Lacking, UnfitFrom};
pub(super) use missing::missing_author;

use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;

use super::{Accepted, Actor, ChangedBy, Delivered, Evidence, Finding, Refused, Severity, Tally};
use super::{accepted, author_domain_lookalike, filter_marked_spam, filter_phish, from_name_elsewhere, refused, tally};
use crate::auth::Alignment;
use crate::auth::dkim::cause::Causes;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::{KeyState, Reason as DkimReason};
use crate::auth::dmarc::{self, DmarcResult, Policy};
use crate::auth::domain::is_public_suffix;
use crate::auth::spf::{Check, Reason as SpfReason, SpfResult};
use crate::bounce::Outcome;
use crate::dns::Entry;
use crate::facts::{Facts, Uncovered};
use crate::message::Span;
use crate::path::TlsState;
use crate::sender::Marks;
use crate::sender::services::Service;

/// The sentence that stands first, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    pub verdict: Verdict,
    pub actor: Actor,
    /// Nothing is wrong with what the sentence says; the code of the finding that is to be looked at first all the same.
    pub first: Option<&'static str>,
    /// The receiving side recorded otherwise, in the message's favour.
    pub accepted: Option<Accepted>,
    /// Never empty; the primary place first.
    pub evidence: Vec<Evidence>,
}

impl Headline {
    /// Names the worst finding where nothing would be left to do otherwise.
    #[must_use]
    pub fn completed(mut self, findings: &[Finding]) -> Self {
        let worst = findings.first().filter(|worst| worst.severity > Severity::Note);
        if let Some(worst) = worst.filter(|_| self.verdict.tone() == Tone::Good) {
            self.first = Some(worst.problem.code());
            self.actor = worst.actor;
        }
        self
    }

    /// How the sentence is meant beside what the findings say.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        if self.first.is_some() { Tone::Caution } else { self.verdict.tone() }
    }
}

/// What the message comes to, with the values its sentence needs. The words live in `text/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Verdict {
    /// A delivery report: who refused whom, and why. `reporter`: who says so.
    Bounced { refused: Refused, reporter: Option<String> },
    /// A delivery report: everybody it names got the message, as far as it could follow.
    Delivered { delivered: Delivered, reporter: Option<String> },
    /// A DMARC aggregate report: what it counted.
    AggregateReport { tally: Tally },
    /// DMARC passes and nothing needs to be done.
    AllWell { author: String, spf: bool, dkim: bool },
    /// DMARC passes for a domain that is written so that it looks like another.
    AuthorLookalike { author: String },
    /// DMARC passes; the name that mail programs show is an address of another organization.
    NameElsewhere { author: String, shown: String },
    /// DMARC passes, and a filter of the receiving side took the message for spam, or for phishing.
    FilterMarked { author: String, phishing: bool },
    /// DMARC passes by DKIM; SPF failed at a forwarder's address.
    ForwardedDkimCarries { author: String },
    /// DMARC passes; the last way into the receiving side was not encrypted.
    ArrivalNotEncrypted { author: String, by: Option<String> },
    /// DMARC passes by a signature alone that leaves bytes of the body uncovered (`l=`).
    PartlySigned { author: String, uncovered: usize },
    /// DMARC passes by a signature alone that covers none of the body (`l=0`).
    BodyUnsigned { author: String },
    /// DMARC passes, and comes to something else for receivers that still read the Public Suffix List (RFC 7489).
    /// `suffix`: it passes through a record of that public suffix alone, below which strangers have names, too.
    ReadingsDiffer { author: String, older_result: DmarcResult, suffix: Option<String> },
    /// DMARC passes by SPF alone, and `term` in the record of `owner` lets every server pass, or (not `everybody`) so many that
    /// a pass shows nobody ([`Check::passed_by_width`]).
    AnybodyPasses { author: String, owner: String, term: String, everybody: bool },
    /// DMARC passes; a field that may stand once stands there several times, so that programs may show different ones.
    RepeatedField { author: String, name: String },
    /// SPF needs more than ten look-ups. `passes`: DKIM carries DMARC all the same.
    SpfOverLimit { author: String, owner: String, passes: bool },
    /// What passed belongs to a sending service's domain; the author domain's own signature is missing.
    /// `service`: that service, where it is known and proved.
    ThirdPartySignature { author: String, signer: String, service: Option<&'static Service> },
    /// Only SPF passed, for another domain than the author's.
    ThirdPartyEnvelope { author: String, envelope: String, service: Option<&'static Service> },
    /// What passed belongs to a domain with no visible tie to the author domain.
    /// `related`: by name it is of the same organization, and what is published for DMARC does not let it count.
    OtherDomainOnly { author: String, passed: String, policy: Policy, related: bool },
    /// A mailing list changed the signed message. `proved`: the header signature fits, by itself or with known changes
    /// undone, so the signer did sign.
    /// `by_list`: something besides the marks shows that a list passed it on.
    ListModified { author: String, signer: String, proved: bool, by_list: bool, causes: Causes },
    /// The signature does not fit. `proved`: the header signature does, by itself or with known changes undone, so the
    /// message was changed after signing; otherwise the header was changed, or the key is not the signer's.
    Modified { author: String, signer: String, proved: bool, by: ChangedBy, causes: Causes },
    /// The author domain's signature is there; its key is not in DNS today.
    KeyMissing { author: String, signer: String, selector: String },
    /// The author domain's signature cannot count, for a reason in the signature or its key. `fits`: what is wrong with the
    /// record of the key, where that is all: the key in it made the signature.
    SignatureUnusable { author: String, selector: Option<String>, fits: Option<KeyFault> },
    /// Forwarded, and not signed: nothing survived that could prove the author domain. `by`: who stands by the `marks` of that,
    /// which anybody can write. `proved`: and is a service that passes mail on. `saw_pass`: who says under an intact ARC seal that
    /// DMARC passed when the message came there.
    ForwardedUnsigned { author: String, marks: Marks, by: Option<String>, proved: bool, saw_pass: Option<String> },
    /// Nothing passed, and the author domain asks to quarantine or refuse such mail. `ip`: the address that connected,
    /// where the author domain's SPF record does not list it. `marks`: of passing on, which nothing proves.
    Spoofed { author: String, ip: Option<IpAddr>, policy: Policy, marks: Option<Marks> },
    /// The author domain is not in DNS, so nobody can have sent from it.
    AuthorDomainMissing { author: String },
    /// The author domain cannot be one of the Internet, as that of a device nobody gave an address.
    AuthorNotPublic { author: String },
    /// Nothing passed, and nothing says that the message is none of the author domain's.
    Unauthenticated { author: String },
    /// The author domain publishes no DMARC record that counts; `proved` says whether it passed SPF or DKIM all the same,
    /// `broken` where one stands that does not count.
    NoDmarcRecord { author: String, proved: bool, broken: Option<String> },
    /// From holds no single author domain.
    NoSingleAuthor { from: UnfitFrom },
    /// DNS gave no answer to what decides.
    DnsUnreachable { author: String },
    /// None of the questions was asked of DNS, so nothing is proved.
    /// `recorded`: the answers come from a file that lacks them.
    NotAsked { author: Option<String>, recorded: bool },
    /// A header block without a body: the header signature is right, the body cannot be judged.
    HeadersOnlySigned { author: String },
    /// A header block without a body, and nothing in it that could decide.
    HeadersOnly { author: String },
    /// Something that would decide could not be evaluated.
    NotEnough { author: String, lacking: Lacking },
}

impl Verdict {
    /// The code in the JSON report.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bounced { .. } => "bounced",
            Self::Delivered { .. } => "delivered",
            Self::AggregateReport { .. } => "aggregate-report",
            Self::AllWell { .. } => "all-well",
            Self::AuthorLookalike { .. } => "author-lookalike",
            Self::NameElsewhere { .. } => "name-elsewhere",
            Self::FilterMarked { .. } => "filter-marked",
            Self::ForwardedDkimCarries { .. } => "forwarded-dkim-carries",
            Self::ArrivalNotEncrypted { .. } => "arrival-not-encrypted",
            Self::PartlySigned { .. } => "partly-signed",
            Self::BodyUnsigned { .. } => "body-unsigned",
            Self::ReadingsDiffer { .. } => "readings-differ",
            Self::AnybodyPasses { .. } => "anybody-passes",
            Self::RepeatedField { .. } => "repeated-field",
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
            Self::AuthorDomainMissing { .. } => "author-domain-missing",
            Self::AuthorNotPublic { .. } => "author-not-public",
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
            Self::AggregateReport { tally: Tally { failed: 1.., .. } }
            | Self::Bounced { refused: Refused { outcome: Outcome::Temporary, .. }, .. }
            | Self::AuthorLookalike { .. }
            | Self::NameElsewhere { .. }
            | Self::FilterMarked { .. }
            | Self::ArrivalNotEncrypted { .. }
            | Self::PartlySigned { .. }
            | Self::BodyUnsigned { .. }
            | Self::ReadingsDiffer { .. }
            | Self::AnybodyPasses { .. }
            | Self::RepeatedField { .. }
            | Self::NoDmarcRecord { .. }
            | Self::SpfOverLimit { passes: true, .. }
            | Self::ListModified { proved: true, .. }
            | Self::ListModified { by_list: true, .. }
            | Self::Modified { proved: true, by: ChangedBy::ReceivingSide, .. }
            | Self::ForwardedUnsigned { proved: true, .. } => Tone::Caution,
            // A claim by whoever wrote the report.
            Self::Delivered { .. }
            | Self::AggregateReport { .. }
            | Self::KeyMissing { .. }
            | Self::Modified { proved: true, by: ChangedBy::Storage, .. }
            | Self::Modified { by: ChangedBy::Saving, .. }
            | Self::AuthorNotPublic { .. }
            | Self::DnsUnreachable { .. }
            | Self::NotAsked { .. }
            | Self::HeadersOnlySigned { .. }
            | Self::HeadersOnly { .. }
            | Self::NotEnough { .. } => Tone::Unknown,
            Self::Bounced { .. }
            | Self::SpfOverLimit { .. }
            | Self::ThirdPartySignature { .. }
            | Self::ThirdPartyEnvelope { .. }
            | Self::OtherDomainOnly { .. }
            | Self::ListModified { .. }
            | Self::Modified { .. }
            | Self::ForwardedUnsigned { .. }
            | Self::SignatureUnusable { .. }
            | Self::Spoofed { .. }
            | Self::AuthorDomainMissing { .. }
            | Self::Unauthenticated { .. }
            | Self::NoSingleAuthor { .. } => Tone::Bad,
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
pub fn choose(facts: &Facts, questions: &[Arc<Entry>]) -> Headline {
    if let Some((verdict, actor, place)) = facts.is_report_alone().then(|| told(facts)).flatten() {
        return Headline { verdict, actor, first: None, accepted: None, evidence: place.into_iter().collect() };
    }
    if let Some((verdict, actor)) = missing::not_in_dns(facts, questions) {
        let evidence = places::evidence(facts, questions, &verdict);
        return Headline { verdict, actor, first: None, accepted: accepted::find(facts), evidence };
    }
    let (verdict, actor) = match (&facts.dmarc.author_domain, facts.dmarc.result) {
        (_, DmarcResult::NotApplicable) | (None, DmarcResult::Pass | DmarcResult::Fail | DmarcResult::None) => {
            (Verdict::NoSingleAuthor { from: UnfitFrom::of(facts) }, Actor::Sender)
        }
        (Some(author), DmarcResult::Pass) => passed(facts, author),
        (Some(author), DmarcResult::Fail) => failed::choose(facts, questions, author),
        (Some(author), DmarcResult::None | DmarcResult::PermError) => without_record(facts, author),
        (Some(author), DmarcResult::TempError) => (Verdict::DnsUnreachable { author: author.clone() }, Actor::Reader),
        (author, DmarcResult::NotEvaluated | DmarcResult::TempError | DmarcResult::PermError) => {
            undecided(facts, questions, author.as_ref())
        }
    };
    // What a report tells is what is asked about, unless the report itself is forged.
    let is_report = !matches!(verdict, Verdict::Spoofed { .. });
    if let Some((told, actor, place)) = is_report.then(|| told(facts)).flatten() {
        let evidence = place.into_iter().chain(places::evidence(facts, questions, &told)).collect();
        return Headline { verdict: told, actor, first: None, accepted: None, evidence };
    }
    let evidence = places::evidence(facts, questions, &verdict);
    Headline { verdict, actor, first: None, accepted: accepted::find(facts), evidence }
}

/// What a report tells, and where.
fn told(facts: &Facts) -> Option<(Verdict, Actor, Option<Evidence>)> {
    if let Some((tally, place)) = tally::of(facts) {
        let actor = match tally.failed {
            1.. => Actor::Sender,
            0 if tally.at_least => Actor::Reader,
            0 => Actor::Nobody,
        };
        return Some((Verdict::AggregateReport { tally }, actor, Some(place)));
    }
    let bounce = facts.bounce.as_ref()?;
    let reporter = bounce.reporter.clone();
    if let Some(worst) = refused::worst(facts) {
        let verdict = Verdict::Bounced { refused: worst.refused, reporter };
        return Some((verdict, worst.actor, worst.places.into_iter().next()));
    }
    let (delivered, place) = refused::delivered(bounce)?;
    Some((Verdict::Delivered { delivered, reporter }, Actor::Nobody, Some(place)))
}

/// DMARC passes: what else is worth saying first.
fn passed(facts: &Facts, author: &str) -> (Verdict, Actor) {
    let author = author.to_owned();
    let spf = facts.spf.mail_from.as_ref();
    let passed_on = facts.handling.passed_on();
    let aligned = |dkim| facts.dmarc.best_alignment(dkim) != Alignment::No;
    // Nothing but an address proves the author domain, and it may be one that a stranger wrote.
    if facts.is_proof_unsure() {
        return (Verdict::NotEnough { author, lacking: Lacking::of(facts) }, Actor::Receiver);
    }
    if let Some(open) = spf.and_then(Check::passed_as_anybody).filter(|_| !aligned(true)) {
        let (owner, term) = (open.domain.clone(), open.term.clone().unwrap_or_default());
        return (Verdict::AnybodyPasses { author, owner, term, everybody: true }, Actor::Sender);
    }
    if let Some(wide) = spf.and_then(Check::passed_by_width).filter(|_| !aligned(true)) {
        let (owner, term) = (wide.domain.clone(), wide.term.clone());
        return (Verdict::AnybodyPasses { author, owner, term, everybody: false }, Actor::Sender);
    }
    if author_domain_lookalike::kind(facts).is_some() {
        return (Verdict::AuthorLookalike { author }, Actor::Receiver);
    }
    if let Some((shown, _)) = from_name_elsewhere::address(facts) {
        return (Verdict::NameElsewhere { author, shown }, Actor::Receiver);
    }
    if let Some(older) = facts.dmarc.psl.as_ref().filter(|older| older.result != DmarcResult::Pass) {
        let is_own = facts.dmarc.passed_domains().iter().any(|passed| dmarc::is_same_organization(passed, &author));
        let suffix = facts.dmarc.organizational_domain.clone().filter(|own| !is_own && is_public_suffix(own));
        let actor = if suffix.is_some() { Actor::Receiver } else { Actor::Sender };
        return (Verdict::ReadingsDiffer { author, older_result: older.result, suffix }, actor);
    }
    let spf_proves = aligned(false) && spf.is_none_or(|check| !check.shows_nobody());
    if let Some(uncovered) = facts.uncovered().filter(|_| !spf_proves) {
        let verdict = match uncovered {
            Uncovered::Everything => Verdict::BodyUnsigned { author },
            Uncovered::Rest(uncovered) => Verdict::PartlySigned { author, uncovered },
        };
        return (verdict, Actor::Sender);
    }
    if let Some(check) = spf.filter(|check| check.reason == SpfReason::LookupLimit) {
        let owner = check.domain.clone();
        return (Verdict::SpfOverLimit { author, owner, passes: true }, Actor::Sender);
    }
    let boundary = facts.path.boundary_hop();
    if let Some(hop) = boundary.filter(|hop| hop.tls.state == TlsState::NotEncrypted) {
        let by = hop.by.as_ref().map(|by| by.value.clone());
        let actor = if facts.handling.is_claimed() { Actor::Forwarder } else { Actor::Sender };
        return (Verdict::ArrivalNotEncrypted { author, by }, actor);
    }
    let spf_failed = spf
        .is_some_and(|check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral)));
    if let Some(name) = facts.input.repeated.first().map(|(name, _)| name.clone()) {
        return (Verdict::RepeatedField { author, name }, Actor::Sender);
    }
    if let Some((phishing, _)) = marked(facts) {
        return (Verdict::FilterMarked { author, phishing }, Actor::Receiver);
    }
    // Where SPF said nothing, as without a record, forwarding explains nothing.
    let spf_is_of_another = !aligned(false) && spf.is_some_and(|check| check.result == Some(SpfResult::Pass));
    if passed_on && aligned(true) && (spf_failed || spf_is_of_another) {
        return (Verdict::ForwardedDkimCarries { author }, Actor::Nobody);
    }
    (Verdict::AllWell { author, spf: aligned(false), dkim: aligned(true) }, Actor::Nobody)
}

/// What a filter of the receiving side took the message for, and where it says so.
fn marked(facts: &Facts) -> Option<(bool, Span)> {
    let phishing = filter_phish::mark(facts).map(|(_, entry)| (true, entry.place()));
    phishing.or_else(|| filter_marked_spam::mark(facts).map(|(_, entry)| (false, entry.place())))
}

/// Without a record nothing says where the author's organization begins, so the Public Suffix List does.
fn without_record(facts: &Facts, author: &str) -> (Verdict, Actor) {
    let passed = facts.dmarc.passed_domains();
    let proved = passed.iter().any(|domain| dmarc::is_same_organization(domain, author));
    let several = || facts.dmarc.duplicated().map(|step| step.domain.clone());
    let broken = facts.dmarc.faulty().map(|faulty| faulty.domain).or_else(several);
    (Verdict::NoDmarcRecord { author: author.to_owned(), proved, broken }, Actor::Sender)
}

/// SPF would decide, and DNS was not asked what it needs.
fn is_spf_not_asked(facts: &Facts) -> bool {
    facts.spf.mail_from.as_ref().is_some_and(|check| check.reason == SpfReason::NotAsked)
}

/// DMARC could not be evaluated: say what is missing.
fn undecided(facts: &Facts, questions: &[Arc<Entry>], author: Option<&String>) -> (Verdict, Actor) {
    let is_unasked = |entry: &Arc<Entry>| entry.answer.records.as_ref().is_err_and(|failure| failure.is_not_asked());
    // Without an address and without a signature no answer would decide.
    let is_open = !questions.iter().all(is_unasked) || facts.session.ip.is_none() && facts.dkim.is_empty();
    let not_asked = |author| (missing::not_asked(author, questions), Actor::Reader);
    let Some(author) = author.filter(|_| is_open) else { return not_asked(author.cloned()) };
    let author = author.clone();
    let verdict = match facts.author_signature() {
        Some(own) if own.reason == DkimReason::HeaderVerifiedBodyNotAvailable => Verdict::HeadersOnlySigned { author },
        Some(own) if own.reason == DkimReason::KeyMissing => {
            return failed::broken_signature(facts, questions, author, own);
        }
        _ if facts.input.headers_only => Verdict::HeadersOnly { author },
        own if own.is_some_and(|own| own.key.state == KeyState::NotAsked) || is_spf_not_asked(facts) => {
            return not_asked(Some(author));
        }
        _ => Verdict::NotEnough { author, lacking: Lacking::of(facts) },
    };
    (verdict, Actor::Receiver)
}
