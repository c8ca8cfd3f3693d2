//! Google: `from helo (name. [ip]) by mx.google.com with ESMTPS id … (version=…)`, and `by 2002:a05:… with SMTP id` inside.

use std::net::IpAddr;

use super::grammar::{Clauses, Keyword, address};
use super::{Dialect, Reader, claim};
use crate::path::network::is_under;
use crate::path::{Hop, TlsState, client_is_public};

pub(super) const READER: Reader = Reader { dialect: Dialect::Google, recognises, read };

/// The server that takes mail in from other providers.
const ARRIVAL_HOST: &str = "mx.google.com";

fn recognises(clauses: &Clauses<'_>) -> bool {
    let Some(by) = clauses.word(Keyword::By) else { return false };
    let host = by.text.to_ascii_lowercase();
    ["google.com", "gmail.com", "googlemail.com"].iter().any(|domain| is_under(&host, domain)) || is_internal(clauses)
}

/// Inside, a field has no from clause and names the server by an address: 10/8, or the same as 6to4 (2002:a05:…).
fn is_internal(clauses: &Clauses<'_>) -> bool {
    let protocol = clauses.phrase(Keyword::With).is_some_and(|phrase| matches!(phrase.text, "SMTP" | "HTTP"));
    let inner = match clauses.word(Keyword::By).and_then(address) {
        Some(IpAddr::V4(ip)) => ip.octets()[0] == 10,
        Some(IpAddr::V6(ip)) => ip.octets().starts_with(&[0x20, 0x02, 10]),
        None => false,
    };
    protocol && inner && clauses.get(Keyword::From).is_none()
}

fn read(clauses: &Clauses<'_>, hop: &mut Hop) {
    api(clauses, hop);
    plain_arrival(clauses, hop);
}

/// `from 1234567890 named unknown by gmailapi.google.com with HTTPREST`: the number of a program's project, no host.
fn api(clauses: &Clauses<'_>, hop: &mut Hop) {
    let words: Vec<_> = clauses.get(Keyword::From).into_iter().flat_map(super::grammar::Clause::words).collect();
    if let [_, named, rest @ ..] = words.as_slice()
        && named.text == "named"
    {
        hop.from.helo = None;
        claim(clauses, hop, std::iter::once(*named).chain(rest.iter().copied()));
    }
}

/// The arrival server states TLS whenever it was used: in the keyword (ESMTPS) and in the comment `(version=… cipher=…)`,
/// and Gmail draws its open padlock from the same fact. So plain SMTP or ESMTP there means that there was none. This
/// holds for mail from outside alone; inside Google, `with SMTP` is written for every hop.
fn plain_arrival(clauses: &Clauses<'_>, hop: &mut Hop) {
    let arrival = clauses.word(Keyword::By).is_some_and(|host| host.text.eq_ignore_ascii_case(ARRIVAL_HOST));
    let plain = ["SMTP", "ESMTP", "UTF8SMTP"];
    let with = clauses.phrase(Keyword::With).filter(|phrase| plain.contains(&phrase.text));
    if let (true, Some(with), Some(ip), TlsState::NotStated) = (arrival, with, &hop.from.ip, hop.tls.state)
        && client_is_public(ip.value)
    {
        hop.tls.state = TlsState::NotEncrypted;
        hop.tls.span = Some(clauses.span(with));
    }
}
