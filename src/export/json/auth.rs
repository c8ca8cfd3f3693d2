//! Reverse DNS, and the steps of each evaluator.

use serde_json::{Value, json};

use super::{text, word};
use crate::auth::iprev::Iprev;
use crate::auth::trace::{Place, Step};

pub(super) fn iprev(iprev: &Iprev) -> Value {
    let names: Vec<&str> = iprev.names.iter().map(|name| name.name.as_str()).collect();
    let confirmed = iprev.names.iter().filter(|name| name.confirmed).map(|name| name.name.as_str());
    json!({
        "result": word(&iprev.result),
        "ip": iprev.ip.to_string(),
        "names": names,
        "confirmed": confirmed.collect::<Vec<_>>(),
        "trace": step(&iprev.trace),
    })
}

pub(super) fn step(step: &Step) -> Value {
    let (span, in_answer) = match step.place {
        Some(Place::Message(span)) => (word(&span), Value::Null),
        Some(place @ Place::Answer { .. }) => (Value::Null, in_answer(place)),
        None => (Value::Null, Value::Null),
    };
    json!({
        "id": word(&step.id),
        "what": word(&step.what),
        "span": span,
        "in_answer": in_answer,
        "text": text(step.text.as_ref()),
        "dns": word(&step.questions),
        "counts": step.cost.map(|cost| word(&cost)),
        "tries": step.tries,
        "outcome": word(&step.outcome),
        "children": step.children.iter().map(self::step).collect::<Vec<_>>(),
    })
}

/// Bytes of a record in the answer to a question, its strings joined; null for bytes of the message, which alone are called
/// spans.
pub(super) fn in_answer(place: Place) -> Value {
    match place {
        Place::Answer { question, record, span } => {
            json!({"dns": word(&question), "record": record, "bytes": word(&span)})
        }
        Place::Message(_) => Value::Null,
    }
}
