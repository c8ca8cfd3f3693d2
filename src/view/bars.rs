//! The bars around a panel: menu, tabs, progress, status.

use egui::containers::menu::menu_style;
use egui::{Align2, Button, KeyboardShortcut, ProgressBar, RichText, TextStyle, Ui, WidgetText, gui_zoom};

use super::action::{Action, Request};
use super::keys;
use super::scene::{Progress, Scene, Shown, Step};
use super::state::{Appearance, Asking, Glossary, Masking, Panel, State};
use super::theme::{self, Tone};
use super::untrusted::{Fit, Untrusted};
use super::widgets::{explained, state_word};
use crate::analyze::Analysis;
use crate::check::narrative;
use crate::dns::Origin;
use crate::samples::Sample;
use crate::text::{Lang, Words, count, moment_in};

/// Opening, pasting and saving at hand; everything else in menus.
pub(super) fn menu(ui: &mut Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let words = state.words();
    let panels = words.panels();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        menu_style(ui.style_mut());
        ui.menu_button(panels.file_menu, |ui| action = file_menu(ui, scene, state));
        ui.menu_button(panels.view_menu, |ui| {
            if let Some(chosen) = view_menu(ui, scene, state) {
                action = Some(chosen);
            }
        });
        ui.menu_button(panels.help_menu, |ui| {
            let key = ui.ctx().format_shortcut(&keys::TERMS);
            if ui.add(Button::new(panels.terms).shortcut_text(key)).clicked() {
                action = Some(Action::Glossary(Glossary::Shown));
            }
            if ui.button(panels.keys).clicked() {
                action = Some(Action::Glossary(Glossary::Keys));
            }
        });
        ui.separator();
        let message = scene.shown.is_some();
        for (name, enabled, request) in [
            (panels.open, true, Request::OpenDialog),
            (panels.paste, true, Request::Paste),
            (panels.rerun, message, Request::Rerun),
            (panels.save_picture, message, Request::SavePicture),
            (panels.copy_picture, message, Request::CopyPicture),
            (panels.copy_report, message, Request::CopyReport),
        ] {
            if ui.add_enabled(enabled, Button::new(name)).clicked() {
                action = Some(request.into());
            }
        }
        if let Some(chosen) = mask(ui, state) {
            action = Some(chosen);
        }
        ui.separator();
        for lang in Lang::ALL {
            if ui.selectable_label(state.lang == lang, lang.name()).clicked() {
                action = Some(Action::Language(lang));
            }
        }
    });
    action
}

/// The switch for what goes into tickets.
fn mask(ui: &mut Ui, state: &State) -> Option<Action> {
    let panels = state.words().panels();
    let mut is_on = state.masking == Masking::On;
    let shown = ui.checkbox(&mut is_on, panels.mask).on_hover_text(panels.mask_hint);
    shown.changed().then(|| Action::Masking(state.masking.other()))
}

fn file_menu(ui: &mut Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let words = state.words();
    let panels = words.panels();
    let message = scene.shown.is_some();
    let mut action = None;
    let mut entry = |ui: &mut Ui, name: WidgetText, key: Option<&KeyboardShortcut>, enabled: bool, request: Request| {
        let key = key.map(|key| ui.ctx().format_shortcut(key)).unwrap_or_default();
        if ui.add_enabled(enabled, Button::new(name).shortcut_text(key)).clicked() {
            action = Some(request.into());
        }
    };
    entry(ui, panels.open.into(), Some(&keys::OPEN), true, Request::OpenDialog);
    entry(ui, panels.paste.into(), Some(&keys::PASTE), true, Request::Paste);
    ui.menu_button(panels.samples, |ui| {
        for sample in Sample::ALL {
            entry(ui, words.sample(sample).into(), None, true, Request::OpenSample(sample));
        }
    });
    entry(ui, panels.how_to_save.into(), None, true, Request::HowToSave);
    ui.separator();
    entry(ui, panels.save_picture.into(), Some(&keys::SAVE_PICTURE), message, Request::SavePicture);
    entry(ui, panels.copy_picture.into(), Some(&keys::COPY_PICTURE), message, Request::CopyPicture);
    entry(ui, panels.save_report.into(), Some(&keys::SAVE_REPORT), message, Request::SaveReport);
    entry(ui, panels.copy_report.into(), Some(&keys::COPY_REPORT), message, Request::CopyReport);
    let masking = mask(ui, state);
    ui.separator();
    entry(ui, panels.rerun.into(), Some(&keys::RERUN), message, Request::Rerun);
    entry(ui, panels.close_message.into(), Some(&keys::CLOSE), message, Request::Close);
    let opened = scene.list.is_some_and(|list| list.rows() > 0);
    entry(ui, panels.clear_list.into(), None, opened, Request::ClearList);
    entry(ui, panels.quit.into(), Some(&keys::QUIT), true, Request::Quit);
    action.or(masking)
}

fn view_menu(ui: &mut Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let words = state.words();
    let panels = words.panels();
    let mut action = None;
    ui.label(RichText::new(panels.language).color(theme::palette(ui).weak()));
    for lang in Lang::ALL {
        if ui.radio(state.lang == lang, lang.name()).clicked() {
            action = Some(Action::Language(lang));
        }
    }
    ui.separator();
    ui.label(RichText::new(panels.appearance).color(theme::palette(ui).weak()));
    for (appearance, name) in [
        (Appearance::System, panels.appearance_system),
        (Appearance::Light, panels.appearance_light),
        (Appearance::Dark, panels.appearance_dark),
    ] {
        if ui.radio(state.appearance == appearance, name).clicked() {
            action = Some(Action::Appearance(appearance));
        }
    }
    ui.separator();
    let mut asks = state.asking == Asking::Allowed;
    let is_recorded = scene.shown.as_ref().is_some_and(|shown| matches!(shown.analysis.origin, Origin::Snapshot(_)));
    let answers = if is_recorded { panels.use_recorded_dns } else { panels.ask_dns };
    if ui.checkbox(&mut asks, answers).changed() {
        action = Some(Action::Asking(if asks { Asking::Allowed } else { Asking::Off }));
    }
    ui.separator();
    zoom(ui, words);
    if let Some(shown) = &scene.shown {
        ui.separator();
        let chosen = state.panel.at(shown.analysis);
        let tabs = Panel::of(shown.analysis);
        for panel in &tabs {
            let key = keys::of(*panel, &tabs).map(|key| ui.ctx().format_shortcut(&key)).unwrap_or_default();
            let entry = Button::selectable(chosen == *panel, panel.title(words)).shortcut_text(key);
            if ui.add(entry).clicked() {
                action = Some(Action::Show(*panel));
            }
        }
    }
    action
}

/// How large everything is drawn.
fn zoom(ui: &mut Ui, words: &dyn Words) {
    let panels = words.panels();
    let key = |ui: &Ui, key: &KeyboardShortcut| ui.ctx().format_shortcut(key);
    if ui.add(Button::new(panels.zoom_in).shortcut_text(key(ui, &gui_zoom::kb_shortcuts::ZOOM_IN))).clicked() {
        gui_zoom::zoom_in(ui.ctx());
    }
    if ui.add(Button::new(panels.zoom_out).shortcut_text(key(ui, &gui_zoom::kb_shortcuts::ZOOM_OUT))).clicked() {
        gui_zoom::zoom_out(ui.ctx());
    }
    if ui.button(panels.zoom_reset).clicked() {
        ui.ctx().set_zoom_factor(1.0);
    }
}

/// The most records that the bar names.
const NAMED: usize = 3;

/// Says that what is on show rests on records which are not in DNS, names them, and leads back.
pub(super) fn what_if(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let row = ui.horizontal_wrapped(|ui| {
        state_word(ui, Tone::Caution, panels.what_if_on);
        for entry in analysis.what_if().take(NAMED) {
            let name = format!("{} {}", entry.question.name, entry.question.kind.word());
            ui.add(Untrusted::fixed(&name));
        }
        let more = analysis.what_if().count().saturating_sub(NAMED);
        if more > 0 {
            ui.label(panels.more.replace("{}", &more.to_string()));
        }
        let key = ui.ctx().format_shortcut(&keys::END_TRY);
        ui.add(Button::new(panels.what_if_end).shortcut_text(key)).clicked()
    });
    row.inner.then(|| Request::WhatIf(None).into())
}

/// One tab a panel.
pub(super) fn tabs(ui: &mut Ui, analysis: &Analysis, state: &State) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let chosen = state.panel.at(analysis);
        let tabs = Panel::of(analysis);
        for panel in tabs.iter().copied() {
            let tab = ui.selectable_label(chosen == panel, panel.title(state.words()));
            let tab = match keys::of(panel, &tabs) {
                Some(key) => tab.on_hover_text(ui.ctx().format_shortcut(&key)),
                None => tab,
            };
            if tab.clicked() {
                action = Some(Action::Show(panel));
            }
            explained(ui, &tab, panel.title(state.words()), state.words());
        }
    });
    action
}

/// What is being asked, and the way out.
#[expect(clippy::cast_precision_loss, reason = "a bar is some hundred pixels long")]
pub(super) fn progress(ui: &mut Ui, progress: &Progress, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let row = ui.horizontal(|ui| {
        let (done, counted) = match progress.step {
            Step::Asking { asked, answered, .. } => {
                let counted = panels.answered_of_asked.replace("{answered}", &count(answered));
                (answered as f32 / asked.max(1) as f32, counted.replace("{asked}", &count(asked)))
            }
            Step::Reading { done, total } => {
                let counted = panels.read_of_bytes.replace("{read}", &megabytes(done));
                (done as f32 / total.max(1) as f32, counted.replace("{all}", &megabytes(total)))
            }
        };
        ui.add(ProgressBar::new(done).desired_width(160.0).corner_radius(2.0));
        ui.label(counted);
        if let Step::Asking { tries: tries @ 1.., .. } = progress.step {
            ui.label(panels.changes_tried.replace("{}", &count(tries)));
        }
        let cancelled = ui.button(panels.cancel).clicked();
        ui.add(Untrusted::fixed(progress.name.shown(words)).fit(Fit::Cut));
        cancelled
    });
    row.inner.then(|| Request::Cancel.into())
}

fn megabytes(bytes: u64) -> String {
    count(bytes >> 20)
}

/// What is on show, the moment it was judged at and who answered.
pub(super) fn status(ui: &mut Ui, shown: &Shown<'_>, words: &dyn Words) {
    let panels = words.panels();
    let facts = &shown.analysis.facts;
    let weak = theme::palette(ui).weak();
    ui.horizontal(|ui| {
        let small = |text: String| RichText::new(text).text_style(TextStyle::Small).color(weak);
        let judged = facts.judged_at;
        ui.label(small(format!(
            "{} {} ({})",
            panels.judged_at,
            moment_in(judged.moment, narrative::zone(facts)),
            words.moment_source(judged.from)
        )));
        ui.separator();
        ui.add(
            Untrusted::new(&format!("DNS: {}", origin(&shown.analysis.origin, words)))
                .style(TextStyle::Small)
                .color(weak),
        );
        ui.separator();
        ui.add(Untrusted::new(shown.name).style(TextStyle::Small).color(weak).fit(Fit::Cut));
    });
}

/// Who answered the questions.
pub(super) fn origin(origin: &Origin, words: &dyn Words) -> String {
    let panels = words.panels();
    match origin {
        Origin::System => panels.dns_system.to_owned(),
        Origin::Server(name) => name.clone(),
        Origin::Snapshot(name) => format!("{} {name}", panels.dns_snapshot),
        Origin::Offline => panels.dns_offline.to_owned(),
    }
}

/// Says that letting go opens the file.
pub(super) fn drop_hint(ui: &Ui, words: &dyn Words) {
    let area = ui.ctx().content_rect();
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")));
    let ink = theme::palette(ui).ink(theme::Tone::Info);
    painter.rect_filled(area, 0.0, ink.ground.gamma_multiply(0.94));
    let font = TextStyle::Heading.resolve(ui.style());
    painter.text(area.center(), Align2::CENTER_CENTER, words.panels().drop_here, font, ink.text);
}
