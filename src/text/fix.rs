//! What is said of one change, in whatever language.

use crate::auth::spf::MAX_LOOKUPS;
use crate::dns::Answer;
use crate::fix::{Change, Content, Current, Fix, Kind, Outcome, Piece, Place};

use super::Words;

/// The sentences about one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixText {
    pub title: String,
    /// What is changed, one sentence a step.
    pub steps: Vec<String>,
    /// What must be true before, and what comes after.
    pub conditions: Vec<String>,
}

/// The most octets of one character-string of a TXT record (RFC 1035 section 3.3).
pub(super) const MAX_STRING: usize = 255;

/// A value as people read it, its placeholders in words.
#[must_use]
pub fn written(pieces: &[Piece], words: &dyn Words) -> String {
    let piece = |piece: &Piece| match &piece.content {
        Content::Text(text) => text.clone(),
        Content::Placeholder(placeholder) => words.placeholder(placeholder),
    };
    pieces.iter().map(piece).collect()
}

/// What stands there now, each value with its name: of a record that is tried, also what DNS has.
#[must_use]
pub fn current(change: &Change, words: &dyn Words) -> Vec<(&'static str, String)> {
    let panels = words.panels();
    let none = || vec![(panels.fix_current, panels.fix_none_yet.to_owned())];
    match &change.current {
        Current::Unknown => Vec::new(),
        Current::Records(records) if records.is_empty() => none(),
        Current::Records(records) | Current::Beside(records) => {
            records.iter().map(|record| (panels.fix_current, written(record, words))).collect()
        }
        Current::Tried { published, records } => {
            let published = match published {
                None => vec![(panels.fix_current, panels.fix_not_known.to_owned())],
                Some(published) if published.is_empty() => none(),
                Some(published) => published.iter().map(|record| (panels.fix_current, record.clone())).collect(),
            };
            let tried = records.iter().map(|record| (panels.what_if_tried, written(record, words)));
            published.into_iter().chain(tried).collect()
        }
    }
}

/// What stands there after the change: the new value, behind those that stay.
#[must_use]
pub fn after(change: &Change, words: &dyn Words) -> Vec<String> {
    let stays = change.current.beside().iter().map(|record| written(record, words));
    stays.chain([written(&change.new, words)]).collect()
}

/// What DNS answered, in one line.
#[must_use]
pub fn told(answer: &Answer, words: &dyn Words) -> String {
    match &answer.records {
        Ok(records) => records.iter().map(ToString::to_string).collect::<Vec<_>>().join("  "),
        Err(failure) if failure.is_absent() => words.panels().fix_none_yet.to_owned(),
        Err(failure) => words.dns_failure(*failure).to_owned(),
    }
}

/// What has to be put into a value, or looked at in it, before it is of use; `None` where it is complete.
#[must_use]
pub fn unfilled(change: &Change, words: &dyn Words) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for name in change.placeholders().map(|placeholder| words.placeholder(placeholder)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let panels = words.panels();
    if names.is_empty() {
        // A trial puts stand-ins where somebody has to fill in; the next step would hand them on.
        return matches!(change.current, Current::Tried { .. }).then(|| panels.fix_on_tried.to_owned());
    }
    Some(panels.fix_placeholders.replace("{}", &names.join(words.letter().comma)))
}

/// Sentences that several steps share are said once.
pub(super) fn once(sentences: Vec<String>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for sentence in sentences {
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    said
}

/// A value does not fit into one character-string.
pub(super) fn is_long(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.place == Place::Txt && Piece::plain(&change.new).len() > MAX_STRING)
}

/// What came of trying the change.
#[must_use]
pub fn outcome(fix: &Fix, words: &dyn Words) -> String {
    let panels = words.panels();
    match fix.outcome {
        Outcome::Proved { verdict: _, dmarc, spf, lookups, dkim, iprev } => {
            let spf = spf.map_or(panels.not_evaluated, |result| words.spf_result(Some(result)));
            let lookups = lookups.map_or_else(String::new, |lookups| format!(" ({lookups}/{MAX_LOOKUPS})"));
            let sentence = match (dkim, iprev) {
                (Some(dkim), _) => panels.fix_proved_key.replace("{dkim}", words.dkim_result(dkim)),
                (None, Some(iprev)) => panels.fix_proved_reverse.replace("{iprev}", words.iprev_result(iprev)),
                (None, None) => panels.fix_proved.replace("{spf}", &format!("{spf}{lookups}")),
            };
            sentence.replace("{dmarc}", words.dmarc_result(dmarc))
        }
        Outcome::Met if matches!(fix.kind, Kind::Bimi { .. }) => panels.fix_met_logo.to_owned(),
        // Nothing shows whose mail it is: the rules that these lines meet are not all there is to it.
        Outcome::Met if matches!(fix.kind, Kind::OneClick { unproved: Some(_), .. }) => {
            panels.fix_only_signer.to_owned()
        }
        Outcome::Met => panels.fix_met.to_owned(),
        Outcome::OnlySigner => panels.fix_only_signer.to_owned(),
        Outcome::NeedsValue => panels.fix_needs_value.to_owned(),
        Outcome::FutureMail => panels.fix_future_mail.to_owned(),
        Outcome::NotTried => panels.fix_not_tried.to_owned(),
        Outcome::NotOffered { why } => words.not_offered(why).to_owned(),
    }
}
