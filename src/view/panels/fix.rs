//! What to change: each record as it is and as it shall be, a box to try any record, and the two letters.

use egui::text::LayoutJob;
use egui::{Button, Label, RichText, Stroke, TextEdit, TextFormat, TextStyle, Ui};

use crate::analyze::Analysis;
use crate::check::Finding;
use crate::fix::{Change, Current, Fix, Kind, Outcome, Piece, Place};
use crate::text::letter::{Letter, Matter};
use crate::text::{Words, fix};
use crate::view::action::{Action, Request};
use crate::view::keys;
use crate::view::state::State;
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{Breaks, Untrusted, append, job};
use crate::view::widgets::{fact, fact_word, note, section, sentence, shape};

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    /// The records to try, as typed.
    typed: &'a str,
    /// How often records were tried.
    tries: usize,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { analysis, typed: &state.what_if, tries: state.tries }
}

/// The most changes that are drawn; a message has a handful at worst.
const FIXES: usize = 20;

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    if data.analysis.fixes.is_empty() {
        note(ui, Tone::Unknown, &words.fix_nothing(&data.analysis.headline.verdict));
    }
    for fix in data.analysis.fixes.iter().take(FIXES) {
        let title = words.fix(fix).title;
        action = section(ui, &title, |ui| one(ui, fix, data.analysis, words)).or(action);
    }
    // A report by itself asks DNS nothing.
    if !data.analysis.facts.is_report_alone() {
        action = section(ui, panels.what_if, |ui| what_if(ui, data, words)).or(action);
    }
    let Analysis { facts, findings, headline, fixes, .. } = data.analysis;
    let matter = Matter { facts, findings, headline, fixes, what_if: data.analysis.is_what_if() };
    for (title, which) in [(panels.for_customer, Letter::Customer), (panels.for_administrator, Letter::Administrator)] {
        action = section(ui, title, |ui| letter(ui, which.write(&matter, words), words)).or(action);
    }
    ui.add_space(theme::WIDE);
    action
}

/// One change, step by step.
fn one(ui: &mut Ui, fix: &Fix, analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let said = words.fix(fix);
    let mut action = None;
    for (place, change) in fix.offer().iter().enumerate() {
        if place > 0 {
            ui.add_space(theme::GAP);
        }
        record(ui, change, words);
        fact(ui, panels.fix_new, |ui| {
            for record in change.current.beside().iter().chain([&change.new]) {
                value(ui, record, Side::New, words);
            }
            ui.horizontal_wrapped(|ui| {
                if ui.button(panels.copy_value).clicked() {
                    action = Some(Request::CopyText(fix::written(&change.new, words)).into());
                }
                // What belongs together is tried together; what is no record cannot be.
                if place + 1 == fix.offer().len() && change.place != Place::Header {
                    let trial = fix.snapshot(&analysis.questions);
                    if ui.add_enabled(trial.is_some(), Button::new(panels.try_record)).clicked() {
                        action = trial.map(|trial| Request::TryRecord(trial).into());
                    }
                }
                if let Some(unfilled) = fix::unfilled(change, words) {
                    shape(ui, Tone::Caution, theme::SHAPE);
                    note(ui, Tone::Caution, &unfilled);
                }
            });
        });
    }
    fact(ui, panels.fix_tried, |ui| {
        let tone = tone(&fix.outcome);
        ui.horizontal_wrapped(|ui| {
            shape(ui, tone, theme::SHAPE);
            note(ui, tone, &fix::outcome(fix, words));
        });
    });
    let is_list_of_costs = matches!(fix.kind, Kind::SpfLimit { .. });
    list(ui, if is_list_of_costs { panels.lookups } else { panels.fix_steps }, &said.steps);
    list(ui, panels.fix_conditions, &said.conditions);
    let answered: Vec<(usize, &Finding)> =
        analysis.findings.iter().enumerate().filter(|(_, one)| fix.is_for(one)).collect();
    if !answered.is_empty() {
        fact(ui, panels.fix_answers, |ui| {
            for (index, finding) in answered {
                let format = TextFormat::simple(TextStyle::Body.resolve(ui.style()), ui.visuals().hyperlink_color);
                let title = job(&words.explain(&finding.problem).title, &format, theme::palette(ui).mark());
                if ui.link(title).clicked() {
                    action = Some(Action::ShowFinding(index));
                }
            }
        });
    }
    fact(ui, panels.who_acts, |ui| ui.label(words.actor(fix.actor)));
    action
}

/// Where a change is made, and what is there now.
fn record(ui: &mut Ui, change: &Change, words: &dyn Words) {
    let panels = words.panels();
    if change.place == Place::Header {
        fact(ui, panels.header_field, |ui| value(ui, &change.name, Side::New, words));
    } else {
        fact(ui, panels.name, |ui| value(ui, &change.name, Side::New, words));
        fact(ui, panels.record_type, |ui| ui.label(change.place.word()));
    }
    match &change.current {
        Current::Unknown => {}
        Current::Records(records) | Current::Beside(records) => replaced(ui, panels.fix_current, records, words),
        Current::Tried { published, records } => {
            fact(ui, panels.fix_current, |ui| match published {
                None => weak(ui, panels.fix_not_known),
                Some(published) if published.is_empty() => weak(ui, panels.fix_none_yet),
                Some(published) => published.iter().for_each(|record| {
                    ui.add(Untrusted::fixed(record));
                }),
            });
            replaced(ui, panels.what_if_tried, records, words);
        }
    }
}

/// The records that the change replaces, what goes marked.
fn replaced(ui: &mut Ui, name: &str, records: &[Vec<Piece>], words: &dyn Words) {
    fact(ui, name, |ui| {
        if records.is_empty() {
            weak(ui, words.panels().fix_none_yet);
        }
        for record in records {
            value(ui, record, Side::Current, words);
        }
    });
}

fn weak(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).color(theme::palette(ui).weak()));
}

/// The records that are tried, each beside what DNS has.
fn tried(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    let panels = words.panels();
    for (place, entry) in analysis.what_if().enumerate() {
        if place > 0 {
            ui.add_space(theme::GAP);
        }
        fact_word(ui, panels.name, Some(&entry.question.name));
        fact(ui, panels.record_type, |ui| ui.label(entry.question.kind.word()));
        let published = entry.published.as_ref().map(|answer| fix::told(answer, words));
        fact(ui, panels.fix_current, |ui| {
            ui.add(Untrusted::fixed(published.as_deref().unwrap_or(panels.fix_not_known)));
        });
        fact(ui, panels.what_if_tried, |ui| ui.add(Untrusted::fixed(&fix::told(&entry.answer, words))));
    }
    ui.add_space(theme::GAP);
}

fn list(ui: &mut Ui, name: &str, sentences: &[String]) {
    if !sentences.is_empty() {
        fact(ui, name, |ui| sentences.iter().for_each(|said| sentence(ui, said)));
    }
}

const fn tone(outcome: &Outcome) -> Tone {
    match outcome {
        Outcome::Proved { .. } | Outcome::Met => Tone::Good,
        Outcome::NeedsValue | Outcome::OnlySigner | Outcome::FutureMail | Outcome::NotTried => Tone::Unknown,
        Outcome::NotOffered { .. } => Tone::Caution,
    }
}

/// Which side of a change is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Current,
    New,
}

/// A value, in which what goes is struck through and what comes is marked.
fn value(ui: &mut Ui, pieces: &[Piece], side: Side, words: &dyn Words) {
    let palette = theme::palette(ui);
    let font = TextStyle::Monospace.resolve(ui.style());
    let plain = TextFormat::simple(font.clone(), palette.text());
    let ink = palette.ink(if side == Side::New { Tone::Good } else { Tone::Bad });
    let line = Stroke::new(1.0, ink.text);
    let changed = match side {
        Side::Current => TextFormat { strikethrough: line, ..TextFormat::simple(font, ink.text) },
        Side::New => TextFormat { background: ink.ground, underline: line, ..TextFormat::simple(font, ink.text) },
    };
    let mut job = LayoutJob::default();
    for piece in pieces {
        let format = if piece.changed { &changed } else { &plain };
        append(&mut job, &fix::written(std::slice::from_ref(piece), words), format, palette.mark(), Breaks::Marked);
    }
    ui.add(Label::new(job).wrap());
}

/// A box for records that are not in DNS, by which everything is judged again.
fn what_if(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if data.analysis.is_what_if() {
        tried(ui, data.analysis, words);
    }
    note(ui, Tone::Unknown, panels.what_if_hint);
    ui.add_space(theme::TIGHT);
    let mut typed = data.typed.to_owned();
    let edit = TextEdit::multiline(&mut typed)
        .font(TextStyle::Monospace)
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .hint_text(panels.what_if_example);
    let changed = ui.add(edit).changed();
    ui.add_space(theme::TIGHT);
    let mut action = None;
    ui.horizontal(|ui| {
        let is_typed = !data.typed.trim().is_empty();
        let is_on = data.analysis.is_what_if() || data.tries > 0;
        let judge = Request::WhatIf(Some(data.typed.to_owned()));
        for (name, key, enabled, request) in [
            (panels.what_if_judge, keys::TRY, is_typed, judge),
            (panels.what_if_undo, keys::UNDO_TRY, data.tries > 0, Request::UndoWhatIf),
            (panels.what_if_end, keys::END_TRY, is_on || is_typed, Request::WhatIf(None)),
        ] {
            let key = ui.ctx().format_shortcut(&key);
            if ui.add_enabled(enabled, Button::new(name).shortcut_text(key)).clicked() {
                action = Some(request.into());
            }
        }
    });
    if changed { Some(Action::EditWhatIf(typed)) } else { action }
}

fn letter(ui: &mut Ui, text: String, words: &dyn Words) -> Option<Action> {
    for line in text.lines() {
        if line.is_empty() {
            ui.add_space(theme::GAP);
        } else {
            ui.scope(|ui| {
                ui.set_max_width(theme::MEASURE.min(ui.available_width()));
                ui.add(Untrusted::new(line));
            });
        }
    }
    ui.add_space(theme::GAP);
    ui.button(words.panels().copy_value).clicked().then(|| Request::CopyText(text).into())
}
