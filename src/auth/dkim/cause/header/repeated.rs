//! Fields that were added, and fields of one name that changed places.

use super::{Act, Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::message::{Field, decode};

/// The most fields of one name that are taken out one by one.
const FIELDS: usize = 8;

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let mut undos = Vec::new();
    for name in wanted.signed_names() {
        let fields = wanted.fields(&name);
        let signed = wanted.parameters.signed.get().into_iter().flatten();
        let times = signed.filter(|other| other.value.eq_ignore_ascii_case(&name)).count();
        // A signer that names a field more often than it stood there wants it not to be added.
        let doubt = if fields.len() > 1 || times > fields.len() { 1 } else { u8::from(!is_often_added(&name)) + 2 };
        undos.extend(fields.iter().rev().take(FIELDS).map(|&(index, field)| added(wanted, index, field, doubt)));
        if fields.len() > 1 && times > 0 {
            undos.extend(fields.windows(2).take(FIELDS).filter_map(|pair| match pair {
                [upper, lower] => Some(swapped(wanted, *upper, *lower)),
                _ => None,
            }));
        }
    }
    undos
}

/// Fields that lists and gateways add.
fn is_often_added(name: &str) -> bool {
    const NAMES: &[&str] = &["reply-to", "sender", "cc", "mime-version", "list-id", "list-unsubscribe", "list-post"];
    NAMES.contains(&name) || name.starts_with("list-") || name.starts_with("resent-") || name.starts_with("content-")
}

fn added(wanted: &Wanted<'_>, index: usize, field: &Field, doubt: u8) -> Undo {
    Undo {
        change: Change::FieldAdded,
        acts: vec![Act::Drop(index)],
        span: field.span,
        field: field.name.clone(),
        now: Some(decode::text(wanted.value(field)).text),
        before: None,
        doubt,
    }
}

fn swapped(wanted: &Wanted<'_>, (upper, field): (usize, &Field), (lower, _): (usize, &Field)) -> Undo {
    let acts =
        vec![Act::Replace(upper, wanted.canonical_field(lower)), Act::Replace(lower, wanted.canonical_field(upper))];
    let (now, before) = (None, None);
    Undo { change: Change::FieldOrder, acts, span: field.span, field: field.name.clone(), now, before, doubt: 2 }
}
