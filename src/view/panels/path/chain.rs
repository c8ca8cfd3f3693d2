//! The path in short: one line a hop.

use egui::{Align, Layout, RichText, Sense, Stroke, TextStyle, Ui, UiBuilder, vec2};

use super::table::{delay_width, tls_width};
use crate::path::{Hop, Path, Side};
use crate::text::Words;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{Fit, Untrusted};
use crate::view::widgets::{note, state_word, state_word_width};

/// The most hops in the short form; the table has all.
const CHAIN: usize = 16;

/// The path in short: one line a hop, with the time it took and its encryption.
pub(in crate::view::panels) fn chain(ui: &mut Ui, path: &Path, words: &dyn Words) {
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
        let ip = hop.from.address_text();
        let from = match (from, ip) {
            (Some(from), Some(ip)) if from.trim_matches(['[', ']']) != ip => format!("{from} [{ip}]"),
            (Some(from), Some(_)) => from,
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
        cell(ui, self.tls, |ui| _ = state_word(ui, tone::tls(&hop.tls), words.tls_state(hop.tls.state)));
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
