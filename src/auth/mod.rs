//! What the domains prove. The connecting address is handed in; every question goes through the ledger.

pub mod arc;
pub mod author_hosts;
pub mod bimi;
pub mod claimed;
pub mod dkim;
pub mod dkim2;
pub mod dmarc;
pub mod domain;
pub mod domainkeys;
pub mod iprev;
pub mod lookalike;
pub mod second;
pub mod spf;
pub mod trace;
#[cfg(test)]
mod zone;

use jiff::Timestamp;
use serde::Serialize;

/// The moments a message is judged at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    /// The moment to judge at: when the message was received, or what the user gave.
    pub judged_at: Timestamp,
    /// Now, for what has changed since.
    pub now: Timestamp,
}

/// How closely an identifier matches the author domain (RFC 9989 section 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// The same name.
    Strict,
    /// The same organizational domain.
    Relaxed,
    No,
}
