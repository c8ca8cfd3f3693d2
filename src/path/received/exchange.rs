//! Exchange and Exchange Online: `from host (ip) by host (ip) with Microsoft SMTP Server (version=…) id 15.20…`, `with mapi id`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, is_same_host, local_delivery};
use crate::path::{Hop, TlsState};

pub(super) const READER: Reader = Reader { dialect: Dialect::Exchange, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let Some(phrase) = clauses.phrase_text(Keyword::With) else { return false };
    let phrase = phrase.value.to_ascii_lowercase();
    let of_outlook = || {
        let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase());
        host.is_some_and(|host| host.ends_with(".outlook.com"))
    };
    phrase.starts_with("microsoft smtp server") || phrase == "mapi" || (phrase.starts_with("http") && of_outlook())
}

/// A missing `(version=…)` proves nothing: releases before 2013 wrote `(TLS)` or nothing, and edge servers strip it.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // The mailbox store hands a new message to the transport service of its own server.
    let with = clauses.phrase(Keyword::With).filter(|phrase| phrase.text.eq_ignore_ascii_case("mapi"));
    if let (Some(place), TlsState::NotStated, true) = (with, hop.tls.state, is_same_host(hop)) {
        hop.tls = local_delivery(clauses, place);
    }
}
