//! What was mended in the input: each repair with the text as it was and as it is read.

use egui::{RichText, ScrollArea, Ui};

use crate::analyze::Analysis;
use crate::check::Evidence;
use crate::message::{Message, Repair, RepairCode, Source, Span};
use crate::text::Words;
use crate::view::action::Action;
use crate::view::theme;
use crate::view::untrusted::{Breaks, Untrusted, lines};
use crate::view::widgets::{fact, link, section};

#[derive(Debug)]
pub(super) struct Data<'a> {
    message: &'a Message,
    repairs: Vec<&'a Repair>,
}

/// How lines end is not among them: on many systems it would be the same for every message.
#[must_use]
pub(super) fn data(analysis: &Analysis) -> Data<'_> {
    let message = &analysis.message;
    let repairs = message.repairs.iter().filter(|repair| repair.code != RepairCode::LineEndings);
    Data { message, repairs: repairs.collect() }
}

impl Data<'_> {
    #[must_use]
    pub(super) const fn count(&self) -> usize {
        self.repairs.len()
    }
}

pub(super) fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    ScrollArea::vertical().id_salt("repairs").auto_shrink(false).show(ui, |ui| {
        for repair in &data.repairs {
            if let Some(asked) = one(ui, data.message, repair, words) {
                action = Some(asked);
            }
        }
    });
    action
}

fn one(ui: &mut Ui, message: &Message, repair: &Repair, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    section(ui, words.repair(repair.code), |ui| {
        let before = repair.original.zip(message.pasted.as_ref());
        if let Some((span, source)) = before {
            fact(ui, panels.repair_before, |ui| excerpt(ui, source, span));
        }
        let name = if before.is_some() { panels.repair_after } else { panels.field_as_written };
        fact(ui, name, |ui| {
            excerpt(ui, &message.source, repair.span);
            link(ui, &Evidence::Bytes(repair.span), words)
        })
    })
}

/// The text of a place, line by line, cut where it is long.
fn excerpt(ui: &mut Ui, source: &Source, span: Span) {
    const MAX: usize = 600;
    let bytes = source.slice(span).trim_ascii_end();
    let cut = bytes.get(..MAX).unwrap_or(bytes);
    ui.add(Untrusted::fixed(&lines(cut)).breaks(Breaks::Kept));
    if cut.len() < bytes.len() {
        ui.label(RichText::new(format!("… +{}", bytes.len() - cut.len())).color(theme::palette(ui).weak()));
    }
}
