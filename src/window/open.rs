//! From what a person opens to bytes: files, drops, pastes and samples. Reads on the worker's thread only.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::DroppedFileHandle;

use crate::message::Message;
use crate::samples::Sample;
use crate::view::{Name, Notice, Remark};

/// The most bytes that are read of one file.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How a compound file begins (MS-CFB section 2.2), which is what Outlook saves a message in.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Something that a person wants to see.
#[derive(Clone)]
pub enum Input {
    File(PathBuf),
    Dropped(DroppedFileHandle),
    /// Text from the clipboard: a whole message or headers.
    Pasted(Arc<str>),
    /// An embedded message; its own snapshot answers for it.
    Sample(Sample),
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
            Self::Sample(sample) => Name::Given(sample.name().to_owned()),
        }
    }

    /// The message, or what to tell the person.
    pub(super) fn read(&self) -> Result<Message, Notice> {
        let bytes = self.bytes()?;
        let message = match self {
            Self::Pasted(_) => Message::read_pasted(bytes),
            Self::File(_) | Self::Dropped(_) | Self::Sample(_) => Message::read(bytes),
        };
        if message.is_mail_like() { Ok(message) } else { Err(self.refused(Remark::NoMail)) }
    }

    fn bytes(&self) -> Result<Vec<u8>, Notice> {
        let bytes = match self {
            Self::File(path) => read_file(path),
            Self::Dropped(file) if file.path().exists() => read_file(file.path()),
            Self::Dropped(file) => file.bytes().map_err(|error| {
                Notice::new(Remark::CannotRead).detail(format!("{}: {error}", file_name(file.path())))
            }),
            Self::Pasted(text) => Ok(text.as_bytes().to_vec()),
            Self::Sample(sample) => Ok(sample.message().to_vec()),
        }?;
        if bytes.is_empty() {
            return Err(self.refused(Remark::Empty));
        }
        if bytes.starts_with(&COMPOUND_FILE) { Err(self.refused(Remark::OutlookMsg)) } else { Ok(bytes) }
    }

    fn refused(&self, remark: Remark) -> Notice {
        match self.name() {
            Name::Given(name) => Notice::new(remark).detail(name),
            Name::Pasted => Notice::new(remark),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads an ordinary file. A folder, a device or a pipe might never end.
fn read_file(path: &Path) -> Result<Vec<u8>, Notice> {
    let shown = path.display().to_string();
    let unreadable = |error: &io::Error| Notice::new(Remark::CannotRead).detail(format!("{shown}: {error}"));
    let known = path.metadata().map_err(|error| unreadable(&error))?;
    if known.is_dir() {
        return Err(Notice::new(Remark::IsFolder).detail(shown));
    }
    if !known.is_file() {
        return Err(Notice::new(Remark::CannotRead).detail(shown));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Notice::new(Remark::TooLarge).detail(shown));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark(path: &Path) -> Option<Remark> {
        Input::File(path.to_owned()).read().err().map(|notice| notice.remark)
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
        assert_eq!(remark(&outlook), Some(Remark::OutlookMsg));
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
        assert_eq!(input.read().unwrap().source.bytes(), b"Subject: x\r\n\r\n");
    }
}
