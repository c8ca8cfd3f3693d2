//! The recipient's mail filter stands before the mailbox provider, which judged the filter's address.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::spf::SpfResult;
use crate::dns::RecordType;
use crate::facts::Facts;
use crate::path::FilterInFront;

pub(super) const SOURCES: &[Source] = &[rfc(7208, "2.3"), rfc(5321, "5.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let filter = facts.path.filter_at_boundary()?;
    let recorded = recorded_spf(facts, &filter);
    let ours = facts.spf.mail_from.as_ref().and_then(|check| check.result);
    let is_false = recorded.as_ref().is_some_and(|(result, _)| *result != "pass") && ours == Some(SpfResult::Pass);
    let severity = if is_false { Severity::Warning } else { Severity::Note };
    let actor = if is_false { Actor::Receiver } else { Actor::Nobody };
    let problem = Problem::FilterBeforeReceiver {
        service: filter.service.to_owned(),
        ip: filter.ip,
        theirs: recorded.as_ref().map(|(result, _)| (*result).to_owned()),
        ours,
    };
    let hop = |index: usize| facts.path.hops.get(index).map(|hop| Evidence::Bytes(hop.span));
    let place = recorded.map(|(_, place)| place).or_else(|| hop(filter.behind))?;
    let way_in = filter.recipient.as_deref().and_then(|domain| {
        let is_of = |name: &str| name.trim_end_matches('.').eq_ignore_ascii_case(domain);
        let mut asked = subject.questions.iter().filter(|entry| entry.question.kind == RecordType::Mx);
        asked.find(|entry| is_of(&entry.question.name)).map(|entry| Evidence::Question(entry.id))
    });
    Some(Finding::certain(problem, severity, actor, place).also(hop(filter.hop)).also(way_in))
}

/// What the receiving side recorded of SPF for the filter's address, above the hop behind the filter.
fn recorded_spf<'a>(facts: &'a Facts, filter: &FilterInFront) -> Option<(&'a str, Evidence)> {
    let behind = facts.path.hops.get(filter.behind)?.field;
    let trusted = facts.claims.iter().filter(|claim| claim.trust.is_trusted() && claim.field < behind);
    let mut results = trusted.flat_map(|claim| &claim.results);
    let spf = results.find(|result| result.method == "spf")?;
    Some((&spf.result, Evidence::Bytes(spf.span)))
}
