//! The connecting address stands on blocklists now, which says nothing of the moment of receipt, and proves nothing about the
//! author domain.

use serde::Serialize;

use super::source::{page, rfc};
use super::{Confidence, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::listing::{self, Known, List, Meaning, Row, Standing, Tested, Weight};

pub(super) const SOURCES: &[Source] = &[rfc(5782, "2.1"), page("support.google.com/mail/answer/81126", "2026-07-02")];

/// A list, and why it has the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedOn {
    pub list: &'static str,
    pub meanings: Vec<Meaning>,
    /// Where the entry is looked up, and its removal asked for.
    pub page: &'static str,
}

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let listings = subject.facts.network.listings.as_ref()?;
    let of_address = |row: &&Row| matches!(row.subject, listing::Subject::Address(_));
    let rows: Vec<&Row> = listings.listed().filter(of_address).collect();
    let listing::Subject::Address(ip) = rows.first()?.subject else { return None };
    let problem = Problem::IpListed { ip, lists: lists(&rows), suspect: subject.is_suspect() };
    let actor = if subject.is_suspect() { subject.judge_of_server() } else { subject.operator_of_client() };
    finding(problem, actor, &rows)
}

/// The lists, those by which many receivers refuse first.
pub(super) fn lists(rows: &[&Row]) -> Vec<ListedOn> {
    let listed = |row: &&Row| {
        let List { name, page, .. } = row.list;
        ListedOn { list: name, meanings: row.meanings(), page }
    };
    let (heavy, light): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| is_heavy(row));
    heavy.iter().chain(&light).map(listed).collect()
}

/// A warning at most: a list is the opinion of whoever keeps it.
pub(super) fn finding(problem: Problem, actor: super::Actor, rows: &[&Row]) -> Option<Finding> {
    let heavy = rows.iter().find(|row| is_heavy(row));
    let severity = if heavy.is_some() { Severity::Warning } else { Severity::Note };
    let first = heavy.or_else(|| rows.first())?;
    let is_sure = |row: &Row| {
        let is_known = !row.meanings().contains(&Meaning::Unknown);
        row.list.known == Known::Documented && row.standing == Standing::Listed(Tested::Passed) && is_known
    };
    let confidence = if is_sure(first) { Confidence::Certain } else { Confidence::Likely };
    let more = rows.iter().filter(|row| row.question != first.question).map(|row| Evidence::Question(row.question));
    let words = first.text_question.filter(|_| first.text.is_some()).map(Evidence::Question);
    let finding = Finding::certain(problem, severity, actor, Evidence::Question(first.question));
    Some(finding.confidence(confidence).also(words.into_iter().chain(more)))
}

/// Many receivers refuse by the list, and for what it says.
fn is_heavy(row: &Row) -> bool {
    row.list.weight == Weight::Wide && row.meanings().iter().any(|meaning| !meaning.is_mild())
}
