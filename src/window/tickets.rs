//! What goes into a ticket, a picture or a text of the report: made on another thread, then saved or copied.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::Theme;

use super::job::Wake;
use crate::analyze::Analysis;
use crate::export::EXPORTS;
use crate::picture;
use crate::report::redact;
use crate::text::Lang;
use crate::view::{Masking, Notice, Remark, untrusted};

/// What has come of an order.
pub(super) enum Made {
    Picture(picture::Image, Masking),
    Text(String, Masking),
    Told(Notice),
}

/// What it is made of.
pub(super) struct Order {
    pub(super) analysis: Arc<Analysis>,
    pub(super) lang: Lang,
    pub(super) masking: Masking,
}

/// What is on its way.
pub(super) struct Tickets {
    sender: Sender<Made>,
    receiver: Receiver<Made>,
    wake: Wake,
}

impl Tickets {
    pub(super) fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake }
    }

    /// What has come since the last call.
    pub(super) fn next(&self) -> Option<Made> {
        self.receiver.try_recv().ok()
    }

    pub(super) fn copy_picture(&self, order: Order) {
        self.start(move || Made::Picture(order.picture(), order.masking));
    }

    pub(super) fn copy_text(&self, order: Order) {
        self.start(move || Made::Text(order.text("text"), order.masking));
    }

    pub(super) fn save_picture(&self, order: Order, path: PathBuf, saved_as: Remark) {
        self.start(move || {
            let bytes = order.picture().png().map_err(std::io::Error::other);
            saved(&path, bytes.and_then(|bytes| std::fs::write(&path, bytes)), saved_as, order.masking)
        });
    }

    /// Saves the report in the format that the ending of the name says, else as text.
    pub(super) fn save_report(&self, order: Order, path: PathBuf, saved_as: Remark) {
        self.start(move || {
            let text = order.text(format(&path));
            saved(&path, std::fs::write(&path, text), saved_as, order.masking)
        });
    }

    fn start(&self, make: impl FnOnce() -> Made + Send + 'static) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(make)).unwrap_or(Made::Told(Notice::new(Remark::Stopped)));
            if sender.send(done).is_ok() {
                wake();
            }
        });
    }
}

impl Order {
    /// The analysis as it may be shown.
    fn shown(&self) -> Cow<'_, Analysis> {
        match self.masking {
            Masking::On => Cow::Owned(redact::redact(&self.analysis)),
            Masking::Off => Cow::Borrowed(&self.analysis),
        }
    }

    /// Tickets are read on white, whatever the window's theme.
    fn picture(&self) -> picture::Image {
        picture::ticket(&self.shown(), self.lang, Theme::Light, picture::WIDTH, picture::SCALE)
    }

    fn text(&self, format: &str) -> String {
        let export = EXPORTS.iter().find(|export| export.name == format);
        export.map(|export| export.write(&self.shown(), self.lang)).unwrap_or_default()
    }
}

/// The format of a file by its name.
fn format(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => "html",
        "md" => "markdown",
        "json" => "json",
        _ => "text",
    }
}

fn saved(path: &Path, done: std::io::Result<()>, saved_as: Remark, masking: Masking) -> Made {
    Made::Told(match done {
        Ok(()) => Notice::new(saved_as).detail(path.display().to_string()).masking(masking),
        Err(error) => Notice::new(Remark::SavingFailed).detail(format!("{}: {error}", path.display())),
    })
}

/// The proposed file name: the message's, without what file systems do not like.
pub(super) fn name(document: &str, ending: &str) -> String {
    let name = untrusted::title(document);
    let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let safe: String = stem.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    format!("{}.{ending}", safe.trim_matches(['.', ' ']))
}

/// A path in the home folder, or else the working folder, that no file has yet.
pub(super) fn free_path(name: &str) -> PathBuf {
    let folder = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_dir()).unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let numbered = (2..1000).map(|number| folder.join(format!("{stem}-{number}.{ending}")));
    let mut candidates = std::iter::once(folder.join(name)).chain(numbered);
    candidates.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_says_the_format() {
        for (path, expected) in
            [("a.HTML", "html"), ("a.md", "markdown"), ("a.json", "json"), ("a.b", "text"), ("a", "text")]
        {
            assert_eq!(format(Path::new(path)), expected);
            assert!(EXPORTS.iter().any(|export| export.name == expected));
        }
    }
}
