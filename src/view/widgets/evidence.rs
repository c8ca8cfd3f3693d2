//! What something rests on: the bytes, the step or the question, and the way there.

use egui::{Id, RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::trace::{Step, StepId};
use crate::check::Evidence;
use crate::message::{Field, Message, Span};
use crate::text::Words;
use crate::view::action::Action;
use crate::view::state::Look;
use crate::view::theme;
use crate::view::untrusted::{Fit, Untrusted, line};
use crate::view::widgets::field_value;

/// The most characters of a place that are quoted.
const QUOTED: usize = 300;

/// A button that leads to the place.
pub(in crate::view) fn link(ui: &mut Ui, evidence: &Evidence, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let name = match evidence {
        Evidence::Bytes(_) => panels.show_in_headers.to_owned(),
        Evidence::Step(_) => panels.show_step.to_owned(),
        Evidence::Question(id) => format!("DNS #{}", id.0),
    };
    let clicked = ui.link(name).clicked();
    clicked.then(|| Action::Look(evidence.clone()))
}

/// What stands at the place, in one line, with the way there.
pub(in crate::view) fn excerpt(
    ui: &mut Ui,
    evidence: &Evidence,
    analysis: &Analysis,
    words: &dyn Words,
) -> Option<Action> {
    ui.horizontal_wrapped(|ui| {
        let action = link(ui, evidence, words);
        match evidence {
            Evidence::Bytes(span) => {
                ui.add(Untrusted::fixed(&line(&quote(&analysis.message, *span))).fit(Fit::Cut));
            }
            Evidence::Step(id) => {
                if let Some(step) = find_step(analysis, id) {
                    ui.label(format!("{}: {}", words.step(step.what), words.outcome(step.outcome)));
                    ui.add(Untrusted::fixed(step.text.as_deref().unwrap_or_default()).fit(Fit::Cut));
                }
            }
            Evidence::Question(id) => {
                if let Some(entry) = analysis.questions.iter().find(|entry| entry.id == *id) {
                    ui.add(Untrusted::fixed(&entry.question.name).fit(Fit::Cut));
                    if let Err(failure) = entry.answer.records {
                        ui.label(RichText::new(words.dns_failure(failure)).color(theme::palette(ui).weak()));
                    }
                }
            }
        }
        action
    })
    .inner
}

/// What stands at the place: of a whole field its name and its decoded value, of a part of one what is written there.
fn quote(message: &Message, span: Span) -> String {
    let whole = |field: &&Field| span.start <= field.value.start && field.value.start < span.end;
    if let Some(field) = message.fields.iter().find(whole) {
        let value: String = field_value(message, field).chars().take(QUOTED).collect();
        return format!("{}: {value}", field.name);
    }
    let bytes = message.source.slice(span);
    String::from_utf8_lossy(bytes.get(..QUOTED).unwrap_or(bytes)).into_owned()
}

/// Whether the place that was asked for comes into view for the first time, so that it has to be scrolled to.
pub(in crate::view) fn arrived(ui: &Ui, look: &Look) -> bool {
    let seen = Id::unique("look");
    let new = ui.data(|data| data.get_temp::<u64>(seen)) != Some(look.number);
    ui.data_mut(|data| data.insert_temp(seen, look.number));
    new
}

fn find_step<'a>(analysis: &'a Analysis, id: &StepId) -> Option<&'a Step> {
    let facts = &analysis.facts;
    let checks = [&facts.spf.mail_from, &facts.spf.helo, &facts.spf.header_from];
    let spf = checks.into_iter().flatten().map(|check| &check.trace);
    let dkim = facts.dkim.iter().map(|signature| &signature.trace);
    let iprev = facts.iprev.iter().map(|iprev| &iprev.trace);
    spf.chain(dkim).chain([&facts.arc.trace, &facts.dmarc.trace]).chain(iprev).find_map(|trace| trace.find(id))
}
