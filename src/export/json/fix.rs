//! The changes in the JSON report, and the two letters.

use serde_json::{Value, json};

use super::word;
use crate::analyze::Analysis;
use crate::fix::{Change, Content, Current, Fix, Piece};
use crate::text::letter::Letter;
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
        "changes": fix.offer().iter().map(|change| self::change(change, words)).collect::<Vec<_>>(),
        "what_if": fix.snapshot(&analysis.questions),
        "outcome": word(&fix.outcome),
        "outcome_text": fix::outcome(fix, words),
    })
}

fn change(change: &Change, words: &dyn Words) -> Value {
    let pieces = |pieces: &[Piece]| pieces.iter().map(|piece| self::piece(piece, words)).collect::<Vec<_>>();
    let records = |records: &[Vec<Piece>]| records.iter().map(|record| pieces(record)).collect::<Vec<_>>();
    let (current, published) = match &change.current {
        Current::Unknown => (None, None),
        Current::Records(current) | Current::Beside(current) => (Some(records(current)), None),
        Current::Tried { published, records: tried } => (Some(records(tried)), Some(published)),
    };
    json!({
        "name": fix::written(&change.name, words),
        "name_parts": pieces(&change.name),
        "type": change.place.word(),
        "current": current,
        "tried": published.is_some(),
        "published": published,
        "new": records(change.current.beside()).into_iter().chain([pieces(&change.new)]).collect::<Vec<_>>(),
        "value": fix::written(&change.new, words),
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
    json!({
        "customer": super::super::letter(analysis, Letter::Customer, lang),
        "administrator": super::super::letter(analysis, Letter::Administrator, lang),
    })
}
