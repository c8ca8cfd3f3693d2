//! The key is longer than is computed with; verifiers must support no more than 4096 bits (RFC 8301 section 3.2).

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(8301, "3.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let bits = signature.key.bits.filter(|_| signature.reason == Reason::KeyTooLong)?;
    let (domain, selector) = signature.named()?;
    // Some receiver may compute with it, so nothing is proved to be wrong.
    let finding = subject.key_finding(signature, Problem::DkimKeyLong { domain, selector, bits });
    Some(Finding { severity: finding.severity.min(Severity::Warning), ..finding })
}
