//! What the window holds at the moment, as the view sees it.

use std::fmt;
use std::ops::Range;

use super::notice::Notice;
use crate::analyze::Analysis;
use crate::check::headline::Tone;
use crate::message::container::{Form, Heading, Shortfall};
use crate::text::Words;

/// Everything besides the person's choices that decides what is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scene<'a> {
    /// The message on show; `None` draws the welcome view.
    pub shown: Option<Shown<'a>>,
    /// A running analysis, once it has taken long enough to be worth a bar.
    pub progress: Option<&'a Progress>,
    pub notice: Option<&'a Notice>,
    /// A message that was chosen and is not judged yet, once that has taken long enough to tell.
    pub pending: Option<&'a Name>,
    /// What was opened in this session.
    pub list: Option<&'a dyn List>,
}

/// What was opened in this session, row by row: the names of files that hold several messages, and messages. It may be a
/// million rows long, so nothing here may go through all of them.
pub trait List: fmt::Debug {
    fn rows(&self) -> usize;
    /// The row of the message on show.
    fn chosen(&self) -> Option<usize>;
    fn row(&self, row: usize) -> Option<Row<'_>>;
    /// Is told which rows are drawn, so that what they show is read.
    fn showing(&self, rows: Range<usize>);
}

/// One row of the list.
#[derive(Debug)]
pub enum Row<'a> {
    File { name: &'a Name, form: Form, messages: usize, shortfall: Option<Shortfall> },
    Message(Entry<'a>),
}

/// A message of the list.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The file it is in.
    pub name: &'a Name,
    /// Its name in an archive; a stranger may have chosen it.
    pub member: Option<&'a str>,
    /// Its number in the file, from 1.
    pub number: usize,
    /// `None` until it is read.
    pub heading: Option<&'a Heading>,
    /// What it came to; `None` until it is judged.
    pub tone: Option<Tone>,
    pub role: Role,
    /// The only message of its file.
    pub is_alone: bool,
}

/// What a message is to those around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Own,
    /// It is attached to another.
    Attached,
    /// A delivery report brings it back.
    Returned,
    /// It only brings the one that is attached.
    Wrapper,
}

/// One analysed message and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// File name or the like; a stranger may have chosen it.
    pub name: &'a str,
    pub analysis: &'a Analysis,
}

/// What a message is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A file name or the like; a stranger may have chosen it.
    Given(String),
    /// It was pasted and is called so in the language of the window.
    Pasted,
    /// The same of what was dropped as text.
    Dropped,
}

impl Name {
    #[must_use]
    pub fn shown(&self, words: &dyn Words) -> &str {
        match self {
            Self::Given(name) => name,
            Self::Pasted => words.panels().pasted,
            Self::Dropped => words.panels().dropped,
        }
    }
}

/// How far a running job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub name: Name,
    pub step: Step,
}

/// What a job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Bytes of a file read so far, of how many.
    Reading { done: u64, total: u64 },
    /// DNS questions asked so far, how many of them are answered, and changes undone in search of what broke a signature.
    Asking { asked: u32, answered: u32, tries: u32 },
}
