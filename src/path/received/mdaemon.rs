//! `MDaemon`: `from helo ([ip]) by example.jp (ip) (MDaemon PRO v26) with ESMTPSA id md5001000001.msg`; up to 23 without the address.

use super::grammar::{Clauses, Keyword, Piece, address};
use super::{Dialect, Reader};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::MDaemon, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let banner = |comment: Piece<'_>| comment.strip_prefix("MDaemon").is_some();
    clauses.comments().any(banner)
}

/// Without brackets behind it, an address is what the client called itself.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let Some(first) = clauses.word(Keyword::From) else { return };
    let seen = hop.from.ip.as_ref().map(|ip| ip.span);
    if address(first).is_some() && seen == Some(clauses.span(first)) {
        hop.from.ip = None;
        hop.from.helo = Some(clauses.spanned(first));
    }
}
