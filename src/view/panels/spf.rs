//! SPF: the two identities of the session, each with its trace.

use egui::{RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::second::Part;
use crate::auth::spf::Check;
use crate::facts::Facts;
use crate::text::Words;
use crate::view::action::Action;
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{fact, fact_word, note, second_opinion, section, state_word, steps};

#[derive(Debug)]
pub struct Data<'a> {
    facts: &'a Facts,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    Data { facts: &analysis.facts, look: state.look.as_ref() }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let spf = &data.facts.spf;
    note(ui, Tone::Unknown, panels.spf_hint);
    session(ui, data.facts, words);
    let mut action = None;
    for (part, title, check, hint) in [
        (Part::MailFrom, panels.spf_mail_from, &spf.mail_from, panels.spf_mail_from_hint),
        (Part::Helo, panels.spf_helo, &spf.helo, panels.spf_helo_hint),
        (Part::HeaderFrom, panels.spf_header_from, &spf.header_from, panels.spf_header_from_hint),
    ] {
        let traced = section(ui, title, |ui| {
            note(ui, Tone::Unknown, hint);
            if let Some(check) = check {
                second_opinion(ui, &data.facts.second, part, words);
                evaluation(ui, check, data.look, words)
            } else {
                note(ui, Tone::Caution, panels.spf_not_judged);
                None
            }
        });
        action = traced.or(action);
    }
    action
}

/// The facts of the session that SPF is judged on, and where each was taken from.
fn session(ui: &mut Ui, facts: &Facts, words: &dyn Words) {
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

fn evaluation(ui: &mut Ui, check: &Check, look: Option<&Look>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        state_word(ui, tone::spf(check.result), words.spf_result(check.result));
        ui.label(words.spf_reason(check.result, check.reason));
    });
    fact_word(ui, panels.domain, Some(&check.domain));
    if let Some(matched) = &check.matched {
        fact(ui, panels.matched, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.add(Untrusted::fixed(&matched.term));
                ui.add(Untrusted::fixed(&format!("({})", matched.domain)).color(theme::palette(ui).weak()));
            });
        });
    }
    if let Some(culprit) = &check.culprit {
        fact(ui, panels.cause, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.add(Untrusted::fixed(culprit.term.as_deref().unwrap_or_default()));
                ui.add(Untrusted::fixed(&format!("({})", culprit.domain)).color(theme::palette(ui).weak()));
            });
        });
    }
    fact(ui, panels.lookups, |ui| ui.label(format!("{} / 10", check.lookups)));
    fact(ui, panels.void_lookups, |ui| ui.label(format!("{} / 2", check.void_lookups)));
    if let Some(explanation) = &check.explanation {
        fact_word(ui, panels.explanation, Some(explanation));
    }
    ui.add_space(theme::GAP);
    steps(ui, &check.trace, look, words)
}
