//! Where answers were taken from, told in a way that a replay repeats.

use jiff::Timestamp;
use serde::Serialize;

use super::{Choice, Ledger, Origin};

/// When and through what something was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub at: Timestamp,
    /// An [`Origin`] in words.
    pub through: String,
}

/// Who answered the questions of an analysis, and when. A snapshot that DNS filled counts as DNS of its day, so that its
/// replay says the same as the analysis that recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provenance {
    /// DNS, at that moment, through that server or resolver.
    Dns { at: Timestamp, through: String },
    /// A file that does not say when DNS answered so.
    File,
}

/// Where one answer was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// From whoever answers in this analysis ([`Provenance`]).
    #[default]
    Answers,
    /// From a file of keys that the user gave beside it.
    KeyFile,
    /// From records that the user wishes to see tried: not in DNS.
    WhatIf,
}

impl Ledger<'_> {
    /// What to write over a recording of this ledger: a recording of recorded answers keeps their day.
    #[must_use]
    pub fn recording(&self, now: Timestamp) -> Recorded {
        self.recorded().unwrap_or_else(|| Recorded { at: now, through: self.origin().to_string() })
    }

    /// Who answers here, and when; `now` is the clock.
    #[must_use]
    pub fn provenance(&self, now: Timestamp) -> Provenance {
        let dated = !matches!(self.origin(), Origin::Snapshot(_)) || self.recorded().is_some();
        let Recorded { at, through } = self.recording(now);
        // What was copied from another file is dated by the copy, and not by DNS.
        let is_file = matches!(through.parse(), Ok(Choice::Snapshot(_)));
        if dated && !is_file { Provenance::Dns { at, through } } else { Provenance::File }
    }
}
