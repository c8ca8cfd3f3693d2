//! Which addresses can be a client on the Internet, and which host names belong together.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Hop;

/// Networks of the IANA special-purpose registries (RFC 6890) that no client on the Internet can have, with the prefix length.
const SPECIAL_IPV4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::UNSPECIFIED, 8),          // "this network", RFC 791
    (Ipv4Addr::new(10, 0, 0, 0), 8),     // RFC 1918
    (Ipv4Addr::new(100, 64, 0, 0), 10),  // shared between carrier and customer, RFC 6598
    (Ipv4Addr::new(127, 0, 0, 0), 8),    // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16), // link-local, RFC 3927
    (Ipv4Addr::new(172, 16, 0, 0), 12),  // RFC 1918
    (Ipv4Addr::new(192, 0, 0, 0), 24),   // IETF protocol assignments
    (Ipv4Addr::new(192, 168, 0, 0), 16), // RFC 1918
    (Ipv4Addr::new(198, 18, 0, 0), 15),  // benchmarking, RFC 2544
    (Ipv4Addr::new(224, 0, 0, 0), 3),    // multicast and reserved
];

const SPECIAL_IPV6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::UNSPECIFIED, 96),                         // unspecified, loopback, IPv4-compatible
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64),     // discard, RFC 6666
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48),    // benchmarking, RFC 5180
    (Ipv6Addr::new(0x2001, 0x10, 0, 0, 0, 0, 0, 0), 27), // ORCHID, RFC 4843 and RFC 7343
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),     // unique local, RFC 4193
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 9),     // link-local, and site-local of RFC 3879
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),     // multicast
];

/// Whether a client on the Internet can have this address. The documentation networks (RFC 5737, RFC 3849, RFC 9637)
/// count as public: redacted messages, samples and tests use them in place of real addresses.
#[must_use]
pub fn client_is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !SPECIAL_IPV4.iter().any(|&(network, length)| is_in_v4(ip, network, length)),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped().or_else(|| embedded_6to4(ip)) {
            Some(ip) => client_is_public(IpAddr::V4(ip)),
            None => !SPECIAL_IPV6.iter().any(|&(network, length)| is_in_v6(ip, network, length)),
        },
    }
}

/// The IPv4 address in `2002::/16` (RFC 3056); Google writes its private 10/8 that way.
fn embedded_6to4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [0x20, 0x02, a, b, c, d, ..] = ip.octets() else { return None };
    Some(Ipv4Addr::new(a, b, c, d))
}

fn is_in_v4(ip: Ipv4Addr, network: Ipv4Addr, length: u32) -> bool {
    (ip.to_bits() ^ network.to_bits()).leading_zeros() >= length
}

fn is_in_v6(ip: Ipv6Addr, network: Ipv6Addr, length: u32) -> bool {
    (ip.to_bits() ^ network.to_bits()).leading_zeros() >= length
}

/// A provider whose servers pass mail on among themselves by public addresses.
struct Provider {
    /// What the name of the server ends with.
    servers: &'static [&'static str],
    /// Whether a client of such a server is one as well.
    is_inner: fn(&Hop) -> bool,
}

const PROVIDERS: &[Provider] = &[
    // Names do not tell: a message from one tenant that left and came back has the same ones, but then from an address
    // of the outbound pool. 25/8 stands in mail up to 2017.
    Provider {
        servers: &[".outlook.com", ".outlook.office365.com", ".exchangelabs.com", ".protection.gbl"],
        is_inner: |hop| match hop.from.ip.as_ref().map(|ip| ip.value) {
            Some(IpAddr::V6(ip)) => is_in_v6(ip, Ipv6Addr::new(0x2603, 0x1000, 0, 0, 0, 0, 0, 0), 24),
            Some(IpAddr::V4(ip)) => is_in_v4(ip, Ipv4Addr::new(25, 0, 0, 0), 8),
            None => false,
        },
    },
    // The machine that scans takes over from the one that received, and names no protocol.
    Provider { servers: &[".messagelabs.com", ".symcld.net"], is_inner: |hop| hop.with.is_none() },
];

/// Whether a hop goes from one server of a known provider to another, though its client has a public address.
pub(super) fn is_inside_a_provider(hop: &Hop) -> bool {
    let Some(by) = hop.by.as_ref().map(|by| by.value.to_ascii_lowercase()) else { return false };
    let mut providers = PROVIDERS.iter();
    providers.any(|provider| provider.servers.iter().any(|end| by.ends_with(end)) && (provider.is_inner)(hop))
}

/// Domains of services that filter mail on its way in, on its way out, or both.
const FILTER_SERVICES: &[&str] = &[
    "antispamcloud.com",
    "barracudanetworks.com",
    "cudaops.com",
    "fortimail.com",
    "fortimailcloud.com",
    "hornetsecurity.com",
    "iphmx.com",
    "mailcontrol.com",
    "messagelabs.com",
    "mimecast.com",
    "ppe-hosted.com",
    "pphosted.com",
    "securemx.jp",
    "sophos.com",
    "symcld.net",
    "trendmicro.co.jp",
    "trendmicro.com",
    "trendmicro.eu",
    "vadesecure.com",
];

/// The filtering service that a host belongs to.
pub(super) fn filter_service(host: &str) -> Option<&'static str> {
    let host = lower(host);
    FILTER_SERVICES.iter().find(|domain| is_under(&host, domain)).copied()
}

/// Domains of one company each, whose servers hand mail to one another.
const FAMILIES: &[&[&str]] = &[
    &["outlook.com", "office365.com", "exchangelabs.com", "onmicrosoft.com", "protection.gbl", "hotmail.com"],
    &["google.com", "gmail.com", "googlemail.com"],
    &["amazonaws.com", "amazonses.com"],
    &["yahoo.com", "yahoo.co.jp", "yahoodns.net", "aol.com"],
    &["icloud.com", "apple.com", "mac.com", "me.com"],
    &["gmx.net", "gmx.de", "gmx.com", "web.de", "kundenserver.de", "1and1.com", "mail.com", "server.lan"],
    &["mailgun.net", "mailgun.org", "postgun.com"],
    &["mcsv.net", "mcdlv.net", "mandrillapp.com", "rsgsv.net"],
    &["cudaops.com", "barracudanetworks.com"],
    &["fortimail.com", "fortimailcloud.com"],
    &["messagelabs.com", "symcld.net"],
    &["pphosted.com", "ppe-hosted.com", "ppops.net"],
    &["trendmicro.com", "trendmicro.eu", "trendmicro.co.jp"],
];

/// Whether two hosts are run by one company, by the domain that it registered or by the domains it is known for.
pub(super) fn is_one_company(host: &str, other: &str) -> bool {
    let (host, other) = (lower(host), lower(other));
    let is_of = |family: &&&[&str], host: &str| family.iter().any(|domain| is_under(host, domain));
    organisation(&host).is_some_and(|own| organisation(&other) == Some(own))
        || FAMILIES.iter().any(|family| is_of(&family, &host) && is_of(&family, &other))
}

fn lower(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether a host, in small letters, is that domain or lies in it.
pub(super) fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The domain that an organisation registered, by the Public Suffix List with its private part: tenants of one hoster are
/// not one organisation. It serves to read paths; alignment of identifiers is judged by DNS, elsewhere.
#[must_use]
pub fn organisation(host: &str) -> Option<String> {
    let host = lower(host);
    if host.starts_with('[') || host.split('.').any(str::is_empty) || host.parse::<IpAddr>().is_ok() {
        return None;
    }
    psl::domain_str(&host).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "ff02::1",
            "2002:a05:6214::1",
            "100::1",
        ] {
            assert!(!client_is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn others_and_documentation_networks_are_public() {
        for ip in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "2001:db8::1",
            "3fff::1",
            "2603:10b6::1",
            "2a01:111::1",
            "::ffff:192.0.2.1",
            "2002:c000:201::1",
        ] {
            assert!(client_is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn organisations_are_the_registered_labels() {
        for (host, expected) in [
            ("mx1.mail.example.com", Some("example.com")),
            ("mx1.example.co.jp.", Some("example.co.jp")),
            ("MX.Example.JP", Some("example.jp")),
            ("co.jp", None),
            ("localhost", None),
            ("192.0.2.1", None),
            ("a..b", None),
        ] {
            assert_eq!(organisation(host).as_deref(), expected, "{host}");
        }
    }
}
