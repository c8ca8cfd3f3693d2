//! The rules of providers, each judged: the recipient's provider first.

use serde_json::{Value, json};

use super::{place, word};
use crate::analyze::Analysis;
use crate::check::provider::{self, Card, ChosenBy, Row};
use crate::text::{Lang, Words};

pub(super) fn providers(analysis: &Analysis, lang: Lang) -> Value {
    let words = lang.words();
    let chosen = analysis.provider();
    let first = chosen.as_ref().map(|chosen| chosen.ruleset);
    let rest = provider::rulesets().iter().filter(|ruleset| first.is_none_or(|first| first.id != ruleset.id));
    let cards = first.into_iter().chain(rest).map(|ruleset| {
        let by = chosen.as_ref().filter(|chosen| chosen.ruleset.id == ruleset.id).map(|chosen| &chosen.by);
        card(&provider::judge(&analysis.facts, ruleset, analysis.options.bulk), by, words)
    });
    cards.collect()
}

/// How the recipient's provider was found.
const fn chosen_by(by: &ChosenBy) -> &'static str {
    match by {
        ChosenBy::User => "user",
        ChosenBy::Host { .. } => "host",
        ChosenBy::HostOfOthers { .. } => "host-of-others",
        ChosenBy::Domain { .. } => "domain",
    }
}

fn card(card: &Card, by: Option<&ChosenBy>, words: &dyn Words) -> Value {
    json!({
        "provider": card.ruleset.id,
        "name": words.provider(card.ruleset),
        "chosen_by": by.map(chosen_by),
        "rules": card.rows.iter().map(|row| rule(card, row, words)).collect::<Vec<_>>(),
    })
}

fn rule(card: &Card, row: &Row, words: &dyn Words) -> Value {
    let rule = row.rule;
    let source = rule.sources.first();
    json!({
        "id": rule.id,
        "requirement": word(&rule.requirement),
        "text": words.requirement(rule, card.ruleset),
        "status": word(&row.state),
        "why": words.rule_why(&row.why),
        "applies": word(&rule.applies),
        "level": word(&rule.level),
        "standing": word(&rule.status),
        "basis": word(&rule.basis),
        "source": source.map(|source| source.url.as_str()),
        "source_date": source.and_then(|source| source.date).map(|date| date.to_string()),
        "checked_on": source.map(|source| source.checked_on.to_string()),
        "further_sources": rule.sources.iter().skip(1).map(|source| source.url.as_str()).collect::<Vec<_>>(),
        "since": rule.since,
        "codes": rule.codes,
        "effect": rule.effect.map(|effect| word(&effect)),
        "limit": rule.limit,
        "evidence": row.place.as_ref().map(place),
    })
}
