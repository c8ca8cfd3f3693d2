//! Wraps any [`Lookup`]: asks each question once, numbers it, times it, and keeps the answer.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::{Answer, Failure, Lookup, Origin, Question, Recorded, Source, Timed};

/// The most questions one analysis may ask: far more than SPF (three identities of at most 10 terms with 10 names each),
/// DKIM, DMARC and ARC of a sane message take together.
pub(super) const MAX_QUESTIONS: usize = 500;

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
    /// How long the answer took; `None` when nobody was asked.
    pub millis: Option<u64>,
    pub source: Source,
    /// What DNS says, where a record is tried; `None` also where that is not known.
    pub published: Option<Answer>,
}

/// Shared by an analysis and whoever waits for it: how far it is, and the wish that it stops.
///
/// Plain counters rather than a callback: the window reads them when it draws, and no foreign code runs between a question
/// and its answer.
#[derive(Debug, Default)]
pub struct Watch {
    asked: AtomicU32,
    answered: AtomicU32,
    tries: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Watch {
    /// From now on, questions that were not asked yet are answered [`Failure::Cancelled`]. Those under way are not waited
    /// for longer than their five seconds.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// How many different questions were asked so far.
    #[must_use]
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// One more change was undone and the signature verified again.
    pub fn note_try(&self) {
        self.tries.fetch_add(1, Ordering::Relaxed);
    }

    /// How many changes were undone so far, in search of the cause of a failure.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.tries.load(Ordering::Relaxed)
    }

    /// How many of them have their answer.
    #[must_use]
    pub fn answered(&self) -> u32 {
        self.answered.load(Ordering::Relaxed)
    }
}

/// Every question of one analysis. Evaluators ask through it and refer to questions by number.
///
/// Threads may share it: a question that another thread is waiting for is waited for, not asked again. Numbers are the same
/// from run to run when evaluators run one after another; within a batch they follow the order of the questions.
pub struct Ledger<'a> {
    lookup: &'a dyn Lookup,
    watch: Arc<Watch>,
    book: Mutex<Book>,
    answered: Condvar,
}

/// What was asked, by slot: a question's slot is its number less one.
#[derive(Default)]
struct Book {
    slots: HashMap<Question, usize>,
    /// `None` while the answer is under way.
    entries: Vec<Option<Arc<Entry>>>,
}

impl<'a> Ledger<'a> {
    #[must_use]
    pub fn new(lookup: &'a dyn Lookup) -> Self {
        Self::watched(lookup, Arc::default())
    }

    /// A ledger that counts on `watch`, and stops asking when that is cancelled.
    #[must_use]
    pub fn watched(lookup: &'a dyn Lookup, watch: Arc<Watch>) -> Self {
        Self { lookup, watch, book: Mutex::default(), answered: Condvar::new() }
    }

    /// Asks one question, or gives the answer it already had.
    pub fn ask(&self, question: &Question) -> Arc<Entry> {
        let mut batch = Batch::new(self);
        let slot = batch.add(&mut self.book(), question);
        batch.ask();
        self.wait(slot)
    }

    /// Asks those questions that were not asked before, all at the same time. Entries stand in the order of the questions.
    pub fn ask_all(&self, questions: &[Question]) -> Vec<Arc<Entry>> {
        let mut batch = Batch::new(self);
        let slots: Vec<_> = {
            let mut book = self.book();
            questions.iter().map(|question| batch.add(&mut book, question)).collect()
        };
        batch.ask();
        slots.into_iter().map(|slot| self.wait(slot)).collect()
    }

    /// The answer that a question already had; nothing is asked.
    #[must_use]
    pub fn known(&self, question: &Question) -> Option<Arc<Entry>> {
        let book = self.book();
        let slot = *book.slots.get(question)?;
        book.entries.get(slot)?.clone()
    }

    #[must_use]
    pub fn origin(&self) -> Origin {
        self.lookup.origin()
    }

    /// What whoever waits for this analysis looks at.
    #[must_use]
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// When and through what the answers were recorded, where they are recorded ones and say so.
    #[must_use]
    pub fn recorded(&self) -> Option<Recorded> {
        self.lookup.recorded()
    }

    /// All questions that have their answer, by number.
    #[must_use]
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.book().entries.iter().flatten().cloned().collect()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the answer that this thread or another one is asking for.
    fn wait(&self, slot: usize) -> Arc<Entry> {
        let mut book = self.book();
        loop {
            if let Some(Some(entry)) = book.entries.get(slot) {
                return Arc::clone(entry);
            }
            book = self.answered.wait(book).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl fmt::Debug for Ledger<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Ledger")
            .field("origin", &self.origin())
            .field("watch", &self.watch)
            .finish_non_exhaustive()
    }
}

/// New questions on their way to the lookup. Dropped, it settles what got no answer, so that no thread waits for ever.
struct Batch<'l, 'a> {
    ledger: &'l Ledger<'a>,
    unanswered: Vec<(usize, Question)>,
}

impl<'l, 'a> Batch<'l, 'a> {
    const fn new(ledger: &'l Ledger<'a>) -> Self {
        Self { ledger, unanswered: Vec::new() }
    }

    /// The slot of a question, which this batch is to ask when nobody did before.
    fn add(&mut self, book: &mut Book, question: &Question) -> usize {
        if let Some(slot) = book.slots.get(question) {
            return *slot;
        }
        let slot = book.entries.len();
        book.slots.insert(question.clone(), slot);
        let refusal = if !question.is_name() {
            Some(Failure::NotAName)
        } else if slot >= MAX_QUESTIONS {
            Some(Failure::OverLimit)
        } else if self.ledger.watch.is_cancelled() {
            Some(Failure::Cancelled)
        } else {
            None
        };
        book.entries
            .push(refusal.map(|failure| entry(slot, question.clone(), unanswered(failure), Source::Answers, None)));
        if refusal.is_none() {
            self.unanswered.push((slot, question.clone()));
            self.ledger.watch.asked.fetch_add(1, Ordering::Relaxed);
        }
        slot
    }

    /// Asks; no lock is held meanwhile.
    fn ask(mut self) {
        if self.unanswered.is_empty() {
            return;
        }
        let questions: Vec<_> = self.unanswered.iter().map(|(_, question)| question.clone()).collect();
        let answers = self.ledger.lookup.lookup(&questions);
        let count = answers.len().min(self.unanswered.len());
        let answered: Vec<_> = self.unanswered.drain(..count).zip(answers).collect();
        self.settle(answered);
    }

    fn settle(&self, answered: Vec<((usize, Question), Timed)>) {
        self.ledger.watch.answered.fetch_add(u32::try_from(answered.len()).unwrap_or(u32::MAX), Ordering::Relaxed);
        let entries = answered.into_iter().map(|((slot, question), timed)| {
            let source = self.ledger.lookup.source(&question);
            let is_tried = source == Source::WhatIf && !self.ledger.watch.is_cancelled();
            let published = if is_tried { self.ledger.lookup.published(&question) } else { None };
            (slot, entry(slot, question, timed, source, published))
        });
        let entries: Vec<_> = entries.collect();
        let mut book = self.ledger.book();
        for (slot, entry) in entries {
            if let Some(place) = book.entries.get_mut(slot) {
                *place = Some(entry);
            }
        }
        self.ledger.answered.notify_all();
    }
}

impl Drop for Batch<'_, '_> {
    fn drop(&mut self) {
        if !self.unanswered.is_empty() {
            let unanswered = self.unanswered.drain(..).map(|asked| (asked, unanswered(Failure::ServFail))).collect();
            self.settle(unanswered);
        }
    }
}

fn entry(
    slot: usize,
    question: Question,
    Timed { answer, millis }: Timed,
    source: Source,
    published: Option<Answer>,
) -> Arc<Entry> {
    let id = QuestionId(u32::try_from(slot + 1).unwrap_or(u32::MAX));
    Arc::new(Entry { id, question, answer, millis, source, published })
}

const fn unanswered(failure: Failure) -> Timed {
    Timed { answer: Answer::failed(failure), millis: None }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::{Barrier, Mutex};
    use std::thread;

    use super::super::{Offline, RecordType};
    use super::*;

    /// Answers with NXDOMAIN, and keeps the batches it was asked.
    #[derive(Default)]
    struct Counting {
        batches: Mutex<Vec<Vec<Question>>>,
    }

    impl Lookup for Counting {
        fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
            self.batches.lock().unwrap().push(questions.to_vec());
            vec![Timed { answer: Answer::failed(Failure::NxDomain), millis: Some(1) }; questions.len()]
        }

        fn origin(&self) -> Origin {
            Origin::System
        }
    }

    fn question(name: &str) -> Question {
        Question::new(name, RecordType::Txt)
    }

    #[test]
    fn asks_each_question_once_and_numbers_in_order() {
        let lookup = Counting::default();
        let ledger = Ledger::new(&lookup);
        ledger.ask(&question("b.example"));
        let batch = [question("c.example"), question("B.example."), question("a.example"), question("c.example")];
        let ids: Vec<_> = ledger.ask_all(&batch).iter().map(|entry| entry.id.0).collect();
        assert_eq!(ids, [2, 1, 3, 2]);
        assert_eq!(
            *lookup.batches.lock().unwrap(),
            [vec![question("b.example")], vec![question("c.example"), question("a.example")]]
        );
        let names: Vec<_> = ledger.entries().iter().map(|entry| entry.question.name.clone()).collect();
        assert_eq!(names, ["b.example", "c.example", "a.example"]);
    }

    #[test]
    fn asks_nobody_for_what_is_no_name() {
        let lookup = Counting::default();
        let ledger = Ledger::new(&lookup);
        for name in ["", "a..example", &"x".repeat(64)] {
            assert_eq!(ledger.ask(&question(name)).answer.records, Err(Failure::NotAName));
        }
        assert!(lookup.batches.lock().unwrap().is_empty());
    }

    #[test]
    fn stops_at_the_limit_and_still_numbers() {
        let lookup = Counting::default();
        let ledger = Ledger::new(&lookup);
        let questions: Vec<_> = (0..MAX_QUESTIONS + 2).map(|n| question(&format!("n{n}.example"))).collect();
        let entries = ledger.ask_all(&questions);
        assert_eq!(entries[MAX_QUESTIONS - 1].answer.records, Err(Failure::NxDomain));
        assert_eq!(entries[MAX_QUESTIONS].answer.records, Err(Failure::OverLimit));
        assert_eq!(entries[MAX_QUESTIONS + 1].id.0 as usize, MAX_QUESTIONS + 2);
        assert_eq!(lookup.batches.lock().unwrap()[0].len(), MAX_QUESTIONS);
    }

    #[test]
    fn asks_nothing_new_once_cancelled() {
        let lookup = Counting::default();
        let watch = Arc::new(Watch::default());
        let ledger = Ledger::watched(&lookup, Arc::clone(&watch));
        ledger.ask(&question("a.example"));
        watch.cancel();
        assert_eq!(ledger.ask(&question("a.example")).answer.records, Err(Failure::NxDomain));
        assert_eq!(ledger.ask(&question("b.example")).answer.records, Err(Failure::Cancelled));
        assert_eq!((watch.asked(), watch.answered()), (1, 1));
    }

    #[test]
    fn settles_what_a_lookup_leaves_out() {
        /// Answers the first question only.
        struct Short;
        impl Lookup for Short {
            fn lookup(&self, _: &[Question]) -> Vec<Timed> {
                vec![Timed { answer: Answer::failed(Failure::NoData), millis: Some(0) }]
            }

            fn origin(&self) -> Origin {
                Origin::System
            }
        }
        let ledger = Ledger::new(&Short);
        let entries = ledger.ask_all(&[question("a.example"), question("b.example")]);
        assert_eq!(entries[0].answer.records, Err(Failure::NoData));
        assert_eq!(entries[1].answer.records, Err(Failure::ServFail));
        assert_eq!(Ledger::new(&Offline).ask(&question("a.example")).millis, None);
    }

    #[test]
    fn joins_a_question_that_is_under_way() {
        /// Does not answer before the test has seen that the question is under way.
        struct Slow {
            calls: AtomicUsize,
            gate: Barrier,
        }
        impl Lookup for Slow {
            fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
                self.calls.fetch_add(1, Ordering::SeqCst);
                self.gate.wait();
                self.gate.wait();
                vec![Timed { answer: Answer::failed(Failure::NoData), millis: Some(7) }; questions.len()]
            }

            fn origin(&self) -> Origin {
                Origin::System
            }
        }
        let lookup = Slow { calls: AtomicUsize::new(0), gate: Barrier::new(2) };
        let ledger = Ledger::new(&lookup);
        thread::scope(|scope| {
            let first = scope.spawn(|| ledger.ask(&question("a.example")));
            lookup.gate.wait();
            let second = scope.spawn(|| ledger.ask(&question("a.example")));
            assert!(ledger.entries().is_empty());
            lookup.gate.wait();
            assert_eq!(first.join().unwrap(), second.join().unwrap());
        });
        assert_eq!(lookup.calls.load(Ordering::SeqCst), 1);
    }
}
