//! The record alone is longer than what should fit into one DNS packet (RFC 7208 section 3.4).
//!
//! The section counts every TXT record of the name. Those of other purposes are left out here: many a domain is over the
//! limit by them, and nothing comes of it.

use super::source::rfc;
use super::{Actor, Finding, Problem, Severity, Source, Subject, place_in};
use crate::auth::spf::Relation;

/// The most bytes of name and text that ought to fit (section 3.4).
const MAX_BYTES: usize = 450;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "3.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let check = subject.evaluated_record()?;
    let own =
        check.survey.iter().flat_map(|survey| &survey.records).filter(|record| record.relation != Relation::Included);
    let long = own.max_by_key(|record| record.bytes).filter(|record| record.domain.len() + record.bytes > MAX_BYTES)?;
    let problem = Problem::SpfRecordLong { owner: long.domain.clone(), bytes: long.bytes };
    Some(Finding::certain(problem, Severity::Note, Actor::Sender, place_in(check, long.place)))
}
