//! The signature was over when the message was received (`x=`, RFC 6376 section 3.5).

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};
use crate::auth::dkim::{Reason, Signature};
use crate::message::date::{Stamp, Zone};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.5")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !matches!(signature.reason, Reason::ExpiredAtReceipt) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    // Both in the zone of the receiving side, so that they can be compared.
    let zone = subject.facts.path.received_at().map_or(Zone::UtcOnly, |received| received.value.zone);
    let problem = Problem::DkimExpired {
        domain,
        selector,
        expires: signature.expires.map(|expires| Stamp::utc(expires).told_in(zone)),
        judged_at: Stamp::utc(subject.facts.judged_at.moment).told_in(zone),
    };
    let severity = subject.weight_of_signature(signature);
    Some(Finding::certain(problem, severity, subject.signer(signature), Evidence::Bytes(signature.span)))
}
