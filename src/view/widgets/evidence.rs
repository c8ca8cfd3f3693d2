//! What something rests on: the bytes, the step or the question, and the way there.

use egui::{Id, RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::trace::{Step, StepId};
use crate::check::Evidence;
use crate::message::{Field, Message, Span};
use crate::text::Words;
use crate::view::action::Action;
use crate::view::state::{Look, Panel};
use crate::view::theme;
use crate::view::untrusted::{Fit, Untrusted, line};
use crate::view::widgets::field_value;

/// The most characters of a place that are quoted.
const QUOTED: usize = 300;

/// A button that leads to the place.
pub(in crate::view) fn link(ui: &mut Ui, evidence: &Evidence, words: &dyn Words) -> Option<Action> {
    let clicked = ui.link(way(evidence, words)).clicked();
    clicked.then(|| Action::Look(evidence.clone()))
}

/// A button for each place, each place once and each by a name of its own.
pub(in crate::view) fn links(
    ui: &mut Ui,
    places: &[Evidence],
    analysis: &Analysis,
    words: &dyn Words,
) -> Option<Action> {
    let mut action = None;
    for (name, evidence) in named(places, analysis, words) {
        if ui.link(name).clicked() {
            action = Some(Action::Look(evidence.clone()));
        }
    }
    action
}

/// What stands at each place, in one line, with the way there.
pub(in crate::view) fn excerpts<'a>(
    ui: &mut Ui,
    places: impl IntoIterator<Item = &'a Evidence>,
    analysis: &Analysis,
    words: &dyn Words,
) -> Option<Action> {
    let mut action = None;
    for (name, evidence) in named(places, analysis, words) {
        action = excerpt(ui, &name, evidence, analysis, words).or(action);
    }
    action
}

/// What the button says where there is one.
fn way(evidence: &Evidence, words: &dyn Words) -> String {
    let panels = words.panels();
    match evidence {
        Evidence::Bytes(_) => panels.show_in_headers.to_owned(),
        Evidence::Step(_) => panels.show_step.to_owned(),
        Evidence::Question(id) => format!("DNS #{}", id.0),
    }
}

/// Every place once. Those that would go by the same name are told apart by field or panel, then by line or step, then by
/// number.
fn named<'a>(
    places: impl IntoIterator<Item = &'a Evidence>,
    analysis: &Analysis,
    words: &dyn Words,
) -> Vec<(String, &'a Evidence)> {
    let mut shown: Vec<(String, &Evidence)> = Vec::new();
    for evidence in places {
        if !shown.iter().any(|(_, known)| *known == evidence) {
            shown.push((way(evidence, words), evidence));
        }
    }
    let told = |name: &str, evidence: &Evidence| {
        let way = way(evidence, words);
        // What stands in no field has no other name.
        if name.starts_with(&way) { name.to_owned() } else { beside(&way, name, words) }
    };
    rename_equal(&mut shown, |_, _, evidence| told(&place_name(evidence, analysis, words), evidence));
    rename_equal(&mut shown, |_, _, evidence| told(&exact_name(evidence, analysis, words), evidence));
    rename_equal(&mut shown, |number, name, _| format!("{name} ({number})"));
    shown
}

fn beside(place: &str, name: &str, words: &dyn Words) -> String {
    words.panels().named_place.replace("{place}", place).replace("{name}", name)
}

/// Gives those whose name is not theirs alone another; they are counted from 1.
fn rename_equal(named: &mut [(String, &Evidence)], rename: impl Fn(usize, &str, &Evidence) -> String) {
    let before: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    let mut counted = 0;
    for (name, evidence) in named {
        if before.iter().filter(|other| *other == name).count() > 1 {
            counted += 1;
            *name = rename(counted, name, evidence);
        }
    }
}

/// Where the place is: the name of its field, or of the panel with the step.
pub(super) fn place_name(place: &Evidence, analysis: &Analysis, words: &dyn Words) -> String {
    match place {
        Evidence::Bytes(span) => {
            let mut fields = analysis.message.fields.iter();
            let field = fields.find(|field| field.span.start <= span.start && span.end <= field.span.end);
            field
                .filter(|field| field.name.len() <= LONGEST && field.name.is_ascii())
                .map_or_else(|| words.panels().show_in_headers.to_owned(), |field| field.name.clone())
        }
        Evidence::Step(step) => Panel::of_step(step).title(words).to_owned(),
        Evidence::Question(id) => format!("DNS #{}", id.0),
    }
}

/// The same with the line, or with what the step does.
fn exact_name(place: &Evidence, analysis: &Analysis, words: &dyn Words) -> String {
    let name = place_name(place, analysis, words);
    match place {
        Evidence::Bytes(span) => {
            let before = analysis.message.source.slice(Span::new(0, span.start));
            let line = before.split(|byte| *byte == b'\n').count();
            words.panels().place_in_line.replace("{line}", &line.to_string()).replace("{name}", &name)
        }
        Evidence::Step(id) => {
            find_step(analysis, id).map_or(name.clone(), |step| beside(&name, words.step(step.what), words))
        }
        Evidence::Question(_) => name,
    }
}

/// The longest name of a field that is shown as one.
const LONGEST: usize = 40;

/// What stands at the place, in one line, with the way there.
fn excerpt(ui: &mut Ui, name: &str, evidence: &Evidence, analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    ui.horizontal_wrapped(|ui| {
        let action = ui.link(name).clicked().then(|| Action::Look(evidence.clone()));
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
