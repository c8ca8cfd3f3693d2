//! A body with some of its bytes replaced: what one change undone makes of it.

use std::ops::Range;

/// Replaced ranges, ascending and apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Patch(Vec<(Range<usize>, Vec<u8>)>);

/// Neighbouring bytes of a patched body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) bytes: &'a [u8],
    /// Where they stand in the body as it is; for a replacement, what it replaces.
    pub(super) start: usize,
    pub(super) verbatim: bool,
}

impl Patch {
    /// The body as it is.
    pub(super) const NONE: Self = Self(Vec::new());

    /// `None` when ranges overlap, or when nothing is changed.
    pub(super) fn new(mut replaced: Vec<(Range<usize>, Vec<u8>)>) -> Option<Self> {
        replaced.retain(|(range, with)| !(range.is_empty() && with.is_empty()));
        replaced.sort_by_key(|(range, _)| (range.start, range.end));
        let apart = replaced.is_sorted_by(|(before, _), (after, _)| before.end <= after.start);
        (apart && !replaced.is_empty()).then_some(Self(replaced))
    }

    pub(super) fn removal(range: Range<usize>) -> Option<Self> {
        Self::new(vec![(range, Vec::new())])
    }

    /// Both at once; `None` where they touch the same bytes.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let mut both: Vec<_> = self.0.iter().chain(&other.0).cloned().collect();
        both.sort_by_key(|(range, _)| (range.start, range.end));
        // Two insertions at one place have no order.
        let same =
            |pair: &[(Range<usize>, Vec<u8>)]| matches!(pair, [(a, _), (b, _)] if a.start == b.start && a.is_empty());
        if both.windows(2).any(same) {
            return None;
        }
        Self::new(both)
    }

    /// What is replaced, and by what.
    pub(super) fn replaced(&self) -> &[(Range<usize>, Vec<u8>)] {
        &self.0
    }

    /// The patched body in pieces, so that a large one is not copied.
    pub(super) fn pieces<'a>(&'a self, body: &'a [u8]) -> impl Iterator<Item = Piece<'a>> {
        let mut at = 0;
        let ends = std::iter::once((body.len()..body.len(), &[] as &[u8]));
        let replaced = self.0.iter().map(|(range, with)| (range.clone(), with.as_slice()));
        let pieces = replaced.chain(ends).flat_map(move |(range, with)| {
            let before = body.get(at..range.start).unwrap_or_default();
            let pieces = [
                Piece { bytes: before, start: at, verbatim: true },
                Piece { bytes: with, start: range.start, verbatim: false },
            ];
            at = range.end;
            pieces
        });
        pieces.filter(|piece| !piece.bytes.is_empty())
    }
}

/// Lines of bytes with their ends, each with where it begins.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    bytes.split_inclusive(|&byte| byte == b'\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// A line without its end.
pub(super) fn content(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(patch: &Patch, body: &[u8]) -> Vec<u8> {
        patch.pieces(body).flat_map(|piece| piece.bytes.iter().copied()).collect()
    }

    #[test]
    fn pieces_are_the_patched_body() {
        let patch = Patch::new(vec![(7..9, b"X".to_vec()), (0..2, Vec::new()), (10..10, b"!".to_vec())]).unwrap();
        assert_eq!(apply(&patch, b"0123456789"), b"23456X9!");
        assert_eq!(apply(&Patch::NONE, b"ab"), b"ab");
        let places: Vec<_> = patch.pieces(b"0123456789").map(|piece| (piece.start, piece.verbatim)).collect();
        assert_eq!(places, [(2, true), (7, false), (9, true), (10, false)]);
    }

    #[test]
    fn patches_join_where_they_are_apart() {
        let left = Patch::removal(0..2).unwrap();
        assert_eq!(apply(&left.and(&Patch::removal(2..4).unwrap()).unwrap(), b"abcdef"), b"ef");
        assert_eq!(left.and(&Patch::removal(1..4).unwrap()), None);
        let first = Patch::new(vec![(3..3, b"x".to_vec())]).unwrap();
        assert_eq!(first.and(&first), None);
        // A long body has as many insertions as lines.
        let every =
            |step: usize| Patch::new((0..200_000).map(|at| (2 * at + step..2 * at + step, vec![b'>'])).collect());
        let (even, odd) = (every(0).unwrap(), every(1).unwrap());
        assert_eq!(even.and(&odd).map(|both| both.replaced().len()), Some(400_000));
        assert_eq!(even.and(&even), None);
        assert_eq!(Patch::removal(3..3), None);
    }
}
