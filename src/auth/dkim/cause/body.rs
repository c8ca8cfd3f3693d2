//! The search for what was done to a body: edits undone until the canonical body has the hash that was signed. The hash
//! is the proof; no key is needed for it.

mod block;
mod coded;
mod html;
mod line;
mod link;
mod mime;
mod scan;

use std::ops::Range;

use super::budget::Budget;
use super::change::{Change, Edit};
use super::part::Part;
use super::patch::Patch;
use crate::auth::dkim::hash::{self, BodyPlan};
use crate::message::{Span, decode};
use block::Block;
pub(super) use coded::decoded_quotes as unquoted;
use scan::Fit;

/// A body that does not have the hash that was signed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) body: &'a [u8],
    /// Where the body begins in the input.
    pub(super) start: usize,
    pub(super) parts: &'a [Part],
    pub(super) plan: BodyPlan,
    /// `bh=`.
    pub(super) stated: &'a [u8],
}

/// One change, undone.
#[derive(Debug, Clone)]
pub(super) struct Undo {
    change: Change,
    patch: Patch,
    /// What was added or stands there now, where the bytes of the patch do not read as text.
    now: Option<String>,
}

impl Undo {
    const fn new(change: Change, patch: Patch) -> Self {
        Self { change, patch, now: None }
    }

    fn removal(change: Change, range: Range<usize>) -> Option<Self> {
        Some(Self::new(change, Patch::removal(range)?))
    }

    fn replacing(change: Change, replaced: Vec<(Range<usize>, Vec<u8>)>) -> Option<Self> {
        Some(Self::new(change, Patch::new(replaced)?))
    }
}

/// The most single changes and blocks that are tried two at a time.
const PAIRED: usize = 40;
/// The most of each where one is tried with the other.
const MIXED: usize = 16;

/// Undoes known changes, one at a time and then two, until the hash fits.
pub(super) fn seek(wanted: &Wanted<'_>, budget: &mut Budget<'_>) -> Option<Vec<Edit>> {
    let mut search = Search { wanted, budget };
    let undone = search.run().filter(|undone| !wanted.is_emptied_by(undone))?;
    for undo in &undone {
        search.budget.found(undo.change);
    }
    let mut edits: Vec<Edit> = undone.iter().map(|undo| wanted.edit(undo)).collect();
    edits.sort_by_key(|edit| edit.span.start);
    Some(edits)
}

struct Search<'s, 'a, 'b> {
    wanted: &'s Wanted<'a>,
    budget: &'s mut Budget<'b>,
}

impl Search<'_, '_, '_> {
    fn run(&mut self) -> Option<Vec<Undo>> {
        let wanted = self.wanted;
        if let Some(found) = self.alone(Change::FooterAdded, None) {
            return Some(found);
        }
        if let Some(undo) = scan::other_ends(wanted, self.budget) {
            return Some(vec![undo]);
        }
        let whole: Vec<Undo> = [line::undos, mime::undos, coded::undos, link::undos]
            .into_iter()
            .flat_map(|undos: fn(&Wanted<'_>) -> Vec<Undo>| undos(wanted))
            .collect();
        let blocks = block::blocks(wanted);
        for undo in &whole {
            if let Some(found) = self.alone(undo.change, Some(undo)) {
                return Some(found);
            }
        }
        for block in &blocks {
            // Whoever writes something at the top may write something at the end too.
            let found = match block.undo.change {
                Change::BannerAdded if block.rank < PAIRED => self.alone(Change::BannerAdded, Some(&block.undo)),
                change => self.fits(change, &block.undo.patch).then(|| vec![block.undo.clone()]),
            };
            if found.is_some() {
                return found;
            }
        }
        self.two_blocks(&blocks)
            .or_else(|| self.two_changes(&whole))
            .or_else(|| self.change_and_block(&whole, &blocks))
            .or_else(|| self.any_lines())
    }

    /// One change, and in the same pass every text that may have been added at the end.
    fn alone(&mut self, change: Change, undo: Option<&Undo>) -> Option<Vec<Undo>> {
        let none = Patch::NONE;
        let patch = undo.map_or(&none, |undo| &undo.patch);
        let fit = scan::scan(self.wanted, patch, change, self.budget)?;
        let footer = match fit {
            Fit::Whole => None,
            Fit::Until(at) => Undo::removal(Change::FooterAdded, at..self.wanted.body.len()),
        };
        Some(undo.cloned().into_iter().chain(footer).collect())
    }

    fn fits(&mut self, change: Change, patch: &Patch) -> bool {
        let wanted = self.wanted;
        let pieces: Vec<&[u8]> = patch.pieces(wanted.body).map(|piece| piece.bytes).collect();
        let bytes = pieces.iter().map(|piece| piece.len() as u64).sum();
        if !self.budget.spend(change, bytes) {
            return false;
        }
        let digests = hash::body(&pieces, &[wanted.plan]);
        let covered = |canonical| wanted.plan.length.is_none_or(|length| length <= canonical);
        digests.first().is_some_and(|body| body.digest.bytes() == wanted.stated && covered(body.canonical))
    }

    /// A text added to two parts: to the plain one and to the HTML one. Where both show the same words they come first.
    fn two_blocks(&mut self, blocks: &[Block]) -> Option<Vec<Undo>> {
        let mut pairs: Vec<(&Block, &Block)> = Vec::new();
        for (at, left) in blocks.iter().enumerate() {
            let others = blocks.iter().skip(at + 1);
            // Of the body itself a text at the top was tried with every text at the end.
            let others = others
                .filter(|right| right.part != left.part || (left.part > 0 && right.undo.change != left.undo.change));
            pairs.extend(others.map(|right| (left, right)));
        }
        pairs.sort_by_key(|(left, right)| (!left.says_the_same(right), left.rank + right.rank));
        for (left, right) in pairs.into_iter().take(PAIRED * PAIRED) {
            // Patches of a long body are long, and joining them is work that no budget counts.
            if self.budget.is_over() {
                return None;
            }
            let Some(patch) = left.undo.patch.and(&right.undo.patch) else { continue };
            if self.fits(Change::Several, &patch) {
                return Some(vec![left.undo.clone(), right.undo.clone()]);
            }
        }
        None
    }

    fn two_changes(&mut self, whole: &[Undo]) -> Option<Vec<Undo>> {
        let whole = whole.get(..whole.len().min(PAIRED)).unwrap_or_default();
        for (at, left) in whole.iter().enumerate() {
            for right in whole.iter().skip(at + 1) {
                if self.budget.is_over() {
                    return None;
                }
                let Some(patch) = left.patch.and(&right.patch) else { continue };
                let both = Undo::new(Change::Several, patch);
                if let Some(found) = self.alone(Change::Several, Some(&both)) {
                    let footer = found.into_iter().skip(1);
                    return Some([left.clone(), right.clone()].into_iter().chain(footer).collect());
                }
            }
        }
        None
    }

    fn change_and_block(&mut self, whole: &[Undo], blocks: &[Block]) -> Option<Vec<Undo>> {
        for undo in whole.iter().take(MIXED) {
            for block in blocks.iter().take(MIXED) {
                if self.budget.is_over() {
                    return None;
                }
                let Some(patch) = undo.patch.and(&block.undo.patch) else { continue };
                if self.fits(Change::Several, &patch) {
                    return Some(vec![undo.clone(), block.undo.clone()]);
                }
            }
        }
        None
    }

    /// Any lines next to each other, in a body that is short enough.
    fn any_lines(&mut self) -> Option<Vec<Undo>> {
        let wanted = self.wanted;
        let range = block::any_lines(wanted, |bytes| self.budget.spend(Change::TextAdded, bytes))?;
        Some(vec![Undo::removal(Change::TextAdded, range)?])
    }
}

impl Wanted<'_> {
    /// Whether nothing that can be read is left of a body that has something. The hash of an empty body shows no change:
    /// everybody knows it, and any text at all would count as added.
    fn is_emptied_by(&self, undone: &[Undo]) -> bool {
        let is_blank = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_whitespace);
        let empty = hash::body(&[], &[self.plan]);
        if empty.iter().any(|empty| empty.digest.bytes() == self.stated) {
            return !is_blank(self.body);
        }
        let mut undone = undone.iter();
        let patch = undone.try_fold(Patch::NONE, |patch, undo| patch.and(&undo.patch)).unwrap_or_default();
        !is_blank(self.body) && patch.pieces(self.body).all(|piece| is_blank(piece.bytes))
    }

    /// The change for people: where it shows, and what stood there.
    fn edit(&self, undo: &Undo) -> Edit {
        let replaced = undo.patch.replaced();
        let first = replaced.first().map_or(0..0, |(range, _)| range.clone());
        let charset = self.charset_at(first.start);
        let text = |bytes: &[u8]| Edit::text(&decode::lines(bytes.trim_ascii(), charset));
        let now = match &undo.now {
            Some(now) => Edit::text(now),
            None => text(self.body.get(first.clone()).unwrap_or_default()),
        };
        let before = replaced.first().and_then(|(_, with)| text(with));
        Edit {
            change: undo.change,
            span: Span::new(self.start + first.start, self.start + first.end),
            places: match undo.change {
                Change::PartWrapped | Change::Recoded | Change::Rewrapped | Change::MimeFrame => 1,
                _ => replaced.len(),
            },
            field: None,
            now,
            before,
        }
    }

    /// An added text for people.
    fn shown(added: &[u8], part: &Part) -> String {
        let text = decode::lines(added, part.charset.as_deref());
        if part.is_html() { html::text(text.as_bytes()) } else { text }
    }

    /// The charset of the innermost part there.
    fn charset_at(&self, at: usize) -> Option<&str> {
        let holds = |part: &&Part| part.content.contains(&at);
        self.parts.iter().filter(holds).min_by_key(|part| part.content.len())?.charset.as_deref()
    }
}
