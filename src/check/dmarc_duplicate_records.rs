//! Several DMARC records at one name: receivers pass over all of them (RFC 9989 section 4.10 steps 2 and 6).

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(9989, "4.10")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let dmarc = &subject.facts.dmarc;
    let step = dmarc.duplicated()?;
    let records = step.texts.iter().filter(|text| text.record.is_dmarc()).count();
    let problem = Problem::DmarcDuplicateRecords { domain: step.domain.clone(), records };
    Some(
        Finding::certain(problem, subject.weight_of_lost_record(), Actor::Sender, Evidence::Question(step.question))
            .also([Evidence::Step(dmarc.trace.id.clone())]),
    )
}
