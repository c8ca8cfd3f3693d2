//! What an evaluation comes to, and what stops it.

use super::{Culprit, Matched, Reason, SpfResult};
use crate::auth::trace::Outcome;

/// What one `check_host()` came to.
#[derive(Debug)]
pub(super) struct Ruling {
    pub(super) result: Option<SpfResult>,
    pub(super) reason: Reason,
    pub(super) matched: Option<Matched>,
    pub(super) culprit: Option<Culprit>,
    pub(super) explanation: Option<String>,
}

impl Ruling {
    /// A result that no term of the record led to.
    pub(super) fn without_match(reason: Reason, domain: &str, term: Option<&str>) -> Self {
        let result = match reason {
            Reason::NotAsked => None,
            Reason::NoRecord | Reason::NoSuchDomain | Reason::NotADomain => Some(SpfResult::None),
            Reason::DnsTrouble => Some(SpfResult::TempError),
            Reason::Matched | Reason::NothingMatched => Some(SpfResult::Neutral),
            _ => Some(SpfResult::PermError),
        };
        let is_error = matches!(result, Some(SpfResult::PermError | SpfResult::TempError));
        let culprit = is_error.then(|| Culprit { domain: domain.to_owned(), term: term.map(str::to_owned) });
        Self { result, reason, matched: None, culprit, explanation: None }
    }

    pub(super) const fn outcome(&self) -> Outcome {
        match self.result {
            None => Outcome::NotEvaluated,
            Some(SpfResult::None) => Outcome::None,
            Some(SpfResult::Neutral) => Outcome::Neutral,
            Some(SpfResult::Pass) => Outcome::Pass,
            Some(SpfResult::Fail) => Outcome::Fail,
            Some(SpfResult::SoftFail) => Outcome::SoftFail,
            Some(SpfResult::TempError) => Outcome::TempError,
            Some(SpfResult::PermError) => Outcome::PermError,
        }
    }
}

/// What stops an evaluation before a term has matched or not.
pub(super) enum Halt {
    /// At this term.
    Here(Reason),
    /// In the record that this term leads to.
    Inside(Box<Ruling>),
}

impl Halt {
    /// What a target's ruling means for the term that led to it. The term is at fault where the target has no record or
    /// could not be asked for it; an error within the target's record stays that record's.
    pub(super) fn at_target(ruling: Ruling) -> Self {
        match ruling.result {
            Some(SpfResult::None) => Self::Here(Reason::TargetHasNoRecord),
            Some(SpfResult::TempError) if ruling.culprit.as_ref().is_some_and(|culprit| culprit.term.is_none()) => {
                Self::Here(Reason::DnsTrouble)
            }
            _ => Self::Inside(Box::new(ruling)),
        }
    }

    pub(super) const fn outcome(&self) -> Outcome {
        match self {
            Self::Here(Reason::LookupLimit | Reason::VoidLookupLimit | Reason::MxLimit) => Outcome::LimitExceeded,
            Self::Here(Reason::NotAsked) => Outcome::NotEvaluated,
            Self::Here(Reason::DnsTrouble) => Outcome::TempError,
            Self::Here(_) => Outcome::PermError,
            Self::Inside(ruling) => ruling.outcome(),
        }
    }

    pub(super) fn into_ruling(self, domain: &str, term: &str) -> Ruling {
        match self {
            Self::Here(reason) => Ruling::without_match(reason, domain, Some(term)),
            Self::Inside(ruling) => *ruling,
        }
    }
}

/// Whether a mechanism matched, and in an included record, at which term.
pub(super) enum Match {
    Yes,
    Inside(Option<Matched>),
    No,
}
