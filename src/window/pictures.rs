//! Pictures for tickets: drawn on another thread, then saved or copied.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::Theme;

use super::job::Wake;
use crate::analyze::Analysis;
use crate::picture;
use crate::text::Lang;
use crate::view::{Notice, Remark, untrusted};

/// What came of drawing a picture.
pub(super) enum Pictured {
    Drawn(picture::Image),
    Told(Notice),
}

/// Pictures on their way.
pub(super) struct Pictures {
    sender: Sender<Pictured>,
    receiver: Receiver<Pictured>,
    wake: Wake,
}

impl Pictures {
    pub(super) fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake }
    }

    /// What has come since the last call.
    pub(super) fn next(&self) -> Option<Pictured> {
        self.receiver.try_recv().ok()
    }

    /// Draws one to be copied.
    pub(super) fn copy(&self, analysis: Arc<Analysis>, lang: Lang) {
        self.draw(analysis, lang, Pictured::Drawn);
    }

    /// Draws one and saves it there.
    pub(super) fn save(&self, analysis: Arc<Analysis>, lang: Lang, path: PathBuf, saved_as: Remark) {
        self.draw(analysis, lang, move |image| {
            let saved = image.png().map_err(std::io::Error::other).and_then(|bytes| std::fs::write(&path, bytes));
            Pictured::Told(match saved {
                Ok(()) => Notice::new(saved_as).detail(path.display().to_string()),
                Err(error) => Notice::new(Remark::PictureFailed).detail(format!("{}: {error}", path.display())),
            })
        });
    }

    /// Tickets are read on white, whatever the window's theme.
    fn draw(
        &self,
        analysis: Arc<Analysis>,
        lang: Lang,
        then: impl FnOnce(picture::Image) -> Pictured + Send + 'static,
    ) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let image = picture::ticket(&analysis, lang, Theme::Light, picture::WIDTH, picture::SCALE);
            if sender.send(then(image)).is_ok() {
                wake();
            }
        });
    }
}

/// The proposed file name of a picture: the message's, without what file systems do not like.
pub(super) fn name(document: &str) -> String {
    let name = untrusted::title(document);
    let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let safe: String = stem.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    format!("{}.png", safe.trim_matches(['.', ' ']))
}

/// A path in the home folder, or else the working folder, that no file has yet.
pub(super) fn free_path(name: &str) -> PathBuf {
    let folder = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_dir()).unwrap_or_default();
    let stem = name.strip_suffix(".png").unwrap_or(name);
    let numbered = (2..1000).map(|number| folder.join(format!("{stem}-{number}.png")));
    let mut candidates = std::iter::once(folder.join(name)).chain(numbered);
    candidates.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
