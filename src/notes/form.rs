//! How filters write: where each word of a note stands.

use std::ops::Range;

/// A word before a value, where there is one, and the value, as ranges of the unfolded text.
pub(super) type Part = (Option<Range<usize>>, Range<usize>);

/// The grammar of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The value is one word or sentence.
    Whole,
    /// `KEY:value;` …
    Colons,
    /// `key=value;` …, with quoted values.
    Semicolons,
    /// `key=value key=value` …
    Words,
    /// `Yes, score=7.1 required=5.0 tests=A,B=1.2 autolearn=no`, as `SpamAssassin`, amavis and Barracuda write it.
    Status,
    /// A score before the name of a test, line by line: the report of `SpamAssassin`.
    Report,
    /// `default: False [1.20 / 15.00]; NAME(0.10)[…];` …: rspamd.
    Symbols,
}

pub(super) fn parts(form: Form, text: &str) -> Vec<Part> {
    match form {
        Form::Whole => vec![(None, trimmed(text, 0..text.len()))],
        Form::Colons => pairs(text, &pieces(text, ';'), ':'),
        Form::Semicolons => pairs(text, &pieces(text, ';'), '='),
        Form::Words => pairs(text, &words(text, 0..text.len(), char::is_whitespace), '='),
        Form::Status => status(text),
        Form::Report => report(text),
        Form::Symbols => symbols(text),
    }
}

fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The range without white space and quotes around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = slice(text, range.clone());
    let is_edge = |c: char| c.is_whitespace() || c == '"';
    let start = range.start + (part.len() - part.trim_start_matches(is_edge).len());
    let length = part.trim_matches(is_edge).len();
    start..start + length
}

/// What stands between separators that are not quoted, empty pieces left out.
fn pieces(text: &str, separator: char) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, character) in text.char_indices() {
        if character == '"' {
            is_quoted = !is_quoted;
        } else if character == separator && !is_quoted {
            found.push(start..at);
            start = at + character.len_utf8();
        }
    }
    found.push(start..text.len());
    found.retain(|piece| !slice(text, piece.clone()).trim().is_empty());
    found
}

/// The runs of a part that hold no separator.
fn words(text: &str, part: Range<usize>, is_separator: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, character) in slice(text, part.clone()).char_indices() {
        let at = part.start + at;
        match (is_separator(character), start) {
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| from..part.end));
    found
}

fn pairs(text: &str, pieces: &[Range<usize>], sign: char) -> Vec<Part> {
    let cut = |piece: &Range<usize>| match slice(text, piece.clone()).find(sign) {
        Some(at) => {
            let at = piece.start + at;
            (Some(trimmed(text, piece.start..at)), trimmed(text, at + sign.len_utf8()..piece.end))
        }
        None => (None, trimmed(text, piece.clone())),
    };
    pieces.iter().map(cut).collect()
}

/// The first word is the verdict; of what follows, only `key=value` is read, for some write sentences between.
fn status(text: &str) -> Vec<Part> {
    let is_separator = |c: char| c.is_whitespace() || ",[]".contains(c);
    let mut words = words(text, 0..text.len(), is_separator).into_iter();
    let mut found: Vec<Part> = Vec::new();
    let mut in_tests = false;
    if let Some(first) = words.next() {
        if slice(text, first.clone()).contains('=') {
            found.extend(pairs(text, &[first], '='));
        } else {
            found.push((None, first));
        }
    }
    for word in words {
        let written = slice(text, word.clone());
        let (key, value) = written.split_once('=').map_or((written, None), |(key, value)| (key, Some(value)));
        let is_test = !key.is_empty() && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        match value {
            Some(rest) if key.eq_ignore_ascii_case("tests") => {
                in_tests = true;
                let start = word.end - rest.len();
                if !rest.is_empty() && !rest.eq_ignore_ascii_case("none") {
                    found.push(test(text, start..word.end));
                }
            }
            _ if in_tests && is_test => found.push(test(text, word)),
            Some(_) => {
                in_tests = false;
                found.extend(pairs(text, &[word], '='));
            }
            None => {}
        }
    }
    found
}

/// `NAME` or `NAME=score`.
fn test(text: &str, word: Range<usize>) -> Part {
    match slice(text, word.clone()).find('=') {
        Some(at) => (Some(word.start..word.start + at), word.start + at + 1..word.end),
        None => (Some(word.clone()), word.end..word.end),
    }
}

/// Each score with the name that follows it.
fn report(text: &str) -> Vec<Part> {
    let words = words(text, 0..text.len(), char::is_whitespace);
    let is_score = |word: &str| word.parse::<f32>().is_ok() && word.contains('.');
    let is_name =
        |word: &str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let score_and_name = |pair: &[Range<usize>]| match pair {
        [score, name] if is_score(slice(text, score.clone())) && is_name(slice(text, name.clone())) => {
            Some((Some(name.clone()), score.clone()))
        }
        _ => None,
    };
    words.windows(2).filter_map(score_and_name).collect()
}

/// `NAME(score)[options]`, after a verdict where one stands in front.
fn symbols(text: &str) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    let mut rest = 0;
    if let Some((verdict, score, end)) = rspamd_verdict(text) {
        found.extend([(None, verdict), (None, score)]);
        rest = end;
    }
    let mut depth = 0_usize;
    let mut start = None;
    for (at, character) in slice(text, rest..text.len()).char_indices() {
        let at = rest + at;
        match character {
            '[' | '{' => {
                depth += 1;
                start = None;
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '(' => {
                let name = start.take();
                let close = slice(text, at..text.len()).find(')').map(|length| at + length);
                if let (Some(name), Some(close)) = (name, close) {
                    found.push((Some(name..at), at + 1..close));
                }
            }
            c if c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' => start = start.or(Some(at)),
            _ => start = None,
        }
    }
    found
}

/// `default: False [1.20 / 15.00];`: the verdict, the score with its limit, and where they end.
fn rspamd_verdict(text: &str) -> Option<(Range<usize>, Range<usize>, usize)> {
    let end = text.find(';').unwrap_or(text.len());
    let colon = slice(text, 0..end).find(':')?;
    let open = slice(text, colon..end).find('[').map(|at| colon + at)?;
    let close = slice(text, open..end).find(']').map(|at| open + at)?;
    Some((trimmed(text, colon + 1..open), trimmed(text, open + 1..close), end))
}
