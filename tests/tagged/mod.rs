//! How a value with a code is written in the snapshots of the mail cases.

use serde::Serialize;
use serde_json::Value;

/// The one word of it, as JSON has it.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        Value::String(word) => word,
        other => other.to_string(),
    }
}

/// The code and then the values.
pub(crate) fn values(tagged: &impl Serialize) -> String {
    let value = serde_json::to_value(tagged).unwrap();
    let fields = value.as_object().unwrap().iter().filter(|(name, _)| *name != "code");
    let values = fields.map(|(name, value)| format!(" {name}={}", word(value)));
    format!("{}{}", word(&value["code"]), values.collect::<String>())
}
