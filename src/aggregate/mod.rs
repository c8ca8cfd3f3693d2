//! DMARC aggregate reports (RFC 9990): who counted, for which domain, and which sources passed.

mod results;
mod xml;

use std::collections::HashMap;
use std::net::IpAddr;

use jiff::Timestamp;
pub use results::{Identifier, Method, Outcome, Override, OverrideKind};
use serde::Serialize;

use crate::message::parts::{self, Part};
use crate::message::{Kind, Message, Span};

/// What a report says. A claim by whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aggregate {
    pub reporter: Option<String>,
    pub contact: Option<String>,
    pub report_id: Option<String>,
    pub begin: Option<Timestamp>,
    pub end: Option<Timestamp>,
    /// The domain that the report is about.
    pub domain: Option<String>,
    /// Its policy as the reporter found it, by tag: `p`, `sp`, `np`.
    pub policies: Vec<(&'static str, String)>,
    pub messages: u64,
    /// Messages of which an identifier passed and was aligned.
    pub passed: u64,
    /// The most messages first.
    pub sources: Vec<Source>,
    /// Messages of sources beyond [`Aggregate::MAX_SOURCES`].
    pub left_out: u64,
    pub deviations: Vec<Deviation>,
    /// The part that holds it.
    pub span: Span,
}

/// What came from one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As written, where it is no address.
    pub name: String,
    pub ip: Option<IpAddr>,
    /// One at least for a record whose count cannot be read.
    pub messages: u64,
    /// Some of its records have no count that can be read, so that there may be more of whatever is counted.
    pub at_least: bool,
    /// Messages of which SPF, or DKIM, passed and was aligned.
    pub spf: u64,
    pub dkim: u64,
    /// Neither.
    pub failed: u64,
    /// What the reporter did to them.
    pub quarantined: u64,
    pub rejected: u64,
    /// What its identifiers came to, the most messages first.
    pub identifiers: Vec<Identifier>,
    /// Why the reporter did not do what the policy asks, the most messages first.
    pub overrides: Vec<Override>,
}

/// A departure from the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// A document type or entities, which no report needs; nothing of them was followed.
    Entities,
    /// The text ends, or breaks, before its end.
    Broken,
    /// A record without a count that can be read. It was written for one message at least (RFC 9990 section 3.1.1.9).
    NoCount,
    /// A record about messages with another author domain; it is not counted.
    OtherAuthor,
    /// Deeper or longer than is read.
    TooMuch,
}

impl Aggregate {
    /// The most sources that are kept.
    pub const MAX_SOURCES: usize = 10_000;

    /// What no receiver takes in the time of a report: a larger count is a mistake.
    pub const MAX_COUNT: u64 = 1_000_000_000_000;

    /// Not all of it could be read, so that there may be more of whatever is counted.
    #[must_use]
    pub fn is_at_least(&self) -> bool {
        [Deviation::NoCount, Deviation::Broken].iter().any(|deviation| self.deviations.contains(deviation))
    }

    #[must_use]
    pub const fn failed(&self) -> u64 {
        self.messages.saturating_sub(self.passed)
    }
}

/// The most attachments that are looked into.
const MAX_PARTS: usize = 8;

/// Reads the report that the file is, or the first one that is attached.
#[must_use]
pub fn read(message: &Message) -> Option<Aggregate> {
    if message.kind == Kind::AggregateReport {
        let bytes = message.source.bytes();
        let broken = || Aggregate { deviations: vec![Deviation::Broken], ..Aggregate::default() };
        let report = xml::read(&String::from_utf8_lossy(bytes)).unwrap_or_else(broken);
        return Some(Aggregate { span: Span::new(0, bytes.len()), ..report });
    }
    parts::read(message).iter().filter(|part| may_hold_report(part)).take(MAX_PARTS).find_map(|part| {
        let text = part.unpacked_xml()?;
        let mut report = xml::read(&String::from_utf8_lossy(&text))?;
        report.span = part.span;
        Some(report)
    })
}

/// By its type or its name; the types that mailers give are many.
fn may_hold_report(part: &Part) -> bool {
    let name = part.name.to_ascii_lowercase();
    let known =
        ["xml", "gzip", "zip"].iter().any(|word| part.kind.ends_with(word) || part.kind.contains(&format!("x-{word}")));
    known || [".xml", ".gz", ".zip"].iter().any(|ending| name.ends_with(ending))
}

/// One `<record>`, while it is read.
#[derive(Debug, Default)]
struct Record {
    source: String,
    /// The author domain of its messages; empty where it is not said.
    author: String,
    count: Option<u64>,
    disposition: String,
    spf: bool,
    dkim: bool,
    /// Each counted for one message; what is written twice stands once.
    identifiers: Vec<Identifier>,
    overrides: Vec<Override>,
}

/// The sources, while they are counted.
#[derive(Debug, Default)]
struct Sources {
    places: HashMap<String, usize>,
    all: Vec<Source>,
}

impl Aggregate {
    fn note(&mut self, deviation: Deviation) {
        if !self.deviations.contains(&deviation) {
            self.deviations.push(deviation);
        }
    }

    fn add(&mut self, record: &Record, sources: &mut Sources) {
        // A report is about one domain and the names below it (RFC 9990).
        let is_of = |domain: &str| {
            record.author.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        if !record.author.is_empty() && self.domain.as_deref().is_some_and(|domain| !is_of(domain)) {
            self.note(Deviation::OtherAuthor);
            return;
        }
        if record.count.is_none() {
            self.note(Deviation::NoCount);
        }
        let count = record.count.unwrap_or(1);
        self.messages = self.messages.saturating_add(count);
        let passes = record.spf || record.dkim;
        self.passed = self.passed.saturating_add(if passes { count } else { 0 });
        let full = sources.all.len() >= Self::MAX_SOURCES;
        let place = match sources.places.get(&record.source) {
            Some(place) => *place,
            None if full => {
                self.left_out = self.left_out.saturating_add(count);
                return;
            }
            None => {
                sources.places.insert(record.source.clone(), sources.all.len());
                let ip = record.source.parse().ok();
                let name = record.source.clone();
                sources.all.push(Source {
                    name,
                    ip,
                    messages: 0,
                    at_least: false,
                    spf: 0,
                    dkim: 0,
                    failed: 0,
                    quarantined: 0,
                    rejected: 0,
                    identifiers: Vec::new(),
                    overrides: Vec::new(),
                });
                sources.all.len() - 1
            }
        };
        let Some(source) = sources.all.get_mut(place) else { return };
        source.at_least |= record.count.is_none();
        let add = |to: &mut u64, is: bool| *to = to.saturating_add(if is { count } else { 0 });
        add(&mut source.messages, true);
        add(&mut source.spf, record.spf);
        add(&mut source.dkim, record.dkim);
        add(&mut source.failed, !passes);
        add(&mut source.quarantined, record.disposition == "quarantine");
        add(&mut source.rejected, record.disposition == "reject");
        let all_kept = results::count(&mut source.identifiers, &record.identifiers, count)
            & results::count(&mut source.overrides, &record.overrides, count);
        if !all_kept {
            self.note(Deviation::TooMuch);
        }
    }
}

#[cfg(test)]
mod tests;
