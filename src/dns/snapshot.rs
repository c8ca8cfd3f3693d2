//! Answers from a `.dns` file: samples, tests, and the replay of a saved case.

/// A snapshot that has been read.
pub struct Snapshot {}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct SnapshotError {
    pub line: usize,
    pub what: &'static str,
}
