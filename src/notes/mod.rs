//! What filters wrote into the header: every word with what it means, and whose note it is.

mod form;
mod meaning;
mod symbols;
mod table;
mod whose;

use std::net::IpAddr;

pub use meaning::Meaning;
use serde::Serialize;
pub use whose::{Border, OwnReason, Server, StrangerReason, UnsureReason, Whose};

use crate::message::{Message, Span, Spanned};

/// The most notes that are read; a message has a dozen or two.
pub const MAX_NOTES: usize = 100;
/// The most words of one note that are kept.
pub const MAX_ENTRIES: usize = 200;

/// The notes of one message, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    pub list: Vec<Note>,
    /// How many more there are.
    pub left_out: usize,
}

/// One field in which a filter says what it thinks of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Index of the field in [`Message::fields`].
    pub field: usize,
    pub span: Span,
    /// The name of the field as written.
    pub name: String,
    pub filter: Filter,
    pub whose: Whose,
    pub entries: Vec<Entry>,
    /// How many more words the note has.
    pub left_out: usize,
    /// Where its words are explained.
    pub source: Option<Source>,
}

/// One word of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What stands before the value; `None` where the field is the value.
    pub key: Option<Spanned<String>>,
    pub value: Spanned<String>,
    pub meaning: Meaning,
}

/// Where a word is explained, and when that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    pub page: &'static str,
    pub checked_on: &'static str,
}

/// Whose software writes such a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filter {
    Microsoft,
    SpamAssassin,
    Rspamd,
    Proofpoint,
    Mimecast,
    Barracuda,
    Cisco,
    Google,
    Apple,
    Yahoo,
    TrendMicro,
    Symantec,
    Kaspersky,
    Vade,
    AntiVirus,
    MailScanner,
    Fastmail,
    Gmx,
    Yandex,
    Zoho,
    ZoneMta,
    Cloudmark,
    Cyren,
    MessageLabs,
    McAfee,
    Assp,
    Coremail,
    Mirapoint,
    Fortinet,
    Sophos,
    Eset,
    DrWeb,
    Postini,
    Bogofilter,
    Dspam,
    SpamExperts,
}

impl Filter {
    /// The name by which people know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Microsoft => "Microsoft 365 / Exchange",
            Self::SpamAssassin => "SpamAssassin",
            Self::Rspamd => "rspamd",
            Self::Proofpoint => "Proofpoint",
            Self::Mimecast => "Mimecast",
            Self::Barracuda => "Barracuda",
            Self::Cisco => "Cisco Secure Email (IronPort)",
            Self::Google => "Google",
            Self::Apple => "Apple iCloud",
            Self::Yahoo => "Yahoo",
            Self::TrendMicro => "Trend Micro",
            Self::Symantec => "Symantec",
            Self::Kaspersky => "Kaspersky",
            Self::Vade => "Vade",
            Self::AntiVirus => "Virus scanner (ClamAV, amavis and others)",
            Self::MailScanner => "MailScanner",
            Self::Fastmail => "Fastmail",
            Self::Gmx => "GMX / WEB.DE / IONOS",
            Self::Yandex => "Yandex",
            Self::Zoho => "Zoho",
            Self::ZoneMta => "ZoneMTA",
            Self::Cloudmark => "Cloudmark",
            Self::Cyren => "Cyren (Commtouch)",
            Self::MessageLabs => "Symantec Email Security.cloud (MessageLabs)",
            Self::McAfee => "McAfee / Trellix",
            Self::Assp => "ASSP",
            Self::Coremail => "Coremail",
            Self::Mirapoint => "Mirapoint",
            Self::Fortinet => "FortiMail",
            Self::Sophos => "Sophos",
            Self::Eset => "ESET",
            Self::DrWeb => "Dr.Web",
            Self::Postini => "Google Postini",
            Self::Bogofilter => "Bogofilter",
            Self::Dspam => "DSPAM",
            Self::SpamExperts => "SpamExperts (N-able)",
        }
    }
}

impl Entry {
    /// The word with what stands before it, in one line.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.key {
            Some(key) if self.value.value.is_empty() => key.value.clone(),
            Some(key) => format!("{}: {}", key.value, self.value.value),
            None => self.value.value.clone(),
        }
    }

    /// The word with what stands before it.
    #[must_use]
    pub fn place(&self) -> Span {
        let start = self.key.as_ref().map_or(self.value.span.start, |key| key.span.start.min(self.value.span.start));
        let end = self.key.as_ref().map_or(self.value.span.end, |key| key.span.end.max(self.value.span.end));
        Span::new(start, end)
    }
}

impl Note {
    /// Whether one of its words is a verdict.
    #[must_use]
    pub fn decides(&self) -> bool {
        let verdicts = [Meaning::PHISH, Meaning::SPAM, Meaning::SKIPPED];
        self.entries.iter().any(|entry| verdicts.iter().any(|words| words.contains(&entry.meaning)))
    }

    /// Whether none of its words says anything that a reader could use.
    #[must_use]
    pub fn is_mute(&self) -> bool {
        self.entries.iter().all(|entry| entry.meaning.is_mute())
    }
}

impl Notes {
    /// As a reader wants them: the receiving side's first, and those that say nothing last.
    #[must_use]
    pub fn ordered(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self.list.iter().collect();
        notes.sort_by_key(|note| {
            let place = match note.whose {
                Whose::Receiver(_) => 0,
                Whose::Unsure(_) => 1,
                Whose::Stranger(_) => 2,
            };
            (note.is_mute(), place, !note.decides())
        });
        notes
    }

    /// The first word of the receiving side's own notes with one of these meanings; those named first win.
    #[must_use]
    pub fn own(&self, wanted: &[Meaning]) -> Option<(&Note, &Entry)> {
        let own = || self.list.iter().filter(|note| note.whose.is_receiver());
        wanted.iter().find_map(|meaning| {
            own().find_map(|note| Some((note, note.entries.iter().find(|entry| entry.meaning == *meaning)?)))
        })
    }
}

/// Reads every note.
#[must_use]
pub fn read(message: &Message, border: &Border<'_>) -> Notes {
    let judge = whose::Judge::new(message, border);
    let mut notes = Notes::default();
    for (index, field) in message.fields.iter().enumerate() {
        let lower = field.name.to_ascii_lowercase();
        let arrived = whose::SET_ASIDE.iter().find_map(|end| lower.strip_suffix(end));
        let Some(header) = table::header_of(arrived.unwrap_or(&lower)) else { continue };
        if notes.list.len() >= MAX_NOTES {
            notes.left_out += 1;
            continue;
        }
        let unfolded = message.unfold(field);
        let spanned = |range: std::ops::Range<usize>| {
            Spanned::new(unfolded.text.get(range.clone()).unwrap_or_default().to_owned(), unfolded.span(range))
        };
        let parts = form::parts(header.form, &unfolded.text);
        let left_out = parts.len().saturating_sub(MAX_ENTRIES);
        let entries: Vec<Entry> = parts
            .into_iter()
            .take(MAX_ENTRIES)
            .map(|(key, value)| {
                let (key, value) = (key.map(spanned), spanned(value));
                let meaning = header.meaning(key.as_ref().map(|key| key.value.as_str()), &value.value);
                Entry { key, value, meaning }
            })
            .collect();
        let named = |entry: &&Entry| entry.meaning == Meaning::ConnectingAddress && entry.key.is_some();
        let address = entries.iter().find(named).and_then(|entry| entry.value.value.parse::<IpAddr>().ok());
        let address = address.map(|ip| ip.to_canonical());
        notes.list.push(Note {
            field: index,
            span: field.span,
            name: field.name.clone(),
            filter: header.filter,
            whose: judge.whose(index, header.guard, arrived.is_some(), address),
            entries,
            left_out,
            source: header.source,
        });
    }
    notes
}

#[cfg(test)]
mod tests;
