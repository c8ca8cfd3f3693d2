//! Delivery reports, and the other notices of programs.

use serde_json::{Value, json};

use super::{text, word};
use crate::bounce::{Bounce, Notice, Recipient, Returned};
use crate::message::date::Stamp;

pub(super) fn notice(notice: &Notice) -> Value {
    json!({"kind": word(&notice.kind), "span": word(&notice.span), "word": text(notice.word.as_ref())})
}

pub(super) fn bounce(bounce: &Bounce) -> Value {
    json!({
        "form": word(&bounce.form),
        "software": bounce.writer,
        "reporter": text(bounce.reporter.as_ref()),
        "arrived": bounce.arrived.map(Stamp::rfc3339),
        "span": word(&bounce.span),
        "recipients": bounce.recipients.iter().map(recipient).collect::<Vec<_>>(),
        "left_out": bounce.left_out,
        "deviations": bounce.deviations.iter().map(word).collect::<Vec<_>>(),
        "returned": bounce.returned.as_ref().map(returned),
    })
}

fn recipient(recipient: &Recipient) -> Value {
    let decoded = recipient.decoded.map(|decoded| {
        json!({
            "meaning": word(&decoded.meaning),
            "basis": word(&decoded.basis),
            "actor": word(&decoded.actor),
            "lasting": decoded.lasting.map(|lasting| word(&lasting)),
            "confidence": word(&decoded.confidence),
            "source": decoded.source,
            "dated": decoded.dated,
        })
    });
    json!({
        "address": text(recipient.address.as_ref()),
        "original": text(recipient.original.as_ref()),
        "action": recipient.action.map(|action| word(&action)),
        "outcome": word(&recipient.outcome),
        "host": text(recipient.host.as_ref()),
        "provider": recipient.provider.map(|host| json!({"code": host.code, "known_by": word(&host.by)})),
        "reply": recipient.reply,
        "status": recipient.status.map(|status| status.to_string()),
        "text": text(recipient.text.as_ref()),
        "decoded": decoded,
        "last_attempt": recipient.last_attempt.map(Stamp::rfc3339),
        "retried_until": recipient.retried_until.map(Stamp::rfc3339),
        "span": word(&recipient.span),
    })
}

fn returned(returned: &Returned) -> Value {
    json!({
        "header_only": returned.header_only,
        "subject": text(returned.subject.as_ref()),
        "author_domain": text(returned.author.as_ref()),
        "message_id": text(returned.message_id.as_ref()),
        "signing_domains": returned.signers,
        "named_domains": returned.named,
    })
}
