//! Which kind of file this is, and the messages in it: read when they are asked for, never more than the limits allow.

use std::io;

pub(super) mod archive;
mod emlx;
mod foreign;
mod heading;
mod mbox;
pub(super) mod mime;
mod msg;
mod nested;
mod report;
pub(super) mod returned;
mod store;
mod texts;

pub use foreign::Foreign;
pub use heading::Heading;
use mbox::Index;
pub use nested::attached;
pub use store::{Gauge, Store};
pub use texts::{Text, texts};

use super::paste::{self, Copied};
use super::{Kept, Kind, LeftOut, Message, Pick, Place, Source};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A message, or headers, as text.
    Text,
    /// Text from standard input: bytes as they are, but often headers that somebody copied.
    Piped,
    /// Text from the clipboard.
    Pasted,
    /// Many messages, one after the other (RFC 4155).
    Mbox,
    /// A message of Apple Mail.
    Emlx,
    /// A message of Outlook.
    Msg,
    /// A DMARC aggregate report, which is no message.
    Report,
    Zip,
    Gzip,
}

/// Why a file shows no message.
#[derive(Debug)]
pub enum Refusal {
    Folder,
    /// A device, a pipe, a socket: it might never end.
    NoRegularFile,
    Unreadable(io::Error),
    Empty,
    /// More than [`Container::MAX_MESSAGE`] bytes in one message.
    TooLarge,
    /// There is no header field in it.
    NoMail,
    /// Another kind of file, which people take for a message.
    Foreign(Foreign),
    /// A compound file (MS-CFB) of another program, or one that is broken.
    NoOutlookMessage,
    /// An archive that holds no message.
    NothingInside,
    /// An archive that asks for a password.
    Locked,
    /// An archive that is broken, or packed in a way that is not read here.
    NotUnpacked,
    /// An archive that becomes too large: more than [`Container::MAX_UNPACKED`] bytes, or out of all proportion.
    TooMuchUnpacked,
    /// The file is not what it was when it was opened.
    Changed,
    /// There is no message of that number; so many there are, as far as they were counted.
    NoSuchMessage {
        messages: usize,
    },
    Cancelled,
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// What was left out of a container that shows other messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shortfall {
    /// More messages than [`Container::MAX_MESSAGES`].
    Messages,
    /// Files in an archive that ask for a password, are packed in an unknown way, or are too large.
    Members,
}

/// One message with what is attached to it.
#[derive(Debug, Clone)]
pub struct Letter {
    pub message: Message,
    /// How many messages it is inside of.
    pub depth: usize,
    /// It only brings the messages that are attached to it: a forward, not a report of non-delivery or a digest.
    pub is_wrapper: bool,
}

/// Which layer of a message a person is asking about: what a forward brings, else the message itself. For each layer,
/// whether it only brings the others.
pub fn preferred(mut is_wrapper: impl ExactSizeIterator<Item = bool>) -> usize {
    usize::from(is_wrapper.len() > 1 && is_wrapper.next() == Some(true))
}

/// An open file: what it is, and the messages in it.
#[derive(Debug)]
pub struct Container {
    form: Form,
    batches: Vec<Batch>,
    messages: usize,
    shortfall: Option<Shortfall>,
}

/// Messages of one form.
#[derive(Debug)]
struct Batch {
    /// The name in the archive, as a stranger chose it.
    name: Option<String>,
    store: Store,
    holds: Holds,
}

#[derive(Debug)]
enum Holds {
    One(Form),
    Many(Index),
}

impl Holds {
    fn count(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(index) => index.len(),
        }
    }
}

impl Container {
    /// The largest message: beyond what any provider accepts.
    pub const MAX_MESSAGE: u64 = 256 << 20;
    /// The most that is unpacked of one archive.
    pub const MAX_UNPACKED: u64 = 256 << 20;
    /// The most messages of one mbox that are listed.
    pub const MAX_MESSAGES: usize = 4_000_000;
    /// How many messages may be inside each other, and how many may be attached to one.
    pub const MAX_DEPTH: usize = 10;
    pub const MAX_ATTACHED: usize = 500;

    /// Recognises a file by what it holds. What takes long, an mbox, is told to `gauge`.
    pub fn open(store: Store, gauge: &Gauge) -> Result<Self, Refusal> {
        let form = known(&store.read(0..PREFIX)?)?;
        let opened = archive::Opened::of(form, store, gauge)?;
        Self::of(form, opened)
    }

    /// Reads a file that is in memory.
    pub fn of_bytes(bytes: Vec<u8>) -> Result<Self, Refusal> {
        Self::open(Store::of(bytes), &Gauge::default())
    }

    /// Reads what stood in the clipboard.
    pub fn pasted(text: Vec<u8>) -> Result<Self, Refusal> {
        Self::copied(Store::of(text), Form::Pasted)
    }

    /// Reads what came through standard input.
    pub fn piped(input: Store) -> Result<Self, Refusal> {
        Self::copied(input, Form::Piped)
    }

    fn copied(store: Store, copied: Form) -> Result<Self, Refusal> {
        let form = known(&store.read(0..PREFIX)?)?;
        let form = if form == Form::Text { copied } else { form };
        Self::of(form, archive::Opened::of(form, store, &Gauge::default())?)
    }

    fn of(form: Form, opened: archive::Opened) -> Result<Self, Refusal> {
        let messages = opened.batches.iter().map(|batch| batch.holds.count()).sum();
        let container = Self { form, batches: opened.batches, messages, shortfall: opened.shortfall };
        // A file that is opened for its one message has that read at once: what is no mail is no container.
        if messages == 1 {
            container.read(0)?;
        }
        Ok(container)
    }

    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// How many messages there are, without those that are attached to others.
    #[must_use]
    pub const fn messages(&self) -> usize {
        self.messages
    }

    #[must_use]
    pub const fn shortfall(&self) -> Option<Shortfall> {
        self.shortfall
    }

    /// The name that a message has in an archive.
    #[must_use]
    pub fn member_name(&self, message: usize) -> Option<&str> {
        self.find(message)?.0.name.as_deref()
    }

    /// The message of that place, from 0, and those attached to it: the outermost first, then in the order they stand.
    pub fn read(&self, message: usize) -> Result<Vec<Letter>, Refusal> {
        let (batch, place) = self.find(message).ok_or(Refusal::NoSuchMessage { messages: self.messages })?;
        let mut letters = match &batch.holds {
            Holds::One(form) => read_one(&batch.store, *form)?,
            Holds::Many(index) => nested::letters(index.read(&batch.store, place)?),
        };
        let layers = letters.len();
        for (layer, letter) in letters.iter_mut().enumerate() {
            let of_several = self.messages > 1;
            let pick = match (of_several, layer) {
                (true, 0) => Pick { number: message + 1, layer: None },
                (true, _) => Pick { number: message + 1, layer: Some(layer + 1) },
                (false, _) => Pick { number: layer + 1, layer: None },
            };
            let offset = letter.message.place.and_then(|place| place.offset);
            letter.message.place = (of_several || layers > 1).then_some(Place { pick, offset, left_out: None });
        }
        Ok(letters)
    }

    /// The message that a person named.
    pub fn pick(&self, pick: Pick) -> Result<Message, Refusal> {
        let (message, layer) = match (self.messages, pick) {
            (1, Pick { number, layer: None }) => (0, number),
            (_, Pick { number, layer }) => (number - 1, layer.unwrap_or(1)),
        };
        let mut letters = self.read(message)?;
        let messages = if self.messages == 1 { letters.len() } else { self.messages };
        if layer == 0 || layer > letters.len() {
            return Err(Refusal::NoSuchMessage { messages });
        }
        Ok(letters.swap_remove(layer - 1).message)
    }

    /// The message that a person is asking about, where nobody said which one is meant: what the first brings, or the first.
    pub fn first(&self) -> Result<Message, Refusal> {
        let mut letters = self.read(0)?;
        let at = preferred(letters.iter().map(|letter| letter.is_wrapper));
        if at >= letters.len() {
            return Err(Refusal::NoMail);
        }
        let mut first = letters.swap_remove(at).message;
        if let Some(place) = &mut first.place {
            place.left_out = Some(match (self.messages > 1, at) {
                (true, _) => LeftOut::Further,
                (false, 0) => LeftOut::Attached,
                (false, _) => LeftOut::Wrapper,
            });
        }
        Ok(first)
    }

    /// Subject, author and date of a message, without reading more than its header.
    pub fn heading(&self, message: usize) -> Result<Heading, Refusal> {
        let (batch, place) = self.find(message).ok_or(Refusal::NoSuchMessage { messages: self.messages })?;
        let head = |range: std::ops::Range<u64>| -> Result<Message, Refusal> {
            let end = range.end.min(range.start.saturating_add(HEADING));
            Ok(Message::read(batch.store.read(range.start..end)?.into_owned()))
        };
        match &batch.holds {
            Holds::Many(index) => Ok(Heading::of(&head(index.range(place))?)),
            Holds::One(form) => {
                let letters = read_one(&batch.store, *form)?;
                letters.first().map(|letter| Heading::of(&letter.message)).ok_or(Refusal::NoMail)
            }
        }
    }

    /// The batch of a message, and its place there.
    fn find(&self, message: usize) -> Option<(&Batch, usize)> {
        let mut place = message;
        for batch in &self.batches {
            let count = batch.holds.count();
            if place < count {
                return Some((batch, place));
            }
            place -= count;
        }
        None
    }
}

/// How much of a file is looked at to recognise it.
const PREFIX: u64 = 64 << 10;
/// How much of a message is read for its heading.
const HEADING: u64 = 64 << 10;

/// What a file that begins like this is, where it can be mail at all.
fn known(prefix: &[u8]) -> Result<Form, Refusal> {
    let form = recognise(prefix);
    let foreign = if form == Form::Text { foreign::of(prefix) } else { None };
    foreign.map_or(Ok(form), |foreign| Err(Refusal::Foreign(foreign)))
}

/// What a file that begins like this is. The name of the file does not count: people rename files.
fn recognise(prefix: &[u8]) -> Form {
    /// MS-CFB section 2.2.
    const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if prefix.starts_with(COMPOUND_FILE) {
        Form::Msg
    } else if prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"PK\x05\x06") {
        Form::Zip
    } else if prefix.starts_with(b"\x1F\x8B") {
        Form::Gzip
    } else if emlx::message_start(prefix).is_some() {
        Form::Emlx
    } else if mbox::is_mbox(prefix) {
        Form::Mbox
    } else if report::is_report(prefix) {
        Form::Report
    } else {
        Form::Text
    }
}

/// Reads a file that is one message.
fn read_one(store: &Store, form: Form) -> Result<Vec<Letter>, Refusal> {
    if store.len() > Container::MAX_MESSAGE {
        return Err(Refusal::TooLarge);
    }
    let bytes = store.read(0..store.len())?;
    let message = match form {
        Form::Msg => return msg::read(&bytes, 0),
        Form::Report => return Ok(vec![report::letter(bytes.into_owned())]),
        Form::Emlx => emlx::read(&Source::new(bytes.into_owned())),
        Form::Pasted => paste::from_clipboard(bytes.into_owned()),
        Form::Piped => paste::mended(Message::read_pasted(bytes.into_owned()), Copied::ByHand),
        Form::Text | Form::Mbox | Form::Zip | Form::Gzip => {
            paste::mended(Message::read(bytes.into_owned()), Copied::AsFile)
        }
    };
    if message.is_mail_like() { Ok(nested::letters(message)) } else { Err(Refusal::NoMail) }
}

/// A message that is a part of `source`, with its offset in the file where that is known.
fn placed(mut message: Message, kind: Kind, kept: Kept, offset: Option<u64>) -> Message {
    message.kind = kind;
    message.kept = kept;
    message.place = Some(Place { pick: Pick { number: 1, layer: None }, offset, left_out: None });
    message
}

#[cfg(test)]
mod tests;
