//! Why the second engine comes to something else: each reason is shown by the facts, or by a run in which it is set aside.

use std::net::IpAddr;

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::{Error, dmarc as their_dmarc, spf as their_spf};

use super::caches::{self, DmarcCaches};
use super::compare;
use super::engine::{self, Identifiers, Signatures, Snag};
use super::wire::Wire;
use super::{Input, Known};
use crate::auth::arc::{self, ArcResult, PartState};
use crate::auth::dkim::canon::Form;
use crate::auth::dkim::{BodyHash, DkimResult, HeaderSignature};
use crate::auth::dmarc::{self, DmarcResult, Found, Policy};
use crate::auth::spf::{self, Check, SpfResult};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::QuestionId;
use crate::message::{Message, RepairCode};

/// Runs over the signatures of one message, each made once.
pub(super) struct Runs<'a> {
    pub(super) input: &'a Input<'a>,
    wire: &'a Wire,
    /// By what was set aside.
    made: Vec<(Vec<Known>, Option<Signatures>)>,
}

impl<'a> Runs<'a> {
    pub(super) const fn new(input: &'a Input<'a>, wire: &'a Wire) -> Self {
        Self { input, wire, made: Vec::new() }
    }

    /// The run in which nothing is set aside.
    pub(super) fn first(&mut self) -> Option<&Signatures> {
        self.without(&[])
    }

    /// The run in which these differences cannot arise.
    fn without(&mut self, aside: &[Known]) -> Option<&Signatures> {
        let made = self.made.iter().position(|(made, _)| made == aside).unwrap_or_else(|| {
            self.made.push((aside.to_vec(), self.run(aside)));
            self.made.len() - 1
        });
        self.made.get(made)?.1.as_ref()
    }

    fn run(&self, aside: &[Known]) -> Option<Signatures> {
        let is_aside = |known| aside.contains(&known);
        let chosen = if is_aside(Known::FirstRecordOnly) { self.proving_keys() } else { Vec::new() };
        let keys = caches::keys(self.input.entries, &chosen);
        let trimmed = is_aside(Known::TrailingWhiteSpace).then(|| self.wire.trimmed());
        let wire = trimmed.as_ref().unwrap_or(self.wire);
        let moments = self.input.moments;
        let at = if is_aside(Known::ExpiryJudgedToday) { moments.judged_at } else { moments.now };
        engine::signatures(wire, self.input.dkim, &keys, aside, at)
    }

    /// The record of each key that verified a signature for us.
    fn proving_keys(&self) -> Vec<(QuestionId, usize)> {
        let passing = self.input.dkim.iter().filter(|own| own.result == DkimResult::Pass);
        passing.filter_map(|own| Some((own.key.question?, own.key.record_index?))).collect()
    }
}

/// A signature that only one of the two passes.
pub(super) fn signature(runs: &mut Runs<'_>, index: usize, theirs: DkimResult, snag: Snag) -> Vec<Known> {
    let Some(own) = runs.input.dkim.get(index) else { return Vec::new() };
    if theirs == DkimResult::Pass {
        // What was signed is right for both, so that nothing is left but the rule that our reason names.
        let is_right = own.body_hash == BodyHash::Match && own.header_signature == HeaderSignature::Valid;
        let known = if own.expired_at_receipt { Known::ExpiryJudgedToday } else { Known::RuleNotEnforced };
        return is_right.then_some(known).into_iter().collect();
    }
    let is_relaxed = own.canonicalization.as_deref().is_some_and(|forms| forms.ends_with("/relaxed"));
    let ours = own.result;
    let possible = possible(&[
        (Known::TrailingWhiteSpace, is_relaxed),
        (Known::LengthOfRawBody, own.uncovered_bytes.is_some() && own.body_hash == BodyHash::Match),
        (Known::FirstRecordOnly, own.key.records > 1),
        (Known::BareReturnsDropped, ours == DkimResult::Pass && has_bare_returns(runs.input.message)),
        (Known::CannotRead, ours == DkimResult::Pass),
    ]);
    set_aside(runs, snag, &possible, |run| {
        let (theirs, snag) = run.dkim.get(index).copied().flatten()?;
        Some((compare::is_same(ours, theirs), snag))
    })
}

/// A chain that only one of the two passes.
pub(super) fn chain(runs: &mut Runs<'_>, theirs: ArcResult, snag: Snag) -> Vec<Known> {
    let ours = runs.input.arc;
    let newest = ours.instances.last().map(|newest| &newest.message_signature);
    // What it passes is right, as far as it was computed, so that nothing is left but the rule that our reason names. To a
    // message without any message signature it gives no result.
    let unsigned = || ours.instances.iter().all(|one| one.message_signature.state == PartState::Absent);
    if theirs == ArcResult::Pass || (theirs == ArcResult::None && unsigned()) {
        return rule(ours.reason).into_iter().collect();
    }
    let relaxed = newest.and_then(|newest| newest.forms).is_some_and(|(_, body)| body == Form::Relaxed);
    if ours.result == ArcResult::Pass && relaxed && runs.first().is_some_and(|run| run.arc_is_simple) {
        return vec![Known::DraftForms];
    }
    let result = ours.result;
    let passes = result == ArcResult::Pass;
    let possible = possible(&[
        (Known::TrailingWhiteSpace, relaxed),
        (Known::BareReturnsDropped, passes && has_bare_returns(runs.input.message)),
        (Known::CannotRead, passes),
    ]);
    set_aside(runs, snag, &possible, |run| Some((run.arc.0 == result, run.arc.1)))
}

/// What it means that a chain fails for us for that reason alone.
const fn rule(reason: arc::Reason) -> Option<Known> {
    match reason {
        arc::Reason::InstanceBroken
        | arc::Reason::TooManyInstances
        | arc::Reason::InstanceIncomplete
        | arc::Reason::InstanceGap
        | arc::Reason::ChainValidationWrong
        | arc::Reason::SealWithHeaderList
        | arc::Reason::TagsBroken => Some(Known::GrammarNotEnforced),
        arc::Reason::SealSigned | arc::Reason::KeyNotUsable => Some(Known::RuleNotEnforced),
        arc::Reason::NoChain
        | arc::Reason::Verified
        | arc::Reason::MarkedFailed
        | arc::Reason::BodyHashMismatch
        | arc::Reason::MessageSignatureInvalid
        | arc::Reason::SealInvalid
        | arc::Reason::KeyMissing
        | arc::Reason::KeyUnreachable
        | arc::Reason::KeyNotAsked
        | arc::Reason::BodyNotAvailable
        | arc::Reason::HeaderRewritten
        | arc::Reason::LimitExceeded => None,
    }
}

fn has_bare_returns(message: &Message) -> bool {
    message.repairs.iter().any(|repair| repair.code == RepairCode::BareCarriageReturn)
}

/// The reasons that can apply to a signature at all.
fn possible(those: &[(Known, bool)]) -> Vec<Known> {
    let always = [(Known::ExpiryJudgedToday, true), (Known::LengthRefused, true)];
    always.iter().chain(those).filter(|(_, can)| *can).map(|(known, _)| *known).collect()
}

/// Sets aside one obstacle after the other until the second engine agrees; none is named when it does not.
fn set_aside(
    runs: &mut Runs<'_>,
    snag: Snag,
    possible: &[Known],
    look: impl Fn(&Signatures) -> Option<(bool, Snag)>,
) -> Vec<Known> {
    let (mut known, mut snag) = (Vec::new(), snag);
    loop {
        let suspects: &[Known] = match snag {
            Snag::Expired => &[Known::ExpiryJudgedToday],
            Snag::Length => &[Known::LengthRefused],
            Snag::BodyHash => &[Known::TrailingWhiteSpace, Known::LengthOfRawBody, Known::BareReturnsDropped],
            Snag::HeaderSignature => &[Known::FirstRecordOnly, Known::BareReturnsDropped],
            Snag::Unread => &[Known::CannotRead],
            Snag::None | Snag::Other | Snag::Missing => &[],
        };
        let next = suspects.iter().find(|suspect| possible.contains(suspect) && !known.contains(*suspect));
        let Some(next) = next else { return Vec::new() };
        known.push(*next);
        match next {
            // Our hash over the canonical body, cut at `l=` or with its bare returns, is the signed one; what was set aside
            // before in vain is not the reason.
            Known::LengthOfRawBody | Known::BareReturnsDropped => {
                known.retain(|known| !matches!(known, Known::TrailingWhiteSpace | Known::FirstRecordOnly));
                return known;
            }
            // It verifies for us, so it can be read.
            Known::CannotRead => return known,
            _ => {}
        }
        match runs.without(&known).and_then(&look) {
            Some((true, _)) => return known,
            Some((false, next)) => snag = next,
            None => return Vec::new(),
        }
    }
}

/// An identity of SPF with another result.
pub(super) fn spf(check: &Check, theirs: SpfResult) -> Option<Known> {
    match check.reason {
        spf::Reason::VoidLookupLimit if theirs != SpfResult::PermError => Some(Known::VoidLookupsNotCounted),
        spf::Reason::SeveralRecords => Some(Known::FirstRecordOnly),
        spf::Reason::SyntaxError => Some(Known::GrammarNotEnforced),
        _ if matches_across_families(check) => Some(Known::RuleNotEnforced),
        _ if theirs == SpfResult::PermError
            && refuses(&check.trace, What::Spf(spf::Task::SpfRecord), is_refused_spf) =>
        {
            Some(Known::CannotRead)
        }
        _ => None,
    }
}

/// Whether an `ip6` network was passed over that holds the IPv4 address in its mapped form: addresses of the two families
/// are never compared (RFC 7208 section 5).
fn matches_across_families(check: &Check) -> bool {
    let IpAddr::V4(ip) = check.ip else { return false };
    let mapped = IpAddr::V6(ip.to_ipv6_mapped());
    check.tried.iter().any(|tried| tried.network.contains(&mapped))
}

/// Whether its own parser refuses the text of a record that our evaluation used.
fn refuses(step: &Step, what: What, is_refused: fn(&[u8]) -> bool) -> bool {
    let is_used = step.what == what && step.outcome == Outcome::Found;
    let text = step.text.as_ref().filter(|_| is_used);
    text.is_some_and(|text| is_refused(text.as_bytes()))
        || step.children.iter().any(|child| refuses(child, what, is_refused))
}

fn is_refused_spf(text: &[u8]) -> bool {
    matches!(their_spf::Spf::parse(text), Err(Error::ParseError))
}

fn is_refused_dmarc(text: &[u8]) -> bool {
    matches!(their_dmarc::Dmarc::parse(text), Err(Error::ParseError))
}

/// DMARC with another result than `expected`.
pub(super) fn dmarc(
    input: &Input<'_>,
    from: &[u8],
    own: &Identifiers<'_>,
    expected: DmarcResult,
    theirs: DmarcResult,
) -> Vec<Known> {
    let judge = |hidden: &[QuestionId]| {
        let records = DmarcCaches::of(input.entries, hidden);
        engine::dmarc(from, own, &records).is_some_and(|theirs| theirs.result == expected && !theirs.missed)
    };
    if judge(&[]) {
        return vec![Known::FollowsFromOther];
    }
    let author_differs = matches!(
        input.dmarc.reason,
        dmarc::Reason::SeveralFrom | dmarc::Reason::FromUnreadable | dmarc::Reason::NoAuthorDomain
    );
    if author_differs {
        return vec![Known::AuthorReadDifferently];
    }
    if let Some(known) = overlooked(input, judge) {
        return vec![known];
    }
    let task = What::Dmarc(dmarc::Task::DmarcRecord);
    let is_refused = theirs == DmarcResult::PermError && refuses(&input.dmarc.trace, task, is_refused_dmarc);
    is_refused.then_some(Known::CannotRead).into_iter().collect()
}

/// Another policy than `ours`, at the same result.
pub(super) fn policy(input: &Input<'_>, from: &[u8], own: &Identifiers<'_>, ours: Policy) -> Option<Known> {
    overlooked(input, |hidden| {
        let records = DmarcCaches::of(input.entries, hidden);
        engine::dmarc(from, own, &records).is_some_and(|theirs| theirs.policy == Some(ours))
    })
}

/// What stands at names of the tree walk and does not count for us, where it is that which makes the difference: `agrees`
/// tells whether there is none left when these questions have no answer.
fn overlooked(input: &Input<'_>, agrees: impl Fn(&[QuestionId]) -> bool) -> Option<Known> {
    let kinds = [
        (Found::SeveralDropped, Known::FirstRecordOnly),
        (Found::UnusableDropped, Known::GrammarNotEnforced),
        (Found::OtherText, Known::GrammarNotEnforced),
        (Found::Unreachable, Known::WalkGivenUp),
    ];
    kinds.into_iter().find_map(|(found, known)| {
        let steps = input.dmarc.walk.iter().filter(|step| step.found == found);
        let hidden: Vec<QuestionId> = steps.map(|step| step.question).collect();
        (!hidden.is_empty() && agrees(&hidden)).then_some(known)
    })
}
