//! Part by part: our result beside that of the second engine.

use super::caches::{DmarcCaches, SpfCaches};
use super::engine::{self, Identifiers, Snag};
use super::explain::{self, Runs};
use super::wire::Wire;
use super::{
    Compared, Comparison, Input, MAX_BODY_BYTES, MAX_FIELDS, MAX_HASHED_BYTES, MAX_HEADER_BYTES, MAX_IDENTITY_BYTES,
    MAX_SIGNATURE_BYTES, MAX_SIGNATURES, Part, Verdict, Why,
};
use crate::auth::arc::ArcResult;
use crate::auth::dkim::DkimResult;
use crate::auth::dmarc::{Authentication, DmarcResult, IdentifierSource, Policy, PolicyTag};
use crate::auth::spf::{Check, SpfResult};
use crate::message::{Field, Message, Span};

pub(super) fn all(input: &Input<'_>) -> Vec<Compared> {
    let mut parts = spf(input);
    let signed: Vec<Part> = (0..input.dkim.len()).map(Part::Dkim).chain([Part::Arc]).collect();
    if is_header_too_large(input.message) {
        parts.extend(signed.into_iter().chain([Part::Dmarc]).map(|part| not_compared(part, Why::TooLarge)));
        return parts;
    }
    let header = Wire::header_of(input.message);
    let from = header.some_of(input.message.named("From").map(|(place, _)| place));
    if are_signatures_too_large(input.message) {
        parts.extend(signed.into_iter().map(|part| not_compared(part, Why::TooLarge)));
    } else {
        let wire = header.with_body_of(input.message);
        let mut runs = Runs::new(input, &wire);
        parts.extend(signed.into_iter().map(|part| match part {
            Part::Dkim(index) => compared(part, signature(&mut runs, index)),
            _ => compared(part, chain(&mut runs)),
        }));
    }
    let policy = dmarc(input, &from, &parts);
    parts.extend(policy);
    parts
}

fn is_header_too_large(message: &Message) -> bool {
    let bytes: usize = message.fields.iter().map(|field| field.span.len()).sum();
    message.fields.len() > MAX_FIELDS || bytes > MAX_HEADER_BYTES
}

/// Whether the signatures, read by the second engine whether we count them or not, are more work than they are worth.
fn are_signatures_too_large(message: &Message) -> bool {
    let names = ["DKIM-Signature", "ARC-Message-Signature", "ARC-Seal"];
    let is_signature = |field: &&Field| names.iter().any(|name| field.is(name));
    let sizes: Vec<usize> = message.fields.iter().filter(is_signature).map(|field| field.span.len()).collect();
    let body = message.body.map_or(0, Span::len);
    body > MAX_BODY_BYTES
        || sizes.len() > MAX_SIGNATURES
        || sizes.iter().any(|size| *size > MAX_SIGNATURE_BYTES)
        || body.saturating_mul(sizes.len()) > MAX_HASHED_BYTES
}

const fn not_compared(part: Part, why: Why) -> Compared {
    Compared { part, comparison: Comparison::NotCompared(why) }
}

const fn compared(part: Part, comparison: Comparison) -> Compared {
    Compared { part, comparison }
}

fn spf(input: &Input<'_>) -> Vec<Compared> {
    let checks =
        [(Part::MailFrom, input.mail_from), (Part::Helo, input.helo_check), (Part::HeaderFrom, input.header_from)];
    let checks = checks.into_iter().filter_map(|(part, check)| Some((part, check?)));
    checks.map(|(part, check)| compared(part, spf_check(input, check))).collect()
}

fn spf_check(input: &Input<'_>, check: &Check) -> Comparison {
    let Some(ours) = check.result else { return Comparison::NotCompared(Why::NotEvaluated) };
    let (helo, receiver) = (input.helo.unwrap_or_default(), input.receiver.unwrap_or_default());
    if [check.sender.as_str(), helo, receiver].iter().any(|text| text.len() > MAX_IDENTITY_BYTES) {
        return Comparison::NotCompared(Why::TooLarge);
    }
    let caches = SpfCaches::of(input.entries, check.ip);
    let Some((theirs, missed)) = engine::spf(check, helo, receiver, &caches) else {
        return Comparison::NotCompared(Why::EngineFailed);
    };
    if missed {
        return Comparison::NotCompared(Why::AnswerNotAtHand);
    }
    if ours == theirs {
        return Comparison::Agrees(Verdict::Spf(theirs));
    }
    let known = explain::spf(check, theirs).into_iter().collect();
    Comparison::Differs { ours: Verdict::Spf(ours), theirs: Verdict::Spf(theirs), known }
}

fn signature(runs: &mut Runs<'_>, index: usize) -> Comparison {
    let Some(own) = runs.input.dkim.get(index).filter(|own| own.result != DkimResult::NotEvaluated) else {
        return Comparison::NotCompared(Why::NotEvaluated);
    };
    let ours = own.result;
    // A field that it cannot read gets no result from it.
    let unread = (DkimResult::PermError, Snag::Unread);
    match runs.first().map(|run| run.dkim.get(index).copied().flatten().unwrap_or(unread)) {
        None => Comparison::NotCompared(Why::EngineFailed),
        Some((_, Snag::Missing)) => Comparison::NotCompared(Why::AnswerNotAtHand),
        Some((theirs, _)) if is_same(ours, theirs) => Comparison::Agrees(Verdict::Dkim(theirs)),
        Some((theirs, snag)) => {
            let known = explain::signature(runs, index, theirs, snag);
            Comparison::Differs { ours: Verdict::Dkim(ours), theirs: Verdict::Dkim(theirs), known }
        }
    }
}

/// RFC 8601 section 2.7.1 leaves much choice in how to name what does not pass; what matters is whether it does, and
/// whether it may yet.
pub(super) fn is_same(ours: DkimResult, theirs: DkimResult) -> bool {
    let class = |result| (result == DkimResult::Pass, result == DkimResult::TempError);
    class(ours) == class(theirs)
}

fn chain(runs: &mut Runs<'_>) -> Comparison {
    let ours = runs.input.arc.result;
    if ours == ArcResult::NotEvaluated {
        return Comparison::NotCompared(Why::NotEvaluated);
    }
    match runs.first().map(|run| run.arc) {
        None => Comparison::NotCompared(Why::EngineFailed),
        Some((_, Snag::Missing)) => Comparison::NotCompared(Why::AnswerNotAtHand),
        Some((theirs, _)) if theirs == ours => Comparison::Agrees(Verdict::Arc(theirs)),
        Some((theirs, snag)) => {
            let known = explain::chain(runs, theirs, snag);
            Comparison::Differs { ours: Verdict::Arc(ours), theirs: Verdict::Arc(theirs), known }
        }
    }
}

/// DMARC, of a header with these From fields, on what the second engine itself made of SPF and DKIM.
fn dmarc(input: &Input<'_>, from: &[u8], parts: &[Compared]) -> Vec<Compared> {
    let ours = input.dmarc.result;
    if ours == DmarcResult::NotEvaluated {
        return vec![not_compared(Part::Dmarc, Why::NotEvaluated)];
    }
    if input.dmarc.policy.is_none() && input.dmarc.record_at.is_some() && ours == DmarcResult::TempError {
        // Whether the author domain exists is not known, and cannot be told to its caches in any case.
        return vec![not_compared(Part::Dmarc, Why::AnswerNotAtHand)];
    }
    let records = DmarcCaches::of(input.entries, &[]);
    let Some(theirs) = engine::dmarc(from, &identifiers(input, parts), &records) else {
        return vec![not_compared(Part::Dmarc, Why::EngineFailed)];
    };
    if theirs.missed {
        return vec![not_compared(Part::Dmarc, Why::AnswerNotAtHand)];
    }
    // It has no word for mail that DMARC does not apply to.
    let expected = if ours == DmarcResult::NotApplicable { DmarcResult::None } else { ours };
    if theirs.result != expected {
        let known = explain::dmarc(input, from, &identifiers(input, &[]), expected, theirs.result);
        let comparison =
            Comparison::Differs { ours: Verdict::Dmarc(ours), theirs: Verdict::Dmarc(theirs.result), known };
        return vec![compared(Part::Dmarc, comparison)];
    }
    let mut parts = vec![compared(Part::Dmarc, Comparison::Agrees(Verdict::Dmarc(theirs.result)))];
    if let (Some(ours), Some(theirs)) = (input.dmarc.policy, theirs.policy) {
        parts.push(compared(Part::Policy, policy(input, from, ours, theirs)));
    }
    parts
}

fn policy(input: &Input<'_>, from: &[u8], ours: Policy, theirs: Policy) -> Comparison {
    if input.dmarc.policy_tag == Some(PolicyTag::Np) {
        // That a name does not exist cannot be told to its caches.
        Comparison::NotCompared(Why::AnswerNotAtHand)
    } else if ours == theirs {
        Comparison::Agrees(Verdict::Policy(theirs))
    } else {
        let known = explain::policy(input, from, &identifiers(input, &[]), ours).into_iter().collect();
        Comparison::Differs { ours: Verdict::Policy(ours), theirs: Verdict::Policy(theirs), known }
    }
}

/// What SPF and DKIM give DMARC: the second engine's results where `parts` has them, ours where not.
pub(super) fn identifiers<'a>(input: &Input<'a>, parts: &[Compared]) -> Identifiers<'a> {
    let mut identifiers = Identifiers::default();
    let theirs = |part: Part| {
        let compared = parts.iter().find(|compared| compared.part == part)?;
        authentication(compared.comparison.theirs()?)
    };
    for identifier in &input.dmarc.identifiers {
        let domain = identifier.domain.as_str();
        match identifier.source {
            IdentifierSource::Spf => {
                identifiers.spf = Some((domain, theirs(Part::MailFrom).unwrap_or(identifier.authentication)));
            }
            IdentifierSource::Dkim(index) => {
                identifiers.dkim.push((domain, theirs(Part::Dkim(index)).unwrap_or(identifier.authentication)));
            }
        }
    }
    identifiers
}

const fn authentication(verdict: Verdict) -> Option<Authentication> {
    match verdict {
        Verdict::Spf(SpfResult::Pass) | Verdict::Dkim(DkimResult::Pass) => Some(Authentication::Passed),
        Verdict::Spf(SpfResult::TempError) | Verdict::Dkim(DkimResult::TempError) => Some(Authentication::TempError),
        Verdict::Spf(_) | Verdict::Dkim(_) => Some(Authentication::NotPassed),
        Verdict::Arc(_) | Verdict::Dmarc(_) | Verdict::Policy(_) => None,
    }
}
