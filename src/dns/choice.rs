//! The value of `--dns`: whom to ask, as the user writes it.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use super::{Live, LiveError, Lookup, Offline, Snapshot, SnapshotError, name};

const DNS_PORT: u16 = 53;
/// RFC 7858 section 3.1.
const TLS_PORT: u16 = 853;
const HTTPS_PORT: u16 = 443;
/// What the resolvers of RFC 8484 commonly use.
const HTTPS_PATH: &str = "/dns-query";

/// Where answers shall come from: `system`, `offline`, `IP[:PORT]`, `tls://HOST[:PORT][#NAME]`, `https://HOST[:PORT][/PATH]`,
/// else the path of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Server(Server),
    Snapshot(PathBuf),
    Offline,
}

/// Which server to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// Those that the system is configured with.
    System,
    /// One server by UDP, and by TCP when an answer does not fit.
    Plain(SocketAddr),
    /// DNS over TLS (RFC 7858). `name` is whom the certificate must be for.
    Tls { host: String, port: u16, name: String },
    /// DNS over HTTPS (RFC 8484).
    Https { host: String, port: u16, path: String },
}

/// Why a text is not a [`Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    #[error("no DNS server is given")]
    Empty,
    #[error("a DNS server is given as system, IP[:PORT], tls://HOST[#NAME] or https://URL")]
    UnknownScheme,
    #[error("not a host name or an address")]
    BadHost,
    #[error("not a port number from 1 to 65535")]
    BadPort,
}

/// Why a [`Choice`] cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Live(#[from] LiveError),
    #[error("{}: {error}", path.display())]
    Snapshot { path: PathBuf, error: SnapshotError },
}

impl Choice {
    /// Makes it ready to be asked. A server given by its host name is looked up first, which takes up to five seconds.
    pub fn open(&self) -> Result<Box<dyn Lookup>, OpenError> {
        Ok(match self {
            Self::Server(server) => Box::new(Live::new(server)?),
            Self::Snapshot(path) => {
                let open = |error| OpenError::Snapshot { path: path.clone(), error };
                Box::new(Snapshot::read(path).map_err(open)?)
            }
            Self::Offline => Box::new(Offline),
        })
    }
}

impl FromStr for Choice {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        if text.is_empty() {
            return Err(ChoiceError::Empty);
        }
        if text == "offline" {
            return Ok(Self::Offline);
        }
        Ok(server(text)?.map_or_else(|| Self::Snapshot(PathBuf::from(text)), Self::Server))
    }
}

impl fmt::Display for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => formatter.write_str("system"),
            Self::Plain(address) if address.port() == DNS_PORT => address.ip().fmt(formatter),
            Self::Plain(address) => address.fmt(formatter),
            Self::Tls { host, port, name } => {
                write!(formatter, "tls://{}", Authority { host, port: *port, default: TLS_PORT })?;
                if name == host { Ok(()) } else { write!(formatter, "#{name}") }
            }
            Self::Https { host, port, path } => {
                write!(formatter, "https://{}{path}", Authority { host, port: *port, default: HTTPS_PORT })
            }
        }
    }
}

/// `HOST[:PORT]` as it stands in a URL.
struct Authority<'a> {
    host: &'a str,
    port: u16,
    default: u16,
}

impl fmt::Display for Authority<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(formatter, "[{}]", self.host)?;
        } else {
            formatter.write_str(self.host)?;
        }
        if self.port == self.default { Ok(()) } else { write!(formatter, ":{}", self.port) }
    }
}

/// Reads a server; `None` for what can only be a file.
fn server(text: &str) -> Result<Option<Server>, ChoiceError> {
    if text == "system" {
        return Ok(Some(Server::System));
    }
    if let Some(rest) = text.strip_prefix("tls://") {
        let (authority, name) = rest.split_once('#').map_or((rest, None), |(rest, name)| (rest, Some(name)));
        let (host, port) = authority_of(authority.trim_end_matches('/'), TLS_PORT)?;
        let name = name.map_or_else(|| Ok(host.clone()), host_of)?;
        return Ok(Some(Server::Tls { host, port, name }));
    }
    if let Some(rest) = text.strip_prefix("https://") {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = authority_of(authority, HTTPS_PORT)?;
        let path = if path.len() > 1 { path } else { HTTPS_PATH };
        return Ok(Some(Server::Https { host, port, path: path.to_owned() }));
    }
    if text.contains("://") {
        return Err(ChoiceError::UnknownScheme);
    }
    let unbracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = unbracketed.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, DNS_PORT));
    Ok(address.or_else(|_| text.parse()).ok().map(Server::Plain))
}

/// Reads `HOST`, `HOST:PORT`, `[IPv6]` or `[IPv6]:PORT`.
fn authority_of(text: &str, default_port: u16) -> Result<(String, u16), ChoiceError> {
    let (host, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((host, port)) => (host, port),
        None if text.parse::<Ipv6Addr>().is_ok() => (text, ""),
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let port = match port {
        "" => default_port,
        port => port.strip_prefix(':').and_then(|port| port.parse().ok()).ok_or(ChoiceError::BadPort)?,
    };
    if port == 0 {
        return Err(ChoiceError::BadPort);
    }
    Ok((host_of(host)?, port))
}

/// Reads an address or a host name.
fn host_of(text: &str) -> Result<String, ChoiceError> {
    let is_name = || {
        let is_host_octet = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_');
        text.bytes().all(is_host_octet) && name::labels(text).is_some_and(|labels| !labels.is_empty())
    };
    if text.parse::<IpAddr>().is_ok() || is_name() {
        Ok(text.trim_end_matches('.').to_ascii_lowercase())
    } else {
        Err(ChoiceError::BadHost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tls(host: &str, port: u16, name: &str) -> Choice {
        Choice::Server(Server::Tls { host: host.to_owned(), port, name: name.to_owned() })
    }

    fn https(host: &str, port: u16, path: &str) -> Choice {
        Choice::Server(Server::Https { host: host.to_owned(), port, path: path.to_owned() })
    }

    #[test]
    fn reads_every_form_and_writes_it_back() {
        for (text, choice, written) in [
            ("system", Choice::Server(Server::System), "system"),
            ("192.0.2.53", Choice::Server(Server::Plain(([192, 0, 2, 53], 53).into())), "192.0.2.53"),
            ("192.0.2.53:5353", Choice::Server(Server::Plain(([192, 0, 2, 53], 5353).into())), "192.0.2.53:5353"),
            ("2001:db8::1", Choice::Server(Server::Plain("[2001:db8::1]:53".parse().unwrap())), "2001:db8::1"),
            ("[2001:db8::1]", Choice::Server(Server::Plain("[2001:db8::1]:53".parse().unwrap())), "2001:db8::1"),
            (
                "[2001:db8::1]:54",
                Choice::Server(Server::Plain("[2001:db8::1]:54".parse().unwrap())),
                "[2001:db8::1]:54",
            ),
            ("tls://Dns.Example", tls("dns.example", 853, "dns.example"), "tls://dns.example"),
            ("tls://192.0.2.1#dns.example", tls("192.0.2.1", 853, "dns.example"), "tls://192.0.2.1#dns.example"),
            ("tls://[2001:db8::1]:8853", tls("2001:db8::1", 8853, "2001:db8::1"), "tls://[2001:db8::1]:8853"),
            ("tls://2001:db8::1", tls("2001:db8::1", 853, "2001:db8::1"), "tls://[2001:db8::1]"),
            ("https://dns.example/q", https("dns.example", 443, "/q"), "https://dns.example/q"),
            (
                "https://dns.example:8443/",
                https("dns.example", 8443, "/dns-query"),
                "https://dns.example:8443/dns-query",
            ),
        ] {
            assert_eq!(text.parse(), Ok(choice.clone()), "{text}");
            let Choice::Server(server) = choice else { panic!("{text}") };
            assert_eq!(server.to_string(), written);
        }
        assert_eq!("offline".parse(), Ok(Choice::Offline));
        assert_eq!("case.dns".parse(), Ok(Choice::Snapshot(PathBuf::from("case.dns"))));
        assert_eq!("../dns.zone".parse(), Ok(Choice::Snapshot(PathBuf::from("../dns.zone"))));
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, error) in [
            ("", ChoiceError::Empty),
            ("http://dns.example/", ChoiceError::UnknownScheme),
            ("quic://dns.example", ChoiceError::UnknownScheme),
            ("tls://", ChoiceError::BadHost),
            ("tls://a..b", ChoiceError::BadHost),
            ("tls://dns.example#", ChoiceError::BadHost),
            ("tls://user@dns.example", ChoiceError::BadHost),
            ("tls://dns.example:0", ChoiceError::BadPort),
            ("https://dns.example:x/", ChoiceError::BadPort),
            ("https://[2001:db8::1]443/", ChoiceError::BadPort),
        ] {
            assert_eq!(text.parse::<Choice>(), Err(error), "{text}");
        }
    }

    #[test]
    fn names_the_file_that_cannot_be_read() {
        let error = Choice::Snapshot(PathBuf::from("/nowhere/case.dns")).open().err().unwrap();
        assert!(error.to_string().starts_with("/nowhere/case.dns: "), "{error}");
    }
}
