//! Fields as they were, where somebody kept a copy: the signer in `z=` (RFC 6376 section 3.5), or whoever changed them.

use super::{Undo, Wanted};
use crate::auth::dkim::signature;

/// The most copies in one tag that are read.
const COPIES: usize = 100;

/// The copies in `z=`: what differs from the fields that stand there now.
pub(super) fn of_signature(wanted: &Wanted<'_>) -> Option<Vec<Undo>> {
    let tag = wanted.parameters.list.get("z")?;
    let mut seen: Vec<String> = Vec::new();
    let mut undos = Vec::new();
    for copy in tag.value.split('|').take(COPIES) {
        let Some((name, value)) = copy.split_once(':') else { continue };
        let name = name.trim();
        if seen.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            continue;
        }
        seen.push(name.to_owned());
        let value = signature::unquoted(value);
        undos.extend(restored(wanted, name, &value, 0));
    }
    Some(undos)
}

/// Copies in fields of their own: `X-Original-Subject`, `Old-Subject`, `X-Google-Original-Message-ID` and the like.
pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let mut undos = Vec::new();
    for name in wanted.signed_names() {
        let fields = wanted.message.fields.iter().filter(|field| keeps(&field.name, &name));
        for field in fields.take(4) {
            undos.extend(restored(wanted, &name, wanted.value(field), 0));
        }
    }
    undos
}

/// Whether a field of that name keeps an earlier field of the other: its name with words for "before" in front.
fn keeps(copy: &str, name: &str) -> bool {
    let copy = copy.to_ascii_lowercase();
    let Some(prefix) = copy.strip_suffix(name).and_then(|prefix| prefix.strip_suffix('-')) else { return false };
    prefix.split('-').any(|word| matches!(word, "original" | "orig" | "old" | "prev" | "previous" | "org"))
}

/// The copy in the place of the field, or as a field that is missing.
fn restored(wanted: &Wanted<'_>, name: &str, value: &[u8], doubt: u8) -> Option<Undo> {
    match wanted.field(name) {
        Some((_, field)) if wanted.value(field) == value => None,
        Some(_) => wanted.rewritten(name, value, doubt),
        None => wanted.missing(name, value, doubt),
    }
}

#[cfg(test)]
mod tests {
    use super::keeps;

    #[test]
    fn copies_are_known_by_their_names() {
        for (copy, name, expected) in [
            ("X-Original-Subject", "subject", true),
            ("Old-Subject", "subject", true),
            ("X-Google-Original-Message-ID", "message-id", true),
            ("X-Microsoft-Original-Message-ID", "message-id", true),
            ("X-Spam-Prev-Subject", "subject", true),
            ("Subject", "subject", false),
            ("X-Subject", "subject", false),
            ("X-Originalsubject", "subject", false),
        ] {
            assert_eq!(keeps(copy, name), expected, "{copy}");
        }
    }
}
