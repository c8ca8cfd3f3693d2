//! Texts that may have been added at the beginning or the end of a text part, the likeliest first.

use std::ops::Range;

use super::coded::{self, Lines};
use super::{Undo, Wanted, html};
use crate::auth::dkim::canon::{self, Form, Sink};
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::part::{Encoding, Part};
use crate::auth::dkim::cause::patch::{Patch, content, lines};
use crate::auth::dkim::crypto::Hasher;

/// How many lines from either end a text is looked for.
const LINES: usize = 80;
/// The most texts that are tried in one part.
const BLOCKS: usize = 160;
/// The most parts that are looked at.
const PARTS: usize = 6;
/// The largest part that is decoded.
const DECODED: usize = 1 << 20;
/// Lines of a body of which any that stand next to each other are tried, and how many of them at a time.
const ANY_LINES: usize = 400;
const ANY_LENGTH: usize = 12;

/// A text that may have been added.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) undo: Undo,
    /// The part that it is in.
    pub(super) part: usize,
    /// Its place among those of its part, the likeliest first.
    pub(super) rank: usize,
    /// Its words, to be compared with those of another part.
    words: String,
}

impl Block {
    /// Whether a program added both: the same words, once as text and once as HTML.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.undo.change == other.undo.change && !self.words.is_empty() && self.words == other.words
    }
}

/// A range of a text that may have been added, and whether it looks like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) range: Range<usize>,
    pub(super) change: Change,
    /// Lower is likelier.
    pub(super) doubt: usize,
}

/// The texts of every text part, those of all parts mixed by likelihood.
pub(super) fn blocks(wanted: &Wanted<'_>) -> Vec<Block> {
    let texts = wanted.parts.iter().enumerate().filter(|(_, part)| part.is_text()).take(PARTS);
    let mut blocks: Vec<Block> = texts.flat_map(|(index, part)| of_part(wanted, index, part)).collect();
    blocks.sort_by_key(|block| block.rank);
    blocks
}

fn of_part(wanted: &Wanted<'_>, index: usize, part: &Part) -> Vec<Block> {
    let raw = wanted.body.get(part.content.clone()).unwrap_or_default();
    if raw.len() > DECODED && part.encoding != Encoding::Plain {
        return Vec::new();
    }
    let decoded = coded::Decoded::of(part, raw);
    let text = decoded.text();
    let mut candidates = if part.is_html() { html::candidates(text) } else { Vec::new() };
    candidates.extend(of_lines(text));
    candidates.sort_by_key(|candidate| candidate.doubt);
    candidates.truncate(BLOCKS);
    let undo = |(rank, candidate): (usize, Candidate)| {
        let added = text.get(candidate.range.clone())?;
        let words = if part.is_html() { html::words(added) } else { words(added) };
        // What is only white space was not added as a text.
        let undos: Vec<Undo> = decoded
            .without(&candidate.range, Lines::of(raw))
            .into_iter()
            .filter_map(|(range, with)| {
                let range = part.content.start + range.start..part.content.start + range.end;
                let mut undo = Undo::new(candidate.change, Patch::new(vec![(range, with)])?);
                undo.now = Some(Wanted::shown(added, part).trim().to_owned());
                Some(undo)
            })
            .collect();
        let block = move |undo| Block { undo, part: index, rank, words: words.clone() };
        (!added.trim_ascii().is_empty()).then(|| undos.into_iter().map(block).collect::<Vec<_>>())
    };
    candidates.into_iter().enumerate().filter_map(undo).flatten().collect()
}

/// Whole lines at the beginning and at the end. At the end the line end before them may have come with them.
fn of_lines(text: &[u8]) -> Vec<Candidate> {
    let all: Vec<(usize, &[u8])> = lines(text).collect();
    let is_separator = |line: &[u8]| {
        let line = content(line).trim_ascii();
        line.len() > 1 && line.iter().all(|byte| b"-_=*~#+.".contains(byte))
    };
    let is_blank = |line: &[u8]| content(line).trim_ascii().is_empty();
    let doubt = |edge: Option<&(usize, &[u8])>, distance: usize| {
        let near = edge.is_some_and(|(_, line)| is_separator(line) || is_blank(line));
        distance + if near { 0 } else { LINES }
    };
    let mut candidates = Vec::new();
    for (distance, at) in (1..all.len()).take(LINES).enumerate() {
        let Some((end, _)) = all.get(at) else { continue };
        candidates.push(Candidate {
            range: 0..*end,
            change: Change::BannerAdded,
            doubt: doubt(all.get(at - 1), distance),
        });
    }
    for (distance, at) in (1..all.len()).rev().take(LINES).enumerate() {
        let (Some((start, _)), Some((before, line))) = (all.get(at), all.get(at - 1)) else { continue };
        let doubt = doubt(all.get(at), distance).min(doubt(all.get(at - 1), distance));
        let change = Change::FooterAdded;
        candidates.push(Candidate { range: before + content(line).len()..text.len(), change, doubt });
        candidates.push(Candidate { range: *start..text.len(), change, doubt });
    }
    candidates
}

/// Lines next to each other that can be taken out so that the rest has the hash: short ones first. `may` takes the cost of a
/// try.
pub(super) fn any_lines(wanted: &Wanted<'_>, mut may: impl FnMut(u64) -> bool) -> Option<Range<usize>> {
    let all: Vec<(usize, &[u8])> = lines(wanted.body).take(ANY_LINES + 1).collect();
    if all.len() > ANY_LINES || wanted.plan.length.is_some() {
        return None;
    }
    // Each line in canonical form, so that a try is nothing but hashing.
    let canonical: Vec<Vec<u8>> = all.iter().map(|(_, line)| canonical_line(line, wanted.plan.form)).collect();
    let empty = |line: &&Vec<u8>| line.as_slice() == b"\r\n";
    for length in 1..all.len().min(ANY_LENGTH + 1) {
        for at in 0..=all.len() - length {
            let (before, after) = (canonical.get(..at)?, canonical.get(at + length..)?);
            let kept = before.iter().chain(after);
            let ends = kept.clone().rev().take_while(empty).count();
            let kept = kept.take(all.len() - length - ends);
            if !may(kept.clone().map(|line| line.len() as u64).sum()) {
                return None;
            }
            let mut hasher = Hasher::new(wanted.plan.hash);
            kept.for_each(|line| hasher.write(line));
            if hasher.finish().bytes() == wanted.stated {
                let end = all.get(at + length).map_or(wanted.body.len(), |(end, _)| *end);
                return Some(all.get(at)?.0..end);
            }
        }
    }
    None
}

/// One line with its end; an empty one is CRLF alone.
fn canonical_line(line: &[u8], form: Form) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len() + 2);
    let mut canonical = canon::Body::new(form);
    canonical.push(line, &mut text);
    if text.is_empty() {
        return b"\r\n".to_vec();
    }
    canonical.finish(&mut text);
    text
}

/// Letters and digits, in lower case.
pub(super) fn words(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_come_first() {
        let text = b"one\r\ntwo\r\n-- \r\nfooter\r\n";
        let mut candidates = of_lines(text);
        candidates.sort_by_key(|candidate| candidate.doubt);
        let footers: Vec<_> = candidates
            .iter()
            .filter(|candidate| candidate.change == Change::FooterAdded)
            .map(|candidate| String::from_utf8_lossy(&text[candidate.range.clone()]))
            .collect();
        assert_eq!(footers[..3], ["\r\nfooter\r\n", "footer\r\n", "\r\n-- \r\nfooter\r\n"]);
        assert_eq!(footers.len(), 6);
    }
}
