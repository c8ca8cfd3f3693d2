//! What filters wrote: every word beside its meaning, and whose note it is.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::check::Evidence;
use crate::notes::{Entry, Meaning, Note, Notes, Whose};
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{Untrusted, line};
use crate::view::widgets::{link, note, section, state_word};

/// The most notes and words of one note that are drawn; a hostile message can have thousands.
const NOTES: usize = 30;
const ENTRIES: usize = 60;
/// The most characters of one word.
const TEXT: usize = 120;
/// How wide the words as written are, as a part of the whole.
const WRITTEN: f32 = 0.33;

/// One card with every note, the receiving side's first; nothing where there is none.
pub(super) fn show(ui: &mut Ui, notes: &Notes, words: &dyn Words) -> Option<Action> {
    if notes.list.is_empty() {
        return None;
    }
    let panels = words.panels();
    section(ui, panels.notes, |ui| {
        note(ui, Tone::Unknown, panels.notes_hint);
        let mut action = None;
        for (index, one) in notes.ordered().into_iter().take(NOTES).enumerate() {
            if index > 0 {
                ui.add_space(theme::GAP);
                ui.separator();
            }
            action = card(ui, one, words).or(action);
        }
        let hidden = notes.left_out + notes.list.len().saturating_sub(NOTES);
        if hidden > 0 {
            note(ui, Tone::Unknown, &panels.more.replace("{}", &count(hidden)));
        }
        action
    })
}

fn card(ui: &mut Ui, one: &Note, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let weak = theme::palette(ui).weak();
    ui.add_space(theme::GAP);
    let action = ui.horizontal_wrapped(|ui| {
        ui.add(Untrusted::fixed(&one.name).color(theme::palette(ui).strong()));
        ui.label(RichText::new(one.filter.name()).color(weak));
        link(ui, &Evidence::Bytes(one.span), words)
    });
    ui.horizontal_wrapped(|ui| {
        let (tone, word) = match one.whose {
            Whose::Receiver(_) => (Tone::Info, panels.note_own),
            Whose::Unsure(_) => (Tone::Caution, panels.unsure),
            Whose::Stranger(_) => (Tone::Unknown, panels.note_strange),
        };
        state_word(ui, tone, word);
        ui.label(words.note_whose(one.whose));
    });
    ui.add_space(theme::TIGHT);
    for entry in one.entries.iter().take(ENTRIES) {
        row(ui, one, entry, words);
    }
    let hidden = one.left_out + one.entries.len().saturating_sub(ENTRIES);
    if hidden > 0 {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(hidden)));
    }
    if let Some(source) = one.source {
        let text = panels.documented.replace("{page}", source.page).replace("{date}", source.checked_on);
        ui.label(RichText::new(text).small().color(weak));
    }
    action.inner
}

/// The word as written at the left, its meaning at the right, each as high as it needs.
fn row(ui: &mut Ui, one: &Note, entry: &Entry, words: &dyn Words) {
    let palette = theme::palette(ui);
    let whole = (ui.available_width() - theme::WIDE).max(0.0);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = theme::WIDE;
        ui.allocate_ui_with_layout(vec2(whole * WRITTEN, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(whole * WRITTEN);
            let written = entry.written();
            if written.is_empty() {
                ui.label(RichText::new(words.panels().note_empty).color(palette.weak()));
            } else {
                let color = if entry.meaning.is_mute() { palette.weak() } else { palette.text() };
                ui.add(Untrusted::fixed(&line(&short(&written))).color(color));
            }
        });
        ui.allocate_ui_with_layout(vec2(whole * (1.0 - WRITTEN), 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(whole * (1.0 - WRITTEN));
            let meaning = words.note_meaning(entry.meaning);
            let color = match weight(one, entry.meaning) {
                Some(tone) => palette.ink(tone).text,
                None if entry.meaning.is_mute() => palette.weak(),
                None => palette.text(),
            };
            ui.label(RichText::new(meaning).color(color));
        });
    });
}

/// What decided, in the receiving side's own notes.
fn weight(note: &Note, meaning: Meaning) -> Option<Tone> {
    if !note.whose.is_receiver() {
        return None;
    }
    if Meaning::PHISH.contains(&meaning) || Meaning::SPAM.contains(&meaning) {
        Some(Tone::Caution)
    } else if Meaning::SKIPPED.contains(&meaning) {
        Some(Tone::Info)
    } else {
        None
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
