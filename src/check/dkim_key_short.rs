//! A key of under 1024 bits must not be accepted (RFC 8301 section 3.2).

use super::source::rfc;
use super::{Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(8301, "3.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let bits = signature.key.bits.filter(|_| signature.reason == Reason::KeyTooShort)?;
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyShort { domain, selector, bits }))
}
