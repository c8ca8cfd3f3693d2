//! Masked data, as a person reads it. A type that holds an address can hold no mark, so a masked analysis has addresses in
//! it that no computer has; in every text that leaves it they are named.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Stands for what is masked, however long that is.
pub const HIDDEN: &str = "●●●";

/// The network that throws everything away (RFC 6666).
const DISCARD: Ipv6Addr = Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0);

/// The address that stands for the masked one with that number, from 1: one of "this network" (RFC 791), or of the one that
/// throws everything away (RFC 6666). Where there are very many, the last share one.
#[must_use]
pub fn stand_in(ip: IpAddr, number: usize) -> IpAddr {
    let number = u8::try_from(number).unwrap_or(u8::MAX);
    match ip {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::new(0, 0, 0, number)),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from_bits(DISCARD.to_bits() | u128::from(number))),
    }
}

/// The number of the masked address for which one stands.
fn number(ip: IpAddr) -> Option<u8> {
    let number = match ip {
        IpAddr::V4(v4) => v4.to_bits(),
        IpAddr::V6(v6) => u32::try_from(v6.to_bits().checked_sub(DISCARD.to_bits())?).ok()?,
    };
    u8::try_from(number).ok().filter(|number| *number > 0)
}

/// A text of a masked analysis with each address that stands for a masked one written as `IP●●●1`.
#[must_use]
pub fn named(text: &str) -> Cow<'_, str> {
    if !text.contains("0.0.0.") && !text.contains("100::") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(belongs) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !belongs(c)).unwrap_or(from.len()));
        shown.push_str(before);
        push(&mut shown, word);
        rest = after;
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

const fn belongs(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | ':')
}

/// A word, which may be an address, or a name that begins with one or has one in it (`0.0.0.1.in-addr.arpa`).
fn push(shown: &mut String, word: &str) {
    let bare = word.trim_end_matches(['.', ':']);
    let (tag, bare) = bare.strip_prefix("IPv6:").map_or(("", bare), |rest| ("IPv6:", rest));
    if let Some(number) = bare.parse().ok().and_then(number) {
        let end = &word[tag.len() + bare.len()..];
        let name = format!("{tag}IP{HIDDEN}{number}{end}");
        shown.push_str(&name);
        return;
    }
    let labels: Vec<&str> = word.split('.').collect();
    // Numbers beside it are part of something longer; single hexadecimal digits, of an IPv6 address written backwards.
    let is_digits = |label: &&str| {
        let is_nibble = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_nibble || !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())
    };
    let goes_on = |label: Option<&&str>| label.is_some_and(is_digits);
    let found = labels.windows(4).enumerate().find_map(|(at, window)| {
        let number = window.join(".").parse().ok().map(IpAddr::V4).and_then(number)?;
        let before = at.checked_sub(1).and_then(|before| labels.get(before));
        (!goes_on(before) && !goes_on(labels.get(at + 4))).then_some((at, number))
    });
    match found {
        Some((at, number)) => {
            let mut labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
            labels.splice(at..at + 4, [format!("IP{HIDDEN}{number}")]);
            shown.push_str(&labels.join("."));
        }
        None => shown.push_str(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_masked_address_is_named() {
        let [one, two] = ["192.168.1.5", "fd00::5"].map(|ip| ip.parse::<IpAddr>().unwrap());
        let (one, two) = (stand_in(one, 1).to_string(), stand_in(two, 2).to_string());
        for (text, expected) in [
            (format!("{one} は {two}."), "IP●●●1 は IP●●●2."),
            (format!("[{one}]:25, IPv6:{two}"), "[IP●●●1]:25, IPv6:IP●●●2"),
            (format!("{one}.in-addr.arpa x.{one}.example"), "IP●●●1.in-addr.arpa x.IP●●●1.example"),
            (format!("{}.", stand_in(one.parse().unwrap(), 9000)), "IP●●●255."),
        ] {
            assert_eq!(named(&text), expected);
        }
        for same in
            ["0.0.0.0 10.0.0.0.1 0.0.0.256 100::", "1.0.0.0.1.8.b.d.ip6.arpa", "0.0.0.1.0.2.ip6.arpa", "100::1:1"]
        {
            assert_eq!(named(same), same);
        }
    }
}
