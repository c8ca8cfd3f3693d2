//! The work on one message: read it, ask DNS, judge it; or judge it again.

use std::sync::Arc;

use jiff::Timestamp;

use super::open::told;
use super::shelf::{Key, Layer, preferred};
use crate::analyze::{Analysis, Options, analyze};
use crate::dns::{Answer, Entry, Failure, Ledger, Lookup, Origin, Question, Recorded, Source, Timed, Watch};
use crate::message::container::{Container, Refusal};
use crate::view::{Name, Notice};

/// Reads the clock.
pub type Clock = fn() -> Timestamp;

/// A message that was analysed, and who answered for it.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) key: Key,
    pub(super) name: Name,
    pub(super) analysis: Arc<Analysis>,
    pub(super) lookup: Arc<dyn Lookup>,
    /// The records that were tried on it, one try after the other; the last is what the analysis rests on.
    pub(super) tried: Vec<String>,
}

/// What to do in the background.
pub(super) enum Task {
    /// Reads a message of a container and judges it.
    Open { container: Arc<Container>, key: Key, name: Name, lookup: Arc<dyn Lookup>, options: Options },
    /// Judges a message again, asking everything anew.
    Rerun(Document),
    /// Judges it with other options. What was answered before is not asked again.
    Rejudge(Document, Options),
}

impl Task {
    pub(super) fn name(&self) -> &Name {
        match self {
            Self::Open { name, .. } => name,
            Self::Rerun(document) | Self::Rejudge(document, _) => &document.name,
        }
    }

    pub(super) const fn key(&self) -> Key {
        match self {
            Self::Open { key, .. } => *key,
            Self::Rerun(document) | Self::Rejudge(document, _) => document.key,
        }
    }
}

/// What the job did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Opening,
    Rerun,
    Rejudging,
}

/// What came of a job.
pub(super) struct Judged {
    pub(super) document: Document,
    /// The message with what is attached to it, where it was read.
    pub(super) layers: Option<Vec<Layer>>,
    pub(super) after: After,
}

pub(super) fn perform(task: Task, watch: &Arc<Watch>, clock: Clock) -> Result<Judged, Notice> {
    match task {
        Task::Open { container, key, name, lookup, options } => {
            let mut letters = container.read(key.message).map_err(|refusal| told(&name, &refusal))?;
            let layers: Vec<Layer> = letters.iter().map(Layer::of).collect();
            let layer = key.layer.unwrap_or_else(|| preferred(&layers));
            if layer >= letters.len() {
                return Err(told(&name, &Refusal::Changed));
            }
            let message = letters.swap_remove(layer).message;
            let name = match (&name, message.place) {
                (Name::Given(file), Some(place)) => Name::Given(format!("{file} [{}]", place.pick)),
                _ => name,
            };
            let analysis = analyze(message, options, &ledger(lookup.as_ref(), watch), clock());
            let key = Key { layer: Some(layer), ..key };
            let document = Document { key, name, analysis: Arc::new(analysis), lookup, tried: Vec::new() };
            Ok(Judged { document, layers: Some(layers), after: After::Opening })
        }
        Task::Rerun(document) => {
            let Analysis { message, options, .. } = document.analysis.as_ref().clone();
            let analysis = analyze(message, options, &ledger(document.lookup.as_ref(), watch), clock());
            let document = Document { analysis: Arc::new(analysis), ..document };
            Ok(Judged { document, layers: None, after: After::Rerun })
        }
        Task::Rejudge(document, options) => {
            let known = Recall { known: &document.analysis.questions, lookup: document.lookup.as_ref() };
            let message = document.analysis.message.clone();
            let analysis = analyze(message, options, &ledger(&known, watch), clock());
            let document = Document { analysis: Arc::new(analysis), ..document };
            Ok(Judged { document, layers: None, after: After::Rejudging })
        }
    }
}

fn ledger<'a>(lookup: &'a dyn Lookup, watch: &Arc<Watch>) -> Ledger<'a> {
    Ledger::watched(lookup, Arc::clone(watch))
}

/// Answers of an earlier analysis of the same message; what it did not ask is asked now.
struct Recall<'a> {
    known: &'a [Arc<Entry>],
    lookup: &'a dyn Lookup,
}

impl Recall<'_> {
    /// An earlier answer that is one: what was not answered then is asked again.
    fn recall(&self, question: &Question) -> Option<Timed> {
        // A record that is tried, or was, is no answer of DNS.
        let is_tried = |source| source == Source::WhatIf;
        let entry = self.known.iter().find(|entry| entry.question == *question && !is_tried(entry.source))?;
        if is_tried(self.lookup.source(question)) {
            return None;
        }
        let answered = entry.answer.records.as_ref().map_or_else(|failure| failure.is_absent(), |_| true);
        answered.then(|| Timed { answer: entry.answer.clone(), millis: entry.millis })
    }
}

impl Lookup for Recall<'_> {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let recalled: Vec<Option<Timed>> = questions.iter().map(|question| self.recall(question)).collect();
        let open = questions.iter().zip(&recalled).filter(|(_, known)| known.is_none());
        let open: Vec<Question> = open.map(|(question, _)| question.clone()).collect();
        let mut asked = if open.is_empty() { Vec::new() } else { self.lookup.lookup(&open) }.into_iter();
        let missing = || Timed { answer: Answer::failed(Failure::ServFail), millis: None };
        recalled.into_iter().map(|known| known.or_else(|| asked.next()).unwrap_or_else(missing)).collect()
    }

    fn origin(&self) -> Origin {
        self.lookup.origin()
    }

    fn recorded(&self) -> Option<Recorded> {
        self.lookup.recorded()
    }

    fn source(&self, question: &Question) -> Source {
        self.lookup.source(question)
    }

    /// What DNS said before the record was tried.
    fn published(&self, question: &Question) -> Option<Answer> {
        let known = self.known.iter().find(|entry| entry.question == *question);
        let known = known.and_then(|entry| match entry.source {
            Source::WhatIf => entry.published.clone(),
            Source::Answers | Source::KeyFile => Some(entry.answer.clone()),
        });
        known.or_else(|| self.lookup.published(question))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Offline, QuestionId, RecordType};

    #[test]
    fn what_is_known_is_not_asked_again() {
        let question = |name: &str| Question::new(name, RecordType::Txt);
        let answer = Answer::failed(Failure::NoData);
        let id = QuestionId(1);
        let known = [Arc::new(Entry {
            id,
            question: question("a.example"),
            answer,
            millis: Some(3),
            source: Source::Answers,
            published: None,
        })];
        let answers =
            Recall { known: &known, lookup: &Offline }.lookup(&[question("b.example"), question("a.example")]);
        assert_eq!(
            answers.iter().map(|timed| timed.answer.records.clone().err()).collect::<Vec<_>>(),
            [Some(Failure::Offline), Some(Failure::NoData)]
        );
    }
}
