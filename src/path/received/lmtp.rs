//! LMTP (RFC 2033), the last step into the mailbox: `from host by host with LMTP id …` (Dovecot, Cyrus, Zimbra).

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, is_same_host, local_delivery};
use crate::path::{Hop, TlsState};

pub(super) const READER: Reader = Reader { dialect: Dialect::Lmtp, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let protocol = clauses.word(Keyword::With).map(|word| word.text.to_ascii_lowercase()).unwrap_or_default();
    let protocol = protocol.strip_prefix("utf8").unwrap_or(&protocol);
    matches!(protocol, "lmtp" | "lmtpa" | "lmtps" | "lmtpsa")
        || clauses
            .comments_of(Keyword::By)
            .any(|comment| comment.strip_prefix("Dovecot").is_some() || comment.strip_prefix("LMTP").is_some())
}

/// Over a Unix socket there is no address: the client is then the host itself, `localhost`, or not named at all.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let named = hop.from.helo.as_ref().map(|helo| helo.value.as_str());
    let socket = hop.from.ip.is_none() && (is_same_host(hop) || matches!(named, None | Some("localhost")));
    let place = clauses.word(Keyword::With).or_else(|| clauses.word(Keyword::By));
    if let (true, Some(place), TlsState::NotStated) = (socket, place, hop.tls.state) {
        hop.tls = local_delivery(clauses, place);
    }
}
