//! One Received field: the clause grammar of RFC 5321 section 4.4, and one file per dialect for what it cannot say.

mod amavis;
mod amazon_ses;
mod exchange;
mod exim;
mod google;
pub(super) mod grammar;
mod lmtp;
mod postfix;
mod qmail;
mod sendmail;

use serde::Serialize;

use self::grammar::{Clauses, Keyword, Piece, is_host};
use super::{Client, Hop, Side, Tls, TlsState, tls};
use crate::message::{Field, Message, Span, Spanned};

/// Which software's way of writing a Received field was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    Postfix,
    Exim,
    Sendmail,
    Qmail,
    Exchange,
    Google,
    AmazonSes,
    Amavis,
    Lmtp,
    /// None of the known ones: read by the grammar alone.
    Generic,
}

/// How one dialect is told from the others and read.
struct Reader {
    dialect: Dialect,
    recognises: fn(&Clauses<'_>) -> bool,
    /// Corrects what the grammar read.
    read: fn(&Clauses<'_>, &mut Hop),
}

/// Every dialect. The first that recognises a field reads it, so those with the plainer marks stand first.
const DIALECTS: &[Reader] = &[
    amavis::READER,
    lmtp::READER,
    amazon_ses::READER,
    google::READER,
    exchange::READER,
    postfix::READER,
    exim::READER,
    sendmail::READER,
    qmail::READER,
];

/// Protocol words that say that the client logged in (RFC 4954 section 7, RFC 6531 section 4.3).
const AUTHENTICATED_PROTOCOLS: &[&str] = &[
    "esmtpa",
    "esmtpsa",
    "lmtpa",
    "lmtpsa",
    "utf8smtpa",
    "utf8smtpsa",
    "utf8lmtpa",
    "utf8lmtpsa",
    "smtpa",
    "smtpsa",
    "asmtp",
];

/// Reads the field of that index. Order, delay and side are not known yet.
pub(super) fn read(message: &Message, index: usize, field: &Field) -> Hop {
    let value = message.unfold(field);
    let clauses = Clauses::read(&value, field.span);
    let mut hop = by_grammar(&clauses, index, field.span);
    if let Some(reader) = DIALECTS.iter().find(|reader| (reader.recognises)(&clauses)) {
        hop.dialect = reader.dialect;
        (reader.read)(&clauses, &mut hop);
    }
    if hop.tls.state == TlsState::NotStated && (is_loopback(&hop) || is_local_protocol(&clauses)) {
        hop.tls.state = TlsState::Local;
    }
    hop
}

fn by_grammar(clauses: &Clauses<'_>, field: usize, span: Span) -> Hop {
    let seen = clauses.client();
    let mut tls = tls::read(clauses);
    if let (Some(local), TlsState::NotStated) = (seen.local, tls.state) {
        tls = local_delivery(clauses, local);
    }
    Hop {
        field,
        span,
        dialect: Dialect::Generic,
        from: Client {
            helo: seen.helo.map(|helo| clauses.spanned(helo)),
            name: seen.name.map(|name| clauses.spanned(name)),
            ip: seen.ip.map(|(ip, piece)| Spanned::new(ip, clauses.span(piece))),
            doubt: seen.doubt.map(|doubt| clauses.span(doubt)),
        },
        by: clauses.word(Keyword::By).filter(|host| is_host(*host)).map(|host| clauses.spanned(host)),
        via: clauses.phrase_text(Keyword::Via),
        with: clauses.phrase_text(Keyword::With),
        id: clauses.word(Keyword::Id).map(|id| clauses.spanned(id)),
        recipient: clauses.recipient().map(|recipient| clauses.spanned(recipient)),
        envelope_from: clauses.envelope_from(),
        authenticated: authenticated(clauses).map(|piece| clauses.span(piece)),
        date: clauses.date(),
        delay: None,
        tls,
        side: Side::Receiving,
        unread: clauses.unread(),
    }
}

/// Where the field says that the client logged in.
fn authenticated<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    let keyword = clauses.word(Keyword::With);
    let keyword = keyword.filter(|word| AUTHENTICATED_PROTOCOLS.contains(&word.text.to_ascii_lowercase().as_str()));
    let says_so = |comment: &Piece<'_>| {
        comment.after_word("authenticated").is_some() && comment.after_word("not authenticated").is_none()
    };
    keyword.or_else(|| clauses.comments().find(says_so))
}

/// No network was crossed; `place` says so.
fn local_delivery(clauses: &Clauses<'_>, place: Piece<'_>) -> Tls {
    Tls { state: TlsState::Local, span: Some(clauses.span(place)), ..Tls::not_stated() }
}

fn is_loopback(hop: &Hop) -> bool {
    hop.from.ip.as_ref().is_some_and(|ip| ip.value.is_loopback())
}

/// Exim's `local`, and hand-over through a pipe or a file.
fn is_local_protocol(clauses: &Clauses<'_>) -> bool {
    let local = ["local", "local-smtp", "local-esmtp", "local-bsmtp", "stdin", "pipe"];
    clauses.word(Keyword::With).is_some_and(|word| local.contains(&word.text.to_ascii_lowercase().as_str()))
}

/// Whether the client is the server itself by name. Names are compared without case.
fn is_same_host(hop: &Hop) -> bool {
    let same = |name: &Spanned<String>, by: &Spanned<String>| name.value.eq_ignore_ascii_case(&by.value);
    matches!((&hop.from.helo, &hop.by), (Some(helo), Some(by)) if same(helo, by))
}

#[cfg(test)]
mod tests;
