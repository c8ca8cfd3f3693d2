//! Fields that a reader or a program relies on, and that no valid signature covers (RFC 6376 section 5.4.1, RFC 8058
//! section 4). Others are often left open by large senders, and shown with each signature.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject, one_click_broken};
use crate::auth::dkim::{Reason, Signature};
use crate::sender::unsubscribe::FIELDS;

pub(super) const SOURCES: &[Source] = &[rfc(6376, "5.4.1"), rfc(8058, "4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let valid = || subject.facts.dkim.iter().filter(|signature| signature.reason == Reason::Verified);
    let signature = valid().find(|signature| subject.is_own(signature)).or_else(|| valid().next())?;
    let mut fields = Vec::new();
    if valid().all(|signature| signature.coverage.ignores("Subject")) {
        fields.push("Subject");
    }
    let severity = if fields.is_empty() { Severity::Note } else { Severity::Warning };
    let covers_both = |signature: &Signature| !FIELDS.iter().any(|name| signature.coverage.ignores(name));
    // A broken offer is another finding, which asks for the signature too.
    let is_offered = subject.facts.identity.one_click && one_click_broken::fault(subject.facts).is_none();
    if is_offered && !valid().any(covers_both) {
        fields.extend(FIELDS);
    }
    if fields.is_empty() {
        return None;
    }
    let mut open = signature.coverage.open.iter();
    let place = open.find(|open| fields.contains(&open.name)).map_or(signature.span, |open| open.span);
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimFieldsUnsigned { domain, selector, fields };
    let names = signature.tags.get("h").map_or(signature.span, |tag| tag.span);
    let actor = subject.signer(signature);
    Some(Finding::certain(problem, severity, actor, Evidence::Bytes(place)).also([Evidence::Bytes(names)]))
}
