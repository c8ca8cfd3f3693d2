//! What is odd about a key record that can be read (RFC 6376 section 3.6.1): what forbids its use, what some verifiers
//! stumble over, and what is only untidy.

use serde::Serialize;

use super::crypto::{KeyKind, PublicKey, Wrapping};
use super::key::KeyRecord;
use super::tag::{Fault, Tag};
use crate::message::Span;

/// One observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lint {
    pub kind: LintKind,
    /// Bytes of the record's joined text; `None` where it is about the whole answer.
    pub span: Option<Span>,
}

/// What is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LintKind {
    /// Several TXT records at one name: which of them counts has no meaning (section 3.6.2.2).
    SeveralRecords,
    /// The name of the key is a CNAME: somebody else publishes it.
    Delegated,
    /// `t=y`.
    Testing,
    /// `t=s`: `i=` must not be a subdomain of `d=`.
    StrictIdentity,
    /// A flag in `t=` that nobody registered.
    UnknownFlag,
    /// `h=` does not allow sha256, so that no signature that counts can be made with the key (RFC 8301 section 3.1).
    NoSha256,
    /// `h=` names the hashes that are allowed, sha256 among them.
    HashLimit,
    /// `s=` allows neither e-mail nor everything.
    NotForEmail,
    /// `g=` of RFC 4871 section 3.6.1 with a value that limits it; RFC 6376 has dropped the tag.
    Granularity,
    /// `g=*`, the old default.
    GranularityAny,
    /// Under 1024 bits: must not be accepted (RFC 8301 section 3.2).
    ShortKey,
    /// Under the 2048 bits that signers should use (RFC 8301 section 3.2).
    WeakKey,
    /// Over the 4096 bits that verifiers must support (RFC 8301 section 3.2).
    LongKey,
    /// `RSAPublicKey` without the `SubjectPublicKeyInfo` around it: as the text of section 3.6.1 says, and unlike what
    /// nearly everybody writes and some verifiers expect.
    BareRsa,
    /// An Ed25519 key in `SubjectPublicKeyInfo`, which RFC 8463 section 4.2 does not know.
    WrappedEd25519,
    /// No `v=DKIM1`, which is recommended.
    NoVersion,
    /// White space before the first tag.
    SpaceInFront,
    /// White space within `p=`, as a key pasted in pieces has it.
    SpaceInKey,
    /// Nothing between two `;`.
    EmptyTag,
    /// A tag that nobody registered; verifiers ignore it.
    UnknownTag,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Nothing follows from it.
    Harmless,
    /// Some verifiers do not accept the key, or it is weaker than it should be.
    Doubtful,
    /// No signature counts, or not every one.
    Breaks,
}

impl LintKind {
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::NoSha256 | Self::NotForEmail | Self::ShortKey => Weight::Breaks,
            Self::SeveralRecords
            | Self::Testing
            | Self::Granularity
            | Self::WeakKey
            | Self::LongKey
            | Self::BareRsa
            | Self::WrappedEd25519
            | Self::EmptyTag => Weight::Doubtful,
            Self::Delegated
            | Self::StrictIdentity
            | Self::UnknownFlag
            | Self::HashLimit
            | Self::GranularityAny
            | Self::NoVersion
            | Self::SpaceInFront
            | Self::SpaceInKey
            | Self::UnknownTag => Weight::Harmless,
        }
    }
}

/// The tags of a key record (section 3.6.1, and `g=` of RFC 4871).
const KNOWN: [&str; 8] = ["v", "g", "h", "k", "n", "p", "s", "t"];
/// An RSA key should have at least so many bits, and need not be accepted with more (RFC 8301 section 3.2).
const STRONG_BITS: u32 = 2048;
const SUPPORTED_BITS: u32 = 4096;
/// The most observations about one record.
const MAX_LINTS: usize = 30;

/// Everything odd about one record; what keeps it from being a key is its [`KeyFault`](super::key::KeyFault).
pub(super) fn of_record(record: &KeyRecord) -> Vec<Lint> {
    let mut lints: Vec<Lint> = Vec::new();
    lints.extend(record.list.tags.iter().flat_map(|tag| of_tag(record, tag)));
    if let Ok(key) = &record.key {
        let span = record.list.get("p").map(|tag| tag.value_span);
        lints.extend(of_key(key).into_iter().map(|kind| Lint { kind, span }));
        if record.list.get("v").is_none() {
            lints.push(Lint { kind: LintKind::NoVersion, span: None });
        }
    }
    let empty = record.list.faults.iter().filter(|fault| fault.value == Fault::Empty);
    lints.extend(empty.map(|fault| Lint { kind: LintKind::EmptyTag, span: Some(fault.span) }));
    let start = record.list.tags.first().map_or(0, |tag| tag.span.start);
    if start > 0 && record.list.faults.first().is_none_or(|fault| fault.span.start > start) {
        lints.push(Lint { kind: LintKind::SpaceInFront, span: Some(Span::new(0, start)) });
    }
    lints.sort_by_key(|lint| std::cmp::Reverse(lint.kind.weight()));
    lints.truncate(MAX_LINTS);
    lints
}

fn of_tag(record: &KeyRecord, tag: &Tag) -> Vec<Lint> {
    let words = || tag.value.split(':').map(str::trim);
    let kinds = match tag.name.as_str() {
        "t" => words().map(of_flag).collect(),
        "h" if record.lists("h", "sha256") => vec![LintKind::HashLimit],
        "h" => vec![LintKind::NoSha256],
        "s" if !record.is_for_email() => vec![LintKind::NotForEmail],
        "g" if tag.value == "*" => vec![LintKind::GranularityAny],
        "g" => vec![LintKind::Granularity],
        "p" if tag.value.contains([' ', '\t']) => vec![LintKind::SpaceInKey],
        name if !KNOWN.contains(&name) => vec![LintKind::UnknownTag],
        _ => Vec::new(),
    };
    kinds.into_iter().map(|kind| Lint { kind, span: Some(tag.span) }).collect()
}

fn of_flag(flag: &str) -> LintKind {
    match flag.to_ascii_lowercase().as_str() {
        "y" => LintKind::Testing,
        "s" => LintKind::StrictIdentity,
        _ => LintKind::UnknownFlag,
    }
}

fn of_key(key: &PublicKey) -> Vec<LintKind> {
    let shape = match (key.kind, key.wrapping) {
        (KeyKind::Rsa, Wrapping::Bare) => Some(LintKind::BareRsa),
        (KeyKind::Ed25519, Wrapping::Spki) => Some(LintKind::WrappedEd25519),
        (KeyKind::Rsa, Wrapping::Spki) | (KeyKind::Ed25519, Wrapping::Bare) => None,
    };
    let size = if key.kind == KeyKind::Rsa { of_size(key.bits) } else { None };
    shape.into_iter().chain(size).collect()
}

const fn of_size(bits: u32) -> Option<LintKind> {
    match bits {
        bits if bits < *PublicKey::CHECKED_BITS.start() => Some(LintKind::ShortKey),
        bits if bits < STRONG_BITS => Some(LintKind::WeakKey),
        bits if bits > SUPPORTED_BITS => Some(LintKind::LongKey),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    fn kinds(text: &str) -> Vec<LintKind> {
        let text = text.replace("KEY", ED25519);
        let record = KeyRecord::read(text.as_bytes());
        assert!(record.key.is_ok(), "{text}");
        for lint in of_record(&record) {
            assert!(lint.span.is_none_or(|span| span.end <= text.len()), "{lint:?}");
        }
        of_record(&record).into_iter().map(|lint| lint.kind).collect()
    }

    #[test]
    fn a_tidy_record_has_no_lint() {
        assert_eq!(kinds("v=DKIM1; k=ed25519; p=KEY"), []);
        assert_eq!(kinds("v=DKIM1; k=ed25519; s=email; n=\"a\"; p=KEY;"), []);
    }

    #[test]
    fn what_is_odd_is_named() {
        for (text, expected) in [
            ("k=ed25519; p=KEY", LintKind::NoVersion),
            (" v=DKIM1; k=ed25519; p=KEY", LintKind::SpaceInFront),
            ("v=DKIM1;; k=ed25519; p=KEY", LintKind::EmptyTag),
            ("v=DKIM1; k=ed25519; t=y; p=KEY", LintKind::Testing),
            ("v=DKIM1; k=ed25519; t=s; p=KEY", LintKind::StrictIdentity),
            ("v=DKIM1; k=ed25519; t=q; p=KEY", LintKind::UnknownFlag),
            ("v=DKIM1; k=ed25519; h=sha1; p=KEY", LintKind::NoSha256),
            ("v=DKIM1; k=ed25519; h=sha1:sha256; p=KEY", LintKind::HashLimit),
            ("v=DKIM1; k=ed25519; s=tlsrpt; p=KEY", LintKind::NotForEmail),
            ("v=DKIM1; k=ed25519; g=*; p=KEY", LintKind::GranularityAny),
            ("v=DKIM1; k=ed25519; g=; p=KEY", LintKind::Granularity),
            ("v=DKIM1; k=ed25519; a=x; p=KEY", LintKind::UnknownTag),
            ("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQH Og7hcvPapiMlrwIaaPcHURo=", LintKind::SpaceInKey),
            (
                "v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                LintKind::WrappedEd25519,
            ),
        ] {
            assert_eq!(kinds(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_record_of_nothing_but_oddities_is_cut() {
        use std::fmt::Write;
        let mut text = "v=DKIM1; k=ed25519; h=sha1; p=KEY".to_owned();
        for number in 0..400 {
            write!(text, "; x{number}=1").unwrap();
        }
        let kinds = kinds(&text);
        assert_eq!((kinds.len(), kinds[0]), (MAX_LINTS, LintKind::NoSha256));
    }
}
