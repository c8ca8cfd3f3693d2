//! The signature was over when the message was received (`x=`, RFC 6376 section 3.5).

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(_: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::ExpiredAtReceipt) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimExpired { domain, selector };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, place).also([Evidence::Bytes(signature.span)]))
}
