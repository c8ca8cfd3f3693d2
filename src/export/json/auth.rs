//! SPF, reverse DNS, and the steps of each evaluator.

use serde_json::{Value, json};

use super::{text, word};
use crate::auth::iprev::Iprev;
use crate::auth::spf::Check;
use crate::auth::trace::{Place, Step};
use crate::facts::SpfFacts;

pub(super) fn spf(spf: &SpfFacts) -> Value {
    json!({
        "mail_from": spf.mail_from.as_ref().map(check),
        "helo": spf.helo.as_ref().map(check),
        "header_from": spf.header_from.as_ref().map(check),
    })
}

fn check(check: &Check) -> Value {
    json!({
        "domain": text(Some(&check.domain)),
        "ip": check.ip.to_string(),
        "sender": text(Some(&check.sender)),
        "result": check.result.map(|result| word(&result)),
        "lookups": check.lookups,
        "void_lookups": check.void_lookups,
        "void_questions": check.void_questions,
        "matched": check.matched.as_ref().map(|matched| &matched.term),
        "matched_in": check.matched.as_ref().map(word),
        "reason": word(&check.reason),
        "culprit": check.culprit.as_ref().map(word),
        "explanation": text(check.explanation.as_ref()),
        "tried": word(&check.tried),
        "trace": step(&check.trace),
    })
}

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
        Some(Place::Answer { question, record, span }) => {
            (Value::Null, json!({"dns": word(&question), "record": record, "span": word(&span)}))
        }
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
