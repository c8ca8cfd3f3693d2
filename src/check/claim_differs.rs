//! The receiving side recorded something else than we come to.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::claimed::{Agreement, Certainty, Comparison, Reason, Subject as Checked, Why};

pub(super) const SOURCES: &[Source] = &[rfc(8601, "2.7")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let row = facts.compared.rows.iter().filter(|row| is_news(subject, row)).min_by_key(|row| weight(subject, row))?;
    let (_, result) = row.recorded.first()?.find(&facts.claims)?;
    let reason = row.reasons.first()?;
    let problem = Problem::ClaimDiffers {
        checked: row.subject,
        recorded: result.result.clone(),
        ours: row.ours.word(),
        why: reason.why,
        certainty: reason.certainty,
    };
    let confidence = match reason.certainty {
        Certainty::Established => Confidence::Certain,
        Certainty::Possible => Confidence::Likely,
    };
    let own = step(subject, row.subject);
    let finding = Finding::certain(problem, Severity::Note, Actor::Nobody, Evidence::Bytes(result.span)).also(own);
    Some(finding.confidence(confidence))
}

/// A record of the receiving side that differs for a reason of its own. ARC and reverse DNS decide nothing.
fn is_news(subject: Subject<'_>, row: &Comparison) -> bool {
    let decides = matches!(row.subject, Checked::SpfMailFrom | Checked::Dkim { .. } | Checked::Dmarc);
    let follows = row.reasons.iter().any(|reason| matches!(reason.why, Why::FollowsSpf | Why::FollowsDkim));
    let recorded = row.recorded.first().and_then(|place| place.find(&subject.facts.claims));
    let is_trusted = recorded.is_some_and(|(claim, _)| claim.trust.is_trusted());
    // That the provider judged the filter's address is said by filter-before-receiver.
    let filter = subject.facts.path.filter_at_boundary();
    let is_filter =
        |reason: &Reason| filter.as_ref().is_some_and(|filter| reason.why == Why::OtherAddress { theirs: filter.ip });
    row.agreement == Agreement::Differs && decides && !follows && is_trusted && !row.reasons.iter().any(is_filter)
}

/// What speaks for the author domain first.
fn weight(subject: Subject<'_>, row: &Comparison) -> u8 {
    let author = subject.facts.author_signature().map(|own| own.field);
    match row.subject {
        Checked::Dmarc => 0,
        Checked::Dkim { signature: Some(index) } => {
            let is_author = subject.facts.dkim.get(index).map(|own| own.field) == author;
            if is_author { 1 } else { 3 }
        }
        Checked::SpfMailFrom => 2,
        _ => 4,
    }
}

/// The steps of our own verdict.
fn step(subject: Subject<'_>, checked: Checked) -> Option<Evidence> {
    let facts = subject.facts;
    let trace = match checked {
        Checked::SpfMailFrom => facts.spf.mail_from.as_ref().map(|check| &check.trace),
        Checked::Dkim { signature: Some(index) } => facts.dkim.get(index).map(|own| &own.trace),
        Checked::Dmarc => Some(&facts.dmarc.trace),
        _ => None,
    };
    trace.map(|trace| Evidence::Step(trace.id.clone()))
}
