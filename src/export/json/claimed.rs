//! What others claim, field by field, and beside what we proved.

use serde_json::{Map, Value, json};

use super::{text, word};
use crate::auth::claimed::{Claim, Comparison, Deviation, Note, Property, Trust};
use crate::facts::Facts;
use crate::message::Spanned;

pub(super) fn claim(claim: &Claim) -> Value {
    let (trust, why) = match claim.trust {
        Trust::Trusted(reason) => ("trusted", word(&reason)),
        Trust::Unsure(reason) => ("unsure", word(&reason)),
        Trust::Ignored(reason) => ("ignored", word(&reason)),
    };
    let results = claim.results.iter().map(|result| {
        json!({
            "method": result.method,
            "result": text(Some(&result.result)),
            "reason": text(result.reason.as_ref()),
            "properties": properties(&result.properties),
            "version": text(result.version.as_ref()),
            "comments": result.comments,
            "notes": result.notes.iter().copied().map(note).collect::<Vec<_>>(),
            "span": word(&result.span),
        })
    });
    json!({
        "header": word(&claim.header),
        "span": word(&claim.span),
        "authserv_id": text(claim.authserv_id.as_ref()),
        "receiver": text(claim.receiver.as_ref()),
        "instance": claim.instance,
        "trusted": claim.trust.is_trusted(),
        "trust": trust,
        "why": why,
        "results": results.collect::<Vec<_>>(),
        "comments": claim.comments,
        "deviations": claim.deviations.iter().map(deviation).collect::<Vec<_>>(),
        "unread": word(&claim.unread),
    })
}

/// The record beside our own verdict, row by row.
pub(super) fn comparison(facts: &Facts) -> Value {
    json!({
        "rows": facts.compared.rows.iter().map(|row| self::row(row, &facts.claims)).collect::<Vec<_>>(),
        "left_out": facts.compared.left_out,
    })
}

fn row(row: &Comparison, claims: &[Claim]) -> Value {
    let recorded = row.recorded.first().and_then(|place| place.find(claims));
    let reasons = row.reasons.iter().map(|reason| {
        let mut value = word(&reason.why);
        value["certainty"] = word(&reason.certainty);
        value
    });
    let mut value = word(&row.subject);
    value["recorded"] = text(recorded.map(|(_, result)| &result.result));
    value["trusted"] = Value::from(recorded.map(|(claim, _)| claim.trust.is_trusted()));
    value["places"] = word(&row.recorded);
    value["ours"] = Value::from(row.ours.word());
    value["agreement"] = word(&row.agreement);
    value["reasons"] = reasons.collect();
    value
}

fn note(note: Note) -> Value {
    let source = note.source();
    json!({
        "code": word(&note),
        "page": source.map(|source| source.page),
        "checked_on": source.map(|source| source.checked_on),
    })
}

fn deviation(deviation: &Spanned<Deviation>) -> Value {
    json!({ "code": word(&deviation.value), "span": word(&deviation.span) })
}

/// The properties by name; one that stands there several times has a list.
fn properties(properties: &[Property]) -> Map<String, Value> {
    let mut by_name = Map::new();
    for Property { name, value } in properties {
        let value = text(Some(&value.value));
        match by_name.get_mut(name) {
            None => _ = by_name.insert(name.clone(), value),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    by_name
}
