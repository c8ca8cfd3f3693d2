//! What lies open: messages, the person's choices and running jobs. Knows egui, but neither eframe nor a screen, so that
//! tests drive it whole.

mod session;
mod ticket;
mod what_if;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::Frame;
use eframe::egui::{Context, Theme, ThemePreference, Ui, ViewportCommand};
use jiff::tz::TimeZone;

use super::dialog::{self, Answer, Dialog};
use super::job::Wake;
use super::judge::{After, Document, Judged, Task};
use super::open::{Handed, Input};
use super::shelf::{Key, Noted, Shelf};
use super::tickets::Tickets;
use super::work::{Event, Work};
use super::{Launch, typed_path};
use crate::analyze::{Analysis, Options};
use crate::auth::dkim::canonical::{Excerpt, Part};
use crate::check::provider::Wanted;
use crate::dns::{Live, Lookup, Offline, Origin, Overlay, Server, Snapshot};
use crate::facts::network::NetworkCheck;
use crate::message::container::Container;
use crate::settings::Settings;
use crate::view::untrusted::{self, CopyOriginal};
use crate::view::{
    self, Action, Appearance, Asking, List, Masking, Notice, Octets, Panel, Progress, Remark, Request, Scene, Shown,
    State, theme,
};

/// How many judged messages are kept at hand; another that is chosen again is judged again.
const AT_HAND: usize = 20;

/// Everything behind one window.
pub struct Desk {
    state: State,
    shelf: Shelf,
    work: Work,
    /// Messages that were judged, the one used last first.
    documents: Vec<Document>,
    /// Which of them is on show; `None` shows the welcome view.
    shown: Option<Key>,
    /// The newest batch of files of which one was chosen for the person.
    answered: u64,
    /// An input that was just opened: its message opens on the summary.
    fresh: Option<u64>,
    notice: Option<Notice>,
    /// The batch of files that the notice is about.
    refused: u64,
    progress: Option<Progress>,
    action: Option<Action>,
    dialog: Option<Dialog>,
    answers: Answers,
    handed: (Sender<Handed>, Receiver<Handed>),
    tickets: Tickets,
    wake: Wake,
    lookup: Arc<dyn Lookup>,
    options: Options,
    /// The checks that ask others, as they are kept: those that the person switched on, not those of a flag.
    kept_checks: Vec<String>,
    settings: Settings,
    save: fn(&Settings) -> std::io::Result<()>,
}

/// Both ends of the way on which dialogs answer.
type Answers = (Sender<(Dialog, Answer)>, Receiver<(Dialog, Answer)>);

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
            masking: Masking::named(launch.settings.masking.as_deref()),
            asking: if launch.lookup.origin() == Origin::Offline { Asking::Off } else { Asking::Allowed },
            ..State::default()
        };
        let mut desk = Self {
            state,
            shelf: Shelf::default(),
            work: Work::new(&wake, launch.clock),
            documents: Vec::new(),
            shown: None,
            answered: 0,
            fresh: None,
            notice: None,
            refused: 0,
            progress: None,
            action: None,
            dialog: None,
            answers: channel(),
            handed: channel(),
            tickets: Tickets::new(Arc::clone(&wake)),
            wake,
            lookup: launch.lookup,
            options: with_saved_checks(launch.options, &launch.settings),
            kept_checks: launch.settings.checks.clone(),
            settings: launch.settings,
            save: launch.save,
        };
        desk.set_appearance(context);
        desk.open(launch.inputs);
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

    /// What was opened in this session.
    #[must_use]
    pub const fn list(&self) -> &impl List {
        &self.shelf
    }

    fn document(&self) -> Option<&Document> {
        let shown = self.shown?;
        self.documents.iter().find(|document| document.key == shown)
    }

    /// Does what was asked for and takes what has come from other threads. Draws nothing.
    pub fn logic(&mut self, context: &Context) {
        self.take_drops(context);
        if let Some(action) = self.action.take() {
            let before = (self.state.lang, self.state.appearance, self.state.masking);
            if let Some(request) = self.state.apply(action) {
                self.perform(request, context);
            }
            if self.state.asking == Asking::Allowed {
                self.find_resolver();
            }
            if before != (self.state.lang, self.state.appearance, self.state.masking) {
                self.set_appearance(context);
                self.set_title(context);
                self.save_settings();
            }
        }
        while let Ok((dialog, answer)) = self.answers.1.try_recv() {
            self.take_answer(&dialog, answer);
        }
        while let Some(made) = self.tickets.next() {
            self.take_made(made, context);
        }
        for event in self.work.events() {
            self.take(event, context);
        }
        if let Some((input, container, messages)) = self.shelf.unread() {
            self.work.peek(input, container, messages);
        }
        self.progress = self.work.progress();
        if let Some(later) = self.work.next_look() {
            context.request_repaint_after(later);
        }
    }

    /// Draws everything and remembers what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let words = self.state.words();
        let shown =
            self.document().map(|document| Shown { name: document.name.shown(words), analysis: &document.analysis });
        let scene = Scene {
            shown,
            progress: self.progress.as_ref(),
            notice: self.notice.as_ref(),
            pending: self.work.pending(),
            list: Some(&self.shelf),
        };
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

    /// The way on which what was dropped from other programs comes in.
    pub fn receiver(&self) -> impl Fn(Handed) + Send + 'static {
        let (sender, wake) = (self.handed.0.clone(), Arc::clone(&self.wake));
        move |handed| {
            // The window may be gone; then nobody needs it.
            if sender.send(handed).is_ok() {
                wake();
            }
        }
    }

    /// Keeps language, appearance, masking and the checks that are on for the next session.
    pub fn save_settings(&mut self) {
        let settings = Settings {
            lang: Some(self.state.lang.to_string()),
            appearance: Some(self.state.appearance.name().to_owned()),
            masking: Some(self.state.masking.name().to_owned()),
            checks: self.kept_checks.clone(),
            unknown: self.settings.unknown.clone(),
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
        if !dropped.is_empty() {
            self.open(dropped.into_iter().map(Input::Dropped));
        }
        while let Ok(handed) = self.handed.1.try_recv() {
            self.open(handed.inputs());
        }
    }

    fn open(&mut self, inputs: impl IntoIterator<Item = Input>) {
        self.notice = None;
        self.work.open(inputs);
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
        if recorded {
            return Some(document);
        }
        let lookup = with_what_if(document.lookup.what_if(), self.lookup());
        Some(Document { lookup, ..document })
    }

    fn perform(&mut self, request: Request, context: &Context) {
        self.notice = None;
        match request {
            Request::OpenDialog => self.dialog = Some(Dialog::Open),
            Request::OpenPath(path) => self.open([Input::File(typed_path(&path))]),
            Request::OpenSample(sample) => self.open([Input::Sample(sample)]),
            Request::Choose(row) => {
                if let Some(key) = self.shelf.key(row) {
                    self.choose(key, context);
                }
            }
            Request::Remove(row) => self.remove(row, context),
            Request::ClearList => {
                self.work.cancel();
                self.shelf.clear();
                self.documents.clear();
                self.show(None, context);
            }
            Request::Read(text) => self.read(text),
            Request::HowToSave => self.notice = Some(Notice::new(Remark::HowToSave)),
            Request::Paste => context.send_viewport_cmd(ViewportCommand::RequestPaste),
            Request::Boundary(hop) => self.choose_boundary(hop),
            Request::WhatIf(records) => self.try_records(records),
            Request::TryRecord(records) => {
                let records = what_if::merged(&self.state.what_if, &records);
                self.try_records(Some(records));
            }
            Request::UndoWhatIf => self.undo_what_if(),
            Request::Provider(provider) => self.choose_provider(provider),
            Request::Checks(checks) => self.switch_checks(checks),
            Request::Session(typed) => self.judge_session(&typed),
            Request::Rerun => {
                if let Some(document) = self.document_to_judge() {
                    self.work.judge(Task::Rerun(document));
                }
            }
            Request::Cancel => {
                if let Some(remark) = self.work.cancel() {
                    self.notice = Some(Notice::new(remark));
                    self.shelf.choose(self.shown);
                }
            }
            Request::Octets(signature, part) => self.show_octets(signature, part),
            Request::SavePicture => self.ask_where("png", |name| Dialog::SavePicture { name }),
            Request::CopyPicture => self.copy_picture(),
            Request::SaveReport => self.ask_where("txt", |name| Dialog::SaveReport { name }),
            Request::CopyReport => self.copy_report(),
            Request::ShowReturned => {
                if let Some(key) = self.shown.and_then(|key| self.shelf.below(key)) {
                    self.choose(key, context);
                }
            }
            Request::CopyText(text) => context.copy_text(text),
            // Whatever is asked for, the notice has gone.
            Request::Dismiss => {}
            Request::Close => match self.shelf.chosen() {
                Some(row) => self.remove(row, context),
                None => self.show(None, context),
            },
            Request::Quit => context.send_viewport_cmd(ViewportCommand::Close),
        }
    }

    /// Makes the beginning of the canonical bytes, which takes little time however long they are.
    fn show_octets(&mut self, signature: usize, part: Part) {
        let excerpt = self.analysis().and_then(|analysis| {
            let signature = analysis.facts.dkim.get(signature)?;
            Excerpt::of(&analysis.message, signature, part)
        });
        self.state.octets = Some(Octets { signature, part, excerpt });
    }

    fn read(&mut self, text: String) {
        if text.trim().is_empty() {
            self.notice = Some(Notice::new(Remark::NothingToPaste));
        } else {
            self.open([Input::Pasted(Arc::from(text))]);
        }
    }

    fn choose_boundary(&mut self, hop: Option<usize>) {
        if let Some(document) = self.document_to_judge() {
            let options = Options { hop, ..document.analysis.options.clone() };
            self.work.judge(Task::Rejudge(document, options));
        }
    }

    fn choose_provider(&mut self, provider: Wanted) {
        if let Some(document) = self.document_to_judge() {
            let options = Options { provider, ..document.analysis.options.clone() };
            self.work.judge(Task::Rejudge(document, options));
        }
    }

    /// From now on every message is judged with these checks; the one on show is judged anew.
    fn switch_checks(&mut self, checks: Vec<NetworkCheck>) {
        self.kept_checks = checks.iter().map(|check| check.name().to_owned()).collect();
        self.options.network = checks;
        self.save_settings();
        self.judge_with_checks();
    }

    /// Judges the message on show anew where other checks are on than when it was judged.
    fn judge_with_checks(&mut self) {
        let Some(document) = self.document_to_judge() else { return };
        if document.analysis.options.network != self.options.network {
            let network = self.options.network.clone();
            let options = Options { network, ..document.analysis.options.clone() };
            self.work.judge(Task::Rejudge(document, options));
        }
    }

    /// Shows a message of the list, judged before or now.
    fn choose(&mut self, key: Key, context: &Context) {
        let key = self.shelf.resolved(key);
        self.shelf.choose(Some(key));
        if let Some(place) = self.documents.iter().position(|document| document.key == key) {
            self.work.stop_judging();
            let document = self.documents.remove(place);
            self.documents.insert(0, document);
            self.show(Some(key), context);
            self.judge_with_checks();
            return;
        }
        let Some(opened) = self.shelf.input(key) else { return };
        let lookup = opened.lookup.clone().unwrap_or_else(|| self.lookup());
        self.work.judge(Task::Open {
            container: Arc::clone(&opened.container),
            key,
            name: opened.name.clone(),
            lookup,
            options: self.options.clone(),
        });
    }

    /// Takes a file off the list. What was on show of it gives way to the next.
    fn remove(&mut self, row: usize, context: &Context) {
        let Some((input, next)) = self.shelf.remove(row) else { return };
        self.documents.retain(|document| document.key.input != input);
        let is_gone = |key: Option<Key>| key.is_some_and(|key| key.input == input);
        if is_gone(self.work.judged_now()) {
            self.work.stop_judging();
        }
        if !is_gone(self.shown) {
            self.shelf.choose(self.work.judged_now().or(self.shown));
            return;
        }
        self.show(None, context);
        if let Some(next) = next {
            self.choose(next, context);
        }
    }

    fn take(&mut self, event: Event, context: &Context) {
        match event {
            Event::Opened { input, container, batch } => self.put(input, container, batch, context),
            Event::Judged(judged) => self.take_judged(*judged, context),
            Event::NotJudged(notice) => {
                self.refuse(notice, self.answered);
                self.shelf.choose(self.shown);
            }
            Event::NotOpened(notice, batch) => self.refuse(notice, batch),
            Event::Headings(input, headings) => self.shelf.take_headings(input, headings),
        }
    }

    /// Tells of a file that could not be opened, besides the others of its batch.
    fn refuse(&mut self, notice: Notice, batch: u64) {
        match &mut self.notice {
            Some(first) if self.refused == batch => first.more.push(notice),
            _ => self.notice = Some(notice),
        }
        self.refused = batch;
    }

    /// Puts an opened file on the list. The first of those that were opened together is chosen.
    fn put(&mut self, input: Input, container: Container, batch: u64, context: &Context) {
        let lookup: Option<Arc<dyn Lookup>> = match &input {
            // A test reads every snapshot, so that one that cannot be read does not get here.
            Input::Sample(sample) => {
                Some(sample.snapshot().map_or_else(|_| Arc::new(Offline) as _, |snapshot| Arc::new(snapshot) as _))
            }
            Input::File(_) | Input::Dropped(_) | Input::Pasted(_) | Input::Handed(_) => None,
        };
        let Some(key) = self.shelf.add(input, container, lookup) else {
            self.refuse(Notice::new(Remark::ListFull), batch);
            return;
        };
        if self.answered < batch {
            self.answered = batch;
            self.fresh = Some(key.input);
            self.choose(key, context);
        }
    }

    fn take_judged(&mut self, judged: Judged, context: &Context) {
        let Judged { document, layers, after } = judged;
        let key = document.key;
        self.shelf.learn(key, layers, Noted::of(&document.analysis));
        if after == After::Rerun {
            let now = document.analysis.facts.judged_at.now.to_zoned(TimeZone::system());
            self.notice = Some(Notice::new(Remark::CheckedAgain).detail(now.strftime("%H:%M:%S").to_string()));
        }
        if after == After::Rejudging && document.lookup.what_if().is_some() && !document.analysis.is_what_if() {
            self.notice = Some(Notice::new(Remark::WhatIfUnused));
        }
        self.documents.retain(|other| other.key != key);
        self.documents.insert(0, document);
        self.documents.truncate(AT_HAND);
        if after == After::Rejudging && self.shown == Some(key) {
            self.show_tried();
        }
        if after == After::Opening {
            if self.fresh.take() == Some(key.input) {
                self.state.panel = Panel::Summary;
            }
            self.shelf.choose(Some(key));
            self.show(Some(key), context);
        }
    }

    fn show(&mut self, key: Option<Key>, context: &Context) {
        self.shown = key;
        self.state.forget_message();
        self.show_session();
        self.show_tried();
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
            (Dialog::Open, Answer::Chosen(paths)) => self.open(paths.into_iter().map(Input::File)),
            (Dialog::SavePicture { .. }, Answer::Chosen(paths)) => {
                for path in paths {
                    self.save_picture(path, Remark::Saved);
                }
            }
            (Dialog::SaveReport { .. }, Answer::Chosen(paths)) => {
                for path in paths {
                    self.save_report(path, Remark::Saved);
                }
            }
            (unanswered, Answer::NoDialog) => self.save_unasked(unanswered),
            (_, Answer::Cancelled) => {}
        }
    }
}

/// What a flag asks for wins over what was saved.
fn with_saved_checks(mut options: Options, settings: &Settings) -> Options {
    if options.network.is_empty() {
        let saved = |check: &NetworkCheck| settings.checks.iter().any(|name| name == check.name());
        options.network = NetworkCheck::ALL.into_iter().filter(saved).collect();
    }
    options
}

/// A file of keys answers whoever else does.
fn with_keys(keys: Option<Arc<Snapshot>>, rest: Arc<dyn Lookup>) -> Arc<dyn Lookup> {
    match keys {
        Some(keys) => Arc::new(Overlay::keys(keys, rest)),
        None => rest,
    }
}

/// Records that are tried answer before anybody else.
fn with_what_if(changes: Option<Arc<Snapshot>>, rest: Arc<dyn Lookup>) -> Arc<dyn Lookup> {
    match changes {
        Some(changes) => Arc::new(Overlay::what_if(changes, rest)),
        None => rest,
    }
}
