//! The list of terms, over the panel.

use egui::{Align2, RichText, ScrollArea, TextStyle, Ui, Window};

use super::action::Action;
use super::state::{Glossary, State};
use super::{keys, theme};
use crate::text::glossary::Term;

/// Draws the list where it was asked for.
pub(super) fn show(ui: &Ui, state: &State) -> Option<Action> {
    if state.glossary == Glossary::Hidden {
        return None;
    }
    let words = state.words();
    let mut is_open = true;
    let room = ui.ctx().content_rect();
    Window::new(words.panels().terms)
        .open(&mut is_open)
        .collapsible(false)
        .pivot(Align2::CENTER_CENTER)
        .default_pos(room.center())
        .default_width(theme::MEASURE.min(room.width() * 0.8))
        .default_height(room.height() * 0.7)
        .show(ui.ctx(), |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.scroll_with_delta(keys::scroll(ui));
                for term in Term::ALL {
                    let entry = words.term(term);
                    let strong = theme::palette(ui).strong();
                    ui.label(RichText::new(entry.name).text_style(TextStyle::Heading).color(strong));
                    ui.label(entry.meaning);
                    ui.add_space(theme::GAP);
                }
            });
        });
    (!is_open).then_some(Action::Glossary(Glossary::Hidden))
}
