//! The path in short: one line a hop.

use egui::{Align, Layout, Rect, RichText, Sense, Stroke, TextStyle, Ui, UiBuilder, pos2, vec2};

use super::table::{delay_width, tls_width};
use crate::path::{Hop, Path, Side};
use crate::text::{Words, count};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{note, state_word, state_word_width, text_width};

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
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(skipped)));
    }
    let stops = Stops::new(ui, path, words);
    for (index, hop) in path.hops.iter().enumerate().skip(skipped) {
        stops.show(ui, index, hop, index + 1 == path.hops.len(), words);
    }
    if let Some(total) = path.total {
        note(ui, Tone::Unknown, &panels.total_time.replace("{}", &words.duration(total)));
    }
}

/// The columns of the short form. What must stay whole is measured, names share the rest and break where it is too little;
/// where it is far too little, each hop takes two rows.
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
/// The smallest part of the room for names that either of them has.
const LEAST: f32 = 0.3;
/// The most characters of a name that are measured.
const MEASURED: usize = 200;

impl Stops {
    fn new(ui: &Ui, path: &Path, words: &dyn Words) -> Self {
        let gap = ui.spacing().item_spacing.x;
        let (delay, tls) = (delay_width(ui, path, words), tls_width(ui, path, words));
        let remark = [words.panels().boundary, words.panels().claim_only];
        let remark = remark.map(|word| state_word_width(ui, word)).into_iter().fold(0.0, f32::max);
        let room = ui.available_width() - STATION - ARROW - gap * 3.0;
        let beside = room - delay - tls - remark - gap * 3.0;
        let lines = if beside >= NAMES { Lines::One } else { Lines::Two };
        let names = if lines == Lines::One { beside } else { room };
        let newest = || path.hops.iter().rev().take(CHAIN);
        let widest = |name: &dyn Fn(&Hop) -> String| newest().map(|hop| name_width(ui, &name(hop))).fold(0.0, f32::max);
        let (from, by) = (widest(&from) + theme::GAP, widest(&by) + theme::GAP);
        let (from, by) = if from + by <= names {
            (from, by)
        } else {
            let from = (names * (from / (from + by)).clamp(LEAST, 1.0 - LEAST)).floor();
            (from, (names - from).floor())
        };
        Self { from, by, delay, tls, lines }
    }

    fn show(&self, ui: &mut Ui, index: usize, hop: &Hop, last: bool, words: &dyn Words) {
        let row = ui.horizontal_top(|ui| {
            ui.allocate_exact_size(vec2(STATION, theme::ROW), Sense::hover());
            match self.lines {
                Lines::One => {
                    self.names(ui, hop);
                    self.states(ui, hop, words);
                }
                Lines::Two => {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        ui.horizontal_top(|ui| self.names(ui, hop));
                        ui.horizontal(|ui| self.states(ui, hop, words));
                    });
                }
            }
        });
        station(ui, row.response.rect, index, hop.side, last);
    }

    fn names(&self, ui: &mut Ui, hop: &Hop) {
        name(ui, self.from, hop.side, &from(hop));
        cell(ui, ARROW, |ui| _ = ui.label(RichText::new("→").color(theme::palette(ui).weak())));
        name(ui, self.by, hop.side, &by(hop));
    }

    fn states(&self, ui: &mut Ui, hop: &Hop, words: &dyn Words) {
        let panels = words.panels();
        let delay = RichText::new(hop.delay.map(|delay| words.duration(delay)).unwrap_or_default());
        let is_claim = hop.side == Side::Sending;
        let delay = if is_claim { delay.color(theme::palette(ui).weak()) } else { delay };
        cell(ui, self.delay, |ui| _ = ui.label(delay));
        cell(ui, self.tls, |ui| _ = state_word(ui, tone::tls_of(hop), words.tls_state(hop.tls.state)));
        let remark = match hop.side {
            Side::Sending => Some((Tone::Unknown, panels.claim_only, panels.claim_only_hint)),
            Side::Boundary => Some((Tone::Info, panels.boundary, panels.path_hint)),
            Side::Receiving => None,
        };
        if let Some((tone, word, hint)) = remark {
            cell(ui, ui.available_width(), |ui| _ = state_word(ui, tone, word).on_hover_text(hint));
        }
    }
}

/// The client by its reverse name, else by what it calls itself, with its address.
fn from(hop: &Hop) -> String {
    let name = hop.from.name.as_ref().or(hop.from.helo.as_ref()).map(|name| name.value.clone());
    let ip = hop.from.address_text();
    match (name, ip) {
        (Some(name), Some(ip)) if name.trim_matches(['[', ']']) != ip => format!("{name} [{ip}]"),
        (Some(name), Some(_)) => name,
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => "—".to_owned(),
    }
}

fn by(hop: &Hop) -> String {
    hop.by.as_ref().map_or("—", |by| by.value.as_str()).to_owned()
}

fn name_width(ui: &Ui, name: &str) -> f32 {
    let start: String = name.chars().take(MEASURED).collect();
    text_width(ui, &start, TextStyle::Monospace)
}

/// A name in as many lines as it needs. What strangers wrote before the receiving side began is no more than a claim.
fn name(ui: &mut Ui, width: f32, side: Side, name: &str) {
    let palette = theme::palette(ui);
    let color = if side == Side::Sending { palette.weak() } else { palette.text() };
    ui.allocate_ui_with_layout(vec2(width, theme::ROW), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.add_space(((theme::ROW - ui.text_style_height(&TextStyle::Monospace)) / 2.0).max(0.0));
        ui.add(Untrusted::fixed(name).color(color));
    });
}

/// A place of a fixed width, whatever stands in it.
fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
    let layout = Layout::left_to_right(Align::Center);
    content(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)));
}

/// A numbered stop on an upright line, beside what is said of it.
fn station(ui: &Ui, row: Rect, index: usize, side: Side, last: bool) {
    let palette = theme::palette(ui);
    let painter = ui.painter();
    let center = pos2(row.left() + STATION / 2.0, row.top() + theme::ROW / 2.0);
    let line = Stroke::new(2.0, palette.border());
    let gap = ui.spacing().item_spacing.y;
    let top = if index == 0 { center.y } else { row.top() - gap };
    let bottom = if last { center.y } else { row.bottom() + gap };
    painter.vline(center.x, top..=bottom, line);
    let ink = palette.ink(if side == Side::Sending { Tone::Unknown } else { Tone::Info });
    painter.circle(center, 9.5, ink.ground, Stroke::new(1.5, ink.text));
    let font = TextStyle::Small.resolve(ui.style());
    painter.text(center, egui::Align2::CENTER_CENTER, index + 1, font, ink.text);
}
