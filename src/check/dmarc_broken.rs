//! A DMARC record that receivers pass over: it cannot be read, or has no policy (RFC 9989 sections 4.7 and 4.10.1).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.7"), rfc(9989, "4.10.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let faulty = dmarc.faulty()?;
    let problem =
        Problem::DmarcBroken { domain: faulty.domain, fault: faulty.fault, text: super::quoted(&faulty.text) };
    Some(
        Finding::certain(problem, subject.weight_of_lost_record(), Actor::Sender, Evidence::Question(faulty.question))
            .also([Evidence::Step(dmarc.trace.id.clone())]),
    )
}
