//! A DMARC aggregate report: who counted, for which domain, and which sources passed.

use egui::{Grid, RichText, Ui};

use crate::aggregate::{Aggregate, Source};
use crate::analyze::Analysis;
use crate::text::{Words, moment};
use crate::view::theme::{self, Tone};
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{fact, fact_word, note, section, state_word};

/// The most sources that are drawn.
const SOURCES: usize = 200;

/// The width of the longest IPv6 address.
const ADDRESS: f32 = 330.0;

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
        let tone = if report.failed() == 0 { Tone::Good } else { Tone::Caution };
        state_word(ui, tone, &words.aggregate_counted(report.messages, report.failed()));
    });
    if !report.deviations.is_empty() {
        let texts: Vec<&str> = report.deviations.iter().map(|one| words.aggregate_deviation(*one)).collect();
        fact(ui, panels.irregular, |ui| ui.label(texts.join(" · ")));
    }
}

fn sources(ui: &mut Ui, report: &Aggregate, words: &dyn Words) {
    let panels = words.panels();
    Grid::new("sources").num_columns(6).striped(true).spacing(egui::vec2(theme::WIDE, theme::TIGHT)).show(ui, |ui| {
        let weak = theme::palette(ui).weak();
        let columns = [
            panels.source_address,
            panels.counted,
            panels.spf_aligned,
            panels.dkim_aligned,
            panels.neither,
            panels.dispositions,
        ];
        for column in columns {
            ui.label(RichText::new(column).color(weak));
        }
        ui.end_row();
        for source in report.sources.iter().take(SOURCES) {
            row(ui, source);
        }
    });
    if report.sources.len() > SOURCES || report.left_out > 0 {
        ui.label(panels.more.replace("{}", &report.sources.len().saturating_sub(SOURCES).to_string()));
    }
}

fn row(ui: &mut Ui, source: &Source) {
    ui.scope(|ui| {
        ui.set_min_width(ADDRESS);
        ui.add(Untrusted::fixed(&source.name));
    });
    for count in [source.messages, source.spf, source.dkim] {
        ui.label(count.to_string());
    }
    let failed = source.failed.to_string();
    if source.failed > 0 {
        state_word(ui, Tone::Bad, &failed);
    } else {
        ui.label(failed);
    }
    ui.label(format!("quarantine {} / reject {}", source.quarantined, source.rejected));
    ui.end_row();
}
