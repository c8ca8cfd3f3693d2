//! What happened, step by step, each with the way to where it is seen.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::analyze::Analysis;
use crate::check::{Evidence, narrate};
use crate::text::Words;
use crate::view::action::Action;
use crate::view::theme;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::evidence::place_name;
use crate::view::widgets::explained;

/// Wide enough for the number of a step.
const NUMBER: f32 = 20.0;

pub(in crate::view) fn narrative(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    for (index, chapter) in narrate(&analysis.facts, &analysis.headline).iter().enumerate() {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            let weak = theme::palette(ui).weak();
            ui.allocate_ui_with_layout(vec2(NUMBER, 0.0), Layout::top_down(Align::Max), |ui| {
                ui.set_width(NUMBER);
                ui.label(RichText::new(format!("{}.", index + 1)).color(weak));
            });
            ui.spacing_mut().interact_size.y = 0.0;
            ui.vertical(|ui| {
                ui.set_max_width(theme::MEASURE.min(ui.available_width()));
                ui.horizontal_wrapped(|ui| {
                    let sentence = words.event(&chapter.event);
                    let shown = ui.add(Untrusted::new(&sentence));
                    explained(ui, &shown, &sentence, words);
                    action = places(ui, &chapter.evidence, analysis, words).or(action.take());
                });
            });
        });
    }
    action
}

/// A link to each place, by the name under which it is found. One name is offered once.
fn places(ui: &mut Ui, evidence: &[Evidence], analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    let mut offered: Vec<String> = Vec::new();
    let mut action = None;
    for place in evidence {
        let name = place_name(place, analysis, words);
        if !offered.contains(&name) {
            if ui.link(&name).clicked() {
                action = Some(Action::Look(place.clone()));
            }
            offered.push(name);
        }
    }
    action
}
