//! The message arrived over a TLS version that is no longer allowed (RFC 8996).

use super::source::whole_rfc;
use super::{Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[whole_rfc(8996)];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let boundary = subject.facts.path.boundary_hop();
    boundary.and_then(|hop| {
        let version = hop.tls.version.filter(|version| version.is_deprecated())?;
        let problem = Problem::ArrivalTlsOld {
            by: hop.by.as_ref().map(|by| by.value.clone()),
            ip: hop.from.ip.map(|ip| ip.value),
            version,
        };
        let place = hop.tls.span.unwrap_or(hop.span);
        Some(Finding::certain(problem, Severity::Warning, subject.operator_of_client(), Evidence::Bytes(place)))
    })
}
