//! The key is not in DNS today. For an old message that says nothing about the day it was received.

use super::{Actor, Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::KeyMissing) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeyMissing { domain, selector };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, Actor::Sender, place).also([Evidence::Bytes(signature.span)]))
}
