//! The MTA-STS record of a domain is there and does not count, so senders act as if the domain had none.

use serde::Serialize;

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::transport::{self, Domain, Published, State, Whose};

pub(super) const SOURCES: &[Source] = &[rfc(8461, "3.1")];

/// Why a record does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordFault {
    /// There are so many of them.
    Several(usize),
    Broken(transport::Problem),
}

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    broken(
        subject,
        |domain| &domain.mta_sts,
        |domain, whose, fault, part| Problem::MtaStsRecordBroken { domain, whose, fault, part },
    )
}

/// The first domain whose record of a kind does not count.
pub(super) fn broken(
    subject: Subject<'_>,
    record: fn(&Domain) -> &Published,
    problem: fn(String, Whose, RecordFault, Option<String>) -> Problem,
) -> Option<Finding> {
    let transport = subject.facts.network.transport.as_ref()?;
    transport.domains.iter().find_map(|domain| {
        let published = record(domain);
        let (fault, part) = match published.state {
            State::Several(count) => (RecordFault::Several(count), None),
            State::Broken => {
                let (fault, part) = published.record.as_ref()?.fault()?;
                (RecordFault::Broken(fault), (!part.is_empty()).then(|| super::quoted(&part)))
            }
            State::Found | State::Missing | State::Unreachable | State::NotAsked(_) => return None,
        };
        let problem = problem(domain.name.clone(), domain.whose, fault, part);
        let place = Evidence::Question(published.question);
        Some(Finding::certain(problem, Severity::Note, keeper(domain.whose), place))
    })
}

/// Whose DNS it is.
pub(super) const fn keeper(whose: Whose) -> Actor {
    match whose {
        Whose::Recipient | Whose::Both => Actor::Receiver,
        Whose::Author => Actor::Sender,
    }
}
