//! The value of a field, decoded for people.

use crate::message::{Field, Message, Span, decode};

/// The most bytes of one field that are read for drawing it.
pub(in crate::view) const FIELD: usize = 32 * 1024;

/// The value for people; of an enormous one the beginning, not decoded.
pub(in crate::view) fn field_value(message: &Message, field: &Field) -> String {
    if field.value.len() <= FIELD {
        return decode::value(message, field).text;
    }
    let start = Span::new(field.value.start, field.value.start + FIELD);
    format!("{} …", String::from_utf8_lossy(message.source.slice(start)))
}
