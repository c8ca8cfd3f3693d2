//! Visits what the chain of those who handled the message says.

use super::mask::Mask;
use super::walk::{optional, step};
use crate::auth::arc::{self, Part};

pub(super) fn chain(arc: &mut arc::Arc, mask: &Mask) {
    let arc::Arc { result: _, reason: _, broken_at: _, instances, oldest_pass: _, trace } = arc;
    for instance in instances {
        let arc::Instance {
            i: _,
            seal,
            message_signature,
            chain_validation: _,
            authentication_results: _,
            results_field: _,
        } = instance;
        for part in [seal, message_signature] {
            let Part {
                state: _,
                reason: _,
                field: _,
                span: _,
                domain,
                selector,
                algorithm,
                signed_at: _,
                question: _,
                covers_from: _,
                forms: _,
            } = part;
            for text in [domain, selector, algorithm] {
                optional(text, mask);
            }
        }
    }
    step(trace, mask);
}
