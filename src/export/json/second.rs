//! What the second engine makes of the message, and where it differs.

use serde_json::{Value, json};

use super::word;
use crate::auth::second::{Agreement, Comparison, Part, Second};

pub(super) fn second(second: &Second) -> Value {
    let theirs = |part| second.of(part).and_then(Comparison::theirs).map(|verdict| word(&verdict));
    let dkim = second.parts.iter().filter(|compared| matches!(compared.part, Part::Dkim(_)));
    let agrees = match second.agreement() {
        Agreement::Full => Some(true),
        Agreement::Explained | Agreement::Open => Some(false),
        Agreement::Nothing => None,
    };
    let mut differences = Vec::new();
    let mut not_compared = Vec::new();
    for compared in &second.parts {
        match &compared.comparison {
            Comparison::Agrees(_) => {}
            Comparison::Differs { ours, theirs, known } => {
                differences.push(place(compared.part, &json!({"ours": ours, "theirs": theirs, "known": known})));
            }
            Comparison::NotCompared(why) => not_compared.push(place(compared.part, &json!({"why": why}))),
        }
    }
    let unexplained = second
        .unexplained()
        .map(|(part, ours, theirs)| place(part, &json!({"ours": word(&ours), "theirs": word(&theirs)})));
    json!({
        "spf": theirs(Part::MailFrom),
        "helo": theirs(Part::Helo),
        "header_from": theirs(Part::HeaderFrom),
        "dkim": dkim.map(|compared| compared.comparison.theirs().map(|verdict| word(&verdict))).collect::<Vec<_>>(),
        "arc": theirs(Part::Arc),
        "dmarc": theirs(Part::Dmarc),
        "policy": theirs(Part::Policy),
        "agrees": agrees,
        "known_differences": word(&second.known()),
        "unexplained": unexplained.collect::<Vec<_>>(),
        "differences": differences,
        "not_compared": not_compared,
    })
}

/// What is said of a part, with its name in front.
fn place(part: Part, said: &Value) -> Value {
    let signature = match part {
        Part::Dkim(index) => Some(index),
        _ => None,
    };
    let mut value = json!({"part": part.word(), "signature": signature});
    if let (Some(value), Some(said)) = (value.as_object_mut(), said.as_object()) {
        value.extend(said.clone());
    }
    value
}
