//! A hop other than the arrival states that it was not encrypted, or that it was by a version of TLS before 1.2 (RFC 8996).

use super::source::whole_rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::{Hop, Side, TlsState};

pub(super) const SOURCES: &[Source] = &[whole_rfc(3207), whole_rfc(8996)];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let is_weak = |hop: &Hop| {
        hop.tls.state == TlsState::NotEncrypted || hop.tls.version.is_some_and(crate::path::TlsVersion::is_deprecated)
    };
    // The arrival has findings of its own.
    let hops = subject.facts.path.hops.iter().enumerate();
    let mut weak = hops.filter(|(_, hop)| hop.side != Side::Boundary && is_weak(hop));
    let (index, hop) = weak.next()?;
    let problem = Problem::HopTlsWeak {
        hop: index + 1,
        by: hop.by.as_ref().map(|by| by.value.clone()),
        version: hop.tls.version.filter(|_| hop.tls.state == TlsState::Encrypted),
    };
    let place = |hop: &Hop| Evidence::Bytes(hop.tls.span.unwrap_or(hop.span));
    let others = weak.map(|(_, hop)| place(hop)).take(super::MAX_PLACES);
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, place(hop)).also(others))
}
