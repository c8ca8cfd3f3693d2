//! The signature was over when the message was received (`x=`, RFC 6376 section 3.5).

use super::{Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::ExpiredAtReceipt) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimExpired { domain, selector };
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, subject.signer(signature), Evidence::Bytes(signature.span)))
}
