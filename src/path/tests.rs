//! What holds for any text: no panic, every span inside its field, hosts without brackets.

use std::path::{Path as FilePath, PathBuf};

use proptest::prelude::*;

use super::*;

/// Every span of a hop.
fn spans(hop: &Hop) -> Vec<Span> {
    let texts = [&hop.from.helo, &hop.from.name, &hop.by, &hop.via, &hop.with, &hop.id, &hop.recipient];
    let mut spans: Vec<Span> = texts.into_iter().chain([&hop.envelope_from]).flatten().map(|text| text.span).collect();
    spans.extend([hop.from.ip, hop.from.other].into_iter().flatten().map(|ip| ip.span));
    spans.extend(hop.date.map(|date| date.span));
    spans.extend([hop.tls.span, hop.from.doubt, hop.authenticated].into_iter().flatten());
    spans.extend(hop.parts.iter().map(|part| part.span));
    spans
}

/// Every byte of the value is in a clause, a comment, a date or a part that was not read; white space alone is in none.
fn assert_covered(message: &Message, hop: &Hop) {
    let value = message.fields[hop.field].value;
    let mut at = value.start;
    let is_blank = |start: usize, end: usize| {
        message.source.slice(Span::new(start, end)).iter().all(|byte| b" \t\r\n".contains(byte))
    };
    for part in &hop.parts {
        assert!(part.span.start >= at && part.span.end > part.span.start, "{part:?} of {:?}", hop.parts);
        assert!(is_blank(at, part.span.start), "{at} to {part:?} of {:?}", hop.parts);
        at = part.span.end;
    }
    assert!(is_blank(at, value.end.max(at)), "{at} to the end of {:?}", hop.parts);
}

fn assert_sound(message: &Message) -> Path {
    let path = read(message, None, None);
    for hop in &path.hops {
        for span in spans(hop) {
            assert!(span.start >= hop.span.start && span.end <= hop.span.end && span.start <= span.end, "{hop:?}");
        }
        assert_covered(message, hop);
        for host in [&hop.from.helo, &hop.from.name, &hop.by].into_iter().flatten() {
            let strange = |character: char| character == '(' || character.is_whitespace();
            assert!(!host.value.is_empty() && !host.value.contains(strange), "{hop:?}");
        }
    }
    path
}

proptest! {
    #[test]
    fn any_text_is_read(value in r#"(from|by|with|id|for|via|tls|;|[ ()\[\]<>"\\.:;=@/,%]|HELO |using TLS|version=|192\.0\.2\.1|fe80::1|Mon, 2 Nov 2026 01:00:00 \+0000|\PC{0,3}|\r\n ){0,40}"#) {
        assert_sound(&Message::read(format!("Received: {value}\r\n\r\n").into_bytes()));
    }

    #[test]
    fn any_bytes_are_read(value in proptest::collection::vec(any::<u8>(), 0..200)) {
        assert_sound(&Message::read([b"Received: from a (\xE3\x81 [192.0.2.1]) ".as_slice(), &value].concat()));
    }
}

/// Brackets and quotes without a partner are searched for once: a field of any kind takes time in proportion to its size.
#[test]
fn hostile_fields_are_read_in_one_pass() {
    for part in ["(", ")", "((a)", "<", "<\"", "\"", "[", "from ", ";", "(a[", "; Mon, ", "(helo "] {
        let value = part.repeat(5_000_000 / part.len());
        let path = assert_sound(&Message::read(format!("Received: {value}\r\n\r\n").into_bytes()));
        assert_eq!(path.hops.len(), 1, "{part}");
    }
}

fn files(folder: &FilePath) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// All Received fields of public messages, when they are at hand.
#[test]
fn corpus() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/msgs");
    let files = files(FilePath::new(folder));
    if files.is_empty() {
        println!("skipped: no corpus");
        return;
    }
    let mut dialects = std::collections::BTreeMap::<String, usize>::new();
    let (mut fields, mut dated, mut with_from, mut with_ip, mut unread) = (0, 0, 0, 0, 0);
    for file in files.iter().filter(|file| file.extension().is_none_or(|extension| extension != "msg")) {
        let message = Message::read(std::fs::read(file).unwrap());
        for hop in assert_sound(&message).hops {
            fields += 1;
            *dialects.entry(format!("{:?}", hop.dialect)).or_default() += 1;
            dated += usize::from(hop.date.is_some());
            with_from += usize::from(hop.from != Client::default());
            with_ip += usize::from(hop.from.ip.is_some());
            if hop.unread().next().is_some() || hop.date.is_none() {
                unread += usize::from(hop.unread().next().is_some());
                let field = String::from_utf8_lossy(message.source.slice(hop.span)).into_owned();
                let left: Vec<_> =
                    hop.unread().map(|span| String::from_utf8_lossy(message.source.slice(span))).collect();
                println!(
                    "dated {} unread {left:?}: {}",
                    hop.date.is_some(),
                    field.split_whitespace().collect::<Vec<_>>().join(" ")
                );
            }
        }
    }
    println!(
        "{fields} fields, {dated} dated, {with_from} with a client, {with_ip} with an address, {unread} with something unread"
    );
    println!("{dialects:?}");
    assert!(fields > 800 && dated * 100 >= fields * 98, "{dated} of {fields} dated");
    assert!(unread * 100 <= fields * 5, "{unread} of {fields} unread");
}
