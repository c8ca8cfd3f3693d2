//! `CommuniGate` Pro: `from [ip] (account taro@example.jp HELO pc) by host (CommuniGate Pro SMTP 6.3) with ESMTPSA id 1`, `PIPE`, `RULE`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::CommuniGate, recognises, read };

fn banner<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    clauses.comments().find(|comment| comment.begins("CommuniGate Pro"))
}

fn recognises(clauses: &Clauses<'_>) -> bool {
    banner(clauses).is_some()
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let account = clauses.comments_of(Keyword::From).find(|comment| comment.begins("account"));
    hop.authenticated = hop.authenticated.or_else(|| account.map(|account| clauses.span(account)));
    // Made by a rule, a list or a program on the server.
    let inside = ["PIPE", "RULE", "LIST", "GROUP", "XIMSS", "PBX"];
    let is_inside =
        |banner: &Piece<'_>| banner.text.split_whitespace().nth(2).is_some_and(|word| inside.contains(&word));
    let inner = banner(clauses).filter(is_inside);
    if hop.from.ip.is_none() {
        set_local(clauses, hop, inner);
    }
}
