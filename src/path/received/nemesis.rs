//! GMX, WEB.DE, mail.com and IONOS: `from host ([ip]) by mx-ha.gmx.net (mxgmx107 [ip]) with ESMTPS (Nemesis) id …`, `(via HTTP)`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Nemesis, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    let nemesis = |comment: Piece<'_>| comment.text == "Nemesis";
    clauses.comments_of(Keyword::With).any(nemesis) || (host.ends_with(".server.lan") && from_web(clauses).is_some())
}

/// Mail written on the web pages: the protocol stands in a comment.
fn from_web<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.comments_of(Keyword::By).find_map(|comment| comment.after_words("via")).filter(|rest| rest.begins("HTTP"))
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    if let (None, Some(protocol)) = (&hop.via, from_web(clauses).map(Piece::trim)) {
        hop.via = Some(clauses.spanned(protocol));
        hop.from.helo = None;
    }
}
