//! Whether a field can be taken for the receiving side's own: by its place, by the name it bears, by what stands above it.

use serde::Serialize;

use super::{Claim, ClaimHeader, ClaimedResult};
use crate::auth::{dmarc, domain};
use crate::message::Message;

/// Where the receiving side begins; fields are indexes in [`Message::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Border<'a> {
    /// The Received field of the boundary hop.
    pub boundary: Option<usize>,
    /// The host that wrote it.
    pub host: Option<&'a str>,
    /// A newer hop that may be the real boundary: then strangers wrote all that stands below it.
    pub doubt: Option<usize>,
}

/// Whether the field can be taken for the receiving side's own (RFC 8601 sections 5 and 7.1). Even then it is a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "why")]
pub enum Trust {
    Trusted(TrustReason),
    /// It may be the receiving side's own, and a stranger could have written it there just as well.
    Unsure(UnsureReason),
    Ignored(IgnoreReason),
}

impl Trust {
    #[must_use]
    pub const fn is_trusted(self) -> bool {
        matches!(self, Self::Trusted(_))
    }

    /// Whether it stands above the Received field of the boundary: as sure as the boundary itself.
    #[must_use]
    pub const fn is_above_boundary(self) -> bool {
        matches!(self, Self::Trusted(TrustReason::AboveBoundary) | Self::Unsure(UnsureReason::BoundaryUnsure))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustReason {
    /// It stands above the Received field of the boundary, where only the receiving side writes.
    AboveBoundary,
    /// It stands right below the Received field of the boundary, where servers of this provider write theirs, and bears
    /// their name, which they remove from what arrives (RFC 8601 section 5).
    ProviderWritesBelow,
    /// It stands right below, and an ARC-Authentication-Results field above the boundary says the same.
    RepeatedAbove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnsureReason {
    /// It stands right below the Received field of the boundary and bears the name of the host that wrote that one. Postfix
    /// puts what its filters add there, and a sender can write it there.
    BoundaryHost,
    /// It stands above the boundary, and below a hop that may be the real one.
    BoundaryUnsure,
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
    /// A server gave it another name because it was in the message when it arrived there.
    SetAside,
    /// Beyond the number of fields that are read ([`super::MAX_CLAIMS`]).
    LimitExceeded,
}

/// Providers whose servers write their results below their own Received field and remove foreign ones with their name.
/// Seen so in every Gmail message of the corpus, 2026-11-22.
const WRITE_BELOW: [&str; 1] = ["google.com"];

/// Judges fields by where they stand.
pub(super) struct Judge<'a> {
    message: &'a Message,
    boundary: Option<Boundary>,
    doubt: Option<usize>,
}

/// The Received field of the boundary hop.
struct Boundary {
    field: usize,
    /// The next Received field below it.
    next: Option<usize>,
    /// The host that wrote it, normalized.
    host: Option<String>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(message: &'a Message, border: Border<'_>) -> Self {
        let boundary = border.boundary.and_then(|index| {
            message.fields.get(index)?;
            let next = message.named("Received").map(|(at, _)| at).find(|&at| at > index);
            Some(Boundary { field: index, next, host: border.host.and_then(domain::normalize) })
        });
        Self { message, boundary, doubt: border.doubt }
    }

    /// The position test of RFC 8601 section 7.1 item 5, and what can be said of a field that fails it.
    pub(super) fn by_place(
        &self,
        header: ClaimHeader,
        field: usize,
        version: Option<&str>,
        writer: Option<&str>,
    ) -> Trust {
        let Some(boundary) = &self.boundary else { return Trust::Ignored(IgnoreReason::NoBoundary) };
        if header == ClaimHeader::SetAside {
            Trust::Ignored(IgnoreReason::SetAside)
        } else if version.is_some_and(|version| version != "1") {
            Trust::Ignored(IgnoreReason::UnknownVersion)
        } else if self.doubt.is_some_and(|doubt| doubt < field && field < boundary.field) {
            Trust::Unsure(UnsureReason::BoundaryUnsure)
        } else if field < boundary.field {
            Trust::Trusted(TrustReason::AboveBoundary)
        } else if boundary.is_right_below(field) && boundary.is_host(writer) {
            if boundary.is_known_to_write_below() && self.doubt.is_none() && self.is_first_below(boundary, field) {
                Trust::Trusted(TrustReason::ProviderWritesBelow)
            } else {
                Trust::Unsure(UnsureReason::BoundaryHost)
            }
        } else {
            Trust::Ignored(IgnoreReason::BelowBoundary)
        }
    }

    /// Whether it is the first of its name below the boundary: a provider writes one, and a stranger's copy comes after it.
    fn is_first_below(&self, boundary: &Boundary, field: usize) -> bool {
        let between = self.message.fields.get(boundary.field..field).unwrap_or_default();
        let own = self.message.fields.get(field).map(|own| own.name.as_str()).unwrap_or_default();
        !between.iter().any(|other| other.is(own))
    }
}

impl Boundary {
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

    fn is_known_to_write_below(&self) -> bool {
        let is_theirs = |host: &String| WRITE_BELOW.iter().any(|name| domain::is_at_or_below(host, name));
        self.host.as_ref().is_some_and(is_theirs)
    }
}

/// What fields say about each other, after each was judged by its place.
pub(super) fn compare_fields(claims: &mut [Claim]) {
    confirm_repeated(claims);
    ignore_below_a_genuine_one(claims);
    ignore_other_servers(claims);
}

/// A field below that an ARC-Authentication-Results field above the boundary repeats word for word: the receiving side
/// sealed what it had written itself.
fn confirm_repeated(claims: &mut [Claim]) {
    let above = |claim: &&Claim| {
        let is_sure = claim.trust == Trust::Trusted(TrustReason::AboveBoundary);
        is_sure && claim.header == ClaimHeader::ArcAuthenticationResults
    };
    let Some(sealed) = claims.iter().find(above).cloned() else { return };
    for claim in claims.iter_mut() {
        let is_candidate = claim.header == ClaimHeader::AuthenticationResults
            && claim.trust == Trust::Unsure(UnsureReason::BoundaryHost);
        if is_candidate && says_the_same(claim, &sealed) {
            claim.trust = Trust::Trusted(TrustReason::RepeatedAbove);
        }
    }
}

fn says_the_same(one: &Claim, other: &Claim) -> bool {
    let words = |result: &ClaimedResult| {
        let properties = result.properties.iter().map(|property| (property.name.clone(), property.value.value.clone()));
        (result.method.clone(), result.result.clone(), result.reason.clone(), properties.collect::<Vec<_>>())
    };
    let is_same_server = match (&one.authserv_id, &other.authserv_id) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    is_same_server && !one.results.is_empty() && one.results.iter().map(words).eq(other.results.iter().map(words))
}

/// A server that writes its results above its Received field writes none below it.
fn ignore_below_a_genuine_one(claims: &mut [Claim]) {
    let is_genuine =
        |claim: &&Claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust.is_above_boundary();
    let genuine: Vec<String> = claims.iter().filter(is_genuine).filter_map(|claim| claim.authserv_id.clone()).collect();
    for claim in claims.iter_mut() {
        let is_below = matches!(
            claim.trust,
            Trust::Trusted(TrustReason::ProviderWritesBelow) | Trust::Unsure(UnsureReason::BoundaryHost)
        );
        let is_again =
            claim.authserv_id.as_ref().is_some_and(|id| genuine.iter().any(|own| id.eq_ignore_ascii_case(own)));
        if is_below && is_again {
            claim.trust = Trust::Ignored(IgnoreReason::BelowBoundary);
        }
    }
}

/// The newest trusted Authentication-Results field says who the receiving side is; fields of others are ignored. A field
/// without an authserv-id counts by its place alone.
fn ignore_other_servers(claims: &mut [Claim]) {
    let newest =
        claims.iter().find(|claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust.is_trusted());
    let Some(newest) = newest.map(|claim| claim.authserv_id.clone()) else { return };
    for claim in claims {
        if claim.header.has_server() && claim.trust.is_trusted() && !is_same_server(claim, newest.as_deref()) {
            claim.trust = Trust::Ignored(IgnoreReason::OtherServer);
        }
    }
}

/// Whether a field is by the server that goes by `newest`, or by another of the same organisation: iCloud writes one field
/// for each method, each under a name of its own. Microsoft's fields have no name and its ARC fields have one.
fn is_same_server(claim: &Claim, newest: Option<&str>) -> bool {
    match (claim.authserv_id.as_deref(), newest) {
        (None, None) => true,
        (Some(id), Some(newest)) => is_same_name(id, newest),
        _ => claim.header != ClaimHeader::AuthenticationResults,
    }
}

fn is_same_name(one: &str, other: &str) -> bool {
    let names = domain::normalize(one).zip(domain::normalize(other));
    one.eq_ignore_ascii_case(other) || names.is_some_and(|(one, other)| dmarc::is_same_organization(&one, &other))
}
