//! The grammar of a record (RFC 7208 section 12), with the span of each term.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::macros::{MacroString, Use};
use super::{SpfResult, SyntaxError};
use crate::message::Span;

const VERSION: &[u8] = b"v=spf1";

/// A record, term by term; broken terms keep their place.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) terms: Vec<Term>,
}

impl Record {
    pub(super) fn directives(&self) -> impl Iterator<Item = (Qualifier, &Mechanism)> {
        self.terms.iter().filter_map(|term| match &term.kind {
            Ok(Kind::Directive(qualifier, mechanism)) => Some((*qualifier, mechanism)),
            _ => None,
        })
    }

    pub(super) fn redirect(&self) -> Option<&MacroString> {
        self.terms.iter().find_map(|term| match &term.kind {
            Ok(Kind::Redirect(spec)) => Some(spec),
            _ => None,
        })
    }
}

#[derive(Debug)]
pub(super) struct Term {
    /// The bytes of the record's joined text.
    pub(super) span: Span,
    /// As written; a byte that is not UTF-8 becomes U+FFFD.
    pub(super) text: String,
    pub(super) kind: Result<Kind, SyntaxError>,
}

impl Term {
    /// A modifier is known by the equals sign after its name (section 4.6.1), sound or not.
    pub(super) fn is_modifier(&self) -> bool {
        split_name(&self.text).1.starts_with('=')
    }
}

#[derive(Debug)]
pub(super) enum Kind {
    Directive(Qualifier, Mechanism),
    Redirect(MacroString),
    Explanation(MacroString),
    UnknownModifier,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    Pass,
    Fail,
    SoftFail,
    Neutral,
}

impl Qualifier {
    pub(super) const fn result(self) -> SpfResult {
        match self {
            Self::Pass => SpfResult::Pass,
            Self::Fail => SpfResult::Fail,
            Self::SoftFail => SpfResult::SoftFail,
            Self::Neutral => SpfResult::Neutral,
        }
    }
}

/// A mechanism; no domain-spec means the current domain (section 5).
#[derive(Debug)]
pub(super) enum Mechanism {
    All,
    Include(MacroString),
    A(Option<MacroString>, Prefixes),
    Mx(Option<MacroString>, Prefixes),
    Ptr(Option<MacroString>),
    Ip(IpNet),
    Exists(MacroString),
}

impl Mechanism {
    /// The domain-spec as written.
    pub(super) const fn spec(&self) -> Option<&MacroString> {
        match self {
            Self::Include(spec) | Self::Exists(spec) => Some(spec),
            Self::A(spec, _) | Self::Mx(spec, _) | Self::Ptr(spec) => spec.as_ref(),
            Self::All | Self::Ip(_) => None,
        }
    }
}

/// The dual-cidr-length of `a` and `mx` (section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefixes {
    pub(super) v4: u8,
    pub(super) v6: u8,
}

impl Prefixes {
    /// The network that an address of a host stands for.
    pub(super) fn network(self, address: IpAddr) -> Option<IpNet> {
        let prefix = if address.is_ipv4() { self.v4 } else { self.v6 };
        IpNet::new(address, prefix).ok()
    }
}

/// Whether a TXT record is an SPF record: the version, then a space or the end (section 4.5).
pub(super) fn is_spf(text: &[u8]) -> bool {
    text.split_at_checked(VERSION.len()).is_some_and(|(version, rest)| {
        version.eq_ignore_ascii_case(VERSION) && matches!(rest.first(), None | Some(b' '))
    })
}

/// Reads every term, so that an error anywhere is known before evaluation (section 4.6).
pub(super) fn parse(text: &[u8]) -> Record {
    let mut terms: Vec<Term> = Vec::new();
    let mut start = VERSION.len();
    for bytes in text.get(start..).unwrap_or_default().split(|byte| *byte == b' ') {
        let span = Span::new(start, start + bytes.len());
        start = span.end + 1;
        if !bytes.is_empty() {
            let kind = parse_term(bytes).and_then(|kind| refuse_repetition(kind, &terms));
            terms.push(Term { span, text: String::from_utf8_lossy(bytes).into_owned(), kind });
        }
    }
    Record { terms }
}

/// `redirect` and `exp` may stand once each (section 6).
fn refuse_repetition(kind: Kind, earlier: &[Term]) -> Result<Kind, SyntaxError> {
    let repeated = earlier.iter().any(|term| {
        matches!(
            (&kind, &term.kind),
            (Kind::Redirect(_), Ok(Kind::Redirect(_))) | (Kind::Explanation(_), Ok(Kind::Explanation(_)))
        )
    });
    if repeated { Err(SyntaxError::RepeatedModifier) } else { Ok(kind) }
}

fn parse_term(bytes: &[u8]) -> Result<Kind, SyntaxError> {
    // Section 3.1: US-ASCII only; the grammar knows no control character, and no white space but the space.
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or(SyntaxError::Character)?;
    let (name, rest) = split_name(text);
    if let Some(value) = rest.strip_prefix('=') {
        return parse_modifier(name, value);
    }
    let (qualifier, directive) = parse_qualifier(text);
    let (name, rest) = split_name(directive);
    Ok(Kind::Directive(qualifier, parse_mechanism(name, rest)?))
}

/// The name at the beginning, and what follows it.
fn split_name(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_.".contains(c));
    (text.strip_suffix(rest).unwrap_or_default(), rest)
}

fn parse_qualifier(text: &str) -> (Qualifier, &str) {
    for (sign, qualifier) in
        [('+', Qualifier::Pass), ('-', Qualifier::Fail), ('~', Qualifier::SoftFail), ('?', Qualifier::Neutral)]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            return (qualifier, rest);
        }
    }
    (Qualifier::Pass, text)
}

fn parse_modifier(name: &str, value: &str) -> Result<Kind, SyntaxError> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(SyntaxError::ModifierName);
    }
    match name.to_ascii_lowercase().as_str() {
        "redirect" => MacroString::parse_domain_spec(value).map(Kind::Redirect),
        "exp" => MacroString::parse_domain_spec(value).map(Kind::Explanation),
        _ => MacroString::parse(value, Use::Term).map(|_| Kind::UnknownModifier),
    }
}

fn parse_mechanism(name: &str, rest: &str) -> Result<Mechanism, SyntaxError> {
    match name.to_ascii_lowercase().as_str() {
        "all" if rest.is_empty() => Ok(Mechanism::All),
        "all" => Err(SyntaxError::UnexpectedArgument),
        "include" => required_domain(rest).map(Mechanism::Include),
        "exists" => required_domain(rest).map(Mechanism::Exists),
        "ptr" if rest.is_empty() => Ok(Mechanism::Ptr(None)),
        "ptr" => required_domain(rest).map(|domain| Mechanism::Ptr(Some(domain))),
        "a" => domain_and_prefixes(rest).map(|(domain, prefixes)| Mechanism::A(domain, prefixes)),
        "mx" => domain_and_prefixes(rest).map(|(domain, prefixes)| Mechanism::Mx(domain, prefixes)),
        "ip4" => network::<Ipv4Addr>(rest, 32)
            .and_then(|(ip, prefix)| Ipv4Net::new(ip, prefix).map_err(|_| SyntaxError::PrefixLength))
            .map(|net| Mechanism::Ip(net.into())),
        "ip6" => network::<Ipv6Addr>(rest, 128)
            .and_then(|(ip, prefix)| Ipv6Net::new(ip, prefix).map_err(|_| SyntaxError::PrefixLength))
            .map(|net| Mechanism::Ip(net.into())),
        _ => Err(SyntaxError::UnknownMechanism),
    }
}

fn required_domain(rest: &str) -> Result<MacroString, SyntaxError> {
    MacroString::parse_domain_spec(rest.strip_prefix(':').ok_or(SyntaxError::MissingDomain)?)
}

/// `[ ":" domain-spec ] [ dual-cidr-length ]` (sections 5.3 and 5.4).
fn domain_and_prefixes(rest: &str) -> Result<(Option<MacroString>, Prefixes), SyntaxError> {
    // The prefixes are taken from the end: a domain-spec may hold slashes too.
    let (head, v6) = split_prefix(rest, "//", 128)?;
    let (head, v4) = split_prefix(head, "/", 32)?;
    let prefixes = Prefixes { v4: v4.unwrap_or(32), v6: v6.unwrap_or(128) };
    match head.strip_prefix(':') {
        Some(domain) => Ok((Some(MacroString::parse_domain_spec(domain)?), prefixes)),
        None if head.is_empty() => Ok((None, prefixes)),
        None => Err(SyntaxError::PrefixLength),
    }
}

/// `":" network [ "/" prefix-length ]` (section 5.6).
fn network<A: std::str::FromStr>(rest: &str, longest: u8) -> Result<(A, u8), SyntaxError> {
    let argument = rest.strip_prefix(':').ok_or(SyntaxError::MissingAddress)?;
    let (address, prefix) = split_prefix(argument, "/", longest)?;
    let address = address.parse().map_err(|_| SyntaxError::Address)?;
    Ok((address, prefix.unwrap_or(longest)))
}

/// Takes a separator and a number from the end, when they are there.
fn split_prefix<'t>(text: &'t str, separator: &str, longest: u8) -> Result<(&'t str, Option<u8>), SyntaxError> {
    match text.rsplit_once(separator) {
        Some((head, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let leading_zero = digits.len() > 1 && digits.starts_with('0');
            let prefix = digits.parse().ok().filter(|prefix| *prefix <= longest && !leading_zero);
            prefix.map(|prefix| (head, Some(prefix))).ok_or(SyntaxError::PrefixLength)
        }
        _ => Ok((text, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(term: &str) -> Option<SyntaxError> {
        parse_term(term.as_bytes()).err()
    }

    #[test]
    fn knows_a_record_by_its_version() {
        for text in ["v=spf1", "V=SPF1 -all", "v=spf1 "] {
            assert!(is_spf(text.as_bytes()), "{text}");
        }
        for text in ["", "v=spf", "v=spf10", "v=spf1\t-all", " v=spf1", "v=spf2.0/pra"] {
            assert!(!is_spf(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn keeps_the_span_of_each_term() {
        let text = b"v=spf1  a:b.example.jp \xFFx -all ";
        let record = parse(text);
        let slices: Vec<&[u8]> = record.terms.iter().map(|term| &text[term.span.start..term.span.end]).collect();
        assert_eq!(slices, [&b"a:b.example.jp"[..], b"\xFFx", b"-all"]);
        assert_eq!(record.terms[1].kind.as_ref().err(), Some(&SyntaxError::Character));
    }

    #[test]
    fn names_each_syntax_error() {
        for (term, expected) in [
            ("all:x", SyntaxError::UnexpectedArgument),
            ("ipv4:192.0.2.1", SyntaxError::UnknownMechanism),
            ("include", SyntaxError::MissingDomain),
            ("include:", SyntaxError::MissingDomain),
            ("include:example.com/24", SyntaxError::DomainSpec),
            ("a:192.0.2.1", SyntaxError::AddressAsDomain),
            ("a:192.0.2.1/24", SyntaxError::AddressAsDomain),
            ("a/33", SyntaxError::PrefixLength),
            ("a/024", SyntaxError::PrefixLength),
            ("a//129", SyntaxError::PrefixLength),
            ("mx/24/64", SyntaxError::PrefixLength),
            ("ip4", SyntaxError::MissingAddress),
            ("ip4:192.0.2", SyntaxError::Address),
            ("ip4:2001:db8::1", SyntaxError::Address),
            ("ip4:192.0.2.1/", SyntaxError::Address),
            ("ip6:2001:db8::/129", SyntaxError::PrefixLength),
            ("=x", SyntaxError::ModifierName),
            ("1x=y", SyntaxError::ModifierName),
            ("x=%{c}", SyntaxError::MacroOnlyInExplanation),
            ("exists:%{z}.example.jp", SyntaxError::Macro),
            ("a\tmx", SyntaxError::Character),
        ] {
            assert_eq!(error(term), Some(expected), "{term}");
        }
    }

    #[test]
    fn accepts_what_the_grammar_accepts() {
        for term in [
            "A",
            "MX/24//64",
            "a:foo:bar/baz.example.com",
            "a:%{d}/24",
            "ip6:::1/0",
            "PTR:example.jp",
            "x-y.z=",
            "?all",
        ] {
            assert_eq!(error(term), None, "{term}");
        }
    }

    #[test]
    fn refuses_a_second_redirect_or_explanation() {
        let record = parse(b"v=spf1 exp=a.example.jp redirect=b.example.jp exp=a.example.jp REDIRECT=c.example.jp");
        let broken: Vec<bool> = record.terms.iter().map(|term| term.kind.is_err()).collect();
        assert_eq!(broken, [false, false, true, true]);
    }
}
