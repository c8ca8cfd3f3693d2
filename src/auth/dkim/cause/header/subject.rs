//! Tags put before or after the Subject: `[list 12]`, `[EXT]`, `***SPAM***`, 【社外】.

use std::ops::Range;

use super::words::{self, Word};
use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::message::{Span, decode};

/// The longest tag that is looked for, in bytes.
const LONGEST: usize = 160;

/// Characters that open a tag, each with the one that closes it.
const BRACKETS: &[(&str, &str)] =
    &[("[", "]"), ("【", "】"), ("(", ")"), ("（", "）"), ("{", "}"), ("<", ">"), ("［", "］"), ("〔", "〕")];
/// Words that mark an answer, after which lists put their tag.
const ANSWERS: &[&str] =
    &["re:", "fw:", "fwd:", "aw:", "wg:", "sv:", "vs:", "tr:", "antw:", "返信:", "転送:", "re：", "fw："];

/// A text that may be a tag.
struct Tag {
    range: Range<usize>,
    doubt: u8,
}

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let Some((index, field)) = wanted.field("subject") else { return Vec::new() };
    let value = wanted.value(field);
    let mut undos = Vec::new();
    let undo = |rest: &[u8], span: Span, tag: &str, doubt| {
        let changed = wanted.changed(Change::SubjectTag, (index, field), rest, doubt);
        Undo { span, now: Some(tag.to_owned()), before: None, ..changed }
    };
    // As it stands in the field.
    for tag in tags(value) {
        let rest = [value.get(..tag.range.start), value.get(tag.range.end..)].map(Option::unwrap_or_default).concat();
        let span = Span::new(field.value.start + tag.range.start, field.value.start + tag.range.end);
        let text = shown(value.get(tag.range).unwrap_or_default());
        undos.push(undo(&rest, span, &text, tag.doubt));
    }
    // Inside encoded words, which were then made anew.
    let coded = words::read(value);
    if let [first, .., last] | [first @ last] = coded.as_slice() {
        let place = first.range.start..last.range.end;
        let between = value.get(first.range.end..).unwrap_or_default();
        let span = Span::new(field.value.start + place.start, field.value.start + place.end);
        let whole = words::joined(&coded).filter(|_| !between.is_empty() || coded.len() == 1);
        if let Some(bytes) = whole {
            let text = decode::text(value.get(place.clone()).unwrap_or_default()).text;
            for tag in tags(&bytes).iter().filter(|tag| tag.doubt == 0) {
                let rest =
                    [bytes.get(..tag.range.start), bytes.get(tag.range.end..)].map(Option::unwrap_or_default).concat();
                let shown = tag_text(&text, &bytes, tag, first);
                for form in words::forms(&rest, first, "Subject") {
                    let around = [value.get(..place.start), Some(form.as_slice()), value.get(place.end..)];
                    undos.push(undo(&around.map(Option::unwrap_or_default).concat(), span, &shown, 2));
                }
            }
        }
    }
    undos
}

/// The tag in what a person reads: of ASCII tags the bytes themselves.
fn tag_text(text: &str, bytes: &[u8], tag: &Tag, word: &Word) -> String {
    let own = bytes.get(tag.range.clone()).unwrap_or_default();
    if own.is_ascii() && !own.contains(&0x1b) {
        return String::from_utf8_lossy(own).into_owned();
    }
    let rest = words::forms(bytes.get(tag.range.end..).unwrap_or_default(), word, "");
    let rest = rest.first().map(|form| decode::text(form).text).unwrap_or_default();
    text.strip_suffix(rest.as_str()).unwrap_or(text).to_owned()
}

/// A tag with the space after it, for people.
fn shown(raw: &[u8]) -> String {
    let text = decode::text(raw).text;
    let space = |side: Option<&u8>| if side.is_some_and(u8::is_ascii_whitespace) { " " } else { "" };
    format!("{}{text}{}", if text.starts_with(' ') { "" } else { space(raw.first()) }, space(raw.last()))
        .trim_start()
        .to_owned()
}

/// Everything that may have been put into a Subject, at its beginning, after `Re:`, or at its end.
fn tags(value: &[u8]) -> Vec<Tag> {
    let start = value.len() - value.trim_ascii_start().len();
    let end = value.trim_ascii_end().len();
    let mut tags = Vec::new();
    for from in starts(value, start) {
        let within = value.get(from..end.min(from + LONGEST)).unwrap_or_default();
        let bracketed = bracketed(within);
        for length in breaks(within) {
            let doubt =
                if bracketed.contains(&length) || is_shout(within.get(..length).unwrap_or_default()) { 0 } else { 3 };
            tags.push(Tag { range: from..from + length, doubt });
        }
        tags.extend(bracketed.iter().map(|&length| Tag { range: from..from + length, doubt: 0 }));
    }
    // At the end, with the white space before it.
    let tail = end.saturating_sub(LONGEST).max(start);
    for at in (tail + 1..end).rev() {
        let before = value.get(at - 1).is_some_and(u8::is_ascii_whitespace);
        let text = value.get(at..end).unwrap_or_default();
        let whole = bracketed(text).contains(&text.len());
        if (before && !value.get(at).is_some_and(u8::is_ascii_whitespace)) || whole {
            let spaces = value.get(..at).unwrap_or_default();
            let from = spaces.trim_ascii_end().len();
            tags.push(Tag { range: from..end, doubt: if whole || is_shout(text) { 0 } else { 3 } });
        }
    }
    tags
}

/// The beginning of the Subject, and the places after words that mark an answer.
fn starts(value: &[u8], start: usize) -> Vec<usize> {
    let mut starts = vec![start];
    let mut at = start;
    while let Some(rest) = value.get(at..) {
        let lower = String::from_utf8_lossy(rest.get(..rest.len().min(16)).unwrap_or_default()).to_lowercase();
        let Some(answer) = ANSWERS.iter().find(|answer| lower.starts_with(*answer)) else { break };
        at += answer.len();
        at += value.get(at..).map_or(0, |rest| rest.len() - rest.trim_ascii_start().len());
        starts.push(at);
    }
    starts
}

/// Ends of text in brackets that begins right here, with the white space after them; of several in a row, each.
fn bracketed(text: &[u8]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some((open, close)) = BRACKETS.iter().find(|(open, _)| rest.starts_with(open.as_bytes())) else { break };
        let inside = rest.get(open.len()..).unwrap_or_default();
        let Some(length) = inside.windows(close.len()).position(|window| window == close.as_bytes()) else { break };
        at += open.len() + length + close.len();
        let spaces = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_ascii_start().len());
        ends.push(at);
        at += spaces;
        if spaces > 0 {
            // The longer one first: what people call the tag ends with its space.
            ends.insert(ends.len() - 1, at);
        }
    }
    ends
}

/// Ends of words, with the white space after them.
fn breaks(text: &[u8]) -> Vec<usize> {
    let is_break = |at: &usize| {
        let space = |at: usize| text.get(at).is_some_and(u8::is_ascii_whitespace);
        *at > 0 && !space(*at) && space(at - 1)
    };
    (0..text.len()).filter(is_break).collect()
}

/// Words in stars or before a colon, as filters write them: `***SPAM***`, `SPAM:`, `EXTERNAL:`.
fn is_shout(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let stars = text.len() > 4 && text.starts_with(b"*") && text.ends_with(b"*");
    let word = text.strip_suffix(b":").or_else(|| text.strip_suffix(b"-")).unwrap_or_default().trim_ascii();
    let capitals = word.len() > 2 && word.iter().all(|byte| byte.is_ascii_uppercase() || b"-_ ".contains(byte));
    let known = [b"spam".as_slice(), b"external", b"ext", b"caution", b"bulk", b"virus"];
    stars || capitals || known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_tags_come_out() {
        let likely = |value: &str| -> Vec<String> {
            let tags = tags(value.as_bytes());
            let likely = tags.into_iter().filter(|tag| tag.doubt == 0);
            likely.map(|tag| String::from_utf8_lossy(&value.as_bytes()[tag.range]).into_owned()).collect()
        };
        let has = |value: &str, tag: &str| {
            assert!(likely(value).iter().any(|found| found == tag), "{value}: {:?}", likely(value));
        };
        has(" [EXT] Meeting", "[EXT] ");
        has(" [EXT]Meeting", "[EXT]");
        has(" Re: [users 12] Meeting", "[users 12] ");
        has(" 【社外】会議", "【社外】");
        has(" [a] [b] Meeting", "[a] [b] ");
        has(" ***SPAM*** Meeting", "***SPAM*** ");
        has(" EXTERNAL: Meeting", "EXTERNAL: ");
        has(" Meeting [EXT]", " [EXT]");
        has(" 会議【社外】", "【社外】");
        assert_eq!(likely(" Meeting on Tuesday"), [""; 0]);
        assert!(tags(b"").is_empty());
    }
}
