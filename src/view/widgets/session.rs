//! What a person knows of the session: the address that connected, the envelope sender, the HELO name.

use egui::{Button, Grid, Key, TextEdit, Ui, vec2};

use crate::analyze::Options;
use crate::text::Words;
use crate::view::action::{Action, Request};
use crate::view::state::Typed;
use crate::view::theme::{self, Tone};
use crate::view::widgets::note;

/// The boxes, and the ways to judge with what stands in them and back to what the message says.
pub(in crate::view) fn session(ui: &mut Ui, typed: &Typed, options: &Options, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.session_hint);
    let mut edited = typed.clone();
    let mut is_entered = false;
    Grid::new("session").num_columns(2).spacing(vec2(theme::WIDE, theme::TIGHT)).show(ui, |ui| {
        for (name, value, example) in [
            (panels.connecting_ip, &mut edited.ip, "192.0.2.1"),
            (panels.envelope_from, &mut edited.mail_from, "taro@example.jp"),
            ("HELO", &mut edited.helo, "mail.example.jp"),
        ] {
            let label = ui.label(name);
            let edit = ui.add(TextEdit::singleline(value).desired_width(260.0).hint_text(example));
            is_entered |= edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            edit.labelled_by(label.id);
            ui.end_row();
        }
    });
    ui.add_space(theme::TIGHT);
    let is_new = edited != Typed::of(options);
    let buttons = ui.horizontal_wrapped(|ui| {
        let judge = ui.add_enabled(is_new, Button::new(panels.what_if_judge)).clicked() || (is_entered && is_new);
        let is_given = Typed::of(options) != Typed::default();
        let undo = ui.add_enabled(is_given, Button::new(panels.session_undo)).clicked();
        let undo = undo.then(|| Request::Session(Typed::default()));
        judge.then(|| Request::Session(edited.clone())).or(undo).map(Action::from)
    });
    buttons.inner.or_else(|| (edited != *typed).then_some(Action::EditSession(edited)))
}
