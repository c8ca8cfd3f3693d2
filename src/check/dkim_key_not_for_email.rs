//! `s=` of the key record does not allow e-mail (RFC 6376 section 3.6.1).

use super::source::rfc;
use super::{Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.reason != Reason::KeyNotForEmail {
        return None;
    }
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyNotForEmail { domain, selector }))
}
