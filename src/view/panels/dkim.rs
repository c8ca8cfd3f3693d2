//! DKIM: every signature, body hash and header signature apart.

use egui::{RichText, Ui};
use jiff::Timestamp;

use crate::analyze::Analysis;
use crate::auth::dkim::{BodyHash, Signature};
use crate::auth::dmarc::IdentifierSource;
use crate::auth::second::Part;
use crate::check::Evidence;
use crate::facts::Facts;
use crate::message::Message;
use crate::text::Words;
use crate::view::action::Action;
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{causes, fact, fact_word, link, moment, note, second_opinion, section, state_word, steps};

#[derive(Debug)]
pub struct Data<'a> {
    facts: &'a Facts,
    message: &'a Message,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { facts: &analysis.facts, message: &analysis.message, look: state.look.as_ref() }
}

/// The most signatures that are drawn; a hostile message can have thousands.
const SIGNATURES: usize = 20;

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.dkim_hint);
    if data.facts.dkim.is_empty() {
        note(ui, Tone::Caution, panels.no_signature);
    }
    let mut action = None;
    for (index, signature) in data.facts.dkim.iter().enumerate().take(SIGNATURES) {
        let title = panels.signature_number.replace("{}", &(index + 1).to_string());
        let asked = section(ui, &title, |ui| card(ui, data, index, signature, words));
        action = asked.or(action);
    }
    if data.facts.dkim.len() > SIGNATURES {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &(data.facts.dkim.len() - SIGNATURES).to_string()));
    }
    action
}

fn card(ui: &mut Ui, data: &Data<'_>, index: usize, signature: &Signature, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        state_word(ui, tone::dkim(signature.result), words.dkim_result(signature.result));
        ui.label(words.dkim_reason(signature.reason));
    });
    second_opinion(ui, &data.facts.second, Part::Dkim(index), words);
    let asked = causes(ui, data.message, &signature.causes, words);
    ui.add_space(theme::GAP);
    fact_word(ui, panels.signing_domain, signature.domain.as_deref());
    alignment(ui, data.facts, index, words);
    fact_word(ui, panels.selector, signature.selector.as_deref());
    fact_word(ui, panels.identity_tag, signature.identity.as_deref());
    fact_word(ui, panels.algorithm, signature.algorithm.as_deref());
    fact_word(ui, panels.canonicalization, signature.canonicalization.as_deref());
    body(ui, signature, words);
    fact(ui, panels.header_signature, |ui| {
        let state = signature.header_signature;
        state_word(ui, tone::header_signature(state), words.header_signature(state));
    });
    let mut action = key(ui, signature, words).or(asked);
    moments(ui, signature, words);
    fact_word(ui, panels.signed_headers, Some(&signature.signed_headers.join(" : ")));
    ui.add_space(theme::GAP);
    action = link(ui, &Evidence::Bytes(signature.span), words).or(action);
    steps(ui, &signature.trace, data.look, words).or(action)
}

/// Whose signature it is: the author domain's, or somebody else's.
fn alignment(ui: &mut Ui, facts: &Facts, index: usize, words: &dyn Words) {
    let of_this = facts.dmarc.identifiers.iter().find(|other| other.source == IdentifierSource::Dkim(index));
    let Some(identifier) = of_this else { return };
    fact(ui, words.panels().alignment, |ui| {
        state_word(ui, tone::alignment(identifier.alignment), words.alignment(identifier.alignment));
    });
}

fn body(ui: &mut Ui, signature: &Signature, words: &dyn Words) {
    let panels = words.panels();
    fact(ui, panels.body_hash, |ui| {
        state_word(ui, tone::body_hash(signature.body_hash), words.body_hash(signature.body_hash));
        let weak = theme::palette(ui).weak();
        let mut hash = |name: &str, hash: Option<&str>| {
            if let Some(hash) = hash {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(name).color(weak));
                    ui.add(Untrusted::fixed(hash));
                });
            }
        };
        hash(panels.hash_stated, signature.body_hash_stated.as_deref());
        if signature.body_hash != BodyHash::NotAvailable {
            hash(panels.hash_computed, signature.body_hash_computed.as_deref());
        }
        if let Some(uncovered) = signature.uncovered_bytes.filter(|bytes| *bytes > 0) {
            note(ui, Tone::Caution, &panels.uncovered.replace("{}", &uncovered.to_string()));
        }
    });
}

fn key(ui: &mut Ui, signature: &Signature, words: &dyn Words) -> Option<Action> {
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
        });
        if let Some(name) = &key.name {
            ui.add(Untrusted::fixed(name));
        }
        if let Some(record) = &key.record {
            ui.add(Untrusted::fixed(record).color(theme::palette(ui).weak()));
        }
        action
    })
}

fn moments(ui: &mut Ui, signature: &Signature, words: &dyn Words) {
    let panels = words.panels();
    let shown = |at: Option<Timestamp>| at.map(moment);
    fact_word(ui, panels.signed_at, shown(signature.signed_at).as_deref());
    fact(ui, panels.expires, |ui| {
        match signature.expires {
            Some(expires) => ui.label(moment(expires)),
            None => ui.label(RichText::new(panels.never).color(theme::palette(ui).weak())),
        };
        if signature.expired_at_receipt {
            state_word(ui, Tone::Bad, panels.expired_at_receipt);
        } else if signature.expired_now {
            state_word(ui, Tone::Info, panels.expired_since);
        }
    });
}
