//! Mimecast: `from host (name [ip]) by relay.mimecast.com with ESMTP with STARTTLS (version=…) id us-mta-…`, `(Using TLS)`.

use super::grammar::{Clauses, Keyword};
use super::{Dialect, Reader, claim};
use crate::path::network::is_under;
use crate::path::{Hop, Tls, TlsState};

pub(super) const READER: Reader = Reader { dialect: Dialect::Mimecast, recognises, read };

fn recognises(clauses: &Clauses<'_>) -> bool {
    let host = clauses.word(Keyword::By).map(|host| host.text.to_ascii_lowercase()).unwrap_or_default();
    let id = clauses.word(Keyword::Id).is_some_and(|id| id.text.contains("-mta-"));
    ["mimecast.com", "mimecast.co.za", "mimecast-offshore.com"].iter().any(|domain| is_under(&host, domain))
        || (id && clauses.repeated(Keyword::With).next().is_some())
}

/// The second `with` is none of RFC 5321.
fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    let start = clauses.repeated(Keyword::With).flat_map(super::grammar::Clause::words).next();
    let Some(start) = start.filter(|word| word.text.eq_ignore_ascii_case("STARTTLS")) else { return };
    claim(clauses, hop, [start]);
    if hop.tls.state == TlsState::NotStated {
        hop.tls = Tls { state: TlsState::Encrypted, span: Some(clauses.span(start)), ..Tls::not_stated() };
    }
}
