//! The second engine comes to something else, and why is not known.

use super::source::page;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::second::Part;
use crate::auth::trace::StepId;
use crate::facts::Facts;

pub(super) const SOURCES: &[Source] = &[page("docs.rs/mail-auth", "2026-11-22")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let mut open = facts.second.unexplained().filter_map(|(part, ours, theirs)| {
        Some((Problem::SecondEngineDiffers { part, ours, theirs }, Evidence::Step(step(facts, part)?)))
    });
    let (problem, evidence) = open.next()?;
    let finding = Finding::certain(problem, Severity::Note, Actor::Nobody, evidence).confidence(Confidence::Possible);
    Some(finding.also(open.map(|(_, evidence)| evidence)))
}

/// What our result rests on.
fn step(facts: &Facts, part: Part) -> Option<StepId> {
    let trace = match part {
        Part::MailFrom => &facts.spf.mail_from.as_ref()?.trace,
        Part::Helo => &facts.spf.helo.as_ref()?.trace,
        Part::HeaderFrom => &facts.spf.header_from.as_ref()?.trace,
        Part::Dkim(index) => &facts.dkim.get(index)?.trace,
        Part::Arc => &facts.arc.trace,
        Part::Dmarc | Part::Policy => &facts.dmarc.trace,
    };
    Some(trace.id.clone())
}
