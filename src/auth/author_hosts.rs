//! Whether mail can be sent back to the author domain: an MX record, or an address (RFC 5321 section 5.1). Some providers
//! refuse mail from a domain that has neither. It is no part of SPF, DKIM or DMARC.

use serde::Serialize;

use crate::dns::{Data, Failure, Ledger, Question, QuestionId, RecordType};

/// What DNS says of a domain as a place for mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorHosts {
    pub domain: String,
    pub state: HostsState,
    /// The questions that showed it, in order.
    pub questions: Vec<QuestionId>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostsState {
    Mx,
    /// No MX, and an IPv4 address in its place.
    Address,
    /// The same with an IPv6 address alone.
    Ipv6Address,
    /// The domain says that it takes no mail (RFC 7505).
    NullMx,
    /// Neither.
    Nothing,
    Unreachable,
    NotAsked,
}

/// Asks for the MX, and where there is none for the addresses.
#[must_use]
pub fn check(domain: &str, dns: &Ledger<'_>) -> AuthorHosts {
    let mut questions = Vec::new();
    let mut state = HostsState::Nothing;
    for kind in [RecordType::Mx, RecordType::A, RecordType::Aaaa] {
        let entry = dns.ask(&Question::new(domain, kind));
        questions.push(entry.id);
        state = match &entry.answer.records {
            Ok(records) => found(records),
            Err(failure) if failure.is_not_asked() => HostsState::NotAsked,
            Err(failure) if !failure.is_absent() => HostsState::Unreachable,
            // A name that does not exist has no other record either (RFC 8020).
            Err(Failure::NxDomain) => break,
            Err(_) => continue,
        };
        break;
    }
    AuthorHosts { domain: domain.to_owned(), state, questions }
}

fn found(records: &[Data]) -> HostsState {
    let is_null = |data: &Data| matches!(data, Data::Mx { exchange, .. } if exchange.is_empty() || exchange == ".");
    match records {
        [only] if is_null(only) => HostsState::NullMx,
        [Data::Mx { .. }, ..] => HostsState::Mx,
        [Data::Aaaa(_), ..] => HostsState::Ipv6Address,
        _ => HostsState::Address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Snapshot;

    fn state(zone: &str) -> (HostsState, usize) {
        let snapshot = Snapshot::parse(zone, "test").unwrap();
        let hosts = check("example.jp", &Ledger::new(&snapshot));
        (hosts.state, hosts.questions.len())
    }

    #[test]
    fn mx_first_then_addresses() {
        const NO_MX: &str = "$answer example.jp. MX nodata\n";
        assert_eq!(state("example.jp. 60 IN MX 10 mx.example.jp.\n"), (HostsState::Mx, 1));
        assert_eq!(state("example.jp. 60 IN MX 0 .\n"), (HostsState::NullMx, 1));
        assert_eq!(state(&format!("{NO_MX}example.jp. 60 IN A 192.0.2.1\n")), (HostsState::Address, 2));
        let no_a = "$answer example.jp. A nodata\n";
        assert_eq!(state(&format!("{NO_MX}{no_a}example.jp. 60 IN AAAA 2001:db8::1\n")), (HostsState::Ipv6Address, 3));
        let none = format!("{NO_MX}{no_a}$answer example.jp. AAAA nodata\n");
        assert_eq!(state(&none), (HostsState::Nothing, 3));
        assert_eq!(state("$answer example.jp. MX nxdomain\n"), (HostsState::Nothing, 1));
        assert_eq!(state("$answer example.jp. MX servfail\n"), (HostsState::Unreachable, 1));
        assert_eq!(state(""), (HostsState::NotAsked, 1));
    }
}
