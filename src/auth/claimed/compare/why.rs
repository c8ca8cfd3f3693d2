//! Why a record and our verdict can differ: what the facts of this message show, and what nothing speaks against.

use jiff::SignedDuration;

use super::{Agreement, Certainty, Class, Comparison, Proved, Reason, Subject, Why, class_of, word_of};
use crate::auth::arc::{self, ArcResult};
use crate::auth::claimed::session::domain_of;
use crate::auth::claimed::{Claim, ClaimedResult, Note, client_ip, mail_from};
use crate::auth::dkim::{self, Signature};
use crate::auth::dmarc::{self, Dmarc, DmarcResult, IdentifierSource};
use crate::auth::spf::{self, MAX_VOID_LOOKUPS};

/// How long DNS answers are held back: what was received a shorter time ago was checked with the same ones.
const SAME_MOMENT: SignedDuration = SignedDuration::from_hours(1);

/// Collects reasons, each once.
#[derive(Default)]
struct Reasons(Vec<Reason>);

impl Reasons {
    fn add(&mut self, why: Why, certainty: Certainty) {
        if !self.0.iter().any(|known| known.why == why) {
            self.0.push(Reason { why, certainty });
        }
    }

    fn shown(&mut self, why: Why) {
        self.add(why, Certainty::Established);
    }

    fn possible(&mut self, why: Why) {
        self.add(why, Certainty::Possible);
    }

    /// What was shown first; where nothing explains it, that.
    fn done(mut self) -> Vec<Reason> {
        self.0.sort_by_key(|reason| reason.certainty == Certainty::Possible);
        if self.0.is_empty() {
            self.shown(Why::Unexplained);
        }
        self.0
    }
}

/// Why the two could differ. Whether they do is for the caller to see.
pub(super) fn reasons(subject: Subject, claim: &Claim, result: &ClaimedResult, proved: &Proved<'_>) -> Vec<Reason> {
    let mut reasons = Reasons::default();
    if class_of(result) == Some(Class::Temporary) {
        reasons.shown(Why::TheirDns);
    }
    if result.notes.contains(&Note::LocalPolicy) || result.result == "policy" {
        reasons.shown(Why::LocalPolicy);
    }
    match subject {
        Subject::SpfMailFrom => spf(&mut reasons, result, proved.spf_mail_from, proved),
        Subject::SpfHelo => spf(&mut reasons, result, proved.spf_helo, proved),
        Subject::Dkim { signature } => match signature.and_then(|index| proved.dkim.get(index)) {
            Some(signature) => dkim(&mut reasons, claim, result, signature, proved),
            None => reasons.possible(Why::SignatureGone),
        },
        Subject::Dmarc => dmarc(&mut reasons, result, proved),
        Subject::Arc => arc(&mut reasons, result, proved),
        Subject::Iprev => {
            other_address(&mut reasons, result, proved);
            other_moment(&mut reasons, proved);
        }
    }
    reasons.done()
}

fn other_address(reasons: &mut Reasons, result: &ClaimedResult, proved: &Proved<'_>) {
    if let Some(theirs) = client_ip(result).filter(|theirs| proved.ip.is_some_and(|ip| ip.to_canonical() != *theirs)) {
        reasons.shown(Why::OtherAddress { theirs });
    }
}

fn other_moment(reasons: &mut Reasons, proved: &Proved<'_>) {
    if proved.moments.now.duration_since(proved.moments.judged_at) > SAME_MOMENT {
        reasons.possible(Why::OtherMoment);
    }
}

fn spf(reasons: &mut Reasons, result: &ClaimedResult, check: Option<&spf::Check>, proved: &Proved<'_>) {
    let Some(check) = check else { return };
    other_address(reasons, result, proved);
    let named = mail_from(result).filter(|sender| !sender.value.is_empty());
    let named = named.map(|sender| sender.value).or_else(|| Some(result.property("smtp.helo")?.value.clone()));
    if named.and_then(|name| domain_of(&name)).is_some_and(|name| name != check.domain) {
        reasons.shown(Why::OtherSender);
    }
    if result.notes.contains(&Note::BestGuessRecord) {
        reasons.shown(Why::BestGuess);
    }
    let is_limit =
        |reason| matches!(reason, spf::Reason::LookupLimit | spf::Reason::VoidLookupLimit | spf::Reason::MxLimit);
    if is_limit(check.reason) {
        reasons.shown(Why::LimitsCounted);
    } else if result.result == "permerror" && check.void_questions > MAX_VOID_LOOKUPS {
        reasons.possible(Why::LimitsCounted);
    }
    other_moment(reasons, proved);
}

fn dkim(reasons: &mut Reasons, claim: &Claim, result: &ClaimedResult, signature: &Signature, proved: &Proved<'_>) {
    if result.result == "none" {
        // A field is written above those that were there before.
        let is_later = signature.field < claim.field;
        return if is_later { reasons.shown(Why::SignedSince) } else { reasons.possible(Why::NotLookedAt) };
    }
    if class_of(result) == Some(Class::Pass) {
        return invalid_now(reasons, signature);
    }
    if result.notes.iter().any(|note| matches!(note, Note::BodyHashWrong | Note::SignatureWrong)) {
        reasons.possible(Why::OtherForm);
    }
    let is_now = proved.moments.now.duration_since(proved.moments.judged_at) <= SAME_MOMENT;
    if !is_now && class_of(result) != Some(Class::Temporary) {
        reasons.possible(Why::KeyPublishedSince);
    }
}

/// Why a signature that was valid once does not verify today.
fn invalid_now(reasons: &mut Reasons, signature: &Signature) {
    match signature.reason {
        dkim::Reason::KeyMissing => reasons.shown(Why::KeyMissing),
        dkim::Reason::KeyRevoked => reasons.shown(Why::KeyRevoked),
        dkim::Reason::KeyBroken | dkim::Reason::KeyMismatch => reasons.possible(Why::KeyReplaced),
        dkim::Reason::BodyHashMismatch => reasons.shown(Why::BodyChangedSince),
        dkim::Reason::BodyAndHeaderMismatch => {
            reasons.shown(Why::BodyChangedSince);
            reasons.possible(Why::HeaderChangedSince);
            reasons.possible(Why::KeyReplaced);
        }
        dkim::Reason::HeaderSignatureInvalid => {
            reasons.possible(Why::HeaderChangedSince);
            reasons.possible(Why::KeyReplaced);
        }
        dkim::Reason::LengthBeyondBody => reasons.possible(Why::BodyChangedSince),
        dkim::Reason::ExpiredAtReceipt => reasons.shown(Why::ExpiryNotHeeded),
        dkim::Reason::Sha1NotValid | dkim::Reason::KeyTooShort => reasons.shown(Why::WeakNotHeeded),
        dkim::Reason::TagMissing
        | dkim::Reason::TagBroken
        | dkim::Reason::VersionUnknown
        | dkim::Reason::AlgorithmUnknown
        | dkim::Reason::CanonicalizationUnknown
        | dkim::Reason::QueryMethodUnknown
        | dkim::Reason::FromNotSigned
        | dkim::Reason::IdentityOutsideDomain
        | dkim::Reason::KeyNotForEmail
        | dkim::Reason::KeyStrictIdentity => reasons.shown(Why::RuleNotHeeded),
        dkim::Reason::Verified
        | dkim::Reason::HeaderVerifiedBodyNotAvailable
        | dkim::Reason::HeaderRewritten
        | dkim::Reason::KeyUnreachable
        | dkim::Reason::KeyNotAsked
        | dkim::Reason::KeyTooLong
        | dkim::Reason::LimitExceeded => {}
    }
}

fn dmarc(reasons: &mut Reasons, result: &ClaimedResult, proved: &Proved<'_>) {
    let ours = proved.dmarc;
    let named = result.property("header.from").and_then(|name| domain_of(&name.value));
    if let (Some(named), Some(author)) = (named, &ours.author_domain)
        && named != *author
    {
        reasons.shown(Why::OtherAuthor);
    }
    if result.notes.contains(&Note::BestGuessPass) {
        reasons.shown(Why::BestGuess);
    }
    if result.notes.contains(&Note::ArcOverride) {
        reasons.shown(Why::ArcOverride);
    }
    if ours.psl.as_ref().is_some_and(|psl| dmarc_word(psl.result) == word_of(result)) {
        reasons.shown(Why::PslReading);
    }
    let is_none = |word: &str| word == "none";
    if is_none(word_of(result)) != (ours.result == DmarcResult::None) {
        other_moment(reasons, proved);
    }
}

const fn dmarc_word(result: DmarcResult) -> &'static str {
    super::Ours::Dmarc(result).word()
}

fn arc(reasons: &mut Reasons, result: &ClaimedResult, proved: &Proved<'_>) {
    let ours = proved.arc;
    let is_own = |instance: &arc::Instance| {
        instance.seal.field.zip(proved.boundary).is_some_and(|(field, boundary)| field < boundary)
    };
    // The chain that the receiving side saw was the one below its own seals.
    if result.result == "none" && !ours.instances.is_empty() && ours.instances.iter().all(is_own) {
        return reasons.shown(Why::SealedSince);
    }
    match ours.result {
        ArcResult::None => return reasons.possible(Why::SignatureGone),
        ArcResult::Pass | ArcResult::NotEvaluated => return other_moment(reasons, proved),
        ArcResult::Fail => {}
    }
    match ours.reason {
        arc::Reason::BodyHashMismatch => reasons.shown(Why::BodyChangedSince),
        arc::Reason::MessageSignatureInvalid | arc::Reason::SealInvalid => {
            reasons.possible(Why::HeaderChangedSince);
            reasons.possible(Why::KeyReplaced);
        }
        arc::Reason::KeyMissing => reasons.shown(Why::KeyMissing),
        arc::Reason::KeyNotUsable => reasons.possible(Why::KeyReplaced),
        _ => {}
    }
}

/// Why there is no verdict of ours.
pub(super) fn not_judged(subject: Subject, proved: &Proved<'_>) -> Vec<Reason> {
    let mut reasons = Reasons::default();
    match subject {
        Subject::SpfMailFrom => not_judged_spf(&mut reasons, proved.spf_mail_from, proved),
        Subject::SpfHelo => not_judged_spf(&mut reasons, proved.spf_helo, proved),
        Subject::Dkim { signature } => match signature.and_then(|index| proved.dkim.get(index)).map(|own| own.reason) {
            Some(dkim::Reason::HeaderVerifiedBodyNotAvailable) => reasons.shown(Why::BodyMissing),
            Some(dkim::Reason::HeaderRewritten) => reasons.shown(Why::NotKept),
            Some(dkim::Reason::KeyUnreachable) => reasons.shown(Why::NoAnswer),
            Some(dkim::Reason::KeyNotAsked) => reasons.shown(Why::NotAsked),
            _ => reasons.shown(Why::Incomplete),
        },
        Subject::Dmarc => reasons.shown(match proved.dmarc.reason {
            dmarc::Reason::NotAsked => Why::NotAsked,
            dmarc::Reason::DnsTrouble => Why::NoAnswer,
            _ => Why::Incomplete,
        }),
        Subject::Arc => reasons.shown(match proved.arc.reason {
            arc::Reason::KeyMissing => Why::KeyMissing,
            arc::Reason::KeyUnreachable => Why::NoAnswer,
            arc::Reason::KeyNotAsked => Why::NotAsked,
            arc::Reason::BodyNotAvailable => Why::BodyMissing,
            arc::Reason::HeaderRewritten => Why::NotKept,
            _ => Why::Incomplete,
        }),
        Subject::Iprev => reasons.shown(match proved.iprev.map(|iprev| iprev.result) {
            None => Why::NoAddress,
            Some(crate::auth::iprev::IprevResult::TempError) => Why::NoAnswer,
            Some(_) => Why::NotAsked,
        }),
    }
    reasons.done()
}

fn not_judged_spf(reasons: &mut Reasons, check: Option<&spf::Check>, proved: &Proved<'_>) {
    reasons.shown(match check {
        None if proved.ip.is_none() => Why::NoAddress,
        None => Why::NoSender,
        Some(check) if check.reason == spf::Reason::NotAsked => Why::NotAsked,
        Some(_) => Why::NoAnswer,
    });
}

/// DMARC follows SPF and DKIM: where one of them differs in the same direction and is aligned, that is the reason.
pub(super) fn follow(comparisons: &mut [Comparison], claims: &[Claim], dmarc: &Dmarc) {
    let is_aligned = |subject: Subject| {
        let source = match subject {
            Subject::SpfMailFrom => IdentifierSource::Spf,
            Subject::Dkim { signature: Some(index) } => IdentifierSource::Dkim(index),
            // A signature that is gone may have been anybody's.
            Subject::Dkim { signature: None } => return true,
            Subject::SpfHelo | Subject::Dmarc | Subject::Arc | Subject::Iprev => return false,
        };
        dmarc.identifiers.iter().any(|identifier| identifier.source == source && identifier.is_aligned())
    };
    let passes = |comparison: &Comparison| {
        let recorded = comparison.recorded.first().and_then(|place| place.find(claims));
        recorded.is_some_and(|(_, result)| class_of(result) == Some(Class::Pass))
    };
    let differing: Vec<(Subject, bool)> = comparisons
        .iter()
        .filter(|comparison| comparison.agreement == Agreement::Differs && is_aligned(comparison.subject))
        .map(|comparison| (comparison.subject, passes(comparison)))
        .collect();
    let own = comparisons.iter_mut();
    for comparison in own.filter(|own| own.subject == Subject::Dmarc && own.agreement == Agreement::Differs) {
        let direction = passes(comparison);
        let mut reasons = Reasons(std::mem::take(&mut comparison.reasons));
        reasons.0.retain(|reason| reason.why != Why::Unexplained);
        for (subject, _) in differing.iter().filter(|(_, other)| *other == direction) {
            reasons.shown(match subject {
                Subject::Dkim { .. } => Why::FollowsDkim,
                _ => Why::FollowsSpf,
            });
        }
        comparison.reasons = reasons.done();
    }
}
