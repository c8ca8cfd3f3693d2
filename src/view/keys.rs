//! Keys, pastes and drops that count anywhere in the window.

use egui::{Event, Key, KeyboardShortcut, Modifiers, Ui, Vec2, vec2};

use super::action::{Action, Request};
use super::list;
use super::scene::Scene;
use super::state::{Glossary, Panel, State};

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

/// One for each panel, in the order of the tabs; after the ten numbers, a letter each.
pub const PANELS: [Key; 12] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
    Key::Num0,
    Key::R,
    Key::N,
];

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
        Glossary::Shown if pressed(&TERMS) || pressed(&CANCEL) => return Some(Action::Glossary(Glossary::Hidden)),
        Glossary::Hidden | Glossary::Shown => {}
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
    let chosen = PANELS.into_iter().position(|key| pressed(&KeyboardShortcut::new(Modifiers::COMMAND, key)));
    chosen.and_then(|index| Panel::ALL.get(index)).map(|panel| Action::Show(*panel))
}
