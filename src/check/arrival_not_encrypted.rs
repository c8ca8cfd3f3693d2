//! The header states that the message reached the receiving side without TLS: Gmail shows a red open padlock for it.

use super::source::{page, whole_rfc};
use super::{Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::TlsState;

pub(super) const SOURCES: &[Source] = &[whole_rfc(3207), page("support.google.com/mail/answer/81126", "2026-07-02")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let boundary = subject.facts.path.boundary_hop();
    let plain = boundary.filter(|hop| hop.tls.state == TlsState::NotEncrypted);
    plain.map(|hop| {
        let problem = Problem::ArrivalNotEncrypted {
            by: hop.by.as_ref().map(|by| by.value.clone()),
            ip: hop.from.ip.map(|ip| ip.value),
        };
        let place = hop.tls.span.or(hop.with.as_ref().map(|with| with.span)).unwrap_or(hop.span);
        Finding::certain(problem, Severity::Warning, subject.operator_of_client(), Evidence::Bytes(place))
            .also([Evidence::Bytes(hop.span)])
    })
}
