//! The signature was over when the message was received (`x=`, RFC 6376 section 3.5).

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.5")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::ExpiredAtReceipt) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimExpired { domain, selector };
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, subject.signer(signature), Evidence::Bytes(signature.span)))
}
