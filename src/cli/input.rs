//! From a path to its messages, or one line that says what is wrong and what to do.

use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::anyhow;

use crate::message::container::{Container, Foreign, Gauge, Refusal, Store};
use crate::message::{Message, Pick};
use crate::samples::Sample;

/// Opens a file, or reads standard input for `-`.
pub(super) fn open(path: &Path) -> anyhow::Result<Container> {
    opened(path).map_err(|refusal| said(refusal, &shown(path)))
}

/// An embedded sample.
pub(super) fn of_sample(sample: Sample) -> anyhow::Result<Container> {
    Container::of_bytes(sample.message().to_vec()).map_err(|refusal| said(refusal, sample.name()))
}

/// The message that was named, or else the first.
pub(super) fn message(container: &Container, pick: Option<Pick>, path: &Path) -> anyhow::Result<Message> {
    let found = pick.map_or_else(|| container.first(), |pick| container.pick(pick));
    found.map_err(|refusal| said(refusal, &shown(path)))
}

fn opened(path: &Path) -> Result<Container, Refusal> {
    if path == Path::new("-") {
        return Container::piped(Store::drain(&mut io::stdin().lock())?);
    }
    let store = match Store::open(path) {
        // A pipe of the shell (`<(…)`) ends; a device that does not is cut.
        Err(Refusal::NoRegularFile) => Store::drain(&mut File::open(path)?),
        opened => opened,
    };
    Container::open(store?, &Gauge::default())
}

fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn said(refusal: Refusal, name: &str) -> anyhow::Error {
    const MEBIBYTES: u64 = Container::MAX_MESSAGE >> 20;
    let unpack = "unpack it and name a file from it";
    match refusal {
        Refusal::Unreadable(error) if error.kind() == io::ErrorKind::NotFound => {
            anyhow!("{name} cannot be opened: there is no such file")
        }
        Refusal::Unreadable(error) => anyhow!("{name} cannot be opened: {error}"),
        Refusal::Folder => anyhow!("{name} is a folder: name one saved message"),
        Refusal::NoRegularFile => anyhow!("{name} is no file: name one saved message"),
        Refusal::Empty => anyhow!("{name} is empty: save the message again"),
        Refusal::TooLarge => {
            anyhow!("{name} is larger than {MEBIBYTES} MiB: save the one message without its attachments")
        }
        Refusal::NoMail => anyhow!("{name} holds no mail: save the message as .eml, or copy its headers"),
        Refusal::Foreign(Foreign::Shortcut) => anyhow!("{name} is a shortcut: name the file it points to"),
        Refusal::Foreign(Foreign::Link) => {
            anyhow!("{name} is a link to a web page: open the page, and save the message from there")
        }
        Refusal::Foreign(Foreign::Card) => {
            anyhow!("{name} is an appointment or an address card: save the message it came with as .eml")
        }
        Refusal::Foreign(Foreign::Image) => {
            anyhow!(
                "{name} is a document or a picture, without the headers: save the message as .eml, or copy its headers"
            )
        }
        Refusal::NoOutlookMessage => {
            anyhow!("{name} is a compound file without an Outlook message: save the message as .eml or .msg")
        }
        Refusal::NothingInside => anyhow!("{name} is an archive without a message: pack the saved message itself"),
        Refusal::Locked => anyhow!("{name} asks for a password: {unpack}"),
        Refusal::NotUnpacked => anyhow!("{name} is damaged or packed in another way than deflate: {unpack}"),
        Refusal::TooMuchUnpacked => anyhow!("{name} becomes too large when it is unpacked: {unpack}"),
        Refusal::Changed => anyhow!("{name} was changed while it was read: try again"),
        Refusal::NoSuchMessage { messages: 1 } => anyhow!("there is only one message in {name}: leave --message out"),
        Refusal::NoSuchMessage { messages } => {
            anyhow!("there are {messages} messages in {name}: --message takes 1 to {messages}")
        }
        Refusal::Cancelled => anyhow!("the reading of {name} was stopped"),
    }
}
