//! The Authenticated Received Chain (RFC 8617): who handled the message, what they sealed, and what of it still verifies.

use jiff::Timestamp;
use serde::Serialize;

use super::Moments;
use super::dkim::{self, canon::Form};
use super::trace::Step;
use crate::dns::{Ledger, Question, QuestionId};
use crate::message::{Message, Span};

mod chain;
mod change;
mod steps;
mod verify;

pub use change::{Change, Changed, Handler, Seen};

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The whole chain.
    ArcChain,
    /// Whether every instance has its three fields and the numbers run from 1 (section 5.2 steps 1 to 3).
    ArcStructure,
    /// One instance; the text is `i=`, and `d=` of its seal.
    ArcInstance,
    /// What the sealer says it saw.
    ArcAuthenticationResults,
    /// The signature over message and results of one instance.
    ArcMessageSignature,
    /// The seal over the ARC fields up to one instance.
    ArcSeal,
    /// The body hash of a message signature.
    ArcBodyHash,
    /// The key of a signature or seal.
    ArcKey,
}

/// The result of the chain (section 5.2). There is no temporary error in it (section 5.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArcResult {
    None,
    Pass,
    Fail,
    /// Something needed is not there, the body or DNS, and nothing that is there is wrong.
    NotEvaluated,
}

/// Why the result is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// There are no ARC fields.
    NoChain,
    /// The newest message signature and all seals verify.
    Verified,
    /// The newest sealer wrote `cv=fail`: it found the chain broken, and nothing below counts.
    MarkedFailed,
    /// `i=` is missing, cannot be read, or does not stand first in ARC-Authentication-Results (section 4.1.1).
    InstanceBroken,
    /// `i=` is above 50 (section 4.2.1).
    TooManyInstances,
    /// An instance lacks one of its three fields, or has one twice.
    InstanceIncomplete,
    /// The numbers do not run from 1 without a gap.
    InstanceGap,
    /// `cv=` is missing, unknown, or not what the place in the chain demands: none for 1, pass above.
    ChainValidationWrong,
    /// A seal has `h=` (section 4.1.3).
    SealWithHeaderList,
    /// A message signature covers ARC-Seal fields (section 4.1.2).
    SealSigned,
    /// A tag of a signature or seal is missing or cannot be read.
    TagsBroken,
    /// The body is not the one that the newest message signature covers.
    BodyHashMismatch,
    /// The fields that the newest message signature covers are changed.
    MessageSignatureInvalid,
    /// ARC fields were changed after this seal.
    SealInvalid,
    /// The key is revoked, broken, too short or not for this use, or the algorithm is no longer valid.
    KeyNotUsable,
    /// The key is not in DNS today: the chain cannot be checked any more.
    KeyMissing,
    /// DNS gave no answer for the key: the chain cannot be checked at this moment.
    KeyUnreachable,
    /// Nobody was asked for the key.
    KeyNotAsked,
    /// There is no body to hash, or it was not kept as it was sent; what is there verifies.
    BodyNotAvailable,
    /// The header was not kept as it was sent, and the chain does not fit what was kept.
    HeaderRewritten,
    /// The message has more fields than are read ([`Message::MAX_FIELDS`]).
    LimitExceeded,
}

/// `cv=`: what the sealer found the chain before it to be (section 4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainValidation {
    None,
    Pass,
    Fail,
}

/// What is known of a signature or a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartState {
    Valid,
    Invalid,
    /// It cannot be checked, or cannot any more.
    NotChecked,
    /// The instance has no such field, or more than one.
    Absent,
}

/// A message signature or a seal, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub state: PartState,
    /// Why it is not valid, in the words of DKIM; `None` when it is, and when the chain is not one.
    pub reason: Option<dkim::Reason>,
    /// Index of the field in [`Message::fields`].
    pub field: Option<usize>,
    pub span: Option<Span>,
    pub domain: Option<String>,
    pub selector: Option<String>,
    /// `a=`, as written.
    pub algorithm: Option<String>,
    /// `t=`: when it was made, as its maker says.
    pub signed_at: Option<Timestamp>,
    /// The question for its key.
    pub question: Option<QuestionId>,
    /// `h=` names From. A message signature need not cover it (section 4.1.2).
    pub covers_from: bool,
    /// The forms of header and body that a message signature was computed in. Relaxed without `c=` is what the drafts
    /// before the RFC meant, and is tried when simple does not verify.
    pub forms: Option<(Form, Form)>,
}

/// One ARC set: what one handler added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// `i=`, from 1 for the oldest.
    pub i: u32,
    pub seal: Part,
    pub message_signature: Part,
    pub chain_validation: Option<ChainValidation>,
    /// The results that the sealer saw: ARC-Authentication-Results after its `i=N;`.
    pub authentication_results: Option<Span>,
    /// Index of that field in [`Message::fields`].
    pub results_field: Option<usize>,
}

/// The chain, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    pub result: ArcResult,
    pub reason: Reason,
    /// The instance that the reason is about.
    pub broken_at: Option<u32>,
    /// Oldest first.
    pub instances: Vec<Instance>,
    /// The oldest instance whose message signature still verifies with every newer one, 0 when all do (section 5.2 step 5,
    /// `header.oldest-pass`); `None` when the newest does not, or not all could be checked.
    pub oldest_pass: Option<u32>,
    pub trace: Step,
}

impl Arc {
    /// The most instances that a chain can have (section 4.2.1).
    pub const MAX_INSTANCES: u32 = 50;
}

/// Verifies the chain of a message.
#[must_use]
pub fn check(message: &Message, moments: Moments, dns: &Ledger<'_>) -> Arc {
    verify::check(message, moments, dns)
}

/// The questions for the keys of the whole chain, so that they can be asked before anything is verified.
#[must_use]
pub fn key_questions(message: &Message) -> Vec<Question> {
    verify::key_questions(&chain::Chain::read(message))
}
