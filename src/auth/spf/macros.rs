//! Macro strings: their grammar, and their expansion (RFC 7208 section 7).

use std::fmt::Write as _;
use std::net::IpAddr;

use super::SyntaxError;

/// What may split a macro value (section 7.1).
const DELIMITERS: &str = ".-+,/_=";

/// A text with macros, checked before evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MacroString {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Macro(Macro),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Macro {
    letter: Letter,
    escaping: Escaping,
    /// How many parts to keep, counted from the right.
    keep: usize,
    order: Order,
    /// What the value is split at; a dot unless the macro says otherwise.
    delimiters: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    Sender,
    LocalPart,
    SenderDomain,
    Domain,
    Ip,
    ValidatedName,
    AddressFamily,
    Helo,
    ReadableIp,
    Receiver,
    Timestamp,
}

/// Upper-case macro letters escape their value for URLs (section 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escaping {
    Plain,
    Url,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    AsWritten,
    Reversed,
}

/// Where a macro string stands: `c`, `r` and `t` are for explanations alone (section 7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Term,
    Explanation,
}

/// What the macro letters stand for (section 7.2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a> {
    pub(super) local_part: &'a str,
    pub(super) sender_domain: &'a str,
    /// The domain whose record is being evaluated.
    pub(super) domain: &'a str,
    pub(super) ip: IpAddr,
    pub(super) validated_name: &'a str,
    pub(super) helo: &'a str,
    pub(super) receiver: &'a str,
    pub(super) timestamp: i64,
}

impl MacroString {
    pub(super) fn parse(text: &str, usage: Use) -> Result<Self, SyntaxError> {
        Ok(split(text, usage)?.0)
    }

    /// A domain-spec ends in a macro, or in a dot and a top label (section 7.1).
    pub(super) fn parse_domain_spec(text: &str) -> Result<Self, SyntaxError> {
        if text.is_empty() {
            return Err(SyntaxError::MissingDomain);
        }
        let (string, tail) = split(text, Use::Term)?;
        let ends_well = tail.is_empty()
            || tail.strip_suffix('.').unwrap_or(tail).rsplit_once('.').is_some_and(|(_, label)| is_top_label(label));
        if ends_well {
            Ok(string)
        } else if text.parse::<IpAddr>().is_ok() {
            Err(SyntaxError::AddressAsDomain)
        } else {
            Err(SyntaxError::DomainSpec)
        }
    }

    /// The text for every message: `domain` is the one whose record this is, `first` the one that was asked about first.
    pub(super) fn fixed(&self, domain: &str, first: &str) -> Option<String> {
        self.filled(|letter| match letter {
            Letter::Domain => Some(domain.to_owned()),
            Letter::SenderDomain => Some(first.to_owned()),
            _ => None,
        })
    }

    /// The text for every message with this sender, whoever the client is.
    pub(super) fn fixed_for(&self, domain: &str, first: &str, local_part: &str) -> Option<String> {
        self.filled(|letter| match letter {
            Letter::Domain => Some(domain.to_owned()),
            Letter::SenderDomain => Some(first.to_owned()),
            Letter::LocalPart => Some(local_part.to_owned()),
            Letter::Sender => Some(format!("{local_part}@{first}")),
            _ => None,
        })
    }

    fn filled(&self, value: impl Fn(Letter) -> Option<String>) -> Option<String> {
        let text = |piece: &Piece| match piece {
            Piece::Literal(literal) => Some(literal.clone()),
            Piece::Macro(wanted) => value(wanted.letter).map(|value| wanted.arrange(&value)),
        };
        self.pieces.iter().map(text).collect()
    }

    /// The name is one of the client's own, whatever stands before it: it ends in what HELO says (`%{h}`) or in the reverse
    /// name of the address (`%{p}`), with at least the two labels that a domain of one's own has.
    pub(super) fn is_chosen_by_client(&self) -> bool {
        let is_end = |piece: &&Piece| matches!(piece, Piece::Literal(text) if text.is_empty());
        let last = self.pieces.iter().rev().find(|piece| !is_end(piece));
        last.is_some_and(|piece| match piece {
            Piece::Literal(_) => false,
            Piece::Macro(wanted) => {
                matches!(wanted.letter, Letter::Helo | Letter::ValidatedName)
                    && wanted.keep >= 2
                    && wanted.order == Order::AsWritten
                    && wanted.delimiters == "."
            }
        })
    }

    /// Whether expansion needs the validated name of the address, which costs DNS questions.
    pub(super) fn needs_validated_name(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Macro(Macro { letter: Letter::ValidatedName, .. })))
    }

    pub(super) fn expand(&self, values: &Values<'_>) -> String {
        self.pieces.iter().fold(String::new(), |mut text, piece| {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Macro(wanted) => text.push_str(&wanted.expand(values)),
            }
            text
        })
    }
}

/// The pieces of a macro string, and what stands after its last macro.
fn split(text: &str, usage: Use) -> Result<(MacroString, &str), SyntaxError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((literal, tail)) = rest.split_once('%') {
        pieces.push(Piece::Literal(literal.to_owned()));
        let (piece, tail) = if let Some(tail) = tail.strip_prefix('{') {
            let (body, tail) = tail.split_once('}').ok_or(SyntaxError::Macro)?;
            (Piece::Macro(Macro::parse(body, usage)?), tail)
        } else if let Some(tail) = tail.strip_prefix('%') {
            (Piece::Literal("%".to_owned()), tail)
        } else if let Some(tail) = tail.strip_prefix('_') {
            (Piece::Literal(" ".to_owned()), tail)
        } else if let Some(tail) = tail.strip_prefix('-') {
            (Piece::Literal("%20".to_owned()), tail)
        } else {
            return Err(SyntaxError::Macro);
        };
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    Ok((MacroString { pieces }, rest))
}

/// Letters, digits and inner hyphens, not digits alone (section 7.1).
fn is_top_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.bytes().all(|byte| byte.is_ascii_digit())
}

impl Macro {
    /// Reads what stands between the braces: a letter, how many parts to keep, `r`, delimiters.
    fn parse(body: &str, usage: Use) -> Result<Self, SyntaxError> {
        let mut chars = body.chars();
        let name = chars.next().ok_or(SyntaxError::Macro)?;
        let letter = Letter::parse(name).ok_or(SyntaxError::Macro)?;
        if letter.is_for_explanations() && usage == Use::Term {
            return Err(SyntaxError::MacroOnlyInExplanation);
        }
        let transformers = chars.as_str();
        let rest = transformers.trim_start_matches(|c: char| c.is_ascii_digit());
        let keep = match transformers.strip_suffix(rest).unwrap_or_default() {
            "" => usize::MAX,
            // More digits than a number holds ask for more parts than any name has.
            digits => digits.parse().unwrap_or(usize::MAX),
        };
        let (order, delimiters) = match rest.strip_prefix(['r', 'R']) {
            Some(delimiters) => (Order::Reversed, delimiters),
            None => (Order::AsWritten, rest),
        };
        // Section 7.1: the number of parts must not be zero.
        if keep == 0 || !delimiters.chars().all(|c| DELIMITERS.contains(c)) {
            return Err(SyntaxError::Macro);
        }
        let delimiters = if delimiters.is_empty() { "." } else { delimiters }.to_owned();
        let escaping = if name.is_ascii_uppercase() { Escaping::Url } else { Escaping::Plain };
        Ok(Self { letter, escaping, keep, order, delimiters })
    }

    fn expand(&self, values: &Values<'_>) -> String {
        self.arrange(&self.letter.value(values))
    }

    /// Section 7.3: the parts of the value that are wanted, in the order that is wanted.
    fn arrange(&self, value: &str) -> String {
        let mut parts: Vec<&str> = value.split(|c| self.delimiters.contains(c)).collect();
        if self.order == Order::Reversed {
            parts.reverse();
        }
        let dropped = parts.len().saturating_sub(self.keep);
        let joined = parts.split_off(dropped).join(".");
        match self.escaping {
            Escaping::Plain => joined,
            Escaping::Url => escape_for_url(&joined),
        }
    }
}

impl Letter {
    const fn parse(letter: char) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            's' => Self::Sender,
            'l' => Self::LocalPart,
            'o' => Self::SenderDomain,
            'd' => Self::Domain,
            'i' => Self::Ip,
            'p' => Self::ValidatedName,
            'v' => Self::AddressFamily,
            'h' => Self::Helo,
            'c' => Self::ReadableIp,
            'r' => Self::Receiver,
            't' => Self::Timestamp,
            _ => return None,
        })
    }

    const fn is_for_explanations(self) -> bool {
        matches!(self, Self::ReadableIp | Self::Receiver | Self::Timestamp)
    }

    fn value(self, values: &Values<'_>) -> String {
        match self {
            Self::Sender => format!("{}@{}", values.local_part, values.sender_domain),
            Self::LocalPart => values.local_part.to_owned(),
            Self::SenderDomain => values.sender_domain.to_owned(),
            Self::Domain => values.domain.to_owned(),
            Self::Ip => dotted(values.ip),
            Self::ValidatedName => values.validated_name.to_owned(),
            Self::AddressFamily => if values.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
            Self::Helo => values.helo.to_owned(),
            Self::ReadableIp => values.ip.to_string(),
            Self::Receiver => values.receiver.to_owned(),
            Self::Timestamp => values.timestamp.to_string(),
        }
    }
}

/// An IPv4 address as usual, an IPv6 address as 32 nibbles with dots between (section 7.3).
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let nibbles: Vec<String> = format!("{:032X}", ip.to_bits()).chars().map(String::from).collect();
            nibbles.join(".")
        }
    }
}

/// The name under which the reverse names of an address stand (RFC 1035 section 3.5, RFC 3596 section 2.5).
pub(super) fn reverse_name(ip: IpAddr) -> String {
    let mut parts: Vec<String> = dotted(ip).split('.').map(str::to_owned).collect();
    parts.reverse();
    format!("{}.{}.arpa", parts.join("."), if ip.is_ipv4() { "in-addr" } else { "ip6" })
}

/// Escapes all but the unreserved characters of RFC 3986 section 2.3.
fn escape_for_url(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of the examples in section 7.4.
    fn expand(text: &str, ip: &str) -> String {
        let values = Values {
            local_part: "strong-bad",
            sender_domain: "email.example.com",
            domain: "email.example.com",
            ip: ip.parse().unwrap(),
            validated_name: "unknown",
            helo: "mx.example.org",
            receiver: "unknown",
            timestamp: 1_700_000_000,
        };
        MacroString::parse(text, Use::Explanation).unwrap().expand(&values)
    }

    #[test]
    fn expands_the_examples_of_section_7_4() {
        for (text, expanded) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{o}", "email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d2}", "example.com"),
            ("%{d1}", "com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l}", "strong-bad"),
            ("%{l-}", "strong.bad"),
            ("%{lr}", "strong-bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ] {
            assert_eq!(expand(text, "192.0.2.3"), expanded, "{text}");
        }
    }

    #[test]
    fn expands_an_ipv6_address_by_nibbles() {
        let expected = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com";
        assert!(expand("%{ir}.%{v}._spf.%{d2}", "2001:db8::cb01").eq_ignore_ascii_case(expected));
        assert_eq!(expand("%{c}", "2001:db8::cb01"), "2001:db8::cb01");
    }

    #[test]
    fn expands_escapes_and_upper_case_letters() {
        assert_eq!(expand("%%%_%-%{S}", "192.0.2.3"), "% %20strong-bad%40email.example.com");
        assert_eq!(expand("%{t}", "192.0.2.3"), "1700000000");
    }

    #[test]
    fn keeps_all_parts_when_the_number_is_larger() {
        assert_eq!(expand("%{d99999999999999999999999}", "192.0.2.3"), "email.example.com");
    }

    #[test]
    fn refuses_what_the_grammar_refuses() {
        for text in ["%", "%(d)", "%{", "%{}", "%{x}", "%{d0}", "%{dr2}", "%{d:}", "%a"] {
            assert_eq!(MacroString::parse(text, Use::Explanation), Err(SyntaxError::Macro), "{text}");
        }
        assert_eq!(MacroString::parse("%{c}", Use::Term), Err(SyntaxError::MacroOnlyInExplanation));
    }

    #[test]
    fn checks_how_a_domain_spec_ends() {
        for text in ["example.com", "example.com.", "%{d}", "a.%{d}", "_spf.%{d2}.jp", "a.xn--zckzah", "%%"] {
            assert!(MacroString::parse_domain_spec(text).is_ok(), "{text}");
        }
        for text in ["com", "com.", "example.-com", "a.123", "%{d}com", "%{d}.", "example.com/", "a.b:80"] {
            assert_eq!(MacroString::parse_domain_spec(text), Err(SyntaxError::DomainSpec), "{text}");
        }
        assert_eq!(MacroString::parse_domain_spec(""), Err(SyntaxError::MissingDomain));
        assert_eq!(MacroString::parse_domain_spec("192.0.2.1"), Err(SyntaxError::AddressAsDomain));
    }
}
