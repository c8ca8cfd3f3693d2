//! Whether the client of a hop is the server that wrote the hop below.

use serde::Serialize;

use super::network::{is_one_company, organisation};
use super::{Hop, Spanned, TlsState};

/// How a hop joins the one before it. Names are what servers call themselves, so a difference proves little by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handover {
    /// There is no hop before it.
    First,
    /// The client bears the name or the address of the server that wrote the hop before.
    SameHost,
    /// It is of the same organisation.
    SameOrganisation,
    /// One of the two names no host that could be compared: a bare name, an address, a program, nothing.
    NotComparable,
    /// Every name of the client belongs to another organisation: a line may be missing in between, a service goes by two
    /// names, or somebody made the older line up.
    Elsewhere,
}

/// How `hop` joins `older`, the hop before it.
pub(super) fn between(older: &Hop, hop: &Hop) -> Handover {
    let Some(server) = &older.by else { return Handover::NotComparable };
    let names = || [&hop.from.helo, &hop.from.name].into_iter().flatten();
    let same = |name: &Spanned<String>| is_same_host(&name.value, &server.value);
    let address = hop.from.ip.map(|ip| ip.value.to_string());
    if names().any(same) || address.as_deref() == Some(bare(&server.value)) {
        return Handover::SameHost;
    }
    let stays = |hop: &Hop| hop.tls.state == TlsState::Local;
    if names().any(|name| is_one_company(&name.value, &server.value)) {
        return Handover::SameOrganisation;
    }
    let has_domain = |name: &Spanned<String>| organisation(&name.value).is_some();
    if has_domain(server) && names().any(has_domain) && !stays(hop) {
        return Handover::Elsewhere;
    }
    Handover::NotComparable
}

/// Whether two names, or an address in or without brackets, are the same.
pub(super) fn is_same_host(name: &str, other: &str) -> bool {
    bare(name).eq_ignore_ascii_case(bare(other))
}

/// A name without the root's dot, an address without brackets.
fn bare(name: &str) -> &str {
    name.trim_matches(['[', ']']).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn names_and_addresses_are_compared() {
        for (older, newer, expected) in [
            ("by out.example.jp", "from out.example.jp (gate.example.jp [192.0.2.1])", Handover::SameHost),
            ("by gate.example.jp", "from x (gate.example.jp. [192.0.2.1])", Handover::SameHost),
            ("by 192.0.2.1", "from x ([192.0.2.1])", Handover::SameHost),
            ("by in.example.jp", "from out.example.jp ([192.0.2.1])", Handover::SameOrganisation),
            ("by out.example.jp", "from mail.example.com ([192.0.2.1])", Handover::Elsewhere),
            ("by a.prod.exchangelabs.com", "from b.prod.outlook.com ([192.0.2.1])", Handover::SameOrganisation),
            ("by a.prod.exchangelabs.com", "from mail.example.com ([192.0.2.1])", Handover::Elsewhere),
            ("by EX01", "from mail.example.com ([192.0.2.1])", Handover::NotComparable),
            ("by out.example.jp", "from pc7 ([192.0.2.1])", Handover::NotComparable),
            ("by out.example.jp", "from localhost ([127.0.0.1])", Handover::NotComparable),
            ("with nothing", "from mail.example.com ([192.0.2.1])", Handover::NotComparable),
            ("by out.example.jp", "(qmail 1 invoked by uid 0)", Handover::NotComparable),
        ] {
            let header = format!("Received: {newer} by mx.example.net\r\nReceived: {older}\r\n\r\n");
            let path = crate::path::read(&Message::read(header.into_bytes()), None, None);
            assert_eq!((path.hops[0].handover, path.hops[1].handover), (Handover::First, expected), "{older} {newer}");
        }
    }
}
