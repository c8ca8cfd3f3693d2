//! Yahoo and AOL: `from 127.0.0.1 (EHLO helo) (ip) by mta1.mail.yahoo.com with SMTPS`, `by … (Yahoo Inc. Hermes SMTP Server)`.

use super::grammar::{Clauses, Keyword, Piece, address};
use super::{Dialect, Reader};
use crate::path::Hop;
use crate::path::network::is_under;

pub(super) const READER: Reader = Reader { dialect: Dialect::Yahoo, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    let hermes = |comment: Piece<'_>| comment.text.split_whitespace().any(|word| word == "Hermes");
    ["yahoo.com", "yahoo.co.jp", "yahoodns.net", "aol.com", "yahoo.net"].iter().any(|domain| is_under(&host, domain))
        || clauses.comments_of(Keyword::By).any(hermes)
        || clauses.word(Keyword::With).is_some_and(|word| word.text == "NNFMP")
}

/// The first word is a name that the server found, or the address once more, or the address of a load balancer; the HELO
/// stands in a comment behind `EHLO`, and may be empty.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let says_helo = |comment: Piece<'_>| {
        let word = comment.text.split_whitespace().next().unwrap_or_default();
        word.eq_ignore_ascii_case("EHLO") || word.eq_ignore_ascii_case("HELO")
    };
    let first = clauses.word(Keyword::From);
    let empty = first.is_some_and(|first| hop.from.helo.as_ref().is_some_and(|helo| helo.value == first.text));
    if empty && clauses.comments_of(Keyword::From).any(says_helo) {
        hop.from.name = hop.from.name.take().or_else(|| {
            let name = first.filter(|first| address(*first).is_none())?;
            Some(clauses.spanned(name))
        });
        hop.from.helo = None;
    }
}
