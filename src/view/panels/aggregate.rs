//! A DMARC aggregate report: who counted, for which domain, and which sources passed.

use egui::{Grid, RichText, ScrollArea, TextStyle, Ui};

use crate::aggregate::{Aggregate, Outcome, Source};
use crate::analyze::Analysis;
use crate::text::{Words, count, least, moment};
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{self, Untrusted};
use crate::view::widgets::{fact, fact_word, note, section, state_word, text_width};

/// The most sources that are drawn.
const SOURCES: usize = 200;

/// The most identifiers, and reasons, that are drawn.
const DETAILS: usize = 400;

/// The most that an address, a domain or a comment takes, and the longest result: a grid gives a cell that can be wrapped no
/// more than it had.
const WORD: f32 = 330.0;
const RESULT: f32 = 140.0;

#[derive(Debug)]
pub struct Data<'a> {
    report: Option<&'a Aggregate>,
}

#[must_use]
pub fn data(analysis: &Analysis) -> Data<'_> {
    Data { report: analysis.facts.aggregate.as_ref() }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) {
    let Some(report) = data.report else { return };
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.aggregate_hint);
    section(ui, panels.aggregate, |ui| about(ui, report, words));
    section(ui, panels.source_address, |ui| sources(ui, report, words));
    if report.sources.iter().any(|source| !source.identifiers.is_empty()) {
        section(ui, panels.by_identifier, |ui| identifiers(ui, report, words));
    }
    if report.sources.iter().any(|source| !source.overrides.is_empty()) {
        section(ui, panels.overrides, |ui| overrides(ui, report, words));
    }
    ui.add_space(theme::WIDE);
}

fn about(ui: &mut Ui, report: &Aggregate, words: &dyn Words) {
    let panels = words.panels();
    fact_word(ui, panels.reported_by, report.reporter.as_deref());
    fact_word(ui, panels.domain, report.domain.as_deref());
    let policies: Vec<String> = report.policies.iter().map(|(tag, value)| format!("{tag}={value}")).collect();
    fact_word(ui, panels.policy, Some(policies.join("; ").as_str()).filter(|text| !text.is_empty()));
    fact(ui, panels.period, |ui| {
        let shown = |at: Option<jiff::Timestamp>| at.map_or_else(|| "–".to_owned(), moment);
        ui.label(format!("{} – {}", shown(report.begin), shown(report.end)));
    });
    fact(ui, panels.counted, |ui| {
        let tone = match report.failed() {
            1.. => Tone::Caution,
            0 if report.is_at_least() => Tone::Unknown,
            0 => Tone::Good,
        };
        state_word(ui, tone, &words.aggregate_counted(report));
    });
    if !report.deviations.is_empty() {
        let texts: Vec<&str> = report.deviations.iter().map(|one| words.aggregate_deviation(*one)).collect();
        fact(ui, panels.irregular, |ui| ui.label(texts.join(" · ")));
    }
}

fn sources(ui: &mut Ui, report: &Aggregate, words: &dyn Words) {
    let panels = words.panels();
    let columns = [
        panels.source_address,
        panels.counted,
        panels.spf_aligned,
        panels.dkim_aligned,
        panels.neither,
        panels.dispositions,
    ];
    let width = addresses(ui, report);
    table(ui, "sources", columns, |ui| {
        for source in report.sources.iter().take(SOURCES) {
            row(ui, source, width);
        }
    });
    if report.sources.len() > SOURCES || report.left_out > 0 {
        ui.label(panels.more.replace("{}", &count(report.sources.len().saturating_sub(SOURCES))));
    }
}

/// A table below its columns, which scrolls sideways where there is too little room.
fn table<const N: usize>(ui: &mut Ui, id: &str, columns: [&str; N], rows: impl FnOnce(&mut Ui)) {
    let spacing = egui::vec2(theme::WIDE, theme::TIGHT);
    ScrollArea::horizontal().id_salt(id).show(ui, |ui| {
        Grid::new(id).num_columns(N).striped(true).spacing(spacing).show(ui, |ui| {
            let weak = theme::palette(ui).weak();
            for column in columns {
                ui.label(RichText::new(column).color(weak));
            }
            ui.end_row();
            rows(ui);
        });
    });
}

/// Says how many rows are not drawn.
fn rest(ui: &mut Ui, all: usize, words: &dyn Words) {
    if all > DETAILS {
        ui.label(words.panels().more.replace("{}", &count(all - DETAILS)));
    }
}

fn identifiers(ui: &mut Ui, report: &Aggregate, words: &dyn Words) {
    let panels = words.panels();
    ui.label(RichText::new(panels.by_identifier_hint).color(theme::palette(ui).weak()));
    let columns = [panels.source_address, panels.method, panels.domain, panels.result, panels.counted];
    let all = || report.sources.iter().flat_map(|source| source.identifiers.iter().map(move |one| (source, one)));
    let width = addresses(ui, report);
    let domains = widest(ui, all().take(DETAILS).filter_map(|(_, one)| one.domain.as_deref()));
    table(ui, "identifiers", columns, |ui| {
        for (source, one) in all().take(DETAILS) {
            address(ui, source, width);
            ui.label(words.aggregate_method(one.method));
            word(ui, one.domain.as_deref(), domains);
            let tone = match one.outcome {
                Outcome::Pass => Tone::Good,
                Outcome::Fail | Outcome::SoftFail | Outcome::PermError => Tone::Bad,
                Outcome::Neutral | Outcome::None | Outcome::Policy | Outcome::TempError | Outcome::Unknown => {
                    Tone::Unknown
                }
            };
            wide(ui, RESULT, |ui| state_word(ui, tone, one.outcome.word().unwrap_or(panels.no_result)));
            ui.label(least(one.messages, source.at_least));
            ui.end_row();
        }
    });
    rest(ui, all().count(), words);
}

fn overrides(ui: &mut Ui, report: &Aggregate, words: &dyn Words) {
    let panels = words.panels();
    let columns = [panels.source_address, panels.override_reason, panels.override_comment, panels.counted];
    let all = || report.sources.iter().flat_map(|source| source.overrides.iter().map(move |one| (source, one)));
    let width = addresses(ui, report);
    let comments = widest(ui, all().take(DETAILS).filter_map(|(_, one)| one.comment.as_deref()));
    table(ui, "overrides", columns, |ui| {
        for (source, one) in all().take(DETAILS) {
            address(ui, source, width);
            ui.label(words.aggregate_reason(one.kind));
            word(ui, one.comment.as_deref(), comments);
            ui.label(least(one.messages, source.at_least));
            ui.end_row();
        }
    });
    rest(ui, all().count(), words);
}

/// What the longest of these words takes.
fn widest<'a>(ui: &Ui, words: impl Iterator<Item = &'a str>) -> f32 {
    const MEASURED: usize = 100;
    let start = |word: &str| word.chars().take(MEASURED).collect::<String>();
    let width = |word: &str| text_width(ui, &start(word), TextStyle::Monospace);
    words.map(width).fold(0.0, f32::max).min(WORD)
}

fn addresses(ui: &Ui, report: &Aggregate) -> f32 {
    widest(ui, report.sources.iter().take(SOURCES).map(|source| source.name.as_str()))
}

fn word(ui: &mut Ui, value: Option<&str>, width: f32) {
    wide(ui, width, |ui| match value {
        Some(value) => ui.add(Untrusted::new(&untrusted::line(value))),
        None => ui.label(RichText::new("–").color(theme::palette(ui).weak())),
    });
}

fn address(ui: &mut Ui, source: &Source, width: f32) {
    wide(ui, width, |ui| ui.add(Untrusted::fixed(&source.name)));
}

fn wide<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) {
    ui.scope(|ui| {
        ui.set_min_width(width);
        content(ui);
    });
}

fn row(ui: &mut Ui, source: &Source, width: f32) {
    address(ui, source, width);
    let told = |number| least(number, source.at_least);
    for number in [source.messages, source.spf, source.dkim] {
        ui.label(told(number));
    }
    let failed = told(source.failed);
    if source.failed > 0 {
        state_word(ui, Tone::Bad, &failed);
    } else {
        ui.label(failed);
    }
    ui.label(format!("quarantine {} / reject {}", told(source.quarantined), told(source.rejected)));
    ui.end_row();
}
