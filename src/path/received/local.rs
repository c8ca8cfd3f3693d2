//! Where a field says that the message did not cross a network, whatever software wrote it.

use super::grammar::{Clauses, Keyword};
use super::is_same_host;
use crate::message::Span;
use crate::path::Hop;

/// Protocols of hand-over on one host: Exim's `local`, a pipe, a file.
const PROTOCOLS: &[&str] = &["local", "local-smtp", "local-esmtp", "local-bsmtp", "stdin", "pipe", "bsmtp"];

/// The place that says so.
pub(super) fn place(clauses: &Clauses<'_>, hop: &Hop) -> Option<Span> {
    // `[local]` (OpenSMTPD) or `[unix socket]` (Cyrus) in place of an address.
    if let Some(local) = clauses.client().local {
        return Some(clauses.span(local));
    }
    if let Some(ip) = hop.from.ip.filter(|ip| ip.value.is_loopback()) {
        return Some(ip.span);
    }
    let protocol = clauses.word(Keyword::With)?;
    let name = protocol.text.to_ascii_lowercase();
    let local = PROTOCOLS.contains(&name.as_str()) || (is_lmtp(&name) && is_socket(hop));
    local.then(|| clauses.span(protocol))
}

/// LMTP (RFC 2033) without TLS.
fn is_lmtp(protocol: &str) -> bool {
    matches!(protocol.strip_prefix("utf8").unwrap_or(protocol), "lmtp" | "lmtpa")
}

/// Over a Unix socket there is no address: the client is then the host itself, `localhost`, or not named at all.
fn is_socket(hop: &Hop) -> bool {
    let named = hop.from.helo.as_ref().map(|helo| helo.value.as_str());
    hop.from.ip.is_none() && (is_same_host(hop) || matches!(named, None | Some("localhost")))
}
