//! Exim: `from name ([ip] helo=helo)`, `from name ([ip])`, `from [ip] (helo=helo)`, `from user by host with local`.

use super::grammar::{Clauses, Keyword, address};
use super::{Dialect, Reader};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Exim, recognises, read };

/// Builds that hide the banner still write the protocol in small letters and `helo=`.
fn recognises(clauses: &Clauses<'_>) -> bool {
    let banner = clauses.comments().any(|comment| comment.begins("Exim"));
    let protocol = clauses.word(Keyword::With).is_some_and(|word| word.text.starts_with("esmtp"));
    let helo = clauses.comments_of(Keyword::From).any(|comment| comment.after_words("helo=").is_some());
    banner || protocol || helo
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let Some(first) = clauses.word(Keyword::From) else { return };
    if clauses.word(Keyword::With).is_some_and(|word| word.text.starts_with("local")) {
        // `from user`: a login name of this host.
        hop.from.helo = None;
        return;
    }
    // The first word is the reverse name, confirmed by a forward look-up; `helo=` is written only where it differs.
    let in_comment = clauses.comments_of(Keyword::From).any(|comment| comment.text.starts_with('['));
    if in_comment && hop.from.name.is_none() && address(first).is_none() {
        hop.from.name = Some(clauses.spanned(first));
    }
}
