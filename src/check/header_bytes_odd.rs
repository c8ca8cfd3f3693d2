//! The header holds bytes that it may not (RFC 5322 section 2.2), or UTF-8 that no server says it took as such (RFC 6532).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::{HeaderByte, RepairCode};

pub(super) const SOURCES: &[Source] = &[rfc(5322, "2.2"), rfc(6532, "3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let (kind, span) = facts.input.flaws.header?;
    // A protocol of RFC 6531 section 4.3: `UTF8SMTP`, `UTF8SMTPS` and so on.
    let takes_utf8 = |with: &str| with.to_ascii_uppercase().contains("UTF8");
    let mut protocols = facts.path.hops.iter().filter_map(|hop| hop.with.as_ref());
    if kind == HeaderByte::Utf8 && protocols.any(|with| takes_utf8(&with.value)) {
        return None;
    }
    let problem = Problem::HeaderBytesOdd { kind };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, Evidence::Bytes(span)))
}

/// Whether this finding says of such a repair all that there is to say.
pub(super) fn says(subject: Subject<'_>, code: RepairCode) -> bool {
    let Some((kind, _)) = subject.facts.input.flaws.header else { return false };
    matches!(
        (code, kind),
        (RepairCode::RawEightBitHeader, HeaderByte::NotUtf8)
            | (RepairCode::NulByte, HeaderByte::Nul)
            | (RepairCode::BareCarriageReturn, HeaderByte::BareCarriageReturn)
    )
}
