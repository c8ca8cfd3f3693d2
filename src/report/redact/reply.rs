//! What a mail server answered, without what may name a person: codes, names of servers and the words that servers use stay.

use super::network;
use crate::auth::domain;
use crate::text::masked::HIDDEN;

/// Words of replies, in lower case, in alphabetical order. None of them is a name that people bear.
const WORDS: &[&str] = &[
    "a",
    "about",
    "accept",
    "accepted",
    "access",
    "account",
    "accounts",
    "action",
    "active",
    "address",
    "addresses",
    "after",
    "again",
    "all",
    "allowed",
    "an",
    "and",
    "any",
    "anymore",
    "are",
    "as",
    "at",
    "attachment",
    "attempt",
    "attempts",
    "authenticated",
    "authentication",
    "authorized",
    "bad",
    "be",
    "because",
    "been",
    "blacklist",
    "blacklisted",
    "block",
    "blocked",
    "blocklist",
    "blocklisted",
    "bounce",
    "bounced",
    "but",
    "by",
    "cannot",
    "change",
    "check",
    "client",
    "closed",
    "command",
    "configuration",
    "connect",
    "connected",
    "connection",
    "contact",
    "contains",
    "content",
    "could",
    "currently",
    "daily",
    "data",
    "database",
    "deferred",
    "delayed",
    "deliver",
    "delivered",
    "delivery",
    "denied",
    "details",
    "detected",
    "disabled",
    "disk",
    "dkim",
    "dmarc",
    "dns",
    "do",
    "does",
    "doesn't",
    "domain",
    "due",
    "ehlo",
    "email",
    "end",
    "envelope",
    "error",
    "exceed",
    "exceeded",
    "exceeds",
    "exist",
    "exists",
    "expired",
    "failed",
    "failure",
    "filter",
    "for",
    "found",
    "from",
    "full",
    "go",
    "greylisted",
    "greylisting",
    "group",
    "has",
    "have",
    "header",
    "helo",
    "host",
    "if",
    "in",
    "inactive",
    "information",
    "internal",
    "invalid",
    "ip",
    "is",
    "it",
    "its",
    "known",
    "later",
    "limit",
    "limited",
    "list",
    "listed",
    "local",
    "lookup",
    "loop",
    "mail",
    "mailbox",
    "maximum",
    "message",
    "messages",
    "more",
    "mx",
    "name",
    "network",
    "no",
    "not",
    "of",
    "on",
    "only",
    "open",
    "or",
    "organization",
    "our",
    "out",
    "over",
    "overquota",
    "part",
    "pass",
    "passed",
    "path",
    "permanent",
    "permission",
    "permitted",
    "please",
    "policy",
    "postmaster",
    "problem",
    "protocol",
    "ptr",
    "queue",
    "quota",
    "rate",
    "rbl",
    "rcpt",
    "reached",
    "reason",
    "receive",
    "received",
    "receiving",
    "recipient",
    "recipients",
    "record",
    "refused",
    "reject",
    "rejected",
    "relay",
    "relaying",
    "reply",
    "reputation",
    "requested",
    "required",
    "requires",
    "resources",
    "response",
    "retry",
    "reverse",
    "route",
    "said",
    "security",
    "see",
    "send",
    "sender",
    "sending",
    "sent",
    "server",
    "service",
    "session",
    "size",
    "smtp",
    "spam",
    "spf",
    "starttls",
    "storage",
    "such",
    "support",
    "suspended",
    "syntax",
    "system",
    "table",
    "temporarily",
    "temporary",
    "than",
    "that",
    "the",
    "there",
    "this",
    "timed",
    "timeout",
    "tls",
    "to",
    "too",
    "transaction",
    "try",
    "unable",
    "unauthenticated",
    "unavailable",
    "unknown",
    "unreachable",
    "unsolicited",
    "use",
    "user",
    "virtual",
    "virus",
    "visit",
    "was",
    "we",
    "while",
    "with",
    "you",
    "your",
];

/// Leaves the known words of a reply and puts a mark for each run of others.
pub(super) fn known_words(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let space = piece.get(word.len()..).unwrap_or_default();
        let is_edge = |character: char| !character.is_alphanumeric() && character != '●';
        let bare = word.trim_matches(is_edge);
        if is_known(bare) {
            shown.push_str(piece);
        } else {
            let is_in_run = shown.trim_end().ends_with(HIDDEN);
            if !is_in_run {
                shown.push_str(HIDDEN);
                shown.push_str(space);
            }
        }
    }
    shown.trim_end().to_owned()
}

fn is_known(bare: &str) -> bool {
    let lower = bare.to_ascii_lowercase();
    bare.is_empty()
        || WORDS.binary_search(&lower.as_str()).is_ok()
        || is_code(bare)
        || is_masked(bare)
        || is_server(&lower)
}

/// A reply code or an enhanced status code (RFC 5321 section 4.2, RFC 3463 section 2), one after the other as well (`550-5.7.1`).
fn is_code(word: &str) -> bool {
    let is_number = |text: &str, longest: usize| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_status = |text: &str| {
        let parts: Vec<&str> = text.split('.').collect();
        matches!(parts[..], [class, subject, detail] if is_number(class, 1) && is_number(subject, 3) && is_number(detail, 3))
    };
    let is_reply = |text: &str| text.len() == 3 && is_number(text, 3) && text.starts_with(['2', '4', '5']);
    match word.split_once(['-', ' ', '#']) {
        Some((reply, status)) => {
            is_reply(reply) && (is_status(status) || WORDS.binary_search(&status.to_ascii_lowercase().as_str()).is_ok())
        }
        None => is_reply(word) || is_status(word),
    }
}

/// An address whose local part is masked already.
fn is_masked(word: &str) -> bool {
    let shown = word.split_once('@').filter(|(local, _)| local.ends_with(HIDDEN) && local.chars().count() <= 4);
    shown.is_some_and(|(_, domain)| is_server(&domain.to_ascii_lowercase()))
}

/// The name of a server, its public address, or both (`mx.example.jp[192.0.2.25]`).
fn is_server(word: &str) -> bool {
    let is_ip = |text: &str| text.parse().is_ok_and(|ip| !network::is_private(ip));
    let is_name = |text: &str| {
        let is_host = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        is_host && text.contains('.') && domain::is_below_known_suffix(text)
    };
    match word.split_once('[') {
        Some((name, ip)) => (is_name(name) || is_ip(name)) && is_ip(ip.trim_end_matches(']')),
        None => is_name(word) || is_ip(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(WORDS.is_sorted());
    }

    #[test]
    fn what_is_no_word_of_a_server_is_hidden() {
        for (text, expected) in [
            ("550 5.1.1 <h●●●@example.com>: User unknown", "550 5.1.1 <h●●●@example.com>: User unknown"),
            (
                "host mx.example.com[192.0.2.25] said: 552 5.2.2 mailbox full",
                "host mx.example.com[192.0.2.25] said: 552 5.2.2 mailbox full",
            ),
            ("550-5.7.1 Hanako Suzuki has left, call 03-1234-5678", "550-5.7.1 ●●● has ●●●"),
            ("550 山田花子は退職しました", "550 ●●●"),
            ("550 5.7.1 [10.20.30.40] blocked", "550 5.7.1 ●●● blocked"),
            ("550 user (Suzuki) unknown", "550 user ●●● unknown"),
            ("550 09012345678 not found", "550 ●●● not found"),
        ] {
            assert_eq!(known_words(text), expected);
        }
    }
}
