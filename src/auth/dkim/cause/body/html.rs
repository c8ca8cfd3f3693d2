//! Texts that may have been added to HTML: after the tag that opens the body, or before the one that closes it.

use std::ops::Range;

use super::block::Candidate;
use crate::auth::dkim::cause::change::Change;

/// How far from either end of the body an added text is looked for.
const REACH: usize = 16_384;
/// The most places that an added text may begin or end at.
const PLACES: usize = 60;

/// Elements that added texts are made of.
const ELEMENTS: &[&str] =
    &["div", "table", "p", "br", "hr", "center", "span", "font", "img", "a", "b", "i", "pre", "style"];

/// Ranges that may have been added.
pub(super) fn candidates(html: &[u8]) -> Vec<Candidate> {
    let tags = tags(html);
    let find = |name: &str, closes: bool| tags.iter().find(|tag| tag.closes == closes && tag.name == name);
    let mut candidates = Vec::new();
    // The beginning: after <body>, after <html>, and the beginning of the part.
    let openings = [find("body", false), find("html", false)].into_iter().flatten().map(|tag| tag.range.end);
    for start in openings.chain([0]) {
        let near = tags.iter().filter(|tag| tag.range.start >= start && tag.range.end <= start + REACH);
        let ends = near.filter(|tag| is_element(tag) && (tag.closes || is_single(tag))).map(|tag| tag.range.end);
        for (distance, end) in ends.take(PLACES).enumerate() {
            for end in with_line_ends(html, end) {
                candidates.push(Candidate { range: start..end, change: Change::BannerAdded, doubt: distance });
            }
        }
    }
    // The end: before </body>, before </html>, and the end of the part.
    let last = |name: &str| tags.iter().rev().find(|tag| tag.closes && tag.name == name).map(|tag| tag.range.start);
    for end in [last("body"), last("html"), Some(html.len())].into_iter().flatten() {
        let near = tags.iter().rev().filter(|tag| tag.range.end <= end && tag.range.start + REACH >= end);
        let starts = near.filter(|tag| is_element(tag) && !tag.closes).map(|tag| tag.range.start);
        for (distance, start) in starts.take(PLACES).enumerate() {
            for start in before_line_ends(html, start) {
                candidates.push(Candidate { range: start..end, change: Change::FooterAdded, doubt: distance });
            }
        }
    }
    candidates
}

/// A place, and the one after the line end there.
fn with_line_ends(html: &[u8], at: usize) -> Vec<usize> {
    let rest = html.get(at..).unwrap_or_default();
    let length = if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) };
    if length > 0 { vec![at, at + length] } else { vec![at] }
}

/// A place, and the one before the line end there.
fn before_line_ends(html: &[u8], at: usize) -> Vec<usize> {
    let before = html.get(..at).unwrap_or_default();
    let length = if before.ends_with(b"\r\n") { 2 } else { usize::from(before.ends_with(b"\n")) };
    if length > 0 { vec![at, at - length] } else { vec![at] }
}

/// A tag with its place.
#[derive(Debug)]
struct Tag {
    name: String,
    closes: bool,
    range: Range<usize>,
}

fn is_element(tag: &Tag) -> bool {
    ELEMENTS.contains(&tag.name.as_str())
}

/// An element without a closing tag.
fn is_single(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "br" | "hr" | "img")
}

/// Every tag, comments and quoted angle brackets left to fate: a range that does not fit does no harm.
fn tags(html: &[u8]) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = html.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == b'<')) {
        let start = at + open;
        let inside = html.get(start + 1..).unwrap_or_default();
        let Some(length) = inside.iter().position(|&byte| byte == b'>') else { break };
        let end = start + length + 2;
        let text = inside.get(..length).unwrap_or_default();
        let closes = text.starts_with(b"/");
        let name = text.strip_prefix(b"/").unwrap_or(text);
        let name = name
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .map(|&byte| char::from(byte).to_ascii_lowercase());
        tags.push(Tag { name: name.collect(), closes, range: start..end });
        at = end;
    }
    tags
}

/// The words that a program shows, without their tags.
pub(super) fn words(html: &[u8]) -> String {
    super::block::words(text(html).as_bytes())
}

/// The text of HTML: tags left out, the usual entities decoded.
pub(super) fn text(html: &[u8]) -> String {
    let mut shown = Vec::with_capacity(html.len());
    let mut inside = false;
    for &byte in html {
        match byte {
            b'<' => inside = true,
            b'>' if inside => inside = false,
            other if !inside => shown.push(other),
            _ => {}
        }
    }
    let text = String::from_utf8_lossy(&shown);
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.into_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_after_the_opening_and_before_the_closing_tag() {
        let html = b"<html><BODY class=x><div>CAUTION &amp; care</div>\r\n<p>Hello</p><hr><p>footer</p></body></html>";
        let found = candidates(html);
        let text = |change| -> Vec<_> {
            let of = found.iter().filter(|candidate: &&Candidate| candidate.change == change);
            of.map(|candidate| String::from_utf8_lossy(&html[candidate.range.clone()]).into_owned()).collect()
        };
        assert_eq!(
            text(Change::BannerAdded)[..2],
            ["<div>CAUTION &amp; care</div>", "<div>CAUTION &amp; care</div>\r\n"]
        );
        assert_eq!(text(Change::FooterAdded)[..2], ["<p>footer</p>", "<hr><p>footer</p>"]);
        assert_eq!(words(b"<div>CAUTION &amp; care</div>"), "cautioncare");
        assert!(candidates(b"<<<>>").len() < 10 && candidates(b"").is_empty());
    }
}
