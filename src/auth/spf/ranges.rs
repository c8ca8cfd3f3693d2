//! Sets of addresses of one family, as sorted ranges that neither touch nor overlap.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The addresses that one connection can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

impl Family {
    pub(super) const fn of(ip: IpAddr) -> Self {
        if ip.is_ipv4() { Self::V4 } else { Self::V6 }
    }

    const fn last(self) -> u128 {
        match self {
            Self::V4 => u32::MAX as u128,
            Self::V6 => u128::MAX,
        }
    }
}

/// An address as a number.
pub(super) const fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_bits() as u128,
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

/// What no server connects from on the Internet (IANA's registry of special-purpose IPv4 addresses, RFC 6890; multicast,
/// RFC 5771): a record that lists all the rest lets anybody pass, whether or not it lists these.
const NOT_PUBLIC: &[Ipv4Net] = &[
    Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 8),
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(224, 0, 0, 0), 3),
];
/// What IANA gives out of IPv6 (RFC 4291 section 2.4, "Internet Protocol Version 6 Address Space").
const PUBLIC_IPV6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// First and last address of each range.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ranges(Vec<(u128, u128)>);

impl Ranges {
    pub(super) fn everything(family: Family) -> Self {
        Self(vec![(0, family.last())])
    }

    /// Every address that a server on the Internet can have.
    pub(super) fn public(family: Family) -> Self {
        match family {
            Family::V4 => {
                let rest: Vec<IpNet> = NOT_PUBLIC.iter().copied().map(IpNet::V4).collect();
                Self::everything(family).without(&Self::of(&rest))
            }
            Family::V6 => Self::of(&[IpNet::V6(PUBLIC_IPV6)]),
        }
    }

    pub(super) fn of<'n>(networks: impl IntoIterator<Item = &'n IpNet>) -> Self {
        let ends = |network: &IpNet| (number(network.network()), number(network.broadcast()));
        Self::joined(networks.into_iter().map(ends).collect())
    }

    fn joined(mut ranges: Vec<(u128, u128)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u128, u128)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    pub(super) fn add(&mut self, other: &Self) {
        if !other.is_empty() {
            *self = Self::joined(self.0.iter().chain(&other.0).copied().collect());
        }
    }

    /// What is in this set and not in the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut left = Vec::with_capacity(self.0.len());
        let mut cuts = other.0.iter().peekable();
        for &(mut first, last) in &self.0 {
            let mut is_used_up = false;
            while let Some(&&(cut_first, cut_last)) = cuts.peek() {
                if cut_first > last {
                    break;
                }
                if cut_last >= first {
                    if cut_first > first {
                        left.push((first, cut_first - 1));
                    }
                    if cut_last >= last {
                        // The cut may reach into the next range, so it stays.
                        is_used_up = true;
                        break;
                    }
                    first = cut_last + 1;
                }
                cuts.next();
            }
            if !is_used_up {
                left.push((first, last));
            }
        }
        Self(left)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_everything(&self, family: Family) -> bool {
        *self == Self::everything(family)
    }

    /// How many addresses these are; all of IPv6 is one less than it is, the most that the type holds.
    pub(super) fn count(&self) -> u128 {
        self.0.iter().fold(0, |sum: u128, (first, last)| sum.saturating_add((last - first).saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(networks: &[&str]) -> Ranges {
        let networks: Vec<IpNet> = networks.iter().map(|network| network.parse().unwrap()).collect();
        Ranges::of(&networks)
    }

    #[test]
    fn joins_what_overlaps_and_what_touches() {
        let joined = set(&["192.0.2.128/25", "192.0.2.0/25", "192.0.2.7/32", "198.51.100.0/24", "192.0.2.9/24"]);
        assert_eq!(joined, set(&["192.0.2.0/24", "198.51.100.0/24"]));
        assert_eq!(joined.count(), 512);
        assert_eq!(set(&[]).count(), 0);
    }

    #[test]
    fn takes_away_exactly_what_is_in_the_other() {
        let all = Ranges::everything(Family::V4);
        let some = set(&["0.0.0.0/8", "192.0.2.0/24", "255.0.0.0/8"]);
        let rest = all.without(&some);
        assert_eq!(rest.count(), (1 << 32) - 2 * (1 << 24) - 256);
        let mut whole = rest.clone();
        whole.add(&some);
        assert!(whole.is_everything(Family::V4));
        assert!(some.without(&all).is_empty());
        assert_eq!(rest.without(&some), rest);
        // One cut over several ranges, and several cuts in one.
        assert_eq!(set(&["192.0.2.0/26", "192.0.2.128/26"]).without(&set(&["192.0.2.0/24"])), Ranges::default());
        let cut = set(&["192.0.2.0/24"]).without(&set(&["192.0.2.0/32", "192.0.2.9/32", "192.0.2.255/32"]));
        assert_eq!(cut.count(), 253);
    }

    #[test]
    fn holds_all_of_ipv6() {
        let all = set(&["::/0"]);
        assert!(all.is_everything(Family::V6));
        assert_eq!(all.count(), u128::MAX);
        assert_eq!(all.without(&set(&["::1/128"])).count(), u128::MAX);
        assert_eq!(all.without(&set(&["::/1"])).count(), 1 << 127);
        assert_eq!(set(&["ffff::/16"]).without(&set(&["ffff:8000::/17"])).count(), 1 << 111);
    }
}
