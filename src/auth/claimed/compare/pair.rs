//! Which of our verdicts a recorded result is about.

use super::{Class, Proved, Recorded, Subject, class_of, ours};
use crate::auth::claimed::session::domain_of;
use crate::auth::claimed::{Claim, ClaimedResult, Trust, mail_from};
use crate::auth::dkim::Signature;
use crate::auth::domain;

/// Every result of the receiving side, and of fields that may be its own, with what it is about. What we do not judge
/// ourselves (Sender ID, `compauth` …) is left out.
pub(super) fn pairs(claims: &[Claim], proved: &Proved<'_>) -> Vec<(Subject, Recorded)> {
    let mut pairs = Vec::new();
    for (index, claim) in claims.iter().enumerate().filter(|(_, claim)| !matches!(claim.trust, Trust::Ignored(_))) {
        let mut taken: Vec<usize> = Vec::new();
        for (place, result) in claim.results.iter().enumerate().filter(|(_, result)| !result.is_unknown_version()) {
            let recorded = Recorded { claim: index, result: place };
            match result.method.as_str() {
                "spf" => pairs.push((spf(result, proved), recorded)),
                "dkim" => pairs.extend(dkim(result, proved, &mut taken).into_iter().map(|subject| (subject, recorded))),
                "dmarc" => pairs.push((Subject::Dmarc, recorded)),
                "arc" => pairs.push((Subject::Arc, recorded)),
                "iprev" => pairs.push((Subject::Iprev, recorded)),
                _ => {}
            }
        }
    }
    pairs
}

/// The envelope sender, or the HELO name where Authentication-Results names that alone (RFC 8601 section 2.7.2) or
/// Received-SPF says so (`identity=`, RFC 7208 section 9.1; `helo=` alone is about the session). For the null sender the HELO name stands in for the envelope sender, and both are one check (RFC 7208 section 2.4).
fn spf(result: &ClaimedResult, proved: &Proved<'_>) -> Subject {
    let identity = result.property("identity").map(|identity| identity.value.to_ascii_lowercase());
    let names_sender = mail_from(result).is_some_and(|sender| !sender.value.is_empty());
    let is_helo = match identity.as_deref() {
        Some("helo") => true,
        Some(_) => false,
        None => result.property("smtp.helo").is_some() && !names_sender,
    };
    let is_null = proved.sender.is_some_and(str::is_empty);
    if is_helo && !is_null { Subject::SpfHelo } else { Subject::SpfMailFrom }
}

/// The signature that a result is about: by `header.b` (RFC 6008), else by the domain and the selector. Of several the first
/// that comes to the same and that no result before it took. `dkim=none` is about every signature there is.
fn dkim(result: &ClaimedResult, proved: &Proved<'_>, taken: &mut Vec<usize>) -> Vec<Subject> {
    let subject = |signature| Subject::Dkim { signature };
    let verified = proved.dkim.iter().take(Signature::MAX_VERIFIED).enumerate();
    let domain = signing_domain(result);
    if result.result == "none" && domain.is_none() {
        let all: Vec<Subject> = verified.map(|(index, _)| subject(Some(index))).collect();
        return if all.is_empty() { vec![subject(None)] } else { all };
    }
    let candidates: Vec<usize> = verified
        .filter(|(_, signature)| is_about(result, domain.as_deref(), signature))
        .map(|(index, _)| index)
        .collect();
    let passes = class_of(result) == Some(Class::Pass);
    let is_free = |index: &&usize| !taken.contains(index);
    let is_same = |index: &&usize| (ours(subject(Some(**index)), proved).class() == Class::Pass) == passes;
    let free = || candidates.iter().filter(is_free);
    let chosen = free().find(is_same).or_else(|| free().next()).or_else(|| candidates.first()).copied();
    taken.extend(chosen);
    vec![subject(chosen)]
}

/// `header.d`, the domain of `header.i`, or what Yahoo puts before the result; `none` stands for no signature.
fn signing_domain(result: &ClaimedResult) -> Option<String> {
    let named = ["header.d", "header.i", "from"].iter().find_map(|name| result.property(name));
    named.filter(|name| name.value != "none").and_then(|name| domain_of(&name.value))
}

fn is_about(result: &ClaimedResult, named: Option<&str>, signature: &Signature) -> bool {
    if let Some(stated) = result.property("header.b") {
        let signed = signature.tags.tags.iter().find(|tag| tag.name == "b");
        let signed: String = signed.map(|tag| tag.value.split_ascii_whitespace().collect()).unwrap_or_default();
        // Software cuts the value anywhere; fewer than four characters tell nothing.
        let stated = stated.value.trim_end_matches('.');
        if stated.len() >= 4 {
            return signed.starts_with(stated);
        }
    }
    let selector = result.property("header.s").map(|selector| selector.value.as_str());
    let is_selector = selector.is_none_or(|stated| {
        signature.selector.as_deref().is_some_and(|selector| selector.eq_ignore_ascii_case(stated))
    });
    let is_domain = match (named, signature.domain.as_deref()) {
        // `header.i` may name a subdomain of the signing domain (RFC 6376 section 3.5).
        (Some(named), Some(signed)) => domain::is_at_or_below(named, signed),
        (Some(_), None) => false,
        (None, _) => true,
    };
    is_selector && is_domain
}
