//! The changes in the JSON report, and the two letters.

use serde_json::{Value, json};

use super::word;
use crate::analyze::Analysis;
use crate::fix::{Change, Content, Fix, Piece};
use crate::text::letter::{self, Matter};
use crate::text::{Lang, Words, fix};

pub(super) fn fixes(analysis: &Analysis, lang: Lang) -> Vec<Value> {
    analysis.fixes.iter().map(|fix| one(fix, analysis, lang.words())).collect()
}

fn one(fix: &Fix, analysis: &Analysis, words: &dyn Words) -> Value {
    let said = words.fix(fix);
    json!({
        "code": word(&fix.kind)["code"],
        "findings": fix.findings,
        "toward": fix.toward,
        "actor": word(&fix.actor),
        "title": said.title,
        "steps": said.steps,
        "conditions": said.conditions,
        "values": word(&fix.kind),
        "change": fix.offer().map(|change| self::change(change, analysis, words)),
        "outcome": word(&fix.outcome),
        "outcome_text": fix::outcome(fix, words),
    })
}

fn change(change: &Change, analysis: &Analysis, words: &dyn Words) -> Value {
    let pieces = |pieces: &[Piece]| pieces.iter().map(|piece| self::piece(piece, words)).collect::<Vec<_>>();
    json!({
        "name": change.name,
        "type": change.place.word(),
        "current": change.current.iter().map(|current| pieces(current)).collect::<Vec<_>>(),
        "new": pieces(&change.new),
        "value": fix::written(&change.new, words),
        "what_if": change.snapshot(&analysis.questions),
    })
}

fn piece(piece: &Piece, words: &dyn Words) -> Value {
    let (text, placeholder) = match &piece.content {
        Content::Text(text) => (text.clone(), Value::Null),
        Content::Placeholder(placeholder) => (words.placeholder(placeholder), word(placeholder)),
    };
    json!({ "text": text, "changed": piece.changed, "placeholder": placeholder })
}

/// The letters, ready to send.
pub(super) fn letters(analysis: &Analysis, lang: Lang) -> Value {
    let words = lang.words();
    let matter = Matter {
        facts: &analysis.facts,
        findings: &analysis.findings,
        verdict: &analysis.headline.verdict,
        fixes: &analysis.fixes,
        what_if: analysis.is_what_if(),
    };
    json!({
        "customer": letter::customer(&matter, words),
        "administrator": letter::administrator(&matter, words),
    })
}
