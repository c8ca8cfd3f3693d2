//! Postfix: `from helo (name [ip]) (using TLS…) by host (Postfix) with ESMTPS id …`, `by host (Postfix, from userid 0)`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, local_delivery};
use crate::path::{Hop, TlsState};

pub(super) const READER: Reader = Reader { dialect: Dialect::Postfix, recognises, read };

/// The banner stands after the host, unless `mail_name` was changed; then the words of its TLS comment tell.
fn recognises(clauses: &Clauses<'_>) -> bool {
    let banner = clauses.comments_of(Keyword::By).any(|comment| comment.strip_prefix("Postfix").is_some());
    let tls = clauses
        .comments_of(Keyword::From)
        .any(|comment| comment.strip_prefix("using ").is_some_and(|rest| rest.text.contains(" with cipher ")));
    banner || tls
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    // Handed in with the sendmail command.
    let pickup = clauses.comments_of(Keyword::By).find(|comment| comment.after_word("from userid").is_some());
    if let (Some(place), TlsState::NotStated) = (pickup, hop.tls.state) {
        hop.tls = local_delivery(clauses, place);
    }
}
