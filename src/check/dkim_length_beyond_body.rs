//! `l=` is larger than the body: what was signed is no longer all there (RFC 6376 section 3.5).

use super::source::rfc;
use super::{ChangedBy, Evidence, Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.5")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if signature.reason != Reason::LengthBeyondBody {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let (length, body) = (signature.length?, signature.canonical_body?);
    let problem = Problem::DkimLengthBeyondBody { domain, selector, length, body };
    let (severity, actor) = subject.weight_of_change(signature, ChangedBy::of(subject.facts, signature));
    let place = signature.tags.get("l").map_or(signature.span, |tag| tag.span);
    let step = Evidence::Step(signature.trace.id.clone());
    Some(Finding::certain(problem, severity, actor, Evidence::Bytes(place)).also([step]))
}
