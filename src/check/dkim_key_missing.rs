//! The key is not in DNS today. For an old message that says nothing about the day it was received.

use super::{Finding, Problem, Subject};
use crate::auth::dkim::{KeyState, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.key.state != KeyState::Missing {
        return None;
    }
    let (domain, selector) = signature.named()?;
    Some(subject.key_finding(signature, Problem::DkimKeyMissing { domain, selector }))
}
