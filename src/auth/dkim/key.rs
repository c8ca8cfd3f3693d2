//! The key record (RFC 6376 section 3.6.1), and fetching it.

use std::sync::Arc;

use serde::Serialize;

use super::crypto::{KeyKind, PublicKey};
use super::lint::{self, Lint};
use super::signature::Algorithm;
use super::tag::{self, TagList};
use super::{KeyState, Reason, base64};
use crate::dns::{Entry, QuestionId, Source};

/// Why a record gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyFault {
    /// It is no tag list.
    NoTagList,
    /// `v=` is there and not the first tag, or not `DKIM1`.
    Version,
    /// `k=` names a kind of key that nobody registered.
    KindUnknown,
    /// There is no `p=`.
    KeyMissing,
    /// `p=` is empty: the key was revoked.
    Revoked,
    /// Quotation marks or backslashes, left over from a zone file, make it unreadable: without them it is a key.
    ZoneFileQuoting,
    /// The same, and without them it is no key either.
    QuotedAndNoKey,
    /// `p=` holds the lines around a PEM file (`-----BEGIN PUBLIC KEY-----`).
    PemFile,
    /// `p=` is no base64.
    NotBase64,
    /// What `p=` decodes to is no key of that kind.
    NoKey,
}

impl KeyFault {
    /// How a verifier names it.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::Revoked => Reason::KeyRevoked,
            Self::KindUnknown => Reason::KeyMismatch,
            _ => Reason::KeyBroken,
        }
    }
}

/// One TXT record read as a key.
#[derive(Debug, Clone)]
pub struct KeyRecord {
    /// The joined text; bytes that are not UTF-8 become U+FFFD.
    pub text: String,
    /// Spans are bytes of the joined text.
    pub list: TagList,
    pub key: Result<PublicKey, KeyFault>,
    /// The key of a record in which nothing is wrong but where `v=` stands, or its case. It never counts; a signature that it
    /// fits was made by whoever published it.
    pub misplaced: Option<PublicKey>,
}

impl KeyRecord {
    #[must_use]
    pub fn read(text: &[u8]) -> Self {
        let list = TagList::read(text, 0);
        let key = read_key(&list).map_err(|fault| match fault {
            KeyFault::Revoked => fault,
            _ if !is_quoted(text, &list) => fault,
            _ if read_key(&TagList::read(&unquoted(text), 0)).is_ok() => KeyFault::ZoneFileQuoting,
            _ => KeyFault::QuotedAndNoKey,
        });
        let misplaced = if matches!(key, Err(KeyFault::Version)) { misplaced(&list) } else { None };
        Self { text: String::from_utf8_lossy(text).into_owned(), list, key, misplaced }
    }

    /// `t=y`.
    #[must_use]
    pub fn testing(&self) -> bool {
        self.lists("t", "y")
    }

    /// Whether the colon-separated value of a tag has that word, in which case plays no part (RFC 5234 section 2.3).
    pub(super) fn lists(&self, tag: &str, word: &str) -> bool {
        (self.list.get(tag)).is_some_and(|tag| tag.value.split(':').any(|item| item.trim().eq_ignore_ascii_case(word)))
    }

    /// Whether `s=` allows e-mail.
    pub(super) fn is_for_email(&self) -> bool {
        self.list.get("s").is_none() || self.lists("s", "*") || self.lists("s", "email")
    }

    /// What is odd about the record.
    #[must_use]
    pub fn lints(&self) -> Vec<Lint> {
        lint::of_record(self)
    }

    /// What in the record forbids this signature (section 6.1.2), whether the signature is right or not.
    #[must_use]
    pub fn objection(&self, signature: &Use<'_>) -> Option<Reason> {
        let key = match &self.key {
            Ok(key) => key,
            Err(fault) => return Some(fault.reason()),
        };
        let hash_allowed = self.list.get("h").is_none() || self.lists("h", signature.algorithm.hash().name());
        if !hash_allowed || key.kind != signature.algorithm.key_kind() {
            return Some(Reason::KeyMismatch);
        }
        if !self.is_for_email() {
            return Some(Reason::KeyNotForEmail);
        }
        let subdomain = signature.identity_domain.is_some_and(|identity| identity != signature.domain);
        if self.lists("t", "s") && subdomain {
            return Some(Reason::KeyStrictIdentity);
        }
        match key.kind {
            KeyKind::Rsa if key.bits < *PublicKey::CHECKED_BITS.start() => Some(Reason::KeyTooShort),
            KeyKind::Rsa if key.bits > *PublicKey::CHECKED_BITS.end() => Some(Reason::KeyTooLong),
            KeyKind::Rsa | KeyKind::Ed25519 => None,
        }
    }
}

/// What a signature wants to use a key for.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    pub algorithm: Algorithm,
    pub domain: &'a str,
    /// The domain of `i=`; `None` for ARC, where `i=` is the instance.
    pub identity_domain: Option<&'a str>,
}

fn read_key(list: &TagList) -> Result<PublicKey, KeyFault> {
    // An empty tag breaks the grammar and leaves nothing in doubt; verifiers pass over it in key records.
    if list.faults.iter().any(|fault| fault.value != tag::Fault::Empty) {
        return Err(KeyFault::NoTagList);
    }
    if let Some(place) = list.tags.iter().position(|tag| tag.name == "v") {
        // The one tag with a fixed place; its value has case (section 3.6.1).
        if place != 0 || list.get("v").is_some_and(|tag| tag.value != "DKIM1") {
            return Err(KeyFault::Version);
        }
    }
    key_of(list)
}

fn misplaced(list: &TagList) -> Option<PublicKey> {
    let is_meant = list.get("v").is_some_and(|tag| tag.value.eq_ignore_ascii_case("DKIM1"));
    key_of(list).ok().filter(|_| is_meant)
}

/// The key that `k=` and `p=` hold.
fn key_of(list: &TagList) -> Result<PublicKey, KeyFault> {
    let kind = match list.get("k").map(|tag| tag.value.to_ascii_lowercase()).as_deref() {
        None | Some("rsa") => KeyKind::Rsa,
        Some("ed25519") => KeyKind::Ed25519,
        Some(_) => return Err(KeyFault::KindUnknown),
    };
    let text = &list.get("p").ok_or(KeyFault::KeyMissing)?.value;
    if text.is_empty() {
        return Err(KeyFault::Revoked);
    }
    if text.contains("-----") {
        return Err(KeyFault::PemFile);
    }
    let bytes = base64::decode(text).ok_or(KeyFault::NotBase64)?;
    let key = match kind {
        KeyKind::Rsa => PublicKey::rsa(&bytes),
        KeyKind::Ed25519 => PublicKey::ed25519(&bytes),
    };
    key.ok_or(KeyFault::NoKey)
}

/// The octets of what stands for an Ed25519 key and has not its length, quotation marks aside (RFC 8463 section 4.2).
#[must_use]
pub fn wrong_length(text: &str) -> Option<usize> {
    const ED25519_OCTETS: usize = 32;
    let list = TagList::read(&unquoted(text.as_bytes()), 0);
    list.get("k").filter(|kind| kind.value.eq_ignore_ascii_case("ed25519"))?;
    let octets = base64::decode(&list.get("p")?.value)?.len();
    (octets > 0 && octets != ED25519_OCTETS).then_some(octets)
}

fn unquoted(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|byte| !matches!(byte, b'"' | b'\\')).collect()
}

/// Whether quotation marks or backslashes stand in the record, but for its notes (`n=`), where they may.
fn is_quoted(text: &[u8], list: &TagList) -> bool {
    let notes = list.get("n").map(|tag| tag.span);
    let is_note = |at: usize| notes.is_some_and(|notes| (notes.start..notes.end).contains(&at));
    text.iter().enumerate().any(|(at, byte)| matches!(byte, b'"' | b'\\') && !is_note(at))
}

/// The answer to the question for a key.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub question: QuestionId,
    pub source: Source,
    /// Never `Ok` and empty. Several records at one name have no defined meaning (section 3.6.2.2): each is tried.
    pub records: Result<Vec<KeyRecord>, KeyState>,
    /// The names that a CNAME chain led over.
    pub cname: Vec<String>,
}

impl Fetched {
    /// Far more than a name has in practice; the rest is not tried.
    pub const MAX_RECORDS: usize = 10;

    #[must_use]
    pub fn read(entry: &Arc<Entry>) -> Self {
        let records = match &entry.answer.records {
            Ok(records) => {
                let texts = records.iter().filter_map(crate::dns::Data::joined).take(Self::MAX_RECORDS);
                let records: Vec<_> = texts.map(|text| KeyRecord::read(&text)).collect();
                if records.is_empty() { Err(KeyState::Missing) } else { Ok(records) }
            }
            Err(failure) if failure.is_absent() => Err(KeyState::Missing),
            Err(failure) if failure.is_not_asked() => Err(KeyState::NotAsked),
            Err(_) => Err(KeyState::Unreachable),
        };
        Self { question: entry.id, source: entry.source, records, cname: entry.answer.cname.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    #[test]
    fn a_misplaced_version_leaves_a_key_to_try() {
        for (text, expected) in [
            ("v=DKIM1; k=ed25519; p=KEY", false),
            ("k=ed25519; v=DKIM1; p=KEY", true),
            ("v=dkim1; k=ed25519; p=KEY", true),
            ("v=DKIM2; k=ed25519; p=KEY", false),
            ("k=ed25519; v=DKIM1; p=", false),
            ("k=ed25519; v=DKIM1; k=ed25519; p=KEY", false),
        ] {
            let record = KeyRecord::read(text.replace("KEY", ED25519).as_bytes());
            assert_eq!(record.misplaced.is_some(), expected, "{text}");
        }
    }

    fn fault(text: &str) -> Option<KeyFault> {
        KeyRecord::read(text.replace("KEY", ED25519).as_bytes()).key.err()
    }

    #[test]
    fn records_are_read_or_say_why_not() {
        for (text, expected) in [
            ("v=DKIM1; k=ed25519; p=KEY", None),
            ("k=ed25519; p=KEY", None),
            ("k=ed25519;; p=KEY;;", None),
            ("p=KEY; k=ed25519; n=a note; g=*", None),
            ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7h cvPapiMlrwIaaPcHURo", None),
            ("k=ed25519; v=DKIM1; p=KEY", Some(KeyFault::Version)),
            ("v=dkim1; k=ed25519; p=KEY", Some(KeyFault::Version)),
            ("v=DKIM1\\; k=ed25519\\; p=KEY", Some(KeyFault::ZoneFileQuoting)),
            ("\"v=DKIM1; k=ed25519; p=KEY\"", Some(KeyFault::ZoneFileQuoting)),
            ("v=DKIM1; k=ed25519; n=say \"hi\"; p=KEY!", Some(KeyFault::NotBase64)),
            ("v=DKIM1; k=ed25519; p=-----BEGIN PUBLIC KEY-----KEY", Some(KeyFault::PemFile)),
            ("v=spf1 -all", Some(KeyFault::Version)),
            ("v=DKIM1; k=falcon; p=KEY", Some(KeyFault::KindUnknown)),
            ("v=DKIM1; k=rsa; p=KEY", Some(KeyFault::NoKey)),
            ("v=DKIM1; k=ed25519", Some(KeyFault::KeyMissing)),
            ("v=DKIM1; k=ed25519; p=", Some(KeyFault::Revoked)),
            ("v=DKIM1; k=ed25519; p= ;", Some(KeyFault::Revoked)),
            ("v=DKIM1; k=ed25519; p=\"KEY\"", Some(KeyFault::ZoneFileQuoting)),
            ("k=ed25519; p=KEY\\", Some(KeyFault::ZoneFileQuoting)),
            ("v=DKIM1; k=ed25519; p=\"AAAA\"", Some(KeyFault::QuotedAndNoKey)),
            ("v=DKIM1; k=ed25519; p=\"\"", Some(KeyFault::QuotedAndNoKey)),
            ("v=DKIM1; k=ed25519; p=KEY!", Some(KeyFault::NotBase64)),
            ("v=DKIM1; p=KEY; p=KEY", Some(KeyFault::NoTagList)),
            ("google-site-verification", Some(KeyFault::NoTagList)),
            ("", Some(KeyFault::KeyMissing)),
        ] {
            assert_eq!(fault(text), expected, "{text}");
        }
    }

    #[test]
    fn the_length_of_an_ed25519_key_is_known() {
        for (text, octets) in [
            ("v=DKIM1; k=ed25519; p=\"AAAA\"", Some(3)),
            ("v=DKIM1; k=ed25519; p=AAAA", Some(3)),
            ("v=DKIM1; k=ed25519; p=KEY", None),
            ("v=DKIM1; k=rsa; p=AAAA", None),
            ("v=DKIM1; k=ed25519; p=", None),
        ] {
            assert_eq!(wrong_length(&text.replace("KEY", ED25519)), octets, "{text}");
        }
    }

    #[test]
    fn a_record_limits_what_its_key_is_for() {
        let objection = |limits: &str, identity_domain| {
            let text = format!("v=DKIM1; k=ed25519; {limits} p={ED25519}");
            let algorithm = Algorithm::Ed25519Sha256;
            KeyRecord::read(text.as_bytes()).objection(&Use { algorithm, domain: "example.jp", identity_domain })
        };
        let (own, below) = (Some("example.jp"), Some("mail.example.jp"));
        for (limits, identity, expected) in [
            ("", below, None),
            ("h=sha1;", own, Some(Reason::KeyMismatch)),
            ("h=sha1 : sha256;", own, None),
            ("s=*;", own, None),
            ("s=tlsrpt:email;", own, None),
            ("s=tlsrpt;", own, Some(Reason::KeyNotForEmail)),
            ("t=s;", own, None),
            ("t=s;", below, Some(Reason::KeyStrictIdentity)),
            ("t=y:s;", below, Some(Reason::KeyStrictIdentity)),
            ("t=s;", None, None),
        ] {
            assert_eq!(objection(limits, identity), expected, "{limits}");
        }
        let record = KeyRecord::read(format!("k=ed25519; t=y; p={ED25519}").as_bytes());
        assert!(record.testing());
        let rsa = Use { algorithm: Algorithm::RsaSha256, domain: "example.jp", identity_domain: own };
        assert_eq!(record.objection(&rsa), Some(Reason::KeyMismatch));
    }
}
