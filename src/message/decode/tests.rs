use super::*;

fn read(raw: &[u8]) -> (String, Option<&'static str>) {
    let decoded = text(raw);
    (decoded.text, decoded.guessed_charset)
}

/// Japanese charsets, half-width kana among them.
#[test]
fn decodes_encoded_words() {
    let cases = [
        ("=?UTF-8?B?44GU5rOo5paH?=", "ご注文"),
        ("=?utf-8?q?Caf=C3=A9_=3D_=?=", "Café = ="),
        ("=?iso-8859-1*fr?Q?=E9t=E9?=", "été"),
        ("a =?UTF-8?Q?b?= c =?UTF-8?Q?d?=  =?ISO-8859-1?Q?e?= f", "a b c de f"),
        ("[list]=?UTF-8?Q?b?=c", "[list]bc"),
        ("=?UTF-8?Q?Really??=", "Really?"),
        ("=?UTF-8?Q?with space?=", "with space"),
        ("=?Shift_JIS?B?g2WDWINn?=", "テスト"),
        ("=?cp932?B?h0A=?=", "①"),
        ("=?EUC-JP?Q?=A5=C6=A5=B9=A5=C8?=", "テスト"),
        ("=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=\r\n =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テストテスト"),
        ("=?ISO-2022-JP?Q?=1B(I=43=3D=44=1B(B?=", "ﾃｽﾄ"),
        ("=?UTF-8?B?!!!?= =?UTF-8?X?a?= =?UTF-8?Q?a", "=?UTF-8?B?!!!?= =?UTF-8?X?a?= =?UTF-8?Q?a"),
        ("=?utf-7?Q?+ZYeB9FH6ckh5Pg-?=", "文致出版社"),
        ("  plain \t", "plain"),
        ("", ""),
    ];
    for (raw, expected) in cases {
        assert_eq!(read(raw.as_bytes()), (expected.to_owned(), None), "{raw}");
    }
}

/// characters cut between two words.
#[test]
fn joins_characters_split_over_words() {
    // 注 is E6 B3 A8, cut after its first byte; then ISO-2022-JP cut between the bytes of a pair.
    assert_eq!(read(b"=?UTF-8?Q?=E3=81=94=E6?= =?UTF-8?Q?=B3=A8?=").0, "ご注");
    assert_eq!(read(b"=?ISO-2022-JP?Q?=1B$B%F%?= =?ISO-2022-JP?Q?9=1B(B?=").0, "テス");
    assert_eq!(read(b"=?Shift_JIS?Q?=83?=\r\n\t=?shift_jis?B?ZQ==?=").0, "テ");
}

/// a charset under a wrong label.
#[test]
fn recognises_wrong_labels() {
    let cases: [(&[u8], &str, &str); 5] = [
        (b"=?UTF-8?B?GyRCJUYlOSVIGyhC?=", "テスト", "ISO-2022-JP"),
        (b"=?ISO-2022-JP?B?g2WDWINn?=", "テスト", "Shift_JIS"),
        (b"=?US-ASCII?Q?=E3=83=86=E3=82=B9?=", "テス", "UTF-8"),
        (b"=?UTF-8?Q?=A5=C6=A5=B9=A5=C8?=", "テスト", "EUC-JP"),
        (b"=?x-unknown?Q?=E9t?=", "ét", "windows-1252"),
    ];
    for (raw, expected, charset) in cases {
        assert_eq!(read(raw), (expected.to_owned(), Some(charset)), "{}", raw.escape_ascii());
    }
}

#[test]
fn text_cut_inside_a_character_stays_in_its_charset() {
    let cut = "テスト\u{FFFD}".to_owned();
    assert_eq!(read(b"=?UTF-8?Q?=E3=83=86=E3=82=B9=E3=83=88=E3=83?="), (cut.clone(), None));
    assert_eq!(read(b"\xE3\x83\x86\xE3\x82\xB9\xE3\x83\x88\xE3\x83"), (cut, Some("UTF-8")));
}

#[test]
fn damage_stays_in_its_word() {
    let (text, _) = read(b"=?ISO-2022-JP?Q?=1B$B%F%?= =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=");
    assert_eq!(text, "テ\u{FFFD}テスト");
}

/// raw bytes without any label.
#[test]
fn recognises_raw_bytes() {
    let cases: [(&[u8], &str, Option<&str>); 9] = [
        ("ご注文 =?UTF-8?Q?=E3=81=82?=".as_bytes(), "ご注文 あ", None),
        (b"\x1b$B%F%9%H\x1b(B done", "テスト done", Some("ISO-2022-JP")),
        (b"\x1b$B%F\x1b(B\x1b$B%9\x1b(J", "テス", Some("ISO-2022-JP")),
        (b"\x83\x65\x83\x58\x83\x67", "テスト", Some("Shift_JIS")),
        (b"\xc3\xbd\xc4", "ﾃｽﾄ", Some("Shift_JIS")),
        (b"\xa5\xc6\xa5\xb9\xa5\xc8", "テスト", Some("EUC-JP")),
        (b"\xbd\xc5\xcd\xd7", "重要", Some("EUC-JP")),
        (b"H\xe9l\xe8ne M\xfcller", "Hélène Müller", Some("windows-1252")),
        (b"It\x92s", "It’s", Some("windows-1252")),
    ];
    for (raw, expected, charset) in cases {
        assert_eq!(read(raw), (expected.to_owned(), charset), "{}", raw.escape_ascii());
    }
}

/// Pictures of the mobile carriers are nobody else's: the text around them stays readable.
#[test]
fn pictures_of_carriers_leave_the_text_readable() {
    let cases: [(&[u8], &str, Option<&str>); 8] = [
        // docomo, then KDDI on the web and in mail, in Shift_JIS.
        (b"=?Shift_JIS?B?g2WDWINn+J/4oA==?=", "テスト〓〓", None),
        (b"\x83\x65\x83\x58\x83\x67\xF3\x40\xF6\x41", "テスト〓〓", Some("Shift_JIS")),
        (b"\x83\x65\x83\x58\x83\x67\xEB\x59", "テスト〓", Some("Shift_JIS")),
        // SoftBank's escape sequences.
        (b"\x83\x65\x83\x58\x83\x67\x1b$G!\"\x0f!", "テスト〓〓!", Some("Shift_JIS")),
        // KDDI in ISO-2022-JP.
        (b"=?ISO-2022-JP?Q?=1B$B%F%9%Hu:=1B(B?=", "テスト〓", None),
        (b"=?ISO-2022-JP?B?GyRCJUYlOSVIdToyTBsoQg==?=", "テスト〓果", None),
        // What NEC put into rows that others leave empty is text.
        (b"\x1b$Byv\x1b(B", "嵂", Some("ISO-2022-JP")),
        // A half-width kana in eight bits inside ISO-2022-JP.
        (b"\x1b$B%F%9%H\x1b(B\xC3\xBD\xC4", "テストﾃｽﾄ", Some("ISO-2022-JP")),
    ];
    for (raw, expected, charset) in cases {
        assert_eq!(read(raw), (expected.to_owned(), charset), "{}", raw.escape_ascii());
    }
}

#[test]
fn escape_characters_that_copying_lost_are_found_again() {
    assert_eq!(read(b"$B%F%9%H(B mail"), ("テスト mail".to_owned(), Some("ISO-2022-JP")));
    assert_eq!(read(b"[list] $B$4CmJ8(B / $B%F%9%H(J"), ("[list] ご注文 / テスト".to_owned(), Some("ISO-2022-JP")));
    for plain in ["costs $B5 (Bahamas)", "$B(B", "$B!!", "pay $Bab(B now", "US$BILLING (B2B)"] {
        assert_eq!(read(plain.as_bytes()), (plain.to_owned(), None), "{plain}");
    }
}

#[test]
fn keeps_control_characters() {
    assert_eq!(read(b"a\0b\rc\x1bd").0, "a\0b\rc\x1bd");
}

#[test]
fn hostile_values_take_linear_time() {
    for unit in ["=?a?Q?", "=?", "=?UTF-8?B?", "=?UTF-8?Q?a?= ", "\x1b$B"] {
        let raw = unit.repeat(2_000_000 / unit.len());
        assert!(text(raw.as_bytes()).text.len() <= 4 * raw.len());
    }
}

proptest::proptest! {
    #[test]
    fn takes_any_bytes(raw: Vec<u8>) {
        let _ = text(&raw);
    }

    /// What is written as UTF-8, in words of any length, is read back whole.
    #[test]
    fn reads_back_what_was_encoded(written in "[a-zあ-ん漢字 ]{0,20}", cut in 1_usize..9) {
        let words: Vec<String> = written.as_bytes().chunks(cut).map(|bytes| {
            let escaped: Vec<String> = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
            format!("=?UTF-8?Q?{}?=", escaped.concat())
        }).collect();
        let read = text(words.join("\r\n ").as_bytes());
        proptest::prop_assert_eq!(read.text, written.trim_matches(' '));
    }
}
