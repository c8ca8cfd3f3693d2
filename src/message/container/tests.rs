use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::*;
use crate::message::{Fidelity, RepairCode};

const HEAD: &str =
    "Received: from a by b; Mon, 02 Nov 2026 10:00:00 +0900\r\nFrom: a@example.jp\r\nTo: b@example.com\r\n";

fn mail(subject: &str, body: &str) -> String {
    format!("{HEAD}Subject: {subject}\r\n\r\n{body}\r\n")
}

fn open(bytes: impl AsRef<[u8]>) -> Container {
    Container::of_bytes(bytes.as_ref().to_vec()).unwrap()
}

fn refused(bytes: impl AsRef<[u8]>) -> Refusal {
    Container::of_bytes(bytes.as_ref().to_vec()).unwrap_err()
}

fn subject(message: &Message) -> String {
    Heading::of(message).subject.unwrap_or_default()
}

/// Every message: its depth and its subject.
fn subjects(container: &Container) -> Vec<(usize, String)> {
    let messages = (0..container.messages()).flat_map(|message| container.read(message).unwrap());
    messages.map(|letter| (letter.depth, subject(&letter.message))).collect()
}

fn listed(subjects: &[(usize, &str)]) -> Vec<(usize, String)> {
    subjects.iter().map(|(depth, subject)| (*depth, (*subject).to_owned())).collect()
}

fn body(message: &Message) -> String {
    String::from_utf8_lossy(message.source.slice(message.body.unwrap())).into_owned()
}

mod mbox {
    use super::*;

    const FROM: &str = "From a@example.jp Mon Nov  2 10:00:00 2026\n";

    fn one(subject: &str, body: &str) -> String {
        format!("{FROM}From: a@example.jp\nSubject: {subject}\n\n{body}\n\n")
    }

    #[test]
    fn each_message_is_read_from_its_place() {
        let file = [one("one", "1"), one("two", "2"), one("three", "3")].concat();
        let container = open(&file);
        assert_eq!((container.form(), container.messages()), (Form::Mbox, 3));
        assert_eq!(subjects(&container), listed(&[(0, "one"), (0, "two"), (0, "three")]));
        let second = container.pick("2".parse().unwrap()).unwrap();
        assert_eq!((second.kind, subject(&second)), (Kind::Mbox, "two".to_owned()));
        let place = second.place.unwrap();
        assert_eq!((place.pick.to_string(), place.offset), ("2".to_owned(), Some(one("one", "1").len() as u64)));
        assert_eq!(container.heading(2).unwrap().subject.as_deref(), Some("three"));
        assert!(matches!(container.pick("4".parse().unwrap()), Err(Refusal::NoSuchMessage { messages: 3 })));
        assert!(matches!(container.pick("2.2".parse().unwrap()), Err(Refusal::NoSuchMessage { .. })));
        assert_eq!(container.first().unwrap().place.unwrap().left_out, Some(LeftOut::Further));
    }

    #[test]
    fn prose_that_begins_with_from_begins_no_message() {
        let bodies = [
            "x\n\nFrom 10:00 until the end of 2026 we are closed.\nThank you.",
            "x\n\nFrom here on it gets better.\nTo: nobody",
            "x\nFrom a@example.jp Mon Nov  2 10:00:00 2026\nis how a separator looks.",
            "x\n\n>From a@example.jp Mon Nov  2 10:00:00 2026\nFrom: b\n",
        ];
        for body in bodies {
            let container = open([one("one", body), one("two", "2")].concat());
            assert_eq!(container.messages(), 2, "{body}");
        }
    }

    #[test]
    fn separators_of_other_programs() {
        let files = [
            // Thunderbird, Gmail Takeout, a zone name, no blank line between, no dates at all.
            "From - Mon Nov 02 10:00:00 2026\nX-Mozilla-Status: 0001\nFrom: a\n\n1\n\nFrom - Mon Nov 02 10:00:00 2026\nFrom: b\n\n2\n",
            "From 1750@xxx Mon Nov 02 10:00:00 +0000 2026\r\nX-GM-THRID: 1\r\nFrom: a\r\n\r\n1\r\n\r\nFrom 1751@xxx Mon Nov 02 10:00:00 +0000 2026\r\nX-GM-THRID: 2\r\nFrom: b\r\n\r\n2\r\n",
            "From a Mon Nov  2 10:00:00 JST 2026\nFrom: a\n\n1\n\nFrom b Mon Nov  2 10:00:00 JST 2026\n>From b Mon Nov  2 10:00:00 2026\nFrom: b\n\n2\n",
            "From a Mon Nov  2 10:00:00 2026\nFrom: a\n\n1\nFrom b Mon Nov  2 10:00:00 2026\nReceived: by b\nFrom: b\n\n2\n",
            "From a@example.jp\nFrom: a\n\n1\n\nFrom b@example.jp\nFrom: b\n\n2\n",
            "\u{FEFF}\nFrom a Mon Nov  2 10:00:00 2026\nFrom: a\n\n1\n\nFrom b Mon Nov  2 10:00:00 2026\nFrom: b\n\n2\n",
        ];
        for file in files {
            assert_eq!(open(file).messages(), 2, "{file}");
        }
    }

    #[test]
    fn lengths_are_believed_where_they_lead_to_a_separator() {
        let inner = "x\n\nFrom a@example.jp Mon Nov  2 10:00:00 2026\nFrom: b@example.jp\n\ny\n";
        let with = |length: usize| format!("{FROM}From: a@example.jp\nContent-Length: {length}\n\n{inner}\n");
        let file = format!("{}{}", with(inner.len()), one("two", "2"));
        let container = open(&file);
        assert_eq!(container.messages(), 2);
        assert_eq!(body(&container.read(0).unwrap()[0].message), format!("{inner}\n"));
        // A wrong length is none.
        assert_eq!(open(format!("{}{}", with(inner.len() - 3), one("two", "2"))).messages(), 3);
        assert_eq!(open(format!("{}{}", with(usize::MAX), one("two", "2"))).messages(), 3);
    }

    #[test]
    fn quoting_is_taken_off_and_told() {
        let container = open(one("one", ">From the start\n>>From a reply\n> From a quotation\n>Fromage"));
        let message = &container.read(0).unwrap()[0].message;
        assert_eq!(body(message), "From the start\n>From a reply\n> From a quotation\n>Fromage\n\n");
        assert_eq!((message.kept.header, message.kept.body), (Fidelity::AsSent, Fidelity::Rewritten));
        let repair = message.repairs.iter().find(|repair| repair.code == RepairCode::QuotedFromLines).unwrap();
        assert_eq!(message.source.slice(repair.span), b"From the start\n");
        let plain = open(one("one", "nothing"));
        assert_eq!(plain.read(0).unwrap()[0].message.kept, Kept::default());
        assert_eq!(plain.messages(), 1);
    }

    #[test]
    fn a_large_file_is_read_piece_by_piece() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.mbox");
        let body = "0123456789 abcdefghijklmnop\n".repeat(2_000);
        let messages: Vec<String> = (0..300).map(|number| one(&format!("number {number}"), &body)).collect();
        std::fs::write(&path, messages.concat()).unwrap();
        let gauge = Gauge::default();
        let container = Container::open(Store::open(&path).unwrap(), &gauge).unwrap();
        assert_eq!(container.messages(), 300);
        for number in [0, 150, 299] {
            assert_eq!(container.heading(number).unwrap().subject, Some(format!("number {number}")));
            assert_eq!(super::body(&container.read(number).unwrap()[0].message), format!("{body}\n\n"));
        }
        // What is there now is not what was listed.
        std::fs::write(&path, "x".repeat(20 << 20)).unwrap();
        assert!(matches!(container.read(150), Err(Refusal::Changed)));
        std::fs::write(&path, messages.concat()).unwrap();
        let stopped = Gauge::default();
        stopped.stop();
        assert!(matches!(Container::open(Store::open(&path).unwrap(), &stopped), Err(Refusal::Cancelled)));
    }

    #[test]
    fn wrong_lengths_cost_no_more_than_a_few_readings() {
        let length = 40 << 20;
        let first = format!("{FROM}From: a\nContent-Length: 2\n\nx\n\n");
        let wrong = format!("{FROM}From: a\nContent-Length: {}\n\nx\n\n", length / 2);
        let file = [first, wrong.repeat(length / wrong.len())].concat();
        assert!(open(file).messages() > 400_000);
    }
}

mod nested {
    use super::*;

    pub(super) fn forward(attachment: &str) -> String {
        format!(
            "{HEAD}Subject: Fw: look\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\nSee below\r\n--b\r\nContent-Type: text/plain\r\n\r\nIs this real?\r\n--b\r\n{attachment}\r\n--b--\r\n"
        )
    }

    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    fn base64(bytes: &[u8]) -> String {
        let mut text = String::new();
        for chunk in bytes.chunks(57) {
            let mut line = Vec::new();
            for three in chunk.chunks(3) {
                let word = three.iter().chain(&[0, 0]).take(3).fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
                for place in 0..4 {
                    let digit = DIGITS[(word >> (18 - 6 * place) & 63) as usize];
                    line.push(if place > three.len() { b'=' } else { digit });
                }
            }
            text.push_str(std::str::from_utf8(&line).unwrap());
            text.push_str("\r\n");
        }
        text
    }

    #[test]
    fn a_forward_brings_its_attachment() {
        let inner = mail("inner", "hello");
        let as_is = forward(&format!("Content-Type: message/rfc822\r\n\r\n{inner}"));
        let encoded = forward(&format!(
            "Content-Type: message/rfc822; name=\"x.eml\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64(inner.as_bytes())
        ));
        let file = forward(&format!(
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*=UTF-8''%E8%AB%8B.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64(inner.as_bytes())
        ));
        for text in [&as_is, &encoded, &file] {
            let container = open(text);
            assert_eq!(subjects(&container), listed(&[(0, "Fw: look"), (1, "inner")]), "{text}");
            let letters = container.read(0).unwrap();
            assert!(letters[0].is_wrapper && !letters[1].is_wrapper);
            assert_eq!((letters[1].message.kind, body(&letters[1].message)), (Kind::Nested, "hello\r\n".to_owned()));
            assert_eq!(letters[1].message.kept, Kept::default());
            assert_eq!(subject(&container.pick("2".parse().unwrap()).unwrap()), "inner");
            assert_eq!(container.first().unwrap().place.unwrap().left_out, Some(LeftOut::Attached));
        }
        let offset = open(&as_is).read(0).unwrap()[1].message.place.unwrap().offset;
        assert_eq!(offset, None, "a file that is one message has no offsets of its own");
    }

    #[test]
    fn a_forward_in_an_mbox_has_a_number_and_a_layer() {
        let inner = mail("inner", "hello").replace("\r\n", "\n");
        let forward = forward(&format!("Content-Type: message/rfc822\n\n{inner}")).replace("\r\n", "\n");
        let from = "From a@example.jp Mon Nov  2 10:00:00 2026\n";
        let container = open(format!("{from}From: a\nSubject: first\n\nx\n\n{from}{forward}\n"));
        let picked = container.pick("2.2".parse().unwrap()).unwrap();
        assert_eq!((subject(&picked), picked.place.unwrap().pick.to_string()), ("inner".to_owned(), "2.2".to_owned()));
        let offset = usize::try_from(picked.place.unwrap().offset.unwrap()).unwrap();
        assert!(format!("{from}From: a\nSubject: first\n\nx\n\n{from}{forward}\n")[offset..].starts_with("Received:"));
    }

    #[test]
    fn reports_and_digests_wrap_nothing() {
        let report = format!(
            "{HEAD}Subject: failed\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nsorry\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{HEAD}Subject: sent\r\n\r\n--b--\r\n"
        );
        let letters = open(report).read(0).unwrap();
        assert_eq!((letters.len(), letters[0].is_wrapper), (2, false));
        assert!(letters[1].message.headers_only());
        let digest = format!(
            "{HEAD}Subject: digest\r\nContent-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n{}\r\n--b\r\n\r\n{}\r\n--b--\r\n",
            mail("one", "1"),
            mail("two", "2")
        );
        let container = open(digest);
        assert_eq!(subjects(&container), listed(&[(0, "digest"), (1, "one"), (1, "two")]));
        assert!(!container.read(0).unwrap()[0].is_wrapper);
    }

    #[test]
    fn what_exchange_attached_is_not_what_was_sent() {
        let inner = mail("inner", "hello");
        let forward = forward(&format!("Content-Type: message/rfc822\r\n\r\n{inner}"));
        let letters = open(format!("X-MS-Has-Attach: yes\r\n{forward}")).read(0).unwrap();
        let rewritten = Kept { header: Fidelity::Rewritten, body: Fidelity::Rewritten };
        assert_eq!((letters[0].message.kept, letters[1].message.kept), (Kept::default(), rewritten));
    }

    #[test]
    fn nesting_and_numbers_end_at_their_limits() {
        let mut text = mail("deepest", "x");
        for depth in 0..40 {
            text = format!(
                "{HEAD}Subject: {depth}\r\nContent-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\nContent-Type: message/rfc822\r\n\r\n{text}\r\n--b{depth}--\r\n"
            );
        }
        assert_eq!(open(&text).read(0).unwrap().len(), Container::MAX_DEPTH + 1);
        let part = format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{}\r\n", mail("part", "x"));
        let many = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", part.repeat(5_000));
        assert!(open(&many).read(0).unwrap().len() <= Container::MAX_ATTACHED + 1);
        let parts = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(20_000);
        open(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}"));
        let encoded = format!(
            "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            "QUFB".repeat(4 << 20)
        );
        open(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{encoded}"));
    }
}

mod emlx {
    use super::*;

    const LIST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict/></plist>\n";

    #[test]
    fn the_property_list_is_no_part_of_the_message() {
        let text = mail("one", "hello").replace("\r\n", "\n");
        let container = open(format!("{}      \n{text}{LIST}", text.len()));
        let message = container.first().unwrap();
        assert_eq!((container.form(), message.kind), (Form::Emlx, Kind::Emlx));
        assert_eq!((body(&message), message.kept), ("hello\n".to_owned(), Kept::default()));
        assert_eq!(message.source.bytes(), text.as_bytes());
    }

    #[test]
    fn a_wrong_length_is_told() {
        let text = mail("one", "hello").replace("\r\n", "\n");
        for length in [text.len() - 3, 5, 9_999_999, usize::MAX] {
            let message = open(format!("{length}\n{text}{LIST}")).first().unwrap();
            assert_eq!(message.source.bytes(), text.as_bytes(), "{length}");
            assert!(message.repairs.iter().any(|repair| repair.code == RepairCode::LengthWrong));
        }
        let cut = open(format!("{}\n{}", text.len(), &text[..text.len() - 4])).first().unwrap();
        assert_eq!(cut.kept.body, Fidelity::Partial);
    }

    #[test]
    fn a_number_before_another_kind_of_line_is_no_emlx() {
        assert_eq!(open(format!("639\r\nP8FxVksOO2tm\r\n{}", mail("one", "x"))).form(), Form::Text);
    }
}

mod archive {
    use super::*;

    pub(super) fn zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, content) in members {
            let (mut entry, config) = archive.new_file(name).compression_method(method).start().unwrap();
            let descriptor = if method == CompressionMethod::DEFLATE {
                let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
                writer.write_all(content).unwrap();
                let (encoder, descriptor) = writer.finish().unwrap();
                encoder.finish().unwrap();
                descriptor
            } else {
                let mut writer = config.wrap(&mut entry);
                writer.write_all(content).unwrap();
                writer.finish().unwrap().1
            };
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn messages_are_found_among_other_files() {
        let (one, two) = (mail("one", "1"), mail("two", "2"));
        let mbox = format!("From a Mon Nov  2 10:00:00 2026\n{two}\n\nFrom b Mon Nov  2 10:00:00 2026\n{one}");
        let members: [(&str, &[u8]); 6] = [
            ("folder/", b""),
            ("folder/one.eml", one.as_bytes()),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
            ("__MACOSX/folder/._one.eml", one.as_bytes()),
            ("note.txt", b"Dear all,\nthe message is attached.\n"),
            ("mbox", mbox.as_bytes()),
        ];
        for method in [CompressionMethod::STORE, CompressionMethod::DEFLATE] {
            let container = open(zip(&members, method));
            assert_eq!((container.form(), container.shortfall()), (Form::Zip, None));
            assert_eq!(subjects(&container), listed(&[(0, "one"), (0, "two"), (0, "one")]));
            assert_eq!(container.member_name(0), Some("folder/one.eml"));
            assert_eq!(container.read(0).unwrap()[0].message.place.unwrap().offset, None);
        }
        let packed = open(gzip(mbox.as_bytes()));
        assert_eq!((packed.form(), packed.messages()), (Form::Gzip, 2));
        let inside = open(zip(
            &[("a.zip", &zip(&[("b.eml.gz", &gzip(one.as_bytes()))], CompressionMethod::STORE))],
            CompressionMethod::DEFLATE,
        ));
        assert_eq!(subjects(&inside), listed(&[(0, "one")]));
    }

    #[test]
    fn the_reason_is_told_where_nothing_comes_out() {
        assert!(matches!(refused(zip(&[("a.txt", b"hello")], CompressionMethod::DEFLATE)), Refusal::NothingInside));
        assert!(matches!(refused(zip(&[], CompressionMethod::STORE)), Refusal::NothingInside));
        let mut locked = zip(&[("a.eml", mail("x", "y").as_bytes())], CompressionMethod::STORE);
        // The bit of encryption in the local header and in the directory.
        let directory = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        locked[6] |= 1;
        locked[directory + 8] |= 1;
        assert!(matches!(refused(locked), Refusal::Locked));
        assert!(matches!(refused(b"PK\x03\x04 and then nothing"), Refusal::NotUnpacked));
        assert!(matches!(refused(b"\x1F\x8B\x08 and then nothing"), Refusal::NotUnpacked));
        let whole = gzip(mail("x", &"y".repeat(1 << 20)).as_bytes());
        assert!(matches!(refused(&whole[..whole.len() / 2]), Refusal::NotUnpacked));
    }

    #[test]
    fn bombs_do_not_go_off() {
        let head = mail("bomb", "");
        let large = [head.as_bytes(), &vec![b'a'; 40 << 20]].concat();
        assert!(matches!(refused(gzip(&large)), Refusal::TooMuchUnpacked), "out of all proportion");
        let many: Vec<(String, Vec<u8>)> =
            (0..80).map(|number| (format!("{number}.eml"), large[..4 << 20].to_vec())).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let container = open(zip(&many, CompressionMethod::DEFLATE));
        assert!(container.messages() <= 64 && container.shortfall() == Some(Shortfall::Members));
        let mut inside = mail("x", "y").into_bytes();
        for _ in 0..6 {
            inside = gzip(&inside);
        }
        assert!(matches!(refused(inside), Refusal::TooMuchUnpacked), "too many layers");
    }

    #[test]
    fn names_of_japanese_windows_are_readable() {
        let mut bytes = zip(
            &[("XXXX.eml", mail("x", "y").as_bytes()), ("b.eml", mail("x", "y").as_bytes())],
            CompressionMethod::STORE,
        );
        let name = b"\x83\x81\x81\x5B\x83\x8B";
        let mut at = 0;
        while let Some(found) = bytes[at..].windows(4).position(|window| window == b"XXXX") {
            bytes[at + found..at + found + 4].copy_from_slice(&name[..4]);
            at += found + 4;
        }
        assert_eq!(open(bytes).member_name(0), Some("メー.eml"));
    }
}

mod msg {
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
        let properties =
            [("0042001E", b"\x8E\x52\x93\x63".to_vec()), ("0037001E", b"\x83\x65\x83\x58\x83\x67\0".to_vec())];
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
}

#[test]
fn what_is_no_mail_is_refused() {
    assert!(matches!(refused(b""), Refusal::Empty));
    assert!(matches!(refused(b"Dear all,\nsee you.\n"), Refusal::NoMail));
    assert!(matches!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"), Refusal::NoMail));
}

#[test]
fn a_message_is_named_as_a_person_counts() {
    for text in ["0", "1.0", "", "x", "1.", ".1", "-1", "1.2.3"] {
        assert!(text.parse::<Pick>().is_err(), "{text}");
    }
    let container = open(mail("one", "x"));
    assert!(matches!(container.pick("2".parse().unwrap()), Err(Refusal::NoSuchMessage { messages: 1 })));
    assert_eq!(container.pick("1".parse().unwrap()).unwrap().place, None);
}

/// Whatever is opened: no panic, no message beyond the limits.
fn survive(bytes: Vec<u8>) {
    if let Ok(container) = Container::of_bytes(bytes) {
        for message in 0..container.messages().min(3) {
            let _ = container.heading(message);
            if let Ok(letters) = container.read(message) {
                assert!(letters.len() <= Container::MAX_ATTACHED + 1);
                assert!(letters.iter().all(|letter| letter.depth <= Container::MAX_DEPTH));
            }
        }
    }
}

fn wrapped() -> Vec<Vec<u8>> {
    let mut maker = msg::Maker::new();
    maker.storage("/", 32, &[], &[("007D001F", msg::transport("one"))]);
    let attachment = maker.attachment("/", 0);
    let inner = maker.embedded(&attachment);
    maker.storage(&inner, 24, &[], &[("007D001F", msg::transport("two"))]);
    let one = mail("one", "x");
    vec![
        maker.finish(),
        archive::zip(&[("a.eml", one.as_bytes()), ("b.eml", one.as_bytes())], CompressionMethod::DEFLATE),
        nested::forward(&format!("Content-Type: message/rfc822\r\n\r\n{one}")).into_bytes(),
        format!("From a Mon Nov  2 10:00:00 2026\n{one}\nFrom b Mon Nov  2 10:00:00 2026\n{one}").into_bytes(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_survived(bytes: Vec<u8>, magic in 0..6_usize) {
        let start: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\x1F\x8B\x08", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"12\nFrom: ", b"From x\n"];
        survive([start[magic], &bytes].concat());
    }

    #[test]
    fn damaged_files_are_survived(kind in 0..4_usize, damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut: prop::sample::Index) {
        let mut bytes = wrapped().swap_remove(kind);
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        survive(bytes.clone());
        bytes.truncate(cut.index(bytes.len()));
        survive(bytes);
    }
}
