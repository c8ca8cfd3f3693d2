//! The file holds more than this message, and nobody said which one is meant.

use super::source::{rfc, whole_rfc};
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::{LeftOut, Span};

pub(super) const SOURCES: &[Source] = &[whole_rfc(4155), rfc(2046, "5.2.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let input = &subject.facts.input;
    let left_out = input.place.and_then(|place| place.left_out)?;
    // A delivery report leads to what it returns by itself.
    let is_returned = subject.facts.bounce.as_ref().is_some_and(|bounce| bounce.returned.is_some());
    if is_returned && left_out == LeftOut::Attached {
        return None;
    }
    let place = Evidence::Bytes(Span::new(0, input.bytes));
    Some(Finding::certain(Problem::SeveralMessages { left_out }, Severity::Note, Actor::Reader, place))
}
