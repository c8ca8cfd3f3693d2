//! SPF, DKIM, DMARC, reverse DNS, and the steps of each.

use serde_json::{Value, json};

use super::{text, word};
use crate::auth::Alignment;
use crate::auth::arc::{Arc, Part};
use crate::auth::claimed::{Claim, Trust};
use crate::auth::dkim::Signature;
use crate::auth::dmarc::{Dmarc, Found, IdentifierSource};
use crate::auth::iprev::Iprev;
use crate::auth::spf::Check;
use crate::auth::trace::{Place, Step};
use crate::facts::{Facts, SpfFacts};

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

pub(super) fn dkim(facts: &Facts) -> Value {
    let signatures = facts.dkim.iter().enumerate();
    signatures.map(|(index, item)| signature(item, alignment(&facts.dmarc, index))).collect()
}

/// How the domain of a signature stands to the author domain, whether the signature counts or not.
fn alignment(dmarc: &Dmarc, index: usize) -> Option<Alignment> {
    let source = IdentifierSource::Dkim(index);
    dmarc.identifiers.iter().find(|identifier| identifier.source == source)?.alignment
}

fn signature(signature: &Signature, aligned: Option<Alignment>) -> Value {
    let key = &signature.key;
    json!({
        "span": word(&signature.span),
        "domain": text(signature.domain.as_ref()),
        "selector": text(signature.selector.as_ref()),
        "identity": text(signature.identity.as_ref()),
        "algorithm": text(signature.algorithm.as_ref()),
        "canonicalization": text(signature.canonicalization.as_ref()),
        "key": {
            "state": word(&key.state),
            "name": text(key.name.as_ref()),
            "bits": key.bits,
            "testing": key.testing,
            "record": text(key.record.as_ref()),
            "dns": key.question.map(|id| word(&id)),
        },
        "body_hash": word(&signature.body_hash),
        "body_hash_stated": text(signature.body_hash_stated.as_ref()),
        "body_hash_computed": text(signature.body_hash_computed.as_ref()),
        "header_signature": word(&signature.header_signature),
        "result": word(&signature.result),
        "reason": word(&signature.reason),
        "signed_at": signature.signed_at.map(|moment| moment.to_string()),
        "expires": signature.expires.map(|moment| moment.to_string()),
        "expired_at_receipt": signature.expired_at_receipt,
        "expired_now": signature.expired_now,
        "signed_headers": signature.signed_headers,
        "uncovered_bytes": signature.uncovered_bytes,
        "aligned": aligned.map(|aligned| word(&aligned)),
        "causes": [],
        "trace": step(&signature.trace),
    })
}

pub(super) fn arc(arc: &Arc) -> Value {
    let instances = arc.instances.iter().map(|instance| {
        json!({
            "i": instance.i,
            "seal": word(&instance.seal.state),
            "message_signature": word(&instance.message_signature.state),
            "chain_validation": instance.chain_validation.map(|validation| word(&validation)),
            "authentication_results": instance.authentication_results.map(|span| word(&span)),
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
    })
}

pub(super) fn dmarc(dmarc: &Dmarc) -> Value {
    let walk = dmarc.walk.iter().map(|step| {
        json!({
            "name": format!("_dmarc.{}", step.domain),
            "found": step.found == Found::Record,
            "state": word(&step.found),
            "dns": word(&step.question),
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
            "organizational_domain": text(identifier.organizational_domain.as_ref()),
        })
    });
    json!({
        "result": word(&dmarc.result),
        "reason": word(&dmarc.reason),
        "author_domain": text(dmarc.author_domain.as_ref()),
        "organizational_domain": text(dmarc.organizational_domain.as_ref()),
        "record_at": text(dmarc.record_at.as_ref()),
        "record": text(dmarc.record.as_ref()),
        "policy": dmarc.policy.map(|policy| word(&policy)),
        "policy_tag": dmarc.policy_tag.map(|tag| word(&tag)),
        "testing": dmarc.testing,
        "spf_aligned": word(&dmarc.best_alignment(false)),
        "dkim_aligned": word(&dmarc.best_alignment(true)),
        "identifiers": identifiers.collect::<Vec<_>>(),
        "walk": walk.collect::<Vec<_>>(),
        "differs_from_psl": dmarc.psl.is_some(),
        "psl": dmarc.psl.as_ref().map(word),
        "trace": step(&dmarc.trace),
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

pub(super) fn claim(claim: &Claim) -> Value {
    let why = match claim.trust {
        Trust::Trusted(reason) => word(&reason),
        Trust::Ignored(reason) => word(&reason),
    };
    let results = claim.results.iter().map(|result| {
        let properties =
            result.properties.iter().map(|property| (property.name.clone(), text(Some(&property.value.value))));
        json!({
            "method": result.method,
            "result": text(Some(&result.result)),
            "reason": text(result.reason.as_ref()),
            "properties": properties.collect::<serde_json::Map<_, _>>(),
            "comments": result.comments.iter().filter(|comment| !comment.is_empty()).collect::<Vec<_>>(),
            "span": word(&result.span),
        })
    });
    json!({
        "header": word(&claim.header),
        "span": word(&claim.span),
        "authserv_id": text(claim.authserv_id.as_ref()),
        "instance": claim.instance,
        "trusted": claim.trust.is_trusted(),
        "why": why,
        "results": results.collect::<Vec<_>>(),
    })
}

fn step(step: &Step) -> Value {
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
        "counts": step.counts.map(|counts| word(&counts)),
        "outcome": word(&step.outcome),
        "children": step.children.iter().map(self::step).collect::<Vec<_>>(),
    })
}
