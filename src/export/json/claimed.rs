//! What others claim, field by field.

use serde_json::{Map, Value, json};

use super::{text, word};
use crate::auth::claimed::{Claim, Deviation, Property, Trust};
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
            "comments": result.comments,
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
