mod archive;
mod emlx;
mod mbox;
mod msg;
mod nested;

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

#[test]
fn what_is_no_mail_is_refused() {
    assert!(matches!(refused(b""), Refusal::Empty));
    assert!(matches!(refused(b"Dear all,\nsee you.\n"), Refusal::NoMail));
    assert!(matches!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"), Refusal::Foreign(Foreign::Image)));
    // Written like a header, and none.
    assert!(matches!(refused(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), Refusal::Foreign(Foreign::Card)));
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
