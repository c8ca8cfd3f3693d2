//! A key of under 1024 bits must not be accepted (RFC 8301 section 3.2).

use super::{Actor, Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let bits = signature.key.bits.filter(|_| signature.reason == Reason::KeyTooShort)?;
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeyShort { domain, selector, bits };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, Actor::Sender, place).also([Evidence::Bytes(signature.span)]))
}
