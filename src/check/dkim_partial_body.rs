//! `l=` lets anybody add to the body without breaking the signature (RFC 6376 section 8.2).

use super::source::rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "8.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    // One that does not verify covers nothing at all, which another check says.
    let verified = signature.reason == Reason::Verified;
    let uncovered = signature.uncovered_bytes.filter(|&bytes| verified && bytes > 0)?;
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimPartialBody { domain, selector, uncovered, covers_none: signature.length == Some(0) };
    Some(Finding::certain(problem, Severity::Warning, subject.signer(signature), Evidence::Bytes(signature.span)))
}
