//! Masks personal data in an analysis before it is written or drawn for a ticket: who wrote to whom, and about what.
//! Domains, servers with their names and addresses, times and selectors stay: they are what the ticket is about. The
//! computers that people sit at do not: clients that logged in, `X-Originating-IP`, private addresses, names of devices.

mod answers;
mod arc;
mod claims;
mod drafts;
mod fixes;
mod listings;
mod local;
mod mask;
mod network;
mod notes;
mod reply;
mod reports;
mod rules;
mod senders;
mod source;
mod spf;
mod values;
mod walk;

use crate::analyze::Analysis;

/// The same analysis with personal data masked, in its facts, its questions and the bytes of its message. Bytes keep their
/// number, so that spans stay true.
#[must_use]
pub fn redact(analysis: &Analysis) -> Analysis {
    let mask = mask::Mask::of(analysis);
    let mut masked = analysis.clone();
    masked.message.source = source::masked(analysis, &mask);
    walk::analysis(&mut masked, &mask);
    masked.is_masked = true;
    masked
}
