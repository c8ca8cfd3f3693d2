//! From what a person opens to its messages: files, drops, pastes and samples. Reads on the worker's thread only.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::DroppedFileHandle;

use crate::message::container::{Container, Gauge, Refusal, Store};
use crate::samples::Sample;
use crate::text::MailProgram;
use crate::view::{Name, Notice, Remark};

/// Something that a person wants to see.
#[derive(Clone)]
pub enum Input {
    File(PathBuf),
    Dropped(DroppedFileHandle),
    /// Text from the clipboard: a whole message or headers.
    Pasted(Arc<str>),
    /// What another program let go over the window in place of a file.
    Handed(Arc<Handed>),
    /// An embedded message; its own snapshot answers for it.
    Sample(Sample),
}

/// What came of a drag that was none of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub content: Content,
    pub program: MailProgram,
}

/// In which form it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Files that were named in a way of their own; none where none is there.
    Files(Vec<PathBuf>),
    /// A message as it was sent.
    Message(Vec<u8>),
    /// Any text.
    Text(Vec<u8>),
}

impl Handed {
    /// What there is to open.
    pub(super) fn inputs(self) -> Vec<Input> {
        match self.content {
            Content::Files(paths) if !paths.is_empty() => paths.into_iter().map(Input::File).collect(),
            _ => vec![Input::Handed(Arc::new(self))],
        }
    }

    fn container(&self) -> Result<Container, Refusal> {
        match &self.content {
            Content::Files(_) => Err(Refusal::Empty),
            Content::Message(bytes) | Content::Text(bytes) if bytes.trim_ascii().is_empty() => Err(Refusal::Empty),
            Content::Message(bytes) => mail(Container::of_bytes(bytes.clone())?),
            Content::Text(bytes) => mail(Container::pasted(bytes.clone())?),
        }
    }
}

/// The address of a message in a mail program looks like a field; what was dragged as mail has one of these.
fn mail(container: Container) -> Result<Container, Refusal> {
    let message = container.first()?;
    let is_mail = ["From", "Received", "Subject"].iter().any(|name| message.first(name).is_some());
    if is_mail { Ok(container) } else { Err(Refusal::NoMail) }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Input").field(&self.name()).finish()
    }
}

impl Input {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> Name {
        match self {
            Self::File(path) => Name::Given(file_name(path)),
            Self::Dropped(file) => Name::Given(file_name(file.path())),
            Self::Pasted(_) => Name::Pasted,
            Self::Handed(_) => Name::Dropped,
            Self::Sample(sample) => Name::Given(sample.name().to_owned()),
        }
    }

    /// What is in it, or what to tell the person.
    pub(super) fn open(&self, gauge: &Gauge) -> Result<Container, Notice> {
        self.container(gauge).map_err(|refusal| self.refused(&refusal))
    }

    fn container(&self, gauge: &Gauge) -> Result<Container, Refusal> {
        match self {
            Self::Pasted(text) => Container::pasted(text.as_bytes().to_vec()),
            Self::Handed(handed) => handed.container(),
            Self::Sample(sample) => Container::of_bytes(sample.message().to_vec()),
            Self::File(path) => Container::open(Store::open(path)?, gauge),
            Self::Dropped(file) if file.path().exists() => Container::open(Store::open(file.path())?, gauge),
            // Some programs drop what is no file: only its content comes, or nothing.
            Self::Dropped(file) => match file.bytes() {
                Ok(bytes) if !bytes.is_empty() => mail(Container::piped(Store::of(bytes))?),
                _ => Err(Refusal::Empty),
            },
        }
    }

    fn refused(&self, refusal: &Refusal) -> Notice {
        // What came without a file is what some mail programs drop in place of a message.
        let program = match self {
            Self::Dropped(file) if !file.path().exists() => Some(MailProgram::Other),
            Self::Handed(handed) => Some(handed.program),
            _ => None,
        };
        match (refusal, program) {
            (Refusal::Empty | Refusal::NoMail, Some(program)) => Notice::new(Remark::NoFileDropped(program)),
            _ => told(&self.name(), refusal),
        }
    }

    /// Whether it is the same file or sample.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Sample(one), Self::Sample(other)) => one == other,
            (Self::Pasted(_) | Self::Handed(_), _) | (_, Self::Pasted(_) | Self::Handed(_)) => false,
            _ => self.path().is_some() && self.path() == other.path(),
        }
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Dropped(file) => Some(file.path()),
            Self::Pasted(_) | Self::Handed(_) | Self::Sample(_) => None,
        }
    }
}

/// What to tell the person.
pub(super) fn told(name: &Name, refusal: &Refusal) -> Notice {
    let remark = match refusal {
        Refusal::Folder => Remark::IsFolder,
        Refusal::NoRegularFile | Refusal::Unreadable(_) => Remark::CannotRead,
        Refusal::Empty => Remark::Empty,
        Refusal::TooLarge => Remark::TooLarge,
        Refusal::NoMail | Refusal::NoSuchMessage { .. } => Remark::NoMail,
        Refusal::Foreign(foreign) => Remark::Foreign(*foreign),
        Refusal::NoOutlookMessage => Remark::NoOutlookMessage,
        Refusal::NothingInside => Remark::NothingInside,
        Refusal::Locked => Remark::ArchiveLocked,
        Refusal::NotUnpacked => Remark::ArchiveBroken,
        Refusal::TooMuchUnpacked => Remark::ArchiveTooLarge,
        Refusal::Changed => Remark::FileChanged,
        Refusal::Cancelled => Remark::ReadingCancelled,
    };
    let notice = Notice::new(remark);
    match (name, refusal) {
        (Name::Given(name), Refusal::Unreadable(error)) => notice.detail(format!("{name}: {error}")),
        (Name::Given(name), _) => notice.detail(name),
        (Name::Pasted | Name::Dropped, _) => notice,
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Virtual(&'static [u8]);

    impl eframe::egui::DroppedFile for Virtual {
        fn path(&self) -> &Path {
            Path::new("")
        }

        fn bytes(&self) -> Result<Vec<u8>, String> {
            Ok(self.0.to_vec())
        }
    }

    /// what some mail programs drop is no file; the person is told how to save one.
    #[test]
    fn a_drop_without_a_file_is_told_from_a_message() {
        let open = |bytes| Input::Dropped(Arc::new(Virtual(bytes))).open(&Gauge::default());
        for other in [&b""[..], b"Subject of the message that was dragged", b"imap-message://a@example.com/INBOX#12"] {
            assert_eq!(open(other).err().map(|notice| notice.remark), Some(Remark::NoFileDropped(MailProgram::Other)));
        }
        assert_eq!(open(b"From: a@example.jp\r\nSubject: x\r\n\r\nhi\r\n").unwrap().messages(), 1);
    }

    /// What is dragged as text is as good as a paste where it is mail.
    #[test]
    fn a_drag_of_text_is_read_where_it_is_mail() {
        let open = |content| {
            let inputs = Handed { content, program: MailProgram::Thunderbird }.inputs();
            inputs.first().unwrap().open(&Gauge::default())
        };
        for mail in [
            "From: a@example.jp\nSubject: x\n",
            "> From: a@example.jp\n> Subject: x\n> Date: Mon, 2 Nov 2026 10:00:00 +0900\n",
        ] {
            assert_eq!(open(Content::Text(mail.into())).unwrap().messages(), 1);
        }
        let sent = open(Content::Message(b"From: a@example.jp\r\nSubject: x\r\n\r\nhi\r\n".to_vec())).unwrap();
        assert!(sent.first().unwrap().pasted.is_none());
        for other in
            ["", " \n", "hello", "imap-message://a@example.com/INBOX#12", "https://mail.example.com/mail/u/0/#inbox"]
        {
            let notice = open(Content::Text(other.into())).unwrap_err();
            assert_eq!(notice.remark, Remark::NoFileDropped(MailProgram::Thunderbird), "{other}");
        }
        assert_eq!(
            open(Content::Files(Vec::new())).unwrap_err().remark,
            Remark::NoFileDropped(MailProgram::Thunderbird)
        );
    }

    fn remark(path: &Path) -> Option<Remark> {
        Input::File(path.to_owned()).open(&Gauge::default()).err().map(|notice| notice.remark)
    }

    #[test]
    fn what_is_no_message_file_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.eml");
        std::fs::write(&empty, "").unwrap();
        let outlook = folder.path().join("outlook.msg");
        std::fs::write(&outlook, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Subject: x").unwrap();
        assert_eq!(remark(folder.path()), Some(Remark::IsFolder));
        assert_eq!(remark(&empty), Some(Remark::Empty));
        assert_eq!(remark(&outlook), Some(Remark::NoOutlookMessage));
        assert_eq!(remark(&folder.path().join("missing.eml")), Some(Remark::CannotRead));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        assert_eq!(remark(Path::new("/dev/zero")), Some(Remark::CannotRead));
    }

    #[test]
    fn a_file_is_read_and_called_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("日本語 メール.eml");
        std::fs::write(&file, "Subject: x\r\n\r\n").unwrap();
        let input = Input::File(file);
        assert_eq!(input.name(), Name::Given("日本語 メール.eml".to_owned()));
        let container = input.open(&Gauge::default()).unwrap();
        assert_eq!(container.first().unwrap().source.bytes(), b"Subject: x\r\n\r\n");
    }
}
