//! What Help shows over the panel: the list of terms, or of keys.

use egui::{Align2, Grid, RichText, ScrollArea, TextStyle, Ui, Window, vec2};

use super::action::Action;
use super::state::{Glossary, State};
use super::{keys, theme};
use crate::text::Words;
use crate::text::glossary::Term;

/// Draws the list that was asked for.
pub(super) fn show(ui: &Ui, state: &State) -> Option<Action> {
    let words = state.words();
    let panels = words.panels();
    let (title, list): (_, fn(&mut Ui, &dyn Words)) = match state.glossary {
        Glossary::Hidden => return None,
        Glossary::Shown => (panels.terms, terms),
        Glossary::Keys => (panels.keys, shortcuts),
    };
    let mut is_open = true;
    let room = ui.ctx().content_rect();
    Window::new(title)
        .open(&mut is_open)
        .collapsible(false)
        .pivot(Align2::CENTER_CENTER)
        .default_pos(room.center())
        .default_width(theme::MEASURE.min(room.width() * 0.8))
        .default_height(room.height() * 0.7)
        .show(ui.ctx(), |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.scroll_with_delta(keys::scroll(ui));
                list(ui, words);
            });
        });
    (!is_open).then_some(Action::Glossary(Glossary::Hidden))
}

fn terms(ui: &mut Ui, words: &dyn Words) {
    for term in Term::ALL {
        let entry = words.term(term);
        let strong = theme::palette(ui).strong();
        ui.label(RichText::new(entry.name).text_style(TextStyle::Heading).color(strong));
        ui.label(entry.meaning);
        ui.add_space(theme::GAP);
    }
}

fn shortcuts(ui: &mut Ui, words: &dyn Words) {
    Grid::new("keys").num_columns(2).striped(true).spacing(vec2(theme::WIDE * 2.0, theme::GAP)).show(ui, |ui| {
        for (keys, name) in keys::all(ui, words) {
            ui.label(RichText::new(keys).color(theme::palette(ui).strong()));
            ui.label(name);
            ui.end_row();
        }
    });
}
