//! ARC: who sealed the message, what they saw, and where it was changed.

use egui::{RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::arc::{Arc, ArcResult, ChainValidation, Instance, Part};
use crate::auth::claimed::Claim;
use crate::auth::second::{self, Second};
use crate::check::Evidence;
use crate::text::{Words, moment};
use crate::view::action::Action;
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{fact, fact_word, link, note, second_opinion, section, sentence, state_word, steps};

#[derive(Debug)]
pub struct Data<'a> {
    arc: &'a Arc,
    claims: &'a [Claim],
    second: &'a Second,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    let facts = &analysis.facts;
    Data { arc: &facts.arc, claims: &facts.claims, second: &facts.second, look: state.look.as_ref() }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let arc = data.arc;
    if arc.result == ArcResult::None {
        note(ui, Tone::Unknown, panels.no_chain);
        second_opinion(ui, data.second, second::Part::Arc, words);
        hints(ui, words);
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        state_word(ui, tone::arc(arc.result), words.arc_result(arc.result));
        if let Some(i) = arc.broken_at {
            ui.label(format!("i={i}:"));
        }
        ui.label(words.arc_reason(arc.reason));
    });
    second_opinion(ui, data.second, second::Part::Arc, words);
    if let Some(oldest) = arc.oldest_pass {
        sentence(ui, &words.arc_oldest_pass(oldest));
    }
    hints(ui, words);
    let change = arc.change();
    let mut action = None;
    for instance in &arc.instances {
        let title = panels.arc_instance.replace("{}", &instance.i.to_string());
        action = section(ui, &title, |ui| card(ui, data, instance, words)).or(action);
        if let Some(change) = change.filter(|change| change.after.i == instance.i) {
            ui.add_space(theme::GAP);
            ui.horizontal_wrapped(|ui| {
                state_word(ui, Tone::Caution, panels.arc_changed_here);
                sentence(ui, &words.arc_change(change));
            });
        }
    }
    section(ui, panels.steps, |ui| steps(ui, &arc.trace, data.look, words)).or(action)
}

/// What ARC is, and how it stands today.
fn hints(ui: &mut Ui, words: &dyn Words) {
    ui.scope(|ui| {
        ui.set_max_width(theme::MEASURE.min(ui.available_width()));
        note(ui, Tone::Unknown, words.panels().arc_hint);
        note(ui, Tone::Unknown, words.panels().arc_status);
    });
}

fn card(ui: &mut Ui, data: &Data<'_>, instance: &Instance, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    fact(ui, panels.sealed_by, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.add(Untrusted::fixed(instance.seal.domain.as_deref().unwrap_or("—")));
            if data.arc.broken_at == Some(instance.i) {
                state_word(ui, Tone::Bad, panels.arc_breaks_here);
            }
        });
    });
    fact_word(ui, panels.selector, instance.seal.selector.as_deref());
    fact(ui, panels.arc_moment, |ui| match instance.seal.signed_at {
        Some(at) => ui.label(moment(at)),
        None => ui.label(RichText::new("—").color(theme::palette(ui).weak())),
    });
    fact(ui, panels.arc_validation, |ui| {
        let said = instance.chain_validation.map_or(panels.absent, |validation| match validation {
            ChainValidation::None => "none",
            ChainValidation::Pass => "pass",
            ChainValidation::Fail => "fail",
        });
        ui.label(said)
    });
    let (seal, signature) = (&instance.seal, &instance.message_signature);
    let is_newest = data.arc.instances.last().is_some_and(|newest| newest.i == instance.i);
    let signed = if is_newest { tone::arc_part(signature.state) } else { tone::older_signature(signature.state) };
    let mut action = part(ui, panels.arc_seal, tone::arc_part(seal.state), seal, words);
    action = part(ui, panels.arc_message_signature, signed, signature, words).or(action);
    fact(ui, panels.arc_results_seen, |ui| seen(ui, data, instance, words)).or(action)
}

/// A seal or a message signature: its state with the reason, and the way to its bytes and its key.
fn part(ui: &mut Ui, name: &str, tone: Tone, part: &Part, words: &dyn Words) -> Option<Action> {
    fact(ui, name, |ui| {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone, words.arc_part(part.state));
            if let Some(reason) = part.reason {
                ui.label(words.dkim_reason(reason));
            }
            if let Some(algorithm) = &part.algorithm {
                ui.add(Untrusted::fixed(algorithm).color(theme::palette(ui).weak()));
            }
            if let Some(span) = part.span {
                action = link(ui, &Evidence::Bytes(span), words);
            }
            if let Some(question) = part.question {
                action = link(ui, &Evidence::Question(question), words).or(action.take());
            }
        });
        action
    })
}

/// What the sealer writes that it saw. A claim: no result has a tone here.
fn seen(ui: &mut Ui, data: &Data<'_>, instance: &Instance, words: &dyn Words) -> Option<Action> {
    let results = instance.seen(data.claims);
    ui.horizontal_wrapped(|ui| {
        for result in &results {
            state_word(ui, Tone::Info, &format!("{}={}", result.method, result.result));
            if let Some(domain) = &result.domain {
                ui.add(Untrusted::fixed(domain));
            }
        }
        if results.is_empty() {
            ui.label(RichText::new(words.panels().arc_nothing_seen).color(theme::palette(ui).weak()));
        }
        instance.authentication_results.and_then(|span| link(ui, &Evidence::Bytes(span), words))
    })
    .inner
}
