//! The system's file dialogs. They are made on the window's thread, as macOS demands, and waited for on another.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll, Wake as TaskWake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

use eframe::Frame;
use rfd::AsyncFileDialog;

use super::job::Wake;

/// Which dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    Open,
    /// Where to save the picture, with the proposed file name.
    SavePicture {
        name: String,
    },
    /// The same of the report.
    SaveReport {
        name: String,
    },
}

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Chosen(Vec<PathBuf>),
    Cancelled,
    /// No program on this system shows dialogs.
    NoDialog,
}

/// Without a portal or zenity rfd gives up at once, with the same answer as a person who cancels.
const TOO_SOON: Duration = Duration::from_millis(200);

/// How the files that are opened here are called.
const MAIL: &[&str] = &["eml", "msg", "emlx", "mbox", "mbx", "txt", "zip", "gz", "xml"];

/// The kinds of files that are saved.
const PICTURES: &[(&str, &str)] = &[("PNG", "png")];
const REPORTS: &[(&str, &str)] = &[("Text", "txt"), ("HTML", "html"), ("Markdown", "md"), ("JSON", "json")];

/// Shows a dialog; the answer comes through `answers`, and the window is woken.
pub(super) fn ask(dialog: Dialog, parent: Option<&Frame>, answers: Sender<(Dialog, Answer)>, wake: Wake) {
    let mut shown = AsyncFileDialog::new();
    if let Some(parent) = parent {
        shown = shown.set_parent(parent);
    }
    let chosen: std::pin::Pin<Box<dyn Future<Output = Option<Vec<rfd::FileHandle>>> + Send>> = match &dialog {
        Dialog::Open => Box::pin(shown.add_filter("E-mail", MAIL).add_filter("*", &["*"]).pick_files()),
        Dialog::SavePicture { name } | Dialog::SaveReport { name } => {
            let kinds = if matches!(dialog, Dialog::SavePicture { .. }) { PICTURES } else { REPORTS };
            let shown = kinds.iter().fold(shown, |shown, (kind, ending)| shown.add_filter(*kind, &[*ending]));
            let saved = shown.set_file_name(name).save_file();
            Box::pin(async { saved.await.map(|file| vec![file]) })
        }
    };
    std::thread::spawn(move || {
        let started = Instant::now();
        let answer = match block_on(chosen) {
            Some(files) => Answer::Chosen(files.iter().map(|file| file.path().to_owned()).collect()),
            None if cfg!(target_os = "linux") && started.elapsed() < TOO_SOON => Answer::NoDialog,
            None => Answer::Cancelled,
        };
        if answers.send((dialog, answer)).is_ok() {
            wake();
        }
    });
}

/// Waits for a future on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl TaskWake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
