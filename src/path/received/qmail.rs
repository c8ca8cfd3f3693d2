//! qmail: `(qmail 1234 invoked by uid 0)`, `from name (HELO helo) (ident@ip) by host with SMTP`; `IndiMail` after it.

use super::grammar::{Clauses, Keyword, Piece, address};
use super::{Dialect, Reader, claim, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Qmail, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    invocation(clauses).is_some() || is_indimail(clauses) || is_smtp(clauses)
}

/// What qmail-queue writes.
fn invocation<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.leading_comments().find(|comment| comment.begins("qmail"))
}

/// `indimail-mta queue 63631 by host mail.example.jp (invoked by alias)`.
fn is_indimail(clauses: &Clauses<'_>) -> bool {
    clauses.loose_words().next().is_some_and(|word| word.text == "indimail-mta")
}

/// What qmail-smtpd writes: the HELO in a comment, then the bare address in another, and no banner. Others borrow the
/// first comment, but put the address in square brackets (`IronPort`) or write EHLO (Yahoo).
fn is_smtp(clauses: &Clauses<'_>) -> bool {
    let helo = clauses.comments_of(Keyword::From).any(|comment| comment.begins("HELO"));
    let bare = |comment: Piece<'_>| {
        !comment.text.contains('[') && !comment.text.contains(' ') && address(comment.after_last('@')).is_some()
    };
    helo && clauses.comments_of(Keyword::From).any(bare) && clauses.comments_of(Keyword::By).next().is_none()
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    if is_indimail(clauses) {
        let server = clauses.get(Keyword::By).into_iter().flat_map(super::grammar::Clause::words).nth(1);
        hop.by = server.map(|server| clauses.spanned(server));
        claim(clauses, hop, clauses.loose_words().chain(server));
    }
    let invoked = clauses.comments().find_map(|comment| comment.after_words("invoked"));
    // `invoked from network` speaks of the field below, which qmail-smtpd wrote.
    let local = invoked.filter(|rest| !rest.begins("from network"));
    set_local(clauses, hop, local.map(Piece::trim));
}
