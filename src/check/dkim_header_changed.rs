//! The body is as it was signed, the header is not.

use super::{Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.reason != Reason::HeaderSignatureInvalid {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimHeaderChanged { domain, selector };
    let (severity, actor) = subject.weight_of_change(signature);
    Some(
        Finding::certain(problem, severity, actor, Evidence::Step(signature.trace.id.clone()))
            .also([Evidence::Bytes(signature.span)]),
    )
}
