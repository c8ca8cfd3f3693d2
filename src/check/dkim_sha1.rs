//! rsa-sha1 counts as no signature since RFC 8301 section 3.1.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(_: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::Sha1NotValid) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimSha1 { domain, selector };
    let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
    Some(Finding::certain(problem, Severity::Error, Actor::Sender, place).also([Evidence::Bytes(signature.span)]))
}
