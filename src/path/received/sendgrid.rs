//! `SendGrid`: `from NDAzND (unknown [ip]) by geopod-ismtpd-1 (SG) with HTTP id … date`, `by filterdrecv-… with SMTP id … date m=+…`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, claim};
use crate::path::Hop;
use crate::path::network::is_under;

pub(super) const READER: Reader = Reader { dialect: Dialect::SendGrid, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    is_under(&host, "sendgrid.net")
        || host.starts_with("filterdrecv-")
        || host.starts_with("recvd-")
        || clauses.comments_of(Keyword::By).any(|comment| comment.text == "SG")
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // The reading of a clock that only counts up, behind the date.
    claim(clauses, hop, clauses.loose_words().filter(|word| word.text.starts_with("m=")));
    // Over its programming interface, the number of the account in base64 stands where a HELO does.
    let api = clauses.word(Keyword::With).is_some_and(|word| word.text.starts_with("HTTP"));
    if api {
        hop.from.helo = None;
        hop.authenticated = hop.authenticated.or_else(|| clauses.word(Keyword::From).map(|word| clauses.span(word)));
    }
}
