//! The key is not in DNS today. For an old message that says nothing about the day it was received.

use super::source::rfc;
use super::{Finding, Problem, Source, Subject};
use crate::auth::dkim::{KeyState, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.key.state != KeyState::Missing {
        return None;
    }
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyMissing { domain, selector }))
}
