//! How much a search may cost. What is counted is work, not time, so that a message gives the same report on every machine;
//! a clock stands behind it for a machine that is slower than any we know.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::Change;
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::Watch;

/// Work for all signatures of one message, in bytes hashed: about a second on a processor without SHA instructions.
const WORK: u64 = 120_000_000;
/// What one check of an Ed25519 signature costs, in the same unit.
pub(super) const CHECK: u64 = 50_000;
/// What one look at an unfinished hash costs.
pub(super) const LOOK: u64 = 128;
/// What one try costs beside the bytes it hashes.
const TRY: u64 = 512;
/// The clock behind it; a build without optimisation takes that much longer for the same work.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 2 });

/// How a search that found nothing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Everything that is known was tried.
    Complete,
    /// At the limit of work or time.
    Limit,
    /// Nobody waits for the result any more.
    Cancelled,
}

/// What is left to spend, and what was tried so far.
#[derive(Debug)]
pub(super) struct Budget<'a> {
    left: u64,
    /// What has to stay for the searches to come.
    reserve: u64,
    started: Instant,
    watch: &'a Watch,
    ended: Ended,
    tries: Tries,
}

impl<'a> Budget<'a> {
    pub(super) fn new(watch: &'a Watch) -> Self {
        let tries = Tries::default();
        Self { left: WORK, reserve: 0, started: Instant::now(), watch, ended: Ended::Complete, tries }
    }

    /// Begins a search that may use its part of what is left, `to_come` searches coming after it.
    pub(super) fn begin(&mut self, to_come: u64) {
        self.reserve = self.left / (to_come + 1) * to_come;
        if self.ended == Ended::Limit {
            self.ended = Ended::Complete;
        }
        self.tries = Tries::default();
    }

    /// Takes the cost of one try of undoing `change`; false when it may not be made.
    pub(super) fn spend(&mut self, change: Change, bytes: u64) -> bool {
        let cost = bytes.saturating_add(TRY);
        if self.watch.is_cancelled() {
            self.ended = Ended::Cancelled;
            return false;
        }
        if self.left.saturating_sub(self.reserve) < cost || self.started.elapsed() > TIME {
            self.ended = Ended::Limit;
            self.tries.outcome(change, Outcome::LimitExceeded);
            return false;
        }
        self.left -= cost;
        self.tries.count(change);
        self.watch.note_try();
        true
    }

    /// Whether a try was refused, so that no further one is worth making.
    pub(super) fn is_over(&self) -> bool {
        self.ended != Ended::Complete
    }

    pub(super) fn found(&mut self, change: Change) {
        self.tries.outcome(change, Outcome::Match);
    }

    /// Ends a search: how, and what was tried.
    pub(super) fn end(&mut self) -> (Ended, Tries) {
        (self.ended, std::mem::take(&mut self.tries))
    }
}

/// What was tried, by change, in the order of trying.
#[derive(Debug, Default)]
pub(super) struct Tries(Vec<(Change, u32, Outcome)>);

impl Tries {
    fn entry(&mut self, change: Change) -> Option<&mut (Change, u32, Outcome)> {
        if !self.0.iter().any(|(known, ..)| *known == change) {
            self.0.push((change, 0, Outcome::NoMatch));
        }
        self.0.iter_mut().find(|(known, ..)| *known == change)
    }

    fn count(&mut self, change: Change) {
        if let Some((_, tries, _)) = self.entry(change) {
            *tries += 1;
        }
    }

    fn outcome(&mut self, change: Change, outcome: Outcome) {
        if let Some((_, _, known)) = self.entry(change).filter(|(_, _, known)| *known != Outcome::Match) {
            *known = outcome;
        }
    }

    /// All tries together.
    pub(super) fn total(&self) -> u32 {
        self.0.iter().map(|(_, tries, _)| tries).sum()
    }

    /// One step a kind of change.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.0.iter().map(|(change, tries, outcome)| Step::new(What::Cause(*change), *outcome).tries(*tries))
    }
}
