//! Visits what filters wrote: what they know of a person's mail stays hidden, what their words say about spam does not.

use super::mask::Mask;
use crate::message::Spanned;
use crate::notes::{Entry, Meaning, Note, Notes};

pub(super) fn hide(notes: &mut Notes, mask: &Mask) {
    let Notes { list, left_out: _ } = notes;
    for Note { field: _, span: _, name, filter: _, whose: _, entries, left_out: _, source: _ } in list {
        mask.text(name);
        for Entry { key, value: Spanned { value, span: _ }, meaning } in entries {
            match meaning {
                // Nobody knows what stands in them, or folders and addresses do.
                Meaning::Unknown
                | Meaning::Opaque
                | Meaning::Undocumented
                | Meaning::Diagnostic
                | Meaning::TraceId
                | Meaning::GoogleInternal
                | Meaning::JunkPlacement
                | Meaning::SendingCustomer
                | Meaning::ImpersonationChecks
                | Meaning::CustomTest => Mask::hide(value),
                Meaning::EnvelopeAddress => mask.address(value),
                _ => mask.sentence(value),
            }
            if let Some(Spanned { value, span: _ }) = key {
                mask.text(value);
            }
        }
    }
}
