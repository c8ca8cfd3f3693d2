//! The addresses and names of the computers that people sit at. Those of servers are what a ticket is about, and stay.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::mask::short;
use crate::analyze::Analysis;
use crate::auth::domain::{self, LocalName};
use crate::notes::Meaning;
use crate::path::{Hop, WaypointKind, client_is_public, organisation};
use crate::text::masked::{HIDDEN, stand_in};

/// The secret computers of one message, each with what is shown instead: the same for the same one everywhere.
#[derive(Debug, Default)]
pub(super) struct Network {
    addresses: HashMap<IpAddr, IpAddr>,
    /// Host names in lower case.
    hosts: HashMap<String, String>,
}

impl Network {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let mut network = Self::default();
        let (facts, message) = (&analysis.facts, &analysis.message);
        for hop in &facts.path.hops {
            network.add_hop(hop);
        }
        for waypoint in &facts.path.waypoints {
            if let Some(ip) = waypoint.ip.as_ref().filter(|_| waypoint.kind == WaypointKind::OriginatingIp) {
                network.add_address(ip.value);
            }
        }
        let session = facts.session.helo.iter().map(|helo| &helo.value);
        for helo in session.chain(&analysis.options.helo) {
            network.add_bare(helo);
        }
        let notes = facts.notes.list.iter().flat_map(|note| &note.entries);
        for entry in notes.filter(|entry| matches!(entry.meaning, Meaning::Helo | Meaning::ReverseName)) {
            network.add_bare(&entry.value.value);
        }
        if let Some(id) = &facts.identity.message_id {
            network.add_bare(id.trim_matches(['<', '>', ' ']).rsplit('@').next().unwrap_or_default());
        }
        let header = message.source.slice(message.header());
        for (ip, _) in v4_words(header).chain(v6_words(header)) {
            if is_private(ip) {
                network.add_address(ip);
            }
        }
        network
    }

    /// A client that logged in is a person's program; one that gives a name of its own network may be one.
    fn add_hop(&mut self, hop: &Hop) {
        let names = [&hop.from.helo, &hop.from.name, &hop.by];
        for name in names.into_iter().flatten() {
            self.add_bare(&name.value);
        }
        let Some(_) = hop.authenticated else { return };
        hop.from.addresses().for_each(|ip| self.add_address(ip));
        for name in [&hop.from.helo, &hop.from.name].into_iter().flatten() {
            let name = name.value.trim_end_matches('.').to_ascii_lowercase();
            let kept = organisation(&name).filter(|kept| *kept != name);
            if let Some(kept) = kept {
                self.hosts.insert(name, format!("{HIDDEN}.{kept}"));
            }
        }
    }

    /// A name that no server of the Internet has, `localhost` apart.
    fn add_bare(&mut self, name: &str) {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let is_device = match domain::local_name(&name) {
            Some(LocalName::SingleLabel) => name.parse::<u32>().is_err(),
            Some(LocalName::Reserved) => !domain::is_at_or_below(&name, "localhost") && name != "localhost.localdomain",
            None => false,
        };
        if is_device {
            let shown = short(&name);
            self.hosts.insert(name, shown);
        }
    }

    fn add_address(&mut self, ip: IpAddr) {
        if ip.is_loopback() || ip.is_unspecified() || self.addresses.contains_key(&ip) {
            return;
        }
        self.addresses.insert(ip, stand_in(ip, self.addresses.len() + 1));
    }

    pub(super) fn ip(&self, ip: &mut IpAddr) {
        if let Some(shown) = self.addresses.get(ip) {
            *ip = *shown;
        }
    }

    /// Every secret address and name in a text, and what is shown in its place.
    pub(super) fn find(&self, text: &[u8]) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        if !self.addresses.is_empty() {
            let plain = v4_words(text).chain(v6_words(text));
            found.extend(plain.filter_map(|(ip, range)| Some((range, self.addresses.get(&ip)?.to_string()))));
            found.extend(self.in_names(text));
        }
        if !self.hosts.is_empty() {
            found.extend(words(text, is_of_name).filter_map(|range| self.host(text, range)));
        }
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= end;
            end = if is_free { range.end } else { end };
            is_free
        });
        found
    }

    /// A host name: a word, or what stands at the end of one (`_spf.taro-pc.example.jp`).
    fn host(&self, text: &[u8], range: Range<usize>) -> Option<(Range<usize>, String)> {
        let word = std::str::from_utf8(text.get(range.clone())?).ok()?;
        let trimmed = word.trim_end_matches('.').to_ascii_lowercase();
        let starts = std::iter::once(0).chain(trimmed.match_indices('.').map(|(dot, _)| dot + 1));
        starts.filter(|&start| start == 0 || trimmed[start..].contains('.')).find_map(|start| {
            let shown = self.hosts.get(&trimmed[start..])?;
            Some((range.start + start..range.start + trimmed.len(), shown.clone()))
        })
    }

    /// Addresses written backwards, with hyphens, or nibble by nibble, as names of reverse DNS and SPF macros have them.
    fn in_names<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = (Range<usize>, String)> + 'a {
        words(text, is_of_name).flat_map(move |range| {
            let word = text.get(range.clone()).unwrap_or_default();
            let labels: Vec<Range<usize>> = split(word, b".", range.start);
            let parts: Vec<Range<usize>> = split(word, b"-", range.start);
            let mut found = Vec::new();
            found.extend(self.windows(text, &labels, 4, 10, true));
            found.extend(labels.iter().flat_map(|label| {
                let inside = split(text.get(label.clone()).unwrap_or_default(), b"-", label.start);
                self.windows(text, &inside, 4, 10, false)
            }));
            found.extend(self.windows(text, &parts, 4, 10, false));
            found.extend(self.windows(text, &labels, 32, 16, false));
            found
        })
    }

    /// Runs of so many numbers in a row that are a secret address, forwards or backwards. `in_longer`: backwards only where more
    /// stands beside them.
    fn windows(
        &self,
        text: &[u8],
        parts: &[Range<usize>],
        count: usize,
        radix: u32,
        in_longer: bool,
    ) -> Vec<(Range<usize>, String)> {
        let number = |part: &Range<usize>| {
            let digits = std::str::from_utf8(text.get(part.clone())?).ok()?;
            let longest = if radix == 16 { 1 } else { 3 };
            u8::from_str_radix(digits, radix).ok().filter(|_| digits.len() <= longest)
        };
        let numbers: Vec<Option<u8>> = parts.iter().map(number).collect();
        let mut found = Vec::new();
        for (window, places) in numbers.windows(count).zip(parts.windows(count)) {
            let Some(window) = window.iter().copied().collect::<Option<Vec<u8>>>() else { continue };
            // Alone, a run of four is an address forwards; backwards it is one only inside a longer name.
            let may_be_reversed = !in_longer || parts.len() > count;
            let backwards: Vec<u8> = window.iter().rev().copied().collect();
            let secret = |numbers: &[u8]| self.addresses.get(&address(numbers)?).copied();
            let shown = secret(&window).or_else(|| secret(&backwards).filter(|_| may_be_reversed));
            if let (Some(shown), [first, .., last]) = (shown, places) {
                found.push((first.start..last.end, shown.to_string()));
            }
        }
        found
    }
}

/// The address of four bytes, or of 32 nibbles.
fn address(numbers: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(numbers) {
        return Some(IpAddr::from(octets));
    }
    let bits = numbers.iter().fold(0_u128, |bits, &nibble| bits << 4 | u128::from(nibble));
    (numbers.len() == 32).then(|| IpAddr::V6(Ipv6Addr::from_bits(bits)))
}

pub(super) fn is_private(ip: IpAddr) -> bool {
    !client_is_public(ip)
        && !ip.is_multicast()
        && !ip.is_unspecified()
        && !matches!(ip, IpAddr::V4(v4) if v4.is_broadcast())
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || byte >= 0x80
}

/// The longest runs of such bytes.
fn words(text: &[u8], belongs: fn(u8) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.iter().position(|&byte| belongs(byte))?;
        let length = text.get(start..)?.iter().take_while(|&&byte| belongs(byte)).count();
        at = start + length;
        Some(start..at)
    })
}

fn split(word: &[u8], marks: &[u8], offset: usize) -> Vec<Range<usize>> {
    let mut at = offset;
    word.split(|byte| marks.contains(byte))
        .map(|part| {
            let range = at..at + part.len();
            at = range.end + 1;
            range
        })
        .collect()
}

/// IPv4 addresses that stand for themselves.
fn v4_words(text: &[u8]) -> impl Iterator<Item = (IpAddr, Range<usize>)> {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    words(text, belongs).filter_map(|range| parsed::<Ipv4Addr>(text, range).map(|(ip, range)| (IpAddr::V4(ip), range)))
}

/// The same of IPv6, with or without the tag of RFC 5321 section 4.1.3.
fn v6_words(text: &[u8]) -> impl Iterator<Item = (IpAddr, Range<usize>)> {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || byte == b':' || byte == b'.';
    words(text, belongs).filter_map(|range| {
        const TAG: usize = b"IPv6:".len();
        let word = text.get(range.clone())?;
        let has_tag = word.get(..TAG).is_some_and(|tag| tag.eq_ignore_ascii_case(b"IPv6:"));
        let range = if has_tag { range.start + TAG..range.end } else { range };
        parsed::<Ipv6Addr>(text, range).map(|(ip, range)| (IpAddr::V6(ip), range))
    })
}

fn parsed<T: std::str::FromStr>(text: &[u8], range: Range<usize>) -> Option<(T, Range<usize>)> {
    let word = std::str::from_utf8(text.get(range.clone())?).ok()?;
    let trimmed = word.trim_end_matches(['.', ':']);
    Some((trimmed.parse().ok()?, range.start..range.start + trimmed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut network = Network::default();
        network.add_address("192.168.1.5".parse().unwrap());
        network.add_address("2001:db8::5".parse().unwrap());
        network.add_bare("DESKTOP-1");
        network.add_bare("localhost");
        let mut text = text.to_owned();
        let found = network.find(text.as_bytes());
        for (range, shown) in found.into_iter().rev() {
            text.replace_range(range, &shown);
        }
        text
    }

    #[test]
    fn an_address_has_many_forms() {
        for (text, expected) in [
            ("from [192.168.1.5].", "from [0.0.0.1]."),
            ("192.168.1.55 and 10.192.168.1", "192.168.1.55 and 10.192.168.1"),
            ("5.1.168.192.in-addr.arpa", "0.0.0.1.in-addr.arpa"),
            ("192.168.1.5.x.example.jp", "0.0.0.1.x.example.jp"),
            ("p192-168-1-5.isp.example", "p192-168-1-5.isp.example"),
            ("192-168-1-5.isp.example", "0.0.0.1.isp.example"),
            ("IPv6:2001:DB8:0:0::5", "IPv6:100::2"),
            ("5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "100::2.ip6.arpa"),
            ("helo=DESKTOP-1 (localhost)", "helo=d●●● (localhost)"),
            ("desktop-12", "desktop-12"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
