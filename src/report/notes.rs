//! What filters wrote: each word beside its meaning, the receiving side's notes first.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::message::hidden;
use crate::notes::{Note, Whose};
use crate::text::{Words, count};

/// The most notes and words of one note that a report lists.
const NOTES: usize = 30;
const ENTRIES: usize = 40;
/// The most characters of one word.
const TEXT: usize = 60;

/// `None` where no filter left a note.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let notes = &analysis.facts.notes;
    let panels = words.panels();
    if notes.list.is_empty() {
        return None;
    }
    let more = |left_out: usize| Block::Note(panels.more.replace("{}", &count(left_out)));
    let mut blocks = Vec::new();
    for note in notes.ordered().into_iter().take(NOTES) {
        blocks.push(Block::Pairs(vec![(hidden::mark(&note.name), heading(note, words))]));
        let rows: Vec<Vec<String>> = note
            .entries
            .iter()
            .take(ENTRIES)
            .map(|entry| {
                let written = entry.written();
                let shown =
                    if written.is_empty() { panels.note_empty.to_owned() } else { hidden::mark(&cut(&written)) };
                vec![shown, words.note_meaning(entry.meaning).to_owned()]
            })
            .collect();
        if !rows.is_empty() {
            let columns = [panels.note_word, panels.note_meaning].map(str::to_owned).to_vec();
            blocks.push(Block::Table { columns, rows });
        }
        let left_out = note.left_out + note.entries.len().saturating_sub(ENTRIES);
        if left_out > 0 {
            blocks.push(more(left_out));
        }
    }
    let left_out = notes.left_out + notes.list.len().saturating_sub(NOTES);
    if left_out > 0 {
        blocks.push(more(left_out));
    }
    Some(Section { title: panels.notes.to_owned(), blocks })
}

fn heading(note: &Note, words: &dyn Words) -> String {
    let panels = words.panels();
    let whose = match note.whose {
        Whose::Receiver(_) => panels.note_own,
        Whose::Unsure(_) => panels.unsure,
        Whose::Stranger(_) => panels.note_strange,
    };
    format!("{}; {whose}: {}", note.filter.name(), words.note_whose(note.whose))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
