//! Microsoft's SMTP service: `from helo ([ip]) by host over TLS secured channel with Microsoft SMTPSVC(7.5…)`, `from mail pickup service`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, claim, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Smtpsvc, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    clauses
        .phrase_text(Keyword::With)
        .is_some_and(|phrase| phrase.value.to_ascii_lowercase().starts_with("microsoft smtpsvc"))
}

/// A file that a program put into the pickup folder.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let words = || clauses.get(Keyword::From).into_iter().flat_map(super::grammar::Clause::words);
    if words().map(|word| word.text).eq(["mail", "pickup", "service"]) {
        hop.from.helo = None;
        claim(clauses, hop, words());
        set_local(clauses, hop, clauses.word(Keyword::From));
    }
}
