//! One finding, with a primary place to point at.

use serde::Serialize;

use super::Problem;
use crate::auth::trace::StepId;
use crate::dns::QuestionId;
use crate::message::Span;
use crate::sender::who::Place;

/// One opinion about the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is the case, with the values its sentences need.
    pub problem: Problem,
    pub severity: Severity,
    pub confidence: Confidence,
    /// Who can change it.
    pub actor: Actor,
    /// The primary place it rests on.
    pub evidence: Evidence,
    /// Further places.
    pub more: Vec<Evidence>,
}

/// A place that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Evidence {
    Bytes(Span),
    Step(StepId),
    Question(QuestionId),
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl From<Place> for Evidence {
    fn from(place: Place) -> Self {
        match place {
            Place::Bytes(span) => Self::Bytes(span),
            Place::Step(id) => Self::Step(id),
            Place::Question(id) => Self::Question(id),
        }
    }
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Possible,
    Likely,
    Certain,
}

/// Who can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The sender's DNS or mail server.
    Sender,
    SendingService,
    Forwarder,
    Receiver,
    /// Whoever uses this program, by how it is run.
    Reader,
    Nobody,
}

impl Finding {
    /// A certain finding that rests on `evidence`.
    #[must_use]
    pub const fn certain(problem: Problem, severity: Severity, actor: Actor, evidence: Evidence) -> Self {
        Self { problem, severity, confidence: Confidence::Certain, actor, evidence, more: Vec::new() }
    }

    #[must_use]
    pub const fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    #[must_use]
    pub fn also(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.more.extend(evidence);
        self
    }
}
