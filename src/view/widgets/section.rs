//! A titled group of facts.

use egui::{RichText, TextStyle, Ui};

use crate::view::theme::{self, Tone};
use crate::view::untrusted::{Untrusted, line};
use crate::view::widgets::{tell, term};

/// A heading and a card below it.
pub(in crate::view) fn section<R>(ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(theme::WIDE - theme::GAP);
    let heading = RichText::new(title).text_style(TextStyle::Heading).color(theme::palette(ui).strong());
    term(ui, heading);
    card(ui, content)
}

/// The same below a heading that a stranger wrote.
pub(in crate::view) fn section_named<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(theme::WIDE - theme::GAP);
    ui.add(Untrusted::new(&line(name)).style(TextStyle::Heading).color(theme::palette(ui).strong()));
    card(ui, content)
}

fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(theme::TIGHT);
    let frame = theme::card(ui.style());
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
        .inner
}

/// A sentence with a stranger's words in it, in lines that are not too long to read.
pub(in crate::view) fn sentence(ui: &mut Ui, text: &str) {
    ui.scope(|ui| {
        ui.set_max_width(theme::MEASURE.min(ui.available_width()));
        let shown = ui.add(Untrusted::new(text));
        tell(ui, &shown, text);
    });
}

/// A sentence that explains what stands around it.
pub(in crate::view) fn note(ui: &mut Ui, tone: Tone, text: &str) {
    let color = match tone {
        Tone::Unknown => theme::palette(ui).weak(),
        tone => theme::palette(ui).ink(tone).text,
    };
    let shown = ui.label(RichText::new(text).color(color));
    tell(ui, &shown, text);
}
