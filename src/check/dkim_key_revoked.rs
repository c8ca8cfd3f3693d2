//! The key is there with an empty `p=`: it was revoked (RFC 6376 section 3.6.1).

use super::{Actor, Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::KeyRevoked) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeyRevoked { domain, selector };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, Actor::Sender, place).also([Evidence::Bytes(signature.span)]))
}
