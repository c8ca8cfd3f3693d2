//! Every DNS question of the analysis, by number.

use egui::text::LayoutJob;
use egui::{Align, Label, Layout, Response, RichText, ScrollArea, TextEdit, TextFormat, TextStyle, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::analyze::Analysis;
use crate::check::Evidence;
use crate::dns::{Data as RecordData, Entry, QuestionId};
use crate::message::Span;
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{Breaks, Fit, Untrusted, append};
use crate::view::widgets::{arrived, note, section, state_word, text_width};

#[derive(Debug)]
pub struct Data<'a> {
    entries: Vec<&'a Entry>,
    /// The question whose records are shown in full.
    chosen: Option<&'a Entry>,
    filter: &'a str,
    asked: usize,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    let wanted = state.filter.to_lowercase();
    let all = || analysis.questions.iter().map(AsRef::as_ref);
    let fits = |entry: &&Entry| entry.question.name.to_lowercase().contains(&wanted);
    let look = state.look.as_ref();
    let chosen = look.and_then(|look| match look.evidence {
        Evidence::Question(id) => all().find(|entry| entry.id == id),
        _ => None,
    });
    let asked = analysis.questions.len();
    Data { entries: all().filter(fits).collect(), chosen, filter: &state.filter, asked, look }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(panels.filter);
        let mut filter = data.filter.to_owned();
        let edit = ui.add(TextEdit::singleline(&mut filter).desired_width(260.0)).labelled_by(label.id);
        if edit.changed() {
            action = Some(Action::Filter(filter));
        }
        let shown = panels.shown_of_all.replace("{shown}", &count(data.entries.len()));
        ui.label(RichText::new(shown.replace("{all}", &count(data.asked))).color(theme::palette(ui).weak()));
    });
    if data.asked == 0 {
        note(ui, Tone::Unknown, panels.no_questions);
        return action;
    }
    let detail = data.chosen.map_or(0.0, |_| ui.available_height() * 0.42);
    let height = (ui.available_height() - detail - theme::ROW - theme::WIDE).max(theme::ROW * 4.0);
    let is_new = data.chosen.is_some() && data.look.is_some_and(|look| arrived(ui, look));
    action = table(ui, data, is_new, height, words).or(action);
    if let Some(entry) = data.chosen {
        let part = data.look.and_then(|look| look.part);
        section(ui, &format!("DNS #{}", entry.id.0), |ui| {
            ScrollArea::vertical().id_salt("answer").show(ui, |ui| answer(ui, entry, part, is_new, words));
        });
    }
    action
}

fn table(ui: &mut Ui, data: &Data<'_>, is_new: bool, height: f32, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let chosen_row =
        data.chosen.filter(|_| is_new).and_then(|chosen| data.entries.iter().position(|entry| entry.id == chosen.id));
    // Each as wide as its title and what stands below it need.
    let titled = |title: &str, least: f32| text_width(ui, title, TextStyle::Body).max(least);
    let kind = titled(panels.record_type, KIND);
    let time = titled(panels.answer_time, MILLIS);
    let names = data.entries.iter().take(MEASURED).map(|entry| entry.question.name.as_str());
    let name = names.map(|name| text_width(ui, name, TextStyle::Monospace)).fold(NAME, f32::max) + theme::GAP;
    let name = name.min((ui.available_width() * NAMES).max(NAME));
    let gaps = ui.spacing().item_spacing.x * 5.0 + ui.spacing().scroll.allocated_width();
    // What is left for the records, which take as many lines as they need.
    let room = (ui.available_width() - NUMBER - name - kind - time - gaps).max(RECORDS);
    let letter = text_width(ui, "0", TextStyle::Monospace);
    let line = ui.text_style_height(&TextStyle::Monospace);
    let lines = |entry: &Entry| lines(&told(entry), room, letter);
    let heights = data.entries.iter().map(|entry| theme::ROW + line * f32::from(lines(entry) - 1));
    let heights: Vec<f32> = heights.collect();
    ui.scope(|ui| {
        let mut table = TableBuilder::new(ui)
            .striped(true)
            .resizable(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .max_scroll_height(height)
            .min_scrolled_height(0.0)
            .column(Column::initial(NUMBER))
            .column(Column::initial(name).clip(true))
            .column(Column::initial(kind).clip(true))
            .column(Column::initial(room).at_least(RECORDS).clip(true))
            .column(Column::remainder().clip(true));
        if let Some(row) = chosen_row {
            table = table.scroll_to_row(row, None);
        }
        table
            .header(theme::ROW, |mut row| {
                for title in ["#", panels.name, panels.record_type, panels.records, panels.answer_time] {
                    row.col(|ui| _ = ui.label(RichText::new(title).color(theme::palette(ui).weak())));
                }
            })
            .body(|body| {
                body.heterogeneous_rows(heights.into_iter(), |mut row| {
                    let Some(entry) = data.entries.get(row.index()) else { return };
                    row.set_selected(data.chosen.is_some_and(|chosen| chosen.id == entry.id));
                    let pressed = question_row(&mut row, entry, words);
                    if pressed || row.response().clicked() {
                        action = Some(look(entry.id));
                    }
                });
            });
    });
    action
}

/// What the number takes, the least and the most of names, and the least of records.
const NUMBER: f32 = 34.0;
const NAME: f32 = 120.0;
const NAMES: f32 = 0.3;
const RECORDS: f32 = 240.0;
/// The most names that are measured, and the most lines of one row.
const MEASURED: usize = 300;
const LINES: u8 = 5;

/// How many lines a text takes, in letters of one width; the last may be cut.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some hundreds"
)]
fn lines(text: &str, room: f32, letter: f32) -> u8 {
    let wide = text.chars().take(2_000).map(|character| if character.is_ascii() { 1 } else { 2 }).sum::<usize>();
    ((wide as f32 * letter / room).ceil() as u8).clamp(1, LINES)
}

/// The records of an answer.
fn told(entry: &Entry) -> String {
    entry.answer.records.iter().flatten().map(record).collect::<Vec<_>>().join("   ")
}

/// The least that the type of a record and a time take.
const KIND: f32 = 56.0;
const MILLIS: f32 = 56.0;

const fn look(id: QuestionId) -> Action {
    Action::Look(Evidence::Question(id))
}

/// The cells of one question; true when its number was pressed.
fn question_row(row: &mut TableRow<'_, '_>, entry: &Entry, words: &dyn Words) -> bool {
    let mut pressed = false;
    row.col(|ui| {
        let number = ui.add(egui::Button::new(entry.id.0.to_string()).frame(false));
        let name = format!("DNS #{}", entry.id.0);
        number.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        pressed = number.clicked();
    });
    row.col(|ui| _ = ui.add(Untrusted::fixed(&entry.question.name).fit(Fit::Cut)));
    row.col(|ui| _ = ui.label(entry.question.kind.word()));
    row.col(|ui| {
        if entry.answer.records.is_ok() {
            ui.add(Untrusted::fixed(&told(entry)).fit(Fit::Rows(usize::from(LINES))));
        } else {
            status(ui, entry, words);
        }
    });
    row.col(|ui| _ = ui.label(entry.millis.map_or_else(|| "—".to_owned(), |millis| millis.to_string())));
    pressed
}

fn status(ui: &mut Ui, entry: &Entry, words: &dyn Words) {
    match entry.answer.records {
        Ok(_) => state_word(ui, Tone::Good, words.panels().answered),
        Err(failure) => state_word(ui, tone::failure(failure), words.dns_failure(failure)),
    };
}

fn answer(ui: &mut Ui, entry: &Entry, part: Option<(usize, Span)>, is_new: bool, words: &dyn Words) {
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        status(ui, entry, words);
        ui.add(Untrusted::fixed(&format!("{} {}", entry.question.name, entry.question.kind.word())));
    });
    for name in &entry.answer.cname {
        ui.horizontal_wrapped(|ui| {
            ui.label("→ CNAME");
            ui.add(Untrusted::fixed(name));
        });
    }
    for (index, data) in entry.answer.records.iter().flatten().enumerate() {
        match (part.filter(|(record, _)| *record == index), data.joined()) {
            (Some((_, span)), Some(text)) => {
                let shown = marked(ui, &text, span);
                if is_new {
                    shown.scroll_to_me(Some(Align::Center));
                }
            }
            _ => _ = ui.add(Untrusted::fixed(&record(data))),
        }
    }
    if let Some(ttl) = entry.answer.ttl {
        note(ui, Tone::Unknown, &panels.ttl.replace("{}", &ttl.to_string()));
    }
}

/// The text of a record with some of its bytes marked.
fn marked(ui: &mut Ui, text: &[u8], span: Span) -> Response {
    let palette = theme::palette(ui);
    let plain = TextFormat::simple(TextStyle::Monospace.resolve(ui.style()), ui.visuals().text_color());
    let ink = palette.ink(Tone::Info);
    let found = TextFormat { color: ink.text, background: ink.ground, ..plain.clone() };
    let mut job = LayoutJob::default();
    for (part, format) in
        [(text.get(..span.start), &plain), (text.get(span.start..span.end), &found), (text.get(span.end..), &plain)]
    {
        append(&mut job, &String::from_utf8_lossy(part.unwrap_or_default()), format, palette.mark(), Breaks::Marked);
    }
    ui.add(Label::new(job).wrap())
}

/// The data of a record in one line; the strings of a TXT record are kept apart.
fn record(data: &RecordData) -> String {
    let RecordData::Text(strings) = data else { return data.to_string() };
    let quoted = strings.iter().map(|string| format!("\"{}\"", String::from_utf8_lossy(string)));
    quoted.collect::<Vec<_>>().join(" ")
}
