//! LMTP (RFC 2033), the last step into the mailbox, where the line names no software: `from host by host with LMTP id …`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader};

pub(super) const READER: Reader = Reader { dialect: Dialect::Lmtp, recognises, read: |_, _| {} };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let protocol = clauses.word(Keyword::With).map(|word| word.text.to_ascii_lowercase()).unwrap_or_default();
    let protocol = protocol.strip_prefix("utf8").unwrap_or(&protocol);
    matches!(protocol, "lmtp" | "lmtpa" | "lmtps" | "lmtpsa")
}
