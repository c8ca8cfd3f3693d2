//! The way of the message: every hop, oldest first.

mod chain;
mod details;
mod table;

use egui::{RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::iprev::IprevResult;
use crate::check::narrative;
use crate::message::date::Zone;
use crate::path::{BoundaryReason, ChosenBy, Path, Tls, TlsVersion};
use crate::text::{Words, count};
use crate::view::action::{Action, Request};
use crate::view::state::{Look, PartsView, State, Typed};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{note, section, session, state_word, steps};

pub(super) use chain::chain;

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    path: &'a Path,
    /// The hop whose details are shown: the chosen one, else the boundary.
    hop: Option<usize>,
    /// The longest delay, for the length of the bars.
    longest: f64,
    /// The zone in which its times are told.
    zone: Zone,
    /// What is typed of the session.
    typed: &'a Typed,
    /// Whether every part of the field is listed.
    parts: PartsView,
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
        zone: narrative::zone(&analysis.facts),
        typed: &state.session,
        parts: state.parts,
        look: state.look.as_ref(),
    }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if data.path.hops.is_empty() {
        note(ui, Tone::Unknown, panels.no_hops);
        return given(ui, data, words);
    }
    let mut action = boundary(ui, data.path, words);
    if data.analysis.facts.session.ip.is_none() {
        action = given(ui, data, words).or(action);
    }
    ui.add_space(theme::GAP);
    action = table::table(ui, data, words).or(action);
    note(ui, Tone::Unknown, panels.path_hint);
    if let Some(total) = data.path.total.filter(|_| data.path.hops.len() > 1) {
        note(ui, Tone::Unknown, &panels.total_time.replace("{}", &words.duration(total)));
    }
    if let Some(index) = data.hop {
        let title = panels.hop_number.replace("{}", &(index + 1).to_string());
        action = section(ui, &title, |ui| details::details(ui, data, index, words)).or(action);
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

/// The boxes for what the message does not show.
fn given(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    section(ui, words.panels().session_given, |ui| session(ui, data.typed, &data.analysis.options, words))
}

/// Where the receiving side begins, why, and the way to choose otherwise.
fn boundary(ui: &mut Ui, path: &Path, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let Some(boundary) = &path.boundary else {
        note(ui, Tone::Caution, panels.no_boundary);
        return others(ui, path, &path.choices, words);
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
    if path.is_boundary_ambiguous() {
        note(ui, Tone::Caution, panels.ambiguous_boundary);
    }
    if path.is_boundary_ambiguous() {
        return others(ui, path, &boundary.alternatives, words).or(action);
    }
    others_in_short(ui, path, &boundary.alternatives, words).or(action)
}

/// The most other choices that are offered; any hop can be chosen in its details.
const CHOICES: usize = 4;

/// The hops that could be the boundary as well, each with what speaks for it.
fn others(ui: &mut Ui, path: &Path, choices: &[(usize, BoundaryReason)], words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if choices.is_empty() {
        return None;
    }
    let mut action = None;
    ui.label(RichText::new(panels.other_boundaries).color(theme::palette(ui).weak()));
    for (index, reason) in choices.iter().take(CHOICES) {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(theme::WIDE);
            if ui.link(panels.hop_number.replace("{}", &(index + 1).to_string())).clicked() {
                action = Some(Request::Boundary(Some(*index)).into());
            }
            if let Some(by) = path.hops.get(*index).and_then(|hop| hop.by.as_ref()) {
                ui.add(Untrusted::fixed(&by.value));
            }
            ui.label(RichText::new(words.boundary_reason(*reason)).color(theme::palette(ui).weak()));
        });
    }
    if choices.len() > CHOICES {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(choices.len() - CHOICES)));
    }
    action
}

/// The same in one line, where nothing speaks against the choice.
fn others_in_short(ui: &mut Ui, path: &Path, choices: &[(usize, BoundaryReason)], words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if choices.is_empty() {
        return None;
    }
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(panels.other_boundaries).color(theme::palette(ui).weak()));
        for (index, reason) in choices.iter().take(CHOICES) {
            let choice = ui.link(panels.hop_number.replace("{}", &(index + 1).to_string()));
            if choice.clicked() {
                action = Some(Request::Boundary(Some(*index)).into());
            }
            choice.on_hover_ui(|ui| {
                if let Some(by) = path.hops.get(*index).and_then(|hop| hop.by.as_ref()) {
                    ui.add(Untrusted::fixed(&by.value));
                }
                ui.label(words.boundary_reason(*reason));
            });
        }
    });
    action
}

/// Version, cipher and key length as the server wrote them.
pub(super) fn tls_words(tls: &Tls) -> Option<String> {
    let version = tls.version.map(TlsVersion::name);
    let bits = tls.bits.map(|bits| format!("{bits} bit"));
    let parts: Vec<&str> = [version, tls.cipher.as_deref(), bits.as_deref()]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
