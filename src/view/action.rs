//! Everything a panel, a menu or a key may ask for.

use super::state::{Appearance, Asking, Detail, Glossary, HeadersView, Masking, Panel, PartsView, Typed};
use crate::auth::dkim::canonical::Part;
use crate::auth::trace::Place;
use crate::check::Evidence;
use crate::check::provider::{Bulk, Wanted};
use crate::facts::network::NetworkCheck;
use crate::samples::Sample;
use crate::text::Lang;

/// What the person wants. What only changes the view is done by [`super::State::apply`]; the rest is asked of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Show(Panel),
    /// Shows the details of a hop, 0 = oldest.
    SelectHop(Option<usize>),
    /// Lists the parts of the hop's field, or hides them.
    Parts(PartsView),
    /// Opens or closes a finding.
    Expand(usize),
    /// Goes to a finding and opens it.
    ShowFinding(usize),
    /// Opens or closes a part of a signature, by its place from 0.
    Unfold(usize, Detail),
    HideOctets,
    /// Shows the place that something rests on.
    Look(Evidence),
    /// Shows the bytes that a step is about, in the message or in an answer of DNS.
    LookAt(Place),
    Filter(String),
    EditPath(String),
    /// Changes the records to try.
    EditWhatIf(String),
    /// Changes what is typed of the session.
    EditSession(Typed),
    View(HeadersView),
    /// Shows a list of Help, or hides it.
    Glossary(Glossary),
    /// Says whether the sender sends much.
    Bulk(Bulk),
    Language(Lang),
    /// The language after the present one.
    NextLanguage,
    Appearance(Appearance),
    Asking(Asking),
    Masking(Masking),
    Ask(Request),
}

/// What needs files, the clipboard, DNS, another thread, or work that is not done in every frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    OpenDialog,
    /// Opens the file of that path, as typed.
    OpenPath(String),
    /// Opens an embedded sample.
    OpenSample(Sample),
    /// Shows the message of that row of the list.
    Choose(usize),
    /// Shows the message that the report on show brings back.
    ShowReturned,
    /// Takes the file of that row off the list.
    Remove(usize),
    ClearList,
    /// Reads pasted text as a message.
    Read(String),
    /// Asks the clipboard for its text, where no key was pressed for it.
    Paste,
    /// Takes that hop as the boundary; `None` goes back to the rule's choice.
    Boundary(Option<usize>),
    /// Judges the message as if these lines of a snapshot were in DNS; `None` goes back to what DNS says.
    WhatIf(Option<String>),
    /// The same with these lines besides those that are tried already.
    TryRecord(String),
    /// Takes the last try back.
    UndoWhatIf,
    /// Judges by the rules of that provider, with the questions that they need.
    Provider(Wanted),
    /// Switches those checks that ask others on, and the rest off, and judges anew.
    Checks(Vec<NetworkCheck>),
    /// Judges with what a person knows of the session in place of what the message says.
    Session(Typed),
    Rerun,
    Cancel,
    /// Shows the canonical bytes of a signature, by its place from 0.
    Octets(usize, Part),
    SavePicture,
    CopyPicture,
    /// Saves the report as a text, or copies it as one.
    SaveReport,
    CopyReport,
    CopyText(String),
    Dismiss,
    /// How each mail program saves a message as a file.
    HowToSave,
    /// Closes the message and shows the welcome view.
    Close,
    Quit,
}

impl From<Request> for Action {
    fn from(request: Request) -> Self {
        Self::Ask(request)
    }
}
