//! Wraps any [`Lookup`]: asks each question once, numbers it, times it, and keeps the answer.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::{Answer, Lookup, Origin, Question, Timed};

/// The number of a question in one analysis, in the order they were first asked, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct QuestionId(pub u32);

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: QuestionId,
    pub question: Question,
    pub answer: Answer,
    pub millis: Option<u64>,
}

/// Every question of one analysis. Evaluators ask through it and refer to questions by number.
pub struct Ledger<'a> {
    lookup: &'a dyn Lookup,
    entries: Mutex<Vec<Arc<Entry>>>,
}

impl<'a> Ledger<'a> {
    #[must_use]
    pub fn new(lookup: &'a dyn Lookup) -> Self {
        Self { lookup, entries: Mutex::default() }
    }

    /// Asks one question, or gives the answer it already had.
    pub fn ask(&self, question: &Question) -> Arc<Entry> {
        self.ask_all(std::slice::from_ref(question)).remove(0)
    }

    /// Asks those questions that were not asked before, all at the same time. Entries stand in the order of the questions.
    pub fn ask_all(&self, questions: &[Question]) -> Vec<Arc<Entry>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unasked: Vec<Question> = Vec::new();
        for question in questions {
            if !unasked.contains(question) && !entries.iter().any(|entry| entry.question == *question) {
                unasked.push(question.clone());
            }
        }
        for (question, Timed { answer, millis }) in unasked.iter().zip(self.lookup.lookup(&unasked)) {
            let id = QuestionId(u32::try_from(entries.len() + 1).unwrap_or(u32::MAX));
            entries.push(Arc::new(Entry { id, question: question.clone(), answer, millis }));
        }
        questions
            .iter()
            .filter_map(|question| entries.iter().find(|entry| entry.question == *question).cloned())
            .collect()
    }

    #[must_use]
    pub fn origin(&self) -> Origin {
        self.lookup.origin()
    }

    /// All questions so far, by number.
    #[must_use]
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
