//! The rules of mailbox providers, judged on facts: what a provider requires is no protocol result, and says nothing
//! about where the message went.

mod ask;
mod authentication;
mod author;
mod connection;
mod file;
mod form;
mod passing_on;
mod recipient;
mod requirement;
mod ruleset;
#[cfg(test)]
mod tests;
mod unsubscribing;
mod why;

pub use ask::{Ask, Need};
pub use file::{FileError, read};
pub use recipient::{Chosen, ChosenBy, Wanted, choose, of_recipient};
pub use requirement::Requirement;
pub use ruleset::{
    Audience, Basis, Effect, Level, Names, Rule, Ruleset, Scope, Source, Status, faults, files, ruleset, rulesets,
};
pub use why::Why;

use ask::Outcome;
use serde::Serialize;

use crate::check::Evidence;
use crate::facts::Facts;
use crate::sender::StreamKind;

/// Whether the sender sends so much that the rules for bulk senders hold. One message never shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bulk {
    Yes,
    No,
    #[default]
    Unknown,
}

impl Bulk {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The word on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// What a rule comes to for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    NotMet,
    /// Not met, and the rule does not bind: it is advice, or it is old, second-hand or disputed; or it is not sure that it is
    /// not met.
    NotFirm,
    /// Not met, and only a problem for those who send much.
    BulkOnly,
    /// Not met, and only a problem if this is marketing or subscribed mail.
    MarketingOnly,
    Met,
    CannotKnow,
    NotApplicable,
}

impl State {
    /// In the order in which people want to see them.
    pub const ALL: [Self; 7] = [
        Self::NotMet,
        Self::NotFirm,
        Self::BulkOnly,
        Self::MarketingOnly,
        Self::Met,
        Self::CannotKnow,
        Self::NotApplicable,
    ];
}

/// One rule, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub rule: &'static Rule,
    pub state: State,
    pub why: Why,
    pub place: Option<Evidence>,
}

impl Row {
    const fn is_unasked(&self) -> bool {
        matches!(self.why, Why::HostsNotAsked | Why::BimiNotAsked)
    }
}

/// The rules of one provider, judged, in the order of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub ruleset: &'static Ruleset,
    pub rows: Vec<Row>,
}

impl Card {
    /// The rows, what is not met first; else as in the file.
    #[must_use]
    pub fn by_state(&self) -> Vec<&Row> {
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by_key(|row| row.state);
        rows
    }

    /// How many rules come to that, those left out that wait for DNS.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|row| row.state == state && !row.is_unasked()).count()
    }

    /// How many rules rest on facts that are asked of DNS only for the provider that is opened: they are not "cannot know".
    #[must_use]
    pub fn unasked(&self) -> usize {
        self.rows.iter().filter(|row| row.is_unasked()).count()
    }
}

/// Judges every rule of a provider. It depends on nothing but what it is given.
#[must_use]
pub fn judge(facts: &Facts, ruleset: &'static Ruleset, bulk: Bulk) -> Card {
    Card { ruleset, rows: ruleset.rules.iter().map(|rule| row(facts, rule, ruleset, bulk)).collect() }
}

fn row(facts: &Facts, rule: &'static Rule, ruleset: &'static Ruleset, bulk: Bulk) -> Row {
    let exempt = |why: Why| Row { rule, state: State::NotApplicable, why, place: None };
    if let Some(on) = rule.withdrawn_on {
        return exempt(Why::Withdrawn { on });
    }
    let applies = match applies(facts, rule.applies, bulk) {
        Applies::No(why) => return exempt(why),
        applies => applies,
    };
    let answer = rule.ask.of(facts, rule, ruleset);
    if applies == Applies::IfPassedOn && answer.outcome != Outcome::Exempt {
        return Row { rule, state: State::CannotKnow, why: Why::PassedOnNotProved, place: answer.place };
    }
    let state = match (answer.outcome, applies) {
        (Outcome::Met, _) => State::Met,
        (Outcome::Unknown, _) => State::CannotKnow,
        (Outcome::Exempt, _) => State::NotApplicable,
        (Outcome::Doubtful, _) => State::NotFirm,
        (Outcome::NotMet, Applies::IfBulk) => State::BulkOnly,
        (Outcome::NotMet, Applies::IfMarketing) => State::MarketingOnly,
        (Outcome::NotMet, Applies::Yes | Applies::IfPassedOn | Applies::No(_)) if !rule.is_firm() => State::NotFirm,
        (Outcome::NotMet, Applies::Yes | Applies::IfPassedOn | Applies::No(_)) => State::NotMet,
    };
    Row { rule, state, why: answer.why, place: answer.place }
}

/// Whether nothing proves the author domain of a message that nobody passed on, and that is certain.
#[must_use]
pub fn is_author_unproved(facts: &Facts) -> bool {
    authentication::from_aligned(facts).outcome == Outcome::NotMet
}

/// Whether a rule is for this message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Applies {
    Yes,
    IfBulk,
    IfMarketing,
    /// It bears marks of passing on, which nothing proves.
    IfPassedOn,
    No(Why),
}

fn applies(facts: &Facts, audience: Audience, bulk: Bulk) -> Applies {
    let kind = facts.stream.kind;
    match (audience, bulk) {
        (Audience::All, _) | (Audience::Bulk, Bulk::Yes) => Applies::Yes,
        (Audience::Bulk | Audience::Marketing, Bulk::No) => Applies::No(Why::NotBulk),
        (Audience::Bulk, Bulk::Unknown) => Applies::IfBulk,
        (Audience::Marketing, Bulk::Yes | Bulk::Unknown) => match (kind, bulk) {
            (StreamKind::Person | StreamKind::Bounce | StreamKind::Calendar, _) => Applies::No(Why::OtherKind { kind }),
            (StreamKind::Bulk, Bulk::Yes) => Applies::Yes,
            (StreamKind::Bulk, _) => Applies::IfBulk,
            (StreamKind::Transactional | StreamKind::List | StreamKind::Unknown, _) => Applies::IfMarketing,
        },
        (Audience::Forwarded, _) if facts.is_passing_on_shown() => Applies::Yes,
        (Audience::Forwarded, _) if facts.handling.passed_on() => Applies::IfPassedOn,
        (Audience::Forwarded, _) => Applies::No(Why::NotForwarded),
        (Audience::Lists, _) if facts.handling.list.is_some() && facts.is_passing_on_shown() => Applies::Yes,
        (Audience::Lists, _) if facts.handling.list.is_some() || kind == StreamKind::List => Applies::IfPassedOn,
        (Audience::Lists, _) => Applies::No(Why::NotList),
    }
}
