//! Background analysis: numbered, cancellable, one at a time. A stale result is dropped, dropping a job cancels it, and
//! the worker asks for a repaint.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::open::Input;
use crate::analyze::{Analysis, Options, analyze};
use crate::dns::{Answer, Entry, Failure, Ledger, Lookup, Origin, Question, Timed};
use crate::message::Message;
use crate::view::{Notice, Progress, Remark};

/// Reads the clock.
pub type Clock = fn() -> Timestamp;
/// Wakes the window; called from the worker.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A job that ends sooner shows no bar.
const QUIET: Duration = Duration::from_millis(200);
/// Results wait here until the window takes them; a worker of a stale job may wait for its place.
const WAITING: usize = 4;

/// A message that was analysed, and who answered for it.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) name: String,
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
    fn name(&self) -> String {
        match self {
            Self::Open { input, .. } => input.name(),
            Self::Rerun(document) | Self::Rejudge(document, _) => document.name.clone(),
        }
    }
}

/// What came of a job.
pub(super) struct Outcome {
    pub(super) document: Result<Document, Notice>,
    /// True when the message is new on the desk, not judged again.
    pub(super) opened: bool,
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
    watch: Arc<Watch>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.watch.cancelled.store(true, Ordering::Relaxed);
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
        let watch = Arc::new(Watch::new(task.name(), Arc::clone(&self.wake)));
        self.running = Some(Running { number, started: Instant::now(), watch: Arc::clone(&watch) });
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
        Some(running.watch.progress())
    }

    /// How long until the running job has to show itself.
    pub(super) fn until_shown(&self) -> Option<Duration> {
        QUIET.checked_sub(self.running.as_ref()?.started.elapsed())
    }
}

fn perform(task: Task, watch: &Watch, clock: Clock) -> Outcome {
    let opened = matches!(task, Task::Open { .. });
    let name = task.name();
    // A panic is a defect, but it must not take the window with it.
    let document = catch_unwind(AssertUnwindSafe(|| judge(task, watch, clock)))
        .unwrap_or_else(|_| Err(Notice::new(Remark::Stopped).detail(name)));
    Outcome { document, opened }
}

fn judge(task: Task, watch: &Watch, clock: Clock) -> Result<Document, Notice> {
    match task {
        Task::Open { input, lookup, options } => {
            let message = input.read()?;
            Ok(watched(input.name(), message, options, lookup, &[], watch, clock))
        }
        Task::Rerun(Document { name, analysis, lookup }) => {
            let Analysis { message, options, .. } = analysis.as_ref().clone();
            Ok(watched(name, message, options, lookup, &[], watch, clock))
        }
        Task::Rejudge(Document { name, analysis, lookup }, options) => {
            Ok(watched(name, analysis.message.clone(), options, lookup, &analysis.questions, watch, clock))
        }
    }
}

/// Analyses a message while `watch` looks on.
fn watched(
    name: String,
    message: Message,
    options: Options,
    lookup: Arc<dyn Lookup>,
    known: &[Arc<Entry>],
    watch: &Watch,
    clock: Clock,
) -> Document {
    let asker = Asker { lookup: lookup.as_ref(), known, watch };
    let analysis = analyze(message, options, &Ledger::new(&asker), clock());
    Document { name, analysis: Arc::new(analysis), lookup }
}

/// What the window and the worker of one job share.
struct Watch {
    progress: Mutex<Progress>,
    cancelled: AtomicBool,
    wake: Wake,
}

impl Watch {
    fn new(name: String, wake: Wake) -> Self {
        let progress = Mutex::new(Progress { name, ..Progress::default() });
        Self { progress, cancelled: AtomicBool::new(false), wake }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn progress(&self) -> Progress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner));
        (self.wake)();
    }
}

/// Passes questions on, counts them, and stops asking when the job is cancelled.
struct Asker<'a> {
    lookup: &'a dyn Lookup,
    /// Answers of an earlier analysis of the same message.
    known: &'a [Arc<Entry>],
    watch: &'a Watch,
}

impl Asker<'_> {
    fn recall(&self, question: &Question) -> Option<Timed> {
        let entry = self.known.iter().find(|entry| entry.question == *question)?;
        Some(Timed { answer: entry.answer.clone(), millis: entry.millis })
    }

    fn pass_on(&self, questions: &[Question]) -> Vec<Timed> {
        if self.watch.is_cancelled() {
            let unasked = Timed { answer: Answer::failed(Failure::Offline), millis: None };
            return vec![unasked; questions.len()];
        }
        self.watch.note(|progress| {
            progress.asked += questions.len();
            progress.question = questions.first().map(|question| question.name.clone());
        });
        let answers = self.lookup.lookup(questions);
        self.watch.note(|progress| progress.answered += questions.len());
        answers
    }
}

impl Lookup for Asker<'_> {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let unknown: Vec<Question> =
            questions.iter().filter(|question| self.recall(question).is_none()).cloned().collect();
        let mut asked = if unknown.is_empty() { Vec::new() } else { self.pass_on(&unknown) }.into_iter();
        let missing = || Timed { answer: Answer::failed(Failure::ServFail), millis: None };
        questions
            .iter()
            .map(|question| self.recall(question).or_else(|| asked.next()).unwrap_or_else(missing))
            .collect()
    }

    fn origin(&self) -> Origin {
        self.lookup.origin()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::dns::{Offline, RecordType};

    fn task(name: &str, lookup: Arc<dyn Lookup>) -> Task {
        let text = Arc::from("From: a@example.jp\r\nSubject: x\r\n\r\nhello\r\n");
        let input = Input::Pasted { name: name.to_owned(), text };
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
        assert_eq!(wait(&mut jobs, &woken).document.ok().map(|document| document.name), Some("second".to_owned()));
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
        let known = [Arc::new(Entry {
            id: crate::dns::QuestionId(1),
            question: question("a.example"),
            answer,
            millis: Some(3),
        })];
        let watch = Watch::new(String::new(), Arc::new(|| {}));
        let asker = Asker { lookup: &Offline, known: &known, watch: &watch };
        let answers = asker.lookup(&[question("b.example"), question("a.example")]);
        assert_eq!(
            answers.iter().map(|timed| timed.answer.records.clone().err()).collect::<Vec<_>>(),
            [Some(Failure::Offline), Some(Failure::NoData)]
        );
        assert_eq!((watch.progress().asked, watch.progress().answered), (1, 1));
    }
}
