//! Who sent it: the service whose mail it is, the one that carried it, and how they stand to the author domain. What proves
//! a service, what makes it likely and what is only claimed are kept apart.

mod choose;
mod marks;
mod relation;

use std::sync::Arc;

use serde::Serialize;

pub use relation::{RelationKind, Relationship, Tie, TieKind};

use super::services::{Known, Service};
use crate::auth::trace::StepId;
use crate::dns::{Entry, Question, QuestionId};
use crate::facts::Facts;
use crate::message::{Message, Span};

/// Who sent a message, as far as it shows.
#[derive(Debug, Clone, Default)]
pub struct Sender {
    /// The service whose customers or users wrote it. Never only claimed.
    pub service: Option<Attribution>,
    /// The service that it sent it through. Never only claimed.
    pub carrier: Option<Attribution>,
    /// Who handed it over to the receiving side, where that is neither of them. Never only claimed.
    pub via: Option<Attribution>,
    /// Where the machine is rented that handed it over.
    pub rented_at: Option<Attribution>,
    /// What the header says without proof, the strongest mark first. None of them is one of those above.
    pub claims: Vec<Attribution>,
    pub relationship: Relationship,
    /// Of another organization than the author's and of no service that is known: what proves who sent it.
    pub outsider: Option<Tie>,
}

/// A service, how sure it is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    pub service: &'static Service,
    pub assurance: Assurance,
    /// Never empty; the strongest first.
    pub marks: Vec<Mark>,
}

/// How sure a service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// Anybody can write that.
    Claimed,
    /// Proved to be whose it is by a mark that is not known well enough, or recorded by the receiving side and not confirmed.
    Likely,
    Proved,
}

/// One thing that shows a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub proof: Proof,
    /// The name that shows it: a domain, a host, or the name of a field.
    pub name: String,
    pub known: Known,
    pub place: Option<Place>,
}

/// Where a mark can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Bytes(Span),
    Step(StepId),
    Question(QuestionId),
}

/// By what a mark is backed, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// `d=` of a signature that was verified.
    Signature,
    /// The key of such a signature is kept at the service: a CNAME record leads there.
    SignatureKey,
    /// The domain of the envelope sender, which passed SPF.
    Envelope,
    /// That domain is kept at the service: a CNAME record leads there.
    EnvelopeHost,
    /// The service's own SPF record lists the address that connected.
    AddressRange,
    /// The HELO name, which passed SPF (RFC 7208 section 2.3).
    HeloPassed,
    /// The reverse name of the address that connected, which points back to it.
    ReverseName,
    /// The reverse name that the receiving server recorded; it was not confirmed.
    RecordedName,
    /// A reverse name that does not point back, or that the receiving server doubted.
    UnconfirmedName,
    /// The HELO name alone.
    Helo,
    /// `d=` of a signature that was not verified.
    UnverifiedSignature,
    /// The domain of an envelope sender that did not pass SPF.
    UnverifiedEnvelope,
    MessageId,
    FeedbackId,
    /// Another field of the header.
    Field,
}

impl Proof {
    /// What a mark comes to whose meaning is known that well.
    #[must_use]
    pub const fn assurance(self, known: Known) -> Assurance {
        match self {
            Self::Signature
            | Self::SignatureKey
            | Self::Envelope
            | Self::EnvelopeHost
            | Self::AddressRange
            | Self::HeloPassed
            | Self::ReverseName => {
                if known.is_firm() {
                    Assurance::Proved
                } else {
                    Assurance::Likely
                }
            }
            Self::RecordedName => Assurance::Likely,
            Self::UnconfirmedName
            | Self::Helo
            | Self::UnverifiedSignature
            | Self::UnverifiedEnvelope
            | Self::MessageId
            | Self::FeedbackId
            | Self::Field => Assurance::Claimed,
        }
    }

    /// It shows whose server connected to the receiving side, not who signed.
    #[must_use]
    pub const fn is_transport(self) -> bool {
        matches!(
            self,
            Self::Envelope
                | Self::EnvelopeHost
                | Self::AddressRange
                | Self::HeloPassed
                | Self::ReverseName
                | Self::RecordedName
        )
    }
}

/// One thing that the sentence about the sender rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason<'a> {
    Mark(&'a Mark),
    Tie(&'a Tie),
}

impl<'a> Reason<'a> {
    /// Where it can be seen.
    #[must_use]
    pub const fn place(self) -> Option<&'a Place> {
        match self {
            Self::Mark(mark) => mark.place.as_ref(),
            Self::Tie(tie) => tie.place.as_ref(),
        }
    }
}

impl Mark {
    #[must_use]
    pub const fn assurance(&self) -> Assurance {
        self.proof.assurance(self.known)
    }
}

impl Attribution {
    /// The strongest marks that are more than claims.
    fn backed(&self, most: usize) -> impl Iterator<Item = Reason<'_>> {
        self.marks.iter().filter(|mark| mark.assurance() > Assurance::Claimed).take(most).map(Reason::Mark)
    }

    /// Shown by more than who connected.
    #[must_use]
    pub(super) fn is_signed(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark.proof, Proof::Signature | Proof::SignatureKey))
    }
}

impl Sender {
    /// Reads the marks of what was evaluated; nothing is asked.
    #[must_use]
    pub fn of(message: &Message, facts: &Facts, questions: &[Arc<Entry>]) -> Self {
        let found = marks::attributions(message, facts, questions);
        let mut sender = choose::roles(found, facts);
        sender.relationship = relation::of(&sender, facts, questions);
        sender.outsider = relation::outsider(&sender, facts);
        sender
    }

    /// What DNS is to be asked before it can be said whether a name of the author's is kept at the service; mostly nothing.
    #[must_use]
    pub fn open_questions(&self, facts: &Facts) -> Vec<Question> {
        relation::delegations(self, facts)
    }

    /// What the sentence about the sender rests on, the weightiest first: of each service its strongest marks, then what ties
    /// them to the author domain. Where nothing is shown, what the first claim rests on.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason<'_>> {
        let others =
            [&self.carrier, &self.via, &self.rented_at].into_iter().flatten().flat_map(|other| other.backed(1));
        let mut reasons: Vec<Reason<'_>> =
            self.service.iter().flat_map(|service| service.backed(2)).chain(others).collect();
        let is_said =
            |tie: &&Tie| tie.place.is_some() && reasons.iter().any(|reason| reason.place() == tie.place.as_ref());
        let ties: Vec<Reason<'_>> =
            self.relationship.evidence.iter().filter(|tie| !is_said(tie)).take(2).map(Reason::Tie).collect();
        reasons.extend(ties);
        reasons.extend(self.outsider.iter().map(Reason::Tie));
        if reasons.is_empty() {
            reasons.extend(self.claims.iter().filter_map(|claim| claim.marks.first()).take(2).map(Reason::Mark));
        }
        reasons
    }

    /// Nothing but claims is known of who sent it.
    #[must_use]
    pub fn is_only_claimed(&self) -> bool {
        let is_open = self.relationship.kind == RelationKind::Unknown;
        is_open && self.service.is_none() && self.via.is_none() && !self.claims.is_empty()
    }

    /// The service, where that is proved.
    #[must_use]
    pub fn proved_service(&self) -> Option<&'static Service> {
        let proved = self.service.as_ref().filter(|service| service.assurance == Assurance::Proved);
        proved.map(|service| service.service)
    }

    /// Every service that is named, whatever its part in it.
    pub fn named(&self) -> impl Iterator<Item = &Attribution> {
        [&self.service, &self.carrier, &self.via, &self.rented_at].into_iter().flatten().chain(&self.claims)
    }
}
