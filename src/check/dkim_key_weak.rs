//! The author domain signs with an RSA key of under 2048 bits: valid, and shorter than signers should use (RFC 8301
//! section 3.2).

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(8301, "3.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let is_weak = signature.reason == Reason::Verified && signature.has_lint(LintKind::WeakKey);
    // A sending service's key is not the sender's to change.
    let bits = signature.key.bits.filter(|_| is_weak && subject.is_own(signature))?;
    let (domain, selector) = signature.named()?;
    let finding = subject.key_finding(signature, Problem::DkimKeyWeak { domain, selector, bits });
    Some(Finding { severity: Severity::Note, ..finding })
}
