//! Sendmail: `from helo (name [ip] (may be forged)) by host (8.15.2/8.15.2) with ESMTP id …`, `from localhost (localhost)`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Sendmail, recognises, read };

/// The banner is the version of the program and of its configuration.
fn recognises(clauses: &Clauses<'_>) -> bool {
    clauses.comments_of(Keyword::By).any(is_banner)
}

fn is_banner(comment: Piece<'_>) -> bool {
    let Some((program, _configuration)) = comment.text.split_once('/') else { return false };
    let program = program.trim_start_matches(['V', 'v']);
    let digits = |part: &str| part.chars().next().is_some_and(|character| character.is_ascii_digit());
    (!program.contains(char::is_whitespace) && digits(program)) || comment.strip_prefix("Sendmail").is_some()
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    if hop.from.ip.is_some() {
        return;
    }
    // Bounces the program made itself, and mail handed in with its command, come without an address.
    let own = clauses.comments_of(Keyword::From).find(|comment| comment.text == "localhost");
    let command = clauses.comments_of(Keyword::By).find(|comment| comment.text.ends_with("/Submit"));
    set_local(clauses, hop, own.or(command));
}
