//! The clauses of a Received field (RFC 5321 section 4.4), in any order, each with its place.

mod client;
mod dated;
mod part;
mod token;

use std::ops::Range;

use crate::message::date::Stamp;
use crate::message::{Span, Spanned, Unfolded};

pub(in crate::path) use client::{Seen, address, is_host};
use dated::Dated;
pub use part::{Part, PartKind};
pub(in crate::path) use token::Piece;
use token::Token;

/// The longest text of one field that is read; the rest is listed as unread. Real fields stay under 2 KiB.
pub(in crate::path) const MAX_TEXT: usize = 64 * 1024;

/// What a clause is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::path) enum Keyword {
    From,
    By,
    Via,
    With,
    Id,
    For,
    /// RFC 8314 section 4.3: the cipher suite.
    Tls,
    /// RFC 8314 section 4.3: the key exchange group.
    Group,
    /// RFC 6729: why the message is held.
    State,
    /// RFC 6710 section 4.
    Priority,
    /// Exim and Haraka: the envelope sender outside of a comment.
    EnvelopeFrom,
    /// Microsoft SMTPSVC: `over TLS secured channel`.
    Over,
}

impl Keyword {
    /// Whether it opens an additional clause rather than one of RFC 5321 section 4.4 itself.
    const fn is_additional(self) -> bool {
        !matches!(self, Self::From | Self::By | Self::Via | Self::With | Self::Id | Self::For)
    }
}

const KEYWORDS: &[(&str, Keyword)] = &[
    ("from", Keyword::From),
    ("by", Keyword::By),
    ("via", Keyword::Via),
    ("with", Keyword::With),
    ("id", Keyword::Id),
    ("for", Keyword::For),
    ("tls", Keyword::Tls),
    ("group", Keyword::Group),
    ("state", Keyword::State),
    ("priority", Keyword::Priority),
    ("envelope-from", Keyword::EnvelopeFrom),
    ("over", Keyword::Over),
];

/// One clause: its keyword and everything up to the next keyword.
#[derive(Debug)]
pub(in crate::path) struct Clause<'a> {
    /// `None` for what stands before the first keyword, or right after the date.
    pub(in crate::path) keyword: Option<Keyword>,
    /// The keyword as written.
    word: Option<Piece<'a>>,
    tokens: Vec<Token<'a>>,
}

impl<'a> Clause<'a> {
    /// The words up to a semicolon.
    pub(in crate::path) fn words(&self) -> impl Iterator<Item = Piece<'a>> {
        let own = self.tokens.iter().take_while(|token| !matches!(token, Token::Semicolon(_)));
        own.filter_map(|token| if let Token::Word(piece) = token { Some(*piece) } else { None })
    }

    pub(in crate::path) fn comments(&self) -> impl Iterator<Item = Piece<'a>> {
        self.tokens.iter().filter_map(|token| if let Token::Comment(piece) = token { Some(*piece) } else { None })
    }

    /// The first words that stand together: `Microsoft SMTP Server` of `with Microsoft SMTP Server (TLS)`.
    fn phrase(&self) -> Vec<Piece<'a>> {
        let is_word = |token: &&Token<'a>| matches!(token, Token::Word(_));
        let words = self.tokens.iter().skip_while(|token| !is_word(token)).take_while(is_word);
        words.filter_map(|token| if let Token::Word(piece) = token { Some(*piece) } else { None }).collect()
    }
}

/// The clauses of one field.
#[derive(Debug)]
pub(in crate::path) struct Clauses<'a> {
    source: &'a Unfolded,
    text: &'a str,
    /// No span leaves these bytes.
    field: Span,
    list: Vec<Clause<'a>>,
    dated: Option<Dated<'a>>,
    /// The clauses that stand after the date.
    after: Vec<Clause<'a>>,
    /// What lies beyond [`MAX_TEXT`].
    cut: Option<Span>,
}

impl<'a> Clauses<'a> {
    /// Reads the unfolded value of the field that spans `field`.
    pub(in crate::path) fn read(source: &'a Unfolded, field: Span) -> Self {
        let text = &source.text[..source.text.floor_char_boundary(MAX_TEXT)];
        let (list, after) = (Vec::new(), Vec::new());
        let mut this = Self { source, text, field, list, dated: None, after, cut: None };
        if text.len() < source.text.len() {
            this.cut = Some(this.span(Piece { text: &source.text[text.len()..], start: text.len() }));
        }
        let mut tokens = token::split(text);
        this.dated = dated::find(text, &tokens);
        if let Some(dated) = &this.dated {
            this.after = group(tokens.split_off(dated.tokens.1));
            tokens.truncate(dated.tokens.0);
        }
        this.list = group(tokens);
        this
    }

    fn clauses(&self) -> impl Iterator<Item = &Clause<'a>> {
        self.list.iter().chain(&self.after)
    }

    /// The clause of that keyword; when it is repeated, the first counts.
    pub(in crate::path) fn get(&self, keyword: Keyword) -> Option<&Clause<'a>> {
        self.clauses().find(|clause| clause.keyword == Some(keyword))
    }

    /// The clauses of that keyword beyond the first.
    pub(in crate::path) fn repeated(&self, keyword: Keyword) -> impl Iterator<Item = &Clause<'a>> {
        self.clauses().filter(move |clause| clause.keyword == Some(keyword)).skip(1)
    }

    /// Words before the first keyword, or right after the date.
    pub(in crate::path) fn loose_words(&self) -> impl Iterator<Item = Piece<'a>> {
        self.clauses().filter(|clause| clause.keyword.is_none()).flat_map(Clause::words)
    }

    /// The first word of a clause, without a comma at its end.
    pub(in crate::path) fn word(&self, keyword: Keyword) -> Option<Piece<'a>> {
        Some(self.get(keyword)?.words().next()?.trim_end_matches(&[',']))
    }

    /// The words of a clause that stand together, as they are written.
    pub(in crate::path) fn phrase(&self, keyword: Keyword) -> Option<Piece<'a>> {
        let words = self.get(keyword)?.phrase();
        let (first, last) = (words.first()?, words.last()?);
        let range = first.start..last.range().end;
        Some(Piece { text: &self.source.text[range], start: first.start })
    }

    /// The same with one space between words: `Microsoft SMTP Server`.
    pub(in crate::path) fn phrase_text(&self, keyword: Keyword) -> Option<Spanned<String>> {
        let phrase = self.phrase(keyword)?;
        let words: Vec<&str> = phrase.text.split_whitespace().collect();
        Some(Spanned::new(words.join(" "), self.span(phrase)))
    }

    /// The comments of a clause.
    pub(in crate::path) fn comments_of(&self, keyword: Keyword) -> impl Iterator<Item = Piece<'a>> {
        self.get(keyword).into_iter().flat_map(Clause::comments)
    }

    /// The comments before the first keyword.
    pub(in crate::path) fn leading_comments(&self) -> impl Iterator<Item = Piece<'a>> {
        self.list.first().filter(|clause| clause.keyword.is_none()).into_iter().flat_map(Clause::comments)
    }

    /// Every comment of the field, those after the date last.
    pub(in crate::path) fn comments(&self) -> impl Iterator<Item = Piece<'a>> {
        self.clauses().flat_map(Clause::comments)
    }

    pub(in crate::path) fn date(&self) -> Option<Spanned<Stamp>> {
        let dated = self.dated.as_ref()?;
        Some(Spanned::new(dated.stamp, self.span(dated.piece)))
    }

    /// The bytes of a piece, never outside of the field.
    pub(in crate::path) fn span(&self, piece: Piece<'_>) -> Span {
        self.span_of(piece.range())
    }

    fn span_of(&self, range: Range<usize>) -> Span {
        let span = self.source.span(range);
        let start = span.start.clamp(self.field.start, self.field.end);
        Span::new(start, span.end.clamp(start, self.field.end))
    }

    pub(in crate::path) fn spanned(&self, piece: Piece<'_>) -> Spanned<String> {
        Spanned::new(piece.text.to_owned(), self.span(piece))
    }

    /// What the from clause says of the client.
    pub(in crate::path) fn client(&self) -> Seen<'a> {
        self.get(Keyword::From).map_or_else(Seen::default, client::read)
    }

    /// The envelope sender, from its own clause or from a comment, without angle brackets.
    pub(in crate::path) fn envelope_from(&self) -> Option<Spanned<String>> {
        let clause = self.word(Keyword::EnvelopeFrom);
        let piece = clause.or_else(|| self.comments().find_map(envelope_sender))?;
        Some(self.spanned(path(piece)))
    }

    /// The recipient of the for clause, without angle brackets. A lone word counts; in a phrase, only a path does
    /// (`with SMTP Server for Windows NT`).
    pub(in crate::path) fn recipient(&self) -> Option<Piece<'a>> {
        let clause = self.get(Keyword::For)?;
        let first = clause.words().next()?;
        let is_path = first.text.contains(['@', '<']);
        (is_path || clause.words().count() == 1).then(|| path(first))
    }

    /// What every byte of the field was read as.
    pub(in crate::path) fn parts(&self) -> Vec<Part> {
        part::all(self)
    }

    /// How many words of a clause make its value.
    fn words_read(&self, clause: &Clause<'a>) -> usize {
        match clause.keyword {
            None => 0,
            Some(Keyword::With | Keyword::Via | Keyword::Over | Keyword::State | Keyword::Priority) => {
                clause.phrase().len()
            }
            Some(Keyword::For) => usize::from(self.recipient().is_some()),
            Some(Keyword::From | Keyword::By) => {
                usize::from(clause.words().next().is_some_and(|host| is_host(host.trim_end_matches(&[',']))))
            }
            Some(Keyword::Id | Keyword::Tls | Keyword::Group | Keyword::EnvelopeFrom) => 1,
        }
    }

    /// Whether a word of a clause belongs to its value wherever it stands.
    fn is_value(&self, clause: &Clause<'a>, word: Piece<'_>) -> bool {
        match clause.keyword {
            // `from host [192.0.2.1] by host [192.0.2.2]`: the address stands as a word.
            Some(Keyword::From | Keyword::By) => word.text.starts_with('[') && address(word).is_some(),
            // `TLS version=TLSv1.2 cipher=…`
            Some(Keyword::Tls) => word.text.contains('='),
            // Several recipients, though RFC 5321 section 4.4 has one.
            Some(Keyword::For) => self.recipient().is_some() && word.text.contains('@'),
            _ => false,
        }
    }

    fn piece(&self, start: usize, end: usize) -> Piece<'a> {
        Piece { text: self.text.get(start..end).unwrap_or_default(), start }
    }

    /// A comment with its brackets; the closing one may be missing.
    fn bracketed(&self, comment: Piece<'a>) -> Piece<'a> {
        let end = comment.range().end;
        let closed = self.text.get(end..).is_some_and(|rest| rest.starts_with(')'));
        self.piece(comment.start.saturating_sub(1), end + usize::from(closed))
    }
}

fn keyword(word: &str) -> Option<Keyword> {
    KEYWORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|&(_, keyword)| keyword)
}

fn group(tokens: Vec<Token<'_>>) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    for token in tokens {
        let word = if let Token::Word(word) = token { Some(word) } else { None };
        let mut opens = word.and_then(|word| keyword(word.text));
        // `over TLS secured channel`: right after a keyword, the words of additional clauses are ordinary ones.
        if clauses.last().is_some_and(|clause| clause.keyword.is_some() && clause.tokens.is_empty()) {
            opens = opens.filter(|keyword| !keyword.is_additional());
        }
        match (opens, clauses.last_mut()) {
            (Some(_), _) => clauses.push(Clause { keyword: opens, word, tokens: Vec::new() }),
            (None, Some(clause)) => clause.tokens.push(token),
            (None, None) => clauses.push(Clause { keyword: None, word: None, tokens: vec![token] }),
        }
    }
    clauses
}

/// A path without its angle brackets (RFC 5321 section 4.1.2).
fn path(piece: Piece<'_>) -> Piece<'_> {
    let piece = piece.trim_end_matches(&[',']);
    piece.within('<', '>').unwrap_or(piece)
}

/// The sender in `envelope-from <a@example.com>, uid 1001`.
fn envelope_sender(comment: Piece<'_>) -> Option<Piece<'_>> {
    let rest = comment.after_words("envelope-from").or_else(|| comment.after_words("envelope-sender"))?;
    let rest = rest.trim_start_matches(&[' ', '=', ':']);
    rest.split(|character| character.is_whitespace() || character == ',').next()
}
