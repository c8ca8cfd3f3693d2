//! Tests of SPF, DKIM and DMARC.

use super::ask::{Answer, Outcome};
use super::ruleset::Rule;
use super::why::Why;
use crate::auth::dkim::{self, DkimResult, Signature};
use crate::auth::dmarc::record::Status;
use crate::auth::dmarc::{self, Authentication, DmarcResult, IdentifierSource, Policy};
use crate::auth::spf::{self, Bound, RemarkKind, SpfResult};
use crate::check::Evidence;
use crate::facts::Facts;

/// One identity of SPF.
fn checked(facts: &Facts, check: Option<&spf::Check>) -> Answer {
    let Some(check) = check else { return Answer::unknown(Why::SpfNotJudged) };
    let domain = check.domain.clone();
    let place = Evidence::Step(check.trace.id.clone());
    let by_address = [SpfResult::Pass, SpfResult::Fail, SpfResult::SoftFail, SpfResult::Neutral];
    let answer = match check.result {
        Some(result) if facts.is_address_unsure() && by_address.contains(&result) => {
            Answer::unknown(Why::AddressUnsure)
        }
        Some(SpfResult::Pass) => Answer::met(Why::SpfPassed { domain, ip: check.ip }),
        Some(SpfResult::TempError) | None => Answer::unknown(Why::SpfNoAnswer { domain }),
        Some(SpfResult::None) => Answer::not_met(Why::SpfNoRecord { domain }),
        Some(result) => Answer::not_met(Why::SpfNotPassed { domain, ip: check.ip, result }),
    };
    answer.at(place)
}

/// Where only marks tell of forwarding, which anybody can write, nobody can know.
fn passed_on(facts: &Facts) -> Answer {
    if facts.is_failure_explained() { Answer::exempt(Why::PassedOn) } else { Answer::unknown(Why::PassedOnNotProved) }
}

/// SPF for the envelope. After forwarding the address is not the sender's, which is no fault of anybody.
pub(super) fn spf(facts: &Facts) -> Answer {
    let answer = checked(facts, facts.spf.mail_from.as_ref());
    let is_forwarders = answer.outcome == Outcome::NotMet && facts.handling.passed_on();
    if !is_forwarders {
        return answer;
    }
    Answer { place: answer.place, ..passed_on(facts) }
}

/// Whether a signature counts; a key that is gone says nothing about a message received long ago.
fn stands(facts: &Facts, index: usize, signature: &Signature) -> Authentication {
    let source = IdentifierSource::Dkim(index);
    let identifier = facts.dmarc.identifiers.iter().find(|identifier| identifier.source == source);
    identifier.map_or_else(
        || match signature.result {
            DkimResult::Pass => Authentication::Passed,
            DkimResult::TempError => Authentication::TempError,
            DkimResult::NotEvaluated => Authentication::NotEvaluated,
            DkimResult::PermError if signature.reason == dkim::Reason::KeyMissing => Authentication::NotEvaluated,
            DkimResult::Fail | DkimResult::Policy | DkimResult::Neutral | DkimResult::PermError => {
                Authentication::NotPassed
            }
        },
        |identifier| identifier.authentication,
    )
}

pub(super) fn dkim(facts: &Facts) -> Answer {
    let found = |wanted: fn(Authentication) -> bool| {
        facts.dkim.iter().enumerate().find(|(index, signature)| wanted(stands(facts, *index, signature)))
    };
    let passed = found(|state| state == Authentication::Passed);
    if let Some((_, signature)) = passed {
        let domain = signature.domain.clone().unwrap_or_default();
        return Answer::met(Why::DkimPassed { domain }).at(Evidence::Step(signature.trace.id.clone()));
    }
    let unknown = found(|state| matches!(state, Authentication::TempError | Authentication::NotEvaluated));
    if let Some((_, signature)) = unknown {
        let why = Why::DkimUnknown { domain: signature.domain.clone(), reason: signature.reason };
        return Answer::unknown(why).at(Evidence::Step(signature.trace.id.clone()));
    }
    match facts.dkim.first() {
        Some(signature) => {
            let why = Why::DkimNotPassed { domain: signature.domain.clone(), reason: signature.reason };
            Answer::not_met(why).at(Evidence::Step(signature.trace.id.clone()))
        }
        None if facts.is_header_partial() => Answer::unknown(Why::PartlyKept),
        None => Answer::not_met(Why::NoSignature),
    }
}

fn both(one: Answer, other: Answer) -> (Why, Option<Evidence>) {
    let place = one.place.or(other.place);
    (Why::Both { one: Box::new(one.why), other: Box::new(other.why) }, place)
}

pub(super) fn spf_or_dkim(facts: &Facts) -> Answer {
    let (spf, dkim) = (checked(facts, facts.spf.mail_from.as_ref()), dkim(facts));
    if dkim.outcome == Outcome::Met {
        return dkim;
    }
    if spf.outcome == Outcome::Met {
        return spf;
    }
    let is_known = spf.outcome == Outcome::NotMet && dkim.outcome == Outcome::NotMet;
    let (why, place) = both(spf, dkim);
    if is_known { Answer::not_met(why) } else { Answer::unknown(why) }.at(place)
}

pub(super) fn spf_and_dkim(facts: &Facts) -> Answer {
    let (spf, dkim) = (spf(facts), dkim(facts));
    let outcomes = [spf.outcome, dkim.outcome];
    if dkim.outcome == Outcome::NotMet {
        return dkim;
    }
    if outcomes.iter().any(|outcome| matches!(outcome, Outcome::NotMet | Outcome::Exempt)) {
        return spf;
    }
    let (why, place) = both(spf, dkim);
    let answer = if outcomes == [Outcome::Met; 2] { Answer::met(why) } else { Answer::unknown(why) };
    answer.at(place)
}

/// What DMARC rests on, where it can be pointed at.
fn record_place(facts: &Facts) -> Option<Evidence> {
    facts.dmarc.question.or_else(|| facts.dmarc.walk.first().map(|step| step.question)).map(Evidence::Question)
}

pub(super) fn dmarc_record(facts: &Facts) -> Answer {
    use dmarc::Reason::{DnsTrouble, NoRecord, NotAsked, SwitchedOff};
    let dmarc = &facts.dmarc;
    let place = record_place(facts);
    if let (Some(record), Some(at)) = (dmarc.applied_record(), &dmarc.record_at) {
        let at = at.clone();
        let answer = match record.status {
            Status::Usable => Answer::met(Why::DmarcRecord { at, policy: dmarc.policy }),
            _ => Answer::not_met(Why::DmarcWithoutPolicy { at }),
        };
        return answer.at(place);
    }
    match (dmarc.reason, &dmarc.author_domain) {
        (NoRecord | SwitchedOff, Some(domain)) => {
            Answer::not_met(Why::DmarcNoRecord { domain: domain.clone() }).at(place)
        }
        (reason @ (DnsTrouble | NotAsked), _) | (reason, Some(_)) => {
            Answer::unknown(Why::DmarcUnknown { reason }).at(place)
        }
        (_, None) => Answer::unknown(Why::NoAuthor),
    }
}

pub(super) fn dmarc_pass(facts: &Facts) -> Answer {
    let dmarc = &facts.dmarc;
    let domain = || dmarc.author_domain.clone().unwrap_or_default();
    let answer = match dmarc.result {
        DmarcResult::Pass | DmarcResult::Fail if facts.is_proof_unsure() => Answer::unknown(Why::AddressUnsure),
        DmarcResult::Pass => Answer::met(Why::DmarcPassed { domain: domain() }),
        DmarcResult::Fail => Answer::not_met(Why::DmarcFailed { domain: domain(), policy: dmarc.policy }),
        DmarcResult::None | DmarcResult::PermError => Answer::not_met(Why::DmarcNoRecord { domain: domain() }),
        DmarcResult::TempError | DmarcResult::NotEvaluated => {
            Answer::unknown(Why::DmarcUnknown { reason: dmarc.reason })
        }
        DmarcResult::NotApplicable => Answer::not_met(Why::DmarcUnknown { reason: dmarc.reason }),
    };
    answer.at(Evidence::Step(dmarc.trace.id.clone()))
}

/// The provider does as the domain asks, when it asks at least for that.
pub(super) fn dmarc_policy(facts: &Facts, least: Policy) -> Answer {
    let dmarc = &facts.dmarc;
    let domain = dmarc.author_domain.clone().unwrap_or_default();
    match dmarc.result {
        DmarcResult::None | DmarcResult::PermError => Answer::exempt(Why::DmarcNoRecord { domain }),
        DmarcResult::Fail if dmarc.policy.is_none_or(|policy| policy < least) => {
            Answer::exempt(Why::DmarcAsksNothing { domain })
        }
        DmarcResult::NotApplicable => Answer::unknown(Why::DmarcUnknown { reason: dmarc.reason }),
        _ => dmarc_pass(facts),
    }
}

pub(super) fn dmarc_reports(facts: &Facts) -> Answer {
    let dmarc = &facts.dmarc;
    let (Some(record), Some(at)) = (dmarc.applied_record(), &dmarc.record_at) else { return dmarc_record(facts) };
    let answer = match record.rua.first() {
        Some(uri) => Answer::met(Why::Reports { to: uri.value.clone() }),
        None => Answer::not_met(Why::NoReports { at: at.clone() }),
    };
    answer.at(record_place(facts))
}

/// One aligned identifier that passed; where no record says how to compare, by the organization.
pub(super) fn from_aligned(facts: &Facts) -> Answer {
    let dmarc = &facts.dmarc;
    let place = Evidence::Step(dmarc.trace.id.clone());
    let Some(author) = &dmarc.author_domain else { return Answer::unknown(Why::NoAuthor) };
    let matches = |identifier: &&dmarc::Identifier| {
        identifier.is_aligned()
            || (identifier.alignment.is_none() && dmarc::is_same_organization(&identifier.domain, author))
    };
    let own: Vec<&dmarc::Identifier> = dmarc.identifiers.iter().filter(matches).collect();
    let is_signature = |identifier: &&&dmarc::Identifier| matches!(identifier.source, IdentifierSource::Dkim(_));
    let is_signed = || {
        let mut signatures = own.iter().filter(is_signature);
        signatures.any(|identifier| identifier.authentication == Authentication::Passed)
    };
    let rests_on_spf = || own.iter().any(|identifier| identifier.source == IdentifierSource::Spf);
    if facts.is_address_unsure() && rests_on_spf() && !is_signed() {
        return Answer::unknown(Why::AddressUnsure).at(place);
    }
    let state = |wanted: Authentication| own.iter().find(|identifier| identifier.authentication == wanted);
    if let Some(found) = state(Authentication::Passed) {
        return Answer::met(Why::Aligned { author: author.clone(), domain: found.domain.clone() }).at(place);
    }
    let is_open = state(Authentication::TempError).or(state(Authentication::NotEvaluated)).is_some();
    if is_open || matches!(dmarc.result, DmarcResult::TempError | DmarcResult::NotEvaluated) {
        return Answer::unknown(Why::DmarcUnknown { reason: dmarc.reason }).at(place);
    }
    let why = Why::NotAligned { author: author.clone(), passed: dmarc.passed_domains() };
    // Providers ask it of direct mail.
    if facts.handling.passed_on() { passed_on(facts) } else { Answer::not_met(why) }.at(place)
}

pub(super) fn spf_no_hard_fail(facts: &Facts) -> Answer {
    let answer = spf(facts);
    let is_hard = facts.spf.mail_from.as_ref().is_some_and(|check| check.result == Some(SpfResult::Fail));
    match answer.outcome {
        Outcome::NotMet if !is_hard => Answer { outcome: Outcome::Met, ..answer },
        _ => answer,
    }
}

pub(super) fn spf_tidy(facts: &Facts) -> Answer {
    let Some(check) = &facts.spf.mail_from else { return Answer::unknown(Why::SpfNotJudged) };
    let domain = check.domain.clone();
    let Some(survey) = &check.survey else {
        return match check.result {
            Some(SpfResult::None) => Answer::exempt(Why::SpfNoRecord { domain }),
            _ => Answer::unknown(Why::SpfNoAnswer { domain }),
        };
    };
    let place = Evidence::Step(check.trace.id.clone());
    let loose = [RemarkKind::PassAll, RemarkKind::NeutralAll, RemarkKind::Wide];
    match survey.remarks.iter().find(|remark| loose.contains(&remark.kind)) {
        Some(remark) => Answer::not_met(Why::SpfLoose { domain: remark.domain.clone(), term: remark.term.clone() }),
        None => Answer::met(Why::SpfTidy { domain }),
    }
    .at(place)
}

pub(super) fn spf_of_author(facts: &Facts) -> Answer {
    if facts.identity.from.is_empty() {
        return Answer::unknown(Why::NoAuthor);
    }
    checked(facts, facts.spf.header_from.as_ref())
}

pub(super) fn spf_of_helo(facts: &Facts) -> Answer {
    match &facts.session.mail_from {
        None => Answer::unknown(Why::SpfNotJudged),
        Some(sender) if !sender.value.is_empty() => Answer::exempt(Why::SenderNotNull),
        Some(_) => checked(facts, facts.spf.helo.as_ref()),
    }
}

/// The record of the envelope sender, and what it lets pass.
fn authorised(facts: &Facts, judge: impl FnOnce(&spf::Survey, String) -> Answer) -> Answer {
    let Some(check) = &facts.spf.mail_from else { return Answer::unknown(Why::SpfNotJudged) };
    let domain = check.domain.clone();
    match (&check.survey, check.result) {
        (Some(survey), _) => judge(survey, domain).at(Evidence::Step(check.trace.id.clone())),
        (None, Some(SpfResult::None)) => Answer::not_met(Why::SpfNoRecord { domain }),
        (None, _) => Answer::unknown(Why::SpfNoAnswer { domain }),
    }
}

pub(super) fn spf_ipv4(facts: &Facts) -> Answer {
    authorised(facts, |survey, domain| {
        if survey.ipv4.addresses() > 0 || survey.ipv4.everybody {
            Answer::met(Why::SpfIpv4 { domain })
        } else if survey.ipv4.bound == Bound::Exact {
            Answer::not_met(Why::SpfNoIpv4 { domain })
        } else {
            Answer::unknown(Why::SpfNotCounted { domain })
        }
    })
}

pub(super) fn spf_sends_mail(facts: &Facts) -> Answer {
    authorised(facts, |survey, domain| {
        let is_empty = |family: spf::Authorised| family.addresses() == 0 && family.bound == Bound::Exact;
        if is_empty(survey.ipv4) && is_empty(survey.ipv6) {
            Answer::not_met(Why::SpfSendsNothing { domain })
        } else {
            Answer::met(Why::SpfTidy { domain })
        }
    })
}

pub(super) fn spf_as_txt(facts: &Facts) -> Answer {
    let Some(check) = &facts.spf.mail_from else { return Answer::unknown(Why::SpfNotJudged) };
    let domain = check.domain.clone();
    let answer = match (&check.deprecated, check.result) {
        (Some(old), _) => return Answer::not_met(Why::SpfOldType { domain }).at(Evidence::Question(old.question)),
        (None, Some(SpfResult::None)) => Answer::not_met(Why::SpfNoRecord { domain }),
        (None, Some(SpfResult::TempError) | None) => Answer::unknown(Why::SpfNoAnswer { domain }),
        (None, Some(_)) => Answer::met(Why::SpfIsTxt { domain }),
    };
    answer.at(Evidence::Step(check.trace.id.clone()))
}

pub(super) fn dkim_key_size(facts: &Facts, rule: &Rule) -> Answer {
    let least = rule.limit.unwrap_or_default();
    let domain = |signature: &Signature| signature.domain.clone().unwrap_or_default();
    let is_rsa = |signature: &&Signature| signature.key.kind == Some(dkim::crypto::KeyKind::Rsa);
    let known = || facts.dkim.iter().filter(is_rsa).filter_map(|signature| Some((signature, signature.key.bits?)));
    let step = |signature: &Signature| Evidence::Step(signature.trace.id.clone());
    if let Some((signature, bits)) = known().find(|(_, bits)| u64::from(*bits) < least) {
        let why = Why::KeyTooShort { domain: domain(signature), bits: Some(bits) };
        return Answer::not_met(why).at(step(signature));
    }
    if let Some((signature, bits)) = known().min_by_key(|(_, bits)| *bits) {
        return Answer::met(Why::KeyBits { domain: domain(signature), bits }).at(step(signature));
    }
    match facts.dkim.iter().find(|signature| signature.key.kind.is_some()) {
        Some(signature) => Answer::exempt(Why::KeyNotRsa { domain: domain(signature) }).at(step(signature)),
        None if facts.dkim.is_empty() => Answer::exempt(Why::NoSignature),
        None => Answer::unknown(Why::NoKey),
    }
}

pub(super) fn dkim_all_aligned(facts: &Facts) -> Answer {
    let is_own = |identifier: &&dmarc::Identifier| {
        matches!(identifier.source, IdentifierSource::Dkim(_)) && identifier.is_aligned()
    };
    let own: Vec<&dmarc::Identifier> = facts.dmarc.identifiers.iter().filter(is_own).collect();
    let count = own.len();
    let of = |state: Authentication| own.iter().filter(|identifier| identifier.authentication == state).count();
    let (passed, failed) = (of(Authentication::Passed), of(Authentication::NotPassed));
    let why = Why::AlignedSignatures { passed, count };
    if count < 2 {
        Answer::exempt(Why::FewAlignedSignatures { count })
    } else if passed == count {
        Answer::met(why)
    } else if failed > 0 {
        Answer::not_met(why)
    } else {
        Answer::unknown(why)
    }
}
