//! What others claim: the receiving side's record beside our own verdict, then every field with whom to believe and why.

mod notes;

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::analyze::Analysis;
use crate::auth::claimed::{Agreement, Certainty, Claim, ClaimedResult, Comparison, Ours, Reason, Subject, Trust};
use crate::auth::dkim::KeyState;
use crate::check::Evidence;
use crate::check::narrative;
use crate::dns::Provenance;
use crate::facts::Facts;
use crate::message::Message;
use crate::text::{Words, count, moment_in};
use crate::view::action::Action;
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{Untrusted, line};
use crate::view::widgets::{fact, fact_word, link, note, section, state_word};

#[derive(Debug)]
pub struct Data<'a> {
    facts: &'a Facts,
    message: &'a Message,
    provenance: &'a Provenance,
}

#[must_use]
pub fn data(analysis: &Analysis) -> Data<'_> {
    Data { facts: &analysis.facts, message: &analysis.message, provenance: &analysis.provenance }
}

/// The most rows, fields and results that are drawn; a hostile message can have thousands.
const ROWS: usize = 60;
const CLAIMS: usize = 20;
const RESULTS: usize = 20;
const PROPERTIES: usize = 30;
const COMMENTS: usize = 10;
/// The most characters of one of a stranger's texts that are drawn here; the whole stands in the header.
const TEXT: usize = 300;
/// The most places of one row that are linked.
const PLACES: usize = 3;
/// How wide the columns of the comparison are, as parts of the whole.
const COLUMNS: [f32; 4] = [0.16, 0.27, 0.15, 0.42];

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.claims_hint);
    if data.facts.claims.is_empty() {
        note(ui, Tone::Unknown, panels.claims_none);
        return notes::show(ui, &data.facts.notes, words);
    }
    let mut action = section(ui, panels.claims_compared, |ui| compared(ui, data, words));
    action = notes::show(ui, &data.facts.notes, words).or(action);
    for (index, claim) in data.facts.claims.iter().enumerate().take(CLAIMS) {
        let title = format!("{}. {}", index + 1, claim.header.name());
        action = section(ui, &title, |ui| card(ui, data, claim, words)).or(action);
    }
    if data.facts.claims.len() > CLAIMS {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(data.facts.claims.len() - CLAIMS)));
    }
    action
}

fn compared(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let compared = &data.facts.compared;
    note(
        ui,
        Tone::Unknown,
        &panels.claims_moments.replace("{}", &moment_in(data.facts.judged_at.now, narrative::zone(data.facts))),
    );
    ui.add_space(theme::GAP);
    columns(ui, |ui, index| {
        let titles = [panels.checked, panels.their_record, panels.our_verification, panels.why_differ];
        let title = titles.get(index).copied().unwrap_or_default();
        ui.label(RichText::new(title).color(theme::palette(ui).weak()));
    });
    let mut action = None;
    for comparison in compared.rows.iter().take(ROWS) {
        ui.separator();
        columns(ui, |ui, index| {
            let asked = cell(ui, index, data, comparison, words);
            action = asked.or(action.take());
        });
    }
    let hidden = compared.rows.len().saturating_sub(ROWS) + compared.left_out;
    if hidden > 0 {
        note(ui, Tone::Unknown, &panels.more.replace("{}", &count(hidden)));
    }
    action
}

/// One line of the comparison, each part as wide as its column and as high as it needs.
fn columns(ui: &mut Ui, mut content: impl FnMut(&mut Ui, usize)) {
    let gaps = theme::WIDE * 3.0;
    let whole = (ui.available_width() - gaps).max(0.0);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = theme::WIDE;
        for (index, part) in COLUMNS.into_iter().enumerate() {
            let width = whole * part;
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.x = theme::GAP;
                content(ui, index);
            });
        }
    });
}

fn cell(ui: &mut Ui, index: usize, data: &Data<'_>, row: &Comparison, words: &dyn Words) -> Option<Action> {
    match index {
        0 => {
            ui.label(RichText::new(words.claim_subject(row.subject)).color(theme::palette(ui).strong()));
            None
        }
        1 => recorded(ui, data, row, words),
        2 => {
            ours(ui, row.ours, words);
            None
        }
        _ => {
            state_word(ui, tone::agreement(row.agreement), words.claim_agreement(row.agreement));
            for reason in &row.reasons {
                why(ui, row.agreement, *reason, words);
            }
            key_source(ui, data, row.subject, words);
            None
        }
    }
}

/// What the receiving side wrote. Never in a colour of success: it is a claim.
fn recorded(ui: &mut Ui, data: &Data<'_>, row: &Comparison, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let places: Vec<(&Claim, &ClaimedResult)> =
        row.recorded.iter().take(PLACES).filter_map(|place| place.find(&data.facts.claims)).collect();
    let Some((claim, result)) = places.first() else {
        ui.label(RichText::new("—").color(theme::palette(ui).weak()));
        return None;
    };
    ui.add(Untrusted::fixed(short(&result.result)));
    if matches!(claim.trust, Trust::Unsure(_)) {
        state_word(ui, Tone::Caution, panels.unsure);
    }
    let mut action = None;
    for (claim, result) in &places {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(claim.header.name()).color(theme::palette(ui).weak()));
            action = link(ui, &Evidence::Bytes(result.span), words).or(action.take());
        });
    }
    action
}

fn ours(ui: &mut Ui, ours: Ours, words: &dyn Words) {
    let (tone, word) = match ours {
        Ours::Spf(result) => (tone::spf(result), words.spf_result(result)),
        Ours::Dkim(result) => (tone::dkim(result), words.dkim_result(result)),
        Ours::Dmarc(result) => (tone::dmarc(result), words.dmarc_result(result)),
        Ours::Arc(result) => (tone::arc(result), words.arc_result(result)),
        Ours::Iprev(result) => (tone::iprev(result), words.iprev_result(result)),
        Ours::NoSignature => (Tone::Unknown, words.panels().unsigned),
        Ours::NotJudged => (Tone::Unknown, words.panels().not_evaluated),
    };
    state_word(ui, tone, word);
}

fn why(ui: &mut Ui, agreement: Agreement, reason: Reason, words: &dyn Words) {
    ui.horizontal_wrapped(|ui| {
        // Whether something was shown or only can be matters where two verdicts differ.
        if agreement == Agreement::Differs {
            let tone = if reason.certainty == Certainty::Established { Tone::Info } else { Tone::Unknown };
            state_word(ui, tone, words.claim_certainty(reason.certainty));
        }
        ui.label(words.claim_why(reason.why));
    });
}

/// Our verdict on a signature rests on a key that may be another than the one that the server had.
fn key_source(ui: &mut Ui, data: &Data<'_>, subject: Subject, words: &dyn Words) {
    let Subject::Dkim { signature: Some(index) } = subject else { return };
    let Some(key) = data.facts.dkim.get(index).map(|signature| &signature.key) else { return };
    if !matches!(key.state, KeyState::NotAsked | KeyState::Unreachable) {
        let source = words.key_source(key.source, data.provenance);
        let text = words.panels().key_from_there.replace("{}", &source);
        ui.add(Untrusted::new(&text).color(theme::palette(ui).weak()));
    }
}

fn card(ui: &mut Ui, data: &Data<'_>, claim: &Claim, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        let (tone, word) = match claim.trust {
            Trust::Trusted(_) => (Tone::Info, panels.trusted),
            Trust::Unsure(_) => (Tone::Caution, panels.unsure),
            Trust::Ignored(_) => (Tone::Unknown, panels.ignored),
        };
        state_word(ui, tone, word);
        ui.label(words.claim_trust(claim.trust));
    });
    ui.add_space(theme::GAP);
    let written = data.message.fields.get(claim.field).map(|field| field.name.as_str());
    if let Some(name) = written.filter(|name| !name.eq_ignore_ascii_case(claim.header.name())) {
        fact_word(ui, panels.name, Some(name));
    }
    let writer = claim.authserv_id.as_deref().or(claim.receiver.as_deref());
    match writer {
        Some(writer) => fact_word(ui, panels.written_by, Some(writer)),
        None => fact(ui, panels.written_by, |ui| {
            ui.label(RichText::new(panels.not_named).color(theme::palette(ui).weak()));
        }),
    }
    if let Some(instance) = claim.instance {
        fact_word(ui, panels.instance, Some(&instance.to_string()));
    }
    let mut action = None;
    fact(ui, panels.results_recorded, |ui| {
        if claim.results.is_empty() {
            ui.label(RichText::new(panels.no_results).color(theme::palette(ui).weak()));
        }
        for result in claim.results.iter().take(RESULTS) {
            action = self::result(ui, result, words).or(action.take());
        }
        if claim.results.len() > RESULTS {
            note(ui, Tone::Unknown, &panels.more.replace("{}", &count(claim.results.len() - RESULTS)));
        }
    });
    form(ui, data, claim, words);
    link(ui, &Evidence::Bytes(claim.span), words).or(action)
}

/// One result: the word, what belongs to it, and what is known of its words.
fn result(ui: &mut Ui, result: &ClaimedResult, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    let weak = theme::palette(ui).weak();
    ui.horizontal_wrapped(|ui| {
        let head = format!("{}={}", short(&result.method), short(&result.result));
        ui.add(Untrusted::fixed(&head).color(theme::palette(ui).strong()));
        if let Some(reason) = &result.reason {
            ui.add(Untrusted::fixed(&format!("reason={}", short(reason))));
        }
        for property in result.properties.iter().take(PROPERTIES) {
            ui.add(
                Untrusted::fixed(&format!("{}={}", short(&property.name), short(&property.value.value))).color(weak),
            );
        }
        if result.properties.len() > PROPERTIES {
            ui.label(RichText::new(panels.more.replace("{}", &count(result.properties.len() - PROPERTIES))));
        }
        action = link(ui, &Evidence::Bytes(result.span), words);
    });
    for comment in result.comments.iter().take(COMMENTS) {
        ui.add(Untrusted::new(&format!("({})", short(comment))).color(weak));
    }
    for known in &result.notes {
        ui.horizontal_wrapped(|ui| {
            ui.label(words.claim_note(*known));
            if let Some(source) = known.source() {
                let text = panels.documented.replace("{page}", source.page).replace("{date}", source.checked_on);
                ui.label(RichText::new(text).small().color(weak));
            }
        });
    }
    ui.add_space(theme::GAP);
    action
}

/// How the field departs from its grammar, and what of it fits nothing.
fn form(ui: &mut Ui, data: &Data<'_>, claim: &Claim, words: &dyn Words) {
    let panels = words.panels();
    if !claim.deviations.is_empty() {
        let texts: Vec<&str> =
            claim.deviations.iter().map(|deviation| words.claim_deviation(deviation.value)).collect();
        fact(ui, panels.irregular, |ui| ui.label(texts.join(" · ")));
    }
    if !claim.unread.is_empty() {
        fact(ui, panels.unread_parts, |ui| {
            for span in claim.unread.iter().take(RESULTS) {
                let bytes = data.message.source.slice(*span);
                let text = String::from_utf8_lossy(bytes.get(..TEXT).unwrap_or(bytes));
                ui.add(Untrusted::fixed(&line(&text)));
            }
        });
    }
}

fn short(text: &str) -> &str {
    text.char_indices().nth(TEXT).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
