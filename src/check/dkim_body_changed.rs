//! The body is not as it was signed; the header signature fits, which proves that the domain signed it.

use super::{Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{HeaderSignature, Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.reason != Reason::BodyHashMismatch || signature.header_signature != HeaderSignature::Valid {
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
