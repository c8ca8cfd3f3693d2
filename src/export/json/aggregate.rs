//! DMARC aggregate reports.

use serde_json::{Map, Value, json};

use super::{text, word};
use crate::aggregate::{Aggregate, Identifier, Override, Source};

/// The most sources that are written out.
const SOURCES: usize = 1_000;

pub(super) fn aggregate(report: &Aggregate) -> Value {
    let policies = report.policies.iter().map(|(tag, value)| ((*tag).to_owned(), text(Some(value))));
    let beyond: u64 = report.sources.iter().skip(SOURCES).map(|source| source.messages).sum();
    json!({
        "reporter": text(report.reporter.as_ref()),
        "contact": text(report.contact.as_ref()),
        "report_id": text(report.report_id.as_ref()),
        "begin": report.begin.map(|moment| moment.to_string()),
        "end": report.end.map(|moment| moment.to_string()),
        "domain": text(report.domain.as_ref()),
        "policies": policies.collect::<Map<_, _>>(),
        "messages": report.messages,
        "passed": report.passed,
        "failed": report.failed(),
        "at_least": report.is_at_least(),
        "sources": report.sources.iter().take(SOURCES).map(source).collect::<Vec<_>>(),
        "messages_left_out": report.left_out.saturating_add(beyond),
        "deviations": report.deviations.iter().map(word).collect::<Vec<_>>(),
        "span": word(&report.span),
    })
}

fn source(source: &Source) -> Value {
    json!({
        "ip": source.ip.map(|ip| ip.to_string()),
        "messages": source.messages,
        "at_least": source.at_least,
        "spf_aligned": source.spf,
        "dkim_aligned": source.dkim,
        "failed": source.failed,
        "quarantined": source.quarantined,
        "rejected": source.rejected,
        "identifiers": source.identifiers.iter().map(identifier).collect::<Vec<_>>(),
        "overrides": source.overrides.iter().map(reason).collect::<Vec<_>>(),
    })
}

fn identifier(identifier: &Identifier) -> Value {
    json!({
        "method": word(&identifier.method),
        "domain": text(identifier.domain.as_ref()),
        "selector": text(identifier.selector.as_ref()),
        "result": identifier.outcome.word(),
        "messages": identifier.messages,
    })
}

fn reason(reason: &Override) -> Value {
    json!({
        "type": word(&reason.kind),
        "comment": text(reason.comment.as_ref()),
        "messages": reason.messages,
    })
}
