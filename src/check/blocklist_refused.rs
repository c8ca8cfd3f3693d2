//! Blocklists say that they do not answer through this resolver: what stands on them is not known, neither good nor bad.

use super::source::page;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::listing::Standing;

pub(super) const SOURCES: &[Source] =
    &[page("docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html", "2026-11-27")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let listings = subject.facts.network.listings.as_ref()?;
    let refused = listings.rows.iter().filter_map(|row| match row.standing {
        Standing::Refused(why) => Some((row, why)),
        _ => None,
    });
    let refused: Vec<_> = refused.collect();
    let (first, why) = refused.first()?;
    let mut lists: Vec<&'static str> = Vec::new();
    for (row, _) in &refused {
        if !lists.contains(&row.list.name.as_str()) {
            lists.push(&row.list.name);
        }
    }
    let more = refused.iter().skip(1).map(|(row, _)| Evidence::Question(row.question));
    let problem = Problem::BlocklistRefused { lists, why: *why };
    let place = Evidence::Question(first.question);
    Some(Finding::certain(problem, Severity::Note, Actor::Reader, place).also(more))
}
