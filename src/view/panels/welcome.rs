//! Nothing is open: what to do.

use egui::{RichText, TextEdit, Ui};

use crate::samples::Sample;
use crate::text::{MailProgram, Words};
use crate::view::action::{Action, Request};
use crate::view::notice::saving;
use crate::view::state::State;
use crate::view::theme;
use crate::view::widgets::section;

#[derive(Debug)]
pub struct Data<'a> {
    path: &'a str,
}

#[must_use]
pub const fn data(state: &State) -> Data<'_> {
    Data { path: state.path.as_str() }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.set_max_width(theme::MEASURE);
    ui.add_space(theme::WIDE);
    let strong = theme::palette(ui).strong();
    ui.label(RichText::new(panels.welcome).text_style(theme::headline()).color(strong));
    ui.label(panels.welcome_more);
    section(ui, panels.open_message, |ui| {
        ui.label(panels.drop_hint);
        ui.label(panels.paste_hint);
        ui.add_space(theme::GAP);
        ui.horizontal_wrapped(|ui| {
            if ui.button(panels.open).clicked() {
                action = Some(Request::OpenDialog.into());
            }
            if ui.button(panels.paste).clicked() {
                action = Some(Request::Paste.into());
            }
        });
        ui.add_space(theme::GAP);
        if let Some(asked) = path_box(ui, data.path, words) {
            action = Some(asked);
        }
    });
    section(ui, panels.when_drop_fails, |ui| {
        ui.label(RichText::new(panels.when_drop_fails_more).color(theme::palette(ui).weak()));
        ui.add_space(theme::TIGHT);
        saving(ui, MailProgram::Other, words);
    });
    section(ui, panels.samples, |ui| {
        ui.label(RichText::new(panels.samples_hint).color(theme::palette(ui).weak()));
        for sample in Sample::ALL {
            if ui.link(words.sample(sample)).clicked() {
                action = Some(Request::OpenSample(sample).into());
            }
        }
    });
    ui.add_space(theme::GAP);
    ui.label(RichText::new(panels.privacy).color(theme::palette(ui).weak()));
    action
}

/// For those who have a path and no dialog.
fn path_box(ui: &mut Ui, path: &str, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut typed = path.to_owned();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(panels.path_of_file);
        let edit = ui.add(TextEdit::singleline(&mut typed).desired_width(420.0)).labelled_by(label.id);
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let pressed = ui.button(panels.open_path).clicked();
        if (entered || pressed) && !typed.trim().is_empty() {
            Some(Request::OpenPath(typed.trim().to_owned()).into())
        } else {
            edit.changed().then_some(Action::EditPath(typed))
        }
    })
    .inner
}
