//! The message is not as it was signed, the body at least. Where the header signature fits, by itself or with known changes
//! undone, the domain did sign it; where it could not be checked, the field may be anybody's, and no key makes it count.

use super::source::rfc;
use super::{Actor, ChangedBy, Finding, Problem, Source, Subject, change};
use crate::auth::dkim::{BodyHash, HeaderSignature, Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.3")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fails = matches!(signature.reason, Reason::BodyHashMismatch | Reason::BodyAndHeaderMismatch);
    let proved = signature.shows_signer();
    let says_the_other = signature.header_signature == HeaderSignature::Invalid && !proved;
    if !fails || signature.body_hash != BodyHash::Mismatch || says_the_other {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let by = ChangedBy::of(subject.facts, signature);
    let suspect = subject.is_suspect();
    let problem = Problem::DkimBodyChanged { domain, selector, by, causes: signature.causes.clone(), proved, suspect };
    let (severity, actor) = subject.weight_of_change(signature, by);
    // Whoever passed it on may have got it so: what nothing proves is for whoever got it to know.
    let actor = if !proved && actor == Actor::Forwarder || suspect { Actor::Receiver } else { actor };
    Some(Finding::certain(problem, severity, actor, change::place(signature)).also(change::more_places(signature)))
}
