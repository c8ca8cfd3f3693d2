//! What the lists said.

use std::net::Ipv4Addr;

use serde::Serialize;

use super::{List, Meaning, Refusal, Subject};
use crate::dns::{Failure, QuestionId};

/// What came of asking the lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listings {
    /// A row for each list and subject, in the order of the lists.
    pub rows: Vec<Row>,
}

/// What one list says of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub list: &'static List,
    pub subject: Subject,
    pub standing: Standing,
    /// The answers, refusals included.
    pub codes: Vec<Code>,
    /// The list's own words about the entry.
    pub text: Option<String>,
    pub question: QuestionId,
    pub text_question: Option<QuestionId>,
    /// The question about an entry that shows whether the list works.
    pub test_question: Option<QuestionId>,
}

/// One address of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub answer: Ipv4Addr,
    /// Empty where it is a refusal, or no answer of a list.
    pub meanings: Vec<Meaning>,
}

/// What a list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    Listed(Tested),
    /// And the list works through this resolver.
    NotListed,
    /// It says that it does not answer.
    Refused(Refusal),
    /// It lists everything, so that nothing can be believed.
    AnswersAll,
    /// It does not even have the entry that every list must have: through this resolver it says nothing.
    Silent,
    /// What came back is outside of 127.0.0.0/8, so no answer of a list (RFC 5782 section 2.1).
    NotAList,
    Unreachable,
    /// Nobody was asked: offline, not in the snapshot, cancelled, too many questions.
    NotAsked(Failure),
}

/// Whether it was tested that the list does not list everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tested {
    Passed,
    /// The test had no answer.
    Unknown,
}

impl Standing {
    /// The word for it in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Listed(_) => "listed",
            Self::NotListed => "not-listed",
            Self::Refused(_) => "refused",
            Self::AnswersAll => "answers-all",
            Self::Silent => "silent",
            Self::NotAList => "not-a-list",
            Self::Unreachable => "unreachable",
            Self::NotAsked(_) => "not-asked",
        }
    }
}

impl Row {
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        matches!(self.standing, Standing::Listed(_))
    }

    /// Why it is listed, each reason once.
    #[must_use]
    pub fn meanings(&self) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for meaning in self.codes.iter().flat_map(|code| &code.meanings) {
            if !meanings.contains(meaning) {
                meanings.push(*meaning);
            }
        }
        meanings
    }

    /// Every question behind the row.
    pub fn questions(&self) -> impl Iterator<Item = QuestionId> {
        std::iter::once(self.question).chain(self.text_question).chain(self.test_question)
    }
}

impl Listings {
    /// The rows about the connecting address, or about domains, that are listed.
    pub fn listed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_listed())
    }
}
