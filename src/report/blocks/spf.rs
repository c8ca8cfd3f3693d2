//! SPF: the three identities, why an address was not found, and the tree of terms with what each cost.

use std::collections::BTreeMap;

use crate::auth::spf::{Check, MAX_LOOKUPS, MAX_VOID_LOOKUPS, Tried};
use crate::auth::trace::{Place, Step};
use crate::facts::SpfFacts;
use crate::message::hidden;
use crate::report::{Block, Branch, Section};
use crate::text::{Words, count};

/// The most lines of one tree; the JSON report has all of them.
const MAX_LINES: usize = 300;
/// The most networks that are listed.
const MAX_NETWORKS: usize = 60;

/// The part of a report about one message.
pub(in crate::report) fn section(spf: &SpfFacts, words: &dyn Words) -> Section {
    let panels = words.panels();
    let checks = [
        (panels.spf_mail_from, &spf.mail_from),
        (panels.spf_helo, &spf.helo),
        (panels.spf_header_from, &spf.header_from),
    ];
    let results = checks.map(|(name, check)| {
        let result = check.as_ref().map_or_else(|| panels.spf_not_judged.to_owned(), |check| result(check, words));
        (name.to_owned(), hidden::mark(&result))
    });
    let mut blocks = vec![Block::Pairs(results.to_vec())];
    blocks.push(Block::Note(format!("{}: {}", panels.spf_header_from, panels.spf_header_from_hint)));
    let mut earlier: Vec<(&str, &Check)> = Vec::new();
    for (name, check) in checks {
        let Some(check) = check else { continue };
        if let Some((other, _)) = earlier.iter().find(|(_, other)| check.is_same_as(other)) {
            blocks.push(Block::Note(format!("{name}: {}", panels.same_as.replace("{}", other))));
            continue;
        }
        blocks.push(Block::Note(name.to_owned()));
        blocks.extend(self::check(check, words));
        earlier.push((name, check));
    }
    Section { title: "SPF".to_owned(), blocks }
}

/// The report about one check.
pub(in crate::report) fn check(check: &Check, words: &dyn Words) -> Vec<Block> {
    let panels = words.panels();
    let sentence = format!("{}: {}", words.spf_result(check.result), words.spf_sentence(check));
    let mut blocks = vec![Block::Note(hidden::mark(&sentence))];
    if let Some(why) = words.spf_why_not(check) {
        blocks.push(Block::Note(hidden::mark(&why)));
    }
    let mut pairs = vec![(panels.lookups.to_owned(), format!("{} / {MAX_LOOKUPS}", check.lookups))];
    let reading = words.spf_voids_by_question(check).map_or_else(String::new, |reading| format!(" ({reading})"));
    pairs.push((panels.void_lookups.to_owned(), format!("{} / {MAX_VOID_LOOKUPS}{reading}", check.void_lookups)));
    if let Some(survey) = &check.survey {
        pairs.push((panels.spf_allowed.to_owned(), words.spf_authorised(survey)));
    }
    if check.is_unlisted() {
        let owners = networks(check.missed(), words);
        pairs.extend(owners.map(|(owner, networks)| (panels.networks_of.replace("{}", &owner), networks)));
    }
    if let Some(explanation) = &check.explanation {
        pairs.push((panels.explanation.to_owned(), hidden::mark(explanation)));
    }
    for fault in &check.faults {
        let text = format!("{} ({}): {}", fault.term, fault.domain, words.spf_fault(fault.error));
        pairs.push((panels.cause.to_owned(), hidden::mark(&text)));
    }
    blocks.push(Block::Pairs(pairs));
    blocks.push(Block::Tree(tree(&check.trace, words)));
    blocks
}

/// One line for the list of results.
fn result(check: &Check, words: &dyn Words) -> String {
    let panels = words.panels();
    let result = words.spf_result(check.result);
    let reason = match &check.matched {
        Some(matched) => format!("{} {} ({})", panels.matched, matched.term, matched.domain),
        None => words.spf_reason(check.result, check.reason).to_owned(),
    };
    let lookups = format!("{} {}/{MAX_LOOKUPS}", panels.lookups, check.lookups);
    format!("{result}: {} {}; {reason}; {lookups}", check.domain, check.ip)
}

/// The networks of each record, in the order of the records.
fn networks<'a>(tried: impl Iterator<Item = &'a Tried>, words: &dyn Words) -> impl Iterator<Item = (String, String)> {
    let mut owners: Vec<&str> = Vec::new();
    let mut networks: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut hidden = 0;
    for (index, tried) in tried.enumerate() {
        if index >= MAX_NETWORKS {
            hidden += 1;
            continue;
        }
        if !owners.contains(&tried.domain.as_str()) {
            owners.push(&tried.domain);
        }
        networks.entry(&tried.domain).or_default().push(tried.written());
    }
    let more = (hidden > 0).then(|| words.panels().more.replace("{}", &count(hidden)));
    let last = owners.len().saturating_sub(1);
    let line = |(index, owner): (usize, &str)| {
        let mut networks = networks.remove(owner).unwrap_or_default();
        networks.extend(more.clone().filter(|_| index == last));
        (hidden::mark(owner), networks.join(", "))
    };
    owners.into_iter().enumerate().map(line).collect::<Vec<_>>().into_iter()
}

fn tree(root: &Step, words: &dyn Words) -> Vec<Branch> {
    let mut branches = Vec::new();
    let lines = grow(root, 0, words, &mut branches);
    if lines > MAX_LINES {
        branches.push(Branch { depth: 0, text: words.panels().more.replace("{}", &count(lines - MAX_LINES)) });
    }
    branches
}

/// Adds a step and those below it, and says how many there are.
fn grow(step: &Step, depth: usize, words: &dyn Words, branches: &mut Vec<Branch>) -> usize {
    if branches.len() < MAX_LINES {
        branches.push(Branch { depth, text: line(step, words) });
    }
    1 + step.children.iter().map(|child| grow(child, depth + 1, words, branches)).sum::<usize>()
}

/// What was done, what came of it, what it cost, where it stands in the record, and which questions it asked.
fn line(step: &Step, words: &dyn Words) -> String {
    let text = step.text.as_deref().filter(|text| !text.is_empty());
    let mut line = text.map_or_else(
        || words.step(step.what).to_owned(),
        |text| format!("{} {}", words.step(step.what), hidden::mark(text)),
    );
    line = format!("{line}: {}", words.outcome(step.outcome));
    if let Some(cost) = step.cost.map(|cost| words.spf_cost(cost)) {
        line = format!("{line}; {cost}");
    }
    if let Some(Place::Answer { question, span, .. }) = step.place {
        line = format!("{line}  DNS {} [{}–{}]", question.0, span.start, span.end);
    }
    let known = |id| matches!(step.place, Some(Place::Answer { question, .. }) if question == id);
    let asked: Vec<String> = step.questions.iter().filter(|id| !known(**id)).map(|id| id.0.to_string()).collect();
    if !asked.is_empty() {
        line = format!("{line}  → DNS {}", asked.join(", "));
    }
    line
}
