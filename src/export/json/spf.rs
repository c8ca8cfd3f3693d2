//! SPF: each identity with its trace, what it was compared with, and what the whole record allows.

use serde_json::{Value, json};

use super::auth::{in_answer, step};
use super::{text, word};
use crate::auth::spf::{Authorised, Bound, Check, Fault, ReadRecord, Remark, Survey};
use crate::facts::SpfFacts;

pub(super) fn spf(spf: &SpfFacts) -> Value {
    json!({
        "mail_from": spf.mail_from.as_ref().map(check),
        "helo": spf.helo.as_ref().map(check),
        "header_from": spf.header_from.as_ref().map(check),
        "dmarc_uses": "mail_from",
    })
}

pub(super) fn check(check: &Check) -> Value {
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
        "faults": check.faults.iter().map(fault).collect::<Vec<_>>(),
        "tried": word(&check.tried),
        "nearest": check.nearest().filter(|_| check.is_unlisted()).map(word),
        "survey": check.survey.as_ref().map(survey),
        "deprecated_type": check.deprecated.as_ref().map(|found| {
            json!({"dns": word(&found.question), "record": found.record})
        }),
        "trace": step(&check.trace),
    })
}

fn fault(fault: &Fault) -> Value {
    json!({
        "domain": fault.domain,
        "term": fault.term,
        "error": word(&fault.error),
        "in_answer": in_answer(fault.place),
    })
}

fn survey(survey: &Survey) -> Value {
    json!({
        "ipv4": authorised(survey.ipv4),
        "ipv6": authorised(survey.ipv6),
        "records": survey.records.iter().map(record).collect::<Vec<_>>(),
        "remarks": survey.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

/// The number as text: that of IPv6 is more than a JSON reader's numbers hold.
fn authorised(authorised: Authorised) -> Value {
    let (bound, at_most) = match authorised.bound {
        Bound::Exact => ("exact", None),
        Bound::AtLeast => ("at-least", None),
        Bound::AtMost => ("at-most", None),
        Bound::Between { at_most } => ("between", Some(at_most.to_string())),
    };
    json!({
        "addresses": authorised.digits(),
        "bound": bound,
        "at_most": at_most,
        "everybody": authorised.everybody,
    })
}

fn record(record: &ReadRecord) -> Value {
    json!({
        "domain": record.domain,
        "relation": word(&record.relation),
        "bytes": record.bytes,
        "answer_bytes": record.answer_bytes,
        "in_answer": in_answer(record.place),
    })
}

fn remark(remark: &Remark) -> Value {
    json!({
        "kind": word(&remark.kind),
        "domain": remark.domain,
        "term": remark.term,
        "in_answer": in_answer(remark.place),
    })
}
