//! Outlook's files.

use cfb::CompoundFile;

use super::*;

/// A property of a made-up file: its tag with its type, and its bytes.
type Property<'a> = (&'a str, Vec<u8>);

fn unicode(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub(super) struct Maker(CompoundFile<Cursor<Vec<u8>>>);

impl Maker {
    pub(super) fn new() -> Self {
        Self(CompoundFile::create(Cursor::new(Vec::new())).unwrap())
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.0.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    /// Fixed properties after `counts` bytes, and one stream for each of the others.
    pub(super) fn storage(&mut self, at: &str, counts: usize, fixed: &[(u32, u64)], properties: &[Property<'_>]) {
        let mut bytes = vec![0; counts];
        for (tag, value) in fixed {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(6_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{at}__properties_version1.0"), &bytes);
        for (tag, bytes) in properties {
            self.stream(&format!("{at}__substg1.0_{tag}"), bytes);
        }
    }

    pub(super) fn attachment(&mut self, at: &str, number: usize) -> String {
        let storage = format!("{at}__attach_version1.0_#{number:08X}");
        self.0.create_storage(&storage).unwrap();
        self.storage(&format!("{storage}/"), 8, &[(0x3705_0003, 5)], &[]);
        format!("{storage}/")
    }

    pub(super) fn embedded(&mut self, attachment: &str) -> String {
        let storage = format!("{attachment}__substg1.0_3701000D");
        self.0.create_storage(&storage).unwrap();
        format!("{storage}/")
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.0.flush().unwrap();
        self.0.into_inner().into_inner()
    }
}

pub(super) fn transport(subject: &str) -> Vec<u8> {
    unicode(&format!("{HEAD}Subject: {subject}\r\n\r\n"))
}

/// the header that Outlook received stands in the file.
#[test]
fn header_body_and_attached_messages_are_read() {
    let mut maker = Maker::new();
    maker.storage("/", 32, &[], &[("007D001F", transport("Fw: look")), ("1000001F", unicode("Is this real?\r\n"))]);
    let first = maker.attachment("/", 0);
    let inner = maker.embedded(&first);
    maker.storage(&inner, 24, &[], &[("007D001F", transport("請求書")), ("1000001F", unicode("Pay now"))]);
    let second = maker.attachment("/", 1);
    let name = [("3707001F", unicode("saved.eml")), ("37010102", mail("saved", "x").into_bytes())];
    for (tag, bytes) in name {
        maker.stream(&format!("{second}__substg1.0_{tag}"), &bytes);
    }
    let container = open(maker.finish());
    assert_eq!(container.form(), Form::Msg);
    assert_eq!(subjects(&container), listed(&[(0, "Fw: look"), (1, "請求書"), (1, "saved")]));
    let letters = container.read(0).unwrap();
    assert!(letters[0].is_wrapper);
    let own = &letters[0].message;
    assert_eq!((own.kind, own.body, own.headers_only()), (Kind::Msg, None, false));
    assert_eq!(own.source.slice(own.text.unwrap()), b"Is this real?\r\n");
    assert_eq!(own.kept, Kept { header: Fidelity::Rewritten, body: Fidelity::Rewritten });
    assert_eq!((letters[2].message.kind, letters[2].message.kept), (Kind::Nested, Kept::default()));
}

#[test]
fn without_an_internet_header_one_is_made() {
    let mut maker = Maker::new();
    let properties = [
        ("0042001F", unicode("山田 \"太郎\"")),
        ("5D02001F", unicode("taro@example.jp")),
        ("0E04001F", unicode("花子")),
        ("0037001F", unicode("お見積り\r\nBcc: x@example.com")),
        ("1035001F", unicode("<1@example.jp>")),
        ("10130102", "<html>本文</html>".as_bytes().to_vec()),
    ];
    // 2026-11-02 01:00:00 UTC in tenths of a microsecond since 1601.
    let submitted = (1_793_581_200 + 11_644_473_600) * 10_000_000;
    maker.storage("/", 32, &[(0x0039_0040, submitted)], &properties);
    let message = open(maker.finish()).first().unwrap();
    let heading = Heading::of(&message);
    assert_eq!(heading.from.as_deref(), Some("山田  太郎"));
    assert_eq!(heading.subject.as_deref(), Some("お見積り  Bcc: x@example.com"));
    assert_eq!(heading.date.map(|date| date.instant.as_second()), Some(1_793_581_200));
    assert_eq!((message.kept.header, message.named("Bcc").count()), (Fidelity::Partial, 0));
    assert_eq!(message.source.slice(message.text.unwrap()), "<html>本文</html>".as_bytes());
    assert!(message.repairs.iter().any(|repair| repair.code == RepairCode::HeaderFromProperties));
}

#[test]
fn eight_bit_properties_are_in_their_code_page() {
    let mut maker = Maker::new();
    let properties = [("0042001E", b"\x8E\x52\x93\x63".to_vec()), ("0037001E", b"\x83\x65\x83\x58\x83\x67\0".to_vec())];
    maker.storage("/", 32, &[(0x3FFD_0003, 932)], &properties);
    let heading = Heading::of(&open(maker.finish()).first().unwrap());
    assert_eq!((heading.from.as_deref(), heading.subject.as_deref()), (Some("山田"), Some("テスト")));
}

#[test]
fn another_compound_file_is_no_message() {
    let mut maker = Maker::new();
    maker.stream("/WordDocument", b"x");
    assert!(matches!(refused(maker.finish()), Refusal::NoOutlookMessage));
    assert!(matches!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut"), Refusal::NoOutlookMessage));
    let mut empty = Maker::new();
    empty.storage("/", 32, &[], &[]);
    assert!(matches!(refused(empty.finish()), Refusal::NoMail));
}

#[test]
fn embedded_messages_end_at_the_limit() {
    let mut maker = Maker::new();
    let mut at = "/".to_owned();
    maker.storage(&at, 32, &[], &[("007D001F", transport("0"))]);
    for depth in 1..16 {
        let attachment = maker.attachment(&at, 0);
        at = maker.embedded(&attachment);
        maker.storage(&at, 24, &[], &[("007D001F", transport(&depth.to_string()))]);
    }
    assert_eq!(open(maker.finish()).read(0).unwrap().len(), Container::MAX_DEPTH + 1);
}
