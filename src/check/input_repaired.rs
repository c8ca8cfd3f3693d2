//! The input was damaged and read all the same. How a program stores messages is no damage.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject, header_bytes_odd};
use crate::message::RepairCode;

pub(super) const SOURCES: &[Source] = &[rfc(5322, "2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let stored = |code| {
        matches!(
            code,
            RepairCode::LineEndings
                | RepairCode::ByteOrderMark
                | RepairCode::MboxFromLine
                | RepairCode::QuotedFromLines
                | RepairCode::HeaderFromProperties
        )
    };
    let repairs: Vec<_> = subject
        .facts
        .input
        .repairs
        .iter()
        .filter(|repair| !stored(repair.code) && !header_bytes_odd::says(subject, repair.code))
        .collect();
    let (first, rest) = repairs.split_first()?;
    let mut kinds: Vec<RepairCode> = Vec::new();
    for repair in &repairs {
        if !kinds.contains(&repair.code) {
            kinds.push(repair.code);
        }
    }
    let problem = Problem::InputRepaired { repairs: repairs.len(), kinds };
    let rest = rest.iter().map(|repair| Evidence::Bytes(repair.span));
    Some(Finding::certain(problem, Severity::Note, Actor::Receiver, Evidence::Bytes(first.span)).also(rest))
}
