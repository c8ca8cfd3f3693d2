//! DMARC: result, record, walk, identifiers, destinations of reports.

use serde_json::{Value, json};

use super::auth::step;
use super::{text, word};
use crate::auth::dmarc::record::{Record, Status};
use crate::auth::dmarc::{Destination, Dmarc, Found, IdentifierSource, Text};

pub(super) fn dmarc(dmarc: &Dmarc) -> Value {
    let walk = dmarc.walk.iter().map(|step| {
        json!({
            "name": format!("_dmarc.{}", step.domain),
            "found": step.found == Found::Record,
            "state": word(&step.found),
            "dns": word(&step.question),
            "texts": step.texts.iter().map(published).collect::<Vec<_>>(),
        })
    });
    let identifiers = dmarc.identifiers.iter().map(|identifier| {
        let (source, signature) = match identifier.source {
            IdentifierSource::Spf => ("spf", None),
            IdentifierSource::Dkim(index) => ("dkim", Some(index)),
        };
        json!({
            "source": source,
            "signature": signature,
            "domain": text(Some(&identifier.domain)),
            "authentication": word(&identifier.authentication),
            "aligned": identifier.alignment.map(|alignment| word(&alignment)),
            "relation": word(&identifier.relation),
            "organizational_domain": text(identifier.organizational_domain.as_ref()),
        })
    });
    json!({
        "result": word(&dmarc.result),
        "reason": word(&dmarc.reason),
        "author_domain": text(dmarc.author_domain.as_ref()),
        "organizational_domain": text(dmarc.organizational_domain.as_ref()),
        "record_at": text(dmarc.record_at.as_ref()),
        "record": dmarc.applied_record().map(Record::text),
        "record_parts": dmarc.applied_record().map(parts),
        "policy": dmarc.policy.map(|policy| word(&policy)),
        "policy_published": dmarc.policy_published.map(|policy| word(&policy)),
        "policy_tag": dmarc.policy_tag.map(|tag| word(&tag)),
        "testing": dmarc.testing,
        "spf_aligned": word(&dmarc.best_alignment(false)),
        "dkim_aligned": word(&dmarc.best_alignment(true)),
        "identifiers": identifiers.collect::<Vec<_>>(),
        "walk": walk.collect::<Vec<_>>(),
        "differs_from_psl": dmarc.psl.is_some(),
        "psl": dmarc.psl.as_ref().map(word),
        "would_be": word(&dmarc.would_be),
        "authors_left_out": dmarc.authors_left_out,
        "reports": dmarc.destinations.iter().map(destination).collect::<Vec<_>>(),
        "trace": step(&dmarc.trace),
    })
}

/// A text at a name of the walk. `bytes` count in the joined text.
fn published(published: &Text) -> Value {
    let record = &published.record;
    let problems = record.problems.iter().map(|problem| {
        json!({
            "code": word(&problem.kind),
            "text": text(Some(&record.at(problem.span))),
            "bytes": word(&problem.span),
        })
    });
    json!({
        "record": published.index,
        "text": text(Some(&record.text())),
        "status": status(record),
        "problems": problems.collect::<Vec<_>>(),
    })
}

fn status(record: &Record) -> Value {
    match record.status {
        Status::NotDmarc(misfit) => word(&misfit),
        status => word(&status),
    }
}

/// The parts between the semicolons.
fn parts(record: &Record) -> Value {
    let parts = record.parts().into_iter().map(|part| {
        json!({
            "tag": word(&part.name),
            "text": text(Some(&record.at(part.span))),
            "problems": word(&part.problems),
            "bytes": word(&part.span),
        })
    });
    parts.collect()
}

fn destination(destination: &Destination) -> Value {
    json!({
        "tag": word(&destination.tag),
        "uri": text(Some(&destination.uri.value)),
        "host": text(destination.host.as_ref()),
        "permission": word(&destination.permission),
        "dns": destination.question.map(|id| word(&id)),
    })
}
