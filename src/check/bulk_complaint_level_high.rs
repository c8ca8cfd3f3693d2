//! Microsoft knows the sender for complaints: the level reaches the default threshold for bulk mail.

use super::source::page;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::notes::Meaning;

pub(super) const SOURCES: &[Source] =
    &[page("learn.microsoft.com/defender-office-365/anti-spam-bulk-complaint-level-bcl-about", "2026-11-22")];

/// From this level on, the default policy treats bulk mail as spam (Microsoft's page of 2023-10-17).
const THRESHOLD: u8 = 7;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let own = subject.facts.notes.list.iter().filter(|note| note.whose.is_receiver());
    let levels = [Meaning::BulkMixedComplaints, Meaning::BulkManyComplaints];
    let mut entries = own.flat_map(|note| &note.entries).filter(|entry| levels.contains(&entry.meaning));
    let (level, entry) = entries.find_map(|entry| {
        let level = entry.value.value.parse::<u8>().ok().filter(|level| *level >= THRESHOLD)?;
        Some((level, entry))
    })?;
    let problem = Problem::BulkComplaintLevelHigh { level };
    Some(Finding::certain(problem, Severity::Warning, Actor::Sender, Evidence::Bytes(entry.place())))
}
