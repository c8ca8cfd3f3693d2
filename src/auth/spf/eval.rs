//! `check_host()` (RFC 7208 section 4).

use super::{Check, Reason, Session, Task};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::Ledger;

pub(super) fn check(sender: &str, session: &Session, dns: &Ledger) -> Check {
    let _ = dns;
    Check {
        domain: String::new(),
        ip: session.ip,
        sender: sender.to_owned(),
        result: None,
        reason: Reason::NotAsked,
        lookups: 0,
        void_lookups: 0,
        matched: None,
        culprit: None,
        explanation: None,
        trace: Step::new(What::Spf(Task::SpfCheck), Outcome::NotEvaluated),
    }
}
