//! The words of an HTML text, for reading what a mailer says: tags dropped, entities decoded, nothing rendered or followed.

use super::paste::markup::{self, Tag};

/// The most bytes of HTML that are read: a mailer's report is short.
const MAX: usize = 1 << 20;

/// Elements with a blank line around them.
const PARAGRAPHS: &[&str] =
    &["p", "table", "ul", "ol", "dl", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
/// Elements that begin a line.
const LINES: &[&str] = &["br", "div", "tr", "li", "dt", "dd", "section", "article", "body"];
/// Elements that stand side by side.
const CELLS: &[&str] = &["td", "th"];
/// Elements that hold no text for people.
const HIDDEN: &[&str] = &["script", "style", "head", "title"];

/// The words, a line for each line that a reader would see.
pub(in crate::message) fn words(html: &str) -> String {
    let mut output = Output::default();
    let mut rest = html.get(..html.floor_char_boundary(MAX)).unwrap_or_default();
    while let Some(first) = rest.chars().next() {
        let bytes = rest.as_bytes();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(tag) = markup::tag(bytes).filter(is_tag) {
            output.tag(&tag);
            rest = rest.get(rest.ceil_char_boundary(tag.length)..).unwrap_or_default();
        } else if let Some((character, length)) = markup::entity(bytes) {
            output.text(if character == '\u{a0}' { ' ' } else { character });
            rest = rest.get(length..).unwrap_or_default();
        } else {
            output.text(if first == '\u{a0}' { ' ' } else { first });
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    output.text.trim().to_owned()
}

/// An address in angle brackets, and a bare `<`, are text.
fn is_tag(tag: &Tag) -> bool {
    tag.name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) && !tag.name.contains('@')
}

#[derive(Default)]
struct Output {
    text: String,
    hidden: Option<String>,
    /// Line ends count, as in a header that was copied.
    is_kept: bool,
}

impl Output {
    fn text(&mut self, character: char) {
        if self.hidden.is_some() {
            return;
        }
        match character {
            '\n' if self.is_kept => self.text.push('\n'),
            '\r' => {}
            space if space.is_whitespace() && !self.is_kept => {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
            other => self.text.push(other),
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if let Some(hidden) = &self.hidden {
            let ends = tag.is_end && hidden == name;
            // The end of a head may be left out (HTML, 13.1.2.4).
            if ends || (hidden == "head" && name == "body") {
                self.hidden = None;
            }
        } else if HIDDEN.contains(&name) && !tag.is_end {
            self.hidden = Some(tag.name.clone());
        } else if PARAGRAPHS.contains(&name) {
            self.end_line();
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
            self.is_kept = name == "pre" && !tag.is_end;
        } else if name == "br" {
            self.trim_line();
            if !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
        } else if LINES.contains(&name) {
            self.end_line();
        } else if CELLS.contains(&name) && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn trim_line(&mut self) {
        let length = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(length);
    }

    fn end_line(&mut self) {
        self.trim_line();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_these_lines() {
        for (html, expected) in [
            ("<p>One<br>\r\ntwo &amp; <b>three</b></p>\n<p>four</p>", "One\ntwo & three\n\nfour"),
            (
                "<html><head><title>x</title><style>p{}</style><body>&lt;a@example.jp&gt;:&nbsp;550&#32;no",
                "<a@example.jp>: 550 no",
            ),
            ("<!-- <p>x</p> -->a < b <taro@example.jp> <script>steal()</script>c", "a < b <taro@example.jp> c"),
            (
                "<table><tr><td>Error:</td><td>550 5.1.1</td></tr><tr><td>x</td></tr></table>y",
                "Error: 550 5.1.1\nx\n\ny",
            ),
            ("<pre>From: a\n\tb\nTo: c</pre> d", "From: a\n\tb\nTo: c\n\nd"),
            ("<!-- never ends <p>x", ""),
            ("次の受信者&#12408;の<p", "次の受信者への"),
        ] {
            assert_eq!(words(html), expected, "{html}");
        }
        assert!(words(&"<p>a".repeat(MAX)).len() <= MAX);
    }

    proptest::proptest! {
        #[test]
        fn nothing_breaks_the_reader(html in "[<>/!&;#a-p\\-\" あé\n]{0,200}") {
            let _ = words(&html);
        }
    }
}
