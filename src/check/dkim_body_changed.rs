//! The body is not as it was signed, while the key is there to say so.

use super::{Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::BodyHashMismatch | Reason::BodyAndHeaderMismatch) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimBodyChanged { domain, selector };
    let (severity, actor) = subject.weight_of_change(signature);
    Some(
        Finding::certain(problem, severity, actor, Evidence::Step(signature.trace.id.clone()))
            .also([Evidence::Bytes(signature.span)]),
    )
}
