//! Fields that may stand once (RFC 5322 section 3.6) stand there again, and programs do not agree which one counts. Several From
//! fields are another finding's: they leave no single author.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(5322, "3.6")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let repeated = &subject.facts.input.repeated;
    let (first, rest) = repeated.split_first()?;
    let fields = repeated.iter().map(|(name, _)| name.clone()).collect();
    let more = rest.iter().map(|(_, span)| Evidence::Bytes(*span));
    let problem = Problem::FieldRepeated { fields };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Bytes(first.1)).also(more))
}
