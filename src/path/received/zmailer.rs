//! What list software writes when it sends a message on: `(majordomo@host) by host via listexpand id …` (`ZMailer`).

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::ZMailer, recognises, read };

/// `ZMailer` notes of each client how far its names can be trusted, and the recipient as it was given (ORCPT).
fn recognises(clauses: &Clauses<'_>) -> bool {
    let flags = |comment: Piece<'_>| comment.text.contains("rhost-flags-") || comment.strip_prefix("ORCPT").is_some();
    expansion(clauses).is_some() || clauses.comments().any(flags)
}

fn expansion<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.word(Keyword::Via).filter(|via| via.text == "listexpand")
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let list = expansion(clauses).or_else(|| clauses.leading_comments().next());
    if clauses.get(Keyword::From).is_none() {
        set_local(clauses, hop, list);
    }
}
