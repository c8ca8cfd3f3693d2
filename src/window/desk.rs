//! What lies open: messages, the person's choices and running jobs. Knows egui, but neither eframe nor a screen, so that
//! tests drive it whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::Frame;
use eframe::egui::{ColorImage, Context, Theme, ThemePreference, Ui, ViewportCommand};
use jiff::tz::TimeZone;

use super::dialog::{self, Answer, Dialog};
use super::job::{After, Document, Jobs, Outcome, Task, Wake};
use super::open::Input;
use super::{Launch, typed_path};
use crate::analyze::{Analysis, Options};
use crate::dns::{Live, Lookup, Offline, Origin, Server, Snapshot, WithKeys};
use crate::picture;
use crate::settings::Settings;
use crate::text::Lang;
use crate::view::untrusted::{self, CopyOriginal};
use crate::view::{
    self, Action, Appearance, Asking, Notice, Panel, Progress, Remark, Request, Scene, Shown, State, theme,
};

/// The most messages of a session that can be shown again.
const RECENT: usize = 20;

/// Everything behind one window.
pub struct Desk {
    state: State,
    jobs: Jobs,
    /// Newest first; the first is the one that was opened last.
    documents: Vec<Document>,
    /// Which of them is on show; `None` shows the welcome view.
    shown: Option<usize>,
    notice: Option<Notice>,
    progress: Option<Progress>,
    action: Option<Action>,
    dialog: Option<Dialog>,
    answers: Answers,
    pictures: (Sender<Pictured>, Receiver<Pictured>),
    wake: Wake,
    lookup: Arc<dyn Lookup>,
    options: Options,
    settings: Settings,
    save: fn(&Settings) -> std::io::Result<()>,
}

/// Both ends of the way on which dialogs answer.
type Answers = (Sender<(Dialog, Answer)>, Receiver<(Dialog, Answer)>);

/// What came of drawing a picture in the background.
enum Pictured {
    Drawn(picture::Image),
    Told(Notice),
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Desk").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Desk {
    #[must_use]
    pub fn new(launch: Launch, context: &Context) -> Self {
        theme::install(context);
        context.options_mut(|options| options.fallback_theme = Theme::Light);
        context.add_plugin(CopyOriginal);
        let waker = context.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let state = State {
            lang: launch.lang,
            appearance: Appearance::named(launch.settings.appearance.as_deref()),
            asking: if launch.lookup.origin() == Origin::Offline { Asking::Off } else { Asking::Allowed },
            ..State::default()
        };
        let mut desk = Self {
            jobs: Jobs::new(Arc::clone(&wake), launch.clock),
            state,
            documents: Vec::new(),
            shown: None,
            notice: None,
            progress: None,
            action: None,
            dialog: None,
            answers: channel(),
            pictures: channel(),
            wake,
            lookup: launch.lookup,
            options: launch.options,
            settings: launch.settings,
            save: launch.save,
        };
        desk.set_appearance(context);
        if let Some(input) = launch.inputs.into_iter().last() {
            desk.open(input);
        }
        desk
    }

    /// What the person chose.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The analysis on show.
    #[must_use]
    pub fn analysis(&self) -> Option<&Analysis> {
        Some(&self.document()?.analysis)
    }

    #[must_use]
    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    fn document(&self) -> Option<&Document> {
        self.documents.get(self.shown?)
    }

    /// Does what was asked for and takes what has come from other threads. Draws nothing.
    pub fn logic(&mut self, context: &Context) {
        self.take_drops(context);
        if let Some(action) = self.action.take() {
            let before = (self.state.lang, self.state.appearance);
            if let Some(request) = self.state.apply(action) {
                self.perform(request, context);
            }
            if self.state.asking == Asking::Allowed {
                self.find_resolver();
            }
            if before != (self.state.lang, self.state.appearance) {
                self.set_appearance(context);
                self.set_title(context);
                self.save_settings();
            }
        }
        while let Ok((dialog, answer)) = self.answers.1.try_recv() {
            self.take_answer(&dialog, answer);
        }
        while let Ok(pictured) = self.pictures.1.try_recv() {
            self.take_picture(pictured, context);
        }
        if let Some(outcome) = self.jobs.finished() {
            self.take_outcome(outcome, context);
        }
        self.progress = self.jobs.progress();
        if let Some(later) = self.jobs.next_look() {
            context.request_repaint_after(later);
        }
    }

    /// Draws everything and remembers what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let words = self.state.words();
        let name = |document: &Document| document.name.shown(words).to_owned();
        let recent: Vec<String> = self.documents.iter().map(name).collect();
        let shown =
            self.document().map(|document| Shown { name: document.name.shown(words), analysis: &document.analysis });
        let scene = Scene { shown, progress: self.progress.as_ref(), notice: self.notice.as_ref(), recent: &recent };
        let action = view::show(ui, &scene, &self.state);
        if action.is_some() {
            self.action = action;
            ui.ctx().request_repaint();
        }
    }

    /// The dialog that was asked for since the last call.
    pub fn wanted_dialog(&mut self) -> Option<Dialog> {
        self.dialog.take()
    }

    /// Shows a dialog before `parent`.
    pub fn ask(&self, dialog: Dialog, parent: Option<&Frame>) {
        dialog::ask(dialog, parent, self.answers.0.clone(), Arc::clone(&self.wake));
    }

    /// Keeps language and appearance for the next session.
    pub fn save_settings(&mut self) {
        let settings = Settings {
            lang: Some(self.state.lang.to_string()),
            appearance: Some(self.state.appearance.name().to_owned()),
        };
        if settings != self.settings {
            if (self.save)(&settings).is_err() {
                self.notice = Some(Notice::new(Remark::SettingsNotSaved));
            }
            self.settings = settings;
        }
    }

    fn set_appearance(&self, context: &Context) {
        context.set_theme(match self.state.appearance {
            Appearance::System => ThemePreference::System,
            Appearance::Light => ThemePreference::Light,
            Appearance::Dark => ThemePreference::Dark,
        });
    }

    fn take_drops(&mut self, context: &Context) {
        let dropped = context.input(|input| input.raw.dropped_files.clone());
        if let Some(file) = dropped.into_iter().last() {
            self.open(Input::Dropped(file));
        }
    }

    fn open(&mut self, input: Input) {
        self.notice = None;
        let lookup = match &input {
            // A test reads every snapshot, so that one that cannot be read does not get here.
            Input::Sample(sample) => {
                sample.snapshot().map_or_else(|_| Arc::new(Offline) as _, |snapshot| Arc::new(snapshot) as _)
            }
            Input::File(_) | Input::Dropped(_) | Input::Pasted(_) => self.lookup(),
        };
        self.jobs.start(Task::Open { input, lookup, options: self.options.clone() });
    }

    /// A window that was started offline finds its resolver when the person switches DNS on.
    fn find_resolver(&mut self) {
        if self.lookup.origin() != Origin::Offline {
            return;
        }
        match Live::new(&Server::System) {
            Ok(live) => self.lookup = with_keys(self.lookup.keys(), Arc::new(live)),
            Err(error) => {
                self.state.asking = Asking::Off;
                self.notice = Some(Notice::new(Remark::NoResolver).detail(error.to_string()));
            }
        }
    }

    /// Who answers, as the person has switched it.
    fn lookup(&self) -> Arc<dyn Lookup> {
        match self.state.asking {
            Asking::Allowed => Arc::clone(&self.lookup),
            Asking::Off => with_keys(self.lookup.keys(), Arc::new(Offline)),
        }
    }

    /// The message on show with who answers now; recorded answers stay with their message.
    fn document_to_judge(&self) -> Option<Document> {
        let document = self.document()?.clone();
        let recorded = matches!(document.lookup.origin(), Origin::Snapshot(_));
        Some(if recorded { document } else { Document { lookup: self.lookup(), ..document } })
    }

    fn perform(&mut self, request: Request, context: &Context) {
        self.notice = None;
        match request {
            Request::OpenDialog => self.dialog = Some(Dialog::Open),
            Request::OpenPath(path) => self.open(Input::File(typed_path(&path))),
            Request::OpenSample(sample) => self.open(Input::Sample(sample)),
            Request::OpenRecent(index) => self.show(index, context),
            Request::Read(text) => self.read(text),
            Request::Paste => context.send_viewport_cmd(ViewportCommand::RequestPaste),
            Request::Boundary(hop) => self.choose_boundary(hop),
            Request::Rerun => {
                if let Some(document) = self.document_to_judge() {
                    self.jobs.start(Task::Rerun(document));
                }
            }
            Request::Cancel => {
                if self.jobs.cancel() {
                    self.notice = Some(Notice::new(Remark::Cancelled));
                }
            }
            Request::SavePicture => self.dialog = self.picture_name().map(|name| Dialog::SavePicture { name }),
            Request::CopyPicture => self.draw(Pictured::Drawn),
            Request::CopyText(text) => context.copy_text(text),
            // Whatever is asked for, the notice has gone.
            Request::Dismiss => {}
            Request::Close => {
                self.jobs.cancel();
                self.shown = None;
                self.set_title(context);
            }
            Request::Quit => context.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    fn read(&mut self, text: String) {
        if text.trim().is_empty() {
            self.notice = Some(Notice::new(Remark::NothingToPaste));
        } else {
            self.open(Input::Pasted(Arc::from(text)));
        }
    }

    fn choose_boundary(&mut self, hop: Option<usize>) {
        if let Some(document) = self.document_to_judge() {
            let options = Options { hop, ..document.analysis.options.clone() };
            self.jobs.start(Task::Rejudge(document, options));
        }
    }

    fn take_outcome(&mut self, outcome: Outcome, context: &Context) {
        match outcome.document {
            Ok(document) => {
                if outcome.after == After::Rerun {
                    let now = document.analysis.facts.judged_at.now.to_zoned(TimeZone::system());
                    self.notice = Some(Notice::new(Remark::CheckedAgain).detail(now.strftime("%H:%M:%S").to_string()));
                }
                self.put(document, outcome.after, context);
            }
            Err(notice) => self.notice = Some(notice),
        }
    }

    /// Puts a finished message on the desk.
    fn put(&mut self, document: Document, after: After, context: &Context) {
        let again = after != After::Opening;
        let judged_again = self.shown.and_then(|shown| self.documents.get_mut(shown)).filter(|_| again);
        if let Some(shown) = judged_again {
            *shown = document;
        } else {
            self.documents.insert(0, document);
            self.documents.truncate(RECENT);
            self.state.panel = Panel::Summary;
            self.show(0, context);
        }
    }

    fn show(&mut self, index: usize, context: &Context) {
        self.shown = Some(index).filter(|index| *index < self.documents.len());
        self.state.forget_message();
        self.set_title(context);
    }

    fn set_title(&self, context: &Context) {
        let title = match self.document() {
            Some(document) => format!("{} — Hopscope", untrusted::title(document.name.shown(self.state.words()))),
            None => "Hopscope".to_owned(),
        };
        context.send_viewport_cmd(ViewportCommand::Title(title));
    }

    fn take_answer(&mut self, dialog: &Dialog, answer: Answer) {
        match (dialog, answer) {
            (Dialog::Open, Answer::Chosen(path)) => self.open(Input::File(path)),
            (Dialog::Open, Answer::NoDialog) => self.notice = Some(Notice::new(Remark::NoDialog)),
            (Dialog::SavePicture { .. }, Answer::Chosen(path)) => self.save_picture(path, Remark::PictureSaved),
            (Dialog::SavePicture { name }, Answer::NoDialog) => {
                self.save_picture(free_path(name), Remark::PictureSavedUnasked);
            }
            (_, Answer::Cancelled) => {}
        }
    }

    fn take_picture(&mut self, pictured: Pictured, context: &Context) {
        self.notice = Some(match pictured {
            Pictured::Drawn(image) => {
                let size = [image.width, image.height];
                context.copy_image(ColorImage::from_rgba_premultiplied(size, &image.rgba));
                Notice::new(Remark::PictureCopied)
            }
            Pictured::Told(notice) => notice,
        });
    }

    /// The proposed file name of a picture: the message's, without what file systems do not like.
    fn picture_name(&self) -> Option<String> {
        let name = untrusted::title(self.document()?.name.shown(self.state.words()));
        let stem = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let safe: String =
            stem.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
        Some(format!("{}.png", safe.trim_matches(['.', ' '])))
    }

    fn save_picture(&mut self, path: PathBuf, saved_as: Remark) {
        self.draw(move |image| {
            let saved = image.png().map_err(std::io::Error::other).and_then(|bytes| std::fs::write(&path, bytes));
            Pictured::Told(match saved {
                Ok(()) => Notice::new(saved_as).detail(path.display().to_string()),
                Err(error) => Notice::new(Remark::PictureFailed).detail(format!("{}: {error}", path.display())),
            })
        });
    }

    /// Draws the picture on another thread. Tickets are read on white, whatever the window's theme.
    fn draw(&mut self, then: impl FnOnce(picture::Image) -> Pictured + Send + 'static) {
        let Some(document) = self.document() else { return };
        let (analysis, lang): (Arc<Analysis>, Lang) = (Arc::clone(&document.analysis), self.state.lang);
        let (sender, wake) = (self.pictures.0.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let image = picture::ticket(&analysis, lang, Theme::Light, picture::WIDTH, picture::SCALE);
            if sender.send(then(image)).is_ok() {
                wake();
            }
        });
        self.notice = Some(Notice::new(Remark::DrawingPicture));
    }
}

/// A file of keys answers whoever else does.
fn with_keys(keys: Option<Arc<Snapshot>>, rest: Arc<dyn Lookup>) -> Arc<dyn Lookup> {
    match keys {
        Some(keys) => Arc::new(WithKeys::new(keys, rest)),
        None => rest,
    }
}

/// A path in the home folder, or else the working folder, that no file has yet.
fn free_path(name: &str) -> PathBuf {
    let folder = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_dir()).unwrap_or_default();
    let stem = name.strip_suffix(".png").unwrap_or(name);
    let numbered = (2..1000).map(|number| folder.join(format!("{stem}-{number}.png")));
    let mut candidates = std::iter::once(folder.join(name)).chain(numbered);
    candidates.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
