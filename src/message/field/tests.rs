use proptest::prelude::*;

use super::*;

fn unfold(raw: &[u8]) -> Unfolded {
    Unfolded::new(raw, 100)
}

#[test]
fn removes_line_ends_and_keeps_white_space() {
    assert_eq!(unfold(b" a\r\n b\n\tc").text, " a b\tc");
}

#[test]
fn maps_ranges_across_folding() {
    let value = unfold(b" ab\r\n cd");
    assert_eq!(value.span(1..3), Span::new(101, 103));
    assert_eq!(value.span(1..5), Span::new(101, 107));
    assert_eq!(value.span(3..4), Span::new(105, 106), "the white space of the second line");
    assert_eq!(value.span(3..3), Span::new(105, 105));
    assert_eq!(value.span(6..6), Span::new(108, 108));
    assert_eq!(value.span(0..99), Span::new(100, 108), "cut to what exists");
}

#[test]
fn maps_replacement_characters_to_the_bytes_they_stand_for() {
    // E3 81 is one maximal part of a character, FF another; U+FFFD takes three bytes each.
    let value = unfold(b"a\xE3\x81\xFF\xFFb");
    assert_eq!(value.text, "a\u{FFFD}\u{FFFD}\u{FFFD}b");
    assert_eq!(value.span(1..4), Span::new(101, 103));
    assert_eq!(value.span(4..7), Span::new(103, 104));
    assert_eq!(value.span(7..10), Span::new(104, 105));
    assert_eq!(value.span(10..11), Span::new(105, 106));
    assert_eq!(value.bytes(1..7), b"\xE3\x81\xFF");
}

#[test]
fn an_empty_value_has_a_place() {
    assert_eq!(unfold(b"").span(0..0), Span::new(100, 100));
    assert_eq!(unfold(b"\r\n").span(0..5), Span::new(100, 100));
}

fn soup() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(
        prop_oneof![
            Just(b"\r\n ".to_vec()),
            Just(b"\n\t".to_vec()),
            Just(b"\r".to_vec()),
            Just("日本".as_bytes().to_vec()),
            Just(b"\x1b$B".to_vec()),
            Just(b"abc".to_vec()),
            prop::collection::vec(any::<u8>(), 0..4),
        ],
        0..30,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    /// Every character's span, unfolded again, is that character; the spans ascend and touch only across line ends.
    #[test]
    fn every_character_maps_to_its_own_bytes(raw in soup()) {
        let value = unfold(&raw);
        let mut last = 100;
        for (at, character) in value.text.char_indices() {
            let span = value.span(at..at + character.len_utf8());
            prop_assert!(span.start >= last && span.end > span.start);
            let between = &raw[last - 100..span.start - 100];
            prop_assert!(between.iter().all(|byte| matches!(byte, b'\r' | b'\n')));
            let own = &raw[span.start - 100..span.end - 100];
            prop_assert_eq!(String::from_utf8_lossy(own), character.to_string());
            last = span.end;
        }
    }

    /// A range's span begins where its first character does and ends where its last one does.
    #[test]
    fn ranges_are_hulls_of_their_characters(raw in soup(), cut in any::<prop::sample::Index>(), length in 0_usize..20) {
        let value = unfold(&raw);
        let bounds: Vec<usize> = value.text.char_indices().map(|(at, _)| at).chain([value.text.len()]).collect();
        let first = cut.index(bounds.len());
        let last = (first + length).min(bounds.len() - 1);
        let span = value.span(bounds[first]..bounds[last]);
        if first == last {
            prop_assert!(span.is_empty());
        } else {
            prop_assert_eq!(span.start, value.span(bounds[first]..bounds[first + 1]).start);
            prop_assert_eq!(span.end, value.span(bounds[last - 1]..bounds[last]).end);
        }
    }
}
