//! The signature field cannot be read, or breaks a rule that makes it worthless.

use super::{Actor, Evidence, Finding, Problem, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let unreadable = matches!(
        signature.reason,
        Reason::TagMissing
            | Reason::TagBroken
            | Reason::VersionUnknown
            | Reason::AlgorithmUnknown
            | Reason::CanonicalizationUnknown
            | Reason::QueryMethodUnknown
            | Reason::FromNotSigned
            | Reason::IdentityOutsideDomain
            | Reason::LengthBeyondBody
    );
    unreadable.then(|| {
        let problem =
            Problem::DkimUnreadable { domain: signature.domain.clone(), selector: signature.selector.clone() };
        let severity = subject.weight_of_signature(signature);
        Finding::certain(problem, severity, Actor::Sender, Evidence::Bytes(signature.span))
            .also([Evidence::Step(signature.trace.id.clone())])
    })
}
