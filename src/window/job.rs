//! Work in the background: numbered, cancellable, one at a time of each kind. A stale result is dropped, dropping a job
//! cancels it, and the worker asks for a repaint.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use crate::dns::Watch;
use crate::message::container::Gauge;

/// Wakes the window; called from the worker.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A job that ends sooner shows no bar.
pub(super) const QUIET: Duration = Duration::from_millis(200);
/// How often a shown bar is brought up to date.
const TICK: Duration = Duration::from_millis(100);
/// Results wait here until the window takes them; a worker of a stale job may wait for its place.
const WAITING: usize = 4;

/// The handle by which work is stopped from outside.
pub(super) trait Stop: Send + Sync {
    fn stop(&self);
    fn is_stopped(&self) -> bool;
}

impl Stop for Watch {
    fn stop(&self) {
        self.cancel();
    }

    fn is_stopped(&self) -> bool {
        self.is_cancelled()
    }
}

impl Stop for Gauge {
    fn stop(&self) {
        Self::stop(self);
    }

    fn is_stopped(&self) -> bool {
        Self::is_stopped(self)
    }
}

/// The work ended in a panic: a defect, but it must not take the window with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Panicked;

/// The jobs of one kind.
pub(super) struct Jobs<T> {
    running: Option<Running>,
    last: u64,
    sender: SyncSender<(u64, Result<T, Panicked>)>,
    receiver: Receiver<(u64, Result<T, Panicked>)>,
    wake: Wake,
}

struct Running {
    number: u64,
    started: Instant,
    stop: Arc<dyn Stop>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

impl<T: Send + 'static> Jobs<T> {
    pub(super) fn new(wake: Wake) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        Self { running: None, last: 0, sender, receiver, wake }
    }

    /// Starts a job; the one before it is cancelled.
    pub(super) fn start(&mut self, stop: Arc<dyn Stop>, work: impl FnOnce() -> T + Send + 'static) {
        self.last += 1;
        let number = self.last;
        self.running = Some(Running { number, started: Instant::now(), stop: Arc::clone(&stop) });
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked);
            // The window may be gone; then nobody needs the result.
            if !stop.is_stopped() && sender.send((number, result)).is_ok() {
                wake();
            }
        });
    }

    pub(super) const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Cancels what runs; true when something did.
    pub(super) fn cancel(&mut self) -> bool {
        self.running.take().is_some()
    }

    /// The result of the running job, once it is there.
    pub(super) fn finished(&mut self) -> Option<Result<T, Panicked>> {
        while let Ok((number, result)) = self.receiver.try_recv() {
            if self.running.as_ref().is_some_and(|running| running.number == number) {
                self.running = None;
                return Some(result);
            }
        }
        None
    }

    /// Whether it has taken long enough to be worth a bar.
    pub(super) fn is_slow(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.started.elapsed() >= QUIET)
    }

    /// When to look again at how far the running job is.
    pub(super) fn next_look(&self) -> Option<Duration> {
        let running = self.running.as_ref()?;
        Some(QUIET.checked_sub(running.started.elapsed()).unwrap_or(TICK))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    use super::*;

    fn jobs() -> (Jobs<&'static str>, Receiver<()>) {
        let (sender, woken) = channel();
        let sender = Mutex::new(sender);
        let wake: Wake = Arc::new(move || _ = sender.lock().unwrap().send(()));
        (Jobs::new(wake), woken)
    }

    fn wait(jobs: &mut Jobs<&'static str>, woken: &Receiver<()>) -> Result<&'static str, Panicked> {
        loop {
            if let Some(result) = jobs.finished() {
                return result;
            }
            woken.recv_timeout(Duration::from_secs(20)).expect("the worker wakes the window");
        }
    }

    #[test]
    fn a_later_job_wins() {
        let (mut jobs, woken) = jobs();
        jobs.start(Arc::new(Watch::default()), || "first");
        jobs.start(Arc::new(Watch::default()), || "second");
        assert_eq!(wait(&mut jobs, &woken), Ok("second"));
        assert!(jobs.finished().is_none());
    }

    #[test]
    fn a_cancelled_job_leaves_nothing_and_knows() {
        let (mut jobs, _woken) = jobs();
        let gauge = Arc::new(Gauge::default());
        jobs.start(Arc::clone(&gauge) as _, || "first");
        assert!(jobs.cancel() && gauge.is_stopped());
        assert!(!jobs.cancel());
        assert!(!jobs.is_slow() && jobs.finished().is_none());
    }

    #[test]
    fn a_panic_is_a_result() {
        let (mut jobs, woken) = jobs();
        jobs.start(Arc::new(Watch::default()), || panic!("a defect"));
        assert_eq!(wait(&mut jobs, &woken), Err(Panicked));
    }
}
