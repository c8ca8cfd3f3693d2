//! The header is larger than the recipient's provider takes it. No RFC sets a limit to it as a whole.

use serde::Serialize;

use super::provider::{self, Ask, Bulk, State, Why, of_recipient};
use super::source::page;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject};

/// What of the header is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderPart {
    Whole,
    Fields,
    Value,
    Name,
}

pub(super) const SOURCES: &[Source] = &[
    page("support.google.com/a/answer/14016360", "2026-11-22"),
    page("creation.mb.softbank.jp/mail/mail_attention.html", "2026-11-22"),
];

const fn part(ask: Ask) -> Option<HeaderPart> {
    match ask {
        Ask::HeaderTotal => Some(HeaderPart::Whole),
        Ask::HeaderCount => Some(HeaderPart::Fields),
        Ask::HeaderValue => Some(HeaderPart::Value),
        Ask::HeaderName => Some(HeaderPart::Name),
        _ => None,
    }
}

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    let provider = of_recipient(&facts.recipient)?;
    let card = provider::judge(facts, provider, Bulk::Unknown);
    let mut broken = card.rows.into_iter().filter(|row| matches!(row.state, State::NotMet | State::NotFirm));
    broken.find_map(|row| {
        let part = part(row.rule.ask)?;
        let Why::Beyond { length, limit } = row.why else { return None };
        let longest = facts.form.longest_value.map(|value| value.span);
        let place = row.place.unwrap_or_else(|| Evidence::Bytes(longest.unwrap_or(subject.header_place())));
        let firm = row.state == State::NotMet;
        let problem = Problem::HeaderTooLarge { provider: provider.id.clone(), part, length, limit, firm };
        Some(if firm {
            Finding::certain(problem, Severity::Warning, Actor::Sender, place)
        } else {
            Finding::certain(problem, Severity::Note, Actor::Sender, place).confidence(Confidence::Possible)
        })
    })
}
