//! The signature does not verify: signed fields were changed, or the key is not the signer's. It may be anybody's field.

use super::{Actor, Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{HeaderSignature, Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fits_not = matches!(
        signature.reason,
        Reason::HeaderSignatureInvalid | Reason::BodyAndHeaderMismatch | Reason::BodyHashMismatch
    );
    if !fits_not || signature.header_signature == HeaderSignature::Valid {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimHeaderChanged { domain, selector };
    let (severity, by_whom) = subject.weight_of_change(signature);
    let passed_on = subject.facts.handling.passed_on();
    let actor = if by_whom == Actor::Forwarder && !passed_on { Actor::Sender } else { by_whom };
    Some(
        Finding::certain(problem, severity, actor, Evidence::Step(signature.trace.id.clone()))
            .also([Evidence::Bytes(signature.span)]),
    )
}
