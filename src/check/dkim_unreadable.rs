//! The signature field cannot be read, or breaks a rule that makes it worthless (RFC 6376 section 6.1.1).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};
use crate::auth::dkim::{FieldFault, Signature};

/// The tags that must be there (section 3.5), in the order in which they are looked for.
const REQUIRED: [&str; 7] = ["v", "a", "b", "d", "s", "bh", "h"];

pub(super) const SOURCES: &[Source] = &[rfc(6376, "6.1.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let fault = signature.reason.field_fault()?;
    let tag = match fault {
        FieldFault::TagMissing => REQUIRED.into_iter().find(|name| signature.tags.get(name).is_none()),
        _ => signature.tags.tags.iter().find(|tag| Some(tag.span) == signature.fault).map(|tag| tag.name.as_str()),
    };
    let (domain, selector) = (signature.domain.clone(), signature.selector.clone());
    let suspect = subject.is_suspect();
    let problem = Problem::DkimUnreadable { domain, selector, fault, tag: tag.map(str::to_owned), suspect };
    let severity = subject.weight_of_signature(signature);
    let place = Evidence::Bytes(signature.fault.unwrap_or(signature.span));
    let step = Evidence::Step(signature.trace.id.clone());
    // A field that cannot be read is no word of the domain that it names.
    let actor = if suspect { Actor::Receiver } else { subject.signer(signature) };
    Some(Finding::certain(problem, severity, actor, place).also([step]))
}
