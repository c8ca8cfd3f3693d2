//! What others claim in Authentication-Results, ARC-Authentication-Results and Received-SPF, never mixed with what we proved.

use std::net::IpAddr;

use serde::Serialize;

use super::domain;
use crate::message::{Message, Span, Spanned, Unfolded};

mod grammar;

use grammar::Cursor;

/// The most such fields that are read; a message has a dozen at worst.
pub const MAX_CLAIMS: usize = 200;

/// One field in which a server writes down what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Index of the field in [`Message::fields`].
    pub field: usize,
    pub span: Span,
    pub header: ClaimHeader,
    /// Who says so, as written. `None` where the field does not say, as Microsoft's.
    pub authserv_id: Option<String>,
    /// `i=` of an ARC-Authentication-Results field (RFC 8617 section 4.1.1).
    pub instance: Option<u32>,
    pub trust: Trust,
    pub results: Vec<ClaimedResult>,
    /// Parts that fit no grammar.
    pub unread: Vec<Span>,
}

/// The fields that hold claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum ClaimHeader {
    /// RFC 8601.
    #[serde(rename = "Authentication-Results")]
    AuthenticationResults,
    /// RFC 8617 section 4.1.1.
    #[serde(rename = "ARC-Authentication-Results")]
    ArcAuthenticationResults,
    /// RFC 7208 section 9.1.
    #[serde(rename = "Received-SPF")]
    ReceivedSpf,
}

impl ClaimHeader {
    const ALL: [Self; 3] = [Self::AuthenticationResults, Self::ArcAuthenticationResults, Self::ReceivedSpf];

    /// The name of the field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthenticationResults => "Authentication-Results",
            Self::ArcAuthenticationResults => "ARC-Authentication-Results",
            Self::ReceivedSpf => "Received-SPF",
        }
    }
}

/// Whether the field can be taken for the receiving side's own (RFC 8601 sections 5 and 7.1). Even then it is a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "why")]
pub enum Trust {
    Trusted(TrustReason),
    Ignored(IgnoreReason),
}

impl Trust {
    #[must_use]
    pub const fn is_trusted(self) -> bool {
        matches!(self, Self::Trusted(_))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustReason {
    /// It stands above the Received field of the boundary, where only the receiving side writes.
    AboveBoundary,
    /// It stands right below the Received field of the boundary and bears the name of the host that wrote that one. Some
    /// servers write in this order (Gmail does), and a server removes foreign fields with its own name (RFC 8601 section 5).
    BoundaryHost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IgnoreReason {
    /// It was there when the receiving side took the message over: written by strangers.
    BelowBoundary,
    /// It bears another authserv-id than the newest trusted field.
    OtherServer,
    /// It is not known where the receiving side begins.
    NoBoundary,
    /// The header version is none that is known, so nothing of it is read (RFC 8601 section 2.6).
    UnknownVersion,
}

/// One result, as claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedResult {
    /// `spf`, `dkim`, `dmarc` …, in lower case.
    pub method: String,
    /// The version of the method, when one is written.
    pub version: Option<String>,
    /// In lower case.
    pub result: String,
    pub reason: Option<String>,
    pub properties: Vec<Property>,
    /// The comments in it, brackets removed: words for people, no facts by the grammar.
    pub comments: Vec<String>,
    pub span: Span,
}

impl ClaimedResult {
    /// The first value of a property, such as `header.d`.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Spanned<String>> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value)
    }
}

/// One `ptype.property=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// `header.d`, `smtp.mailfrom`; without a ptype where the field has none (`action`, `client-ip`). In lower case.
    pub name: String,
    /// Quotes removed; may be empty.
    pub value: Spanned<String>,
}

/// What a Received-SPF field says about the SMTP session (RFC 7208 section 9.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionClaim {
    /// Index of the field in [`Message::fields`].
    pub field: usize,
    pub client_ip: Option<Spanned<IpAddr>>,
    /// Without angle brackets; empty for the null sender.
    pub envelope_from: Option<Spanned<String>>,
    pub helo: Option<Spanned<String>>,
}

/// Reads every such field, top to bottom. `boundary_field` is the index of the Received field of the boundary hop.
#[must_use]
pub fn read(message: &Message, boundary_field: Option<usize>) -> Vec<Claim> {
    let boundary = boundary_field.and_then(|index| Boundary::new(message, index));
    let mut claims: Vec<Claim> = Vec::new();
    for (index, field) in message.fields.iter().enumerate() {
        let Some(header) = ClaimHeader::ALL.into_iter().find(|header| field.is(header.name())) else { continue };
        if claims.len() == MAX_CLAIMS {
            break;
        }
        let value = message.unfold(field);
        let parsed = match header {
            ClaimHeader::AuthenticationResults => grammar::authentication_results(&value),
            ClaimHeader::ArcAuthenticationResults => grammar::arc_authentication_results(&value),
            ClaimHeader::ReceivedSpf => grammar::received_spf(&value),
        };
        claims.push(Claim {
            field: index,
            span: field.span,
            header,
            trust: trust(boundary.as_ref(), index, &parsed),
            authserv_id: parsed.authserv_id,
            instance: parsed.instance,
            results: parsed.results,
            unread: parsed.unread,
        });
    }
    ignore_below_a_genuine_one(&mut claims);
    ignore_other_servers(&mut claims);
    claims
}

/// The topmost Authentication-Results field that says who wrote it: its index and its authserv-id (RFC 8601 section 2.5).
/// Nothing is known here of whether it can be believed.
#[must_use]
pub fn newest_authserv_id(message: &Message) -> Option<(usize, String)> {
    let mut fields = message.named(ClaimHeader::AuthenticationResults.name());
    let (index, field) = fields.next()?;
    Some((index, grammar::authentication_results(&message.unfold(field)).authserv_id?))
}

/// What the newest Received-SPF field above the boundary says about the session. One below it could be anybody's, so it may
/// be shown, and never decides.
#[must_use]
pub fn session(claims: &[Claim]) -> Option<SessionClaim> {
    let is_wanted = |claim: &&Claim| claim.header == ClaimHeader::ReceivedSpf && claim.trust == ABOVE;
    let claim = claims.iter().find(is_wanted)?;
    let result = claim.results.first()?;
    let address = |value: &Spanned<String>| {
        let text = value.value.trim_matches(['[', ']']);
        let text = text.strip_prefix("IPv6:").unwrap_or(text);
        Some(Spanned::new(text.parse::<IpAddr>().ok()?.to_canonical(), value.span))
    };
    let sender = |value: &Spanned<String>| {
        Spanned::new(value.value.trim_start_matches('<').trim_end_matches('>').to_owned(), value.span)
    };
    Some(SessionClaim {
        field: claim.field,
        client_ip: result.property("client-ip").and_then(address),
        envelope_from: result.property("envelope-from").map(sender),
        helo: result.property("helo").cloned().filter(|helo| !helo.value.is_empty()),
    })
}

const ABOVE: Trust = Trust::Trusted(TrustReason::AboveBoundary);

/// The envelope sender's domain by the newest Authentication-Results field above the boundary (`smtp.mailfrom`, RFC 8601
/// section 2.7.2), which names an address or a bare domain.
#[must_use]
pub fn mail_from_domain(claims: &[Claim]) -> Option<Spanned<String>> {
    let above =
        claims.iter().filter(|claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust == ABOVE);
    let value = above.flat_map(|claim| &claim.results).find_map(|result| result.property("smtp.mailfrom"))?;
    let name = value.value.rsplit_once('@').map_or(value.value.as_str(), |(_, name)| name);
    Some(Spanned::new(domain::normalize(name)?, value.span))
}

/// The Received field of the boundary hop.
struct Boundary {
    field: usize,
    /// The next Received field below it.
    next: Option<usize>,
    /// The host that wrote it, normalized.
    host: Option<String>,
}

impl Boundary {
    fn new(message: &Message, index: usize) -> Option<Self> {
        let field = message.fields.get(index)?;
        let next = message.named("Received").map(|(at, _)| at).find(|&at| at > index);
        Some(Self { field: index, next, host: by_host(&message.unfold(field)) })
    }

    /// Whether a field stands right below, before the next Received field.
    fn is_right_below(&self, field: usize) -> bool {
        field > self.field && self.next.is_none_or(|next| field < next)
    }

    /// Whether a server that goes by `name` wrote the boundary field: `mx.example.jp` may sign as `example.jp`, not as `jp`.
    fn is_host(&self, name: Option<&str>) -> bool {
        let name = name.and_then(domain::normalize).filter(|name| !domain::is_public_suffix(name));
        match (&self.host, name) {
            (Some(host), Some(name)) => domain::is_at_or_below(host, &name),
            _ => false,
        }
    }
}

/// The name after `by` in a Received field (RFC 5321 section 4.4).
fn by_host(value: &Unfolded) -> Option<String> {
    let mut cursor = Cursor::new(value);
    while let Some(word) = cursor.word() {
        if word.eq_ignore_ascii_case("by") {
            return domain::normalize(&cursor.word()?);
        }
    }
    None
}

fn trust(boundary: Option<&Boundary>, field: usize, parsed: &grammar::Parsed) -> Trust {
    let Some(boundary) = boundary else { return Trust::Ignored(IgnoreReason::NoBoundary) };
    if parsed.version.as_deref().is_some_and(|version| version != "1") {
        Trust::Ignored(IgnoreReason::UnknownVersion)
    } else if field < boundary.field {
        Trust::Trusted(TrustReason::AboveBoundary)
    } else if boundary.is_right_below(field) && boundary.is_host(parsed.writer()) {
        Trust::Trusted(TrustReason::BoundaryHost)
    } else {
        Trust::Ignored(IgnoreReason::BelowBoundary)
    }
}

/// A receiving side that writes its results above its Received field writes none below it.
fn ignore_below_a_genuine_one(claims: &mut [Claim]) {
    if claims.iter().any(|claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust == ABOVE) {
        for claim in claims.iter_mut().filter(|claim| claim.trust == Trust::Trusted(TrustReason::BoundaryHost)) {
            claim.trust = Trust::Ignored(IgnoreReason::BelowBoundary);
        }
    }
}

/// The newest trusted Authentication-Results field says who the receiving side is; fields of others are ignored. Received-SPF
/// has no authserv-id, so its place alone counts.
fn ignore_other_servers(claims: &mut [Claim]) {
    let newest =
        claims.iter().find(|claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust.is_trusted());
    let Some(newest) = newest.map(|claim| claim.authserv_id.clone()) else { return };
    let is_same = |id: &Option<String>| match (id, &newest) {
        (Some(id), Some(newest)) => id.eq_ignore_ascii_case(newest),
        (None, None) => true,
        _ => false,
    };
    for claim in claims {
        let has_id = claim.header != ClaimHeader::ReceivedSpf;
        if has_id && claim.trust.is_trusted() && !is_same(&claim.authserv_id) {
            claim.trust = Trust::Ignored(IgnoreReason::OtherServer);
        }
    }
}

#[cfg(test)]
mod tests;
