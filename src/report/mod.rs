//! Analysis + words → Report: ordered blocks, no layout.

mod aggregate;
mod blocks;
mod bounce;
mod claims;
mod network;
mod notes;
pub mod redact;
mod rules;
mod second;

use std::sync::Arc;

use crate::analyze::Analysis;
use crate::auth::spf;
use crate::check::Severity;
use crate::check::headline::Tone;
use crate::dns::Entry;
use crate::text::Lang;
use crate::text::glossary::Term;

/// What a person reads, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub lang: Lang,
    /// That it rests on records which are not in DNS.
    pub what_if: Option<String>,
    pub headline: Summary,
    pub findings: Vec<Item>,
    /// What happened, step by step.
    pub narrative: Vec<Passage>,
    pub sections: Vec<Section>,
    /// The terms in all these sentences, in the order of the list of terms.
    pub terms: Vec<Term>,
    /// The program and its version, and whether personal data is masked.
    pub made_by: String,
}

/// The sentence on top, what to do first, and who can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub tone: Tone,
    pub sentence: String,
    /// What the receiving side recorded all the same.
    pub accepted: Option<String>,
    pub next_step: String,
    /// `None` where nothing needs to be done.
    pub actor: Option<String>,
}

/// One step of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub sentence: String,
    /// Where it can be seen.
    pub evidence: Vec<String>,
}

/// One finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub severity: Severity,
    /// The word for the severity, in brackets the confidence when it is not certain.
    pub mark: String,
    pub title: String,
    pub code: &'static str,
    /// Who can change it.
    pub actor: String,
    pub meaning: String,
    pub remedy: String,
    /// Where its rule stands.
    pub sources: Vec<Origin>,
    /// Where it can be seen.
    pub evidence: Vec<String>,
}

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The clause, or the page with the day on which it was read.
    pub name: String,
    pub url: String,
}

/// A titled part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Names and values.
    Pairs(Vec<(String, String)>),
    Table {
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Note(String),
    /// Lines, each as deep as it stands in a tree.
    Tree(Vec<Branch>),
}

/// One line of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// 0 for the root.
    pub depth: usize,
    pub text: String,
}

/// Puts one SPF evaluation into words.
#[must_use]
pub fn spf_check(check: &spf::Check, questions: &[Arc<Entry>], lang: Lang) -> Vec<Section> {
    let words = lang.words();
    let checked = Section { title: "SPF".to_owned(), blocks: blocks::spf::check(check, words) };
    vec![checked, blocks::dns(questions, words)]
}

/// Puts an analysis into words.
#[must_use]
pub fn write(analysis: &Analysis, lang: Lang) -> Report {
    blocks::Writer::new(analysis, lang).report()
}
