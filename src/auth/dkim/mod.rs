//! `DomainKeys` Identified Mail (RFC 6376, 8301, 8463), verified step by step: every signature, body and header apart.

use jiff::Timestamp;
use serde::Serialize;

use super::Moments;
use super::trace::Step;
use crate::dns::{Ledger, Question, QuestionId, Source};
use crate::message::{Message, Span};
use cause::Causes;
use coverage::Coverage;
use crypto::{KeyKind, Wrapping};
use key::KeyFault;
use lint::{Lint, LintKind};
use tag::TagList;

pub mod base64;
pub mod canon;
pub mod canonical;
pub mod cause;
pub mod coverage;
pub mod crypto;
pub mod hash;
pub mod key;
pub mod lint;
pub mod signature;
mod steps;
pub mod tag;
pub(in crate::auth) mod verify;

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The whole evaluation of one signature; the text is `d=` and `s=`.
    DkimSignature,
    /// Reading the tags of the field (section 3.5).
    DkimTags,
    /// The moments of `t=` and `x=`.
    DkimExpiry,
    /// The body hash (section 3.7).
    DkimBodyHash,
    /// Fetching and reading the key (section 3.6).
    DkimKey,
    /// The signature over the header fields (section 3.7).
    DkimHeaderSignature,
    /// One signed field that was taken, or was absent.
    DkimSignedField,
    /// Known changes undone in the body until its hash fits; one step a kind of change.
    DkimBodyCauses,
    /// The same in the signed fields, until the signature verifies.
    DkimHeaderCauses,
}

/// The result of one signature, as RFC 8601 section 2.7.1 names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DkimResult {
    Pass,
    Fail,
    /// Not shown to be wrong, and must not count all the same (rsa-sha1, a short key: RFC 8301; over `x=`).
    Policy,
    Neutral,
    #[serde(rename = "permerror")]
    PermError,
    #[serde(rename = "temperror")]
    TempError,
    /// Something needed is not there: the body, or DNS.
    NotEvaluated,
}

/// Why the result is what it is: the first reason in the order of verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Body hash and header signature are both right.
    Verified,
    /// The header signature is right with `bh=` as written; there is no body to hash, or it was not kept as it was sent.
    HeaderVerifiedBodyNotAvailable,
    /// The header was not kept as it was sent ([`crate::message::Fidelity`]), and the signature does not fit what was kept.
    HeaderRewritten,
    /// The body does not have the hash that was signed.
    BodyHashMismatch,
    /// The signed header fields are not as they were signed.
    HeaderSignatureInvalid,
    /// Neither is right.
    BodyAndHeaderMismatch,
    /// A tag that must be there is missing, or a tag cannot be read (section 3.5).
    TagMissing,
    TagBroken,
    /// `v=` is not 1.
    VersionUnknown,
    /// `a=` names an algorithm that nobody registered.
    AlgorithmUnknown,
    /// `c=` names a canonicalization that nobody registered.
    CanonicalizationUnknown,
    /// `q=` names no method that is known.
    QueryMethodUnknown,
    /// From is not among the signed fields (section 5.4).
    FromNotSigned,
    /// `i=` is not `d=` or below it (section 3.5).
    IdentityOutsideDomain,
    /// `x=` was over when the message was received.
    ExpiredAtReceipt,
    /// `l=` is larger than the body.
    LengthBeyondBody,
    /// rsa-sha1 is no longer valid (RFC 8301 section 3.1).
    Sha1NotValid,
    /// The key is shorter than 1024 bits (RFC 8301 section 3.2).
    KeyTooShort,
    /// The name of the key has no record in DNS today.
    KeyMissing,
    /// `p=` is empty: the key was revoked (section 3.6.1).
    KeyRevoked,
    /// The record at that name cannot be read as a key.
    KeyBroken,
    /// `k=` or `h=` of the key do not fit the signature.
    KeyMismatch,
    /// `s=` of the key does not allow e-mail.
    KeyNotForEmail,
    /// `t=s` of the key forbids the subdomain in `i=`.
    KeyStrictIdentity,
    /// DNS gave no answer for the key.
    KeyUnreachable,
    /// Nobody was asked for the key.
    KeyNotAsked,
    /// The key is longer than any verifier must support, and was not computed with (RFC 8301 section 3.2).
    KeyTooLong,
    /// There are more signatures than [`Signature::MAX_VERIFIED`], more names in `h=` than are verified, or more fields than
    /// are read ([`Message::MAX_FIELDS`]).
    LimitExceeded,
}

/// What is wrong with a signature field itself (section 6.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldFault {
    TagMissing,
    TagBroken,
    VersionUnknown,
    AlgorithmUnknown,
    CanonicalizationUnknown,
    QueryMethodUnknown,
    FromNotSigned,
    IdentityOutsideDomain,
}

impl Reason {
    /// The fault of the field, where that is the reason.
    #[must_use]
    pub const fn field_fault(self) -> Option<FieldFault> {
        match self {
            Self::TagMissing => Some(FieldFault::TagMissing),
            Self::TagBroken => Some(FieldFault::TagBroken),
            Self::VersionUnknown => Some(FieldFault::VersionUnknown),
            Self::AlgorithmUnknown => Some(FieldFault::AlgorithmUnknown),
            Self::CanonicalizationUnknown => Some(FieldFault::CanonicalizationUnknown),
            Self::QueryMethodUnknown => Some(FieldFault::QueryMethodUnknown),
            Self::FromNotSigned => Some(FieldFault::FromNotSigned),
            Self::IdentityOutsideDomain => Some(FieldFault::IdentityOutsideDomain),
            Self::Verified
            | Self::HeaderVerifiedBodyNotAvailable
            | Self::HeaderRewritten
            | Self::BodyHashMismatch
            | Self::HeaderSignatureInvalid
            | Self::BodyAndHeaderMismatch
            | Self::ExpiredAtReceipt
            | Self::LengthBeyondBody
            | Self::Sha1NotValid
            | Self::KeyTooShort
            | Self::KeyMissing
            | Self::KeyRevoked
            | Self::KeyBroken
            | Self::KeyMismatch
            | Self::KeyNotForEmail
            | Self::KeyStrictIdentity
            | Self::KeyUnreachable
            | Self::KeyNotAsked
            | Self::KeyTooLong
            | Self::LimitExceeded => None,
        }
    }
}

/// The state of the key record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    Found,
    Missing,
    Revoked,
    Broken,
    Unreachable,
    NotAsked,
}

/// Whether the body is as it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyHash {
    Match,
    Mismatch,
    /// There is no body, it was not kept as it was sent, or the signature does not say how to hash it.
    NotAvailable,
}

/// Whether the signed header fields are as they were signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderSignature {
    Valid,
    Invalid,
    /// No usable key, the signature cannot be read, or it does not fit a header that was not kept as it was sent.
    NotChecked,
}

/// What is known of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    pub state: KeyState,
    /// `selector._domainkey.domain`.
    pub name: Option<String>,
    pub question: Option<QuestionId>,
    /// Where the answer was taken from.
    pub source: Source,
    pub kind: Option<KeyKind>,
    /// Length of an RSA modulus, 256 for Ed25519.
    pub bits: Option<u32>,
    /// How the key stands in `p=`. [`Wrapping::Spki`] is no standard form for Ed25519 (RFC 8463 section 4).
    pub wrapping: Option<Wrapping>,
    /// `t=y`: the domain is testing DKIM; nothing may be concluded from a failure (section 3.6.1).
    pub testing: bool,
    /// The record as joined text.
    pub record: Option<String>,
    /// Its tags; spans are bytes of the joined text.
    pub tags: TagList,
    /// Which record of the answer that is, from 0.
    pub record_index: Option<usize>,
    /// How many records were tried: more than one has no defined meaning (section 3.6.2.2).
    pub records: usize,
    /// Why the record gives no key.
    pub fault: Option<KeyFault>,
    /// What else is odd about the record and the answer, the weightiest first.
    pub lints: Vec<Lint>,
    /// The names that a CNAME chain led over to the record.
    pub cname: Vec<String>,
}

/// One DKIM-Signature field, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Index of the field in [`Message::fields`].
    pub field: usize,
    pub span: Span,
    /// The tags as they stand in the field.
    pub tags: TagList,
    /// Where the field is wrong; `None` also where a tag is missing.
    pub fault: Option<Span>,
    /// `d=` as an A-label name; `None` when it is missing or no domain.
    pub domain: Option<String>,
    pub selector: Option<String>,
    /// `i=`, or what it defaults to (`@` and `d=`).
    pub identity: Option<String>,
    /// `a=` as written.
    pub algorithm: Option<String>,
    /// `c=` in full: header/body.
    pub canonicalization: Option<String>,
    pub key: KeyFacts,
    pub body_hash: BodyHash,
    /// Base64 of the hash that `bh=` states and of the one computed, so that both can be shown.
    pub body_hash_stated: Option<String>,
    pub body_hash_computed: Option<String>,
    pub header_signature: HeaderSignature,
    pub result: DkimResult,
    pub reason: Reason,
    /// `t=`.
    pub signed_at: Option<Timestamp>,
    /// `x=`.
    pub expires: Option<Timestamp>,
    pub expired_at_receipt: bool,
    pub expired_now: bool,
    /// Names in `h=`, in order, as written.
    pub signed_headers: Vec<String>,
    /// What `h=` covers and leaves open; empty where the signature was not verified.
    pub coverage: Coverage,
    /// Bytes of the canonical header, the signature's own field with them.
    pub canonical_header: Option<u64>,
    /// Bytes of the whole canonical body.
    pub canonical_body: Option<u64>,
    /// `l=`.
    pub length: Option<u64>,
    /// Bytes of the canonical body that `l=` leaves uncovered.
    pub uncovered_bytes: Option<usize>,
    /// Where they begin in the input.
    pub uncovered_from: Option<usize>,
    /// What was proved to be the reason of a failure.
    pub causes: Causes,
    pub trace: Step,
}

impl Signature {
    /// How many signatures are verified, from the top; a message with more is not one that a mail system made.
    pub const MAX_VERIFIED: usize = 50;

    /// Whether the key record of that signature is odd in that way.
    #[must_use]
    pub fn has_lint(&self, kind: LintKind) -> bool {
        self.key.lints.iter().any(|lint| lint.kind == kind)
    }

    /// Whether the header signature is right and covers so many fields of that name. A name covers one field each time it stands
    /// in `h=`, so that others can stand uncovered above (RFC 6376 section 5.4.2).
    #[must_use]
    pub fn covers(&self, name: &str, count: usize) -> bool {
        let is_valid = matches!(self.reason, Reason::Verified | Reason::HeaderVerifiedBodyNotAvailable);
        let times = self.signed_headers.iter().filter(|signed| signed.trim().eq_ignore_ascii_case(name)).count();
        is_valid && times >= count && !self.coverage.ignores(name)
    }

    /// The signature domain did sign: its key fits the header signature, or does with known changes undone. Of any other field
    /// anybody may be the writer.
    #[must_use]
    pub fn shows_signer(&self) -> bool {
        self.header_signature == HeaderSignature::Valid || !self.causes.header.edits().is_empty()
    }

    /// The domain and selector, when the field has both.
    #[must_use]
    pub fn named(&self) -> Option<(String, String)> {
        Some((self.domain.clone()?, self.selector.clone()?))
    }
}

/// Verifies every DKIM-Signature field, top to bottom.
#[must_use]
pub fn verify(message: &Message, moments: Moments, dns: &Ledger<'_>) -> Vec<Signature> {
    verify::verify(message, moments, dns)
}

/// The questions for the keys of all signatures, so that they can be asked before anything is verified.
#[must_use]
pub fn key_questions(message: &Message) -> Vec<Question> {
    verify::key_questions(message)
}
