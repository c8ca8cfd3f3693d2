//! The message is not as it was signed, the body at least; the header signature fits, by itself or with known changes
//! undone, which proves that the domain signed it.

use super::source::rfc;
use super::{ChangedBy, Finding, Problem, Source, Subject, change};
use crate::auth::dkim::{BodyHash, Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.3")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fails = matches!(signature.reason, Reason::BodyHashMismatch | Reason::BodyAndHeaderMismatch);
    if !fails || signature.body_hash != BodyHash::Mismatch || !change::is_proved(signature) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let by = ChangedBy::of(subject.facts, signature);
    let problem = Problem::DkimBodyChanged { domain, selector, by, causes: signature.causes.clone() };
    let (severity, actor) = subject.weight_of_change(signature, by);
    Some(Finding::certain(problem, severity, actor, change::place(signature)).also(change::more_places(signature)))
}
