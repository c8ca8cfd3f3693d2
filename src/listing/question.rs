//! How a list is asked (RFC 5782 section 2).

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{List, Subject};
use crate::dns::{Question, RecordType};

/// The entries of RFC 5782 section 5 that every list must have, and must not have.
const LISTED_V4: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const UNLISTED_V4: Ipv4Addr = Ipv4Addr::LOCALHOST;
const LISTED_V6: Ipv6Addr = Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x7f00, 2);
const UNLISTED_V6: Ipv6Addr = Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x7f00, 1);
const LISTED_NAME: &str = "test";
const UNLISTED_NAME: &str = "invalid";

/// The question whether that is listed.
pub(super) fn listing(list: &List, subject: &Subject) -> Question {
    Question::new(&owner(list, subject), RecordType::A)
}

/// The question for the list's words about an entry.
pub(super) fn text(list: &List, subject: &Subject) -> Question {
    Question::new(&owner(list, subject), RecordType::Txt)
}

/// The question about the entry that a list must have, or must not have, of the kind of that subject.
pub(super) fn test(list: &List, subject: &Subject, entry: Entry) -> Question {
    let own = match entry {
        Entry::Listed => list.listed.as_deref(),
        Entry::Unlisted => list.unlisted.as_deref(),
    };
    let point = own.map_or_else(|| point(subject, entry), str::to_owned);
    Question::new(&format!("{point}.{}", list.zone), RecordType::A)
}

/// Which entry shows that a list works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Listed,
    Unlisted,
}

fn point(subject: &Subject, entry: Entry) -> String {
    match (subject, entry) {
        (Subject::Address(ip), Entry::Listed) if ip.to_canonical().is_ipv4() => backwards(IpAddr::V4(LISTED_V4)),
        (Subject::Address(ip), Entry::Unlisted) if ip.to_canonical().is_ipv4() => backwards(IpAddr::V4(UNLISTED_V4)),
        (Subject::Address(_), Entry::Listed) => nibbles(LISTED_V6),
        (Subject::Address(_), Entry::Unlisted) => nibbles(UNLISTED_V6),
        (Subject::Domain { .. }, Entry::Listed) => LISTED_NAME.to_owned(),
        (Subject::Domain { .. }, Entry::Unlisted) => UNLISTED_NAME.to_owned(),
    }
}

fn owner(list: &List, subject: &Subject) -> String {
    match subject {
        Subject::Address(ip) => format!("{}.{}", backwards(ip.to_canonical()), list.zone),
        Subject::Domain { name, .. } => format!("{name}.{}", list.zone),
    }
}

/// An address as names of reverse DNS have it (RFC 5782 sections 2.1 and 2.4).
fn backwards(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            format!("{d}.{c}.{b}.{a}")
        }
        IpAddr::V6(v6) => nibbles(v6),
    }
}

fn nibbles(v6: Ipv6Addr) -> String {
    let mut name = String::new();
    for (index, byte) in v6.octets().iter().rev().enumerate() {
        let dot = if index == 0 { "" } else { "." };
        // Writing to a String cannot fail.
        let _ = write!(name, "{dot}{:x}.{:x}", byte & 0xF, byte >> 4);
    }
    name
}
