//! The tree every evaluator writes: a step is data (what, where, which question, outcome); sentences come later.

use serde::Serialize;

use super::dkim::cause::Change;
use super::{arc, dkim, dmarc, iprev, spf};
use crate::dns::QuestionId;
use crate::message::Span;

/// The name of a step within one analysis, such as `mail-from.2.1`: the root's name and the way down to it, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct StepId(pub String);

/// One thing an evaluator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Given by [`Step::number`] when the tree is complete.
    pub id: StepId,
    pub what: What,
    /// Where the text that this step is about stands.
    pub place: Option<Place>,
    /// That text: a term, a tag, a name.
    pub text: Option<String>,
    /// The questions this step asked, its children's left out.
    pub questions: Vec<QuestionId>,
    /// What a term of an SPF record cost (RFC 7208 section 4.6.4).
    pub cost: Option<spf::Cost>,
    /// How many times a change was undone and the signature verified again.
    pub tries: Option<u32>,
    pub outcome: Outcome,
    pub children: Vec<Step>,
}

impl Step {
    #[must_use]
    pub const fn new(what: What, outcome: Outcome) -> Self {
        Self {
            id: StepId(String::new()),
            what,
            place: None,
            text: None,
            questions: Vec::new(),
            cost: None,
            tries: None,
            outcome,
            children: Vec::new(),
        }
    }

    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    #[must_use]
    pub const fn tries(mut self, tries: u32) -> Self {
        self.tries = Some(tries);
        self
    }

    #[must_use]
    pub const fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn asked(mut self, question: QuestionId) -> Self {
        self.questions.push(question);
        self
    }

    /// Names this step `root` and everything below it by position.
    pub fn number(&mut self, root: &str) {
        self.id = StepId(root.to_owned());
        for (index, child) in self.children.iter_mut().enumerate() {
            child.number(&format!("{root}.{}", index + 1));
        }
    }

    /// The step of that name in this tree.
    #[must_use]
    pub fn find(&self, id: &StepId) -> Option<&Self> {
        if self.id == *id {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(id))
    }

    /// Both did the same with the same outcome, whatever they are called.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let Self { id: _, what, place, text, questions, cost, tries, outcome, children } = self;
        *what == other.what
            && *place == other.place
            && *text == other.text
            && *questions == other.questions
            && *cost == other.cost
            && *tries == other.tries
            && *outcome == other.outcome
            && children.len() == other.children.len()
            && children.iter().zip(&other.children).all(|(one, other)| one.says_the_same(other))
    }

    /// The first step of that kind about the text at that place.
    #[must_use]
    pub fn find_at(&self, what: What, place: Place) -> Option<&Self> {
        if self.what == what && self.place == Some(place) {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find_at(what, place))
    }
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the message.
    Message(Span),
    /// In the answer to a question: which record of it, and the bytes of that record's joined text.
    Answer { question: QuestionId, record: usize, span: Span },
}

/// What was done, by evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum What {
    Spf(spf::Task),
    Dkim(dkim::Task),
    /// A kind of change undone.
    Cause(Change),
    Dmarc(dmarc::Task),
    Arc(arc::Task),
    Iprev(iprev::Task),
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Pass,
    Fail,
    SoftFail,
    Neutral,
    None,
    Policy,
    PermError,
    TempError,
    /// A term or value that matched what was looked for.
    Match,
    NoMatch,
    /// A record or key is there and usable.
    Found,
    /// DNS says that there is none.
    Absent,
    /// DNS gave no answer.
    Unreachable,
    /// It is there and cannot be read.
    Broken,
    Valid,
    Invalid,
    /// It is there and has no effect.
    Ignored,
    /// A limit was passed.
    LimitExceeded,
    /// Not needed, or not possible; the step says which.
    Skipped,
    NotEvaluated,
}
