//! The two letters: one for the customer who asked about the message, one for whoever can change something. Both say what was
//! proved and nothing more.

use crate::check::{Finding, Headline, Verdict};
use crate::facts::Facts;
use crate::fix::{Fix, Kind};

pub use super::administrator::AdministratorWords;
pub(super) use super::plan::Open;
pub use super::plan::{Addressee, Next, Request};
use super::{Words, administrator, hidden};

/// Whom a letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letter {
    Customer,
    Administrator,
}

impl Letter {
    pub const ALL: [Self; 2] = [Self::Customer, Self::Administrator];

    /// The letter, ready to send.
    #[must_use]
    pub fn write(self, matter: &Matter<'_>, words: &dyn Words) -> String {
        let text = match self {
            Self::Customer => words.customer(matter),
            Self::Administrator => administrator::write(matter, words),
        };
        // Values are a stranger's: nothing in them may turn the line, or hide.
        let text = text.lines().map(hidden::mark).collect::<Vec<_>>().join("\n");
        // What rests on records that are not in DNS says so.
        if matter.what_if { format!("{}\n\n{text}", words.panels().what_if_on) } else { text }
    }
}

/// What a letter is written from.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    pub facts: &'a Facts,
    pub findings: &'a [Finding],
    pub headline: &'a Headline,
    pub fixes: &'a [Fix],
    /// Records were tried that are not in DNS.
    pub what_if: bool,
}

/// The most characters of a subject: numbers of orders stand at its end.
const SUBJECT_LENGTH: usize = 150;

/// Year, month and day, as the message writes its date.
pub(super) type Day = (i16, i8, i8);

impl<'a> Matter<'a> {
    pub(super) const fn verdict(&self) -> &'a Verdict {
        &self.headline.verdict
    }

    /// A finding weighs more than a note.
    pub(super) fn has_warning(&self) -> bool {
        self.weighing().next().is_some()
    }

    /// Subject and date, as far as the message has them.
    pub(super) fn named(&self) -> (Option<String>, Option<Day>) {
        let identity = &self.facts.identity;
        let subject = identity.subject.as_deref().map(|subject| hidden::mark(&super::cut(subject, SUBJECT_LENGTH)));
        (subject.filter(|subject| !subject.is_empty()), identity.date.map(super::time::day))
    }

    /// Subject and Message-ID of the mail that came back with a report.
    pub(super) fn returned(&self) -> [Option<String>; 2] {
        let returned = self.facts.bounce.as_ref().and_then(|bounce| bounce.returned.as_ref());
        let shown = |text: &String| hidden::mark(&super::cut(text, SUBJECT_LENGTH));
        [
            returned.and_then(|returned| returned.subject.as_ref()).map(shown),
            returned.and_then(|returned| returned.message_id.as_ref()).map(shown),
        ]
    }

    /// The other letter says what of the SPF record costs look-ups.
    pub(super) fn is_spf_limit_told(&self) -> bool {
        self.is_answered(&["spf-lookup-limit"])
            || self.fixes.iter().any(|fix| matches!(fix.kind, Kind::SpfLimit { .. }))
    }

    /// A DMARC record is offered that counts.
    pub(super) fn is_dmarc_answered(&self) -> bool {
        let codes = ["dmarc-missing", "dmarc-broken", "dmarc-policy-unusable", "dmarc-duplicate-records"];
        self.is_answered(&codes)
    }

    /// A change that answers one of these findings is offered.
    pub(super) fn is_answered(&self, codes: &[&str]) -> bool {
        self.fixes.iter().filter(|fix| fix.is_offered()).any(|fix| fix.codes().any(|code| codes.contains(&code)))
    }
}
