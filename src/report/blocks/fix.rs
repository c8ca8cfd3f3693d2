//! What to change: the record as it is, the record as it shall be, and what came of trying it.

use crate::analyze::Analysis;
use crate::check::Verdict;
use crate::fix::{Fix, Place};
use crate::message::hidden;
use crate::report::{Block, Branch, Section};
use crate::text::{Words, fix};

/// `None` where there is nothing to say of a change.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let blocks: Vec<Block> = if analysis.fixes.is_empty() {
        // The failures of a report ask for a change that it does not show.
        let verdict = &analysis.headline.verdict;
        let is_open = matches!(verdict, Verdict::AggregateReport { tally } if tally.failed > 0);
        is_open.then(|| Block::Note(hidden::mark(&words.fix_nothing(verdict)))).into_iter().collect()
    } else {
        analysis.fixes.iter().flat_map(|fix| one(fix, words)).collect()
    };
    (!blocks.is_empty()).then(|| Section { title: words.panels().fix.to_owned(), blocks })
}

/// The records that are tried, each with what DNS has; `None` where nothing is tried.
pub(super) fn tried(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let panels = words.panels();
    let rows = analysis.what_if().map(|entry| {
        let published = entry.published.as_ref().map(|answer| fix::told(answer, words));
        let published = published.unwrap_or_else(|| panels.fix_not_known.to_owned());
        let name = format!("{} {}", entry.question.name, entry.question.kind.word());
        [name, published, fix::told(&entry.answer, words)].map(|cell| hidden::mark(&cell)).to_vec()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = [panels.name, panels.fix_current, panels.what_if_tried].map(str::to_owned).to_vec();
    (!rows.is_empty())
        .then(|| Section { title: panels.what_if.to_owned(), blocks: vec![Block::Table { columns, rows }] })
}

fn one(fix: &Fix, words: &dyn Words) -> Vec<Block> {
    let panels = words.panels();
    let said = words.fix(fix);
    let answers: Vec<&str> = fix.codes().collect();
    let mut pairs = Vec::new();
    if !answers.is_empty() {
        pairs.push((panels.fix_answers.to_owned(), answers.join(", ")));
    }
    for change in fix.offer() {
        let name = fix::written(&change.name, words);
        pairs.push(match change.place {
            Place::Header => (panels.header_field.to_owned(), hidden::mark(&name)),
            place => (panels.name.to_owned(), hidden::mark(&format!("{name} {}", place.word()))),
        });
        let current = fix::current(change, words);
        pairs.extend(current.into_iter().map(|(name, value)| (name.to_owned(), hidden::mark(&value))));
        let after = fix::after(change, words);
        pairs.extend(after.iter().map(|value| (panels.fix_new.to_owned(), hidden::mark(value))));
    }
    let outcome = fix::outcome(fix, words);
    pairs.push((panels.fix_tried.to_owned(), outcome));
    let line = |text: &String| Branch { depth: 1, text: format!("- {}", hidden::mark(text)) };
    let lines: Vec<Branch> = said.steps.iter().chain(&said.conditions).map(line).collect();
    let mut blocks = vec![Block::Note(hidden::mark(&said.title)), Block::Pairs(pairs)];
    if !lines.is_empty() {
        blocks.push(Block::Tree(lines));
    }
    blocks
}
