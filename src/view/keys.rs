//! Keys, pastes and drops that count anywhere in the window.

use egui::{Event, Key, KeyboardShortcut, Modifiers, Ui, Vec2, gui_zoom, vec2};

use super::action::{Action, Request};
use super::list;
use super::scene::Scene;
use super::state::{Glossary, Panel, State};
use crate::text::Words;

const CONTROL_SHIFT: Modifiers = Modifiers { alt: false, ctrl: false, shift: true, mac_cmd: false, command: true };

pub(super) const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
pub(super) const SAVE_PICTURE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::S);
pub(super) const SAVE_REPORT: KeyboardShortcut = KeyboardShortcut::new(CONTROL_SHIFT, Key::S);
pub(super) const COPY_REPORT: KeyboardShortcut = KeyboardShortcut::new(CONTROL_SHIFT, Key::T);
pub(super) const MASK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::M);
pub(super) const COPY_PICTURE: KeyboardShortcut = KeyboardShortcut::new(CONTROL_SHIFT, Key::C);
pub(super) const LANGUAGE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::L);
pub(super) const RERUN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F5);
pub(super) const CLOSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::W);
pub(super) const QUIT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Q);
/// Shown in the menu; the key itself arrives as a paste.
pub(super) const PASTE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::V);
pub(super) const TERMS: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F1);
pub(super) const TRY: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);
pub(super) const UNDO_TRY: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);
pub(super) const END_TRY: KeyboardShortcut = KeyboardShortcut::new(CONTROL_SHIFT, Key::Z);
const CANCEL: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);

/// The keys of the first tabs, in their order.
const NUMBERS: [Key; 10] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];

/// The key of a panel among the tabs on show: the number of its place, or a letter where the numbers are used up.
#[must_use]
pub fn of(panel: Panel, tabs: &[Panel]) -> Option<KeyboardShortcut> {
    let number = tabs.iter().position(|tab| *tab == panel).and_then(|place| NUMBERS.get(place)).copied();
    let letter = match panel {
        Panel::Headers => Some(Key::H),
        Panel::Dns => Some(Key::D),
        Panel::Rules => Some(Key::R),
        Panel::Network => Some(Key::N),
        _ => None,
    };
    let key = if matches!(panel, Panel::Rules | Panel::Network) { letter } else { number.or(letter) };
    key.map(|key| KeyboardShortcut::new(Modifiers::COMMAND, key))
}

/// Every key with what it does.
pub(super) fn all(ui: &Ui, words: &dyn Words) -> Vec<(String, &'static str)> {
    let panels = words.panels();
    let named = [
        (OPEN, panels.open),
        (PASTE, panels.paste),
        (SAVE_PICTURE, panels.save_picture),
        (COPY_PICTURE, panels.copy_picture),
        (SAVE_REPORT, panels.save_report),
        (COPY_REPORT, panels.copy_report),
        (MASK, panels.mask),
        (RERUN, panels.rerun),
        (TRY, panels.what_if_judge),
        (UNDO_TRY, panels.what_if_undo),
        (END_TRY, panels.what_if_end),
        (CANCEL, panels.cancel),
        (CLOSE, panels.close_message),
        (LANGUAGE, panels.language),
        (gui_zoom::kb_shortcuts::ZOOM_IN, panels.zoom_in),
        (gui_zoom::kb_shortcuts::ZOOM_OUT, panels.zoom_out),
        (TERMS, panels.terms),
        (QUIT, panels.quit),
    ];
    let named = named.map(|(key, name)| (ui.ctx().format_shortcut(&key), name));
    let tabs = Panel::ALL.into_iter().filter_map(|panel| Some((of(panel, &Panel::ALL)?, panel.title(words))));
    let tabs = tabs.map(|(key, name)| (ui.ctx().format_shortcut(&key), name));
    let list = [
        ("↑ ↓", panels.keys_list),
        ("Delete", panels.remove_from_list),
        ("PageUp PageDown Home End", panels.keys_page),
    ];
    let list = list.map(|(keys, name)| (keys.to_owned(), name));
    named.into_iter().chain(tabs).chain(list).collect()
}

/// The part of a page that one key turns: a few lines of the last stay in sight.
const PAGE: f32 = 0.9;
/// Farther than any page is long.
const WHOLE: f32 = 1e6;

/// How far the page that is drawn is to move: by pages, or to an end. Where text is written, the keys move in the text.
pub(super) fn scroll(ui: &Ui) -> Vec2 {
    if ui.ctx().text_edit_focused() {
        return Vec2::ZERO;
    }
    let page = ui.clip_rect().height() * PAGE;
    let keys = [(Key::PageDown, -page), (Key::PageUp, page), (Key::Home, WHOLE), (Key::End, -WHOLE)];
    let pressed = |(key, _): &(Key, f32)| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key));
    keys.into_iter().find(pressed).map_or(Vec2::ZERO, |(_, by)| vec2(0.0, by))
}

/// What a key or a paste asks for in this frame.
pub(super) fn pressed(ui: &Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let pasted = if ui.ctx().text_edit_focused() { None } else { pasted(ui) };
    pasted
        .map(|text| Request::Read(text).into())
        .or_else(|| shortcut(ui, scene, state))
        .or_else(|| list::pressed(ui, scene))
}

fn pasted(ui: &Ui) -> Option<String> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}

fn shortcut(ui: &Ui, scene: &Scene<'_>, state: &State) -> Option<Action> {
    let pressed = |shortcut: &KeyboardShortcut| ui.input_mut(|input| input.consume_shortcut(shortcut));
    let always: [(KeyboardShortcut, Request); 2] = [(OPEN, Request::OpenDialog), (QUIT, Request::Quit)];
    if let Some((_, request)) = always.into_iter().find(|(shortcut, _)| pressed(shortcut)) {
        return Some(request.into());
    }
    if pressed(&LANGUAGE) {
        return Some(Action::NextLanguage);
    }
    if pressed(&MASK) {
        return Some(Action::Masking(state.masking.other()));
    }
    match state.glossary {
        Glossary::Hidden if pressed(&TERMS) => return Some(Action::Glossary(Glossary::Shown)),
        Glossary::Shown | Glossary::Keys if pressed(&TERMS) || pressed(&CANCEL) => {
            return Some(Action::Glossary(Glossary::Hidden));
        }
        Glossary::Hidden | Glossary::Shown | Glossary::Keys => {}
    }
    if scene.progress.is_some() && pressed(&CANCEL) {
        return Some(Request::Cancel.into());
    }
    let shown = scene.shown.as_ref()?;
    if !state.what_if.trim().is_empty() && state.panel.at(shown.analysis) == Panel::Fix && pressed(&TRY) {
        return Some(Request::WhatIf(Some(state.what_if.clone())).into());
    }
    // Where text is written, the keys undo the writing.
    if state.tries > 0 && !ui.ctx().text_edit_focused() {
        if pressed(&END_TRY) {
            return Some(Request::WhatIf(None).into());
        }
        if pressed(&UNDO_TRY) {
            return Some(Request::UndoWhatIf.into());
        }
    }
    // The longer chord first: a shorter one would take it too.
    let with_message = [
        (COPY_PICTURE, Request::CopyPicture),
        (COPY_REPORT, Request::CopyReport),
        (SAVE_REPORT, Request::SaveReport),
        (SAVE_PICTURE, Request::SavePicture),
        (RERUN, Request::Rerun),
        (CLOSE, Request::Close),
    ];
    if let Some((_, request)) = with_message.into_iter().find(|(shortcut, _)| pressed(shortcut)) {
        return Some(request.into());
    }
    let tabs = Panel::of(shown.analysis);
    let chosen = tabs.iter().find(|panel| of(**panel, &tabs).is_some_and(|key| pressed(&key)));
    chosen.map(|panel| Action::Show(*panel))
}
