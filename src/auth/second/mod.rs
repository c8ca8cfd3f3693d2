//! The second engine (mail-auth) on the same message and the same answers, and where it comes to something else than ours.
//!
//! It keeps no reasons, judges `x=` by its own clock and stops at the first thing wrong, so it decides nothing here: it is a
//! second opinion. Where it differs, the reason is looked for by setting aside what it is known for and running it again;
//! what then agrees is explained, and what does not is a finding.

use std::sync::Arc as Shared;

use serde::Serialize;

use super::Moments;
use super::arc::{Arc, ArcResult};
use super::dkim::{DkimResult, Signature};
use super::dmarc::{Dmarc, DmarcResult, Policy};
use super::spf::{Check, SpfResult};
use crate::dns::Entry;
use crate::message::Message;

mod caches;
mod compare;
mod engine;
mod explain;
mod wire;

/// The largest body that is hashed a second time; a larger one would be copied for little.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;
/// The most that is hashed in one run: the body once for each signature, which is its way with `l=`.
pub const MAX_HASHED_BYTES: usize = 128 * 1024 * 1024;
/// The largest header that it reads, and the most fields of it.
pub const MAX_HEADER_BYTES: usize = 256 * 1024;
pub const MAX_FIELDS: usize = 1_000;
/// The most signatures, message signatures and seals that it verifies, and how long one may be: for each name in `h=` it
/// looks through the whole header.
pub const MAX_SIGNATURES: usize = 50;
pub const MAX_SIGNATURE_BYTES: usize = 8 * 1024;
/// The longest identity that SPF is evaluated for; a macro may repeat it many times over. Longer than RFC 5321 section
/// 4.5.3.1 lets an address be.
pub const MAX_IDENTITY_BYTES: usize = 512;

/// What is handed to it, and what we made of that.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub message: &'a Message,
    pub moments: Moments,
    /// The name given in HELO, and that of the checking host, for the macros of SPF.
    pub helo: Option<&'a str>,
    pub receiver: Option<&'a str>,
    pub mail_from: Option<&'a Check>,
    pub helo_check: Option<&'a Check>,
    pub header_from: Option<&'a Check>,
    pub dkim: &'a [Signature],
    pub arc: &'a Arc,
    pub dmarc: &'a Dmarc,
    /// Every question that our evaluation asked.
    pub entries: &'a [Shared<Entry>],
}

/// Everything that it was compared in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Second {
    pub parts: Vec<Compared>,
}

/// One thing that both judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub part: Part,
    pub comparison: Comparison,
}

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Part {
    /// SPF of the envelope sender, of the HELO name, of the author domain.
    #[serde(rename = "spf-mail-from")]
    MailFrom,
    #[serde(rename = "spf-helo")]
    Helo,
    #[serde(rename = "spf-header-from")]
    HeaderFrom,
    /// The signature of that index.
    #[serde(rename = "dkim")]
    Dkim(usize),
    #[serde(rename = "arc")]
    Arc,
    #[serde(rename = "dmarc")]
    Dmarc,
    /// What the domain asks for, where both come to the same result.
    #[serde(rename = "dmarc-policy")]
    Policy,
}

impl Part {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::MailFrom => "spf-mail-from",
            Self::Helo => "spf-helo",
            Self::HeaderFrom => "spf-header-from",
            Self::Dkim(_) => "dkim",
            Self::Arc => "arc",
            Self::Dmarc => "dmarc",
            Self::Policy => "dmarc-policy",
        }
    }
}

/// How the two compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The same, in its word: what does not pass may be called differently.
    Agrees(Verdict),
    Differs {
        ours: Verdict,
        theirs: Verdict,
        /// Empty where the reason was not found.
        known: Vec<Known>,
    },
    NotCompared(Why),
}

/// A result of one of the methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Verdict {
    Spf(SpfResult),
    Dkim(DkimResult),
    Arc(ArcResult),
    Dmarc(DmarcResult),
    Policy(Policy),
}

/// A reason for a difference, shown to be the one for this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// It judges `x=` by today's date alone.
    ExpiryJudgedToday,
    /// It hashes lines of white space at the end of a relaxed body, which RFC 6376 section 3.4.4 leaves out.
    TrailingWhiteSpace,
    /// It refuses every signature with `l=`.
    LengthRefused,
    /// It cuts the body at `l=` before bringing it into its canonical form, in which RFC 6376 section 3.5 counts.
    LengthOfRawBody,
    /// Of several records at a name it takes the first that it can read.
    FirstRecordOnly,
    /// What it passes is right but for a rule that it does not enforce.
    RuleNotEnforced,
    /// A record or field breaks the grammar in a way that it overlooks.
    GrammarNotEnforced,
    /// It cannot read a field or record that the standard allows, or passes over a part of.
    CannotRead,
    /// It does not count void look-ups (RFC 7208 section 4.6.4).
    VoidLookupsNotCounted,
    /// It drops carriage returns that stand alone, which were signed as they are.
    BareReturnsDropped,
    /// It takes an ARC-Message-Signature without `c=` for simple forms, as the RFC has it; its signer meant relaxed ones.
    DraftForms,
    /// It joins several From fields, or overlooks what cannot be read in one.
    AuthorReadDifferently,
    /// It gives up where one name of the tree walk has no answer, needed or not.
    WalkGivenUp,
    /// It follows from another difference above.
    FollowsFromOther,
}

/// Why something was not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// We did not come to a result ourselves.
    NotEvaluated,
    /// It wanted an answer that our evaluation did not need, or that DNS did not give.
    AnswerNotAtHand,
    /// The message is larger than [`MAX_BODY_BYTES`] and the like.
    TooLarge,
    /// The second engine gave no result.
    EngineFailed,
}

/// What the second opinion comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// Everything that could be compared is the same.
    Full,
    /// All differences have known reasons.
    Explained,
    /// A difference has none.
    Open,
    /// There was nothing to compare.
    Nothing,
}

impl Second {
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        let mut agreement = Agreement::Nothing;
        for compared in &self.parts {
            match &compared.comparison {
                Comparison::Differs { known, .. } if known.is_empty() => return Agreement::Open,
                Comparison::Differs { .. } => agreement = Agreement::Explained,
                // That there is no chain is no opinion.
                Comparison::Agrees(Verdict::Arc(ArcResult::None)) | Comparison::NotCompared(_) => {}
                Comparison::Agrees(_) if agreement == Agreement::Nothing => agreement = Agreement::Full,
                Comparison::Agrees(_) => {}
            }
        }
        agreement
    }

    #[must_use]
    pub fn of(&self, part: Part) -> Option<&Comparison> {
        self.parts.iter().find(|compared| compared.part == part).map(|compared| &compared.comparison)
    }

    /// What differs for no known reason.
    pub fn unexplained(&self) -> impl Iterator<Item = (Part, Verdict, Verdict)> {
        self.parts.iter().filter_map(|compared| match &compared.comparison {
            Comparison::Differs { ours, theirs, known } if known.is_empty() => Some((compared.part, *ours, *theirs)),
            _ => None,
        })
    }

    /// The reasons of all explained differences, each once.
    #[must_use]
    pub fn known(&self) -> Vec<Known> {
        let mut reasons: Vec<Known> = Vec::new();
        for compared in &self.parts {
            if let Comparison::Differs { known, .. } = &compared.comparison {
                reasons.extend(known.iter().filter(|known| !reasons.contains(known)).copied().collect::<Vec<_>>());
            }
        }
        reasons
    }
}

impl Comparison {
    /// What the second engine says; `None` where it was not compared.
    #[must_use]
    pub const fn theirs(&self) -> Option<Verdict> {
        match self {
            Self::Agrees(verdict) | Self::Differs { theirs: verdict, .. } => Some(*verdict),
            Self::NotCompared(_) => None,
        }
    }
}

/// Runs the second engine beside our results.
#[must_use]
pub fn compare(input: &Input<'_>) -> Second {
    Second { parts: compare::all(input) }
}
