//! The ARC chain.

use serde_json::{Value, json};

use super::auth::step;
use super::{text, word};
use crate::auth::arc::{Arc, Part};
use crate::auth::claimed::Claim;

pub(super) fn arc(arc: &Arc, claims: &[Claim]) -> Value {
    let instances = arc.instances.iter().map(|instance| {
        json!({
            "i": instance.i,
            "seal": word(&instance.seal.state),
            "message_signature": word(&instance.message_signature.state),
            "chain_validation": instance.chain_validation.map(|validation| word(&validation)),
            "authentication_results": instance.authentication_results.map(|span| word(&span)),
            "seen": word(&instance.seen(claims)),
            "domain": text(instance.seal.domain.as_ref()),
            "selector": text(instance.seal.selector.as_ref()),
            "seal_part": part(&instance.seal),
            "message_signature_part": part(&instance.message_signature),
        })
    });
    json!({
        "result": word(&arc.result),
        "reason": word(&arc.reason),
        "broken_at": arc.broken_at,
        "oldest_pass": arc.oldest_pass,
        "changed": word(&arc.change()),
        "instances": instances.collect::<Vec<_>>(),
        "trace": step(&arc.trace),
    })
}

fn part(part: &Part) -> Value {
    json!({
        "state": word(&part.state),
        "reason": part.reason.map(|reason| word(&reason)),
        "span": part.span.map(|span| word(&span)),
        "domain": text(part.domain.as_ref()),
        "selector": text(part.selector.as_ref()),
        "algorithm": text(part.algorithm.as_ref()),
        "signed_at": part.signed_at.map(|moment| moment.to_string()),
        "dns": part.question.map(|id| word(&id)),
    })
}
