//! Everything that one hop says.

use egui::{Button, RichText, Ui};

use super::{Data, tls_words};
use crate::check::Evidence;
use crate::message::Spanned;
use crate::path::{Handover, Hop, Part, PartKind, Side};
use crate::text::{Words, count, moment_in};
use crate::view::action::{Action, Request};
use crate::view::state::PartsView;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{self, Breaks, Untrusted};
use crate::view::widgets::{fact, fact_word, link, note, state_word};

pub(super) fn details(ui: &mut Ui, data: &Data<'_>, index: usize, words: &dyn Words) -> Option<Action> {
    let hop = data.path.hops.get(index)?;
    let panels = words.panels();
    fact(ui, panels.side, |ui| {
        ui.label(words.side(hop.side));
        if hop.side == Side::Sending {
            ui.horizontal_wrapped(|ui| {
                state_word(ui, Tone::Unknown, panels.claim_only);
                note(ui, Tone::Unknown, panels.claim_only_hint);
            });
        }
    });
    fact(ui, panels.hop_software, |ui| ui.label(writer(hop).unwrap_or_else(|| panels.unknown_software.to_owned())));
    let value = |spanned: &Option<Spanned<String>>| spanned.as_ref().map(|word| word.value.clone());
    fact_word(ui, panels.helo, value(&hop.from.helo).as_deref());
    fact_word(ui, panels.reverse_name, value(&hop.from.name).as_deref());
    if hop.side == Side::Boundary && hop.from.name.is_some() {
        fact(ui, "", |ui| note(ui, Tone::Unknown, panels.reverse_name_proves));
    }
    for (name, value) in [
        (panels.address, hop.from.address_text()),
        (panels.by, value(&hop.by)),
        (panels.with, value(&hop.with)),
        (panels.hop_id, value(&hop.id)),
        (panels.recipient, value(&hop.recipient)),
        (panels.date, hop.date.map(|date| moment_in(date.value.instant, data.zone))),
    ] {
        fact_word(ui, name, value.as_deref());
    }
    for (name, value) in [(panels.via, value(&hop.via)), (panels.envelope_from, sender(hop))] {
        if value.is_some() {
            fact_word(ui, name, value.as_deref());
        }
    }
    remarks(ui, index, hop, words);
    tls(ui, hop, words);
    let raw = untrusted::lines(data.analysis.message.source.slice(hop.span));
    fact(ui, panels.field_as_written, |ui| ui.add(Untrusted::fixed(raw.trim_end()).breaks(Breaks::Kept)));
    let action = buttons(ui, data, index, hop, words);
    if data.parts == PartsView::Shown {
        return parts(ui, data, hop, words).or(action);
    }
    action
}

/// The software and whoever runs it, as far as the line shows them.
fn writer(hop: &Hop) -> Option<String> {
    let names = [hop.dialect.name(), hop.operator.and_then(crate::path::Dialect::name)];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    (!names.is_empty()).then(|| names.join(" · "))
}

fn sender(hop: &Hop) -> Option<String> {
    hop.envelope_from.as_ref().map(|from| if from.value.is_empty() { "<>".to_owned() } else { from.value.clone() })
}

/// What is worth a sentence: a login, a doubted name, how the hop joins the one before.
fn remarks(ui: &mut Ui, index: usize, hop: &Hop, words: &dyn Words) {
    let panels = words.panels();
    if !matches!(hop.handover, Handover::First | Handover::NotComparable) {
        let tone = if hop.handover == Handover::Elsewhere { Tone::Caution } else { Tone::Unknown };
        let text = words.handover(hop.handover).replace("{}", &index.to_string());
        fact(ui, panels.handover, |ui| note(ui, tone, &text));
    }
    let said = [hop.authenticated.map(|_| panels.logged_in), hop.from.doubt.map(|_| panels.name_doubted)];
    for remark in said.into_iter().flatten() {
        fact(ui, "", |ui| note(ui, Tone::Unknown, remark));
    }
}

fn tls(ui: &mut Ui, hop: &Hop, words: &dyn Words) {
    fact(ui, "TLS", |ui| {
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone::tls_of(hop), words.tls_state(hop.tls.state));
            if let Some(tls) = tls_words(&hop.tls) {
                ui.add(Untrusted::fixed(&tls));
            }
        });
        ui.label(RichText::new(words.panels().tls_hint).color(theme::palette(ui).weak()));
    });
}

fn buttons(ui: &mut Ui, data: &Data<'_>, index: usize, hop: &Hop, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        let is_boundary = data.path.boundary.as_ref().is_some_and(|boundary| boundary.hop == index);
        let choose = panels.use_as_boundary.replace("{}", &(index + 1).to_string());
        let choose = ui.add_enabled(!is_boundary, Button::new(choose));
        let (title, other) = match data.parts {
            PartsView::Hidden => (panels.show_parts, PartsView::Shown),
            PartsView::Shown => (panels.hide_parts, PartsView::Hidden),
        };
        let parts = ui.button(title).clicked().then_some(Action::Parts(other));
        let shown = link(ui, &Evidence::Bytes(hop.span), words);
        choose.clicked().then(|| Request::Boundary(Some(index)).into()).or(parts).or(shown)
    })
    .inner
}

/// The most parts that are listed; a real field has a dozen.
const PARTS: usize = 60;

/// Every part of the field with what it was read as; a part is found in the header by a click.
fn parts(ui: &mut Ui, data: &Data<'_>, hop: &Hop, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    ui.add_space(theme::GAP);
    let parts: Vec<&Part> = hop.parts.iter().filter(|part| part.kind != PartKind::Mark).collect();
    for part in parts.iter().take(PARTS) {
        let text = untrusted::lines(data.analysis.message.source.slice(part.span));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        fact(ui, words.part_kind(part.kind), |ui| {
            ui.horizontal_wrapped(|ui| {
                let color = theme::palette(ui).ink(Tone::Caution).text;
                let shown = Untrusted::fixed(&text);
                ui.add(if part.kind.is_unread() { shown.color(color) } else { shown });
                action = link(ui, &Evidence::Bytes(part.span), words).or(action.take());
            });
        });
    }
    if parts.len() > PARTS {
        note(ui, Tone::Unknown, &words.panels().more.replace("{}", &count(parts.len() - PARTS)));
    }
    action
}
