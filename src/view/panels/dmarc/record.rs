//! The record that applies, part by part, and where it wants reports.

use egui::{RichText, Ui};

use crate::auth::dmarc::record::Record;
use crate::auth::dmarc::{Dmarc, ReportTag};
use crate::check::Evidence;
use crate::text::Words;
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::Untrusted;
use crate::view::widgets::{link, note, state_word};

/// Every part with what it says and what is wrong with it.
pub(super) fn parts(ui: &mut Ui, record: &Record, words: &dyn Words) {
    for part in record.parts() {
        ui.horizontal_wrapped(|ui| {
            ui.add(Untrusted::fixed(&record.at(part.span)));
            for kind in &part.problems {
                state_word(ui, tone::record_problem(*kind), words.record_problem(*kind));
            }
            let meaning = words.record_part(part.name, record);
            ui.label(RichText::new(meaning).color(theme::palette(ui).weak()));
        });
    }
}

/// Every destination and whether it agreed.
pub(super) fn destinations(ui: &mut Ui, dmarc: &Dmarc, words: &dyn Words) -> Option<Action> {
    if dmarc.destinations.is_empty() {
        note(ui, Tone::Unknown, words.panels().no_reports);
    }
    let mut action = None;
    for destination in &dmarc.destinations {
        ui.horizontal_wrapped(|ui| {
            let permission = destination.permission;
            state_word(ui, tone::permission(permission), words.permission(permission));
            let tag = match destination.tag {
                ReportTag::Rua => "rua",
                ReportTag::Ruf => "ruf",
            };
            ui.label(RichText::new(tag).color(theme::palette(ui).weak()));
            ui.add(Untrusted::fixed(&destination.uri.value));
            if let Some(question) = destination.question {
                action = link(ui, &Evidence::Question(question), words).or(action.take());
            }
        });
    }
    action
}
