//! A record as the terms it is written with, so that a change can be made to it and the rest stays as it is.

use ipnet::IpNet;
use serde::Serialize;

use super::record::{self, Kind, Mechanism, Qualifier};
use super::{SpfResult, SyntaxError};

/// One term as it is written, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftTerm {
    pub text: String,
    pub role: Role,
}

/// What a term does, as far as a change has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// `all`, with what it makes of an address.
    All(SpfResult),
    Include,
    Network(IpNet),
    Ptr,
    /// `a`, `mx` and `exists`.
    Host,
    Redirect,
    Explanation,
    /// A modifier that nobody knows (section 6).
    Unknown,
    Broken(SyntaxError),
}

/// The terms of a record, in order. None for a text that is no SPF record.
#[must_use]
pub fn draft(text: &[u8]) -> Vec<DraftTerm> {
    if !record::is_spf(text) {
        return Vec::new();
    }
    let terms = record::parse(text).terms.into_iter();
    terms.map(|term| DraftTerm { role: role(&term.kind), text: term.text }).collect()
}

/// The record of these terms.
#[must_use]
pub fn written(terms: &[DraftTerm]) -> String {
    terms.iter().fold("v=spf1".to_owned(), |record, term| record + " " + &term.text)
}

/// Whether a TXT record is an SPF record, sound or not.
#[must_use]
pub fn is_record(text: &[u8]) -> bool {
    record::is_spf(text)
}

/// The record that a text is meant as which is none: for signs around it, for the spelling of its version, or for what stands
/// between its terms (RFC 7208 section 4.5). `None` where every term cannot be read even so.
#[must_use]
pub fn meant(text: &str) -> Option<String> {
    const NAME: &str = "v=spf";
    let is_around = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '\\');
    let bare = text.trim_matches(is_around);
    if record::is_spf(bare.as_bytes()) {
        return Some(bare.to_owned());
    }
    bare.get(..NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let rest = bare.get(NAME.len()..)?;
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let terms = match rest.strip_prefix('1') {
        Some(terms) => terms,
        None => Some(rest).filter(|rest| rest.starts_with(is_between))?,
    };
    let terms: Vec<&str> = terms.split(is_between).filter(|term| !term.is_empty()).collect();
    let record = format!("v=spf1 {}", terms.join(" "));
    (!terms.is_empty() && !record.contains('%') && is_sound(&record)).then_some(record)
}

/// Whether a text is a record in which every term can be read.
#[must_use]
pub fn is_sound(text: &str) -> bool {
    record::is_spf(text.as_bytes()) && record::parse(text.as_bytes()).terms.iter().all(|term| term.kind.is_ok())
}

impl DraftTerm {
    /// A term of our own making.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut terms = draft(format!("v=spf1 {text}").as_bytes()).into_iter();
        terms.next().filter(|term| !matches!(term.role, Role::Broken(_)))
    }

    /// The term without its qualifier, in lower case: equal ones match the same addresses.
    #[must_use]
    pub fn matches(&self) -> String {
        self.text.trim_start_matches('+').to_ascii_lowercase()
    }

    /// It stands behind every mechanism by nature.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        matches!(self.role, Role::All(_) | Role::Redirect | Role::Explanation | Role::Unknown)
    }

    /// What the author of a broken term meant, where only one reading is left.
    #[must_use]
    pub fn mended(&self) -> Option<Self> {
        let error = match self.role {
            Role::Broken(error) => Some(error),
            Role::Unknown => None,
            _ => return None,
        };
        let lower = self.text.to_ascii_lowercase();
        let (sign, bare) = lower.split_at(lower.len() - lower.trim_start_matches(['+', '-', '~', '?']).len());
        let (name, rest) = bare.split_at(bare.find([':', '=', '/']).unwrap_or(bare.len()));
        let argument = rest.strip_prefix([':', '=']).unwrap_or(rest);
        let address = |argument: &str| {
            let bare = argument.split('/').next().unwrap_or_default();
            let kind = if bare.parse::<std::net::Ipv6Addr>().is_ok() { "ip6" } else { "ip4" };
            format!("{sign}{kind}:{argument}")
        };
        let text = match (error, name) {
            // With `=` it reads as a modifier, which nobody minds (section 6).
            (None, "ip" | "ip4" | "ip6" | "ipv4" | "ipv6")
            | (Some(SyntaxError::AddressAsDomain), _)
            | (Some(SyntaxError::UnknownMechanism), "ip" | "ipv4" | "ipv6")
            | (Some(SyntaxError::Address), "ip4" | "ip6") => address(argument),
            (None, "include" | "includes") | (Some(SyntaxError::UnknownMechanism), "includes") => {
                format!("{sign}include:{argument}")
            }
            (Some(SyntaxError::UnexpectedArgument), "all") => format!("{sign}all"),
            _ => return None,
        };
        Self::new(&text)
    }
}

fn role(kind: &Result<Kind, SyntaxError>) -> Role {
    match kind {
        Err(error) => Role::Broken(*error),
        Ok(Kind::Directive(qualifier, mechanism)) => match mechanism {
            Mechanism::All => Role::All(Qualifier::result(*qualifier)),
            Mechanism::Include(_) => Role::Include,
            Mechanism::Ip(network) => Role::Network(*network),
            Mechanism::Ptr(_) => Role::Ptr,
            Mechanism::A(..) | Mechanism::Mx(..) | Mechanism::Exists(_) => Role::Host,
        },
        Ok(Kind::Redirect(_)) => Role::Redirect,
        Ok(Kind::Explanation(_)) => Role::Explanation,
        Ok(Kind::UnknownModifier) => Role::Unknown,
    }
}

/// What a term is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Worth {
    Used,
    /// An earlier term lets the same servers pass.
    Repeated,
    /// DNS has nothing where it leads.
    LeadsNowhere,
    /// DNS did not say.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_as_it_was_read() {
        for text in
            ["v=spf1", "v=spf1 a MX/24 include:spf.example.net -all", "v=spf1 ip4:192.0.2.1 redirect=example.jp"]
        {
            assert_eq!(written(&draft(text.as_bytes())), text);
        }
        assert_eq!(written(&draft(b"v=spf1   mx  ~all ")), "v=spf1 mx ~all");
        assert!(draft(b"v=spf2.0/pra all").is_empty());
    }

    #[test]
    fn only_what_can_mean_one_thing_is_mended() {
        let mended = |text: &str| draft(format!("v=spf1 {text}").as_bytes())[0].mended().map(|term| term.text);
        for (before, after) in [
            ("ipv4:192.0.2.1", "ip4:192.0.2.1"),
            ("ip:192.0.2.0/24", "ip4:192.0.2.0/24"),
            ("a:192.0.2.1", "ip4:192.0.2.1"),
            ("ip4:2001:db8::1", "ip6:2001:db8::1"),
            ("~ipv6:2001:db8::/32", "~ip6:2001:db8::/32"),
            ("-all:x", "-all"),
            ("includes:spf.example.net", "include:spf.example.net"),
            ("ip4=192.0.2.1", "ip4:192.0.2.1"),
            ("include=spf.example.net", "include:spf.example.net"),
        ] {
            assert_eq!(mended(before).as_deref(), Some(after), "{before}");
        }
        for text in ["include:", "foo:example.jp", "ip4:192.0.2", "a", "ip4:192.0.2.0/33", "ip4=here", "x=192.0.2.1"] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
