//! One fact: its name at the left, its value beside it.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::view::theme;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::term;

/// A name and whatever shows the value.
pub(in crate::view) fn fact<R>(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui) -> R) -> R {
    let weak = theme::palette(ui).weak();
    let row = ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        let width = theme::LABEL.min(ui.available_width() * 0.35);
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            term(ui, RichText::new(name).color(weak));
        });
        ui.spacing_mut().interact_size.y = 0.0;
        ui.vertical(value).inner
    });
    row.inner
}

/// A name and a stranger's word, or a dash where the message says nothing.
pub(in crate::view) fn fact_word(ui: &mut Ui, name: &str, value: Option<&str>) {
    fact(ui, name, |ui| match value {
        Some(value) => ui.add(Untrusted::fixed(value)),
        None => ui.label(RichText::new("—").color(theme::palette(ui).weak())),
    });
}
