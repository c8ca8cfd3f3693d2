//! The signature does not verify: signed fields were changed, or the key is not the signer's. Where no change is proved it
//! may be anybody's field.

use super::source::rfc;
use super::{ChangedBy, Finding, Problem, Source, Subject, change};
use crate::auth::dkim::{BodyHash, HeaderSignature, Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.3")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fits_not = matches!(
        signature.reason,
        Reason::HeaderSignatureInvalid | Reason::BodyAndHeaderMismatch | Reason::BodyHashMismatch
    );
    let says_the_other = signature.body_hash == BodyHash::Mismatch && signature.shows_signer();
    if !fits_not || signature.header_signature != HeaderSignature::Invalid || says_the_other {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let by = ChangedBy::of(subject.facts, signature);
    let problem = Problem::DkimHeaderChanged { domain, selector, by, causes: signature.causes.clone() };
    let (severity, actor) = subject.weight_of_change(signature, by);
    Some(Finding::certain(problem, severity, actor, change::place(signature)).also(change::more_places(signature)))
}
