//! The one sentence, who must act, and what it rests on.

use egui::{Align, Button, Frame, Layout, RichText, Sense, TextStyle, TextWrapMode, Ui, WidgetText};

use super::path::{chain, tls_words};
use super::{aggregate, bounce};
use crate::analyze::Analysis;
use crate::auth::dkim::DkimResult;
use crate::check::{self, Actor, Evidence, Finding, Severity, narrative as story};
use crate::facts::Facts;
use crate::path::{ChosenBy, TlsState};
use crate::text::{self, Explanation, Words, count, moment_in, stamp};
use crate::view::action::{Action, Request};
use crate::view::state::{Panel, State};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{Untrusted, copy_menu};
use crate::view::widgets::{
    excerpts, explained, fact, fact_word, link, links, narrative, note, section, shape, state_word, state_word_width,
    term, text_width,
};

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
    cards: Vec<Card>,
    /// The findings, worst first, with their place in the analysis.
    findings: Vec<(usize, &'a Finding)>,
    expanded: &'a [usize],
}

/// One thing that was judged, in a few words.
#[derive(Debug)]
struct Card {
    title: &'static str,
    panel: Panel,
    tone: Tone,
    word: String,
    reason: String,
    /// The domain or the like that it is about.
    subject: Option<String>,
}

#[must_use]
pub fn data<'a>(analysis: &'a Analysis, state: &'a State) -> Data<'a> {
    gather(analysis, &state.expanded, state.words())
}

fn gather<'a>(analysis: &'a Analysis, expanded: &'a [usize], words: &dyn Words) -> Data<'a> {
    let facts = &analysis.facts;
    let mut findings: Vec<_> = analysis.findings.iter().enumerate().collect();
    findings.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    let cards = vec![spf_card(facts, words), dkim_card(facts, words), dmarc_card(facts, words), tls_card(facts, words)];
    Data { analysis, cards, findings, expanded }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let facts = &data.analysis.facts;
    let mut action = headline(ui, data.analysis, words, Press::Allowed);
    action = returned(ui, data.analysis, words).or(action);
    ui.add_space(theme::GAP);
    action = cards(ui, &data.cards, words, Press::Allowed).or(action);
    about_notice(ui, facts, words);
    let pressed = section(ui, words.panels().findings, |ui| findings(ui, data, words));
    action = pressed.or(action);
    let pressed = section(ui, words.panels().narrative, |ui| narrative(ui, data.analysis, words));
    action = pressed.or(action);
    let pressed = section(ui, words.panels().identity, |ui| identity(ui, facts, words, Press::Allowed));
    action = pressed.or(action);
    section(ui, words.panels().path, |ui| chain(ui, &facts.path, words));
    ui.add_space(theme::GAP);
    note(ui, Tone::Unknown, words.second_agreement(facts.second.agreement()));
    ui.add_space(theme::WIDE);
    action
}

/// The sentence and the findings over a report that is the file itself; nothing where a mail brings it.
pub(in crate::view) fn report(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    if !data.analysis.facts.is_report_alone() {
        return None;
    }
    let action = headline(ui, data.analysis, words, Press::Allowed);
    ui.add_space(theme::GAP);
    section(ui, words.panels().findings, |ui| findings(ui, data, words)).or(action)
}

/// The sentence alone, with nothing to press.
fn told(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    headline(ui, analysis, words, Press::Nothing);
}

/// The summary as a picture: nothing to press, nothing hidden.
pub(in crate::view) fn ticket(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    if analysis.facts.is_report_alone() {
        told(ui, analysis, words);
        ui.add_space(theme::GAP);
        aggregate::show(ui, &aggregate::data(analysis), words);
    } else {
        message(ui, analysis, words);
    }
    ui.add_space(theme::GAP);
    footer(ui, analysis, words);
}

fn message(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    let data = gather(analysis, &[], words);
    told(ui, analysis, words);
    ui.add_space(theme::GAP);
    cards(ui, &data.cards, words, Press::Nothing);
    about_notice(ui, &analysis.facts, words);
    section(ui, words.panels().identity, |ui| identity(ui, &analysis.facts, words, Press::Nothing));
    if !data.findings.is_empty() {
        section(ui, words.panels().findings, |ui| {
            for (_, finding) in &data.findings {
                ui.horizontal_wrapped(|ui| {
                    state_word(ui, tone::severity(finding.severity), words.severity(finding.severity));
                    ui.add(Untrusted::new(&words.explain(&finding.problem).title));
                });
            }
        });
    }
    section(ui, words.panels().narrative, |ui| {
        for (index, chapter) in check::narrate(&analysis.facts, &analysis.headline).iter().enumerate() {
            ui.add(Untrusted::new(&format!("{}. {}", index + 1, words.event(&chapter.event))));
        }
    });
    section(ui, words.panels().path, |ui| chain(ui, &analysis.facts.path, words));
}

/// Who made the picture, and when.
fn footer(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    let judged = analysis.facts.judged_at;
    let footer = format!(
        "{} {}   {} {} ({})",
        words.panels().program,
        env!("CARGO_PKG_VERSION"),
        words.panels().judged_at,
        moment_in(judged.moment, story::zone(&analysis.facts)),
        words.moment_source(judged.from)
    );
    let weak = theme::palette(ui).weak();
    ui.label(RichText::new(footer).text_style(TextStyle::Small).color(weak));
    if analysis.is_masked {
        ui.label(RichText::new(words.panels().masked).text_style(TextStyle::Small).color(weak));
    }
}

/// The cards of a report are not about the mail that it speaks of.
fn about_notice(ui: &mut Ui, facts: &Facts, words: &dyn Words) {
    if facts.bounce.is_some() {
        note(ui, Tone::Unknown, words.panels().about_notice);
    } else if facts.aggregate.is_some() {
        note(ui, Tone::Unknown, words.panels().about_counted);
    }
}

/// Whether there is somebody who can press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    Allowed,
    Nothing,
}

/// Says over a picture that it rests on records which are not in DNS; the window has a bar for it.
fn what_if(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) {
    if analysis.is_what_if() {
        ui.horizontal_wrapped(|ui| state_word(ui, Tone::Caution, words.panels().what_if_on));
        ui.add_space(theme::TIGHT);
    }
}

fn headline(ui: &mut Ui, analysis: &Analysis, words: &dyn Words, press: Press) -> Option<Action> {
    let panels = words.panels();
    let headline = &analysis.headline;
    let tone = tone::verdict(headline.tone());
    if press == Press::Nothing {
        what_if(ui, analysis, words);
    }
    let frame = theme::toned(theme::palette(ui), tone);
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let color = theme::palette(ui).strong();
            ui.horizontal_top(|ui| {
                ui.add_space(theme::TIGHT);
                shape(ui, tone, theme::LARGE_SHAPE);
                ui.vertical(|ui| {
                    let sentence = words.headline(&headline.verdict);
                    let shown = ui.add(Untrusted::new(&sentence).style(theme::headline()).color(color));
                    explained(ui, &shown, &sentence, words);
                    if let Some(accepted) = &headline.accepted {
                        let accepted = words.accepted(accepted);
                        let shown = ui.add(Untrusted::new(&accepted).color(color));
                        explained(ui, &shown, &accepted, words);
                    }
                    let next_step = text::next_step(headline, &analysis.findings, words);
                    let shown = ui.add(Untrusted::new(&next_step));
                    explained(ui, &shown, &next_step, words);
                    ui.horizontal_wrapped(|ui| {
                        let somebody_acts = headline.actor != Actor::Nobody;
                        if somebody_acts {
                            let who_acts = format!("{}{}", panels.who_acts, words.letter().colon);
                            ui.label(RichText::new(who_acts).color(theme::palette(ui).weak()));
                            ui.label(RichText::new(words.actor(headline.actor)).color(color));
                        }
                        let mut action = None;
                        if press == Press::Allowed && !headline.evidence.is_empty() {
                            if somebody_acts {
                                ui.add_space(theme::WIDE);
                            }
                            ui.label(RichText::new(panels.evidence).color(theme::palette(ui).weak()));
                            action = links(ui, &headline.evidence, analysis, words);
                        }
                        action
                    })
                    .inner
                    .or(chosen_by_hand(ui, &analysis.facts, words, press))
                })
                .inner
            })
            .inner
        })
        .inner
}

/// The way from a report to what it says, and to the message that it brings back.
fn returned(ui: &mut Ui, analysis: &Analysis, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    if analysis.facts.aggregate.is_some() {
        ui.add_space(theme::TIGHT);
        return ui.button(panels.aggregate).clicked().then_some(Action::Show(Panel::Aggregate));
    }
    analysis.facts.bounce.as_ref()?;
    ui.add_space(theme::TIGHT);
    ui.horizontal_wrapped(|ui| {
        let details = ui.button(panels.bounce).clicked().then_some(Action::Show(Panel::Bounce));
        let open = bounce::can_open(analysis) && ui.button(panels.open_returned).clicked();
        details.or(open.then(|| Request::ShowReturned.into()))
    })
    .inner
}

/// Says that another boundary than the rule's was judged with, and offers the way back.
fn chosen_by_hand(ui: &mut Ui, facts: &Facts, words: &dyn Words, press: Press) -> Option<Action> {
    let boundary = facts.path.boundary.as_ref().filter(|boundary| boundary.chosen_by == ChosenBy::User)?;
    let panels = words.panels();
    ui.horizontal_wrapped(|ui| {
        shape(ui, Tone::Caution, theme::SHAPE);
        ui.label(panels.boundary_by_hand.replace("{}", &(boundary.hop + 1).to_string()));
        let undo = press == Press::Allowed && ui.link(panels.undo_boundary).clicked();
        undo.then(|| Request::Boundary(None).into())
    })
    .inner
}

fn identity(ui: &mut Ui, facts: &Facts, words: &dyn Words, press: Press) -> Option<Action> {
    let panels = words.panels();
    let identity = &facts.identity;
    fact(ui, panels.from, |ui| {
        if identity.from.is_empty() {
            ui.label(RichText::new(panels.absent).color(theme::palette(ui).weak()));
        }
        for mailbox in identity.from.iter().take(MAILBOXES) {
            ui.horizontal_wrapped(|ui| {
                if let Some(name) = &mailbox.name {
                    ui.add(Untrusted::new(name));
                }
                ui.add(Untrusted::fixed(&format!("<{}>", mailbox.address)));
            });
        }
        if identity.from.len() > MAILBOXES {
            ui.label(panels.more.replace("{}", &count(identity.from.len() - MAILBOXES)));
        }
    });
    for (name, mailboxes) in [("Sender", &identity.sender), ("Reply-To", &identity.reply_to)] {
        if !mailboxes.is_empty() {
            fact(ui, name, |ui| {
                for mailbox in mailboxes.iter().take(MAILBOXES) {
                    ui.add(Untrusted::fixed(&mailbox.address));
                }
            });
        }
    }
    fact(ui, panels.subject, |ui| match &identity.subject {
        Some(subject) => ui.add(Untrusted::new(subject).color(theme::palette(ui).strong())),
        None => ui.label(RichText::new(panels.absent).color(theme::palette(ui).weak())),
    });
    fact_word(ui, panels.date, identity.date.map(stamp).as_deref());
    fact(ui, panels.envelope_from, |ui| match &facts.session.mail_from {
        Some(sender) => {
            ui.horizontal_wrapped(|ui| {
                ui.add(Untrusted::fixed(if sender.value.is_empty() { "<>" } else { &sender.value }));
                ui.label(RichText::new(words.session_source(sender.from)).color(theme::palette(ui).weak()));
            });
        }
        None => _ = ui.label(RichText::new(panels.absent).color(theme::palette(ui).weak())),
    });
    let action = sent_by(ui, facts, words, press);
    fact(ui, panels.kind_of_mail, |ui| match &facts.notice {
        Some(notice) => {
            ui.horizontal_wrapped(|ui| {
                ui.label(words.notice(notice.kind));
                if let Some(word) = &notice.word {
                    ui.add(Untrusted::fixed(word));
                }
            });
        }
        None => _ = ui.label(words.stream(facts.stream.kind)),
    });
    if facts.input.headers_only {
        fact(ui, panels.input, |ui| ui.label(panels.headers_only));
    }
    action
}

/// Who sent it, and below it what shows that, each with the way to where it can be seen.
fn sent_by(ui: &mut Ui, facts: &Facts, words: &dyn Words, press: Press) -> Option<Action> {
    let panels = words.panels();
    let sender = &facts.sender;
    fact(ui, panels.sent_by, |ui| {
        let strong = theme::palette(ui).strong();
        let sentence = words.sent_by(sender, facts.dmarc.author_domain.as_deref());
        ui.add(Untrusted::new(&sentence).color(strong));
        let mut action = None;
        for reason in sender.reasons() {
            ui.horizontal_wrapped(|ui| {
                let weak = theme::palette(ui).weak();
                ui.add(Untrusted::new(&words.sender_reason(reason)).color(weak));
                if let Some(place) = reason.place().filter(|_| press == Press::Allowed) {
                    action = link(ui, &Evidence::from(place.clone()), words).or(action.take());
                }
            });
        }
        if !sender.claims.is_empty() && !sender.is_only_claimed() {
            let weak = theme::palette(ui).weak();
            let claims = words.claimed_services(&sender.claims);
            ui.add(Untrusted::new(&format!("{}: {claims}", panels.only_claimed)).color(weak));
        }
        action
    })
}

/// The most authors that are listed; a hostile message can have thousands.
const MAILBOXES: usize = 6;

/// As many beside each other as there is room for.
fn cards(ui: &mut Ui, cards: &[Card], words: &dyn Words, press: Press) -> Option<Action> {
    let width = ui.available_width();
    let beside = [4_u8, 2].into_iter().find(|beside| width >= CARD_WIDTH * f32::from(*beside)).unwrap_or(1);
    let mut action = None;
    for row in cards.chunks(usize::from(beside)) {
        action = card_row(ui, row, words, press).or(action);
    }
    action
}

fn card_row(ui: &mut Ui, cards: &[Card], words: &dyn Words, press: Press) -> Option<Action> {
    let mut action = None;
    let height = card_height(ui, cards);
    ui.columns(cards.len().max(1), |columns| {
        for (card, ui) in cards.iter().zip(columns) {
            let layout = Layout::top_down(Align::Min);
            let content = |ui: &mut Ui| {
                ui.set_width(ui.available_width());
                ui.set_min_height(height);
                ui.horizontal_wrapped(|ui| {
                    let strong = theme::palette(ui).strong();
                    term(ui, RichText::new(card.title).text_style(TextStyle::Heading).color(strong));
                    state_word(ui, card.tone, &card.word);
                });
                ui.label(&card.reason);
                if let Some(subject) = &card.subject {
                    ui.add(Untrusted::fixed(subject));
                }
                press == Press::Allowed && ui.link(words.panels().details).clicked()
            };
            let frame = theme::card(ui.style());
            // Columns justify their text, which tears short lines apart.
            if ui.with_layout(layout, |ui| frame.show(ui, content).inner).inner {
                action = Some(Action::Show(card.panel));
            }
        }
    });
    action
}

/// What the highest of the cards beside each other needs, so that they look like a row.
fn card_height(ui: &Ui, cards: &[Card]) -> f32 {
    let gaps = ui.spacing().item_spacing;
    let count = f32::from(u8::try_from(cards.len().max(1)).unwrap_or(u8::MAX));
    let margin = theme::card(ui.style()).total_margin().sum();
    let width = ((ui.available_width() - gaps.x * (count - 1.0)) / count - margin.x).max(1.0);
    let high = |text: &str, style: TextStyle| {
        WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Wrap), width, style).size().y + gaps.y
    };
    let heights = cards.iter().map(|card| {
        let head = text_width(ui, card.title, TextStyle::Heading) + gaps.x + state_word_width(ui, &card.word);
        let rows = if head > width { 2.0 } else { 1.0 };
        let subject = card.subject.as_ref().map_or(0.0, |subject| high(subject, TextStyle::Monospace));
        rows * (theme::ROW + gaps.y) + high(&card.reason, TextStyle::Body) + subject + theme::ROW
    });
    heights.fold(CARD_HEIGHT, f32::max)
}

/// The least width of a card.
const CARD_WIDTH: f32 = 190.0;
/// The least height of a card's content.
const CARD_HEIGHT: f32 = 100.0;

fn spf_card(facts: &Facts, words: &dyn Words) -> Card {
    let check = facts.spf.mail_from.as_ref();
    Card {
        title: "SPF",
        panel: Panel::Spf,
        tone: tone::spf(check.and_then(|check| check.result)),
        word: words.spf_result(check.and_then(|check| check.result)).to_owned(),
        reason: check
            .map_or(words.panels().spf_not_judged, |check| words.spf_reason(check.result, check.reason))
            .to_owned(),
        subject: check.map(|check| check.domain.clone()),
    }
}

/// The author domain's own signature stands for all; without one, the best of the others.
fn dkim_card(facts: &Facts, words: &dyn Words) -> Card {
    let best = || facts.dkim.iter().find(|signature| signature.result == DkimResult::Pass).or(facts.dkim.first());
    let signature = facts.author_signature().or_else(best);
    Card {
        title: "DKIM",
        panel: Panel::Dkim,
        tone: signature.map_or(Tone::Unknown, |signature| tone::dkim(signature.result)),
        word: signature.map_or(words.panels().unsigned, |signature| words.dkim_result(signature.result)).to_owned(),
        reason: signature
            .map_or(words.panels().no_signature, |signature| words.dkim_reason(signature.reason))
            .to_owned(),
        subject: signature.and_then(|signature| signature.domain.as_ref()).map(|domain| format!("d={domain}")),
    }
}

fn dmarc_card(facts: &Facts, words: &dyn Words) -> Card {
    let dmarc = &facts.dmarc;
    Card {
        title: "DMARC",
        panel: Panel::Dmarc,
        tone: tone::dmarc(dmarc.result),
        word: words.dmarc_result(dmarc.result).to_owned(),
        reason: words.dmarc_reason(dmarc.reason).to_owned(),
        subject: dmarc.author_domain.clone(),
    }
}

/// The way into the receiving side; other hops are in the path.
fn tls_card(facts: &Facts, words: &dyn Words) -> Card {
    let hop = facts.path.boundary_hop();
    let state = hop.map_or(TlsState::NotStated, |hop| hop.tls.state);
    Card {
        title: "TLS",
        panel: Panel::Path,
        tone: hop.map_or(Tone::Unknown, |hop| tone::tls(&hop.tls)),
        word: words.tls_state(state).to_owned(),
        reason: match hop {
            Some(_) => words.panels().tls_of_arrival,
            None if facts.path.hops.is_empty() => words.panels().no_hops,
            None => words.panels().no_entrance,
        }
        .to_owned(),
        subject: hop.and_then(|hop| tls_words(&hop.tls)),
    }
}

fn findings(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    if data.findings.is_empty() {
        ui.label(RichText::new(words.panels().no_findings).color(theme::palette(ui).weak()));
    }
    for (index, finding) in &data.findings {
        let open = data.expanded.contains(index);
        if finding_row(ui, finding, open, words) {
            action = Some(Action::Expand(*index));
        }
        if open {
            let frame = Frame::new().inner_margin(egui::Margin { left: 24, bottom: 10, ..egui::Margin::ZERO });
            let detail = frame.show(ui, |ui| details(ui, data.analysis, finding, words));
            action = detail.inner.or(action);
        }
    }
    action
}

/// The row of a finding; true when it was pressed.
fn finding_row(ui: &mut Ui, finding: &Finding, open: bool, words: &dyn Words) -> bool {
    ui.horizontal(|ui| {
        state_word(ui, tone::severity(finding.severity), words.severity(finding.severity));
        let title = words.explain(&finding.problem).title;
        let strong =
            if finding.severity == Severity::Note { ui.visuals().text_color() } else { theme::palette(ui).strong() };
        let sign = if open { "▼" } else { "▶" };
        let body = TextStyle::Body.resolve(ui.style());
        let mut job = crate::view::untrusted::job(
            &format!("{sign} {title}"),
            &egui::TextFormat::simple(body, strong),
            theme::palette(ui).mark(),
        );
        job.wrap.max_width = ui.available_width();
        let row = ui.add(Button::new(job).frame(false).wrap().sense(Sense::click()));
        explained(ui, &row, &title, words);
        copy_menu(ui, &row, &title);
        row.clicked()
    })
    .inner
}

fn details(ui: &mut Ui, analysis: &Analysis, finding: &Finding, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let Explanation { meaning, remedy, .. } = words.explain(&finding.problem);
    let mut action = None;
    let shown = ui.add(Untrusted::new(&meaning));
    explained(ui, &shown, &meaning, words);
    fact(ui, panels.remedy, |ui| {
        let shown = ui.add(Untrusted::new(&remedy));
        explained(ui, &shown, &remedy, words);
        if analysis.fixes.iter().any(|fix| fix.is_for(finding)) && ui.link(panels.show_fix).clicked() {
            action = Some(Action::Show(Panel::Fix));
        }
    });
    fact(ui, panels.who_acts, |ui| ui.label(words.actor(finding.actor)));
    fact(ui, panels.certainty, |ui| ui.label(words.confidence(finding.confidence)));
    fact(ui, panels.evidence, |ui| {
        let places = std::iter::once(&finding.evidence).chain(&finding.more);
        action = excerpts(ui, places, analysis, words).or(action.take());
    });
    fact(ui, panels.rule, |ui| {
        for source in check::sources(&finding.problem) {
            ui.label(words.source(*source)).on_hover_text(source.url());
        }
    });
    action
}
