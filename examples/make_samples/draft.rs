//! A message that grows from its body upwards, as mail does on its way.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use hopscope::auth::dkim::base64;

use crate::sign;

/// The fields so far, top to bottom, each with its CRLF; and the body, every line ending in CRLF.
pub(crate) struct Draft {
    pub(crate) fields: Vec<String>,
    pub(crate) body: String,
}

impl Draft {
    /// Reads a source and carries out its signatures, the lowest first.
    pub(crate) fn read(folder: &Path, file: &str) -> anyhow::Result<Self> {
        let text = fs::read_to_string(folder.join(file)).with_context(|| file.to_owned())?;
        let (header, body) = text.split_once("\n\n").context("no empty line after the header")?;
        let mut draft = Self { fields: Vec::new(), body: with_crlf(body) };
        for item in items(header).iter().rev() {
            let field = match item.strip_prefix('@') {
                Some(directive) => sign::field(directive, &draft, folder)?,
                None => encode_words(&draft.quote_signatures(item))?,
            };
            draft.fields.insert(0, field);
        }
        Ok(draft)
    }

    /// Puts the first eight characters of the signature with that selector for `{selector}`, as results do in `header.b` (RFC 6008).
    fn quote_signatures(&self, item: &str) -> String {
        let mut text = item.to_owned();
        for field in self.fields.iter().filter(|field| field.starts_with("DKIM-Signature:")) {
            let tag = |name: &str| field.split(';').find_map(|tag| tag.trim().strip_prefix(name));
            if let (Some(selector), Some(signature)) = (tag("s="), tag("b=")) {
                text = text.replace(&format!("{{{selector}}}"), &signature[..8]);
            }
        }
        text
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        format!("{}\r\n{}", self.fields.concat(), self.body).into_bytes()
    }
}

pub(crate) fn with_crlf(text: &str) -> String {
    text.lines().flat_map(|line| [line, "\r\n"]).collect()
}

/// Fields and directives with their continuation lines.
fn items(header: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in header.lines() {
        match items.last_mut() {
            Some(item) if line.starts_with([' ', '\t']) => *item = format!("{item}\n{line}"),
            _ => items.push(line.to_owned()),
        }
    }
    items
}

/// Makes each run of words that are not ASCII encoded words (RFC 2047), and line ends CRLF.
fn encode_words(field: &str) -> anyhow::Result<String> {
    let Some((name, value)) = field.split_once(": ") else { bail!("no field: {field}") };
    if value.is_ascii() {
        return Ok(with_crlf(field));
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let runs = words.chunk_by(|left, right| left.is_ascii() == right.is_ascii());
    let coded = runs.map(|run| if run[0].is_ascii() { run.join(" ") } else { encode(&run.join(" ")) });
    Ok(with_crlf(&format!("{name}: {}", coded.collect::<Vec<_>>().join("\n "))))
}

/// Encoded words of at most 75 characters (RFC 2047 section 2), no character split.
fn encode(text: &str) -> String {
    const BYTES: usize = 45;
    let mut parts = vec![String::new()];
    for character in text.chars() {
        if parts.last().is_some_and(|part| part.len() + character.len_utf8() > BYTES) {
            parts.push(String::new());
        }
        parts.iter_mut().last().into_iter().for_each(|part| part.push(character));
    }
    let words = parts.iter().map(|part| format!("=?UTF-8?B?{}?=", base64::encode(part.as_bytes())));
    words.collect::<Vec<_>>().join("\n ")
}
