//! The table of the path: a row for each hop, and between the hops one for each field that tells of the way beside them.

use egui::{Align, Button, Label, Layout, Response, RichText, ScrollArea, Sense, Stroke, TextStyle, Ui, vec2};
use egui_extras::{Column, TableBuilder, TableRow};
use jiff::{SignedDuration, Timestamp};

use super::{Data, tls_words};
use crate::check::Evidence;
use crate::message::Spanned;
use crate::message::date::{Stamp, Zone};
use crate::path::{Handover, Hop, Path, Side, Waypoint};
use crate::text::{Words, clock, stamp, zone};
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{Fit, Untrusted};
use crate::view::widgets::{state_word, state_word_width, text_width};

/// The most rows that the table takes before it scrolls by itself.
const ROWS: u8 = 24;
/// The most that a protocol takes, and what a name or an address has at least. Narrower windows scroll sideways.
const PROTOCOL: f32 = 90.0;
const NAME: f32 = 124.0;
/// The most characters of a name that are measured.
const MEASURED: usize = 200;
/// The most that version and cipher take beside the state of TLS, and what they need to say anything.
const CIPHER: f32 = 280.0;
const SHORT_CIPHER: f32 = 56.0;

/// The widths of the table's columns: what must stay whole is measured, names share the rest.
struct Widths {
    helo: f32,
    name: f32,
    address: f32,
    by: f32,
    protocol: f32,
    delay: f32,
    tls: f32,
    date: f32,
}

impl Widths {
    fn new(ui: &Ui, data: &Data<'_>, words: &dyn Words) -> Self {
        let (path, panels) = (data.path, words.panels());
        let title = |title: &str| text_width(ui, title, TextStyle::Body);
        let fixed = |text: Option<String>| {
            let start: String = text.iter().flat_map(|text| text.chars()).take(MEASURED).collect();
            if start.is_empty() { 0.0 } else { text_width(ui, &start, TextStyle::Monospace) }
        };
        let widest = |start: f32, width: &dyn Fn(&Hop) -> f32| path.hops.iter().map(width).fold(start, f32::max);
        let value = |word: &Option<Spanned<String>>| fixed(word.as_ref().map(|word| word.value.clone()));
        let helo = widest(title(panels.helo), &|hop| value(&hop.from.helo));
        let name = widest(title(panels.reverse_name), &|hop| value(&hop.from.name));
        let address = widest(title(panels.address), &|hop| fixed(hop.from.address_text()));
        let by = widest(title(panels.by), &|hop| value(&hop.by));
        let protocol = widest(title(panels.with), &|hop| fixed(hop.with.as_ref().map(|with| with.value.clone())));
        let delay = delay_width(ui, path, words) + DELAY_BAR + theme::WIDE;
        let state = tls_width(ui, path, words);
        let told = |date: Spanned<Stamp>| clock(date.value.told_in(data.zone));
        let when = widest(title(&date_title(data.zone, words)), &|hop| fixed(hop.date.map(told)));
        let protocol = protocol.min(PROTOCOL);
        let gaps = ui.spacing().item_spacing.x * 7.0;
        let kept = NUMBER + protocol + delay.max(title(panels.delay)) + state + when + gaps;
        let scrolls = path.hops.len() + path.waypoints.len() > usize::from(ROWS);
        let bar = if scrolls { ui.spacing().scroll.allocated_width() } else { 0.0 };
        let rest = ui.available_width() - kept - bar;
        // Names come first: version and cipher are whole on hovering and below the table.
        let needs = [helo, name, address, by].map(|need| need.max(LEAST) + theme::GAP);
        let small = |text: String| text_width(ui, &text, TextStyle::Small) + ui.spacing().item_spacing.x;
        let cipher = widest(0.0, &|hop| tls_words(&hop.tls).map_or(0.0, small)).min(CIPHER);
        let cipher = (rest - needs.iter().sum::<f32>()).clamp(0.0, cipher);
        let level = level(rest - cipher, needs).max(NAME);
        let [helo, name, address, by] = needs.map(|need| need.min(level));
        Self { helo: NUMBER + helo, name, address, by, protocol, delay, tls: state + cipher, date: when }
    }

    fn columns(&self) -> [f32; 8] {
        [self.helo, self.name, self.address, self.by, self.protocol, self.delay, self.tls, self.date]
    }
}

/// What an empty column takes all the same.
const LEAST: f32 = 40.0;

/// The most that one of several may have so that all find room: what the small ones leave is shared by the others.
fn level<const N: usize>(room: f32, mut needs: [f32; N]) -> f32 {
    needs.sort_by(f32::total_cmp);
    let mut left = room;
    for (need, others) in needs.into_iter().zip((1..=N).rev()) {
        let share = left / f32::from(u8::try_from(others).unwrap_or(u8::MAX));
        if need > share {
            return share.floor();
        }
        left -= need;
    }
    f32::INFINITY
}

/// What the number and the mark of the side take before the first name.
const NUMBER: f32 = 48.0;

/// The width of the longest delay in words.
pub(super) fn delay_width(ui: &Ui, path: &Path, words: &dyn Words) -> f32 {
    let delays = path.hops.iter().filter_map(|hop| hop.delay);
    delays.map(|delay| text_width(ui, &words.duration(delay), TextStyle::Body)).fold(0.0, f32::max)
}

/// The width of the longest state of TLS.
pub(super) fn tls_width(ui: &Ui, path: &Path, words: &dyn Words) -> f32 {
    let states = path.hops.iter().map(|hop| words.tls_state(hop.tls.state));
    states.map(|state| state_word_width(ui, state)).fold(0.0, f32::max)
}

pub(super) fn table(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let widths = Widths::new(ui, data, words);
    ScrollArea::horizontal().id_salt("hops").show(ui, |ui| rows(ui, data, &widths, words)).inner
}

/// One row.
#[derive(Clone, Copy)]
enum Row<'a> {
    Hop(usize, &'a Hop),
    Waypoint(&'a Waypoint),
}

/// Hops and waypoints in the order in which they were written.
fn order(path: &Path) -> Vec<Row<'_>> {
    let mut rows = Vec::with_capacity(path.hops.len() + path.waypoints.len());
    let mut waypoints = path.waypoints.iter().peekable();
    for (index, hop) in path.hops.iter().enumerate() {
        while let Some(waypoint) = waypoints.next_if(|waypoint| waypoint.after <= index) {
            rows.push(Row::Waypoint(waypoint));
        }
        rows.push(Row::Hop(index, hop));
    }
    rows.extend(waypoints.map(Row::Waypoint));
    rows
}

fn rows(ui: &mut Ui, data: &Data<'_>, widths: &Widths, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let order = order(data.path);
    let columns = widths.columns().into_iter();
    columns
        .fold(TableBuilder::new(ui), |table, width| table.column(Column::exact(width).clip(true)))
        .striped(true)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .max_scroll_height(theme::ROW * f32::from(ROWS))
        .header(theme::ROW, |mut row| {
            let dates = date_title(data.zone, words);
            for title in
                [panels.helo, panels.reverse_name, panels.address, panels.by, panels.with, panels.delay, "TLS", &dates]
            {
                row.col(|ui| {
                    ui.add(Label::new(RichText::new(title).color(theme::palette(ui).weak())).truncate());
                });
            }
        })
        .body(|body| {
            body.rows(theme::ROW, order.len(), |mut row| match order.get(row.index()) {
                Some(&Row::Hop(index, hop)) => {
                    row.set_selected(data.hop == Some(index));
                    action = hop_row(&mut row, index, hop, data, words).or(action.take());
                    if row.response().clicked() {
                        action = Some(Action::SelectHop(Some(index)));
                    }
                }
                Some(&Row::Waypoint(waypoint)) => {
                    waypoint_row(&mut row, waypoint, data.zone);
                    if row.response().on_hover_text(panels.show_in_headers).clicked() {
                        action = Some(Action::Look(Evidence::Bytes(waypoint.span)));
                    }
                }
                None => {}
            });
        });
    action
}

/// A word of a stranger, whole on hovering; or a dash. Before the boundary it is no more than a claim.
fn word(ui: &mut Ui, text: Option<&str>, side: Side) -> Response {
    let palette = theme::palette(ui);
    let Some(text) = text else { return ui.label(RichText::new("—").color(palette.weak())) };
    let color = if side == Side::Sending { palette.weak() } else { palette.text() };
    ui.add(Untrusted::fixed(text).color(color).fit(Fit::Cut))
}

/// The head of the dates, with the zone in which they are told.
fn date_title(told_in: Zone, words: &dyn Words) -> String {
    words.panels().date_in.replace("{}", &zone(Stamp { instant: Timestamp::UNIX_EPOCH, zone: told_in }))
}

/// A date in the zone of all, and as it was written on hovering.
fn date(ui: &mut Ui, date: Option<Spanned<Stamp>>, side: Side, zone: Zone) {
    let told = date.map(|date| clock(date.value.told_in(zone)));
    let shown = word(ui, told.as_deref(), side);
    if let Some(date) = date {
        shown.on_hover_text(stamp(date.value));
    }
}

/// The cells of one hop.
fn hop_row(row: &mut TableRow<'_, '_>, index: usize, hop: &Hop, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let said = |ui: &mut Ui, text: Option<&str>| _ = word(ui, text, hop.side);
    let mut pressed = false;
    row.col(|ui| {
        let name = words.panels().hop_number.replace("{}", &(index + 1).to_string());
        let number = ui.add(Button::new((index + 1).to_string()).frame(false).min_size(vec2(18.0, 0.0)));
        number.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        pressed = number.clicked();
        side_mark(ui, index, hop, words);
        said(ui, hop.from.helo.as_ref().map(|helo| helo.value.as_str()));
    });
    row.col(|ui| said(ui, hop.from.name.as_ref().map(|name| name.value.as_str())));
    row.col(|ui| said(ui, hop.from.address_text().as_deref()));
    row.col(|ui| said(ui, hop.by.as_ref().map(|by| by.value.as_str())));
    row.col(|ui| said(ui, hop.with.as_ref().map(|with| with.value.as_str())));
    row.col(|ui| delay(ui, hop.delay, data.longest, words));
    row.col(|ui| {
        let state = state_word(ui, tone::tls_of(hop), words.tls_state(hop.tls.state));
        if let Some(tls) = tls_words(&hop.tls) {
            let text = Untrusted::new(&tls).style(TextStyle::Small);
            if ui.available_width() < SHORT_CIPHER {
                state.on_hover_ui(|ui| _ = ui.add(text));
            } else {
                ui.add(text.fit(Fit::Cut));
            }
        }
    });
    row.col(|ui| date(ui, hop.date, hop.side, data.zone));
    pressed.then_some(Action::SelectHop(Some(index)))
}

/// The cells of a field beside the hops: its name, and what it holds in the columns of the hops.
fn waypoint_row(row: &mut TableRow<'_, '_>, waypoint: &Waypoint, zone: Zone) {
    let is_server = waypoint.kind == crate::path::WaypointKind::Passed;
    let text = waypoint.text.as_ref().map(|text| text.value.as_str());
    let quiet = |ui: &mut Ui, text: Option<&str>| {
        let Some(text) = text else { return };
        let color = theme::palette(ui).weak();
        ui.add(Untrusted::fixed(text).color(color).fit(Fit::Cut));
    };
    row.col(|ui| {
        ui.add_space(theme::WIDE);
        quiet(ui, Some(&waypoint.name));
    });
    row.col(|ui| quiet(ui, text.filter(|_| !is_server)));
    row.col(|ui| quiet(ui, waypoint.ip.map(|ip| ip.value.to_string()).as_deref()));
    row.col(|ui| quiet(ui, text.filter(|_| is_server)));
    for _ in 0..3 {
        row.col(|_| {});
    }
    row.col(|ui| {
        if waypoint.date.is_some() {
            date(ui, waypoint.date, Side::Sending, zone);
        }
    });
}

/// A coloured bar at the boundary and beyond: from here on the receiving side wrote. It is broken at the top where the hop
/// before names a server of another organisation than the client.
fn side_mark(ui: &mut Ui, index: usize, hop: &Hop, words: &dyn Words) {
    let palette = theme::palette(ui);
    let (width, color) = match hop.side {
        Side::Sending => (theme::TIGHT, palette.border()),
        Side::Boundary => (theme::GAP, palette.ink(Tone::Info).text),
        Side::Receiving => (theme::TIGHT, palette.ink(Tone::Info).text),
    };
    let (response, painter) = ui.allocate_painter(vec2(theme::GAP, theme::ROW - 6.0), Sense::hover());
    let is_gap = hop.handover == Handover::Elsewhere;
    let mut bar = egui::Rect::from_min_size(response.rect.min, vec2(width, response.rect.height()));
    if is_gap {
        let caution = palette.ink(Tone::Caution).text;
        painter.hline(response.rect.x_range(), bar.top() + 1.0, Stroke::new(2.0, caution));
        bar.set_top(bar.top() + theme::GAP);
    }
    painter.rect_filled(bar, 0.0, color);
    response.on_hover_ui(|ui| {
        ui.label(words.side(hop.side));
        if is_gap {
            ui.label(words.handover(hop.handover).replace("{}", &index.to_string()));
        }
    });
}

/// A bar as long as the delay's share of the longest, and the delay in words.
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
fn delay(ui: &mut Ui, delay: Option<SignedDuration>, longest: f64, words: &dyn Words) {
    let Some(delay) = delay else {
        ui.label(RichText::new("—").color(theme::palette(ui).weak()));
        return;
    };
    let seconds = delay.as_secs_f64();
    let tone = if (0.0..SLOW).contains(&seconds) { Tone::Info } else { Tone::Caution };
    let (response, painter) = ui.allocate_painter(vec2(DELAY_BAR, theme::BAR), Sense::hover());
    let share = (seconds.abs() / longest).clamp(0.0, 1.0) as f32;
    let filled = vec2((share * DELAY_BAR).max(1.0), theme::BAR);
    painter.rect_filled(response.rect, 1.0, theme::palette(ui).border());
    let filled = egui::Rect::from_min_size(response.rect.min, filled);
    painter.rect_filled(filled, 1.0, theme::palette(ui).ink(tone).text);
    let text = RichText::new(words.duration(delay));
    ui.label(if tone == Tone::Caution { text.color(theme::palette(ui).ink(tone).text) } else { text });
}

/// Delays from here on are worth a look, in seconds.
const SLOW: f64 = 300.0;
const DELAY_BAR: f32 = 36.0;

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
    fn what_small_columns_leave_goes_to_the_large_ones() {
        let shared = |room: f32, needs: [f32; 3]| {
            let level = level(room, needs);
            needs.map(|need| need.min(level))
        };
        assert_eq!(shared(300.0, [50.0, 100.0, 90.0]), [50.0, 100.0, 90.0]);
        assert_eq!(shared(300.0, [500.0, 50.0, 400.0]), [125.0, 50.0, 125.0]);
        assert_eq!(shared(300.0, [500.0, 110.0, 400.0]), [100.0, 100.0, 100.0]);
    }
}
