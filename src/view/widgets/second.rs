//! What the second engine says, where it says something else.

use egui::Ui;

use super::note;
use crate::auth::second::{Comparison, Part, Second};
use crate::text::Words;
use crate::view::theme::Tone;

/// One quiet line where it differs, and nothing where it agrees.
pub(in crate::view) fn second_opinion(ui: &mut Ui, second: &Second, part: Part, words: &dyn Words) {
    if let Some(Comparison::Differs { theirs, known, .. }) = second.of(part) {
        let tone = if known.is_empty() { Tone::Caution } else { Tone::Unknown };
        note(ui, tone, &words.second_says(part, *theirs, known));
    }
}
