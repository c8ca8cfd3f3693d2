//! Mail written on web pages: `from name ([ip]) by host (Horde Framework) with HTTPS`, `with HTTP (HTTP/1.1 POST)` (Roundcube),
//! `from ip (SquirrelMail authenticated user taro) by host with HTTP`.

use super::grammar::{Clauses, Keyword, address};
use super::{Dialect, Reader};
use crate::path::Hop;

pub(super) const HORDE: Reader =
    Reader { dialect: Dialect::Horde, recognises: |clauses| begins(clauses, Keyword::By, "Horde Framework"), read };
pub(super) const ROUNDCUBE: Reader = Reader {
    dialect: Dialect::Roundcube,
    recognises: |clauses| begins(clauses, Keyword::With, "HTTP/1.") || begins(clauses, Keyword::With, "HTTP/2"),
    read,
};
pub(super) const SQUIRRELMAIL: Reader = Reader {
    dialect: Dialect::SquirrelMail,
    recognises: |clauses| begins(clauses, Keyword::From, "SquirrelMail"),
    read,
};

fn begins(clauses: &Clauses<'_>, keyword: Keyword, mark: &str) -> bool {
    clauses.comments_of(keyword).any(|comment| comment.begins(mark))
}

/// A browser has no HELO: the first word is its address, or the name that the page's server found for it.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let helo = hop.from.helo.take();
    let named = clauses.word(Keyword::From).is_some_and(|word| address(word).is_none());
    hop.from.name = hop.from.name.take().or(helo.filter(|_| named));
}
