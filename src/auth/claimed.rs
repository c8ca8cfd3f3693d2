//! What others claim in Authentication-Results, Received-SPF and their kin, never mixed with what we proved.

use serde::Serialize;

use crate::message::{Message, Span, Spanned};

mod compare;
mod cursor;
mod explain;
mod grammar;
mod session;
mod trust;

pub use compare::{
    Agreement, Certainty, Compared, Comparison, MAX_RECORDED, Ours, Proved, Reason, Recorded, Subject, Why, compare,
};
pub use explain::{Note, Source};
pub use session::{SessionClaim, client_ip, mail_from, mail_from_domain, session};
pub use trust::{Border, IgnoreReason, Trust, TrustReason, UnsureReason};

/// The most such fields that are read; a message has a dozen at worst. Further ones are listed with
/// [`IgnoreReason::LimitExceeded`].
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
    /// Who wrote a Received-SPF field, by `receiver=` or the name that opens its comment.
    pub receiver: Option<String>,
    /// `i=` of an ARC-Authentication-Results field (RFC 8617 section 4.1.1).
    pub instance: Option<u32>,
    pub trust: Trust,
    pub results: Vec<ClaimedResult>,
    /// Comments that stand in no result, brackets removed.
    pub comments: Vec<String>,
    /// Where the field departs from its grammar and was read all the same; each kind once.
    pub deviations: Vec<Spanned<Deviation>>,
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
    /// IIJ's summary of SPF, DKIM and DMARC in one word.
    #[serde(rename = "X-Senderauth-Result")]
    SenderauthResult,
    /// Sender ID (RFC 4406) by the old Hotmail, in one word.
    #[serde(rename = "X-SID-Result")]
    SenderIdResult,
    /// An Authentication-Results field that was in the message when it came to a server, which gave it another name:
    /// `Authentication-Results-Original`, `X-Original-Authentication-Results`.
    #[serde(rename = "Authentication-Results-Original")]
    SetAside,
    /// A provider's own field with the grammar of Authentication-Results: `X-ME-Authentication-Results`,
    /// `X-MS-Exchange-Authentication-Results`, `X-AAMS-Authentication-Results`.
    #[serde(rename = "X-Authentication-Results")]
    Vendor,
}

impl ClaimHeader {
    /// What a field of that name is, when it holds claims.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "authentication-results" => return Some(Self::AuthenticationResults),
            "arc-authentication-results" => return Some(Self::ArcAuthenticationResults),
            "received-spf" => return Some(Self::ReceivedSpf),
            "x-senderauth-result" => return Some(Self::SenderauthResult),
            "x-sid-result" => return Some(Self::SenderIdResult),
            "authentication-results-original" => return Some(Self::SetAside),
            _ => {}
        }
        let before = name.strip_suffix("-authentication-results")?;
        match before.strip_prefix("x-") {
            Some("original" | "old") => Some(Self::SetAside),
            Some(_) => Some(Self::Vendor),
            None => ["original", "old"].contains(&before).then_some(Self::SetAside),
        }
    }

    /// The name by which people know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthenticationResults => "Authentication-Results",
            Self::ArcAuthenticationResults => "ARC-Authentication-Results",
            Self::ReceivedSpf => "Received-SPF",
            Self::SenderauthResult => "X-Senderauth-Result",
            Self::SenderIdResult => "X-SID-Result",
            Self::SetAside => "Authentication-Results-Original",
            Self::Vendor => "X-…-Authentication-Results",
        }
    }

    /// Whether such a field begins with an authserv-id.
    #[must_use]
    pub const fn has_server(self) -> bool {
        !matches!(self, Self::ReceivedSpf | Self::SenderauthResult | Self::SenderIdResult)
    }
}

/// How a field departs from its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// It begins with a result instead of an authserv-id (RFC 8601 section 2.2), as Microsoft's do.
    NoServer,
    /// `i=N;` does not stand first in an ARC-Authentication-Results field (RFC 8617 section 4.1.1).
    NoInstance,
    /// No `;` after the authserv-id.
    NoSemicolon,
    /// A domain alone between two results: Microsoft puts the recipient's there.
    BareDomain,
    /// A property before its result.
    EarlyProperty,
    /// A property after the `;` that ended its result.
    StrayProperty,
    /// A property without `ptype.` before it (RFC 8601 section 2.3): `action=`.
    NoPropertyType,
    /// A value with characters that only a quoted string may hold.
    UnquotedValue,
    EmptyValue,
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
    /// What its words mean.
    pub notes: Vec<Note>,
    pub span: Span,
}

impl ClaimedResult {
    fn new(method: &str, result: &str, span: Span) -> Self {
        Self {
            method: method.to_owned(),
            version: None,
            result: result.to_ascii_lowercase(),
            reason: None,
            properties: Vec::new(),
            comments: Vec::new(),
            notes: Vec::new(),
            span,
        }
    }

    /// The first value of a property, such as `header.d`.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Spanned<String>> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value)
    }

    /// The result as a server would write it in one line, comments left out.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = format!("{}={}", self.method, self.result);
        let reason = self.reason.iter().map(|reason| ("reason", reason));
        let properties = self.properties.iter().map(|property| (property.name.as_str(), &property.value.value));
        for (name, value) in reason.chain(properties) {
            text.extend([" ", name, "=", value]);
        }
        text
    }

    /// Whether the method has a version that nobody knows, so that the result must be ignored (RFC 8601 section 2.6).
    #[must_use]
    pub fn is_unknown_version(&self) -> bool {
        self.version.as_deref().is_some_and(|version| version != "1")
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

/// Reads every such field, top to bottom.
#[must_use]
pub fn read(message: &Message, border: Border<'_>) -> Vec<Claim> {
    let judge = trust::Judge::new(message, border);
    let mut claims: Vec<Claim> = Vec::new();
    for (index, field) in message.fields.iter().enumerate() {
        let Some(header) = ClaimHeader::of(&field.name) else { continue };
        let is_over = claims.len() >= MAX_CLAIMS;
        let parsed = if is_over {
            grammar::Parsed { unread: vec![field.value], ..grammar::Parsed::default() }
        } else {
            let value = message.unfold(field);
            match header {
                ClaimHeader::AuthenticationResults | ClaimHeader::SetAside | ClaimHeader::Vendor => {
                    grammar::authentication_results(&value)
                }
                ClaimHeader::ArcAuthenticationResults => grammar::arc_authentication_results(&value),
                ClaimHeader::ReceivedSpf => grammar::received_spf(&value),
                ClaimHeader::SenderauthResult => grammar::one_word(&value, "senderauth"),
                ClaimHeader::SenderIdResult => grammar::one_word(&value, "sender-id"),
            }
        };
        let trust = if is_over {
            Trust::Ignored(IgnoreReason::LimitExceeded)
        } else {
            judge.by_place(header, index, parsed.version.as_deref(), parsed.writer())
        };
        claims.push(Claim {
            field: index,
            span: field.span,
            header,
            trust,
            authserv_id: parsed.authserv_id,
            receiver: parsed.receiver,
            instance: parsed.instance,
            results: parsed.results.into_iter().map(explained).collect(),
            comments: parsed.comments,
            deviations: parsed.deviations,
            unread: parsed.unread,
        });
    }
    trust::compare_fields(&mut claims);
    claims
}

/// The topmost Authentication-Results field that says who wrote it: its index and its authserv-id (RFC 8601 section 2.5).
/// Nothing is known here of whether it can be believed.
#[must_use]
pub fn newest_authserv_id(message: &Message) -> Option<(usize, String)> {
    let (index, field) = message.named("Authentication-Results").next()?;
    Some((index, grammar::authentication_results(&message.unfold(field)).authserv_id?))
}

fn explained(mut result: ClaimedResult) -> ClaimedResult {
    result.notes = explain::notes(&result);
    result
}

#[cfg(test)]
mod tests;
