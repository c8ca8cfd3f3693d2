//! The way of the message: every hop, oldest first.

use egui::{Align, Button, Label, Layout, RichText, ScrollArea, Sense, Stroke, TextStyle, Ui, UiBuilder, vec2};
use egui_extras::{Column, TableBuilder, TableRow};
use jiff::SignedDuration;

use crate::analyze::Analysis;
use crate::auth::iprev::IprevResult;
use crate::check::Evidence;
use crate::path::{BoundaryReason, ChosenBy, Hop, Path, Side, Tls, TlsVersion};
use crate::text::Words;
use crate::view::action::{Action, Request};
use crate::view::state::{Look, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{self, Breaks, Fit, Untrusted};
use crate::view::widgets::{
    fact, fact_word, link, note, section, stamp, state_word, state_word_width, steps, text_width,
};

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    path: &'a Path,
    /// The hop whose details are shown: the chosen one, else the boundary.
    hop: Option<usize>,
    /// The longest delay, for the length of the bars.
    longest: f64,
    look: Option<&'a Look>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    let path = &analysis.facts.path;
    let boundary = path.boundary.as_ref().map(|boundary| boundary.hop);
    let delays = path.hops.iter().filter_map(|hop| hop.delay);
    Data {
        analysis,
        path,
        hop: state.hop.or(boundary).filter(|hop| *hop < path.hops.len()),
        longest: delays.map(|delay| delay.as_secs_f64()).fold(1.0, f64::max),
        look: state.look.as_ref(),
    }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if data.path.hops.is_empty() {
        note(ui, Tone::Unknown, panels.no_hops);
        return None;
    }
    let mut action = boundary(ui, data.path, words);
    ui.add_space(theme::GAP);
    action = table(ui, data, words).or(action);
    note(ui, Tone::Unknown, panels.path_hint);
    if let Some((index, hop)) = data.hop.and_then(|index| Some((index, data.path.hops.get(index)?))) {
        let title = panels.hop_number.replace("{}", &(index + 1).to_string());
        action = section(ui, &title, |ui| details(ui, data, index, hop, words)).or(action);
    }
    if let Some(iprev) = &data.analysis.facts.iprev {
        let traced = section(ui, panels.reverse_dns, |ui| {
            ui.horizontal_wrapped(|ui| {
                state_word(ui, tone::iprev(iprev.result), words.iprev_result(iprev.result));
                ui.add(Untrusted::fixed(&iprev.ip.to_string()));
                match iprev.result {
                    IprevResult::NotEvaluated => note(ui, Tone::Unknown, panels.not_asked),
                    IprevResult::TempError => note(ui, Tone::Unknown, panels.no_answer),
                    IprevResult::Pass | IprevResult::Fail | IprevResult::None => {}
                }
            });
            steps(ui, &iprev.trace, data.look, words)
        });
        action = traced.or(action);
    }
    action
}

/// Where the receiving side begins, why, and the way to choose otherwise.
fn boundary(ui: &mut Ui, path: &Path, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let Some(boundary) = &path.boundary else {
        note(ui, Tone::Caution, panels.no_boundary);
        return others(ui, &path.choices, words);
    };
    ui.horizontal_wrapped(|ui| {
        state_word(ui, Tone::Info, panels.boundary);
        ui.label(panels.hop_number.replace("{}", &(boundary.hop + 1).to_string()));
        if let Some(by) = path.hops.get(boundary.hop).and_then(|hop| hop.by.as_ref()) {
            ui.add(Untrusted::fixed(&by.value));
        }
        ui.label(RichText::new(words.boundary_reason(boundary.reason)).color(theme::palette(ui).weak()));
        if boundary.chosen_by == ChosenBy::User && ui.button(panels.undo_boundary).clicked() {
            action = Some(Request::Boundary(None).into());
        }
    });
    others(ui, &boundary.alternatives, words).or(action)
}

/// The most other choices that are offered; any hop can be chosen in its details.
const CHOICES: usize = 4;

/// The hops that could be the boundary as well.
fn others(ui: &mut Ui, choices: &[(usize, BoundaryReason)], words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if choices.is_empty() {
        return None;
    }
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(panels.other_boundaries).color(theme::palette(ui).weak()));
        for (hop, reason) in choices.iter().take(CHOICES) {
            let name = panels.hop_number.replace("{}", &(hop + 1).to_string());
            if ui.link(name).on_hover_text(words.boundary_reason(*reason)).clicked() {
                action = Some(Request::Boundary(Some(*hop)).into());
            }
        }
    });
    action
}

/// The most rows that the table takes before it scrolls by itself.
const ROWS: f32 = 14.0;
/// The most that an address and a protocol take, and the least that a name does. Narrower windows scroll sideways.
const ADDRESS: f32 = 124.0;
const PROTOCOL: f32 = 90.0;
const NAME: f32 = 104.0;
/// The most that version and cipher take beside the state of TLS, and what they need to say anything.
const CIPHER: f32 = 280.0;
const SHORT_CIPHER: f32 = 56.0;

/// The widths of the table's columns: what must stay whole is measured, names share the rest.
struct Widths {
    helo: f32,
    name: f32,
    address: f32,
    protocol: f32,
    delay: f32,
    tls: f32,
    date: f32,
}

impl Widths {
    fn new(ui: &Ui, path: &Path, words: &dyn Words) -> Self {
        let panels = words.panels();
        let title = |title: &str| text_width(ui, title, TextStyle::Body);
        let fixed = |text: Option<String>| text.map_or(0.0, |text| text_width(ui, &text, TextStyle::Monospace));
        let widest = |start: f32, width: &dyn Fn(&Hop) -> f32| path.hops.iter().map(width).fold(start, f32::max);
        let address = widest(title(panels.address), &|hop| fixed(hop.from.ip.map(|ip| ip.value.to_string())));
        let protocol = widest(title(panels.with), &|hop| fixed(hop.with.as_ref().map(|with| with.value.clone())));
        let delay = delay_width(ui, path, words) + DELAY_BAR + theme::WIDE;
        let state = tls_width(ui, path, words);
        let date = widest(title(panels.date), &|hop| fixed(hop.date.map(|date| stamp(date.value))));
        let (address, protocol) = (address.min(ADDRESS), protocol.min(PROTOCOL));
        let gaps = ui.spacing().item_spacing.x * 7.0;
        let kept = NUMBER + address + protocol + delay.max(title(panels.delay)) + state + date + gaps;
        let rest = ui.available_width() - kept;
        let cipher = (rest - 3.0 * NAME - SHORT_CIPHER).clamp(0.0, CIPHER);
        let name = ((rest - cipher) / 3.0).floor().max(NAME);
        Self { helo: NUMBER + name, name, address, protocol, delay, tls: state + cipher, date }
    }

    fn columns(&self) -> [f32; 8] {
        [self.helo, self.name, self.address, self.name, self.protocol, self.delay, self.tls, self.date]
    }
}

/// What the number and the mark of the side take before the first name.
const NUMBER: f32 = 48.0;

/// The width of the longest delay in words.
fn delay_width(ui: &Ui, path: &Path, words: &dyn Words) -> f32 {
    let delays = path.hops.iter().filter_map(|hop| hop.delay);
    delays.map(|delay| text_width(ui, &words.duration(delay), TextStyle::Body)).fold(0.0, f32::max)
}

/// The width of the longest state of TLS.
fn tls_width(ui: &Ui, path: &Path, words: &dyn Words) -> f32 {
    let states = path.hops.iter().map(|hop| words.tls_state(hop.tls.state));
    states.map(|state| state_word_width(ui, state)).fold(0.0, f32::max)
}

fn table(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let widths = Widths::new(ui, data.path, words);
    ScrollArea::horizontal().id_salt("hops").show(ui, |ui| hop_table(ui, data, &widths, words)).inner
}

fn hop_table(ui: &mut Ui, data: &Data<'_>, widths: &Widths, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let columns = widths.columns().into_iter();
    columns
        .fold(TableBuilder::new(ui), |table, width| table.column(Column::exact(width).clip(true)))
        .striped(true)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .max_scroll_height(theme::ROW * ROWS)
        .header(theme::ROW, |mut row| {
            for title in [
                panels.helo,
                panels.reverse_name,
                panels.address,
                panels.by,
                panels.with,
                panels.delay,
                "TLS",
                panels.date,
            ] {
                row.col(|ui| {
                    ui.add(Label::new(RichText::new(title).color(theme::palette(ui).weak())).truncate());
                });
            }
        })
        .body(|body| {
            body.rows(theme::ROW, data.path.hops.len(), |mut row| {
                let index = row.index();
                if let Some(hop) = data.path.hops.get(index) {
                    row.set_selected(data.hop == Some(index));
                    let pressed = hop_row(&mut row, index, hop, data.longest, words);
                    if pressed || row.response().clicked() {
                        action = Some(Action::SelectHop(Some(index)));
                    }
                }
            });
        });
    action
}

/// The cells of one hop; true when its number was pressed.
fn hop_row(row: &mut TableRow<'_, '_>, index: usize, hop: &Hop, longest: f64, words: &dyn Words) -> bool {
    let mut pressed = false;
    let word = |ui: &mut Ui, text: Option<&str>| match text {
        Some(text) => _ = ui.add(Untrusted::fixed(text).fit(Fit::Cut)),
        None => _ = ui.label(RichText::new("—").color(theme::palette(ui).weak())),
    };
    row.col(|ui| {
        let name = words.panels().hop_number.replace("{}", &(index + 1).to_string());
        let number = ui.add(Button::new((index + 1).to_string()).frame(false).min_size(vec2(18.0, 0.0)));
        number.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        pressed = number.clicked();
        side_mark(ui, hop.side, words);
        word(ui, hop.from.helo.as_ref().map(|helo| helo.value.as_str()));
    });
    row.col(|ui| word(ui, hop.from.name.as_ref().map(|name| name.value.as_str())));
    row.col(|ui| word(ui, hop.from.ip.map(|ip| ip.value.to_string()).as_deref()));
    row.col(|ui| word(ui, hop.by.as_ref().map(|by| by.value.as_str())));
    row.col(|ui| word(ui, hop.with.as_ref().map(|with| with.value.as_str())));
    row.col(|ui| delay(ui, hop.delay, longest, words));
    row.col(|ui| {
        let state = state_word(ui, tone::tls(hop.tls.state), words.tls_state(hop.tls.state));
        if let Some(tls) = tls_words(&hop.tls) {
            let text = Untrusted::new(&tls).style(TextStyle::Small);
            if ui.available_width() < SHORT_CIPHER {
                state.on_hover_ui(|ui| _ = ui.add(text));
            } else {
                ui.add(text.fit(Fit::Cut));
            }
        }
    });
    row.col(|ui| word(ui, hop.date.map(|date| stamp(date.value)).as_deref()));
    pressed
}

/// A coloured bar at the boundary and beyond: from here on the receiving side wrote.
fn side_mark(ui: &mut Ui, side: Side, words: &dyn Words) {
    let palette = theme::palette(ui);
    let (width, color) = match side {
        Side::Sending => (theme::TIGHT, palette.border()),
        Side::Boundary => (theme::GAP, palette.ink(Tone::Info).text),
        Side::Receiving => (theme::TIGHT, palette.ink(Tone::Info).text),
    };
    let (response, painter) = ui.allocate_painter(vec2(theme::GAP, theme::ROW - 6.0), Sense::hover());
    let bar = egui::Rect::from_min_size(response.rect.min, vec2(width, response.rect.height()));
    painter.rect_filled(bar, 0.0, color);
    response.on_hover_text(words.side(side));
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

/// Version, cipher and key length as the server wrote them.
pub(super) fn tls_words(tls: &Tls) -> Option<String> {
    let version = tls.version.map(|version| match version {
        TlsVersion::Ssl2 => "SSL 2",
        TlsVersion::Ssl3 => "SSL 3",
        TlsVersion::Tls10 => "TLS 1.0",
        TlsVersion::Tls11 => "TLS 1.1",
        TlsVersion::Tls12 => "TLS 1.2",
        TlsVersion::Tls13 => "TLS 1.3",
    });
    let bits = tls.bits.map(|bits| format!("{bits} bit"));
    let parts: Vec<&str> = [version, tls.cipher.as_deref(), bits.as_deref()]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn details(ui: &mut Ui, data: &Data<'_>, index: usize, hop: &Hop, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let value = |spanned: &Option<crate::message::Spanned<String>>| spanned.as_ref().map(|word| word.value.clone());
    fact(ui, panels.side, |ui| ui.label(words.side(hop.side)));
    for (name, value) in [
        (panels.helo, value(&hop.from.helo)),
        (panels.reverse_name, value(&hop.from.name)),
        (panels.address, hop.from.ip.map(|ip| ip.value.to_string())),
        (panels.by, value(&hop.by)),
        (panels.with, value(&hop.with)),
        (panels.hop_id, value(&hop.id)),
        (panels.recipient, value(&hop.recipient)),
        (panels.date, hop.date.map(|date| stamp(date.value))),
    ] {
        fact_word(ui, name, value.as_deref());
    }
    fact(ui, "TLS", |ui| {
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone::tls(hop.tls.state), words.tls_state(hop.tls.state));
            if let Some(tls) = tls_words(&hop.tls) {
                ui.add(Untrusted::fixed(&tls));
            }
        });
        ui.label(RichText::new(panels.tls_hint).color(theme::palette(ui).weak()));
    });
    let raw = untrusted::lines(data.analysis.message.source.slice(hop.span));
    fact(ui, panels.field_as_written, |ui| ui.add(Untrusted::fixed(raw.trim_end()).breaks(Breaks::Kept)));
    ui.horizontal_wrapped(|ui| {
        let is_boundary = data.path.boundary.as_ref().is_some_and(|boundary| boundary.hop == index);
        let choose = panels.use_as_boundary.replace("{}", &(index + 1).to_string());
        let choose = ui.add_enabled(!is_boundary, Button::new(choose));
        let shown = link(ui, &Evidence::Bytes(hop.span), words);
        choose.clicked().then(|| Request::Boundary(Some(index)).into()).or(shown)
    })
    .inner
}

/// The most hops in the short form; the table has all.
const CHAIN: usize = 16;

/// The path in short: one line a hop, with the time it took and its encryption.
pub(super) fn chain(ui: &mut Ui, path: &Path, words: &dyn Words) {
    let panels = words.panels();
    if path.hops.is_empty() {
        note(ui, Tone::Unknown, panels.no_hops);
        return;
    }
    // Of a long path, the newest hops: the oldest are the word of strangers.
    let skipped = path.hops.len().saturating_sub(CHAIN);
    if skipped > 0 {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &skipped.to_string()));
    }
    let stops = Stops::new(ui, path, words);
    for (index, hop) in path.hops.iter().enumerate().skip(skipped) {
        stops.show(ui, index, hop, index + 1 == path.hops.len(), words);
    }
    if let Some(total) = path.total {
        note(ui, Tone::Unknown, &panels.total_time.replace("{}", &words.duration(total)));
    }
}

/// The columns of the short form. What must stay whole is measured, names share the rest; where that is too little for
/// them, each hop takes two lines.
struct Stops {
    from: f32,
    by: f32,
    delay: f32,
    tls: f32,
    lines: Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Two,
}

/// The width of a stop on the upright line, of the arrow, and the least that both names need in one line.
const STATION: f32 = 26.0;
const ARROW: f32 = 16.0;
const NAMES: f32 = 420.0;

impl Stops {
    fn new(ui: &Ui, path: &Path, words: &dyn Words) -> Self {
        let gap = ui.spacing().item_spacing.x;
        let (delay, tls) = (delay_width(ui, path, words), tls_width(ui, path, words));
        let boundary = path.boundary.as_ref().map_or(0.0, |_| state_word_width(ui, words.panels().boundary));
        let room = ui.available_width() - STATION - ARROW - gap * 3.0;
        let beside = room - delay - tls - boundary - gap * 3.0;
        let lines = if beside >= NAMES { Lines::One } else { Lines::Two };
        let names = if lines == Lines::One { beside } else { room };
        let from = (names * 0.56).floor();
        Self { from, by: (names - from).floor(), delay, tls, lines }
    }

    fn show(&self, ui: &mut Ui, index: usize, hop: &Hop, last: bool, words: &dyn Words) {
        ui.horizontal_top(|ui| {
            let height = match self.lines {
                Lines::One => theme::ROW,
                Lines::Two => theme::ROW * 2.0,
            };
            station(ui, height, index, hop.side, last);
            match self.lines {
                Lines::One => {
                    self.names(ui, hop);
                    self.states(ui, hop, words);
                }
                Lines::Two => {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        ui.horizontal(|ui| self.names(ui, hop));
                        ui.horizontal(|ui| self.states(ui, hop, words));
                    });
                }
            }
        });
    }

    fn names(&self, ui: &mut Ui, hop: &Hop) {
        let from = hop.from.name.as_ref().or(hop.from.helo.as_ref()).map(|name| name.value.clone());
        let ip = hop.from.ip.map(|ip| ip.value.to_string());
        let from = match (from, ip) {
            (Some(from), Some(ip)) => format!("{from} [{ip}]"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => "—".to_owned(),
        };
        let by = hop.by.as_ref().map_or("—", |by| by.value.as_str());
        cell(ui, self.from, |ui| _ = ui.add(Untrusted::fixed(&from).fit(Fit::Cut)));
        cell(ui, ARROW, |ui| _ = ui.label(RichText::new("→").color(theme::palette(ui).weak())));
        cell(ui, self.by, |ui| _ = ui.add(Untrusted::fixed(by).fit(Fit::Cut)));
    }

    fn states(&self, ui: &mut Ui, hop: &Hop, words: &dyn Words) {
        let delay = hop.delay.map(|delay| words.duration(delay)).unwrap_or_default();
        cell(ui, self.delay, |ui| _ = ui.label(delay));
        cell(ui, self.tls, |ui| _ = state_word(ui, tone::tls(hop.tls.state), words.tls_state(hop.tls.state)));
        if hop.side == Side::Boundary {
            cell(ui, ui.available_width(), |ui| _ = state_word(ui, Tone::Info, words.panels().boundary));
        }
    }
}

/// A place of a fixed width, whatever stands in it.
fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    content(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)));
}

/// A numbered stop on an upright line.
fn station(ui: &mut Ui, height: f32, index: usize, side: Side, last: bool) {
    let (response, painter) = ui.allocate_painter(vec2(STATION, height), Sense::hover());
    let palette = theme::palette(ui);
    let center = egui::pos2(response.rect.center().x, response.rect.top() + theme::ROW / 2.0);
    let line = Stroke::new(2.0, palette.border());
    let top = if index == 0 { center.y } else { response.rect.top() - 4.0 };
    let bottom = if last { center.y } else { response.rect.bottom() + 4.0 };
    painter.vline(center.x, top..=bottom, line);
    let ink = palette.ink(if side == Side::Sending { Tone::Unknown } else { Tone::Info });
    painter.circle(center, 9.5, ink.ground, Stroke::new(1.5, ink.text));
    let font = TextStyle::Small.resolve(ui.style());
    painter.text(center, egui::Align2::CENTER_CENTER, index + 1, font, ink.text);
}
