//! Every DKIM signature: the field, its key, what it covers, what was proved.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::auth::step;
use super::{text, word};
use crate::auth::Alignment;
use crate::auth::dkim::cause::{Edit, Search};
use crate::auth::dkim::coverage::Coverage;
use crate::auth::dkim::tag::TagList;
use crate::auth::dkim::{KeyFacts, Signature};
use crate::auth::dmarc::IdentifierSource;
use crate::facts::Facts;

pub(super) fn dkim(facts: &Facts) -> Value {
    // How the domain of each signature stands to the author domain, whether the signature counts or not.
    let alignments: HashMap<IdentifierSource, Option<Alignment>> =
        facts.dmarc.identifiers.iter().map(|identifier| (identifier.source, identifier.alignment)).collect();
    let aligned = |index| alignments.get(&IdentifierSource::Dkim(index)).copied().flatten();
    facts.dkim.iter().enumerate().map(|(index, item)| signature(item, aligned(index))).collect()
}

fn signature(signature: &Signature, aligned: Option<Alignment>) -> Value {
    json!({
        "span": word(&signature.span),
        "tags": tags(&signature.tags, "span"),
        "tag_faults": tag_faults(&signature.tags, "span"),
        "domain": text(signature.domain.as_ref()),
        "selector": text(signature.selector.as_ref()),
        "identity": text(signature.identity.as_ref()),
        "algorithm": text(signature.algorithm.as_ref()),
        "canonicalization": text(signature.canonicalization.as_ref()),
        "key": key(&signature.key),
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
        "signed_headers": signature.signed_headers.iter().map(|name| text(Some(name))).collect::<Vec<_>>(),
        "coverage": coverage(&signature.coverage),
        "canonical_header_bytes": signature.canonical_header,
        "canonical_body_bytes": signature.canonical_body,
        "length": signature.length,
        "uncovered_bytes": signature.uncovered_bytes,
        "uncovered_from": signature.uncovered_from,
        "aligned": aligned.map(|aligned| word(&aligned)),
        "causes": signature.causes.edits().map(cause).collect::<Vec<_>>(),
        "cause_search": {"body": search(&signature.causes.body), "header": search(&signature.causes.header)},
        "trace": step(&signature.trace),
    })
}

fn cause(edit: &Edit) -> Value {
    json!({
        "code": word(&edit.change),
        "span": word(&edit.span),
        "args": {
            "field": text(edit.field.as_ref()),
            "now": text(edit.now.as_ref()),
            "before": text(edit.before.as_ref()),
            "places": edit.places,
        },
    })
}

/// How the search for causes in one half ended, and how many changes were undone in it.
fn search(search: &Search) -> Value {
    match search {
        Search::NotSought(why) => json!({"state": "not-sought", "why": word(why), "tried": 0}),
        Search::NotFound { tried, ended } => json!({"state": "not-found", "why": word(ended), "tried": tried}),
        Search::Found { edits: _, tried } => json!({"state": "found", "why": null, "tried": tried}),
    }
}

/// Places in the key record are bytes of the record, and called so; `span` is always bytes of the input.
fn key(key: &KeyFacts) -> Value {
    let lints = key.lints.iter().map(|lint| {
        json!({
            "code": word(&lint.kind),
            "weight": word(&lint.kind.weight()),
            "in_record": lint.span.map(|span| word(&span)),
        })
    });
    json!({
        "state": word(&key.state),
        "source": word(&key.source),
        "name": text(key.name.as_ref()),
        "kind": key.kind.map(|kind| word(&kind)),
        "bits": key.bits,
        "wrapping": key.wrapping.map(|wrapping| word(&wrapping)),
        "testing": key.testing,
        "record": text(key.record.as_ref()),
        "record_index": key.record_index,
        "records": key.records,
        "tags": tags(&key.tags, "in_record"),
        "tag_faults": tag_faults(&key.tags, "in_record"),
        "fault": key.fault.map(|fault| word(&fault)),
        "lint": lints.collect::<Vec<_>>(),
        "cname": key.cname,
        "dns": key.question.map(|id| word(&id)),
    })
}

pub(super) fn tags(list: &TagList, place: &str) -> Value {
    let tags = list.tags.iter();
    tags.map(|tag| json!({"name": tag.name, "value": text(Some(&tag.value)), place: word(&tag.span)})).collect()
}

fn tag_faults(list: &TagList, place: &str) -> Value {
    list.faults.iter().map(|fault| json!({"code": word(&fault.value), place: word(&fault.span)})).collect()
}

fn coverage(coverage: &Coverage) -> Value {
    let signed = coverage.signed.iter().map(|name| {
        json!({
            "name": text(Some(&name.name)),
            "cover": word(&name.cover()),
            "named": name.named,
            "present": name.present,
            "span": word(&name.span),
        })
    });
    let open = coverage.open.iter();
    let open = open.map(|open| json!({"name": open.name, "count": open.count, "span": word(&open.span)}));
    json!({"signed": signed.collect::<Vec<_>>(), "open": open.collect::<Vec<_>>()})
}
