//! The file holds more than one message, and only the first was read.

use super::{Actor, Evidence, Finding, Problem, Severity, Subject};
use crate::message::RepairCode;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let repairs = &subject.facts.input.repairs;
    let second = repairs.iter().find(|repair| repair.code == RepairCode::SeveralMessages)?;
    let place = Evidence::Bytes(second.span);
    Some(Finding::certain(Problem::SeveralMessages, Severity::Note, Actor::Receiver, place))
}
