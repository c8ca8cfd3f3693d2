//! Postfix: `from helo (name [ip]) (using TLS…) by host (Postfix) with ESMTPS id …`, `by host (Postfix, from userid 0)`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Postfix, recognises, read };

/// The banner stands after the host, unless `mail_name` was changed; then the words of its TLS comment tell.
fn recognises(clauses: &Clauses<'_>) -> bool {
    let banner = clauses.comments_of(Keyword::By).any(|comment| comment.strip_prefix("Postfix").is_some());
    let comments = || clauses.comments_of(Keyword::From);
    let tls = comments().any(|comment| comment.begins("using") && comment.find_words("with cipher").is_some());
    banner || (tls && comments().any(|comment| comment.text.contains(" [") && comment.text.ends_with(']')))
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // Handed in with the sendmail command.
    let pickup = clauses.comments_of(Keyword::By).find(|comment| comment.after_words("from userid").is_some());
    set_local(clauses, hop, pickup);
}
