//! The checks that ask others, each with what leaves the machine before it is switched on: blocklists, and what domains publish
//! about TLS.

use egui::{Align, Label, RichText, Ui};

use crate::analyze::Analysis;
use crate::auth::trace::Place;
use crate::check::Evidence;
use crate::dns::Origin;
use crate::facts::network::NetworkCheck;
use crate::listing::{Known, List, Listings, Row, Standing, Subject};
use crate::text::Words;
use crate::transport::{Domain, Host, Published, Record, Transport};
use crate::view::action::{Action, Request};
use crate::view::theme::{self, Tone};
use crate::view::tone;
use crate::view::untrusted::{self, Untrusted};
use crate::view::widgets::{fact, link, note, section, section_named, sentence, state_word, state_word_width};

#[derive(Debug)]
pub struct Data<'a> {
    analysis: &'a Analysis,
}

#[must_use]
pub const fn data(analysis: &Analysis) -> Data<'_> {
    Data { analysis }
}

impl Data<'_> {
    fn is_on(&self, check: NetworkCheck) -> bool {
        self.analysis.options.network.contains(&check)
    }

    /// Those that are on when this one is switched.
    fn switched(&self, check: NetworkCheck) -> Vec<NetworkCheck> {
        let stays = |other: &NetworkCheck| self.is_on(*other) != (*other == check);
        NetworkCheck::ALL.into_iter().filter(stays).collect()
    }
}

pub fn show(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    note(ui, Tone::Unknown, panels.network_hint);
    match data.analysis.origin {
        Origin::Offline => note(ui, Tone::Caution, panels.network_dns_off),
        Origin::Snapshot(_) => note(ui, Tone::Caution, panels.network_recorded),
        Origin::System | Origin::Server(_) => {}
    }
    let blocklists = section(ui, words.network_check(NetworkCheck::Blocklists), |ui| blocklists(ui, data, words));
    let transport = section(ui, words.network_check(NetworkCheck::Transport), |ui| transport(ui, data, words));
    let mut action = blocklists.or(transport);
    if let Some(transport) = &data.analysis.facts.network.transport {
        action = domains(ui, transport, words).or(action);
    }
    ui.add_space(theme::WIDE);
    action
}

/// What leaves the machine, and the switch.
fn switch(ui: &mut Ui, data: &Data<'_>, check: NetworkCheck, leaves: &str, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut is_on = data.is_on(check);
    let has_left = is_on && matches!(data.analysis.origin, Origin::System | Origin::Server(_));
    fact(ui, if has_left { panels.network_asked } else { panels.network_leaves }, |ui| sentence(ui, leaves));
    let label = RichText::new(panels.network_switch).color(theme::palette(ui).strong());
    let changed = ui.checkbox(&mut is_on, label).changed();
    changed.then(|| Request::Checks(data.switched(check)).into())
}

fn blocklists(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let facts = &data.analysis.facts.network;
    if let Some(why) = words.address_left_out(facts.subjects.address) {
        sentence(ui, &why);
    }
    if facts.subjects.left_out > 0 {
        note(ui, Tone::Unknown, &panels.domains_left_out.replace("{}", &facts.subjects.left_out.to_string()));
    }
    let asked = facts.lists_asked();
    if !asked.is_empty() {
        fact(ui, panels.lists_asked, |ui| {
            ui.horizontal_wrapped(|ui| {
                for list in &asked {
                    ui.add(Label::new(named(list, words)).extend()).on_hover_text(terms(list, words));
                }
            });
            if asked.iter().any(|list| words.listing_terms(list.terms).is_some()) {
                note(ui, Tone::Unknown, panels.lists_choosy);
            }
        });
    }
    let leaves = words.leaves_for_lists(&facts.to_lists());
    let mut action = switch(ui, data, NetworkCheck::Blocklists, &leaves, words);
    match &facts.listings {
        Some(listings) => action = rows(ui, listings, words).or(action),
        None => note(ui, Tone::Unknown, panels.network_off),
    }
    action
}

/// A list by its name, with a mark where it does not answer everybody.
fn named(list: &List, words: &dyn Words) -> String {
    let mark = if words.listing_terms(list.terms).is_some() { " *" } else { "" };
    format!("{}{mark}", list.name)
}

/// Where it is asked, whom it answers, and where its codes stand.
fn terms(list: &List, words: &dyn Words) -> String {
    let panels = words.panels();
    let known = match list.known {
        Known::Documented => panels.list_documented,
        Known::Reported => panels.list_reported,
    };
    let source = list.source.trim_start_matches("https://");
    let read = list.checked_on.map(|day| format!(" · {}", panels.rule_checked.replace("{}", &day.to_string())));
    let codes = format!("{}: {source}{} · {known}", panels.list_source, read.unwrap_or_default());
    let own = words.listing_terms(list.terms).map(|terms| format!("* {terms}"));
    std::iter::once(list.zone.clone()).chain(own).chain([codes]).collect::<Vec<_>>().join("\n")
}

/// What is listed first, then what is not known, then the rest; those of which the same is said stand together.
fn rows(ui: &mut Ui, listings: &Listings, words: &dyn Words) -> Option<Action> {
    let rank = |standing: Standing| match standing {
        Standing::Listed(_) => 0,
        Standing::NotListed => 2,
        _ => 1,
    };
    let mut groups: Vec<(Standing, Vec<&Row>)> = Vec::new();
    for row in &listings.rows {
        let same = |(standing, _): &&mut (Standing, Vec<&Row>)| *standing == row.standing && !row.is_listed();
        match groups.iter_mut().find(same) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((row.standing, vec![row])),
        }
    }
    groups.sort_by_key(|(standing, _)| rank(*standing));
    let words_of = groups.iter().map(|(standing, _)| words.listing(*standing));
    let column = words_of.map(|word| state_word_width(ui, word)).fold(0.0, f32::max);
    let mut action = None;
    for (standing, rows) in groups {
        ui.separator();
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(egui::vec2(column, 0.0), egui::Layout::top_down(Align::Min), |ui| {
                ui.set_width(column);
                state_word(ui, tone::listing(standing), words.listing(standing));
            });
            ui.vertical(|ui| {
                for row in rows {
                    action = self::row(ui, row, words).or(action.take());
                }
                if let Some(why) = words.listing_note(standing) {
                    note(ui, Tone::Unknown, why);
                }
            });
        });
    }
    action
}

fn row(ui: &mut Ui, row: &Row, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let name = RichText::new(&row.list.name).color(theme::palette(ui).strong());
        ui.label(name).on_hover_text(terms(row.list, words));
        subject(ui, &row.subject, words);
        for id in row.questions() {
            action = link(ui, &Evidence::Question(id), words).or(action.take());
        }
    });
    if !row.is_listed() {
        return action;
    }
    for code in row.codes.iter().filter(|code| !code.meanings.is_empty()) {
        let meanings: Vec<&str> = code.meanings.iter().map(|meaning| words.listing_meaning(*meaning)).collect();
        ui.label(format!("{}  {}", code.answer, meanings.join(" · ")));
    }
    if let Some(text) = &row.text {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(panels.list_words).color(theme::palette(ui).weak()));
            ui.add(Untrusted::new(text));
        });
    }
    // Nothing here is followed: it can be copied into a browser.
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(panels.list_page).color(theme::palette(ui).weak()));
        ui.add(Untrusted::fixed(&row.list.page));
    });
    action
}

fn subject(ui: &mut Ui, subject: &Subject, words: &dyn Words) {
    match subject {
        Subject::Address(ip) => _ = ui.add(Untrusted::fixed(&ip.to_string())),
        Subject::Domain { name, roles } => {
            ui.add(Untrusted::fixed(name));
            let roles: Vec<&str> = roles.iter().map(|role| words.listing_role(*role)).collect();
            ui.label(RichText::new(roles.join(" · ")).color(theme::palette(ui).weak()));
        }
    }
}

fn transport(ui: &mut Ui, data: &Data<'_>, words: &dyn Words) -> Option<Action> {
    let facts = &data.analysis.facts.network;
    let leaves = words.leaves_for_transport(&facts.mail_domains);
    let action = switch(ui, data, NetworkCheck::Transport, &leaves, words);
    if facts.transport.is_none() {
        note(ui, Tone::Unknown, words.panels().network_off);
    }
    action
}

/// A card for each domain.
fn domains(ui: &mut Ui, transport: &Transport, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = None;
    for domain in &transport.domains {
        action = section_named(ui, &domain.name, |ui| {
            note(ui, Tone::Unknown, words.transport_whose(domain.whose));
            let sts = published(ui, "MTA-STS", &domain.mta_sts, words);
            if domain.mta_sts.record.is_some() {
                let place = format!("mta-sts.{}", domain.name);
                fact(ui, "", |ui| sentence(ui, &panels.mta_sts_hint.replace("{}", &place)));
            }
            let reports = published(ui, "TLS-RPT", &domain.tls_rpt, words);
            sts.or(reports).or(hosts(ui, domain, words))
        })
        .or(action);
    }
    action
}

fn published(ui: &mut Ui, name: &str, published: &Published, words: &dyn Words) -> Option<Action> {
    fact(ui, name, |ui| {
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            state_word(ui, tone::published(published.state), &words.transport_state(published.state));
            action = link(ui, &Evidence::Question(published.question), words);
        });
        if let Some(record) = &published.record {
            ui.add(Untrusted::fixed(&record.text()));
            action = problems(ui, published, record, words).or(action);
        }
        action
    })
}

/// What is wrong with a record, each with the way to its place.
fn problems(ui: &mut Ui, published: &Published, record: &Record, words: &dyn Words) -> Option<Action> {
    let mut action = None;
    for problem in &record.problems {
        let part = record.at(problem.span);
        ui.horizontal_wrapped(|ui| {
            let tone = if problem.value.is_fatal() { Tone::Caution } else { Tone::Unknown };
            if !part.is_empty() {
                ui.add(Untrusted::fixed(&part));
            }
            note(ui, tone, words.transport_problem(problem.value));
            if !part.is_empty() && ui.link(words.panels().show_in_answer).clicked() {
                let place = Place::Answer { question: published.question, record: record.index, span: problem.span };
                action = Some(Action::LookAt(place));
            }
        });
    }
    action
}

fn hosts(ui: &mut Ui, domain: &Domain, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut action = fact(ui, panels.mail_servers, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(words.exchange(domain.exchange));
            link(ui, &Evidence::Question(domain.exchange_question), words)
        })
        .inner
    });
    if domain.hosts.is_empty() {
        return action;
    }
    action = fact(ui, "DANE", |ui| {
        let mut action = None;
        for host in &domain.hosts {
            action = self::host(ui, host, words).or(action);
        }
        if domain.hosts_left_out > 0 {
            ui.label(panels.more.replace("{}", &domain.hosts_left_out.to_string()));
        }
        if domain.hosts.iter().any(|host| !host.records.is_empty()) {
            note(ui, Tone::Unknown, panels.dane_hint);
        }
        action
    })
    .or(action);
    action
}

fn host(ui: &mut Ui, host: &Host, words: &dyn Words) -> Option<Action> {
    let row = ui.horizontal_wrapped(|ui| {
        state_word(ui, tone::tlsa(host.state), words.tlsa_state(host.state));
        ui.add(Untrusted::fixed(&host.name));
        if let Some(target) = &host.alias_of {
            ui.add(Untrusted::new(&untrusted::line(&words.panels().alias_of.replace("{}", target))));
        }
        link(ui, &Evidence::Question(host.question), words)
    });
    for record in &host.records {
        ui.label(RichText::new(words.tlsa(*record)).color(theme::palette(ui).weak()));
    }
    if !host.records.is_empty() {
        ui.label(RichText::new(words.panels().dnssec(host.dnssec)).color(theme::palette(ui).weak()));
    }
    row.inner
}
