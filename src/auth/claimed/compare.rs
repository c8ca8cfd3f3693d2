//! The receiving side's record beside our own verdict, method by method, and why the two can differ. Nothing proved changes
//! by it.

use std::net::IpAddr;

use serde::Serialize;

use super::{Claim, ClaimedResult, Trust};
use crate::auth::Moments;
use crate::auth::arc::{Arc, ArcResult};
use crate::auth::dkim::{DkimResult, Signature};
use crate::auth::dmarc::{Dmarc, DmarcResult};
use crate::auth::iprev::{Iprev, IprevResult};
use crate::auth::spf::{self, SpfResult};

mod pair;
mod why;

/// What we proved ourselves.
#[derive(Debug, Clone, Copy)]
pub struct Proved<'a> {
    pub spf_mail_from: Option<&'a spf::Check>,
    pub spf_helo: Option<&'a spf::Check>,
    pub dkim: &'a [Signature],
    pub arc: &'a Arc,
    pub dmarc: &'a Dmarc,
    pub iprev: Option<&'a Iprev>,
    /// The connecting address.
    pub ip: Option<IpAddr>,
    /// The envelope sender; empty for the null sender.
    pub sender: Option<&'a str>,
    /// The Received field of the boundary hop.
    pub boundary: Option<usize>,
    pub moments: Moments,
}

/// The most recorded results that are compared; what a receiving side writes has a dozen.
pub const MAX_RECORDED: usize = 300;

/// Both sides of everything that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    pub rows: Vec<Comparison>,
    /// How many results were over [`MAX_RECORDED`].
    pub left_out: usize,
}

/// One thing that was checked, with what each side says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub subject: Subject,
    /// Where the receiving side recorded it, each time with the same word; empty where it recorded nothing.
    pub recorded: Vec<Recorded>,
    pub ours: Ours,
    pub agreement: Agreement,
    /// Why the two differ, or why they could not be compared.
    pub reasons: Vec<Reason>,
}

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Subject {
    SpfMailFrom,
    SpfHelo,
    /// The signature of that index; `None` where the message has none that the record could be about.
    Dkim {
        signature: Option<usize>,
    },
    Dmarc,
    Arc,
    Iprev,
}

/// One result of one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Recorded {
    /// Index among the claims.
    pub claim: usize,
    /// Index among its results.
    pub result: usize,
}

impl Recorded {
    #[must_use]
    pub fn find(self, claims: &[Claim]) -> Option<(&Claim, &ClaimedResult)> {
        let claim = claims.get(self.claim)?;
        Some((claim, claim.results.get(self.result)?))
    }
}

/// What we came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ours {
    Spf(Option<SpfResult>),
    Dkim(DkimResult),
    Dmarc(DmarcResult),
    Arc(ArcResult),
    Iprev(IprevResult),
    /// There is no such signature in the message.
    NoSignature,
    /// It was not evaluated, because something it needs is not known.
    NotJudged,
}

/// How the two stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    Agrees,
    /// The words differ, and neither is a pass.
    NeitherPassed,
    Differs,
    /// The receiving side recorded nothing.
    NotRecorded,
    /// We could not judge it.
    NotJudged,
    /// The recorded word is none that is known.
    UnknownWord,
}

/// A reason, and whether it was shown or only can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Reason {
    pub why: Why,
    pub certainty: Certainty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Facts of this message show it.
    Established,
    /// Nothing here speaks against it, and nothing shows it.
    Possible,
}

/// Why a record and our verdict differ or cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Why {
    /// The record is about another connecting address.
    OtherAddress {
        theirs: IpAddr,
    },
    /// It is about another envelope sender or HELO name.
    OtherSender,
    /// It is about another domain in From.
    OtherAuthor,
    /// DNS was asked now and not at receipt: the record may have been another one then.
    OtherMoment,
    /// The key is not in DNS today.
    KeyMissing,
    KeyRevoked,
    /// The key in DNS may not be the one that was there then.
    KeyReplaced,
    /// The key may have been published only later.
    KeyPublishedSince,
    /// The body is not as it was signed: it was changed after the record was written.
    BodyChangedSince,
    /// A signed field may have been changed after the record was written.
    HeaderChangedSince,
    /// The message may have had another form when the receiving side checked it.
    OtherForm,
    /// The signature was over when the message arrived (`x=`), which not every verifier heeds.
    ExpiryNotHeeded,
    /// rsa-sha1, or a length of key that must not count (RFC 8301).
    WeakNotHeeded,
    /// A rule of the standard that not every verifier holds to.
    RuleNotHeeded,
    /// The limits of SPF are counted differently (RFC 7208 section 4.6.4).
    LimitsCounted,
    /// The receiving side guessed, as no record was published.
    BestGuess,
    /// The receiving side followed a rule of its own.
    LocalPolicy,
    /// DNS gave the receiving side no answer.
    TheirDns,
    /// DMARC follows SPF or DKIM, which differ.
    FollowsSpf,
    FollowsDkim,
    /// The receiving side found the organisation by the Public Suffix List (RFC 7489).
    PslReading,
    /// The receiving side let an ARC chain override DMARC.
    ArcOverride,
    /// The receiving side sealed the message itself, after its check.
    SealedSince,
    /// The signature was taken out after the check, or the record does not speak the truth.
    SignatureGone,
    /// The signature stands above the record, so it came later.
    SignedSince,
    /// The receiving side may not have looked.
    NotLookedAt,
    /// Nobody asked DNS.
    NotAsked,
    /// DNS gave us no answer.
    NoAnswer,
    /// There is no body, or it was not kept as it was sent.
    BodyMissing,
    /// The header was not kept as it was sent.
    NotKept,
    /// The connecting address is not known.
    NoAddress,
    /// The envelope sender or the HELO name is not known.
    NoSender,
    /// Something that our verdict needs was not evaluated.
    Incomplete,
    /// The field may not be the receiving side's own.
    MayBeForged,
    /// Nothing that is known explains it.
    Unexplained,
}

impl Why {
    /// Whether the record is about something else than our verdict.
    #[must_use]
    pub const fn is_about_other(self) -> bool {
        matches!(self, Self::OtherAddress { .. } | Self::OtherSender | Self::OtherAuthor)
    }
}

/// What a word comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Pass,
    NoPass,
    /// A temporary error.
    Temporary,
    /// No verdict.
    Nothing,
}

/// Puts what the receiving side recorded beside what we proved; what it did not record comes last.
#[must_use]
pub fn compare(claims: &[Claim], proved: &Proved<'_>) -> Compared {
    let mut pairs = pair::pairs(claims, proved);
    let left_out = pairs.len().saturating_sub(MAX_RECORDED);
    pairs.truncate(MAX_RECORDED);
    let mut comparisons: Vec<Comparison> = Vec::new();
    for (subject, recorded) in pairs {
        let Some((claim, result)) = recorded.find(claims) else { continue };
        let same = |other: &&mut Comparison| {
            let is_same_word = other.recorded.iter().any(|place| {
                place.find(claims).is_some_and(|(known, said)| {
                    word_of(said) == word_of(result) && known.trust.is_trusted() == claim.trust.is_trusted()
                })
            });
            other.subject == subject && is_same_word
        };
        match comparisons.iter_mut().find(same) {
            Some(known) => known.recorded.push(recorded),
            None => comparisons.push(judge(subject, recorded, (claim, result), proved)),
        }
    }
    why::follow(&mut comparisons, claims, proved.dmarc);
    add_unrecorded(&mut comparisons, proved);
    comparisons.sort_by_key(|comparison| comparison.subject);
    Compared { rows: comparisons, left_out }
}

fn judge(
    subject: Subject,
    recorded: Recorded,
    (claim, result): (&Claim, &ClaimedResult),
    proved: &Proved<'_>,
) -> Comparison {
    let ours = ours(subject, proved);
    let theirs = class_of(result);
    let mut agreement = match (theirs, ours.class()) {
        (None, _) => Agreement::UnknownWord,
        (_, Class::Nothing | Class::Temporary) => Agreement::NotJudged,
        (Some(_), _) if word_of(result) == ours.word() => Agreement::Agrees,
        (Some(Class::Pass), Class::Pass) => Agreement::Agrees,
        (Some(Class::Pass), Class::NoPass) | (Some(_), Class::Pass) => Agreement::Differs,
        (Some(_), Class::NoPass) => Agreement::NeitherPassed,
    };
    let mut reasons = why::reasons(subject, claim, result, proved);
    if reasons.iter().any(|reason| reason.why == Why::SealedSince) {
        agreement = Agreement::Agrees;
    }
    match agreement {
        // The same word about something else.
        Agreement::Agrees => reasons.retain(|reason| reason.why.is_about_other() || reason.why == Why::SealedSince),
        Agreement::UnknownWord | Agreement::NotRecorded => reasons.clear(),
        Agreement::NotJudged => reasons = why::not_judged(subject, proved),
        Agreement::NeitherPassed => reasons.retain(|reason| reason.certainty == Certainty::Established),
        Agreement::Differs => {}
    }
    if matches!(claim.trust, Trust::Unsure(_)) && agreement == Agreement::Differs {
        reasons.insert(0, Reason { why: Why::MayBeForged, certainty: Certainty::Possible });
    }
    Comparison { subject, recorded: vec![recorded], ours, agreement, reasons }
}

/// What we came to about it.
fn ours(subject: Subject, proved: &Proved<'_>) -> Ours {
    let spf = |check: Option<&spf::Check>| check.map_or(Ours::NotJudged, |check| Ours::Spf(check.result));
    match subject {
        Subject::SpfMailFrom => spf(proved.spf_mail_from),
        Subject::SpfHelo => spf(proved.spf_helo),
        Subject::Dkim { signature: Some(index) } => {
            proved.dkim.get(index).map_or(Ours::NoSignature, |signature| Ours::Dkim(signature.result))
        }
        Subject::Dkim { signature: None } => Ours::NoSignature,
        Subject::Dmarc => Ours::Dmarc(proved.dmarc.result),
        Subject::Arc => Ours::Arc(proved.arc.result),
        Subject::Iprev => proved.iprev.map_or(Ours::NotJudged, |iprev| Ours::Iprev(iprev.result)),
    }
}

impl Ours {
    fn class(self) -> Class {
        match self {
            Self::Spf(Some(SpfResult::Pass))
            | Self::Dkim(DkimResult::Pass)
            | Self::Dmarc(DmarcResult::Pass)
            | Self::Arc(ArcResult::Pass)
            | Self::Iprev(IprevResult::Pass) => Class::Pass,
            Self::Spf(Some(SpfResult::TempError))
            | Self::Dkim(DkimResult::TempError)
            | Self::Dmarc(DmarcResult::TempError)
            | Self::Iprev(IprevResult::TempError) => Class::Temporary,
            Self::Spf(None)
            | Self::Dkim(DkimResult::NotEvaluated)
            | Self::Dmarc(DmarcResult::NotEvaluated)
            | Self::Arc(ArcResult::NotEvaluated)
            | Self::Iprev(IprevResult::NotEvaluated)
            | Self::NotJudged => Class::Nothing,
            Self::Spf(Some(_)) | Self::Dkim(_) | Self::Dmarc(_) | Self::Arc(_) | Self::Iprev(_) | Self::NoSignature => {
                Class::NoPass
            }
        }
    }

    /// The word that a server would write for it (RFC 8601 section 2.7).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Spf(Some(SpfResult::Pass))
            | Self::Dkim(DkimResult::Pass)
            | Self::Dmarc(DmarcResult::Pass)
            | Self::Arc(ArcResult::Pass)
            | Self::Iprev(IprevResult::Pass) => "pass",
            Self::Spf(Some(SpfResult::Fail))
            | Self::Dkim(DkimResult::Fail)
            | Self::Dmarc(DmarcResult::Fail)
            | Self::Arc(ArcResult::Fail)
            | Self::Iprev(IprevResult::Fail) => "fail",
            Self::Spf(Some(SpfResult::None))
            | Self::Dmarc(DmarcResult::None)
            | Self::Arc(ArcResult::None)
            | Self::NoSignature => "none",
            Self::Spf(Some(SpfResult::SoftFail)) => "softfail",
            Self::Spf(Some(SpfResult::Neutral)) | Self::Dkim(DkimResult::Neutral) => "neutral",
            Self::Spf(Some(SpfResult::TempError))
            | Self::Dkim(DkimResult::TempError)
            | Self::Dmarc(DmarcResult::TempError)
            | Self::Iprev(IprevResult::TempError) => "temperror",
            // No PTR record is a permanent error of iprev (RFC 8601 section 2.7.3).
            Self::Spf(Some(SpfResult::PermError))
            | Self::Dkim(DkimResult::PermError)
            | Self::Dmarc(DmarcResult::PermError)
            | Self::Iprev(IprevResult::None) => "permerror",
            Self::Dkim(DkimResult::Policy) => "policy",
            Self::Dmarc(DmarcResult::NotApplicable) => "not-applicable",
            Self::Spf(None)
            | Self::Dkim(DkimResult::NotEvaluated)
            | Self::Dmarc(DmarcResult::NotEvaluated)
            | Self::Arc(ArcResult::NotEvaluated)
            | Self::Iprev(IprevResult::NotEvaluated)
            | Self::NotJudged => "not-evaluated",
        }
    }
}

/// The recorded word, old spellings replaced.
fn word_of(result: &ClaimedResult) -> &str {
    match result.result.as_str() {
        "hardfail" => "fail",
        other => other,
    }
}

/// What a recorded word comes to; `None` where it is not known.
fn class_of(result: &ClaimedResult) -> Option<Class> {
    match word_of(result) {
        "pass" => Some(Class::Pass),
        "none" | "fail" | "softfail" | "neutral" | "policy" | "permerror" | "bestguesspass" => Some(Class::NoPass),
        "temperror" => Some(Class::Temporary),
        _ => None,
    }
}

/// What we judged and the receiving side did not record.
fn add_unrecorded(comparisons: &mut Vec<Comparison>, proved: &Proved<'_>) {
    let signatures = 0..proved.dkim.len().min(Signature::MAX_VERIFIED);
    let signatures = signatures.map(|index| Subject::Dkim { signature: Some(index) });
    let subjects = [Subject::SpfMailFrom].into_iter().chain(signatures).chain([Subject::Dmarc, Subject::Arc]);
    for subject in subjects {
        let ours = ours(subject, proved);
        let is_nothing = matches!(ours, Ours::NotJudged | Ours::Arc(ArcResult::None));
        let is_known = comparisons.iter().any(|known| known.subject == subject);
        if !is_known && !is_nothing {
            let agreement = Agreement::NotRecorded;
            comparisons.push(Comparison { subject, recorded: Vec::new(), ours, agreement, reasons: Vec::new() });
        }
    }
}
