//! What is drawn, with egui alone: used unchanged by the window, the picture and the tests.

use egui::{CentralPanel, Panel as Bar, ScrollArea, Ui};

pub mod action;
mod bars;
mod help;
pub mod keys;
mod list;
mod notice;
pub mod panels;
mod scene;
mod state;
pub mod theme;
mod tone;
pub mod untrusted;
mod widgets;

pub use action::{Action, Request};
pub use notice::{Notice, Remark};
pub use scene::{Entry, List, Name, Progress, Role, Row, Scene, Shown, Step};
pub use state::{Appearance, Asking, Detail, Glossary, HeadersView, Look, Masking, Octets, Panel, State, Typed};

use crate::analyze::Analysis;
use crate::text::Words;

/// Draws the whole window and says what the person asked for.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let words = state.words();
    widgets::speak(ui, state.lang);
    let mut action = keys::pressed(ui, scene, state);
    let bar = theme::bar(ui.style());
    Bar::top("menu").frame(bar).show(ui, |ui| keep(&mut action, bars::menu(ui, scene, state)));
    if let Some(shown) = &scene.shown {
        Bar::bottom("status").frame(bar).show(ui, |ui| bars::status(ui, shown, words));
    }
    // What comes and goes stands below, where it moves nothing that is about to be pressed.
    if let Some(notice) = scene.notice {
        Bar::bottom("notice").frame(bar).show(ui, |ui| keep(&mut action, notice::show(ui, notice, words)));
    }
    if let Some(progress) = scene.progress {
        Bar::bottom("progress").frame(bar).show(ui, |ui| keep(&mut action, bars::progress(ui, progress, words)));
    }
    if let Some(list) = scene.list.filter(|_| list::is_shown(scene)) {
        let side = Bar::left("list").frame(bar).resizable(true).default_size(theme::LIST).size_range(theme::LIST_RANGE);
        side.show(ui, |ui| keep(&mut action, list::show(ui, list, words)));
    }
    if let Some(shown) = scene.shown.as_ref().filter(|_| scene.pending.is_none()) {
        if shown.analysis.is_what_if() {
            Bar::top("what-if").frame(bar).show(ui, |ui| keep(&mut action, bars::what_if(ui, shown.analysis, words)));
        }
        Bar::top("tabs").frame(bar).show(ui, |ui| keep(&mut action, bars::tabs(ui, shown.analysis, state)));
    }
    let page = theme::page(ui.style());
    CentralPanel::no_frame().frame(page).show(ui, |ui| match (scene.pending, &scene.shown) {
        (Some(name), _) => list::pending(ui, name, words),
        (None, Some(shown)) => keep(&mut action, panel(ui, shown.analysis, state)),
        (None, None) => {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                keep(&mut action, panels::welcome::show(ui, &panels::welcome::data(state), words));
            });
        }
    });
    keep(&mut action, help::show(ui, state));
    if ui.input(|input| !input.raw.hovered_files.is_empty()) {
        bars::drop_hint(ui, words);
    }
    action
}

/// The picture for a ticket: the summary with the path, without anything to press.
pub fn ticket(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    untrusted::name_masked(ui, analysis.is_masked);
    panels::summary::ticket(ui, analysis, words);
}

/// Draws the chosen panel.
fn panel(ui: &mut Ui, analysis: &Analysis, state: &State) -> Option<Action> {
    let words = state.words();
    let scrolled = |ui: &mut Ui, content: &mut dyn FnMut(&mut Ui) -> Option<Action>| {
        let area = ScrollArea::vertical().id_salt(state.panel).auto_shrink(false);
        area.show(ui, |ui| {
            if state.glossary == Glossary::Hidden {
                ui.scroll_with_delta(keys::scroll(ui));
            }
            content(ui)
        })
        .inner
    };
    match state.panel.at(analysis) {
        Panel::Summary => {
            scrolled(ui, &mut |ui| panels::summary::show(ui, &panels::summary::data(analysis, state), words))
        }
        Panel::Fix => scrolled(ui, &mut |ui| panels::fix::show(ui, &panels::fix::data(analysis, state), words)),
        Panel::Path => scrolled(ui, &mut |ui| panels::path::show(ui, &panels::path::data(analysis, state), words)),
        Panel::Spf => scrolled(ui, &mut |ui| panels::spf::show(ui, &panels::spf::data(analysis, state), words)),
        Panel::Dkim => scrolled(ui, &mut |ui| panels::dkim::show(ui, &panels::dkim::data(analysis, state), words)),
        Panel::Dmarc => scrolled(ui, &mut |ui| panels::dmarc::show(ui, &panels::dmarc::data(analysis, state), words)),
        Panel::Claims => scrolled(ui, &mut |ui| panels::claims::show(ui, &panels::claims::data(analysis), words)),
        Panel::Arc => scrolled(ui, &mut |ui| panels::arc::show(ui, &panels::arc::data(analysis, state), words)),
        Panel::Aggregate => scrolled(ui, &mut |ui| {
            let action = panels::summary::report(ui, &panels::summary::data(analysis, state), words);
            panels::aggregate::show(ui, &panels::aggregate::data(analysis), words);
            action
        }),
        Panel::Bounce => scrolled(ui, &mut |ui| panels::bounce::show(ui, &panels::bounce::data(analysis), words)),
        Panel::Headers => panels::headers::show(ui, &panels::headers::data(analysis, state), words),
        Panel::Rules => scrolled(ui, &mut |ui| panels::rules::show(ui, &panels::rules::data(analysis, state), words)),
        Panel::Network => scrolled(ui, &mut |ui| panels::network::show(ui, &panels::network::data(analysis), words)),
        Panel::Dns => panels::dns::show(ui, &panels::dns::data(analysis, state), words),
    }
}

/// One thing is asked for in a frame; the first wins.
fn keep(action: &mut Option<Action>, asked: Option<Action>) {
    if action.is_none() {
        *action = asked;
    }
}
