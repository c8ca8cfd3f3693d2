//! The header as it stands: every field, decoded or line by line.

mod repairs;

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};

use crate::analyze::Analysis;
use crate::check::Evidence;
use crate::message::{Field, Message, Span};
use crate::text::{Words, count};
use crate::view::action::{Action, Request};
use crate::view::state::{HeadersView, Look, State};
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{self, Breaks, Fit, Untrusted};
use crate::view::widgets::{FIELD, arrived, field_value};

#[derive(Debug)]
pub struct Data<'a> {
    message: &'a Message,
    /// The fields that fit the filter.
    fields: Vec<&'a Field>,
    filter: &'a str,
    view: HeadersView,
    /// The bytes that were asked for.
    bytes: Option<Span>,
    look: Option<&'a Look>,
    repairs: repairs::Data<'a>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    let message = &analysis.message;
    let wanted = state.filter.to_lowercase();
    let fits = |field: &&Field| {
        wanted.is_empty()
            || field.name.to_lowercase().contains(&wanted)
            || String::from_utf8_lossy(message.source.slice(field.value)).to_lowercase().contains(&wanted)
    };
    let look = state.look.as_ref();
    let bytes = look.and_then(|look| match look.evidence {
        Evidence::Bytes(span) => Some(span),
        _ => None,
    });
    let fields = message.fields.iter().filter(fits).collect();
    let repairs = repairs::data(analysis);
    // Another message may have none.
    let view = match state.headers {
        // A report by itself has no fields.
        _ if message.fields.is_empty() => HeadersView::Raw,
        HeadersView::Repairs if repairs.count() == 0 => HeadersView::Fields,
        view => view,
    };
    Data { message, fields, filter: &state.filter, view, bytes, look, repairs }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let action = controls(ui, data, words);
    ui.add_space(theme::GAP);
    let pressed = match data.view {
        HeadersView::Fields => fields(ui, data, words),
        HeadersView::Raw => {
            raw(ui, data);
            None
        }
        HeadersView::Repairs => repairs::show(ui, &data.repairs, words),
    };
    action.or(pressed)
}

fn controls(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let repairs = format!("{} ({})", panels.repairs_view, data.repairs.count());
        let views = [
            (HeadersView::Fields, panels.fields_view),
            (HeadersView::Raw, panels.raw_view),
            (HeadersView::Repairs, repairs.as_str()),
        ];
        for (view, name) in views.into_iter().take(if data.repairs.count() == 0 { 2 } else { 3 }) {
            if ui.selectable_label(data.view == view, name).clicked() {
                action = Some(Action::View(view));
            }
        }
        ui.add_space(theme::WIDE);
        let label = ui.label(panels.filter);
        let mut filter = data.filter.to_owned();
        let edit = ui.add(TextEdit::singleline(&mut filter).desired_width(260.0)).labelled_by(label.id);
        if edit.changed() {
            action = Some(Action::Filter(filter));
        }
        let shown = panels.shown_of_all.replace("{shown}", &count(data.fields.len()));
        let shown = shown.replace("{all}", &count(data.message.fields.len()));
        ui.label(RichText::new(shown).color(theme::palette(ui).weak()));
        if ui.button(panels.copy_headers).clicked() {
            let text = data.fields.iter().map(|field| String::from_utf8_lossy(data.message.source.slice(field.span)));
            action = Some(Request::CopyText(text.collect()).into());
        }
    });
    action
}

/// One row a field. The whole value is shown on hovering, and in the other view.
fn fields(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    TableBuilder::new(ui)
        .striped(true)
        .resizable(true)
        .sense(egui::Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::initial(260.0).clip(true))
        .column(Column::remainder().clip(true))
        .header(theme::ROW, |mut row| {
            for title in [panels.name, panels.value] {
                row.col(|ui| _ = ui.label(RichText::new(title).color(theme::palette(ui).weak())));
            }
        })
        .body(|body| {
            body.rows(theme::ROW, data.fields.len(), |mut row| {
                let Some(field) = data.fields.get(row.index()) else { return };
                row.set_selected(data.bytes.is_some_and(|bytes| overlaps(bytes, field.span)));
                row.col(|ui| _ = ui.add(Untrusted::fixed(&field.name).fit(Fit::Cut)));
                row.col(|ui| {
                    ui.add(Untrusted::fixed(&untrusted::line(&field_value(data.message, field))).fit(Fit::Cut));
                });
                if row.response().clicked() {
                    action = Some(Action::Look(Evidence::Bytes(field.span)));
                }
            });
        });
    action
}

const fn overlaps(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// Fields shown whole, with the asked bytes marked. Long headers show a window around the place that was asked for.
fn raw(ui: &mut Ui, data: &Data<'_>) {
    const WINDOW: usize = 200;
    let asked = data.bytes.and_then(|bytes| data.fields.iter().position(|field| overlaps(bytes, field.span)));
    let first = asked.map_or(0, |asked| asked.saturating_sub(WINDOW / 2));
    ScrollArea::vertical().id_salt("raw").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::TIGHT;
        for (index, field) in data.fields.iter().enumerate().skip(first).take(WINDOW) {
            let response = ui.add(egui::Label::new(marked(ui, data, field)).wrap());
            if asked == Some(index) && data.look.is_some_and(|look| arrived(ui, look)) {
                response.scroll_to_me(Some(Align::Center));
            }
        }
        let start =
            data.message.body.filter(|_| data.message.fields.is_empty()).map(|body| Span::new(body.start, body.start));
        let asked = data.bytes.filter(|bytes| data.message.body.is_some_and(|body| overlaps(*bytes, body)));
        let in_body = asked.or(start).zip(data.message.body);
        if let Some((bytes, body)) = in_body {
            let response = ui.add(egui::Label::new(body_around(ui, data.message, body, bytes)).wrap());
            if data.look.is_some_and(|look| arrived(ui, look)) {
                response.scroll_to_me(Some(Align::Center));
            }
        }
    });
}

/// The lines of the body around the asked bytes, which are on a coloured ground.
fn body_around(ui: &Ui, message: &Message, body: Span, bytes: Span) -> egui::text::LayoutJob {
    const AROUND: usize = 2_000;
    let start = bytes.start.saturating_sub(AROUND).max(body.start);
    let end = (bytes.end + AROUND).min(body.end).max(start);
    let from = bytes.start.clamp(start, end);
    let to = bytes.end.min(from + FIELD).clamp(from, end);
    let palette = theme::palette(ui);
    let font = egui::TextStyle::Monospace.resolve(ui.style());
    let plain = egui::TextFormat::simple(font.clone(), palette.text());
    let looked_at =
        egui::TextFormat { background: palette.highlight(), ..egui::TextFormat::simple(font, palette.strong()) };
    let mut job = egui::text::LayoutJob::default();
    let dots = |shown: bool| if shown { "…\n" } else { "\n" };
    untrusted::append(&mut job, dots(start > body.start), &plain, palette.mark(), Breaks::Kept);
    for (span, format) in
        [(Span::new(start, from), &plain), (Span::new(from, to), &looked_at), (Span::new(to, end), &plain)]
    {
        let text = untrusted::lines(message.source.slice(span));
        untrusted::append(&mut job, &text, format, palette.mark(), Breaks::Kept);
    }
    job
}

/// One field as it stands, the asked bytes on a coloured ground.
fn marked(ui: &Ui, data: &Data<'_>, field: &Field) -> egui::text::LayoutJob {
    let palette = theme::palette(ui);
    let font = egui::TextStyle::Monospace.resolve(ui.style());
    let plain = egui::TextFormat::simple(font.clone(), palette.text());
    let name = egui::TextFormat::simple(font.clone(), palette.ink(Tone::Info).text);
    let looked_at =
        egui::TextFormat { background: palette.highlight(), ..egui::TextFormat::simple(font, palette.strong()) };
    let look = data.bytes.unwrap_or_default();
    let whole = trimmed_end(data.message, field.span);
    let end = whole.min(field.value.start + FIELD);
    let from = look.start.clamp(field.value.start, end);
    let to = look.end.clamp(from, end);
    // A place that reaches over the name marks it too.
    let name = if look.start <= field.span.start && look.end > field.span.start { &looked_at } else { &name };
    let mut job = egui::text::LayoutJob::default();
    for (span, format) in [
        (Span::new(field.span.start, field.value.start), name),
        (Span::new(field.value.start, from), &plain),
        (Span::new(from, to), &looked_at),
        (Span::new(to, end), &plain),
    ] {
        let text = untrusted::lines(data.message.source.slice(span));
        untrusted::append(&mut job, &text, format, palette.mark(), Breaks::Kept);
    }
    if end < whole {
        untrusted::append(&mut job, " …", &plain, palette.mark(), Breaks::Kept);
    }
    job
}

/// Where the field ends without its last line end.
fn trimmed_end(message: &Message, span: Span) -> usize {
    span.start + message.source.slice(span).trim_ascii_end().len()
}
