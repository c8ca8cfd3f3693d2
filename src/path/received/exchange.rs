//! Exchange and Exchange Online: `from host (ip) by host (ip) with Microsoft SMTP Server (version=…) id 15.20…`, `with mapi id`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, is_same_host, set_local};
use crate::path::Hop;
use crate::path::network::is_under;

pub(super) const READER: Reader = Reader { dialect: Dialect::Exchange, recognises, read };
pub(super) const ONLINE: Reader =
    Reader { dialect: Dialect::ExchangeOnline, recognises: |clauses| is_online(clauses) && recognises(clauses), read };

const ONLINE_SERVERS: &[&str] = &["outlook.com", "office365.com", "exchangelabs.com", "protection.gbl"];

fn is_online(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    ONLINE_SERVERS.iter().any(|domain| is_under(&host, domain))
}

fn recognises(clauses: &Clauses<'_>) -> bool {
    let phrase = clauses.phrase_text(Keyword::With).map(|phrase| phrase.value.to_ascii_lowercase()).unwrap_or_default();
    // Exchange 5.5 names itself after the protocol or in its place.
    let old = |comment: Piece<'_>| comment.begins("Microsoft Exchange");
    phrase.starts_with("microsoft smtp server")
        || phrase == "mapi"
        || (phrase.starts_with("http") && is_online(clauses))
        || phrase.starts_with("internet mail service")
        || clauses.comments().any(old)
}

/// A missing `(version=…)` proves nothing: releases before 2013 wrote `(TLS)` or nothing, and edge servers strip it.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // The mailbox store hands a new message to the transport service of its own server.
    let with = clauses.phrase(Keyword::With).filter(|phrase| phrase.text.eq_ignore_ascii_case("mapi"));
    let same = is_same_host(hop);
    set_local(clauses, hop, with.filter(|_| same));
}
