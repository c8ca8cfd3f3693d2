//! A word to the person: what happened and what to do next.

use egui::{RichText, ScrollArea, Ui};

use super::action::{Action, Request};
use super::state::Masking;
use super::theme::{self, Tone};
use super::untrusted::Untrusted;
use super::widgets::{fact, shape};
use crate::message::container::Foreign;
use crate::text::{MailProgram, Words, count};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    CannotRead,
    IsFolder,
    Empty,
    /// There is no header field in it.
    NoMail,
    /// Another kind of file, which people take for a message.
    Foreign(Foreign),
    /// A compound file in which Outlook saved no message.
    NoOutlookMessage,
    TooLarge,
    /// An archive without a message, with a password, damaged, or too large when it is unpacked.
    NothingInside,
    ArchiveLocked,
    ArchiveBroken,
    ArchiveTooLarge,
    /// The file is not what it was when it was opened.
    FileChanged,
    /// There is no room for more in the list.
    ListFull,
    /// Something was dropped that is no file, as some mail programs do.
    NoFileDropped(MailProgram),
    NothingToPaste,
    NoDialog,
    /// The analysis ended without a result.
    Stopped,
    Cancelled,
    /// The same of a file that was being read.
    ReadingCancelled,
    /// Asked for: how a message is saved.
    HowToSave,
    /// The message was judged anew, at the time in the detail.
    CheckedAgain,
    DrawingPicture,
    PictureCopied,
    TextCopied,
    Saved,
    /// Saved without having been asked where, for want of a dialog.
    SavedUnasked,
    SavingFailed,
    /// What was typed as records to try is none.
    WhatIfUnreadable,
    /// The same, for want of a quotation mark at the end.
    WhatIfUnclosed,
    /// What was typed as an address is none.
    NoAddress,
    /// No question asks for the records to try.
    WhatIfUnused,
    /// DNS was switched on, and nobody can be asked.
    NoResolver,
    SettingsNotSaved,
}

impl Remark {
    const fn tone(self) -> Tone {
        match self {
            Self::CheckedAgain
            | Self::DrawingPicture
            | Self::PictureCopied
            | Self::TextCopied
            | Self::Saved
            | Self::SavedUnasked
            | Self::Cancelled
            | Self::ReadingCancelled
            | Self::HowToSave => Tone::Info,
            Self::NoFileDropped(_)
            | Self::ListFull
            | Self::NothingToPaste
            | Self::NoDialog
            | Self::Empty
            | Self::NoMail
            | Self::Foreign(_)
            | Self::NoOutlookMessage
            | Self::NothingInside
            | Self::ArchiveLocked
            | Self::ArchiveBroken
            | Self::ArchiveTooLarge
            | Self::FileChanged
            | Self::NoResolver
            | Self::WhatIfUnreadable
            | Self::WhatIfUnclosed
            | Self::WhatIfUnused
            | Self::NoAddress
            | Self::SettingsNotSaved => Tone::Caution,
            Self::CannotRead | Self::IsFolder | Self::TooLarge | Self::Stopped | Self::SavingFailed => Tone::Bad,
        }
    }

    /// What happened, and what to do next.
    fn sentence(self, words: &dyn Words) -> &'static str {
        let panels = words.panels();
        match self {
            Self::CannotRead => panels.cannot_read,
            Self::IsFolder => panels.is_folder,
            Self::Empty => panels.input_empty,
            Self::NoMail => panels.no_mail,
            Self::Foreign(Foreign::Shortcut) => panels.is_shortcut,
            Self::Foreign(Foreign::Link) => panels.is_link,
            Self::Foreign(Foreign::Card) => panels.is_card,
            Self::Foreign(Foreign::Image) => panels.is_image,
            Self::NoOutlookMessage => panels.no_outlook_message,
            Self::NothingInside => panels.nothing_inside,
            Self::ArchiveLocked => panels.archive_locked,
            Self::ArchiveBroken => panels.archive_broken,
            Self::ArchiveTooLarge => panels.archive_too_large,
            Self::FileChanged => panels.file_changed,
            Self::TooLarge => panels.too_large,
            Self::ListFull => panels.list_full,
            Self::NoFileDropped(MailProgram::Thunderbird) => panels.no_file_from_thunderbird,
            Self::NoFileDropped(MailProgram::Browser) => panels.no_file_from_browser,
            Self::NoFileDropped(MailProgram::Other) => panels.no_file_dropped,
            Self::NothingToPaste => panels.nothing_to_paste,
            Self::NoDialog => panels.no_dialog,
            Self::Stopped => panels.stopped,
            Self::Cancelled => panels.cancelled,
            Self::ReadingCancelled => panels.reading_cancelled,
            Self::HowToSave => panels.when_drop_fails_more,
            Self::CheckedAgain => panels.checked_again,
            Self::DrawingPicture => panels.drawing_picture,
            Self::PictureCopied => panels.picture_copied,
            Self::TextCopied => panels.text_copied,
            Self::Saved => panels.saved,
            Self::SavedUnasked => panels.saved_unasked,
            Self::SavingFailed => panels.saving_failed,
            Self::WhatIfUnclosed => panels.what_if_unclosed,
            Self::WhatIfUnreadable => panels.what_if_unreadable,
            Self::WhatIfUnused => panels.what_if_unused,
            Self::NoAddress => panels.no_address,
            Self::NoResolver => panels.no_resolver,
            Self::SettingsNotSaved => panels.settings_not_saved,
        }
    }
}

/// What happened, to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub remark: Remark,
    /// A file name, a system's error: shown after the sentence.
    pub detail: Option<String>,
    /// Of what was saved or copied.
    pub masking: Option<Masking>,
    /// The same of others that were opened together with it.
    pub more: Vec<Notice>,
}

impl Notice {
    #[must_use]
    pub const fn new(remark: Remark) -> Self {
        Self { remark, detail: None, masking: None, more: Vec::new() }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    #[must_use]
    pub const fn masking(mut self, masking: Masking) -> Self {
        self.masking = Some(masking);
        self
    }
}

/// How each mail program saves a message as a file, or those of one kind.
pub(super) fn saving(ui: &mut Ui, of: MailProgram, words: &dyn Words) {
    let ways = words.panels().ways_to_save.iter();
    for (_, program, way) in ways.filter(|(kind, ..)| of == MailProgram::Other || *kind == of) {
        fact(ui, program, |ui| ui.label(*way));
    }
}

/// The most notices that are drawn, and how high they may stand before they scroll.
const NOTICES: usize = 100;
const HEIGHT: f32 = 130.0;

pub(super) fn show(ui: &mut Ui, notice: &Notice, words: &dyn Words) -> Option<Action> {
    let panels = words.panels();
    let mut is_dismissed = false;
    if notice.more.is_empty() {
        ui.horizontal_wrapped(|ui| {
            one(ui, notice, words);
            is_dismissed = ui.button(panels.dismiss).clicked();
        });
    } else {
        ui.horizontal_wrapped(|ui| {
            shape(ui, Tone::Caution, theme::SHAPE);
            ui.label(panels.not_opened.replace("{}", &count(notice.more.len() + 1)));
            is_dismissed = ui.button(panels.dismiss).clicked();
        });
        ScrollArea::vertical().id_salt("notices").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            for notice in std::iter::once(notice).chain(&notice.more).take(NOTICES) {
                ui.horizontal_wrapped(|ui| {
                    ui.add_space(theme::WIDE);
                    one(ui, notice, words);
                });
            }
        });
    }
    let of_drag = std::iter::once(notice).chain(&notice.more).find_map(|notice| match notice.remark {
        Remark::NoFileDropped(program) => Some(program),
        Remark::HowToSave => Some(MailProgram::Other),
        _ => None,
    });
    if let Some(program) = of_drag {
        saving(ui, program, words);
    }
    is_dismissed.then(|| Request::Dismiss.into())
}

fn one(ui: &mut Ui, notice: &Notice, words: &dyn Words) {
    let tone = notice.remark.tone();
    shape(ui, tone, theme::SHAPE);
    let color = theme::palette(ui).ink(tone).text;
    ui.label(RichText::new(notice.remark.sentence(words)).color(color));
    if let Some(detail) = &notice.detail {
        ui.add(Untrusted::fixed(detail));
    }
    let panels = words.panels();
    match notice.masking {
        Some(Masking::On) => _ = ui.label(panels.masked),
        Some(Masking::Off) => {
            let caution = theme::palette(ui).ink(Tone::Caution).text;
            ui.label(RichText::new(panels.unmasked).color(caution));
        }
        None => {}
    }
}
