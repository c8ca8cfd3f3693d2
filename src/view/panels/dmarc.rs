//! DMARC: identifier by identifier, the walk, and what the domain asks.

use egui::{Grid, RichText, TextStyle, Ui};

use crate::analyze::Analysis;
use crate::auth::dmarc::record::Record;
use crate::auth::dmarc::{Dmarc, DmarcResult, Found, Identifier, IdentifierSource, Reason};
use crate::auth::second::{Part, Second};
use crate::check::Evidence;
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{
    fact, fact_word, link, note, second_opinion, section, sentence, state_word, state_word_width, steps, text_width,
};

mod record;

#[derive(Debug)]
pub struct Data<'a> {
    dmarc: &'a Dmarc,
    second: &'a Second,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { dmarc: &analysis.facts.dmarc, second: &analysis.facts.second, look: state.look.as_ref() }
}

/// The most identifiers that are drawn; a hostile message can have thousands of signatures.
const IDENTIFIERS: usize = 30;

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let dmarc = data.dmarc;
    ui.horizontal_wrapped(|ui| {
        state_word(ui, tone::dmarc(dmarc.result), words.dmarc_result(dmarc.result));
        ui.label(words.dmarc_reason(dmarc.reason));
    });
    note(ui, Tone::Unknown, panels.dmarc_hint);
    second_opinion(ui, data.second, Part::Dmarc, words);
    second_opinion(ui, data.second, Part::Policy, words);
    if !dmarc.would_be.is_empty() {
        section(ui, panels.would_be, |ui| would_be(ui, dmarc, words));
    }
    let action = if dmarc.result == DmarcResult::NotApplicable { None } else { evaluation(ui, dmarc, words) };
    section(ui, panels.steps, |ui| steps(ui, &dmarc.trace, data.look, words)).or(action)
}

/// What was found out about the one author domain.
fn evaluation(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    section(ui, panels.identifiers, |ui| identifiers(ui, dmarc, words));
    let mut action = section(ui, panels.policy, |ui| policy(ui, dmarc, words));
    if dmarc.record.is_some() && dmarc.reason != Reason::SwitchedOff {
        action = section(ui, panels.reports_to, |ui| record::destinations(ui, dmarc, words)).or(action);
    }
    action = section(ui, panels.walk, |ui| walk(ui, dmarc, words)).or(action);
    if let Some(psl) = &dmarc.psl {
        section(ui, panels.psl, |ui| {
            note(ui, Tone::Caution, panels.psl_hint);
            fact_word(ui, panels.organizational_domain, psl.organizational_domain.as_deref());
            fact(ui, panels.result, |ui| state_word(ui, tone::dmarc(psl.result), words.dmarc_result(psl.result)));
            fact(ui, panels.policy, |ui| ui.label(psl.policy.map_or(panels.absent, |policy| words.policy(policy))));
        });
    }
    action
}

fn identifiers(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) {
    let panels = words.panels();
    fact_word(ui, panels.author_domain, dmarc.author_domain.as_deref());
    fact(ui, panels.organizational_domain, |ui| word(ui, dmarc, dmarc.organizational_domain.as_deref(), words));
    ui.add_space(theme::GAP);
    if dmarc.identifiers.is_empty() {
        note(ui, Tone::Unknown, panels.no_identifiers);
        return;
    }
    let most = domain_width(ui, dmarc, words);
    Grid::new("identifiers").num_columns(5).striped(true).spacing([theme::WIDE, theme::GAP]).show(ui, |ui| {
        for title in
            [panels.identifier, panels.domain, panels.organizational_domain, panels.authenticated, panels.alignment]
        {
            ui.label(RichText::new(title).color(theme::palette(ui).weak()));
        }
        ui.end_row();
        for identifier in dmarc.identifiers.iter().take(IDENTIFIERS) {
            identifier_row(ui, dmarc, identifier, most, words);
            ui.end_row();
        }
    });
    ui.add_space(theme::GAP);
    for compared in dmarc.compared().take(IDENTIFIERS) {
        sentence(ui, &words.relation(compared));
    }
    if dmarc.identifiers.len() > IDENTIFIERS {
        let hidden = dmarc.identifiers.len() - IDENTIFIERS;
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(hidden)));
    }
}

/// Each of several author domains by itself.
fn would_be(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) {
    let panels = words.panels();
    note(ui, Tone::Caution, panels.would_be_hint);
    ui.add_space(theme::GAP);
    for one in &dmarc.would_be {
        ui.horizontal_wrapped(|ui| {
            // No tone of a result: it is none.
            state_word(ui, Tone::Info, words.dmarc_result(one.result));
            ui.add(Untrusted::fixed(&one.domain));
            let reason = words.dmarc_reason(one.reason);
            ui.label(RichText::new(reason).color(theme::palette(ui).weak()));
            if let Some(policy) = one.policy {
                let policy = format!("{}: {}", panels.policy, words.policy(policy));
                ui.label(RichText::new(policy).color(theme::palette(ui).weak()));
            }
        });
    }
    if dmarc.authors_left_out > 0 {
        note(ui, Tone::Unknown, &panels.authors_left_out.replace("{}", &count(dmarc.authors_left_out)));
    }
}

fn identifier_row(ui: &mut Ui, dmarc: &Dmarc, identifier: &Identifier, most: f32, words: &dyn Words) {
    let panels = words.panels();
    let strict = match identifier.source {
        IdentifierSource::Spf => {
            ui.label(panels.spf_mail_from);
            dmarc.aspf_strict
        }
        IdentifierSource::Dkim(index) => {
            ui.label(panels.signature_number.replace("{}", &(index + 1).to_string()));
            dmarc.adkim_strict
        }
    };
    domain(ui, &identifier.domain, most);
    match &identifier.organizational_domain {
        Some(organization) => domain(ui, organization, most),
        None => _ = ui.label("—"),
    }
    let authentication = identifier.authentication;
    ui.horizontal(|ui| {
        // A grid offers a cell no more than it took in the frame before.
        ui.set_min_width(state_word_width(ui, words.authentication(authentication)));
        state_word(ui, tone::authentication(authentication), words.authentication(authentication));
    });
    ui.horizontal(|ui| {
        ui.set_min_width(state_word_width(ui, words.alignment(identifier.alignment)));
        state_word(ui, tone::alignment(identifier.alignment), words.alignment(identifier.alignment));
        if strict {
            ui.label(RichText::new(panels.strict_demanded).color(theme::palette(ui).weak()));
        }
    });
}

/// A domain in as many lines as it needs. A grid offers a cell no more than it took in the frame before.
fn domain(ui: &mut Ui, domain: &str, most: f32) {
    let width = text_width(ui, domain, TextStyle::Monospace).min(most);
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.add(Untrusted::fixed(domain));
    });
}

/// The most that each of the two columns of domains may take, so that the states beside them stay in sight.
fn domain_width(ui: &Ui, dmarc: &Dmarc, words: &dyn Words) -> f32 {
    let panels = words.panels();
    let title = |title: &str| text_width(ui, title, TextStyle::Body);
    let strict = title(panels.strict_demanded) + ui.spacing().item_spacing.x;
    let shown = || dmarc.identifiers.iter().take(IDENTIFIERS);
    let widest = |start: f32, width: &dyn Fn(&Identifier) -> f32| shown().map(width).fold(start, f32::max);
    let name = widest(title(panels.identifier), &|identifier| match identifier.source {
        IdentifierSource::Spf => title(panels.spf_mail_from),
        IdentifierSource::Dkim(index) => title(&panels.signature_number.replace("{}", &(index + 1).to_string())),
    });
    let authenticated = widest(title(panels.authenticated), &|identifier| {
        state_word_width(ui, words.authentication(identifier.authentication))
    });
    let aligned =
        widest(title(panels.alignment), &|identifier| state_word_width(ui, words.alignment(identifier.alignment)));
    let strict = if dmarc.aspf_strict || dmarc.adkim_strict { strict } else { 0.0 };
    let room = ui.available_width() - name - authenticated - aligned - strict - theme::WIDE * 4.0;
    (room / 2.0).floor().max(DOMAIN)
}

/// The least that a domain has.
const DOMAIN: f32 = 90.0;

fn policy(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if let Some(request) = dmarc.request() {
        sentence(ui, &words.policy_request(request));
        ui.add_space(theme::GAP);
    }
    fact(ui, panels.policy_asked, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(dmarc.policy.map_or(absent(dmarc, words), |policy| words.policy(policy)));
            if dmarc.testing {
                state_word(ui, Tone::Caution, panels.policy_testing);
            }
        });
    });
    fact(ui, panels.record_at, |ui| word(ui, dmarc, dmarc.record_at.as_deref(), words));
    let action = fact(ui, panels.record, |ui| {
        ui.horizontal_wrapped(|ui| {
            word(ui, dmarc, dmarc.applied_record().map(Record::text).as_deref(), words);
            dmarc.question.and_then(|question| link(ui, &Evidence::Question(question), words))
        })
        .inner
    });
    if let Some(record) = dmarc.applied_record() {
        fact(ui, panels.record_parts, |ui| record::parts(ui, record, words));
    }
    action
}

/// What DNS said, or why there is nothing.
fn word(ui: &mut Ui, dmarc: &Dmarc, value: Option<&str>, words: &dyn Words) {
    match value {
        Some(value) => ui.add(Untrusted::fixed(value)),
        None => ui.label(RichText::new(absent(dmarc, words)).color(theme::palette(ui).weak())),
    };
}

/// Absent is only what somebody was asked for.
fn absent(dmarc: &Dmarc, words: &dyn Words) -> &'static str {
    let panels = words.panels();
    match dmarc.reason {
        Reason::NotAsked => panels.not_asked,
        Reason::DnsTrouble => panels.no_answer,
        _ => panels.absent,
    }
}

fn walk(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    for step in &dmarc.walk {
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone::found(step.found), words.found(step.found));
            ui.add(Untrusted::fixed(&format!("_dmarc.{}", step.domain)));
            action = link(ui, &Evidence::Question(step.question), words).or(action.take());
        });
        // What was passed over is shown where it stood.
        for text in step.texts.iter().filter(|_| step.found != Found::Record) {
            ui.add(Untrusted::fixed(&text.record.text()).color(theme::palette(ui).weak()));
        }
    }
    if dmarc.walk.is_empty() {
        note(ui, Tone::Unknown, words.panels().not_evaluated);
    }
    action
}
