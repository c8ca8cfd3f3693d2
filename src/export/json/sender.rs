//! Who sent it: services with what shows them, and how they stand to the author domain.

use serde_json::{Value, json};

use super::{text, word};
use crate::sender::Sender;
use crate::sender::who::{Attribution, Mark, Place, RelationKind, Tie};

pub(super) fn sender(sender: &Sender) -> Value {
    let Sender { service, carrier, via, rented_at, claims, relationship, outsider } = sender;
    let marks = service.iter().flat_map(|service| &service.marks);
    json!({
        "service": service.as_ref().map(|service| &service.service.id),
        "service_name": service.as_ref().map(|service| &service.service.name),
        "service_kind": service.as_ref().map(|service| word(&service.service.kind)),
        "service_assurance": service.as_ref().map(|service| word(&service.assurance)),
        "service_evidence": marks.map(mark).collect::<Vec<_>>(),
        "carrier": carrier.as_ref().map(attribution),
        "via": via.as_ref().map(attribution),
        "rented_at": rented_at.as_ref().map(attribution),
        "claims": claims.iter().map(attribution).collect::<Vec<_>>(),
        "relation": relation(relationship.kind),
        "relation_detail": word(&relationship.kind),
        "endorsed": relationship.is_endorsed,
        "relation_evidence": relationship.evidence.iter().map(tie).collect::<Vec<_>>(),
        "outsider": outsider.as_ref().map(tie),
    })
}

/// In the three words of the schema; the detail has more.
const fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Own => "own",
        RelationKind::ThirdParty | RelationKind::Delegated => "third-party",
        RelationKind::Forwarder | RelationKind::Unknown => "unknown",
    }
}

fn attribution(attribution: &Attribution) -> Value {
    json!({
        "service": attribution.service.id,
        "name": attribution.service.name,
        "kind": word(&attribution.service.kind),
        "assurance": word(&attribution.assurance),
        "evidence": attribution.marks.iter().map(mark).collect::<Vec<_>>(),
    })
}

fn mark(mark: &Mark) -> Value {
    placed(
        json!({"proof": word(&mark.proof), "name": text(Some(&mark.name)), "known": word(&mark.known)}),
        mark.place.as_ref(),
    )
}

fn tie(tie: &Tie) -> Value {
    placed(json!({"tie": word(&tie.kind), "name": text(Some(&tie.name))}), tie.place.as_ref())
}

fn placed(mut value: Value, place: Option<&Place>) -> Value {
    match place {
        Some(Place::Bytes(span)) => value["span"] = word(span),
        Some(Place::Step(id)) => value["step"] = word(id),
        Some(Place::Question(id)) => value["dns"] = word(id),
        None => {}
    }
    value
}
