//! Words, comments and semicolons of a Received field (RFC 5322 sections 3.2.2 to 3.2.4), read forgivingly and in one pass.

use std::ops::Range;

/// A part of the unfolded text that knows where it stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::path) struct Piece<'a> {
    pub(in crate::path) text: &'a str,
    pub(in crate::path) start: usize,
}

impl<'a> Piece<'a> {
    pub(in crate::path) const fn range(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The part of this piece that `text`, a slice of it, is.
    fn part(self, text: &'a str) -> Self {
        Self { text, start: self.start + (text.as_ptr().addr() - self.text.as_ptr().addr()) }
    }

    pub(in crate::path) fn trim(self) -> Self {
        self.part(self.text.trim())
    }

    pub(in crate::path) fn trim_end_matches(self, end: &[char]) -> Self {
        self.part(self.text.trim_end_matches(end))
    }

    pub(in crate::path) fn strip_prefix(self, prefix: &str) -> Option<Self> {
        let head = self.text.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix).then(|| self.part(&self.text[prefix.len()..]))
    }

    pub(in crate::path) fn trim_start_matches(self, start: &[char]) -> Self {
        self.part(self.text.trim_start_matches(start))
    }

    /// Whether the words of `mark` stand at the beginning, however much white space is between them.
    pub(in crate::path) fn begins(self, mark: &str) -> bool {
        words_at(self.text.trim_start(), mark).is_some()
    }

    /// What stands after the last `mark`, or the whole piece.
    pub(in crate::path) fn after_last(self, mark: char) -> Self {
        self.text.rsplit_once(mark).map_or(self, |(_, tail)| self.part(tail))
    }

    /// What stands between `open` and `close`, when the piece begins and ends with them.
    pub(in crate::path) fn within(self, open: char, close: char) -> Option<Self> {
        self.text.strip_prefix(open)?.strip_suffix(close).map(|inner| self.part(inner))
    }

    /// The parts between separators, empty ones left out.
    pub(in crate::path) fn split(self, separator: impl Fn(char) -> bool) -> impl Iterator<Item = Self> {
        self.text.split(separator).filter(|part| !part.is_empty()).map(move |part| self.part(part))
    }

    /// The words of `phrase`, in small letters, where they stand together: not within another word, and however much
    /// white space is between them.
    pub(in crate::path) fn find_words(self, phrase: &str) -> Option<Self> {
        let lower = self.text.to_ascii_lowercase();
        let first = phrase.split(' ').next().unwrap_or_default();
        lower.match_indices(first).find_map(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let is_start = before.is_none_or(|character| character.is_whitespace() || ",;(".contains(character));
            let rest = words_at(&lower[at..], phrase).filter(|_| is_start)?;
            Some(self.part(&self.text[at..lower.len() - rest.len()]))
        })
    }

    /// What follows the words of `phrase`.
    pub(in crate::path) fn after_words(self, phrase: &str) -> Option<Self> {
        let found = self.find_words(phrase)?;
        Some(self.part(&self.text[found.range().end - self.start..]))
    }
}

/// What stands behind the words of `phrase`, when `text` begins with them.
fn words_at<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = text;
    for (index, word) in phrase.split(' ').enumerate() {
        let trimmed = if index == 0 { rest } else { rest.trim_start() };
        rest = trimmed.strip_prefix(word)?;
    }
    Some(rest)
}

/// One token of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::path) enum Token<'a> {
    /// Text without white space, or with it inside quotes or angle brackets.
    Word(Piece<'a>),
    /// What stands inside the outer round brackets.
    Comment(Piece<'a>),
    /// At this offset of the text, outside of every bracket and quote.
    Semicolon(usize),
    /// A closing bracket that nothing opened.
    Stray(Piece<'a>),
}

impl Token<'_> {
    /// Where the token begins in the text; for a comment, its opening bracket.
    pub(in crate::path) const fn start(&self) -> usize {
        match self {
            Token::Word(piece) | Token::Stray(piece) => piece.start,
            Token::Comment(piece) => piece.start - 1,
            Token::Semicolon(at) => *at,
        }
    }
}

/// Splits the text. Every byte is looked at a bounded number of times: a bracket or quote that is never closed is
/// searched for once and then taken as an ordinary character.
pub(in crate::path) fn split(text: &str) -> Vec<Token<'_>> {
    Scanner { text, at: 0, comments: Comments::Nested, quotes: Quotes::Closed }.run()
}

/// How the end of a comment is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comments {
    Nested,
    /// Some bracket of this field is never closed, so that counting is of no use: a comment ends at the next `)`.
    UpToNext,
}

/// Whether a quotation mark may still find its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Closed,
    Open,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    comments: Comments,
    quotes: Quotes,
}

impl<'a> Scanner<'a> {
    fn run(mut self) -> Vec<Token<'a>> {
        let mut tokens = Vec::new();
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b'(' => tokens.push(self.comment()),
                b')' => {
                    tokens.push(Token::Stray(self.piece(self.at, self.at + 1)));
                    self.at += 1;
                }
                b';' => {
                    tokens.push(Token::Semicolon(self.at));
                    self.at += 1;
                }
                _ => tokens.push(self.word()),
            }
        }
        tokens
    }

    fn piece(&self, start: usize, end: usize) -> Piece<'a> {
        Piece { text: self.text.get(start..end).unwrap_or_default(), start }
    }

    fn comment(&mut self) -> Token<'a> {
        let start = self.at + 1;
        if self.comments == Comments::Nested {
            if let Some(end) = self.nested_end(start) {
                self.at = end + 1;
                return Token::Comment(self.piece(start, end));
            }
            self.comments = Comments::UpToNext;
        }
        let rest = &self.text[start..];
        // Without any closing bracket, the date after the last semicolon is kept out of the comment.
        let length = rest.find(')').or_else(|| rest.rfind(';')).unwrap_or(rest.len());
        let end = start + length;
        self.at = if self.text[end..].starts_with(')') { end + 1 } else { end };
        Token::Comment(self.piece(start, end))
    }

    fn nested_end(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut depth, mut at) = (1_usize, start);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(at),
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn word(&mut self) -> Token<'a> {
        let start = self.at;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')' | b';' => break,
                b'"' => self.at = self.quoted_end(self.at).unwrap_or(self.at) + 1,
                b'<' => self.at = self.angle_end(self.at).unwrap_or(self.at) + 1,
                _ => self.at += 1,
            }
        }
        Token::Word(self.piece(start, self.at))
    }

    /// The closing mark of the quoted string that opens at `open`.
    fn quoted_end(&mut self, open: usize) -> Option<usize> {
        if self.quotes == Quotes::Open {
            return None;
        }
        let mut at = open + 1;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            match byte {
                b'\\' => at += 1,
                b'"' => return Some(at),
                _ => {}
            }
            at += 1;
        }
        self.quotes = Quotes::Open;
        None
    }

    /// The closing bracket of a path or message id; it holds no bracket or semicolon outside of quotes.
    fn angle_end(&mut self, open: usize) -> Option<usize> {
        let mut at = open + 1;
        while let Some(&byte) = self.text.as_bytes().get(at) {
            match byte {
                b'>' => return Some(at),
                b'<' | b'(' | b')' | b';' => return None,
                b'"' => at = self.quoted_end(at)?,
                _ => {}
            }
            at += 1;
        }
        None
    }
}
