//! Identifier by identifier: which of them speak for the author domain (RFC 9989 section 4.4).

use super::{Dmarc, DmarcResult, Input, Reason, Task};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::Ledger;

pub(super) fn check(input: &Input, dns: &Ledger) -> Dmarc {
    let _ = (input, dns);
    Dmarc {
        result: DmarcResult::NotEvaluated,
        reason: Reason::NotAsked,
        author_domain: None,
        organizational_domain: None,
        record_at: None,
        record: None,
        question: None,
        policy: None,
        policy_tag: None,
        testing: false,
        adkim_strict: false,
        aspf_strict: false,
        identifiers: Vec::new(),
        walk: Vec::new(),
        psl: None,
        trace: Step::new(What::Dmarc(Task::DmarcCheck), Outcome::NotEvaluated),
    }
}
