//! Records that are tried on the message on show, one try after the other, and the way back.

use std::sync::Arc;

use super::{Desk, with_what_if};
use crate::dns::{Snapshot, SnapshotError};
use crate::view::{Notice, Remark};
use crate::window::judge::{Document, Task};

/// How many tries can be taken back.
const MAX_TRIES: usize = 50;

impl Desk {
    /// Judges the message on show as if the records were in DNS; what DNS answered is not asked again.
    pub(super) fn try_records(&mut self, records: Option<String>) {
        let text = records.unwrap_or_default();
        let mut tried = self.document().map(|document| document.tried.clone()).unwrap_or_default();
        if text.trim().is_empty() {
            tried.clear();
        } else if tried.last() != Some(&text) {
            tried.push(text);
        }
        if tried.len() > MAX_TRIES {
            tried.remove(0);
        }
        self.judge_with(tried);
    }

    /// Takes the last try back.
    pub(super) fn undo_what_if(&mut self) {
        let mut tried = self.document().map(|document| document.tried.clone()).unwrap_or_default();
        tried.pop();
        self.judge_with(tried);
    }

    /// Shows in the box what is tried on the message on show.
    pub(super) fn show_tried(&mut self) {
        let tried = self.document().map(|document| document.tried.clone()).unwrap_or_default();
        self.state.tries = tried.len();
        self.state.what_if = tried.last().cloned().unwrap_or_default();
    }

    fn judge_with(&mut self, tried: Vec<String>) {
        let changes = match tried.last().map(|text| Snapshot::typed(text, "what-if")).transpose() {
            Ok(changes) => changes.map(Arc::new),
            Err(error) => {
                self.notice = Some(unreadable(tried.last().map_or("", String::as_str), &error));
                return;
            }
        };
        let Some(document) = self.document().cloned() else { return };
        let own = self.shelf.input(document.key).and_then(|opened| opened.lookup.clone());
        let lookup = with_what_if(changes, own.unwrap_or_else(|| self.lookup()));
        let options = document.analysis.options.clone();
        self.state.what_if = tried.last().cloned().unwrap_or_default();
        self.work.judge(Task::Rejudge(Document { lookup, tried, ..document }, options));
    }
}

/// Which line cannot be read: the line itself, for what is wrong with it is said in English alone.
fn unreadable(text: &str, error: &SnapshotError) -> Notice {
    let at = match error {
        SnapshotError::Malformed { line, .. } => *line,
        SnapshotError::Unreadable(_) | SnapshotError::TooLarge | SnapshotError::NotText { .. } => 1,
    };
    let line = text.lines().nth(at.saturating_sub(1)).unwrap_or_default().trim();
    let is_open = line.matches('"').count() % 2 == 1;
    let remark = if is_open { Remark::WhatIfUnclosed } else { Remark::WhatIfUnreadable };
    Notice::new(remark).detail(format!("{at}: {line}"))
}

/// The lines of both: of a name and type that both say something about, the new ones.
pub(super) fn merged(old: &str, new: &str) -> String {
    let subjects: Vec<_> = new.lines().filter_map(subject).collect();
    let kept = old.lines().filter(|line| subject(line).is_none_or(|subject| !subjects.contains(&subject)));
    let lines: Vec<&str> = kept.filter(|line| !line.trim().is_empty()).chain(new.lines()).collect();
    lines.join("\n") + "\n"
}

/// The name and the type that a line of a snapshot is about.
fn subject(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let owner = if first == "$answer" { words.next()? } else { first };
    let kind = words
        .find(|word| !word.eq_ignore_ascii_case("IN") && !word.starts_with(|first: char| first.is_ascii_digit()))?;
    Some((owner.trim_end_matches('.').to_lowercase(), kind.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_read_is_shown() {
        let notice = |text: &str| unreadable(text, &Snapshot::typed(text, "what-if").unwrap_err());
        let open = "a.example. A 192.0.2.1\nexample.jp. TXT \"v=spf1";
        assert_eq!(notice(open), Notice::new(Remark::WhatIfUnclosed).detail("2: example.jp. TXT \"v=spf1"));
        let broken = "a.example. A 192.0.2";
        assert_eq!(notice(broken), Notice::new(Remark::WhatIfUnreadable).detail("1: a.example. A 192.0.2"));
    }

    #[test]
    fn a_second_try_keeps_what_the_first_said_of_other_names() {
        let old = "a.example. IN TXT \"v=spf1 -all\"\nb.example. 60 IN TXT \"x\"\n";
        let new = "B.example. TXT \"y\"\n$answer c.example. TXT nodata\n";
        assert_eq!(
            merged(old, new),
            "a.example. IN TXT \"v=spf1 -all\"\nB.example. TXT \"y\"\n$answer c.example. TXT nodata\n"
        );
        assert_eq!(merged("", new), new);
    }
}
