//! What every byte of a field was read as.

use serde::Serialize;

use super::token::{Piece, Token};
use super::{Clauses, Keyword};
use crate::message::Span;

/// A stretch of a field and what it was read as. White space between the parts belongs to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    pub kind: PartKind,
    pub span: Span,
}

/// What a stretch of a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A keyword with its value (RFC 5321 section 4.4 and its additional clauses).
    From,
    By,
    Via,
    With,
    Id,
    For,
    Tls,
    Group,
    State,
    Priority,
    EnvelopeFrom,
    Over,
    /// Words in round brackets, brackets included. They are never hosts, except that a from clause's hold TCP-info.
    Comment,
    /// The date, with the semicolon before it.
    Date,
    /// Semicolons and commas between other parts.
    Mark,
    /// Words that only the software that was recognised writes.
    Wording,
    /// What follows the last semicolon and is no date.
    UnreadDate,
    /// What fits neither the grammar nor the dialect.
    Unread,
}

impl PartKind {
    const fn of(keyword: Keyword) -> Self {
        match keyword {
            Keyword::From => Self::From,
            Keyword::By => Self::By,
            Keyword::Via => Self::Via,
            Keyword::With => Self::With,
            Keyword::Id => Self::Id,
            Keyword::For => Self::For,
            Keyword::Tls => Self::Tls,
            Keyword::Group => Self::Group,
            Keyword::State => Self::State,
            Keyword::Priority => Self::Priority,
            Keyword::EnvelopeFrom => Self::EnvelopeFrom,
            Keyword::Over => Self::Over,
        }
    }

    /// Whether nothing could be made of it.
    #[must_use]
    pub const fn is_unread(self) -> bool {
        matches!(self, Self::Unread | Self::UnreadDate)
    }
}

/// The parts of a field, in the order in which they stand.
pub(super) fn all(clauses: &Clauses<'_>) -> Vec<Part> {
    let mut writer = Writer { clauses, parts: Vec::new(), closed: false };
    let mut seen: Vec<Option<Keyword>> = Vec::new();
    let mut last_semicolon = None;
    let before = clauses.list.len();
    for (index, clause) in clauses.clauses().enumerate() {
        // Nothing reaches across the date.
        writer.closed |= index == before;
        let repeated = clause.keyword.is_some() && seen.contains(&clause.keyword);
        seen.push(clause.keyword);
        let kind = clause.keyword.filter(|_| !repeated).map_or(PartKind::Unread, PartKind::of);
        if let Some(word) = clause.word {
            writer.push(kind, word, if repeated { Join::Neighbour } else { Join::Never });
        }
        let mut words = clauses.words_read(clause);
        for token in &clause.tokens {
            match token {
                Token::Word(word) if word.text.chars().all(|mark| mark == ',') => {
                    writer.push(PartKind::Mark, *word, Join::Never);
                }
                Token::Word(word) if !repeated && (words > 0 || clauses.is_value(clause, *word)) => {
                    words = words.saturating_sub(1);
                    writer.push(kind, *word, Join::Neighbour);
                }
                Token::Word(word) | Token::Stray(word) => writer.push(PartKind::Unread, *word, Join::Neighbour),
                Token::Comment(comment) => writer.push(PartKind::Comment, clauses.bracketed(*comment), Join::Never),
                Token::Semicolon(at) => {
                    last_semicolon = Some(*at);
                    writer.push(PartKind::Mark, clauses.piece(*at, at + 1), Join::Never);
                }
            }
        }
    }
    let mut parts = writer.parts;
    if let Some(dated) = &clauses.dated {
        let start = dated.semicolon.unwrap_or(dated.piece.start);
        parts.push(Part { kind: PartKind::Date, span: clauses.span_of(start..dated.piece.range().end) });
    }
    parts.extend(clauses.cut.map(|span| Part { kind: PartKind::Unread, span }));
    parts.sort_by_key(|part| part.span.start);
    // Without a date, what follows the last semicolon was meant as one.
    if let (None, Some(semicolon)) = (&clauses.dated, last_semicolon) {
        let after = clauses.span_of(semicolon..semicolon + 1).end;
        let next = parts.iter_mut().find(|part| part.span.start >= after);
        if let Some(next) = next.filter(|part| part.kind == PartKind::Unread) {
            next.kind = PartKind::UnreadDate;
        }
    }
    parts
}

/// Whether a piece may lengthen the part before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Never,
    /// When it is of the same kind.
    Neighbour,
}

struct Writer<'a, 'b> {
    clauses: &'b Clauses<'a>,
    parts: Vec<Part>,
    /// Whether the last part cannot be lengthened.
    closed: bool,
}

impl Writer<'_, '_> {
    fn push(&mut self, kind: PartKind, piece: Piece<'_>, join: Join) {
        let span = self.clauses.span(piece);
        let joins = join == Join::Neighbour && !std::mem::take(&mut self.closed);
        match self.parts.last_mut() {
            Some(last) if joins && last.kind == kind => last.span.end = last.span.end.max(span.end),
            _ => self.parts.push(Part { kind, span }),
        }
    }
}
