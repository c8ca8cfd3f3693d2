//! Characters that are not seen where they stand, or that move others: a stranger's text may hold them to mislead.

use std::fmt::Write;

/// Whether a character is drawn as nothing, as something else, or reorders its neighbours: controls, bidirectional marks
/// (Unicode TR36 section 2.5), zero-width and blank-looking characters, private use, tags. A variation selector counts
/// unless it follows a symbol or an ideograph, where it picks a glyph. The line feed does not count.
#[must_use]
pub fn is_hidden(character: char, previous: Option<char>) -> bool {
    match u32::from(character) {
        0xFE00..=0xFE0F | 0xE_0100..=0xE_01EF => previous.is_none_or(|base| base <= '\u{2190}'),
        0x0A => false,
        0x00..=0x1F
        | 0x7F..=0x9F
        | 0xAD
        | 0x034F
        | 0x061C
        | 0x115F..=0x1160
        | 0x17B4..=0x17B5
        | 0x180B..=0x180F
        | 0x2000..=0x200F
        | 0x2028..=0x202F
        | 0x205F..=0x206F
        | 0x2800
        | 0x3164
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0xE000..=0xF8FF
        | 0x1_D173..=0x1_D17A
        | 0xE_0000..=0xE_0FFF
        | 0xF_0000..=0x10_FFFF => true,
        _ => false,
    }
}

/// The text with every hidden character, line feeds too, written as `⟨U+202E⟩`: safe on a terminal and in a ticket.
#[must_use]
pub fn mark(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut previous = None;
    for character in text.chars() {
        if character == '\n' || is_hidden(character, previous) {
            // Writing to a String cannot fail.
            let _ = write!(marked, "⟨U+{:04X}⟩", u32::from(character));
        } else {
            marked.push(character);
        }
        previous = Some(character);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn marks_what_misleads_and_keeps_what_is_read() {
        assert_eq!(mark("invoice\u{202E}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
        assert_eq!(mark("a\u{1b}[31m\nb\0"), "a⟨U+001B⟩[31m⟨U+000A⟩b⟨U+0000⟩");
        assert_eq!(mark("請求書 ①㈱ ｶﾅ ❤\u{FE0F}"), "請求書 ①㈱ ｶﾅ ❤\u{FE0F}");
        assert_eq!(mark("a\u{FE0F}"), "a⟨U+FE0F⟩");
    }
}
