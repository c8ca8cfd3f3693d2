//! Dates of RFC 5322 section 3.3, obsolete forms of section 4.3 and what else is written in the wild.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

/// A moment as a header states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// A leap second (`:60`) counts as the second before it.
    pub instant: Timestamp,
    pub zone: Zone,
}

/// The zone as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Seconds east of UTC, from a numeric offset or a zone name of RFC 5322 section 4.3 (and `JST`).
    Offset(i32),
    /// `-0000`: the time is UTC and says nothing of the local zone (RFC 5322 section 3.3).
    UtcOnly,
    /// No zone, or a name that cannot be read; the instant is taken as UTC.
    Unknown,
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl Stamp {
    /// A moment of UTC.
    #[must_use]
    pub const fn utc(instant: Timestamp) -> Self {
        Self { instant, zone: Zone::Offset(0) }
    }

    /// The same moment, told in that zone; UTC where it is none.
    #[must_use]
    pub const fn told_in(self, zone: Zone) -> Self {
        let zone = match zone {
            Zone::Offset(seconds) => Zone::Offset(seconds),
            Zone::UtcOnly | Zone::Unknown => Zone::Offset(0),
        };
        Self { instant: self.instant, zone }
    }

    /// RFC 3339 with the offset as written; `-00:00` where the zone is not known (RFC 3339 section 4.3).
    #[must_use]
    pub fn rfc3339(self) -> String {
        let offset = match self.zone {
            Zone::Offset(seconds) => Offset::from_seconds(seconds).ok(),
            Zone::UtcOnly | Zone::Unknown => None,
        };
        if let Some(offset) = offset {
            return self.instant.display_with_offset(offset).to_string();
        }
        let utc = self.instant.to_string();
        format!("{}-00:00", utc.strip_suffix('Z').unwrap_or(&utc))
    }
}

/// The most tokens that are looked at; a date has fewer than half of them.
const MAX_TOKENS: usize = 40;

/// Reads a date; `None` when no day and time can be found in it.
#[must_use]
pub fn read(text: &str) -> Option<Stamp> {
    let tokens = tokens(text);
    let mut rest = Tokens(&tokens);
    rest.skip_weekday();
    let date = rest.date()?;
    rest.skip_marks();
    if rest.word_is("T") || rest.word_is("at") {
        rest.next();
    }
    let time = rest.time()?;
    let (date, zone) = match date {
        Day::Whole(date) => (date, rest.zone()),
        Day::WithoutYear(month, day) => rest.zone_and_year(month, day)?,
    };
    let seconds = match zone {
        Zone::Offset(seconds) => seconds,
        Zone::UtcOnly | Zone::Unknown => 0,
    };
    let local = DateTime::from_parts(date, time).to_zoned(TimeZone::UTC).ok()?.timestamp();
    let instant = local.checked_sub(SignedDuration::from_secs(i64::from(seconds))).ok()?;
    Some(Stamp { instant, zone })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    /// Digits.
    Number(&'a str),
    /// ASCII letters.
    Word(&'a str),
    /// Any other character but white space.
    Mark(char),
}

/// Splits the text, comments (RFC 5322 section 3.2.2) and white space left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(first) = rest.chars().next().filter(|_| tokens.len() < MAX_TOKENS) {
        let is_alike = |other: char| {
            (first.is_ascii_digit() && other.is_ascii_digit())
                || (first.is_ascii_alphabetic() && other.is_ascii_alphabetic())
        };
        let length = rest.find(|other| !is_alike(other)).unwrap_or(rest.len()).max(first.len_utf8());
        let (token, after) = rest.split_at(length);
        rest = after;
        match first {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\\' if depth > 0 => rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default(),
            _ if depth > 0 || first.is_whitespace() => {}
            '0'..='9' => tokens.push(Token::Number(token)),
            'a'..='z' | 'A'..='Z' => tokens.push(Token::Word(token)),
            mark => tokens.push(Token::Mark(mark)),
        }
    }
    tokens
}

/// What stood before the time.
enum Day {
    Whole(Date),
    /// Month and day of C's `asctime`, whose year stands after the time.
    WithoutYear(i8, i8),
}

/// The tokens not yet read.
struct Tokens<'a>(&'a [Token<'a>]);

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<&'a str> {
        let Some(Token::Number(digits)) = self.0.first() else { return None };
        self.next();
        Some(digits)
    }

    fn mark(&mut self, mark: char) -> Option<()> {
        (self.0.first() == Some(&Token::Mark(mark))).then(|| {
            self.next();
        })
    }

    fn word_is(&self, word: &str) -> bool {
        matches!(self.0.first(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    /// Commas after a weekday or a day, and the hyphens and slashes of `22-Nov-2026`.
    fn skip_marks(&mut self) {
        while let Some(Token::Mark(',' | '-' | '/' | '.')) = self.0.first() {
            self.next();
        }
    }

    /// A weekday says nothing that the date does not, so a wrong one is accepted.
    fn skip_weekday(&mut self) {
        const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        if let Some(Token::Word(word)) = self.0.first()
            && position(&WEEKDAYS, word).is_some()
        {
            self.next();
        }
        self.skip_marks();
    }

    fn date(&mut self) -> Option<Day> {
        let Some(first) = self.number() else {
            let month = self.month()?;
            let day = self.number()?.parse().ok()?;
            self.skip_marks();
            // `Nov 22, 2026 09:00:00`; in asctime's `Nov 22 09:00:00 2026` the next number is an hour.
            if matches!(self.0, [Token::Number(_), Token::Mark(':'), ..]) {
                return Some(Day::WithoutYear(month, day));
            }
            return Date::new(year(self.number()?)?, month, day).ok().map(Day::Whole);
        };
        if first.len() == 4 {
            // ISO 8601, also with slashes.
            self.mark('-').or_else(|| self.mark('/'))?;
            let month = self.number()?.parse().ok()?;
            self.mark('-').or_else(|| self.mark('/'))?;
            let day = self.number()?.parse().ok()?;
            return Date::new(year(first)?, month, day).ok().map(Day::Whole);
        }
        self.skip_marks();
        let month = self.month()?;
        self.skip_marks();
        Date::new(year(self.number()?)?, month, first.parse().ok()?).ok().map(Day::Whole)
    }

    fn month(&mut self) -> Option<i8> {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let Some(Token::Word(word)) = self.next() else { return None };
        i8::try_from(position(&MONTHS, word)? + 1).ok()
    }

    /// Hours, minutes, and where they are written seconds with a fraction and AM or PM.
    fn time(&mut self) -> Option<Time> {
        let mut hour: i8 = self.number()?.parse().ok()?;
        self.mark(':')?;
        let minute = self.number()?.parse().ok()?;
        let mut second = 0;
        let mut nanosecond = 0;
        if self.mark(':').is_some() {
            second = self.number()?.parse().ok()?;
            if self.mark('.').is_some() {
                let digits: String = self.number()?.chars().chain("000000000".chars()).take(9).collect();
                nanosecond = digits.parse().ok()?;
            }
        }
        if self.word_is("am") || self.word_is("pm") {
            let afternoon = self.word_is("pm");
            self.next();
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
        }
        if second == 60 {
            second = 59;
        }
        Time::new(hour, minute, second, nanosecond).ok()
    }

    /// What asctime and its relatives write after the time: a year, with a zone before or after it.
    fn zone_and_year(&mut self, month: i8, day: i8) -> Option<(Date, Zone)> {
        let zone_first = !matches!(self.0.first(), Some(Token::Number(_)));
        let before = if zone_first { self.zone() } else { Zone::Unknown };
        let date = Date::new(year(self.number()?)?, month, day).ok()?;
        Some((date, if zone_first { before } else { self.zone() }))
    }

    fn zone(&mut self) -> Zone {
        let mut named = Zone::Unknown;
        if let Some(Token::Word(name)) = self.0.first() {
            named = zone_of_name(name);
            self.next();
        }
        // `GMT+0900` says nothing but the offset.
        let sign = match self.0.first() {
            Some(Token::Mark('+')) => 1,
            Some(Token::Mark('-')) => -1,
            _ => return named,
        };
        self.next();
        let Some((hours, minutes)) = self.offset() else { return Zone::Unknown };
        let seconds = sign * (hours * 3600 + minutes * 60);
        match seconds {
            0 if sign < 0 => Zone::UtcOnly,
            _ if minutes < 60 && Offset::from_seconds(seconds).is_ok() => Zone::Offset(seconds),
            _ => Zone::Unknown,
        }
    }

    /// `0900`, `09:00` or `09`.
    fn offset(&mut self) -> Option<(i32, i32)> {
        let digits = self.number()?;
        match digits.len() {
            4 => Some((digits[..2].parse().ok()?, digits[2..].parse().ok()?)),
            1 | 2 if self.mark(':').is_some() => Some((digits.parse().ok()?, self.number()?.parse().ok()?)),
            1 | 2 => Some((digits.parse().ok()?, 0)),
            _ => None,
        }
    }
}

/// Names of RFC 5322 section 4.3. Military letters other than Z were defined with the wrong sign and say nothing; other
/// names differ from place to place. `JST` is none of that section's, but means one thing only.
fn zone_of_name(name: &str) -> Zone {
    const NAMES: [(&str, i32); 13] = [
        ("UT", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("Z", 0),
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("JST", 9),
    ];
    let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map_or(Zone::Unknown, |(_, hours)| Zone::Offset(hours * 3600))
}

/// RFC 5322 section 4.3: two digits are 2000 to 2049 and 1950 to 1999, three count from 1900.
fn year(digits: &str) -> Option<i16> {
    let number: i16 = digits.parse().ok()?;
    match digits.len() {
        2 if number < 50 => Some(2000 + number),
        2 | 3 => Some(1900 + number),
        4 => Some(number),
        _ => None,
    }
}

/// Which of the three-letter names a word begins with.
fn position(names: &[&str], word: &str) -> Option<usize> {
    let start = word.get(..3)?;
    names.iter().position(|name| name.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Option<String> {
        read(text).map(Stamp::rfc3339)
    }

    #[test]
    fn reads_what_is_written() {
        let cases = [
            ("Sun, 22 Nov 2026 09:00:00 +0900", "2026-11-22T09:00:00+09:00"),
            ("22 Nov 2026 09:00:00 +0900 (JST)", "2026-11-22T09:00:00+09:00"),
            ("Mon, 22 Nov 2026 9:00 -0330", "2026-11-22T09:00:00-03:30"),
            ("Sun, 22 Nov 26 09:00:00 GMT", "2026-11-22T09:00:00+00:00"),
            ("22 Nov 99 09:00:00 EST", "1999-11-22T09:00:00-05:00"),
            ("22 Nov 126 09:00:00 UT", "2026-11-22T09:00:00+00:00"),
            ("22 Nov 2026 09:00:00 -0000", "2026-11-22T09:00:00-00:00"),
            ("22 Nov 2026 09:00:00 Z", "2026-11-22T09:00:00+00:00"),
            ("22 Nov 2026 09:00:00 A", "2026-11-22T09:00:00-00:00"),
            ("22 Nov 2026 09:00:00", "2026-11-22T09:00:00-00:00"),
            ("22 Nov 2026 09:00:00 CEST", "2026-11-22T09:00:00-00:00"),
            ("22 Nov 2026 09:00:00 +9960", "2026-11-22T09:00:00-00:00"),
            ("22 Nov 2026 09:00:00 JST", "2026-11-22T09:00:00+09:00"),
            ("22 Nov 2026 09:00:00 GMT+0900", "2026-11-22T09:00:00+09:00"),
            ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00"),
            ("Sun (a (nested \\) one)), 22 (x) Nov 2026 (y) 09:00:00 +0900", "2026-11-22T09:00:00+09:00"),
            ("Mon Nov 22 09:00:00 2026", "2026-11-22T09:00:00-00:00"),
            ("Mon Nov 22 09:00:00 JST 2026", "2026-11-22T09:00:00+09:00"),
            ("Mon Nov 22 09:00:00 2026 +0900", "2026-11-22T09:00:00+09:00"),
            ("Nov 22, 2026 09:00:00 PM", "2026-11-22T21:00:00-00:00"),
            ("Sunday, 22-Nov-2026 09:00:00 UTC", "2026-11-22T09:00:00+00:00"),
            ("2026-11-22T09:00:00+09:00", "2026-11-22T09:00:00+09:00"),
            ("2026-11-22 09:00:00.123456789012 Z", "2026-11-22T09:00:00.123456789+00:00"),
            ("2026/11/22 09:00 +0900", "2026-11-22T09:00:00+09:00"),
            ("22 Nov 2026 09:00:00.5 +0900", "2026-11-22T09:00:00.5+09:00"),
            ("31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00"),
            ("1 Jan 2027 08:59:59 +0900 trailing", "2027-01-01T08:59:59+09:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(printed(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_zone_moves_the_instant() {
        let stamp = read("22 Nov 2026 09:00:00 +0900").unwrap();
        assert_eq!(stamp.instant.to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(stamp.zone, Zone::Offset(32_400));
        assert_eq!(read("22 Nov 2026 09:00:00 -0000").unwrap().zone, Zone::UtcOnly);
        assert_eq!(read("22 Nov 2026 09:00:00 Q").unwrap().zone, Zone::Unknown);
    }

    #[test]
    fn refuses_what_is_no_date() {
        let cases = [
            "",
            "yesterday",
            "30 Feb 2026 09:00:00 +0900",
            "22 Nov 2026",
            "22 Nov 2026 24:00:00 +0900",
            "22 Nov 2026 09:61:00 +0900",
            "22 Nox 2026 09:00:00 +0900",
            "22 Nov 20260 09:00:00 +0900",
            "99999999999999999999 Nov 2026 09:00:00",
            "0 Nov 2026 09:00:00",
            "22 Nov 2026 13:00:00 PM",
            "((((",
            "\u{FFFD}\0",
        ];
        for text in cases {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(
            text in "\\PC{0,60}",
            dressed in "[0-9]{0,5}[ -]?(Nov|Feb)?[ -]?[0-9]{0,5} [0-9:.+-]{0,20} ?[A-Z]{0,4}",
        ) {
            let _ = read(&text);
            if let Some(stamp) = read(&dressed) {
                proptest::prop_assert!(stamp.rfc3339().parse::<Timestamp>().is_ok(), "{}", stamp.rfc3339());
            }
        }
    }
}
