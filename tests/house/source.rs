//! A Rust source file as tokens, with its tests marked: enough syntax to see who names whom.

use std::fs;
use std::path::{Path, PathBuf};

/// One source file of the project.
pub(crate) struct SourceFile {
    /// Relative to the project, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
}

/// A word, a literal, `::`, or one character of punctuation. Comments are left out.
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    /// Stands in a file or item that is compiled for tests only.
    pub(crate) in_test: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Literal,
    Punctuation,
}

impl SourceFile {
    pub(crate) fn read(root: &Path, path: &Path) -> Self {
        let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let mut tokens = tokens(&text);
        mark_tests(&mut tokens, relative.ends_with("/tests.rs") || relative.contains("/tests/"));
        Self { path: relative, text, tokens }
    }

    /// The names of the modules down to this file: `auth`, `spf`, `eval` for `src/auth/spf/eval.rs`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let stem = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        if stem == "lib" || stem == "main" { Vec::new() } else { stem.split('/').collect() }
    }

    /// The lines that are not compiled for tests only.
    pub(crate) fn lines_without_tests(&self) -> usize {
        let of_tests = |run: &[Token]| match run {
            [first, .., last] if first.in_test => last.line - first.line + 1,
            _ => 0,
        };
        let tested: usize = self.tokens.chunk_by(|a, b| a.in_test == b.in_test).map(of_tests).sum();
        self.text.lines().count() - tested
    }

    /// Every path that begins at the crate's root, as segments without `crate`, with its line: written with `crate::`, or with as many
    /// `super::` as lead there, groups of `use` taken apart. Tests are left out: they may fetch a fixture from anywhere.
    pub(crate) fn paths_from_root(&self) -> Vec<(Vec<String>, usize)> {
        let mut found = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            let continues = index > 0 && self.tokens[index - 1].text == "::";
            if !token.in_test && !continues && matches!(token.text.as_str(), "crate" | "super") {
                let mut paths = Vec::new();
                self.walk_path(index, &[], &mut paths);
                found.extend(paths.into_iter().filter_map(|path| Some((self.resolve(&path)?, token.line))));
            }
        }
        found
    }

    /// Reads the path (or the tree of a `use`) that begins at token `at`, and gives where it ends.
    fn walk_path(&self, at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
        let text = |index: usize| self.tokens.get(index).map_or("", |token| token.text.as_str());
        let mut path = before.to_vec();
        let mut at = at;
        loop {
            path.push(text(at).to_owned());
            if text(at + 1) != "::" {
                paths.push(path);
                return at + 1;
            }
            at += 2;
            if text(at) == "{" {
                at += 1;
                while !matches!(text(at), "}" | "") {
                    at = if text(at) == "," { at + 1 } else { self.walk_path(at, &path, paths) };
                }
                return at + 1;
            }
        }
    }

    fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        if path[0] == "crate" {
            return (path.len() > 1).then(|| path[1..].to_vec());
        }
        let ups = path.iter().take_while(|segment| *segment == "super").count();
        (ups == self.module().len() && path.len() > ups).then(|| path[ups..].to_vec())
    }
}

/// Every file under `folder` whose name ends in `.extension`, in order of their names.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry, extension));
        } else if entry.extension().is_some_and(|found| found == extension) {
            found.push(entry);
        }
    }
    found.sort();
    found
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = token(rest, first);
        if let Some(kind) = kind {
            tokens.push(Token { text: rest[..length].to_owned(), line, kind, in_test: false });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of the token that `rest` begins with, and its kind; no kind for white space and comments.
fn token(rest: &str, first: char) -> (usize, Option<Kind>) {
    let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    if first.is_whitespace() {
        (first.len_utf8(), None)
    } else if rest.starts_with("//") {
        (rest.find('\n').unwrap_or(rest.len()), None)
    } else if rest.starts_with("/*") {
        (block_comment(rest), None)
    } else if let Some(length) = string(rest) {
        (length, Some(Kind::Literal))
    } else if first == '\'' {
        character(rest)
    } else if first.is_alphanumeric() || first == '_' {
        (word(rest), Some(Kind::Word))
    } else if rest.starts_with("::") {
        (2, Some(Kind::Punctuation))
    } else {
        (first.len_utf8(), Some(Kind::Punctuation))
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a string literal of any kind.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|rest| {
            let quoted = if prefix.ends_with('r') { rest.trim_start_matches('#') } else { rest };
            quoted.starts_with('"')
        })
    })?;
    let after = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = after.len() - after.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let start = prefix.len() + hashes + 1;
        return Some(rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let mut escaped = false;
    let end = after.char_indices().skip(1).find(|&(_, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    Some(end.map_or(rest.len(), |(at, _)| prefix.len() + at + 1))
}

/// A character literal, or the tick of a lifetime.
fn character(rest: &str) -> (usize, Option<Kind>) {
    let mut after = rest.char_indices().skip(1);
    match after.next() {
        Some((_, '\\')) => {
            let end = rest.char_indices().skip(3).find(|&(_, c)| c == '\'');
            (end.map_or(rest.len(), |(at, _)| at + 1), Some(Kind::Literal))
        }
        _ => match after.next() {
            Some((at, '\'')) => (at + 1, Some(Kind::Literal)),
            _ => (1, Some(Kind::Punctuation)),
        },
    }
}

/// Marks the items that stand under `#[cfg(test)]`, or everything.
fn mark_tests(tokens: &mut [Token], whole_file: bool) {
    let attribute = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].iter().map(|token| token.text.as_str()).take(attribute.len()).eq(attribute) {
            let end = item_end(tokens, at + attribute.len());
            tokens[at..end].iter_mut().for_each(|token| token.in_test = true);
            at = end;
        } else {
            tokens[at].in_test = whole_file;
            at += 1;
        }
    }
}

fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth <= 1 => return index + 1,
            "}" => depth -= 1,
            ";" if depth == 0 => return index + 1,
            _ => {}
        }
    }
    tokens.len()
}
