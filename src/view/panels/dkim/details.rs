//! What is folded under a signature: its fields, its key record, its tags, its steps, and the bytes that were signed.

use egui::{Align, Frame, Layout, RichText, ScrollArea, Ui, vec2};

use crate::auth::dkim::Signature;
use crate::auth::dkim::coverage::{Cover, Coverage};
use crate::auth::dkim::lint::Weight;
use crate::auth::dkim::tag::{Fault, Tag, TagList};
use crate::check::Evidence;
use crate::text::{Words, count};
use crate::view::action::Action;
use crate::view::state::{Detail, Look, Octets};
use crate::view::theme::{self, Tone};
use crate::view::untrusted::{self, Untrusted};
use crate::view::widgets::{fact, fact_word, link, note, state_word, steps};

/// The most tags of one list that are drawn.
const TAGS: usize = 60;
/// The most names of fields that are drawn in one row.
const NAMES: usize = 80;

pub(super) fn show(
    ui: &mut Ui,
    detail: Detail,
    signature: &Signature,
    look: Option<&Look>,
    words: &dyn Words,
) -> Option<Action> {
    let panels = words.panels();
    let title = match detail {
        Detail::Fields => panels.signed_headers,
        Detail::Key => panels.key_record,
        Detail::Tags => panels.tags,
        Detail::Steps => panels.steps,
    };
    part(ui, title, |ui| match detail {
        Detail::Fields => fields(ui, &signature.coverage, words),
        Detail::Key => {
            key(ui, signature, words);
            None
        }
        Detail::Tags => tags(ui, &signature.tags, Of::Field, words),
        Detail::Steps => steps(ui, &signature.trace, look, words),
    })
}

/// A part with its title, set off from what stands above.
fn part<R>(ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(theme::GAP);
    ui.separator();
    ui.label(RichText::new(title).color(theme::palette(ui).strong()));
    content(ui)
}

/// The names by how they are covered, then what is left open.
fn fields(ui: &mut Ui, coverage: &Coverage, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    for cover in Cover::ALL {
        let names = coverage.covered(cover);
        if !names.is_empty() {
            let shown: Vec<&str> = names.iter().copied().take(NAMES).collect();
            let rest = names.len() - shown.len();
            fact(ui, words.cover(cover), |ui| {
                ui.add(Untrusted::fixed(&shown.join(", ")));
                if rest > 0 {
                    note(ui, Tone::Unknown, &panels.more.replace("{}", &count(rest)));
                }
            });
        }
    }
    fact(ui, panels.not_signed, |ui| {
        let mut action = None;
        if coverage.open.is_empty() {
            ui.label(panels.nothing_open);
        }
        for open in &coverage.open {
            ui.horizontal_wrapped(|ui| {
                let times = if open.count > 1 { format!(" ×{}", open.count) } else { String::new() };
                ui.add(Untrusted::fixed(&format!("{}{times}", open.name)));
                action = link(ui, &Evidence::Bytes(open.span), words).or(action.take());
            });
        }
        action
    })
}

/// The record with what is odd about it.
fn key(ui: &mut Ui, signature: &Signature, words: &dyn Words) {
    let panels = words.panels();
    let key = &signature.key;
    fact_word(ui, panels.name, key.name.as_deref());
    if !key.cname.is_empty() {
        fact_word(ui, panels.key_leads_over, Some(&key.cname.join(" → ")));
    }
    let Some(record) = &key.record else {
        note(ui, Tone::Unknown, words.key_state(key.state));
        return;
    };
    if let Some(index) = key.record_index.filter(|_| key.records > 1) {
        let place = panels.key_several.replace("{index}", &(index + 1).to_string());
        note(ui, Tone::Caution, &place.replace("{count}", &key.records.to_string()));
    }
    tags(ui, &key.tags, Of::Record, words);
    if let Some(fault) = key.fault {
        odd(ui, Weight::Breaks, words.key_fault(fault), "");
    }
    for lint in &key.lints {
        let quoted = lint.span.and_then(|span| record.get(span.start..span.end)).unwrap_or_default();
        odd(ui, lint.kind.weight(), words.lint(lint.kind), quoted);
    }
    if key.fault.is_none() && key.lints.is_empty() {
        note(ui, Tone::Unknown, panels.nothing_odd);
    }
}

/// The most characters of a record that are quoted beside what is odd about it.
const QUOTED: usize = 60;

fn odd(ui: &mut Ui, weight: Weight, words: &str, quoted: &str) {
    let tone = match weight {
        Weight::Breaks => Tone::Bad,
        Weight::Doubtful => Tone::Caution,
        Weight::Harmless => Tone::Unknown,
    };
    ui.horizontal_wrapped(|ui| {
        state_word(ui, tone, words);
        if !quoted.is_empty() {
            let beginning: String = quoted.chars().take(QUOTED).collect();
            let dots = if beginning.len() < quoted.len() { " …" } else { "" };
            ui.add(Untrusted::fixed(&format!("{beginning}{dots}")).color(theme::palette(ui).weak()));
        }
    });
}

/// What a list of tags was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A field of the message: each tag leads to its bytes.
    Field,
    /// A record of DNS. That one of its tags is empty is said with what else is odd about it.
    Record,
}

/// Name by name.
fn tags(ui: &mut Ui, list: &TagList, of: Of, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    for tag in list.tags.iter().take(TAGS) {
        action = tag_row(ui, tag, of).or(action);
    }
    if list.tags.len() > TAGS {
        note(ui, Tone::Unknown, &words.panels().more.replace("{}", &count(list.tags.len() - TAGS)));
    }
    for fault in list.faults.iter().filter(|fault| of == Of::Field || fault.value != Fault::Empty).take(TAGS) {
        ui.horizontal_wrapped(|ui| {
            state_word(ui, Tone::Bad, words.tag_fault(fault.value));
            if of == Of::Field {
                action = link(ui, &Evidence::Bytes(fault.span), words).or(action.take());
            }
        });
    }
    action
}

/// The width of the name of a tag, and the most characters of one: it is letters, digits and underscores, and may be long.
const NAME_WIDTH: f32 = 60.0;
const NAME: usize = 20;

fn tag_row(ui: &mut Ui, tag: &Tag, of: Of) -> Option<Action> {
    let name: String = tag.name.chars().take(NAME).collect();
    let name = RichText::new(format!("{name}=")).monospace();
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        let pressed = ui.allocate_ui_with_layout(vec2(NAME_WIDTH, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_min_width(NAME_WIDTH);
            match of {
                Of::Field => ui.link(name).clicked(),
                Of::Record => {
                    ui.label(name);
                    false
                }
            }
        });
        // Folding is not part of a value (RFC 6376 section 3.2).
        ui.vertical(|ui| ui.add(Untrusted::fixed(&untrusted::line(&tag.value))));
        pressed.inner.then_some(Action::Look(Evidence::Bytes(tag.span)))
    })
    .inner
}

/// The highest that the bytes may be before they scroll.
const OCTETS_HEIGHT: f32 = 320.0;

pub(super) fn octets(ui: &mut Ui, shown: &Octets, signature: &Signature, words: &dyn Words) {
    use crate::auth::dkim::canonical::Part;
    let panels = words.panels();
    let title = match shown.part {
        Part::Header => panels.canonical_header,
        Part::Body => panels.canonical_body,
    };
    part(ui, title, |ui| {
        let Some(excerpt) = &shown.excerpt else {
            note(ui, Tone::Unknown, panels.canonical_not_possible);
            return;
        };
        note(ui, Tone::Unknown, panels.canonical_hint);
        if let Some(length) = signature.length.filter(|_| shown.part == Part::Body) {
            note(ui, Tone::Caution, &panels.canonical_covered.replace("{}", &count(length)));
        }
        let frame: Frame = theme::card(ui.style());
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let area = ScrollArea::vertical().id_salt(title).max_height(OCTETS_HEIGHT).auto_shrink([false, true]);
            area.show(ui, |ui| crate::view::widgets::octets(ui, &excerpt.bytes));
        });
        if excerpt.more() > 0 {
            note(ui, Tone::Unknown, &panels.more_bytes.replace("{}", &count(excerpt.more())));
        }
    });
}
