//! What the person knows of the session takes the place of what the message says of it.

use super::Desk;
use crate::analyze::Options;
use crate::view::{Notice, Remark, Typed};
use crate::window::judge::Task;

impl Desk {
    /// Judges the message on show with what was typed; an empty box goes back to what the message says.
    pub(super) fn judge_session(&mut self, typed: &Typed) {
        let [ip, sender, helo] = [&typed.ip, &typed.mail_from, &typed.helo].map(|text| text.trim());
        let address = if ip.is_empty() { None } else { Some(ip.trim_matches(['[', ']']).parse()) };
        let Ok(ip) = address.transpose() else {
            self.notice = Some(Notice::new(Remark::NoAddress).detail(ip));
            return;
        };
        let stated = |text: &str| (!text.is_empty()).then(|| if text == "<>" { "" } else { text }.to_owned());
        let Some(document) = self.document_to_judge() else { return };
        let options =
            Options { ip, mail_from: stated(sender), helo: stated(helo), ..document.analysis.options.clone() };
        self.state.session = Typed::of(&options);
        self.work.judge(Task::Rejudge(document, options));
    }

    /// Shows in the boxes what the message on show is judged with.
    pub(super) fn show_session(&mut self) {
        self.state.session = self.analysis().map(|analysis| Typed::of(&analysis.options)).unwrap_or_default();
    }
}
