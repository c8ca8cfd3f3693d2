//! Input, message, path and session.

use serde_json::{Value, json};

use super::{text, word};
use crate::facts::{Facts, Sourced};
use crate::message::{Spanned, address::Mailbox, date::Stamp};
use crate::path::{Hop, MAX_LISTED, Part, Waypoint};

pub(super) fn input(facts: &Facts) -> Value {
    let input = &facts.input;
    let repairs = input.repairs.iter().map(|repair| {
        json!({"code": word(&repair.code), "span": word(&repair.span), "original": repair.original.map(|span| word(&span))})
    });
    json!({
        "kind": word(&input.kind),
        "bytes": input.bytes,
        "headers_only": input.headers_only,
        "line_endings": word(&input.line_endings),
        "header_kept": word(&input.kept.header),
        "body_kept": word(&input.kept.body),
        "message": input.place.map(|place| place.pick.to_string()),
        "offset": input.place.and_then(|place| place.offset),
        "repairs": repairs.collect::<Vec<_>>(),
    })
}

pub(super) fn message(facts: &Facts) -> Value {
    let identity = &facts.identity;
    let return_path = identity.return_path.as_ref().map(|address| if address.is_empty() { "<>" } else { address });
    json!({
        "from": identity.from.iter().map(mailbox).collect::<Vec<_>>(),
        "from_fields": identity.from_fields,
        "sender": identity.sender.iter().map(mailbox).collect::<Vec<_>>(),
        "reply_to": identity.reply_to.iter().map(mailbox).collect::<Vec<_>>(),
        "subject": text(identity.subject.as_ref()),
        "date": identity.date.map(Stamp::rfc3339),
        "message_id": text(identity.message_id.as_ref()),
        "return_path": return_path,
        "stream": word(&facts.stream.kind),
        "stream_evidence": facts.stream.evidence.map(|span| word(&span)),
        "forwarded": facts.handling.forwarded.map(|(mark, span)| json!({"mark": word(&mark), "span": word(&span)})),
        "passed_on_proved": facts.is_passing_on_shown(),
        "passed_on_by": facts.handling.by.as_ref().map(|by| &by.domain),
        "list": facts.handling.list.map(|span| word(&span)),
        "saved_by": facts.saved.map(|saved| json!({"program": word(&saved.by), "span": word(&saved.span)})),
    })
}

fn mailbox(mailbox: &Mailbox) -> Value {
    json!({
        "name": text(mailbox.name.as_ref()),
        "address": text(Some(&mailbox.address)),
        "domain": text(mailbox.domain.as_ref()),
    })
}

pub(super) fn path(facts: &Facts) -> Value {
    let path = &facts.path;
    let hops = path.hops.iter().enumerate().map(|(index, item)| {
        let parts = if path.is_listed(index) { item.parts.as_slice() } else { &[] };
        hop(index + 1, item, parts)
    });
    let boundary = path.boundary.as_ref().map(|boundary| {
        let alternatives = boundary.alternatives.iter().take(MAX_LISTED);
        let alternatives = alternatives.map(|(hop, reason)| json!({"hop": hop + 1, "reason": word(reason)}));
        json!({
            "hop": boundary.hop + 1,
            "reason": word(&boundary.reason),
            "chosen_by": word(&boundary.chosen_by),
            "ambiguous": path.is_boundary_ambiguous(),
            "alternatives": alternatives.collect::<Vec<_>>(),
            "alternatives_left_out": boundary.alternatives.len().saturating_sub(MAX_LISTED),
        })
    });
    json!({
        "hops": hops.collect::<Vec<_>>(),
        "hops_without_parts": path.unlisted(),
        "waypoints": path.waypoints.iter().map(waypoint).collect::<Vec<_>>(),
        "boundary": boundary,
        "total_s": path.total.map(|total| total.as_secs()),
    })
}

fn hop(index: usize, hop: &Hop, parts: &[Part]) -> Value {
    let client = &hop.from;
    json!({
        "index": index,
        "span": word(&hop.span),
        "dialect": word(&hop.dialect),
        "operator": hop.operator.map(|operator| word(&operator)),
        "from": {
            "helo": spanned(client.helo.as_ref()),
            "name": spanned(client.name.as_ref()),
            "ip": client.ip.map(|ip| ip.value.to_string()),
            "other_ip": client.other.map(|ip| ip.value.to_string()),
        },
        "by": spanned(hop.by.as_ref()),
        "via": spanned(hop.via.as_ref()),
        "with": spanned(hop.with.as_ref()),
        "id": spanned(hop.id.as_ref()),
        "for": spanned(hop.recipient.as_ref()),
        "envelope_from": hop.envelope_from.as_ref().map(|sender| bracketed(&sender.value)),
        "date": hop.date.map(|date| date.value.rfc3339()),
        "handover": word(&hop.handover),
        "delay_s": hop.delay.map(|delay| delay.as_secs()),
        "tls": {
            "state": word(&hop.tls.state),
            "version": hop.tls.version.map(|version| word(&version)),
            "cipher": text(hop.tls.cipher.as_ref()),
            "bits": hop.tls.bits,
        },
        "side": word(&hop.side),
        "parts": parts.iter().map(|part| json!({"kind": word(&part.kind), "span": word(&part.span)})).collect::<Vec<_>>(),
        "unread": hop.unread().map(|span| word(&span)).collect::<Vec<_>>(),
    })
}

fn waypoint(waypoint: &Waypoint) -> Value {
    json!({
        "name": waypoint.name,
        "kind": word(&waypoint.kind),
        "span": word(&waypoint.span),
        "after_hop": waypoint.after,
        "text": spanned(waypoint.text.as_ref()),
        "ip": waypoint.ip.map(|ip| ip.value.to_string()),
        "date": waypoint.date.map(|date| date.value.rfc3339()),
    })
}

pub(super) fn session(facts: &Facts) -> Value {
    let session = &facts.session;
    json!({
        "ip": session.ip.as_ref().map(|ip| sourced(ip, &ip.value.to_string())),
        "helo": session.helo.as_ref().map(|helo| sourced(helo, &helo.value)),
        "mail_from": session.mail_from.as_ref().map(|sender| sourced(sender, bracketed(&sender.value))),
    })
}

fn sourced<T>(fact: &Sourced<T>, value: &str) -> Value {
    json!({"value": value, "source": word(&fact.from), "span": fact.span.map(|span| word(&span))})
}

/// The null sender is written `<>`, so that no string is empty.
fn bracketed(address: &str) -> &str {
    if address.is_empty() { "<>" } else { address }
}

fn spanned(value: Option<&Spanned<String>>) -> Value {
    text(value.map(|value| &value.value))
}
