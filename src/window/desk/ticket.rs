//! The picture and the text of the message on show, on their way into a ticket.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{ColorImage, Context};

use super::Desk;
use crate::view::{Notice, Remark};
use crate::window::dialog::Dialog;
use crate::window::tickets::{self, Made, Order};

impl Desk {
    /// The message on show, as it is to be drawn or written.
    fn order(&self) -> Option<Order> {
        let analysis = Arc::clone(&self.document()?.analysis);
        Some(Order { analysis, lang: self.state.lang, masking: self.state.masking })
    }

    pub(super) fn copy_picture(&mut self) {
        if let Some(order) = self.order() {
            self.tickets.copy_picture(order);
            self.notice = Some(Notice::new(Remark::DrawingPicture));
        }
    }

    pub(super) fn copy_report(&mut self) {
        if let Some(order) = self.order() {
            self.tickets.copy_text(order);
        }
    }

    /// Asks where to save what has that ending.
    pub(super) fn ask_where(&mut self, ending: &str, dialog: fn(String) -> Dialog) {
        let name = self.document().map(|document| tickets::name(document.name.shown(self.state.words()), ending));
        self.dialog = name.map(dialog);
    }

    pub(super) fn save_picture(&mut self, path: PathBuf, saved_as: Remark) {
        if let Some(order) = self.order() {
            self.tickets.save_picture(order, path, saved_as);
            self.notice = Some(Notice::new(Remark::DrawingPicture));
        }
    }

    pub(super) fn save_report(&mut self, path: PathBuf, saved_as: Remark) {
        if let Some(order) = self.order() {
            self.tickets.save_report(order, path, saved_as);
        }
    }

    /// Where no dialog can be shown.
    pub(super) fn save_unasked(&mut self, dialog: &Dialog) {
        match dialog {
            Dialog::Open => self.notice = Some(Notice::new(Remark::NoDialog)),
            Dialog::SavePicture { name } => self.save_picture(tickets::free_path(name), Remark::SavedUnasked),
            Dialog::SaveReport { name } => self.save_report(tickets::free_path(name), Remark::SavedUnasked),
        }
    }

    pub(super) fn take_made(&mut self, made: Made, context: &Context) {
        self.notice = Some(match made {
            Made::Picture(image, masking) => {
                let size = [image.width, image.height];
                context.copy_image(ColorImage::from_rgba_premultiplied(size, &image.rgba));
                Notice::new(Remark::PictureCopied).masking(masking)
            }
            Made::Text(text, masking) => {
                context.copy_text(text);
                Notice::new(Remark::TextCopied).masking(masking)
            }
            Made::Told(notice) => notice,
        });
    }
}
