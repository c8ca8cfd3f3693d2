//! The rules of the recipient's mailbox provider, judged one by one; other providers can be looked at.

use egui::{Align, Response, RichText, TextStyle, Ui};

use crate::analyze::Analysis;
use crate::check::provider::{self, Bulk, Card, Chosen, ChosenBy, Row, Ruleset, Source, State as Judged, Wanted};
use crate::text::Words;
use crate::view::action::{Action, Request};
use crate::view::state::State;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{explained, link, note, section, sentence, state_word, state_word_width, text_width};

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    bulk: Bulk,
    chosen: Option<Chosen>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &State) -> Data<'a> {
    Data { analysis, bulk: state.bulk, chosen: analysis.provider() }
}

impl Data<'_> {
    fn judge(&self, ruleset: &'static Ruleset) -> Card {
        provider::judge(&self.analysis.facts, ruleset, self.bulk)
    }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.rules_hint);
    let mut action = bulk(ui, data, words);
    if let Some(chosen) = &data.chosen {
        action = open(ui, data, chosen, words).or(action);
    } else {
        let host = data.analysis.facts.recipient.hosts.first().or(data.analysis.facts.recipient.domain.as_ref());
        ui.add_space(theme::GAP);
        match host {
            Some(host) => sentence(ui, &panels.rules_no_provider.replace("{}", &host.value)),
            None => note(ui, Tone::Unknown, panels.rules_no_recipient),
        }
    }
    others(ui, data, words).or(action)
}

/// Whether the sender sends much: no message shows it, the person may know.
fn bulk(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        ui.label(words.panels().rules_bulk);
        for bulk in Bulk::ALL {
            if ui.radio(data.bulk == bulk, words.bulk(bulk)).clicked() {
                action = Some(Action::Bulk(bulk));
            }
        }
    });
    if let Some(likely) = words.likely_bulk(data.analysis.facts.stream.kind).filter(|_| data.bulk == Bulk::Unknown) {
        note(ui, Tone::Unknown, likely);
    }
    action
}

/// The provider whose rules count, rule by rule.
fn open(ui: &mut Ui, data: &Data<'_>, chosen: &Chosen, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    show_when_chosen(ui, chosen);
    section(ui, words.provider(chosen.ruleset), |ui| {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            ui.add(Untrusted::new(&words.chosen_provider(chosen)).color(theme::palette(ui).weak()));
            if chosen.by == ChosenBy::User && ui.button(panels.undo_boundary).clicked() {
                action = Some(Request::Provider(Wanted::Recipient).into());
            }
        });
        let card = data.judge(chosen.ruleset);
        tally(ui, &card, words);
        let column = card.rows.iter().map(|row| state_word_width(ui, words.rule_state(row.state))).fold(0.0, f32::max);
        for row in card.by_state() {
            ui.separator();
            action = ui.push_id(&row.rule.id, |ui| rule(ui, &card, row, column, words)).inner.or(action);
        }
        action
    })
}

/// A provider is chosen below the card that then changes: the new one is brought into view.
fn show_when_chosen(ui: &mut Ui, chosen: &Chosen) {
    let id = ui.scope_id().with("chosen");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<String>(id);
        data.insert_temp(id, chosen.ruleset.id.clone());
        before
    });
    if chosen.by == ChosenBy::User && before.is_some_and(|before| before != chosen.ruleset.id) {
        ui.scroll_to_cursor(Some(Align::TOP));
    }
}

/// How many rules come to what, in words.
fn tally(ui: &mut Ui, card: &Card, words: &dyn Words) {
    ui.horizontal_wrapped(|ui| {
        for state in Judged::ALL {
            let count = card.count(state);
            if count > 0 {
                state_word(ui, tone::rule(state), &format!("{} {count}", words.rule_state(state)));
            }
        }
        if card.unasked() > 0 {
            state_word(ui, Tone::Unknown, &format!("{} {}", words.panels().rules_unasked, card.unasked()));
        }
    });
}

fn rule(ui: &mut Ui, card: &Card, row: &Row, column: f32, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(egui::vec2(column, 0.0), egui::Layout::top_down(Align::Min), |ui| {
            ui.set_width(column);
            state_word(ui, tone::rule_row(row), words.rule_state(row.state));
        });
        ui.vertical(|ui| {
            let requirement = words.requirement(row.rule, card.ruleset);
            let shown = ui.label(RichText::new(&requirement).color(theme::palette(ui).strong()));
            explained(ui, &shown, &requirement, words);
            ui.horizontal_wrapped(|ui| {
                ui.add(Untrusted::new(&words.rule_why(&row.why)));
                if let Some(place) = &row.place {
                    action = link(ui, place, words);
                }
            });
            small(ui, &facts_of(row, words));
            if let Some((source, further)) = row.rule.sources.split_first() {
                let line = small(ui, &stands_at(source, words));
                if !further.is_empty() {
                    let further: Vec<String> = further.iter().map(|source| stands_at(source, words)).collect();
                    line.on_hover_text(further.join("\n"));
                }
            }
        });
    });
    action
}

/// For whom it is, how sure it is, and what it leads to.
fn facts_of(row: &Row, words: &dyn Words) -> String {
    let rule = row.rule;
    let mut parts = vec![words.audience(rule.applies).to_owned()];
    parts.extend(words.rule_level(rule.level).map(str::to_owned));
    parts.extend(words.rule_caveat(rule).map(str::to_owned));
    parts.extend(rule.since.as_ref().map(|since| words.panels().rule_since.replace("{}", since)));
    parts.extend(rule.effect.map(|effect| words.rule_effect(effect).to_owned()));
    if !rule.codes.is_empty() {
        parts.push(rule.codes.join(", "));
    }
    parts.join(" · ")
}

fn stands_at(source: &Source, words: &dyn Words) -> String {
    let panels = words.panels();
    let address = source.url.trim_start_matches("https://").trim_start_matches("http://");
    let dated = source.date.map(|date| panels.rule_dated.replace("{}", &date.to_string()));
    let checked = panels.rule_checked.replace("{}", &source.checked_on.to_string());
    std::iter::once(address.to_owned()).chain(dated).chain([checked]).collect::<Vec<_>>().join(" · ")
}

fn small(ui: &mut Ui, text: &str) -> Response {
    ui.label(RichText::new(text).small().color(theme::palette(ui).weak()))
}

/// The other providers, one line each.
fn others(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    section(ui, words.panels().rules_others, |ui| {
        let is_open = |ruleset: &Ruleset| data.chosen.as_ref().is_some_and(|chosen| chosen.ruleset.id == ruleset.id);
        let closed = || provider::rulesets().iter().filter(|ruleset| !is_open(ruleset));
        let width = |ruleset| text_width(ui, words.provider(ruleset), TextStyle::Button);
        let column = closed().map(width).fold(0.0, f32::max) + 2.0 * ui.spacing().button_padding.x;
        for ruleset in closed() {
            ui.horizontal_top(|ui| {
                ui.allocate_ui_with_layout(egui::vec2(column, 0.0), egui::Layout::top_down(Align::Min), |ui| {
                    ui.set_width(column);
                    if ui.button(words.provider(ruleset)).clicked() {
                        action = Some(Request::Provider(Wanted::Named(ruleset.id.clone())).into());
                    }
                });
                tally(ui, &data.judge(ruleset), words);
            });
        }
    });
    action
}
