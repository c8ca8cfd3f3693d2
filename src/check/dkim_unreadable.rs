//! The signature field cannot be read, or breaks a rule that makes it worthless.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) fn check(_: Subject<'_>, signature: &Signature) -> Option<Finding> {
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
        Finding::certain(problem, Severity::Error, Actor::Sender, Evidence::Bytes(signature.span))
            .also([Evidence::Step(signature.trace.id.clone())])
    })
}
