//! The returned message, as far as it tells whose it is.

use std::collections::BTreeSet;

use crate::message::container::attached;
use crate::message::{Message, address, decode};

/// What the returned message says of itself. A claim: anybody can write such a copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Returned {
    pub header_only: bool,
    pub subject: Option<String>,
    /// The domain of its From.
    pub author: Option<String>,
    pub message_id: Option<String>,
    /// `d=` of its signatures, not verified here.
    pub signers: Vec<String>,
    /// Domains that its Received and Message-ID fields name.
    pub named: Vec<String>,
}

/// The most domains that are kept.
const MAX_DOMAINS: usize = 200;

impl Returned {
    /// The first message that is attached to a report.
    pub(super) fn of(report: &Message) -> Option<Self> {
        let letter = attached(report).into_iter().next()?;
        let message = &letter.message;
        let text = |name: &str| message.first(name).map(|field| decode::value(message, field).text);
        let author = message.first("From").and_then(|field| {
            address::read(&message.unfold(field)).mailboxes.into_iter().find_map(|mailbox| mailbox.domain)
        });
        let signers = message.named("DKIM-Signature").take(MAX_DOMAINS);
        let signers = signers.filter_map(|(_, field)| signer(&message.unfold(field).text)).collect();
        let mut named = BTreeSet::new();
        for (_, field) in
            message.fields.iter().enumerate().filter(|(_, field)| field.is("Received") || field.is("Message-ID"))
        {
            named.extend(domains(&message.unfold(field).text).take(MAX_DOMAINS));
        }
        Some(Self {
            header_only: message.headers_only(),
            subject: text("Subject"),
            author: author.map(|domain| domain.to_ascii_lowercase()),
            message_id: text("Message-ID"),
            signers,
            named: named.into_iter().take(MAX_DOMAINS).collect(),
        })
    }
}

fn signer(value: &str) -> Option<String> {
    let tag = value.split(';').find_map(|tag| tag.trim().strip_prefix("d"))?;
    let domain = tag.trim_start().strip_prefix('=')?.trim().to_ascii_lowercase();
    domain.contains('.').then_some(domain)
}

fn domains(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    let names = words.map(|word| word.trim_matches(['.', '-']).to_ascii_lowercase());
    names.filter(|name| {
        let last = name.rsplit('.').next().unwrap_or_default();
        name.contains('.') && last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}
