//! One finding, with a primary place to point at.

use serde::Serialize;

use super::Problem;
use crate::auth::trace::StepId;
use crate::dns::QuestionId;
use crate::message::Span;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

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
    Nobody,
}
