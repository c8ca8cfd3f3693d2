//! The key is not in DNS today. For an old message that says nothing about the day it was received. What does not count for
//! another reason would not with a key, either: then that is said alone.

use super::source::rfc;
use super::{Actor, Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.reason != Reason::KeyMissing {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let suspect = subject.is_suspect();
    let finding = subject.key_finding(signature, Problem::DkimKeyMissing { domain, selector, suspect });
    // A selector that nobody publishes is no word of the domain that the field names.
    Some(if suspect { Finding { actor: Actor::Receiver, ..finding } } else { finding })
}
