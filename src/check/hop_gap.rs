//! An older line names a server of the author domain, the client of the next one belongs elsewhere, and nothing proves the
//! author domain: the older line may be made up to look genuine. Everywhere else such a difference is everyday.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::path::{Handover, Side, organisation};

pub(super) const SOURCES: &[Source] = &[rfc(5321, "7.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    if !subject.is_unproved() || facts.is_passing_on_shown() {
        return None;
    }
    let author = organisation(facts.dmarc.author_domain.as_ref()?)?;
    let pairs = facts.path.hops.windows(2).enumerate();
    let mut gap = pairs.filter_map(|(index, pair)| {
        let [older, newer] = pair else { return None };
        let by = older.by.as_ref()?;
        let client = newer.from.name.as_ref().or(newer.from.helo.as_ref())?;
        let is_gap = newer.handover == Handover::Elsewhere && older.side == Side::Sending;
        (is_gap && organisation(&by.value).as_ref() == Some(&author)).then_some((index, by, client))
    });
    let (index, by, client) = gap.next_back()?;
    let problem = Problem::HopGap { hop: index + 1, by: by.value.clone(), client: client.value.clone() };
    let finding = Finding::certain(problem, Severity::Note, Actor::Receiver, Evidence::Bytes(by.span));
    Some(finding.confidence(Confidence::Possible).also([Evidence::Bytes(client.span)]))
}
