//! What the terms in a word or sentence of ours mean, on hovering and on keyboard focus.

use egui::{Id, Response, RichText, Role, Sense, Shape, TextStyle, Tooltip, Ui, WidgetInfo};

use crate::text::glossary::{Term, terms_in};
use crate::text::{Lang, Words};
use crate::view::theme;

/// The widest an explanation is.
const WIDTH: f32 = 420.0;

/// Notes the language, so that names of facts and sections can explain themselves. In a picture there is nobody to ask.
pub(in crate::view) fn speak(ui: &Ui, lang: Lang) {
    ui.data_mut(|data| data.insert_temp(Id::unique("language of terms"), lang));
}

/// The language of the window; `None` in a picture.
pub(in crate::view) fn spoken(ui: &Ui) -> Option<Lang> {
    ui.data(|data| data.get_temp(Id::unique("language of terms")))
}

/// A word or two of ours, with a dotted line where it can be explained.
pub(in crate::view) fn term(ui: &mut Ui, text: RichText) -> Response {
    let written = text.text().to_owned();
    let response = ui.label(text);
    let Some(lang) = spoken(ui) else { return response };
    if explained(ui, &response, &written, lang.words()) {
        let line = [response.rect.left_bottom(), response.rect.right_bottom()];
        ui.painter().extend(Shape::dotted_line(&line, theme::palette(ui).weak(), 4.0, 0.8));
    }
    response
}

/// Explains the terms in a sentence of ours that was drawn.
pub(in crate::view) fn tell(ui: &Ui, response: &Response, text: &str) {
    if let Some(lang) = spoken(ui) {
        explained(ui, response, text, lang.words());
    }
}

/// Explains the terms in what was drawn; false where there are none.
pub(in crate::view) fn explained(ui: &Ui, response: &Response, text: &str, words: &dyn Words) -> bool {
    let terms: Vec<Term> = terms_in(text, words).into_iter().map(|(_, term)| term).collect();
    if terms.is_empty() {
        return false;
    }
    let has_focus =
        if response.sense.is_focusable() { response.has_focus() } else { focus(ui, response, &terms, words) };
    if !is_meant(ui, response, has_focus) {
        return true;
    }
    let tooltip = if has_focus { Tooltip::for_widget(response) } else { Tooltip::for_enabled(response) };
    tooltip.show(|ui| {
        ui.set_max_width(WIDTH);
        for term in &terms {
            let entry = words.term(*term);
            ui.label(RichText::new(entry.name).color(theme::palette(ui).strong()).text_style(TextStyle::Body).strong());
            ui.label(entry.meaning);
        }
    });
    true
}

/// What is explained has the focus, or is under the pointer: which it was, since when, and in which pass it was drawn so.
#[derive(Clone, Copy, Default)]
struct Asked {
    focused: Option<Id>,
    since: f64,
    focused_in: u64,
    pointed_in: u64,
}

/// Whether this is what is to be explained: two explanations at a time hide each other, so the focus and the pointer give
/// way to whichever was moved last.
fn is_meant(ui: &Ui, response: &Response, has_focus: bool) -> bool {
    let key = Id::unique("asked for an explanation");
    let pass = ui.ctx().cumulative_pass_nr();
    // What is drawn later in a pass is known from the one before.
    let is_now = |of: u64| of + 1 >= pass;
    let (now, moved) = ui.input(|input| (input.time, input.time - f64::from(input.pointer.time_since_last_movement())));
    let mut asked: Asked = ui.data(|data| data.get_temp(key)).unwrap_or_default();
    let is_meant = if has_focus {
        if asked.focused != Some(response.id) || !is_now(asked.focused_in) {
            asked.since = now;
        }
        asked = Asked { focused: Some(response.id), focused_in: pass, ..asked };
        !is_now(asked.pointed_in) || moved <= asked.since
    } else {
        if response.contains_pointer() {
            asked.pointed_in = pass;
        }
        !is_now(asked.focused_in) || moved > asked.since
    };
    ui.data_mut(|data| data.insert_temp(key, asked));
    is_meant
}

/// Lets the keyboard come to a label, and gives screen readers the explanation.
fn focus(ui: &Ui, response: &Response, terms: &[Term], words: &dyn Words) -> bool {
    let place = ui.interact(response.rect, response.id.with("terms"), Sense::focusable_noninteractive());
    let told: Vec<String> = terms
        .iter()
        .map(|term| {
            let entry = words.term(*term);
            format!("{}: {}", entry.name, entry.meaning)
        })
        .collect();
    place.widget_info(|| WidgetInfo::labeled(Role::Label, true, told.join(" ")));
    place.has_focus()
}
