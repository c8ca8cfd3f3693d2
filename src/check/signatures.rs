//! Which signatures findings are made about: a message may carry thousands.

use std::collections::HashSet;

use crate::auth::dkim::{Reason, Signature};
use crate::auth::dmarc::IdentifierSource;
use crate::facts::Facts;

/// The most signatures that findings are made about; everyday mail has one to four.
pub(super) const MAX_JUDGED: usize = 10;

/// The author domain's own first, then those that verify, then the topmost; in the order of the message.
pub(super) fn judged(facts: &Facts) -> Vec<&Signature> {
    let own = own(facts);
    let mut chosen: Vec<usize> = (0..facts.dkim.len()).collect();
    chosen.sort_by_key(|index| {
        let verifies = facts.dkim.get(*index).is_some_and(|signature| signature.reason == Reason::Verified);
        (!own.contains(index), !verifies)
    });
    chosen.truncate(MAX_JUDGED);
    chosen.sort_unstable();
    chosen.into_iter().filter_map(|index| facts.dkim.get(index)).collect()
}

/// The indices of the signatures that are aligned with the author domain.
fn own(facts: &Facts) -> HashSet<usize> {
    let aligned = facts.dmarc.identifiers.iter().filter(|identifier| identifier.is_aligned());
    let index = aligned.map(|identifier| match identifier.source {
        IdentifierSource::Dkim(index) => Some(index),
        IdentifierSource::Spf => None,
    });
    index.flatten().collect()
}
