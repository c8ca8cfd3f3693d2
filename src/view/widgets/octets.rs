//! Bytes as they were hashed: white space and line ends as marks, what is no text in hexadecimal.

use egui::text::LayoutJob;
use egui::{Label, TextFormat, TextStyle, Ui};

use crate::view::theme;
use crate::view::untrusted::{self, Breaks};

/// Draws bytes, line by line.
pub(in crate::view) fn octets(ui: &mut Ui, bytes: &[u8]) {
    let palette = theme::palette(ui);
    let font = TextStyle::Monospace.resolve(ui.style());
    let plain = TextFormat::simple(font.clone(), palette.text());
    let quiet = TextFormat::simple(font.clone(), palette.ink(theme::Tone::Info).text);
    let odd = TextFormat { background: palette.mark().ground, ..TextFormat::simple(font, palette.mark().text) };
    let mut job = LayoutJob::default();
    for chunk in bytes.utf8_chunks() {
        let mut text = chunk.valid();
        while let Some(at) = text.find([' ', '\t', '\r', '\n']) {
            let (word, rest) = text.split_at(at);
            untrusted::append(&mut job, word, &plain, palette.mark(), Breaks::Marked);
            let (format, mark, length) = mark(rest);
            job.append(mark, 0.0, if format == Seen::Plain { quiet.clone() } else { odd.clone() });
            text = rest.get(length..).unwrap_or_default();
        }
        untrusted::append(&mut job, text, &plain, palette.mark(), Breaks::Marked);
        for byte in chunk.invalid() {
            job.append(&format!("\\x{byte:02X}"), 0.0, odd.clone());
        }
    }
    ui.add(Label::new(job).wrap());
}

/// Whether white space is where it belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Plain,
    /// A carriage return or line feed alone.
    Odd,
}

/// The mark for the white space that the text begins with, and how many bytes it stands for.
fn mark(text: &str) -> (Seen, &'static str, usize) {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => (Seen::Plain, "¶\n", 2),
        [b'\r', ..] => (Seen::Odd, "CR", 1),
        [b'\n', ..] => (Seen::Odd, "LF", 1),
        [b'\t', ..] => (Seen::Plain, "→", 1),
        _ => (Seen::Plain, "·", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_marked() {
        let marks: Vec<_> = [" x", "\tx", "\r\nx", "\rx", "\nx"].map(|text| mark(text).1).into();
        assert_eq!(marks, ["·", "→", "¶\n", "CR", "LF"]);
        assert!(mark("\r").0 == Seen::Odd && mark("\r\n").2 == 2);
    }
}
