//! The client of a from clause: its own claim, and in brackets what the server saw of the connection (TCP-info).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Clause, Piece};

/// What a from clause says, before a dialect has a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::path) struct Seen<'a> {
    /// What the client called itself.
    pub(in crate::path) helo: Option<Piece<'a>>,
    /// The reverse name.
    pub(in crate::path) name: Option<Piece<'a>>,
    pub(in crate::path) ip: Option<(IpAddr, Piece<'a>)>,
    /// Another address that is written the same way, so that nothing tells which of the two connected.
    pub(in crate::path) other: Option<(IpAddr, Piece<'a>)>,
    /// The words `may be forged`.
    pub(in crate::path) doubt: Option<Piece<'a>>,
    /// The connection never left the host: `[local]` (`OpenSMTPD`) or `[unix socket]` (Cyrus) in place of an address.
    pub(in crate::path) local: Option<Piece<'a>>,
}

/// Reads a from clause.
///
/// The address is, in this order: one in square brackets in a comment; one as a second word; a bare one in a comment;
/// the first word. So TCP-info wins over HELO (RFC 5321 section 4.4), and a server that writes nothing but an address
/// writes what it saw.
pub(super) fn read<'a>(clause: &Clause<'a>) -> Seen<'a> {
    let mut seen = Seen::default();
    let (mut bracketed, mut bare) = (Addresses::default(), Addresses::default());
    for comment in clause.comments() {
        let note = note(comment);
        seen.helo = seen.helo.or(note.helo);
        seen.name = seen.name.or(note.name);
        [note.bracketed.first, note.bracketed.other].into_iter().flatten().for_each(|found| bracketed.add(found));
        note.bare.into_iter().for_each(|found| bare.add(found));
        seen.doubt = seen.doubt.or(note.doubt);
        seen.local = seen.local.or(note.local);
    }
    let mut words = clause.words().map(|word| word.trim_end_matches(&[',']));
    let first = words.next().filter(|word| is_host(*word));
    let second = words.filter(|word| word.text.starts_with('[')).find_map(|word| address(word).map(|ip| (ip, word)));
    let second = Addresses { first: second, other: None };
    let found = [bracketed, second, bare].into_iter().find(|found| found.first.is_some()).unwrap_or_default();
    (seen.ip, seen.other) = (found.first, found.other);
    let Some(first) = first else { return seen };
    match address(first) {
        Some(ip) if seen.ip.is_none() => seen.ip = Some((ip, first)),
        // With `(HELO name)` in a comment, the word before it is the server's own: the reverse name.
        None if seen.helo.is_some() => seen.name = seen.name.or_else(|| name(first)),
        _ => seen.helo = seen.helo.or(Some(first)),
    }
    seen.helo = seen.helo.filter(|helo| !is_unknown(helo.text));
    seen
}

/// Addresses that are written the same way: the first, and the first after it that is another one.
#[derive(Clone, Copy, Default)]
struct Addresses<'a> {
    first: Option<(IpAddr, Piece<'a>)>,
    other: Option<(IpAddr, Piece<'a>)>,
}

impl<'a> Addresses<'a> {
    fn add(&mut self, found: (IpAddr, Piece<'a>)) {
        match self.first {
            None => self.first = Some(found),
            Some((ip, _)) if ip != found.0 => self.other = self.other.or(Some(found)),
            Some(_) => {}
        }
    }
}

/// What one comment of a from clause says.
#[derive(Default)]
struct Note<'a> {
    helo: Option<Piece<'a>>,
    name: Option<Piece<'a>>,
    bracketed: Addresses<'a>,
    bare: Option<(IpAddr, Piece<'a>)>,
    doubt: Option<Piece<'a>>,
    local: Option<Piece<'a>>,
}

fn note(comment: Piece<'_>) -> Note<'_> {
    let mut note = Note::default();
    // ZMailer writes the HELO in quotes.
    let is_between = |character: char| character.is_whitespace() || "(),;\"".contains(character);
    let words: Vec<_> = comment.split(is_between).collect();
    let mut before: Option<Piece<'_>> = None;
    let mut index = 0;
    while let Some(&word) = words.get(index) {
        index += 1;
        let next = words.get(index).copied();
        let lower = word.text.to_ascii_lowercase();
        if matches!(lower.as_str(), "helo" | "ehlo" | "lhlo") {
            note.helo = note.helo.or_else(|| next.filter(|word| is_host(*word)));
            index += 1;
        } else if matches!(lower.as_str(), "account" | "user") {
            // A login name looks like a host behind its `@`.
            index += 1;
        } else if let Some(helo) = word.strip_prefix("helo=").or_else(|| word.strip_prefix("ehlo=")) {
            note.helo = note.helo.or(Some(helo).filter(|word| is_host(*word)));
        } else if lower == "[local]" || (lower == "[unix" && next.is_some_and(|next| next.text == "socket]")) {
            note.local = Some(word);
            note.name = note.name.or_else(|| before.and_then(name));
            index += usize::from(lower == "[unix");
        } else if let Some((ip, own, head)) = bracketed(word) {
            note.bracketed.add((ip, own));
            // `name [ip]`, `name[ip]`, and `[ip] name`.
            let after = || next.filter(|next| is_domain(next.text));
            note.name = note.name.or_else(|| name(head).or_else(|| before.or_else(after).and_then(name)));
        } else if word.text.contains('=') {
            // A named value such as port=25 is neither a name nor an address.
        } else if let Some(ip) =
            address(word.after_last('@')).filter(|_| is_alone(&words) || (index == 1 && is_introduced(word, next)))
        {
            note.bare = note.bare.or(Some((ip, word.after_last('@'))));
            note.name = note.name.or_else(|| before.and_then(name));
        } else {
            before = Some(word);
            continue;
        }
        before = None;
    }
    note.doubt = comment.find_words("may be forged");
    if let ([only], None) = (words.as_slice(), note.bare.or(note.bracketed.first)) {
        note.name = name(*only).filter(|name| is_domain(name.text));
    }
    note
}

/// Whether a comment holds a bare address and at most a name before it: `(192.0.2.1)`, `(host.example 192.0.2.1)`.
fn is_alone(words: &[Piece<'_>]) -> bool {
    match words {
        [_] => true,
        [name, _] => is_domain(name.text.trim_end_matches('.')) || is_unknown(name.text),
        _ => false,
    }
}

/// Whether the first word of a longer comment is an address for sure: behind an ident (`taro@192.0.2.1 with plain`), or with
/// the HELO after it (`192.0.2.1, HELO mail.example.jp`).
fn is_introduced(word: Piece<'_>, next: Option<Piece<'_>>) -> bool {
    let is_helo = |next: Piece<'_>| ["helo", "ehlo"].iter().any(|verb| next.text.eq_ignore_ascii_case(verb));
    word.text.contains('@') || next.is_some_and(is_helo)
}

/// An address in square brackets, perhaps with a port after it or a name before it (`[192.0.2.1]:4711`,
/// `host[192.0.2.1]`): the address, its piece, and what stands before it.
fn bracketed(word: Piece<'_>) -> Option<(IpAddr, Piece<'_>, Piece<'_>)> {
    let open = word.text.find('[')?;
    let close = word.text.rfind(']').filter(|&close| close > open)?;
    let inner = Piece { text: &word.text[open..=close], start: word.start + open };
    let head = Piece { text: &word.text[..open], start: word.start };
    address(inner).map(|ip| (ip, inner, head))
}

/// Words that stand before an address and are no name.
const NOT_NAMES: &[&str] =
    &["unknown", "unverified", "verified", "really", "sender", "address", "unresolved", "port", "softdnserr"];

/// A reverse name: without ident (`user@name`) and the root's dot; `unknown` means that there is none.
fn name(word: Piece<'_>) -> Option<Piece<'_>> {
    let name = word.after_last('@').trim_end_matches(&['.']);
    let word = NOT_NAMES.iter().any(|other| name.text.eq_ignore_ascii_case(other));
    (!word && is_host(name) && address(name).is_none() && has_host_characters(name.text)).then_some(name)
}

fn has_host_characters(text: &str) -> bool {
    text.chars().all(|character| character.is_alphanumeric() || "-._".contains(character))
}

/// Whether a lone word in a comment is a domain rather than a product or a version.
fn is_domain(text: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or_default();
    text == "localhost" || (text.contains('.') && last.len() >= 2 && last.chars().all(char::is_alphabetic))
}

fn is_unknown(text: &str) -> bool {
    text.eq_ignore_ascii_case("unknown")
}

/// Whether a word can stand for a host at all: no white space, quotes or brackets other than an address literal's.
pub(in crate::path) fn is_host(word: Piece<'_>) -> bool {
    let strange =
        |character: char| character.is_whitespace() || character.is_control() || "\"<>(),;\u{FFFD}".contains(character);
    !word.text.is_empty() && !word.text.contains(strange)
}

/// An IP address as servers write it: in square brackets or two pairs of them, with the tag `IPv6:` (RFC 5321 section
/// 4.1.3), with a scope (`%eth0`, RFC 4007 section 11), IPv4 with a port. IPv4-mapped IPv6 is given as IPv4.
pub(in crate::path) fn address(word: Piece<'_>) -> Option<IpAddr> {
    let mut inner = word.text.trim_end_matches(',');
    while let Some(bare) = inner.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        inner = bare;
    }
    let tag = inner.get(..5).filter(|tag| tag.eq_ignore_ascii_case("ipv6:"));
    let untagged = inner[tag.map_or(0, str::len)..].trim();
    let unscoped = untagged.split_once('%').map_or(untagged, |(address, _)| address);
    if let Ok(ip) = unscoped.parse::<Ipv6Addr>() {
        return Some(ip.to_ipv4_mapped().map_or(IpAddr::V6(ip), IpAddr::V4));
    }
    let host = match unscoped.split_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => host,
        _ => unscoped,
    };
    host.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
}
