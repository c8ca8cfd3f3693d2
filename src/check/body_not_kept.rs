//! The mail program that saved the message did not keep its body as it was sent.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::message::{Fidelity, Kind, Span};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let input = &subject.facts.input;
    let program = match input.kind {
        Kind::Msg | Kind::Emlx => input.kind,
        Kind::Eml | Kind::Headers | Kind::Mbox | Kind::Nested | Kind::AggregateReport => return None,
    };
    let place = Evidence::Bytes(Span::new(0, input.bytes));
    let kept = input.kept.body == Fidelity::AsSent || input.headers_only;
    (!kept).then(|| Finding::certain(Problem::BodyNotKept { program }, Severity::Note, Actor::Receiver, place))
}
