//! One Received field: the clause grammar of RFC 5321 section 4.4, and one file per dialect for what it cannot say.

mod amavis;
mod amazon_ses;
mod communigate;
mod dialect;
mod exchange;
mod exim;
mod google;
pub(super) mod grammar;

mod lmtp;
mod local;
mod mark;
mod mdaemon;
mod mimecast;
mod nemesis;
mod oracle;
mod postfix;
mod qmail;
mod sendgrid;
mod sendmail;
mod smtpsvc;
mod webmail;
mod yahoo;
mod zmailer;

pub use self::dialect::Dialect;
use self::grammar::{Clauses, Keyword, Piece, is_host};
pub use self::grammar::{Part, PartKind};
use super::{Client, Handover, Hop, Side, Tls, TlsState, client_is_public, tls};
use crate::message::{Field, Message, Span, Spanned};

/// How one dialect is told from the others and read.
struct Reader {
    dialect: Dialect,
    recognises: fn(&Clauses<'_>) -> bool,
    /// Corrects what the grammar read.
    read: fn(&Clauses<'_>, &mut Hop),
}

/// Every dialect with lines that the grammar alone would misread, of those that carry a plain mark. The first that
/// recognises a field reads it.
const MARKED: &[Reader] = &[
    amavis::READER,
    amazon_ses::READER,
    google::READER,
    exchange::ONLINE,
    exchange::READER,
    smtpsvc::READER,
    mimecast::READER,
    sendgrid::READER,
    yahoo::READER,
    nemesis::READER,
    oracle::READER,
    communigate::READER,
    mdaemon::READER,
    webmail::HORDE,
    webmail::ROUNDCUBE,
    webmail::SQUIRRELMAIL,
    zmailer::READER,
];

/// Those that show themselves by the shape of the line, which others borrow: they come after all marks.
const SHAPED: &[Reader] = &[postfix::READER, exim::READER, sendmail::READER, qmail::READER, lmtp::READER];

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
    let mut value = message.unfold(field);
    // Of folding, tabs are left; as spaces they take the same room.
    value.text = value.text.replace('\t', " ");
    let clauses = Clauses::read(&value, field.span);
    let mut hop = by_grammar(&clauses, index, field.span);
    let recognised = |reader: &&Reader| (reader.recognises)(&clauses);
    if let Some(reader) = MARKED.iter().find(recognised) {
        hop.dialect = reader.dialect;
        (reader.read)(&clauses, &mut hop);
    } else if let Some(software) = mark::software(&clauses) {
        hop.dialect = software;
    } else if let Some(reader) = SHAPED.iter().find(recognised) {
        hop.dialect = reader.dialect;
        (reader.read)(&clauses, &mut hop);
    }
    match (mark::operator(&clauses), hop.dialect) {
        (Some(operator), Dialect::Generic) => hop.dialect = operator,
        (Some(operator), dialect) if operator != dialect => hop.operator = Some(operator),
        _ => {}
    }
    if let (TlsState::NotStated, Some(place)) = (hop.tls.state, local::place(&clauses, &hop)) {
        hop.tls = local_delivery(place);
    }
    hop
}

fn by_grammar(clauses: &Clauses<'_>, field: usize, span: Span) -> Hop {
    let seen = clauses.client();
    let mut addresses =
        [seen.ip, seen.other].map(|found| found.map(|(ip, piece)| Spanned::new(ip, clauses.span(piece))));
    // SPF can be judged for a public address alone, wherever it stands.
    if let [Some(first), Some(other)] = addresses
        && client_is_public(other.value)
        && !client_is_public(first.value)
    {
        addresses.swap(0, 1);
    }
    let [ip, other] = addresses;
    Hop {
        field,
        span,
        dialect: Dialect::Generic,
        operator: None,
        from: Client {
            helo: seen.helo.map(|helo| clauses.spanned(helo)),
            name: seen.name.map(|name| clauses.spanned(name)),
            ip,
            other,
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
        handover: Handover::First,
        tls: tls::read(clauses),
        side: Side::Receiving,
        parts: clauses.parts(),
    }
}

/// Where the field says that the client logged in.
fn authenticated<'a>(clauses: &Clauses<'a>) -> Option<Piece<'a>> {
    let keyword = clauses.word(Keyword::With);
    let keyword = keyword.filter(|word| AUTHENTICATED_PROTOCOLS.contains(&word.text.to_ascii_lowercase().as_str()));
    let says_so = |comment: &Piece<'_>| {
        comment.after_words("authenticated").is_some() && comment.after_words("not authenticated").is_none()
    };
    keyword.or_else(|| clauses.comments().find(says_so))
}

/// No network was crossed; `place` says so.
fn local_delivery(place: Span) -> Tls {
    Tls { state: TlsState::Local, span: Some(place), ..Tls::not_stated() }
}

/// Sets local delivery unless the field says something of encryption.
fn set_local(clauses: &Clauses<'_>, hop: &mut Hop, place: Option<Piece<'_>>) {
    if let (Some(place), TlsState::NotStated) = (place, hop.tls.state) {
        hop.tls = local_delivery(clauses.span(place));
    }
}

/// Words that only this dialect writes: read, though the grammar has no place for them.
fn claim<'a>(clauses: &Clauses<'a>, hop: &mut Hop, words: impl IntoIterator<Item = Piece<'a>>) {
    for word in words {
        let word = clauses.span(word);
        let unread = hop.parts.iter_mut().filter(|part| part.kind.is_unread());
        for part in unread.filter(|part| part.span.start <= word.start && word.end <= part.span.end) {
            part.kind = PartKind::Wording;
        }
    }
}

/// Whether the client is the server itself by name. Names are compared without case.
fn is_same_host(hop: &Hop) -> bool {
    let same = |name: &Spanned<String>, by: &Spanned<String>| name.value.eq_ignore_ascii_case(&by.value);
    matches!((&hop.from.helo, &hop.by), (Some(helo), Some(by)) if same(helo, by))
}

#[cfg(test)]
mod tests;
