//! rsa-sha1 counts as no signature since RFC 8301 section 3.1.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(8301, "3.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::Sha1NotValid) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimSha1 { domain, selector };
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, subject.signer(signature), Evidence::Bytes(signature.span)))
}
