use proptest::prelude::*;

use super::*;
use crate::message::Repair;

fn parse(bytes: impl AsRef<[u8]>) -> Message {
    Message::read(bytes.as_ref().to_vec())
}

/// Each field as (name, value with folding), then the body.
fn parts(message: &Message) -> (Vec<(&str, String)>, Option<String>) {
    let slice = |span| String::from_utf8_lossy(message.source.slice(span)).into_owned();
    let fields = message.fields.iter().map(|field| (field.name.as_str(), slice(field.value)));
    (fields.collect(), message.body.map(slice))
}

fn names(message: &Message) -> Vec<&str> {
    message.fields.iter().map(|field| field.name.as_str()).collect()
}

fn body(message: &Message) -> Option<&[u8]> {
    message.body.map(|span| message.source.slice(span))
}

fn repairs(message: &Message) -> Vec<(RepairCode, usize, usize)> {
    message.repairs.iter().map(|repair| (repair.code, repair.span.start, repair.span.end)).collect()
}

#[test]
fn reads_a_message() {
    let message = parse("From: a@example.jp\r\nSubject : x\r\n\ty\r\n \r\nTo:\r\n\r\nbody\r\n");
    let fields = vec![("From", " a@example.jp".into()), ("Subject", " x\r\n\ty\r\n ".into()), ("To", String::new())];
    assert_eq!(parts(&message), (fields, Some("body\r\n".into())));
    assert_eq!((message.kind, message.line_endings), (Kind::Eml, LineEndings::Crlf));
    assert_eq!(message.repairs, []);
    assert_eq!(message.source.slice(message.fields[1].span), b"Subject : x\r\n\ty\r\n \r\n");
    assert!(message.is_mail_like());
}

#[test]
fn says_how_lines_end() {
    let lf = parse("From: a\n\nb\n");
    assert_eq!((lf.line_endings, repairs(&lf)), (LineEndings::Lf, vec![(RepairCode::LineEndings, 7, 11)]));
    let mixed = parse("From: a\r\nTo: b\n\r\nb");
    assert_eq!((mixed.line_endings, repairs(&mixed)), (LineEndings::Mixed, vec![(RepairCode::LineEndings, 14, 15)]));
    assert_eq!(parts(&mixed).1.as_deref(), Some("b"));
}

#[test]
fn a_carriage_return_alone_ends_no_line() {
    let message = parse("From: a\rb\r\n\r\r\nbody");
    assert_eq!(parts(&message), (vec![("From", " a\rb".into())], Some("body".into())));
    assert_eq!(repairs(&message), [(RepairCode::BareCarriageReturn, 7, 8), (RepairCode::BareCarriageReturn, 11, 12)]);
}

#[test]
fn passes_over_what_stands_before_the_fields() {
    let message = parse("\u{FEFF}\r\nFrom a@example.jp Sun Nov 22 09:00:00 2026\r\n>From b\r\n\r\nFrom : a\r\n\r\n");
    assert_eq!(parts(&message), (vec![("From", " a".into())], Some(String::new())));
    let codes: Vec<_> = message.repairs.iter().map(|repair| repair.code).collect();
    assert_eq!(
        codes,
        [
            RepairCode::ByteOrderMark,
            RepairCode::LeadingBlankLines,
            RepairCode::MboxFromLine,
            RepairCode::LeadingBlankLines
        ]
    );
}

#[test]
fn a_blank_line_first_is_an_empty_header() {
    let message = parse("\r\nJust text: nothing else.\r\n");
    assert_eq!((message.fields.len(), body(&message)), (0, Some(&b"Just text: nothing else.\r\n"[..])));
    assert!(!message.is_mail_like());
}

#[test]
fn junk_among_fields_is_left_out_with_its_continuation() {
    let message = parse("From: a\r\nP8FxVksOO2tm\r\n more\r\nTo: b\r\n c\r\n\r\nbody");
    assert_eq!(parts(&message), (vec![("From", " a".into()), ("To", " b\r\n c".into())], Some("body".into())));
    assert_eq!(repairs(&message), [(RepairCode::UnreadableHeaderLine, 9, 30)]);
    for line in ["na me: x", "n\u{e9}: x", ": x", "a\0: x", "no colon", ">From a"] {
        let message = parse(format!("From: a\r\n{line}\r\nTo: b\r\n\r\n"));
        assert_eq!(names(&message), ["From", "To"], "{line}");
    }
}

#[test]
fn a_lost_blank_line_begins_the_body() {
    let prose = parse("From: a\r\nHello, this is\r\nthe text. See\r\nhttps://example.jp/\r\n\r\nBye\r\n");
    assert_eq!(names(&prose), ["From"]);
    assert_eq!(prose.body.map(|body| body.start), Some(9));
    assert_eq!(repairs(&prose), [(RepairCode::MissingBlankLine, 9, 25)]);
    // A quoted header far down in prose is no header.
    let quoting = parse(format!("From: a\r\n{}Subject: old\r\n\r\n", "text\r\n".repeat(9)));
    assert_eq!((names(&quoting), quoting.body.map(|body| body.start)), (vec!["From"], Some(9)));
    // Fields that were wrapped without white space are still a header.
    let wrapped = parse("Received: from x\r\nby y\r\nwith z\r\nFrom: a\r\nTo: b\r\n\r\nbody");
    assert_eq!((names(&wrapped), body(&wrapped)), (vec!["Received", "From", "To"], Some(&b"body"[..])));
}

#[test]
fn a_continuation_of_nothing_is_an_orphan() {
    let message = parse(" From: a\r\n b\r\nTo: b\r\n\r\n");
    assert_eq!(names(&message), ["To"]);
    assert_eq!(repairs(&message), [(RepairCode::OrphanContinuation, 0, 14)]);
}

#[test]
fn a_header_block_alone_has_no_body() {
    for text in ["From: a\r\nTo: b\r\n", "From: a\r\nTo: b"] {
        let message = parse(text);
        assert_eq!((message.kind, message.body, message.fields.len()), (Kind::Headers, None, 2));
        assert!(message.headers_only());
    }
}

#[test]
fn blank_lines_at_the_end_are_an_empty_body_unless_the_header_denies_it() {
    let cases = [
        ("Subject: x", true),
        ("Content-Type: text/plain", true),
        ("Content-Length: 0", true),
        ("Content-Transfer-Encoding: base64", true),
        ("Content-Type: Multipart/mixed; boundary=x", false),
        ("Content-Type: message/rfc822", false),
        ("Content-Length: 120", false),
        ("Lines: 4", false),
    ];
    for (field, has_body) in cases {
        let text = format!("From: a\r\n{field}\r\n\r\n\r\n");
        assert_eq!(parse(&text).body.is_some(), has_body, "{field}");
        assert_eq!(Message::read_pasted(text.into_bytes()).kind, Kind::Headers, "{field}");
    }
    assert_eq!(Message::read_pasted(b"From: a\n\nbody".to_vec()).body, Some(Span::new(9, 13)));
}

#[test]
fn says_what_is_no_mail() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0";
    for other in [&b""[..], b"\r\n\r\n", png, b"Dear all,\nsee you.\n", b"Dear all,\nNote: none\nhttps://x/\n\n", b"\0"]
    {
        let message = parse(other);
        assert!(!message.is_mail_like(), "{}", other.escape_ascii());
        assert!(!Message::read_pasted(other.to_vec()).is_mail_like());
    }
    assert!(!parse("\u{1}\0\0\nFrom: a\nTo: b\n").is_mail_like(), "a message inside a file of another kind");
    assert!(parse("A: X\r\nB : Y\r\n\r\n").is_mail_like());
    assert!(parse("639\nSubject: x\n\nbody").is_mail_like());
}

#[test]
fn damage_of_one_kind_is_capped() {
    let message = parse(format!("From: a\r\n{}\r\n", "X: \0-\r\n".repeat(1000)));
    let spans: Vec<Span> = message.repairs.iter().map(|repair| repair.span).collect();
    assert_eq!(spans.len(), Repair::MAX_OF_A_CODE);
    assert_eq!(spans.last().map(|span| span.end), Some(9 + 7 * 999 + 4), "the last one reaches to the last NUL");
    let raw = parse(b"Subject: \x83\x65\r\nFrom: \xE3\x81\x82\r\n\r\n");
    assert_eq!(repairs(&raw), [(RepairCode::RawEightBitHeader, 0, 13)]);
}

#[test]
fn too_many_fields_are_cut_and_the_body_is_found() {
    let field = "Received: from x\r\n by y\r\n";
    let message = parse(format!("{}\r\nbody", field.repeat(200_000)));
    assert_eq!((message.fields.len(), body(&message)), (Message::MAX_FIELDS, Some(&b"body"[..])));
    let cut = (RepairCode::TooManyFields, Message::MAX_FIELDS * field.len(), 200_000 * field.len());
    assert_eq!(repairs(&message), [cut]);
}

#[test]
fn what_a_verdict_rests_on_is_found_behind_too_many_fields() {
    let many = "X: y\r\n".repeat(Message::MAX_FIELDS);
    let message = parse(format!("From: a@example.com\r\n{many}from: b@example.com\r\n folded\r\nX: y\r\n\r\n"));
    assert_eq!(message.named("From").count(), 2);
    assert_eq!(message.unfold(message.named("From").nth(1).unwrap().1).text.trim(), "b@example.com folded");
    assert_eq!(repairs(&message).len(), 2, "one on either side of it");
    let message = parse(format!("{many}{}\r\n", "Date: x\r\n".repeat(200_000)));
    assert_eq!(message.fields.len(), Message::MAX_FIELDS + MAX_OF_EACH);
}

#[test]
fn big_inputs_take_linear_time() {
    const SIZE: usize = 50 << 20;
    let whole = parse([&b"From: a\n\n"[..], &b"text\n".repeat(SIZE / 5)].concat());
    assert_eq!(whole.body.map(Span::len), Some(SIZE / 5 * 5));
    let unended = parse([&b"Subject: "[..], &vec![b'x'; 5 << 20], &b"\r\n\xFF".repeat(1 << 20)].concat());
    assert_eq!(unended.fields.len(), 1);
    for unit in ["\0", "\r", "\n", "a:\n", "junk\n", " \n", "From \n", ":", "X-a:b\njunk\n"] {
        let bytes = unit.repeat((8 << 20) / unit.len());
        let read = parse(bytes);
        assert!(read.repairs.len() <= 3 * Repair::MAX_OF_A_CODE, "{unit:?}");
    }
}

/// The fields stand in order and are what their bytes say; they, the repairs, body and blank lines are all there is.
pub(in crate::message) fn assert_covers_input(message: &Message) {
    let bytes = message.source.bytes();
    let mut covered = Vec::new();
    let mut last = 0;
    for field in &message.fields {
        assert!(field.span.start >= last && field.span.start < field.value.start);
        assert!(field.value.end <= field.span.end && field.span.end <= bytes.len());
        let own = message.source.slice(field.span);
        let colon = own.strip_prefix(field.name.as_bytes()).expect("the span begins with the name").trim_ascii_start();
        assert!(colon.starts_with(b":"));
        let end = &bytes[field.value.end..field.span.end];
        assert!(matches!(end, b"\r\n" | b"\n" | b""), "{}", end.escape_ascii());
        last = field.span.end;
        covered.push(field.span);
    }
    covered.extend(message.body);
    for repair in &message.repairs {
        assert!(repair.span.start < repair.span.end && repair.span.end <= bytes.len());
        // The others mark single bytes of what is covered anyway.
        if !matches!(
            repair.code,
            RepairCode::LineEndings
                | RepairCode::BareCarriageReturn
                | RepairCode::NulByte
                | RepairCode::RawEightBitHeader
        ) {
            covered.push(repair.span);
        }
    }
    covered.sort();
    covered.push(Span::new(bytes.len(), bytes.len()));
    let mut end = 0;
    for span in covered {
        let gap = bytes.get(end..span.start).unwrap_or_default();
        assert!(gap.iter().all(|byte| matches!(byte, b'\r' | b'\n')), "lost: {}", gap.escape_ascii());
        end = end.max(span.end);
    }
}

fn mail_like() -> impl Strategy<Value = Vec<u8>> {
    let lines: [&[u8]; 13] = [
        b"From: a@example.jp",
        b"Subject: \x1b$B%F\x1b(B",
        b"X-A : b",
        b"note: c",
        b" folded",
        b"\t",
        b"",
        b"junk",
        b"From a@example.jp Sun Nov 22 09:00:00 2026",
        b">From b",
        b"\xEF\xBB\xBF",
        b"Content-Type: multipart/mixed",
        b"\xFF\0: \r",
    ];
    let ends: [&[u8]; 8] = [b"\r\n", b"\r\n", b"\r\n", b"\n", b"\n", b"\n", b"\r", b""];
    let line = prop::sample::select(lines.to_vec());
    let end = prop::sample::select(ends.to_vec());
    prop::collection::vec((line, end), 0..24)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end]).flatten().copied().collect())
}

proptest! {
    #[test]
    fn any_bytes_are_covered(bytes: Vec<u8>) {
        assert_covers_input(&parse(&bytes));
        assert_covers_input(&Message::read_pasted(bytes));
    }

    #[test]
    fn mail_like_soups_are_covered(bytes in mail_like()) {
        let message = parse(&bytes);
        assert_covers_input(&message);
        assert_eq!(message.headers_only(), message.kind == Kind::Headers);
        assert_covers_input(&Message::read_pasted(bytes));
    }
}
