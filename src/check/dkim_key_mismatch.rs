//! `k=` or `h=` of the key record do not fit the signature (RFC 6376 section 6.1.2 steps 6 and 7).

use super::source::rfc;
use super::{Finding, KeyLimit, Problem, Source, Subject};
use crate::auth::dkim::crypto::KeyKind;
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let algorithm = signature.algorithm.clone().filter(|_| signature.reason == Reason::KeyMismatch)?;
    let kind = if algorithm.starts_with("ed25519-") { KeyKind::Ed25519 } else { KeyKind::Rsa };
    let limit = if signature.key.kind == Some(kind) { KeyLimit::Hash } else { KeyLimit::Kind };
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyMismatch { domain, selector, algorithm, limit }))
}
