//! amavis, the content filter beside the mail server: `from helo ([ip]) by localhost (host [127.0.0.1]) (amavis, port 10024)`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Amavis, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    banner(clauses).is_some()
}

fn banner<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.comments_of(Keyword::By).find(|comment| comment.strip_prefix("amavis").is_some())
}

/// The filter repeats the client that its mail server told it (XFORWARD); the hop itself stays on the host.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let localhost = hop.by.as_ref().is_some_and(|by| by.value.eq_ignore_ascii_case("localhost"));
    set_local(clauses, hop, banner(clauses).filter(|_| localhost));
}
