//! The key record cannot be read (RFC 6376 section 3.6.1).

use super::source::rfc;
use super::{Finding, Problem, Source, Subject};
use crate::auth::dkim::key::wrong_length;
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fault = signature.key.fault.filter(|_| signature.reason == Reason::KeyBroken)?;
    let (domain, selector) = signature.named()?;
    let octets = signature.key.record.as_deref().and_then(wrong_length);
    Some(subject.key_finding(signature, Problem::DkimKeyBroken { domain, selector, fault, octets }))
}
