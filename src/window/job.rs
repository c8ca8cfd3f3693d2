//! Background analysis: numbered, cancellable, one at a time. A stale result is dropped, dropping a job cancels it, and
//! the worker asks for a repaint.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::open::Input;
use crate::analyze::{Analysis, Options, analyze};
use crate::dns::{Answer, Entry, Failure, Ledger, Lookup, Origin, Question, Recorded, Source, Timed, Watch};
use crate::message::container::Gauge;
use crate::view::{Name, Notice, Progress, Remark};

/// Reads the clock.
pub type Clock = fn() -> Timestamp;
/// Wakes the window; called from the worker.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A job that ends sooner shows no bar.
const QUIET: Duration = Duration::from_millis(200);
/// How often a shown bar is brought up to date.
const TICK: Duration = Duration::from_millis(100);
/// Results wait here until the window takes them; a worker of a stale job may wait for its place.
const WAITING: usize = 4;

/// A message that was analysed, and who answered for it.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) name: Name,
    pub(super) analysis: Arc<Analysis>,
    pub(super) lookup: Arc<dyn Lookup>,
}

/// What to do in the background.
pub(super) enum Task {
    Open {
        input: Input,
        lookup: Arc<dyn Lookup>,
        options: Options,
    },
    /// Judges a message again, asking everything anew.
    Rerun(Document),
    /// Judges it with other options. What was answered before is not asked again.
    Rejudge(Document, Options),
}

impl Task {
    fn name(&self) -> Name {
        match self {
            Self::Open { input, .. } => input.name(),
            Self::Rerun(document) | Self::Rejudge(document, _) => document.name.clone(),
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
pub(super) struct Outcome {
    pub(super) document: Result<Document, Notice>,
    pub(super) after: After,
}

/// The jobs of one window.
pub(super) struct Jobs {
    running: Option<Running>,
    last: u64,
    sender: SyncSender<(u64, Outcome)>,
    receiver: Receiver<(u64, Outcome)>,
    wake: Wake,
    clock: Clock,
}

struct Running {
    number: u64,
    started: Instant,
    name: Name,
    watch: Arc<Watch>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.watch.cancel();
    }
}

impl Jobs {
    pub(super) fn new(wake: Wake, clock: Clock) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        Self { running: None, last: 0, sender, receiver, wake, clock }
    }

    /// Starts a job; the one before it is cancelled.
    pub(super) fn start(&mut self, task: Task) {
        self.last += 1;
        let number = self.last;
        let watch = Arc::new(Watch::default());
        self.running = Some(Running { number, started: Instant::now(), name: task.name(), watch: Arc::clone(&watch) });
        let (sender, wake, clock) = (self.sender.clone(), Arc::clone(&self.wake), self.clock);
        std::thread::spawn(move || {
            let outcome = perform(task, &watch, clock);
            // The window may be gone; then nobody needs the result.
            if !watch.is_cancelled() && sender.send((number, outcome)).is_ok() {
                wake();
            }
        });
    }

    /// Cancels what runs; true when something did.
    pub(super) fn cancel(&mut self) -> bool {
        self.running.take().is_some()
    }

    /// The result of the running job, once it is there.
    pub(super) fn finished(&mut self) -> Option<Outcome> {
        while let Ok((number, outcome)) = self.receiver.try_recv() {
            if self.running.as_ref().is_some_and(|running| running.number == number) {
                self.running = None;
                return Some(outcome);
            }
        }
        None
    }

    /// How far the running job is, once it has taken long enough to tell.
    pub(super) fn progress(&self) -> Option<Progress> {
        let running = self.running.as_ref().filter(|running| running.started.elapsed() >= QUIET)?;
        let watch = &running.watch;
        let (asked, answered, tries) = (watch.asked(), watch.answered(), watch.tries());
        Some(Progress { name: running.name.clone(), asked, answered, tries })
    }

    /// When to look again at how far the running job is.
    pub(super) fn next_look(&self) -> Option<Duration> {
        let running = self.running.as_ref()?;
        Some(QUIET.checked_sub(running.started.elapsed()).unwrap_or(TICK))
    }
}

fn perform(task: Task, watch: &Arc<Watch>, clock: Clock) -> Outcome {
    let after = match task {
        Task::Open { .. } => After::Opening,
        Task::Rerun(_) => After::Rerun,
        Task::Rejudge(..) => After::Rejudging,
    };
    let name = task.name();
    // A panic is a defect, but it must not take the window with it.
    let document = catch_unwind(AssertUnwindSafe(|| judge(task, watch, clock))).unwrap_or_else(|_| Err(stopped(name)));
    Outcome { document, after }
}

fn stopped(name: Name) -> Notice {
    let notice = Notice::new(Remark::Stopped);
    match name {
        Name::Given(name) => notice.detail(name),
        Name::Pasted => notice,
    }
}

fn judge(task: Task, watch: &Arc<Watch>, clock: Clock) -> Result<Document, Notice> {
    match task {
        Task::Open { input, lookup, options } => {
            let message = input.open(&Gauge::default())?.first().map_err(|_| stopped(input.name()))?;
            let analysis = analyze(message, options, &ledger(lookup.as_ref(), watch), clock());
            Ok(Document { name: input.name(), analysis: Arc::new(analysis), lookup })
        }
        Task::Rerun(document) => {
            let Analysis { message, options, .. } = document.analysis.as_ref().clone();
            let analysis = analyze(message, options, &ledger(document.lookup.as_ref(), watch), clock());
            Ok(Document { analysis: Arc::new(analysis), ..document })
        }
        Task::Rejudge(document, options) => {
            let known = Recall { known: &document.analysis.questions, lookup: document.lookup.as_ref() };
            let message = document.analysis.message.clone();
            let analysis = analyze(message, options, &ledger(&known, watch), clock());
            Ok(Document { analysis: Arc::new(analysis), ..document })
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
        let entry = self.known.iter().find(|entry| entry.question == *question)?;
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
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::dns::{Offline, QuestionId, RecordType};

    fn task(subject: &str, lookup: Arc<dyn Lookup>) -> Task {
        let input = Input::Pasted(Arc::from(format!("From: a@example.jp\nSubject: {subject}\n\nhello\n")));
        Task::Open { input, lookup, options: Options::default() }
    }

    fn jobs() -> (Jobs, Receiver<()>) {
        let (sender, woken) = channel();
        let sender = Mutex::new(sender);
        let wake: Wake = Arc::new(move || _ = sender.lock().unwrap().send(()));
        (Jobs::new(wake, || Timestamp::UNIX_EPOCH), woken)
    }

    fn wait(jobs: &mut Jobs, woken: &Receiver<()>) -> Outcome {
        loop {
            if let Some(outcome) = jobs.finished() {
                return outcome;
            }
            woken.recv_timeout(Duration::from_secs(20)).expect("the worker wakes the window");
        }
    }

    #[test]
    fn a_later_job_wins() {
        let (mut jobs, woken) = jobs();
        jobs.start(task("first", Arc::new(Offline)));
        jobs.start(task("second", Arc::new(Offline)));
        let document = wait(&mut jobs, &woken).document.ok().unwrap();
        assert_eq!(document.analysis.facts.identity.subject.as_deref(), Some("second"));
        assert!(jobs.finished().is_none());
    }

    #[test]
    fn a_cancelled_job_leaves_nothing() {
        let (mut jobs, _woken) = jobs();
        jobs.start(task("first", Arc::new(Offline)));
        assert!(jobs.cancel());
        assert!(!jobs.cancel());
        assert!(jobs.progress().is_none() && jobs.finished().is_none());
    }

    struct Panicking;

    impl Lookup for Panicking {
        fn lookup(&self, _questions: &[Question]) -> Vec<Timed> {
            panic!("a defect")
        }

        fn origin(&self) -> Origin {
            panic!("a defect")
        }
    }

    #[test]
    fn a_panic_becomes_a_notice() {
        let (mut jobs, woken) = jobs();
        jobs.start(task("first", Arc::new(Panicking)));
        assert_eq!(wait(&mut jobs, &woken).document.err().map(|notice| notice.remark), Some(Remark::Stopped));
    }

    #[test]
    fn what_is_known_is_not_asked_again() {
        let question = |name: &str| Question::new(name, RecordType::Txt);
        let answer = Answer::failed(Failure::NoData);
        let id = QuestionId(1);
        let known =
            [Arc::new(Entry { id, question: question("a.example"), answer, millis: Some(3), source: Source::Answers })];
        let answers =
            Recall { known: &known, lookup: &Offline }.lookup(&[question("b.example"), question("a.example")]);
        assert_eq!(
            answers.iter().map(|timed| timed.answer.records.clone().err()).collect::<Vec<_>>(),
            [Some(Failure::Offline), Some(Failure::NoData)]
        );
    }
}
