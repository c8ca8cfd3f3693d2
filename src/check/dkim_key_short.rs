//! A key of under 1024 bits must not be accepted (RFC 8301 section 3.2).

use super::{Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let bits = signature.key.bits.filter(|_| signature.reason == Reason::KeyTooShort)?;
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyShort { domain, selector, bits }))
}
