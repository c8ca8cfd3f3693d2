//! `t=s` of the key record forbids that `i=` is a subdomain of `d=` (RFC 6376 section 3.6.1).

use super::source::rfc;
use super::{Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let identity = signature.identity.clone().filter(|_| signature.reason == Reason::KeyStrictIdentity)?;
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyStrictIdentity { domain, selector, identity }))
}
