//! The input was damaged and read all the same; line ends alone are no damage.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::message::RepairCode;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let repairs: Vec<_> =
        subject.facts.input.repairs.iter().filter(|repair| repair.code != RepairCode::LineEndings).collect();
    let (first, rest) = repairs.split_first()?;
    let problem = Problem::InputRepaired { repairs: repairs.len() };
    let rest = rest.iter().map(|repair| Evidence::Bytes(repair.span));
    Some(Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(first.span)).also(rest))
}
