//! One record as it is and as it shall be, and what DNS would say once it is changed.

use std::sync::Arc;

use serde::Serialize;

use super::piece::{Content, Piece, Placeholder};
use crate::dns::{self, Data, Entry, Question, RecordType, Source};

/// Where a change is made and what it is, current and new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub place: Place,
    /// The name of the record.
    pub name: Vec<Piece>,
    pub current: Current,
    pub new: Vec<Piece>,
}

/// What DNS has today where the change is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Current {
    /// Nobody was asked, DNS did not say, or the name is not known yet.
    Unknown,
    /// The records that are replaced; none where there is none yet.
    Records(Vec<Vec<Piece>>),
    /// Records of that type that stay beside the new one.
    Beside(Vec<Vec<Piece>>),
    /// The records that are replaced are tried and not in DNS. `published`: what it has instead; `None` where it does not say.
    Tried { published: Option<Vec<String>>, records: Vec<Vec<Piece>> },
}

impl Current {
    /// One record that is replaced.
    #[must_use]
    pub fn one(record: &str) -> Self {
        Self::Records(vec![vec![Piece::text(record, true)]])
    }

    /// The records that are replaced, as far as they are known.
    #[must_use]
    pub fn records(&self) -> &[Vec<Piece>] {
        match self {
            Self::Unknown | Self::Beside(_) => &[],
            Self::Records(records) | Self::Tried { records, .. } => records,
        }
    }

    /// The records that stay beside the new one.
    #[must_use]
    pub fn beside(&self) -> &[Vec<Piece>] {
        match self {
            Self::Beside(records) => records,
            Self::Unknown | Self::Records(_) | Self::Tried { .. } => &[],
        }
    }

    /// The same records, which are tried while that entry of the ledger stands.
    #[must_use]
    pub fn against(self, entry: &Entry) -> Self {
        let published = entry.published.as_ref().and_then(|answer| match &answer.records {
            Ok(records) => Some(records.iter().map(ToString::to_string).collect()),
            Err(failure) => failure.is_absent().then(Vec::new),
        });
        match self {
            Self::Records(records) if entry.source == Source::WhatIf => Self::Tried { published, records },
            other => other,
        }
    }
}

/// What a change is made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Place {
    Txt,
    Cname,
    Mx,
    A,
    Aaaa,
    Ptr,
    /// A line of the header, which the sending system writes.
    Header,
}

impl Place {
    /// The record type, as a DNS panel calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Txt => "TXT",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Ptr => "PTR",
            Self::Header => "header",
        }
    }

    /// The type that is asked for; `None` for CNAME, which stands before whatever is asked for, and for what is no record.
    const fn asked(self) -> Option<RecordType> {
        match self {
            Self::Txt => Some(RecordType::Txt),
            Self::Cname | Self::Header => None,
            Self::Mx => Some(RecordType::Mx),
            Self::A => Some(RecordType::A),
            Self::Aaaa => Some(RecordType::Aaaa),
            Self::Ptr => Some(RecordType::Ptr),
        }
    }

    /// The data of a record of that type, written as in a master file.
    fn data(self, value: &str) -> Option<Data> {
        match self {
            Self::Txt => Some(Data::text(value)),
            Self::Cname | Self::Header => None,
            Self::Mx => {
                let (preference, exchange) = value.split_once(' ')?;
                Some(Data::Mx { preference: preference.parse().ok()?, exchange: exchange.to_owned() })
            }
            Self::A => value.parse().ok().map(Data::A),
            Self::Aaaa => value.parse().ok().map(Data::Aaaa),
            Self::Ptr => Some(Data::Ptr(value.to_owned())),
        }
    }
}

impl Change {
    /// A change at a name that is known.
    pub(super) fn at(place: Place, name: &str, current: Current, new: Vec<Piece>) -> Self {
        Self { place, name: vec![Piece::text(name, false)], current, new }
    }

    /// The name, where every part of it is known.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        Piece::whole(&self.name)
    }

    /// Nothing in it is left for somebody to fill in.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        Piece::whole(&self.name).is_some() && Piece::whole(&self.new).is_some()
    }

    /// The record that is proposed is there already.
    #[must_use]
    pub fn is_there(&self) -> bool {
        let Some(new) = Piece::whole(&self.new) else { return false };
        // Where one of several is kept, the others still go.
        let [record] = self.current.records() else { return false };
        let record = Piece::plain(record);
        match self.place {
            // The case of a version and of a tag's name matters to those who read it.
            Place::Txt | Place::Header => record == new,
            Place::Cname | Place::Mx | Place::A | Place::Aaaa | Place::Ptr => record.eq_ignore_ascii_case(&new),
        }
    }

    /// What somebody has to put in the place of a placeholder first.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.name.iter().chain(&self.new).filter_map(|piece| match &piece.content {
            Content::Placeholder(placeholder) => Some(placeholder),
            Content::Text(_) => None,
        })
    }

    /// The question whose answer changes; `None` where the name is not known, and for CNAME, which changes every answer.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        Some(Question::new(&self.host()?, self.place.asked()?))
    }

    /// The new value with what can stand in for its placeholders in a trial; `None` where one has no stand-in.
    #[must_use]
    pub fn trial_value(&self) -> Option<String> {
        self.new.iter().map(Piece::trial).collect()
    }

    /// The records at the name after the change: those that it does not replace stay. `None` where a placeholder has no
    /// stand-in, or where a record that is to be replaced is not among them.
    #[must_use]
    pub fn applied(&self, before: &[Data]) -> Option<Vec<Data>> {
        let current: Vec<String> = self.current.records().iter().map(|record| Piece::plain(record)).collect();
        let is_replaced = |data: &&Data| current.contains(&data.to_string());
        let (replaced, kept): (Vec<&Data>, Vec<&Data>) = before.iter().partition(is_replaced);
        if replaced.len() != current.len() {
            return None;
        }
        let new = self.place.data(&self.trial_value()?)?;
        // The same record again is the same record.
        let kept = kept.into_iter().filter(|data| data.to_string() != new.to_string()).cloned();
        Some(kept.chain([new.clone()]).collect())
    }

    /// The lines of a snapshot with which the change can be tried; `None` as in [`Change::applied`].
    #[must_use]
    pub fn snapshot(&self, questions: &[Arc<Entry>]) -> Option<String> {
        let question = self.question()?;
        let known = questions.iter().find(|entry| entry.question == question);
        let before: Vec<Data> =
            known.into_iter().flat_map(|entry| entry.answer.records.iter().flatten().cloned()).collect();
        Some(dns::write_records(&question, &self.applied(&before)?))
    }
}
