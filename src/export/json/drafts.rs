//! The fields before and after DKIM: DKIM2 (a draft) and `DomainKeys` (historic). Shown, never judged.

use serde_json::{Value, json};

use super::dkim::tags;
use super::{text, word};
use crate::auth::dkim2::{Dkim2, HopSignature, Instance};
use crate::auth::domainkeys::DomainKey;

pub(super) fn dkim2(dkim2: &Dkim2) -> Value {
    json!({
        "status": "draft-not-judged",
        "signatures": dkim2.signatures.iter().map(hop).collect::<Vec<_>>(),
        "instances": dkim2.instances.iter().map(instance).collect::<Vec<_>>(),
        "hops": word(&dkim2.hops()),
        "revisions": word(&dkim2.revisions()),
        "left_out": dkim2.left_out,
    })
}

fn hop(hop: &HopSignature) -> Value {
    json!({
        "span": word(&hop.span),
        "i": hop.i,
        "m": hop.m,
        "signed_at": hop.signed_at.map(|moment| moment.to_string()),
        "domain": text(hop.domain.as_ref()),
        "keys": hop.keys.iter().map(|key| json!({
            "selector": text(Some(&key.selector)),
            "algorithm": text(key.algorithm.as_ref()),
        })).collect::<Vec<_>>(),
        "mail_from": text(hop.mail_from.as_ref()),
        "recipients": hop.recipients,
        "next_domain": text(hop.next_domain.as_ref()),
        "flags": hop.flags,
        "tags": tags(&hop.tags, "span"),
    })
}

fn instance(instance: &Instance) -> Value {
    json!({
        "span": word(&instance.span),
        "m": instance.m,
        "algorithms": instance.algorithms.iter().map(|name| text(Some(name))).collect::<Vec<_>>(),
        "changed_headers": instance.headers.iter().map(|name| text(Some(name))).collect::<Vec<_>>(),
        "body": word(&instance.body),
        "tags": tags(&instance.tags, "span"),
    })
}

pub(super) fn domainkeys(keys: &[DomainKey]) -> Value {
    let key = |key: &DomainKey| {
        json!({
            "status": "historic-not-verified",
            "span": word(&key.span),
            "domain": text(key.domain.as_ref()),
            "selector": text(key.selector.as_ref()),
            "algorithm": text(key.algorithm.as_ref()),
            "tags": tags(&key.tags, "span"),
        })
    };
    keys.iter().map(key).collect()
}
