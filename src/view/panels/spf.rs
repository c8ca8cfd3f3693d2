//! SPF: for each identity the result in one sentence, why not where an address is not listed, and the tree of terms.

use egui::{RichText, Ui};

use crate::analyze::{Analysis, Options};
use crate::auth::second::Part;
use crate::auth::spf::{Check, MAX_LOOKUPS, MAX_VOID_LOOKUPS, Tried};
use crate::facts::Facts;
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::state::{Look, State, Typed};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{fact, fact_word, note, second_opinion, section, sentence, session, state_word, steps};

/// The most networks that are listed.
const NETWORKS: usize = 60;
/// The most syntax errors that are listed.
const FAULTS: usize = 20;

#[derive(Debug)]
pub struct Data<'a> {
    facts: &'a Facts,
    options: &'a Options,
    /// What is typed of the session.
    typed: &'a Typed,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { facts: &analysis.facts, options: &analysis.options, typed: &state.session, look: state.look.as_ref() }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let spf = &data.facts.spf;
    note(ui, Tone::Unknown, panels.spf_hint);
    let mut action = None;
    let mut earlier: Vec<(&str, &Check)> = Vec::new();
    for (part, title, check, hint) in [
        (Part::MailFrom, panels.spf_mail_from, &spf.mail_from, panels.spf_mail_from_hint),
        (Part::Helo, panels.spf_helo, &spf.helo, panels.spf_helo_hint),
        (Part::HeaderFrom, panels.spf_header_from, &spf.header_from, panels.spf_header_from_hint),
    ] {
        let traced = section(ui, title, |ui| {
            let Some(check) = check else {
                note(ui, Tone::Caution, panels.spf_not_judged);
                note(ui, Tone::Unknown, hint);
                return None;
            };
            result(ui, check, words);
            note(ui, Tone::Unknown, hint);
            second_opinion(ui, &data.facts.second, part, words);
            if let Some((other, _)) = earlier.iter().find(|(_, other)| check.is_same_as(other)) {
                note(ui, Tone::Unknown, &panels.same_as.replace("{}", other));
                return None;
            }
            earlier.push((title, check));
            why_not(ui, check, words);
            counts(ui, check, words);
            ui.add_space(theme::GAP);
            steps(ui, &check.trace, data.look, words)
        });
        action = traced.or(action);
    }
    judged_on(ui, data.facts, words);
    let given = section(ui, panels.session_given, |ui| session(ui, data.typed, data.options, words));
    ui.add_space(theme::WIDE);
    given.or(action)
}

/// The word of the protocol, and what it means here.
fn result(ui: &mut Ui, check: &Check, words: &dyn Words) {
    ui.horizontal_top(|ui| {
        state_word(ui, tone::spf(check.result), words.spf_result(check.result));
        ui.vertical(|ui| sentence(ui, &words.spf_sentence(check)));
    });
}

/// What the address was compared with, record by record, and what came nearest.
fn why_not(ui: &mut Ui, check: &Check, words: &dyn Words) {
    let Some(why) = words.spf_why_not(check) else { return };
    let panels = words.panels();
    ui.add_space(theme::GAP);
    fact(ui, panels.why_not, |ui| sentence(ui, &why));
    let nearest = check.nearest();
    let listed: Vec<&Tried> = check.missed().take(NETWORKS).collect();
    for records in listed.chunk_by(|one, other| one.domain == other.domain) {
        let Some(first) = records.first() else { continue };
        fact(ui, "", |ui| {
            ui.horizontal_wrapped(|ui| {
                let owner = panels.networks_of.replace("{}", &first.domain);
                ui.add(Untrusted::new(&owner).color(theme::palette(ui).weak()));
                for tried in records {
                    let is_nearest = nearest.is_some_and(|nearest| nearest == *tried);
                    let color = if is_nearest { theme::palette(ui).strong() } else { theme::palette(ui).weak() };
                    ui.add(Untrusted::fixed(&tried.written()).color(color));
                }
            });
        });
    }
    let hidden = check.missed().count().saturating_sub(NETWORKS);
    if hidden > 0 {
        fact(ui, "", |ui| note(ui, Tone::Unknown, &panels.more.replace("{}", &count(hidden))));
    }
    ui.add_space(theme::GAP);
}

/// What the evaluation cost, what the record allows as a whole, and what is wrong with it.
fn counts(ui: &mut Ui, check: &Check, words: &dyn Words) {
    let panels = words.panels();
    fact_word(ui, panels.domain, Some(&check.domain).filter(|domain| !domain.is_empty()).map(String::as_str));
    fact(ui, panels.lookups, |ui| ui.label(format!("{} / {MAX_LOOKUPS}", check.lookups)));
    fact(ui, panels.void_lookups, |ui| {
        ui.label(format!("{} / {MAX_VOID_LOOKUPS}", check.void_lookups));
        if let Some(reading) = words.spf_voids_by_question(check) {
            let tone = if check.is_over_void_questions() { Tone::Caution } else { Tone::Unknown };
            note(ui, tone, &reading);
        }
    });
    if let Some(survey) = &check.survey {
        fact(ui, panels.spf_allowed, |ui| ui.label(words.spf_authorised(survey)));
    }
    if let Some(explanation) = &check.explanation {
        fact_word(ui, panels.explanation, Some(explanation));
    }
    for fault in check.faults.iter().take(FAULTS) {
        fact(ui, panels.cause, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.add(Untrusted::fixed(&fault.term));
                ui.add(Untrusted::fixed(&format!("({})", fault.domain)).color(theme::palette(ui).weak()));
                ui.label(words.spf_fault(fault.error));
            });
        });
    }
}

/// The facts of the session that SPF is judged on, and where each was taken from.
fn judged_on(ui: &mut Ui, facts: &Facts, words: &dyn Words) {
    let panels = words.panels();
    let session = &facts.session;
    let ip = session.ip.as_ref().map(|ip| (ip.value.to_string(), ip.from));
    let helo = session.helo.as_ref().map(|helo| (helo.value.clone(), helo.from));
    let sender = session
        .mail_from
        .as_ref()
        .map(|sender| (if sender.value.is_empty() { "<>".to_owned() } else { sender.value.clone() }, sender.from));
    section(ui, panels.session, |ui| {
        for (name, known) in [(panels.connecting_ip, ip), (panels.helo, helo), (panels.envelope_from, sender)] {
            fact(ui, name, |ui| match known {
                Some((value, source)) => {
                    ui.horizontal_wrapped(|ui| {
                        ui.add(Untrusted::fixed(&value));
                        ui.label(RichText::new(words.session_source(source)).color(theme::palette(ui).weak()));
                    });
                }
                None => _ = ui.label(RichText::new(panels.absent).color(theme::palette(ui).weak())),
            });
        }
    });
}
