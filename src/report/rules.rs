//! The rules of providers: the recipient's one by one, the others as one line each.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::check::provider::{self, Card, Row, Ruleset, Source, State, Wanted};
use crate::message::hidden;
use crate::text::Words;

pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Section {
    let panels = words.panels();
    let bulk = analysis.options.bulk;
    let chosen = analysis.provider();
    let judge = |ruleset| provider::judge(&analysis.facts, ruleset, bulk);
    let mut blocks = vec![Block::Note(panels.rules_hint.to_owned())];
    blocks.push(Block::Note(format!("{} {}", panels.rules_bulk, words.bulk(bulk))));
    if let Some(likely) = words.likely_bulk(analysis.facts.stream.kind).filter(|_| bulk == provider::Bulk::Unknown) {
        blocks.push(Block::Note(likely.to_owned()));
    }
    blocks.push(Block::Note(match &chosen {
        Some(chosen) => hidden::mark(&words.chosen_provider(chosen)),
        None => no_provider(analysis, words),
    }));
    let is_open = |ruleset: &Ruleset| {
        let is_chosen = chosen.as_ref().is_some_and(|chosen| chosen.ruleset.id == ruleset.id);
        is_chosen || analysis.options.provider == Wanted::All
    };
    let first = chosen.as_ref().map(|chosen| chosen.ruleset);
    let rest = provider::rulesets().iter().filter(|ruleset| first.is_none_or(|first| first.id != ruleset.id));
    let (open, closed): (Vec<_>, Vec<_>) = first.into_iter().chain(rest).partition(|ruleset| is_open(ruleset));
    for ruleset in open {
        blocks.extend(card(&judge(ruleset), words));
    }
    if !closed.is_empty() {
        let line = |ruleset| (words.provider(ruleset).to_owned(), tally(&judge(ruleset), words));
        blocks.push(Block::Pairs(closed.into_iter().map(line).collect()));
    }
    Section { title: panels.rules.to_owned(), blocks }
}

fn no_provider(analysis: &Analysis, words: &dyn Words) -> String {
    let panels = words.panels();
    let recipient = &analysis.facts.recipient;
    recipient.hosts.first().or(recipient.domain.as_ref()).map_or_else(
        || panels.rules_no_recipient.to_owned(),
        |host| hidden::mark(&panels.rules_no_provider.replace("{}", &host.value)),
    )
}

fn card(card: &Card, words: &dyn Words) -> [Block; 2] {
    let panels = words.panels();
    let name = words.provider(card.ruleset);
    let columns = [panels.status, panels.requirement, panels.reason, panels.rule, panels.source];
    let rows = card.by_state().into_iter().map(|row| line(card, row, words)).collect();
    [
        Block::Note(format!("{name}: {}", tally(card, words))),
        Block::Table { columns: columns.map(str::to_owned).to_vec(), rows },
    ]
}

fn line(card: &Card, row: &Row, words: &dyn Words) -> Vec<String> {
    let rule = row.rule;
    vec![
        words.rule_state(row.state).to_owned(),
        words.requirement(rule, card.ruleset),
        hidden::mark(&words.rule_why(&row.why)),
        terms(row, words),
        rule.sources.first().map(|source| source_words(source, words)).unwrap_or_default(),
    ]
}

/// For whom, how sure, and what it leads to.
fn terms(row: &Row, words: &dyn Words) -> String {
    let rule = row.rule;
    let mut parts = vec![words.audience(rule.applies).to_owned()];
    parts.extend(words.rule_level(rule.level).map(str::to_owned));
    parts.extend(words.rule_caveat(rule).map(str::to_owned));
    parts.extend(rule.effect.map(|effect| words.rule_effect(effect).to_owned()));
    if !rule.codes.is_empty() {
        parts.push(rule.codes.join(", "));
    }
    parts.join("; ")
}

fn source_words(source: &Source, words: &dyn Words) -> String {
    let panels = words.panels();
    let address = source.url.trim_start_matches("https://").trim_start_matches("http://");
    let dated = source.date.map(|date| panels.rule_dated.replace("{}", &date.to_string()));
    let checked = panels.rule_checked.replace("{}", &source.checked_on.to_string());
    std::iter::once(address.to_owned()).chain(dated).chain([checked]).collect::<Vec<_>>().join("; ")
}

fn tally(card: &Card, words: &dyn Words) -> String {
    let count = |state| Some((words.rule_state(state), card.count(state))).filter(|(_, count)| *count > 0);
    let unasked = Some((words.panels().rules_unasked, card.unasked())).filter(|(_, count)| *count > 0);
    let counts = State::ALL.into_iter().filter_map(count).chain(unasked).map(|(word, count)| format!("{word} {count}"));
    counts.collect::<Vec<_>>().join(", ")
}
