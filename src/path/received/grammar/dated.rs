//! Where the date of a Received field stands, and how far it reaches.

use super::token::{Piece, Token};
use crate::message::date::{self, Stamp, Zone};

/// How many semicolons from the end may be followed by the date.
const MAX_PLACES: usize = 4;
/// The most words that are looked at; a date has seven.
const MAX_WORDS: usize = 12;

/// The date of a field.
#[derive(Debug)]
pub(super) struct Dated<'a> {
    pub(super) stamp: Stamp,
    /// The date as written, with the zone's name in brackets where it follows.
    pub(super) piece: Piece<'a>,
    /// The semicolon before it, where there is one.
    pub(super) semicolon: Option<usize>,
    /// The index of its first token, the semicolon included, and of the first one after it.
    pub(super) tokens: (usize, usize),
}

/// Finds the date: behind one of the last semicolons, or, where none is followed by one, from a day on.
pub(super) fn find<'a>(text: &'a str, tokens: &[Token<'a>]) -> Option<Dated<'a>> {
    let semicolons = tokens.iter().enumerate().filter(|(_, token)| matches!(token, Token::Semicolon(_)));
    for (index, semicolon) in semicolons.rev().take(MAX_PLACES) {
        if let Some(dated) = read(text, tokens, index + 1) {
            return Some(Dated { semicolon: Some(semicolon.start()), tokens: (index, dated.tokens.1), ..dated });
        }
    }
    let is_day =
        |token: &Token<'_>| matches!(token, Token::Word(word) if is_day_name(word.text) || is_iso_day(word.text));
    read(text, tokens, tokens.iter().position(is_day)?)
}

/// Reads the date that begins at that token and ends before the next semicolon.
fn read<'a>(text: &'a str, tokens: &[Token<'a>], first: usize) -> Option<Dated<'a>> {
    let own: Vec<(usize, Piece<'a>)> = tokens
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, token)| !matches!(token, Token::Semicolon(_)))
        .filter_map(|(index, token)| if let Token::Word(word) = token { Some((index, *word)) } else { None })
        .take(MAX_WORDS)
        .collect();
    let start = own.first()?.1.start;
    let until = |word: &Piece<'_>| text.get(start..word.range().end).unwrap_or_default();
    let stamp = date::read(until(&own.last()?.1))?;
    let mut count = own.iter().position(|(_, word)| date::read(until(word)) == Some(stamp))? + 1;
    // A zone's name that means nothing certain, or stands beside the offset, changes nothing and belongs to the date.
    let is_rest = |word: &str| is_zone_name(word) && (stamp.zone == Zone::Unknown || matches!(word, "UTC" | "GMT"));
    if own.get(count).is_some_and(|(_, word)| is_rest(word.text)) {
        count += 1;
    }
    let &(last, word) = own.get(count - 1)?;
    let mut end = word.range().end;
    let mut after = last + 1;
    if let Some(Token::Comment(zone)) = tokens.get(after)
        && is_zone_name(zone.text)
    {
        end = (zone.range().end + 1).min(text.len());
        after += 1;
    }
    let piece = Piece { text: text.get(start..end)?, start };
    Some(Dated { stamp, piece, semicolon: None, tokens: (first, after) })
}

fn is_day_name(word: &str) -> bool {
    let days = ["mon,", "tue,", "wed,", "thu,", "fri,", "sat,", "sun,"];
    days.iter().any(|day| word.eq_ignore_ascii_case(day))
}

/// `2026-11-22`, as Go writes it.
fn is_iso_day(word: &str) -> bool {
    word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

/// `CEST`, `JST`, `GMT-8`, `GMT+08:00`.
fn is_zone_name(word: &str) -> bool {
    word.len() <= 32
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.chars().all(|other| other.is_ascii_alphanumeric() || "+-: ".contains(other))
        && word.chars().take_while(char::is_ascii_alphabetic).count() >= 2
        && super::keyword(word).is_none()
}
