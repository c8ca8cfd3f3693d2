//! The work of one window in the background: files are opened one after the other, one message is judged at a time, and
//! headings are read of the rows that are looked at.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::job::{Jobs, Panicked, Stop, Wake};
use super::judge::{self, Clock, Judged, Task};
use super::open::Input;
use super::shelf::Key;
use crate::dns::Watch;
use crate::message::container::{Container, Gauge, Heading};
use crate::view::{Name, Notice, Progress, Remark, Step};

/// What has come of the work.
pub(super) enum Event {
    /// A file is open, or not. Those that were opened together have the same batch.
    Opened {
        input: Input,
        container: Container,
        batch: u64,
    },
    Judged(Box<Judged>),
    /// The message that was chosen could not be judged.
    NotJudged(Notice),
    NotOpened(Notice, u64),
    Headings(u64, Vec<(usize, Heading)>),
}

/// A file that is open, or what to tell the person.
type Found = Result<(Input, Container), Notice>;

pub(super) struct Work {
    clock: Clock,
    waiting: VecDeque<(Input, u64)>,
    batches: u64,
    opening: Jobs<Found>,
    gauge: Arc<Gauge>,
    opened: Name,
    batch: u64,
    judging: Jobs<Result<Judged, Notice>>,
    watch: Arc<Watch>,
    judged: Option<(Name, Key, Purpose)>,
    peeking: Jobs<(u64, Vec<(usize, Heading)>)>,
}

/// Whether what is judged is on show already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    First,
    Again,
}

impl Work {
    pub(super) fn new(wake: &Wake, clock: Clock) -> Self {
        Self {
            clock,
            waiting: VecDeque::new(),
            batches: 0,
            opening: Jobs::new(Arc::clone(wake)),
            gauge: Arc::default(),
            opened: Name::Pasted,
            batch: 0,
            judging: Jobs::new(Arc::clone(wake)),
            watch: Arc::default(),
            judged: None,
            peeking: Jobs::new(Arc::clone(wake)),
        }
    }

    /// Opens files that were chosen together, after those that still wait.
    pub(super) fn open(&mut self, inputs: impl IntoIterator<Item = Input>) {
        self.batches += 1;
        let batch = self.batches;
        self.waiting.extend(inputs.into_iter().map(|input| (input, batch)));
        self.open_next();
    }

    fn open_next(&mut self) {
        if self.opening.is_running() {
            return;
        }
        let Some((input, batch)) = self.waiting.pop_front() else { return };
        let gauge = Arc::new(Gauge::default());
        self.gauge = Arc::clone(&gauge);
        self.opened = input.name();
        self.batch = batch;
        let stop: Arc<dyn Stop> = Arc::clone(&gauge) as _;
        self.opening.start(stop, move || input.open(&gauge).map(|container| (input, container)));
    }

    /// Judges a message; what is judged at the time is given up.
    pub(super) fn judge(&mut self, task: Task) {
        let watch = Arc::new(Watch::default());
        self.watch = Arc::clone(&watch);
        let purpose = if matches!(task, Task::Open { .. }) { Purpose::First } else { Purpose::Again };
        self.judged = Some((task.name().clone(), task.key(), purpose));
        let clock = self.clock;
        self.judging.start(Arc::clone(&watch) as _, move || judge::perform(task, &watch, clock));
    }

    /// Reads headings, unless some are being read.
    pub(super) fn peek(&mut self, input: u64, container: Arc<Container>, messages: Vec<usize>) {
        if self.peeking.is_running() {
            return;
        }
        self.peeking.start(Arc::new(Gauge::default()), move || {
            // A heading that cannot be read stays empty: choosing the message says why.
            let read = |message: usize| (message, container.heading(message).unwrap_or_default());
            (input, messages.into_iter().map(read).collect())
        });
    }

    /// Gives up what is judged.
    pub(super) fn stop_judging(&mut self) -> bool {
        self.judging.cancel()
    }

    /// Gives up everything that a person waits for, and says what that was, if anything.
    pub(super) fn cancel(&mut self) -> Option<Remark> {
        let waited = !self.waiting.is_empty();
        self.waiting.clear();
        let opened = self.opening.cancel();
        let judged = self.judging.cancel();
        if opened || waited { Some(Remark::ReadingCancelled) } else { judged.then_some(Remark::Cancelled) }
    }

    /// What has come since the last call.
    pub(super) fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(found) = self.opening.finished() {
            events.push(match found.unwrap_or_else(|Panicked| Err(stopped(&self.opened))) {
                Ok((input, container)) => Event::Opened { input, container, batch: self.batch },
                Err(notice) => Event::NotOpened(notice, self.batch),
            });
            self.open_next();
        }
        if let Some(judged) = self.judging.finished() {
            let name = self.judged.as_ref().map_or(&Name::Pasted, |(name, ..)| name);
            events.push(match judged.unwrap_or_else(|Panicked| Err(stopped(name))) {
                Ok(judged) => Event::Judged(Box::new(judged)),
                Err(notice) => Event::NotJudged(notice),
            });
        }
        if let Some(Ok((input, headings))) = self.peeking.finished() {
            events.push(Event::Headings(input, headings));
        }
        events
    }

    /// The message that is judged for the first time, once that has taken long enough to tell.
    pub(super) fn pending(&self) -> Option<&Name> {
        let (name, _, purpose) = self.judged.as_ref()?;
        (*purpose == Purpose::First && self.judging.is_slow()).then_some(name)
    }

    /// The message that is being judged.
    pub(super) fn judged_now(&self) -> Option<Key> {
        self.judged.as_ref().filter(|_| self.judging.is_running()).map(|(_, key, _)| *key)
    }

    /// How far the work is, once it has taken long enough to tell.
    pub(super) fn progress(&self) -> Option<Progress> {
        if let Some((name, ..)) = self.judged.as_ref().filter(|_| self.judging.is_slow()) {
            let (asked, answered, tries) = (self.watch.asked(), self.watch.answered(), self.watch.tries());
            let step = Step::Asking { asked, answered, tries };
            return Some(Progress { name: name.clone(), step });
        }
        let (done, total) = self.gauge.state();
        let step = Step::Reading { done, total };
        self.opening.is_slow().then(|| Progress { name: self.opened.clone(), step })
    }

    /// When to look again.
    pub(super) fn next_look(&self) -> Option<Duration> {
        self.judging.next_look().into_iter().chain(self.opening.next_look()).min()
    }
}

fn stopped(name: &Name) -> Notice {
    let notice = Notice::new(Remark::Stopped);
    match name {
        Name::Given(name) => notice.detail(name),
        Name::Pasted | Name::Dropped => notice,
    }
}
