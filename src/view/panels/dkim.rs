//! DKIM: each signature in one sentence and a compact card; its details are folded until they are asked for.

use egui::{RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::dkim::canonical::Part;
use crate::auth::dkim::{BodyHash, KeyState, Signature};
use crate::auth::second;
use crate::check::Evidence;
use crate::check::narrative;
use crate::message::date::Zone;
use crate::text::{Words, count, moment_in};
use crate::view::action::{Action, Request};
use crate::view::state::{Detail, Look, Octets, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{causes, fact, link, note, second_opinion, section, state_word};

mod details;
mod drafts;

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    details: &'a [(usize, Detail)],
    octets: Option<&'a Octets>,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { analysis, details: &state.details, octets: state.octets.as_ref(), look: state.look.as_ref() }
}

impl Data<'_> {
    /// Whether a part of a signature is open: it was unfolded, or one of its steps was asked for.
    fn is_open(&self, index: usize, detail: Detail, signature: &Signature) -> bool {
        let is_looked_at = |look: &Look| {
            let Evidence::Step(id) = &look.evidence else { return false };
            detail == Detail::Steps && signature.trace.find(id).is_some()
        };
        self.details.contains(&(index, detail)) || self.look.is_some_and(is_looked_at)
    }
}

/// The most signatures that are drawn; a hostile message can have thousands.
const SIGNATURES: usize = 20;

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let facts = &data.analysis.facts;
    note(ui, Tone::Unknown, panels.dkim_hint);
    if facts.dkim.is_empty() {
        note(ui, Tone::Caution, panels.no_signature);
    }
    let mut action = None;
    for (index, signature) in facts.dkim.iter().enumerate().take(SIGNATURES) {
        let title = panels.signature_number.replace("{}", &(index + 1).to_string());
        let asked = section(ui, &title, |ui| ui.push_id(index, |ui| card(ui, data, index, signature, words)).inner);
        action = asked.or(action);
    }
    if facts.dkim.len() > SIGNATURES {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(facts.dkim.len() - SIGNATURES)));
    }
    if !facts.dkim2.is_absent() {
        action = section(ui, panels.dkim2, |ui| drafts::dkim2(ui, &facts.dkim2, words)).or(action);
    }
    if !facts.domainkeys.is_empty() {
        action = section(ui, panels.domainkeys, |ui| drafts::domainkeys(ui, &facts.domainkeys, words)).or(action);
    }
    action
}

fn card(ui: &mut Ui, data: &Data<'_>, index: usize, signature: &Signature, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.horizontal_top(|ui| {
        state_word(ui, tone::dkim(signature.result), words.dkim_result(signature.result));
        let sentence = data.analysis.facts.standing(index).map(|standing| words.standing(&standing));
        ui.add(Untrusted::new(&sentence.unwrap_or_default()).color(theme::palette(ui).strong()));
    });
    second_opinion(ui, &data.analysis.facts.second, second::Part::Dkim(index), words);
    let asked = causes(ui, &data.analysis.message, &signature.causes, words);
    ui.add_space(theme::GAP);
    signer(ui, signature, words);
    body(ui, signature, words);
    fact(ui, panels.header_signature, |ui| {
        let state = signature.header_signature;
        state_word(ui, tone::header_signature(state), words.header_signature(state));
    });
    let mut action = key(ui, data, signature, words).or(asked);
    moments(ui, signature, narrative::zone(&data.analysis.facts), words);
    ui.add_space(theme::GAP);
    action = folds(ui, data, index, signature, words).or(action);
    opened(ui, data, index, signature, words).or(action)
}

/// Who signed, and how, as the tags say it.
fn signer(ui: &mut Ui, signature: &Signature, words: &dyn Words) {
    fact(ui, words.panels().signing_domain, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.add(Untrusted::fixed(signature.domain.as_deref().unwrap_or("—")));
            // What stands there by default says nothing.
            let identity = signature.identity.as_ref().filter(|_| signature.tags.get("i").is_some());
            let tags = [
                ("s", &signature.selector),
                ("i", &identity.cloned()),
                ("a", &signature.algorithm),
                ("c", &signature.canonicalization),
            ];
            for (name, value) in tags.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
                ui.add(Untrusted::fixed(&format!("{name}={value}")).color(theme::palette(ui).weak()));
            }
        });
    });
}

fn body(ui: &mut Ui, signature: &Signature, words: &dyn Words) {
    let panels = words.panels();
    fact(ui, panels.body_hash, |ui| {
        state_word(ui, tone::body_hash(signature.body_hash), words.body_hash(signature.body_hash));
        let weak = theme::palette(ui).weak();
        // Where they are the same, one of them says enough.
        let differs = signature.body_hash != BodyHash::Match;
        let stated = signature.body_hash_stated.as_deref().filter(|_| differs);
        let computed = signature.body_hash_computed.as_deref().filter(|_| differs);
        for (name, hash) in [(panels.hash_stated, stated), (panels.hash_computed, computed)] {
            if let Some(hash) = hash {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(name).color(weak));
                    ui.add(Untrusted::fixed(hash));
                });
            }
        }
        if let Some(uncovered) = signature.uncovered_bytes.filter(|bytes| *bytes > 0) {
            note(ui, Tone::Caution, &panels.uncovered.replace("{}", &count(uncovered)));
            if let Some(from) = signature.uncovered_from {
                note(ui, Tone::Unknown, &panels.uncovered_from.replace("{}", &from.to_string()));
            }
        }
    });
}

fn key(ui: &mut Ui, data: &Data<'_>, signature: &Signature, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let key = &signature.key;
    fact(ui, panels.key, |ui| {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone::key(key.state), words.key_state(key.state));
            if let Some(bits) = key.bits {
                ui.label(panels.bits.replace("{}", &bits.to_string()));
            }
            if key.testing {
                state_word(ui, Tone::Caution, panels.key_testing);
            }
            if let Some(question) = key.question {
                action = link(ui, &Evidence::Question(question), words);
            }
            if !matches!(key.state, KeyState::NotAsked | KeyState::Unreachable) {
                ui.label(RichText::new(panels.key_from).color(theme::palette(ui).weak()));
                ui.add(Untrusted::new(&words.key_source(key.source, &data.analysis.provenance)));
            }
        });
        if let Some(fault) = key.fault {
            note(ui, Tone::Bad, words.key_fault(fault));
        }
        action
    })
}

/// When it was signed and when it ends, in one row; nothing where it says neither.
fn moments(ui: &mut Ui, signature: &Signature, zone: Zone, words: &dyn Words) {
    let panels = words.panels();
    if let Some(at) = signature.signed_at {
        fact(ui, panels.signed_at, |ui| ui.label(moment_in(at, zone)));
    }
    let Some(expires) = signature.expires else { return };
    fact(ui, panels.expires, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(moment_in(expires, zone));
            if signature.expired_at_receipt {
                state_word(ui, Tone::Bad, panels.expired_at_receipt);
            } else if signature.expired_now {
                state_word(ui, Tone::Info, panels.expired_since);
            }
        });
    });
}

/// What can be unfolded, in one row.
fn folds(ui: &mut Ui, data: &Data<'_>, index: usize, signature: &Signature, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        for (detail, name) in [
            (Detail::Fields, panels.signed_headers),
            (Detail::Key, panels.key_record),
            (Detail::Tags, panels.tags),
            (Detail::Steps, panels.steps),
        ] {
            let open = data.is_open(index, detail, signature);
            if fold(ui, open, name) {
                action = Some(Action::Unfold(index, detail));
            }
        }
        for (part, name) in [(Part::Header, panels.canonical_header), (Part::Body, panels.canonical_body)] {
            let open = shown_octets(data, index, part).is_some();
            if fold(ui, open, name) {
                action = Some(if open { Action::HideOctets } else { Request::Octets(index, part).into() });
            }
        }
        action = link(ui, &Evidence::Bytes(signature.span), words).or(action.take());
    });
    action
}

fn fold(ui: &mut Ui, open: bool, name: &str) -> bool {
    let sign = if open { "▼" } else { "▶" };
    ui.selectable_label(open, format!("{sign} {name}")).clicked()
}

fn shown_octets<'a>(data: &Data<'a>, index: usize, part: Part) -> Option<&'a Octets> {
    data.octets.filter(|octets| octets.signature == index && octets.part == part)
}

fn opened(ui: &mut Ui, data: &Data<'_>, index: usize, signature: &Signature, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    for detail in [Detail::Fields, Detail::Key, Detail::Tags, Detail::Steps] {
        if data.is_open(index, detail, signature) {
            action = details::show(ui, detail, signature, data.look, words).or(action);
        }
    }
    for part in [Part::Header, Part::Body] {
        if let Some(octets) = shown_octets(data, index, part) {
            details::octets(ui, octets, signature, words);
        }
    }
    action
}
