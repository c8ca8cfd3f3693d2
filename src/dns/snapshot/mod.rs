//! Answers from a `.dns` file: samples, tests, and the replay of a saved case.

use std::collections::HashMap;
use std::path::Path;

use super::{Answer, Lookup, Origin, Question, Recorded, Source, Timed};
use zone::Zone;

mod read;
#[cfg(test)]
mod tests;
mod token;
mod typed;
mod write;
mod zone;

pub use write::{write, write_records};

/// The mark of an answer that was taken from a file of keys ([`Source::KeyFile`]).
const KEY_FILE: &str = "key-file";

/// The mark of an answer that is not in DNS, but tried ([`Source::WhatIf`]).
const WHAT_IF: &str = "what-if";

/// The mark of an answer of which the server says that it checked it ([`Answer::authentic`]).
const AUTHENTIC: &str = "authentic";

/// The most octets of a snapshot file; a recorded analysis takes a few thousand.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// A snapshot that has been read.
///
/// It holds two kinds of answers. Record and `$answer` lines are a *zone*: a name listed there is known whole, so that a
/// type it lacks is [`NoData`](super::Failure::NoData). An `$asked NAME TYPE MILLIS` line opens a *recording*, up to the
/// next empty line: what one question was answered, which says nothing about any other question.
#[derive(Debug)]
pub struct Snapshot {
    name: String,
    zone: Zone,
    recordings: HashMap<Question, Recording>,
    /// What DNS said where a record was tried.
    published: HashMap<Question, Zone>,
    recorded: Option<Recorded>,
}

/// What one question was answered when the snapshot was recorded.
#[derive(Debug)]
struct Recording {
    zone: Zone,
    millis: Option<u64>,
    source: Source,
    is_authentic: bool,
}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("{0}")]
    Unreadable(#[from] std::io::Error),
    #[error("larger than {} MiB", MAX_FILE / 1024 / 1024)]
    TooLarge,
    #[error("not UTF-8 text (octet {at})")]
    NotText { at: usize },
    /// The line number counts from 1.
    #[error("line {line}: {what}")]
    Malformed { line: usize, what: &'static str },
}

impl Snapshot {
    /// Reads the text of a snapshot; `name` is what [`Origin::Snapshot`] calls it.
    pub fn parse(text: &str, name: &str) -> Result<Self, SnapshotError> {
        read::parse(text, name)
    }

    /// Reads lines as people type them: text that stands without quotation marks is one text, to the end of its line.
    pub fn typed(text: &str, name: &str) -> Result<Self, SnapshotError> {
        read::parse(&typed::quoted(text), name)
    }

    /// Reads a snapshot file.
    pub fn read(path: &Path) -> Result<Self, SnapshotError> {
        Self::parse(&text(path)?, &path.display().to_string())
    }

    /// Reads a file of lines as people type them ([`Snapshot::typed`]).
    pub fn read_typed(path: &Path) -> Result<Self, SnapshotError> {
        Self::typed(&text(path)?, &path.display().to_string())
    }

    /// When it was recorded, when the file says so.
    #[must_use]
    pub const fn recorded(&self) -> Option<&Recorded> {
        self.recorded.as_ref()
    }

    /// Whether a line says something about that question.
    pub(super) fn lists(&self, question: &Question) -> bool {
        self.recordings.contains_key(question) || self.zone.lists(question)
    }

    fn answer(&self, question: &Question) -> Timed {
        match self.recordings.get(question) {
            Some(Recording { zone, millis, source: _, is_authentic }) => {
                let answer = Answer { authentic: *is_authentic, ..zone.answer(question) };
                Timed { answer, millis: *millis }
            }
            None => Timed { answer: self.zone.answer(question), millis: None },
        }
    }
}

fn text(path: &Path) -> Result<String, SnapshotError> {
    if std::fs::metadata(path)?.len() > MAX_FILE {
        return Err(SnapshotError::TooLarge);
    }
    let bytes = std::fs::read(path)?;
    String::from_utf8(bytes).map_err(|error| SnapshotError::NotText { at: error.utf8_error().valid_up_to() })
}

impl Lookup for Snapshot {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        questions.iter().map(|question| self.answer(question)).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot(self.name.clone())
    }

    fn recorded(&self) -> Option<Recorded> {
        self.recorded.clone()
    }

    fn published(&self, question: &Question) -> Option<Answer> {
        self.published.get(question).map(|zone| zone.answer(question))
    }

    fn source(&self, question: &Question) -> Source {
        self.recordings.get(question).map_or(Source::Answers, |recording| recording.source)
    }
}
