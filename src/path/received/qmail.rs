//! qmail: `(qmail 1234 invoked by uid 0)`, `from name (HELO helo) (ident@ip) by host with SMTP`.

use super::grammar::{Clauses, Keyword, Piece, address};
use super::{Dialect, Reader, local_delivery};
use crate::path::{Hop, TlsState};

pub(super) const READER: Reader = Reader { dialect: Dialect::Qmail, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    invocation(clauses).is_some() || is_smtp(clauses)
}

/// What qmail-queue writes.
fn invocation<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.leading_comments().find(|comment| comment.strip_prefix("qmail ").is_some())
}

/// What qmail-smtpd writes: the HELO in a comment, then the bare address in another, and no banner. Others borrow the
/// first comment, but put the address in square brackets (`IronPort`) or write EHLO (Yahoo).
fn is_smtp(clauses: &Clauses<'_>) -> bool {
    let helo = clauses.comments_of(Keyword::From).any(|comment| comment.strip_prefix("HELO ").is_some());
    let bare = |comment: Piece<'_>| {
        !comment.text.contains('[') && !comment.text.contains(' ') && address(comment.after_last('@')).is_some()
    };
    helo && clauses.comments_of(Keyword::From).any(bare) && clauses.comments_of(Keyword::By).next().is_none()
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // `invoked from network` speaks of the field below, which qmail-smtpd wrote.
    let invoked = invocation(clauses).and_then(|comment| comment.after_word("invoked"));
    let local = invoked.filter(|rest| !rest.text.trim_start().starts_with("from network"));
    if let (Some(place), TlsState::NotStated) = (local, hop.tls.state) {
        hop.tls = local_delivery(clauses, place.trim());
    }
}
