//! A delivery report: who refused which recipient, in which words, what that means, and the way to the returned message.

use egui::{RichText, Ui};

use crate::analyze::Analysis;
use crate::bounce::{Bounce, Outcome, Recipient, Returned};
use crate::check::Evidence;
use crate::text::{Words, count, stamp};
use crate::view::action::{Action, Request};
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{Untrusted, line};
use crate::view::widgets::{fact, fact_word, link, note, section, section_named, sentence, state_word};

/// The most recipients that are drawn; a hostile report can have thousands.
const RECIPIENTS: usize = 60;

#[derive(Debug)]
pub struct Data<'a> {
    bounce: Option<&'a Bounce>,
    /// Whether the returned message is in the list, so that it can be opened.
    is_listed: bool,
}

#[must_use]
pub fn data(analysis: &Analysis) -> Data<'_> {
    let bounce = analysis.facts.bounce.as_ref();
    Data { bounce, is_listed: can_open(analysis) }
}

/// Whether a returned message is there that can be opened.
pub(in crate::view) fn can_open(analysis: &Analysis) -> bool {
    let returned = analysis.facts.bounce.as_ref().and_then(|bounce| bounce.returned.as_ref());
    returned.is_some() && analysis.message.place.is_some()
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let bounce = data.bounce?;
    note(ui, Tone::Unknown, panels.bounce_hint);
    let mut action = section(ui, panels.bounce, |ui| about(ui, bounce, words));
    for recipient in bounce.recipients.iter().take(RECIPIENTS) {
        let title = recipient.address.as_deref().or(recipient.original.as_deref()).unwrap_or(panels.not_named);
        action = section_named(ui, title, |ui| card(ui, recipient, bounce.returned.is_some(), words)).or(action);
    }
    let left_out = bounce.recipients.len().saturating_sub(RECIPIENTS) + bounce.left_out;
    if left_out > 0 {
        ui.label(panels.more.replace("{}", &count(left_out)));
    }
    let opened = section(ui, panels.returned_message, |ui| {
        if let Some(returned) = &bounce.returned {
            return self::returned(ui, returned, data.is_listed, words);
        }
        note(ui, Tone::Unknown, panels.no_returned);
        None
    });
    ui.add_space(theme::WIDE);
    opened.or(action)
}

fn about(ui: &mut Ui, bounce: &Bounce, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    fact_word(ui, panels.reported_by, bounce.reporter.as_deref());
    fact(ui, panels.read_from, |ui| {
        let form = words.bounce_form(bounce.form);
        ui.label(bounce.writer.map_or_else(|| form.to_owned(), |writer| format!("{form} · {writer}")));
    });
    if let Some(at) = bounce.arrived {
        fact_word(ui, panels.arrived_there, Some(&stamp(at)));
    }
    if !bounce.deviations.is_empty() {
        let texts: Vec<&str> = bounce.deviations.iter().map(|deviation| words.bounce_deviation(*deviation)).collect();
        fact(ui, panels.irregular, |ui| ui.label(texts.join(" · ")));
    }
    fact(ui, panels.evidence, |ui| link(ui, &Evidence::Bytes(bounce.span), words))
}

fn card(ui: &mut Ui, recipient: &Recipient, is_returned: bool, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    fact(ui, panels.outcome, |ui| state_word(ui, tone(recipient.outcome), words.bounce_outcome(recipient.outcome)));
    if let Some(original) = &recipient.original {
        fact_word(ui, panels.written_to, Some(original));
    }
    if recipient.host.is_some() || recipient.provider.is_some() {
        fact(ui, panels.answered_by, |ui| {
            ui.horizontal_wrapped(|ui| {
                if let Some(host) = recipient.provider {
                    ui.label(RichText::new(host.title).color(theme::palette(ui).strong()));
                }
                if let Some(host) = &recipient.host {
                    ui.add(Untrusted::fixed(host));
                }
                if let Some(host) = recipient.provider {
                    ui.label(RichText::new(words.bounce_known_by(host.by)).color(theme::palette(ui).weak()));
                }
            });
        });
    }
    let codes = [recipient.reply.map(|reply| reply.to_string()), recipient.status.map(|status| status.to_string())];
    let codes: Vec<String> = codes.into_iter().flatten().collect();
    fact(ui, panels.codes, |ui| ui.label(if codes.is_empty() { panels.no_code.to_owned() } else { codes.join("  ") }));
    if let Some(text) = &recipient.text {
        fact(ui, panels.as_written, |ui| ui.add(Untrusted::fixed(text)));
    }
    meaning(ui, recipient, is_returned, words);
    for (name, at) in [(panels.last_attempt, recipient.last_attempt), (panels.retried_until, recipient.retried_until)] {
        if let Some(at) = at {
            fact_word(ui, name, Some(&stamp(at)));
        }
    }
    fact(ui, panels.evidence, |ui| link(ui, &Evidence::Bytes(recipient.span), words))
}

fn meaning(ui: &mut Ui, recipient: &Recipient, is_returned: bool, words: &dyn Words) {
    let panels = words.panels();
    match recipient.decoded {
        Some(decoded) => {
            fact(ui, panels.what_it_means, |ui| {
                ui.label(RichText::new(words.bounce_meaning(decoded.meaning)).color(theme::palette(ui).strong()));
                let source = panels.source_dated.replace("{page}", decoded.source).replace("{date}", decoded.dated);
                let basis = format!("{} · {source}", words.bounce_basis(decoded.basis));
                ui.label(RichText::new(basis).small().color(theme::palette(ui).weak()));
            });
            fact(ui, panels.remedy, |ui| sentence(ui, &words.bounce_remedy(recipient, is_returned)));
        }
        None if recipient.outcome != Outcome::Delivered => {
            fact(ui, panels.what_it_means, |ui| ui.label(panels.unknown_code));
        }
        None => {}
    }
}

fn returned(ui: &mut Ui, returned: &Returned, is_listed: bool, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    fact(ui, panels.subject, |ui| {
        ui.add(Untrusted::new(&line(returned.subject.as_deref().unwrap_or(panels.no_subject))));
    });
    fact_word(ui, panels.author_domain, returned.author.as_deref());
    fact_word(ui, "Message-ID", returned.message_id.as_deref());
    let signers = returned.signers.join(", ");
    fact_word(ui, panels.signing_domain, Some(signers.as_str()).filter(|signers| !signers.is_empty()));
    if returned.header_only {
        fact(ui, panels.input, |ui| ui.label(panels.returned_header_only));
    }
    sentence(ui, panels.returned_hint);
    (is_listed && ui.button(panels.open_returned).clicked()).then(|| Request::ShowReturned.into())
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Final => Tone::Bad,
        Outcome::Temporary => Tone::Caution,
        Outcome::Delivered => Tone::Good,
        Outcome::Unknown => Tone::Unknown,
    }
}
