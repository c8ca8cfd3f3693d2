//! What the receiving side's own fields say about the SMTP session: the address, the envelope sender, the HELO name.

use std::net::IpAddr;

use super::{Claim, ClaimHeader, ClaimedResult};
use crate::auth::domain;
use crate::message::Spanned;

/// Names of the envelope sender: RFC 8601 section 2.7.2, and what ENMA, the old Google and RFC 7208 write.
const MAIL_FROM: [&str; 5] = ["smtp.mailfrom", "smtp.mfrom", "smtp.mail", "smtp.from", "envelope-from"];

/// Names of the connecting address: RFC 7208 section 9.1, RFC 8617 section 6, RFC 8601 section 2.7.3.
const CLIENT_IP: [&str; 4] = ["client-ip", "smtp.remote-ip", "smtp.client-ip", "policy.iprev"];

/// What a Received-SPF field says about the SMTP session (RFC 7208 section 9.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionClaim {
    /// Index of the field in [`crate::message::Message::fields`].
    pub field: usize,
    pub client_ip: Option<Spanned<IpAddr>>,
    /// Without angle brackets; empty for the null sender.
    pub envelope_from: Option<Spanned<String>>,
    pub helo: Option<Spanned<String>>,
}

/// What the newest Received-SPF field above the boundary says about the session. One below it could be anybody's, so it may
/// be shown, and never decides.
#[must_use]
pub fn session(claims: &[Claim]) -> Option<SessionClaim> {
    let is_wanted = |claim: &&Claim| claim.header == ClaimHeader::ReceivedSpf && claim.trust.is_above_boundary();
    let claim = claims.iter().find(is_wanted)?;
    let result = claim.results.first()?;
    let client_ip = result.property("client-ip");
    Some(SessionClaim {
        field: claim.field,
        client_ip: client_ip.and_then(|value| Some(Spanned::new(address(&value.value)?, value.span))),
        envelope_from: result.property("envelope-from").map(without_brackets),
        helo: result.property("helo").cloned().filter(|helo| !helo.value.is_empty()),
    })
}

/// The envelope sender's domain by the newest Authentication-Results field above the boundary, which names an address or a
/// bare domain (RFC 8601 section 2.7.2).
#[must_use]
pub fn mail_from_domain(claims: &[Claim]) -> Option<Spanned<String>> {
    let is_wanted =
        |claim: &&Claim| claim.header == ClaimHeader::AuthenticationResults && claim.trust.is_above_boundary();
    let results = claims.iter().filter(is_wanted).flat_map(|claim| &claim.results);
    let value = results.filter(|result| !result.is_unknown_version()).find_map(mail_from)?;
    Some(Spanned::new(domain_of(&value.value)?, value.span))
}

/// The envelope sender that a result names, without angle brackets; empty for the null sender.
#[must_use]
pub fn mail_from(result: &ClaimedResult) -> Option<Spanned<String>> {
    MAIL_FROM.iter().find_map(|name| result.property(name)).map(without_brackets)
}

/// The domain of an address, or a bare domain, normalized.
pub(super) fn domain_of(sender: &str) -> Option<String> {
    domain::normalize(sender.rsplit_once('@').map_or(sender, |(_, name)| name))
}

/// The connecting address that a result was found for: a property, or the first address in its comments, where Microsoft
/// (`sender IP is`) and Google (`designates … as permitted sender`) write it.
#[must_use]
pub fn client_ip(result: &ClaimedResult) -> Option<IpAddr> {
    let stated = CLIENT_IP.iter().find_map(|name| address(&result.property(name)?.value));
    let in_comments = || result.comments.iter().flat_map(|comment| comment.split_ascii_whitespace()).find_map(address);
    stated.or_else(in_comments)
}

fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches(['[', ']', '(', ')', ';', ',']);
    let text = text.strip_prefix("IPv6:").unwrap_or(text);
    Some(text.parse::<IpAddr>().ok()?.to_canonical())
}

fn without_brackets(value: &Spanned<String>) -> Spanned<String> {
    Spanned::new(value.value.trim_start_matches('<').trim_end_matches('>').to_owned(), value.span)
}
