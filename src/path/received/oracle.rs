//! Oracle's, Sun's and iPlanet's server: `from host (name [ip]) by host (Oracle Communications Messaging Server …) with ESMTP id <…>`.

use super::grammar::{Clauses, Keyword, Piece};
use super::{Dialect, Reader, set_local};
use crate::path::Hop;

pub(super) const READER: Reader = Reader { dialect: Dialect::Oracle, recognises, read };

const BANNERS: &[&str] = &["Oracle Communications", "Sun Java", "Sun ONE", "iPlanet", "PMDF", "Netscape Messaging"];

fn recognises(clauses: &Clauses<'_>) -> bool {
    let banner = |comment: Piece<'_>| BANNERS.iter().any(|banner| comment.begins(banner));
    clauses.comments_of(Keyword::By).any(banner) || daemon(clauses).is_some()
}

/// A channel of the server itself in place of a client: `from process-daemon.mail.example.jp by mail.example.jp`.
fn daemon<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    let client = clauses.word(Keyword::From)?;
    let (channel, host) = client.text.split_once('.')?;
    let server = clauses.word(Keyword::By)?;
    let same = host.eq_ignore_ascii_case(server.text);
    (channel.ends_with("-daemon") && (same || server.text.to_ascii_lowercase().contains(&host.to_ascii_lowercase())))
        .then_some(client)
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let Some(place) = daemon(clauses) else { return };
    hop.from.helo = None;
    set_local(clauses, hop, Some(place));
}
