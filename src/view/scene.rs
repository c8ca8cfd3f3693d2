//! What the window holds at the moment, as the view sees it.

use super::notice::Notice;
use crate::analyze::Analysis;
use crate::text::Words;

/// Everything besides the person's choices that decides what is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scene<'a> {
    /// The message on show; `None` draws the welcome view.
    pub shown: Option<Shown<'a>>,
    /// A running analysis, once it has taken long enough to be worth a bar.
    pub progress: Option<&'a Progress>,
    pub notice: Option<&'a Notice>,
    /// The names of the messages of this session, newest first.
    pub recent: &'a [String],
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
}

impl Name {
    #[must_use]
    pub fn shown(&self, words: &dyn Words) -> &str {
        match self {
            Self::Given(name) => name,
            Self::Pasted => words.panels().pasted,
        }
    }
}

/// How far a running analysis is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub name: Name,
    /// DNS questions asked so far, and how many of them are answered.
    pub asked: u32,
    pub answered: u32,
    /// Changes undone so far in search of what broke a signature.
    pub tries: u32,
}
