//! What filters wrote, word by word.

use serde_json::{Value, json};

use super::{text, word};
use crate::notes::{Entry, Note, Whose};

pub(super) fn note(note: &Note) -> Value {
    let (whose, why) = match note.whose {
        Whose::Receiver(reason) => ("receiver", word(&reason)),
        Whose::Unsure(reason) => ("unsure", word(&reason)),
        Whose::Stranger(reason) => ("stranger", word(&reason)),
    };
    json!({
        "header": note.name,
        "span": word(&note.span),
        "filter": word(&note.filter),
        "whose": whose,
        "why": why,
        "entries": note.entries.iter().map(entry).collect::<Vec<_>>(),
        "left_out": note.left_out,
        "page": note.source.map(|source| source.page),
        "checked_on": note.source.map(|source| source.checked_on),
    })
}

fn entry(entry: &Entry) -> Value {
    let key = entry.key.as_ref();
    json!({
        "key": text(key.map(|key| &key.value)),
        "key_span": key.map(|key| word(&key.span)),
        "value": text(Some(&entry.value.value)),
        "value_span": word(&entry.value.span),
        "meaning": word(&entry.meaning),
        "known": entry.meaning.is_known(),
    })
}
