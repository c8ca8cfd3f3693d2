//! What was done to a message after it was signed: each proved change with the changed text marked, and how the search ended.

use egui::text::LayoutJob;
use egui::{Label, RichText, TextFormat, TextStyle, Ui};

use super::{fact, link, state_word};
use crate::auth::dkim::cause::{Causes, Change, Edit, NotSought, Search};
use crate::check::Evidence;
use crate::message::{Field, Message, Span};
use crate::text::Words;
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{self, Breaks, Untrusted};

/// The most lines of a changed text that are shown.
const LINES: usize = 8;
/// The most bytes of a field that are shown around a change.
const AROUND: usize = 200;

/// Draws what was found, on top of what it explains; nothing where nothing fails.
pub(in crate::view) fn causes(ui: &mut Ui, message: &Message, causes: &Causes, words: &dyn Words) -> Option<Action> {
    let is_needed = |search: &Search| *search != Search::NotSought(NotSought::NotNeeded);
    if ![&causes.body, &causes.header].into_iter().any(is_needed) {
        return None;
    }
    let mut action = None;
    ui.add_space(theme::GAP);
    let tone = if causes.explain() { Tone::Caution } else { Tone::Unknown };
    theme::toned(theme::palette(ui), tone).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(words.panels().changed_after_signing).color(theme::palette(ui).strong()));
        for edit in causes.edits() {
            action = change(ui, message, edit, words).or(action.take());
        }
        ui.add_space(theme::GAP);
        let panels = words.panels();
        for (half, search) in [(panels.body_hash, &causes.body), (panels.header_signature, &causes.header)] {
            let sentence = words.search(search);
            if !sentence.is_empty() {
                fact(ui, half, |ui| ui.label(sentence));
            }
        }
    });
    ui.add_space(theme::GAP);
    action
}

fn change(ui: &mut Ui, message: &Message, edit: &Edit, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.add_space(theme::TIGHT);
    let action = ui.horizontal_wrapped(|ui| {
        state_word(ui, Tone::Caution, words.change(edit.change));
        if edit.places > 1 {
            ui.label(RichText::new(format!("×{}", edit.places)).color(theme::palette(ui).weak()));
        }
        if edit.span.is_empty() { None } else { link(ui, &Evidence::Bytes(edit.span), words) }
    });
    // What is missing shows where the signature names it, which tells nobody more.
    let is_there = !edit.span.is_empty() && edit.change != Change::FieldMissing;
    let field = message.fields.iter().find(|field| is_there && contains(field.span, edit.span));
    match (field, edit.now.as_deref()) {
        (Some(field), _) => _ = ui.add(Label::new(in_field(ui, message, field, edit.span)).wrap()),
        (None, Some(now)) => _ = ui.add(Label::new(marked(ui, now)).wrap()),
        (None, None) => {}
    }
    if let Some(before) = &edit.before {
        let name = edit.field.as_deref().map_or_else(String::new, |name| format!("{name}: "));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(panels.hash_stated).color(theme::palette(ui).weak()));
            ui.add(Untrusted::fixed(&(name + &first_lines(before))).breaks(Breaks::Kept));
        });
    }
    action.inner
}

const fn contains(whole: Span, part: Span) -> bool {
    whole.start <= part.start && part.end <= whole.end
}

/// The field as it stands, the changed bytes on a coloured ground.
fn in_field(ui: &Ui, message: &Message, field: &Field, changed: Span) -> LayoutJob {
    let start = field.span.start.max(changed.start.saturating_sub(AROUND));
    let whole = field.span.start + message.source.slice(field.span).trim_ascii_end().len();
    let end = whole.min(changed.end + AROUND).max(changed.start);
    let from = changed.start.clamp(start, end);
    let to = changed.end.min(from + AROUND * LINES).clamp(from, end);
    let (plain, looked_at) = formats(ui);
    let mut job = LayoutJob::default();
    for (span, format) in
        [(Span::new(start, from), &plain), (Span::new(from, to), &looked_at), (Span::new(to, end), &plain)]
    {
        let text = untrusted::lines(message.source.slice(span));
        untrusted::append(&mut job, &text, format, theme::palette(ui).mark(), Breaks::Kept);
    }
    job
}

/// A text that is no field, all of it marked.
fn marked(ui: &Ui, text: &str) -> LayoutJob {
    let mut job = LayoutJob::default();
    untrusted::append(&mut job, &first_lines(text), &formats(ui).1, theme::palette(ui).mark(), Breaks::Kept);
    job
}

fn first_lines(text: &str) -> String {
    let text = untrusted::lines(text.as_bytes());
    let shown: Vec<&str> = text.lines().take(LINES).collect();
    let more = if text.lines().nth(LINES).is_some() { "\n…" } else { "" };
    shown.join("\n") + more
}

/// How text looks, and how what was changed does.
fn formats(ui: &Ui) -> (TextFormat, TextFormat) {
    let palette = theme::palette(ui);
    let font = TextStyle::Monospace.resolve(ui.style());
    let plain = TextFormat::simple(font.clone(), palette.text());
    let changed = TextFormat { background: palette.highlight(), ..TextFormat::simple(font, palette.strong()) };
    (plain, changed)
}
