//! The tree of steps that an evaluator wrote.

use egui::{Align, RichText, Sense, Stroke, Ui, vec2};

use super::{arrived, link, state_word};
use crate::auth::trace::{Outcome, Place, Step};
use crate::check::Evidence;
use crate::dns::QuestionId;
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::state::Look;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;

/// The most steps of one tree that are drawn. SPF allows records with thousands of terms.
const MAX_STEPS: usize = 300;
/// The deepest indentation; steps further down stand there too.
const MAX_DEPTH: u8 = 12;

/// Draws a tree; `look` is the place that was asked for, which is marked.
pub(in crate::view) fn steps(ui: &mut Ui, root: &Step, look: Option<&Look>, words: &dyn Words) -> Option<Action> {
    let mut tree = Tree { look, words, drawn: 0, action: None };
    tree.step(ui, root, 0);
    if tree.drawn > MAX_STEPS {
        let hidden = tree.drawn - MAX_STEPS;
        ui.label(RichText::new(words.panels().more.replace("{}", &count(hidden))).color(theme::palette(ui).weak()));
    }
    tree.action
}

struct Tree<'a> {
    look: Option<&'a Look>,
    words: &'a dyn Words,
    drawn: usize,
    action: Option<Action>,
}

impl Tree<'_> {
    fn step(&mut self, ui: &mut Ui, step: &Step, depth: u8) {
        self.drawn += 1;
        if self.drawn <= MAX_STEPS {
            self.line(ui, step, depth);
        }
        for child in &step.children {
            self.step(ui, child, depth.saturating_add(1).min(MAX_DEPTH));
        }
    }

    fn line(&mut self, ui: &mut Ui, step: &Step, depth: u8) {
        let look = self.look.filter(|look| matches!(&look.evidence, Evidence::Step(id) if *id == step.id));
        let row = ui.horizontal_wrapped(|ui| {
            indent(ui, depth);
            state_word(ui, tone::step(step, depth), self.words.outcome(step.outcome));
            ui.label(self.words.step(step.what));
            if let Some(text) = step.text.as_deref().filter(|text| !text.is_empty()) {
                let color = match step.outcome {
                    Outcome::NoMatch | Outcome::Skipped => theme::palette(ui).weak(),
                    _ => theme::palette(ui).strong(),
                };
                ui.add(Untrusted::fixed(text).color(color));
            }
            if let Some(cost) = step.cost.map(|cost| self.words.spf_cost(cost)) {
                ui.label(RichText::new(cost).color(theme::palette(ui).weak()));
            }
            if let Some(tries) = step.tries {
                ui.label(RichText::new(format!("×{tries}")).color(theme::palette(ui).weak()));
            }
            if let Some(place @ Place::Answer { question, span, .. }) = step.place {
                let name = format!("DNS #{} [{}–{}]", question.0, span.start, span.end);
                if ui.link(name).on_hover_text(self.words.panels().show_in_answer).clicked() {
                    self.action = Some(Action::LookAt(place));
                }
            }
            for question in step.questions.iter().filter(|asked| !is_about(step, **asked)) {
                if let Some(action) = link(ui, &Evidence::Question(*question), self.words) {
                    self.action = Some(action);
                }
            }
        });
        if let Some(look) = look {
            let color = theme::palette(ui).ink(Tone::Info).text;
            ui.painter().rect_stroke(row.response.rect, 2.0, Stroke::new(1.5, color), egui::StrokeKind::Outside);
            if arrived(ui, look) {
                row.response.scroll_to_me(Some(Align::Center));
            }
        }
    }
}

/// The step is about a part of the answer to that question, to which it has a link already.
fn is_about(step: &Step, asked: QuestionId) -> bool {
    matches!(step.place, Some(Place::Answer { question, .. }) if question == asked)
}

/// One upright line for each level.
fn indent(ui: &mut Ui, depth: u8) {
    for _ in 0..depth {
        let (response, painter) = ui.allocate_painter(vec2(theme::WIDE, theme::ROW), Sense::hover());
        let x = response.rect.left() + theme::GAP;
        let line = Stroke::new(1.0, theme::palette(ui).border());
        painter.vline(x, response.rect.expand2(vec2(0.0, theme::TIGHT)).y_range(), line);
    }
}
