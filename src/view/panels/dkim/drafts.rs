//! DKIM2, a draft, and `DomainKeys`, historic: what their fields claim, without a tone of judgement.

use egui::{RichText, Ui};

use crate::auth::dkim2::{Dkim2, HopSignature, Instance};
use crate::auth::domainkeys::DomainKey;
use crate::check::Evidence;
use crate::text::{Words, count, moment};
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::widgets::{fact, fact_word, link, note};

/// The most hops and revisions that are drawn.
const DRAWN: usize = 20;

pub(super) fn dkim2(ui: &mut Ui, dkim2: &Dkim2, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Info, panels.dkim2_hint);
    let counted = |count: usize, numbering| format!("{count} ({})", words.numbering(numbering));
    fact(ui, panels.dkim2_hops, |ui| ui.label(counted(dkim2.signatures.len(), dkim2.hops())));
    fact(ui, panels.dkim2_revisions, |ui| ui.label(counted(dkim2.instances.len(), dkim2.revisions())));
    let mut action = None;
    for hop in dkim2.signatures.iter().take(DRAWN) {
        action = self::hop(ui, hop, words).or(action);
    }
    for instance in dkim2.instances.iter().take(DRAWN) {
        action = self::instance(ui, instance, words).or(action);
    }
    let drawn = dkim2.signatures.len().min(DRAWN) + dkim2.instances.len().min(DRAWN);
    let rest = dkim2.signatures.len() + dkim2.instances.len() + dkim2.left_out - drawn;
    if rest > 0 {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(rest)));
    }
    action
}

fn hop(ui: &mut Ui, hop: &HopSignature, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    title(ui, panels.dkim2_hop, hop.i);
    fact_word(ui, panels.signing_domain, hop.domain.as_deref());
    let keys = hop.keys.iter();
    let keys = keys.map(|key| format!("{} {}", key.selector, key.algorithm.as_deref().unwrap_or_default()));
    fact_word(ui, panels.selector, Some(&keys.collect::<Vec<_>>().join(", ")));
    if let Some(at) = hop.signed_at {
        fact(ui, panels.signed_at, |ui| ui.label(moment(at)));
    }
    fact_word(ui, panels.envelope_from, hop.mail_from.as_deref());
    let more = [
        (panels.dkim2_recipients, hop.recipients.join(", ")),
        (panels.dkim2_next, hop.next_domain.clone().unwrap_or_default()),
        (panels.dkim2_flags, hop.flags.join(", ")),
    ];
    for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
        fact_word(ui, name, Some(value));
    }
    link(ui, &Evidence::Bytes(hop.span), words)
}

fn instance(ui: &mut Ui, instance: &Instance, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    title(ui, panels.dkim2_revision, instance.m);
    fact(ui, panels.dkim2_changed, |ui| ui.label(words.body_change(instance.body)));
    if !instance.headers.is_empty() {
        fact_word(ui, panels.headers, Some(&instance.headers.join(", ")));
    }
    link(ui, &Evidence::Bytes(instance.span), words)
}

fn title(ui: &mut Ui, name: &str, number: Option<u32>) {
    let number = number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    ui.add_space(theme::GAP);
    ui.label(RichText::new(name.replace("{}", &number)).color(theme::palette(ui).strong()));
}

pub(super) fn domainkeys(ui: &mut Ui, keys: &[DomainKey], words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Info, panels.domainkeys_hint);
    let mut action = None;
    for key in keys {
        ui.add_space(theme::GAP);
        fact_word(ui, panels.signing_domain, key.domain.as_deref());
        fact_word(ui, panels.selector, key.selector.as_deref());
        fact_word(ui, panels.algorithm, key.algorithm.as_deref());
        action = link(ui, &Evidence::Bytes(key.span), words).or(action);
    }
    action
}
