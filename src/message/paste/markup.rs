//! HTML that was copied as text: its tags become line ends and tabs.

use super::super::{RepairCode, Span};
use super::text::Text;

/// Elements of which the end, or the tag alone, ends a line.
const LINES: &[&str] = &[
    "tr", "p", "div", "br", "li", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "title", "dd", "dt", "ul",
];
/// Elements that stand side by side.
const CELLS: &[&str] = &["td", "th"];
/// Elements that hold no text for people.
const HIDDEN: &[&str] = &["script", "style", "head"];
/// Elements that may stand anywhere in a line.
const INLINE: &[&str] = &[
    "html", "body", "tbody", "thead", "tfoot", "span", "a", "b", "i", "u", "em", "strong", "font", "code", "tt",
    "meta", "link", "img", "button", "input", "label", "col", "colgroup", "section", "article", "main", "header",
    "nav", "small", "wbr", "o:p", "!doctype", "!--",
];

/// Takes the tags out of text that begins with one.
pub(super) fn strip(text: &mut Text<'_>) {
    let first = text.rows.iter().find(|row| !row.is_blank());
    let is_markup = first.is_some_and(|row| {
        let line = row.text.trim_ascii_start();
        tag(line).is_some_and(|tag| tag.is_known())
    });
    if !is_markup {
        return;
    }
    let mut output = Output { lines: Vec::new(), line: Vec::new(), from: None, to: 0, in_row: false };
    let mut hidden: Option<String> = None;
    for row in &text.rows {
        let mut rest: &[u8] = &row.text;
        output.at(row.origin);
        while let Some((&first, after)) = rest.split_first() {
            if let Some(tag) = tag(rest).filter(Tag::is_known) {
                rest = rest.get(tag.length..).unwrap_or_default();
                output.tag(&tag, &mut hidden);
                output.at(row.origin);
            } else if hidden.is_some() {
                rest = after;
            } else if let Some((character, length)) = entity(rest) {
                output.line.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                rest = rest.get(length..).unwrap_or_default();
            } else {
                output.line.push(first);
                rest = after;
            }
        }
        // Between the cells of a row a line end is only white space.
        if !output.in_row {
            output.end();
        }
    }
    output.end();
    text.rewrite(output.lines, RepairCode::Markup);
}

struct Output {
    lines: Vec<(Vec<u8>, Span)>,
    line: Vec<u8>,
    /// Where the line began in the input, and how far the input is read.
    from: Option<usize>,
    to: usize,
    in_row: bool,
}

impl Output {
    fn at(&mut self, origin: Span) {
        self.from.get_or_insert(origin.start);
        self.to = origin.end;
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let from = self.from.take().unwrap_or(self.to);
        let line = line.trim_ascii_end().to_vec();
        // Tags that stand on lines of their own make no blank lines.
        if !line.is_empty() {
            self.lines.push((line, Span::new(from.min(self.to), self.to)));
        }
    }

    fn tag(&mut self, tag: &Tag, hidden: &mut Option<String>) {
        if HIDDEN.contains(&tag.name.as_str()) {
            match hidden {
                Some(name) if *name == tag.name && tag.is_end => *hidden = None,
                None if !tag.is_end => *hidden = Some(tag.name.clone()),
                _ => {}
            }
        } else if LINES.contains(&tag.name.as_str()) {
            self.end();
            self.in_row =
                (self.in_row || tag.name == "tr") && !(tag.is_end && matches!(tag.name.as_str(), "tr" | "table"));
        } else if CELLS.contains(&tag.name.as_str()) && !tag.is_end && !self.line.trim_ascii().is_empty() {
            self.line.push(b'\t');
        }
    }
}

pub(in crate::message) struct Tag {
    pub(in crate::message) name: String,
    pub(in crate::message) is_end: bool,
    pub(in crate::message) length: usize,
}

impl Tag {
    fn is_known(&self) -> bool {
        [LINES, CELLS, HIDDEN, INLINE].into_iter().any(|names| names.contains(&self.name.as_str()))
    }
}

/// The tag that `text` begins with. An address in angle brackets is none: its name would end in `@`.
pub(in crate::message) fn tag(text: &[u8]) -> Option<Tag> {
    const MAX: usize = 4096;
    let rest = text.strip_prefix(b"<")?;
    let (is_end, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
    let length = rest.iter().position(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'/'));
    let name = rest.get(..length.unwrap_or(rest.len()).min(16))?;
    let name = str::from_utf8(name).ok()?.to_ascii_lowercase();
    let name = if name.starts_with("!--") { "!--".to_owned() } else { name };
    // A tag that goes on in the next line ends with this one.
    let end = text.iter().take(MAX).position(|&byte| byte == b'>').map_or(text.len(), |end| end + 1);
    Some(Tag { name, is_end, length: end })
}

/// The character that `text` begins with an entity of, and how long the entity is.
pub(in crate::message) fn entity(text: &[u8]) -> Option<(char, usize)> {
    let rest = text.strip_prefix(b"&")?;
    let end = rest.iter().take(10).position(|&byte| byte == b';')?;
    let name = str::from_utf8(rest.get(..end)?).ok()?;
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => match name.strip_prefix('#')? {
            digits if digits.starts_with(['x', 'X']) => number(digits.get(1..)?, 16)?,
            digits => number(digits, 10)?,
        },
    };
    Some((character, end + 2))
}
