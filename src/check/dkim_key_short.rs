//! A key of under 1024 bits must not be accepted (RFC 8301 section 3.2).

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(_: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let bits = signature.key.bits.filter(|_| signature.reason == Reason::KeyTooShort)?;
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeyShort { domain, selector, bits };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    Some(Finding::certain(problem, Severity::Error, Actor::Sender, place))
}
