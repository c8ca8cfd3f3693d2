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

/// Whether a hidden character has no use in a name but to mislead or to hide: spaces, the joiners and the direction marks that
/// some scripts need, and the private use of Japanese carriers are left out.
#[must_use]
pub fn is_misleading(character: char, previous: Option<char>) -> bool {
    let is_of_use = matches!(
        u32::from(character),
        0x09 | 0x061C | 0x2000..=0x200A | 0x200C..=0x200F | 0x202F | 0x205F | 0xE000..=0xF8FF | 0xE_0000..=0xE_0FFF | 0xF_0000..
    );
    !is_of_use && is_hidden(character, previous)
}

/// Whether a character turns the order in which the ones after it are read (Unicode Standard Annex 9).
#[must_use]
pub const fn is_reordering(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text as it is read: without hidden characters, spaces apart, and backwards from where it is turned to the left on.
#[must_use]
pub fn as_read(text: &str) -> String {
    const LEFTWARDS: char = '\u{202E}';
    let is_space = |character: char| character.is_whitespace() && character != '\n';
    let visible = |text: &str| {
        let mut previous = None;
        let is_seen = |character: &char| {
            let is_seen = is_space(*character) || !is_hidden(*character, previous);
            previous = Some(*character);
            is_seen
        };
        text.chars().filter(is_seen).collect::<String>()
    };
    match text.split_once(LEFTWARDS) {
        Some((before, after)) => visible(before) + &visible(after).chars().rev().collect::<String>(),
        None => visible(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{as_read, is_misleading, mark};

    #[test]
    fn reads_what_is_seen() {
        assert_eq!(as_read("ceo@\u{200B}bank.exa\u{AD}mple"), "ceo@bank.example");
        assert_eq!(as_read("Boss \u{202E}elpmaxe.knab@oec"), "Boss ceo@bank.example");
        assert_eq!(as_read("山田\u{3000}太郎"), "山田\u{3000}太郎");
    }

    #[test]
    fn what_a_script_needs_misleads_nobody() {
        for character in ['\u{200D}', '\u{200C}', '\u{200F}', '\u{2003}', '\u{E63E}'] {
            assert!(!is_misleading(character, Some('a')), "{character:?}");
        }
        for character in ['\u{200B}', '\u{AD}', '\u{202E}', '\u{2060}', '\u{3164}', '\u{1B}'] {
            assert!(is_misleading(character, Some('a')), "{character:?}");
        }
    }

    #[test]
    fn marks_what_misleads_and_keeps_what_is_read() {
        assert_eq!(mark("invoice\u{202E}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
        assert_eq!(mark("a\u{1b}[31m\nb\0"), "a⟨U+001B⟩[31m⟨U+000A⟩b⟨U+0000⟩");
        assert_eq!(mark("請求書 ①㈱ ｶﾅ ❤\u{FE0F}"), "請求書 ①㈱ ｶﾅ ❤\u{FE0F}");
        assert_eq!(mark("a\u{FE0F}"), "a⟨U+FE0F⟩");
    }
}
