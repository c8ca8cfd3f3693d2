//! Input that no mail program writes: never a panic, a sensible verdict, positions inside the input, few questions.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::check::headline::UnfitFrom;
use hopscope::check::{Evidence, Verdict};
use hopscope::dns::{Answer, Data, Failure, Ledger, Lookup, Offline, Origin, Question, RecordType, Timed};
use hopscope::export::EXPORTS;
use hopscope::message::{Message, Span};
use hopscope::text::Lang;

const BASE: &str = "From: a@example.jp\r\nTo: b@example.com\r\nSubject: x\r\nDate: Mon, 02 Nov 2026 10:00:00 +0900\r\n";
const RECEIVED: &str = "Received: from a (a.example.com [192.0.2.1]) by b.example.net (Postfix) with ESMTP id 1; \
                        Mon, 02 Nov 2026 10:00:00 +0900\r\n";

/// One answer for every question.
struct Everywhere(fn(&Question) -> Result<Vec<Data>, Failure>);

impl Lookup for Everywhere {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer = |question: &Question| Answer {
            records: (self.0)(question),
            cname: Vec::new(),
            ttl: Some(0),
            authentic: false,
        };
        questions.iter().map(|question| Timed { answer: answer(question), millis: Some(0) }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Server("test".to_owned())
    }
}

fn garbage(question: &Question) -> Result<Vec<Data>, Failure> {
    let texts: [&[u8]; 8] = [
        b"",
        b"\xff\xfe\x00\x01",
        b"v=spf1 include:%{i}.%{l}.%{d} a:%{ redirect= exists:%{s}.example.com mx ptr -all",
        b"v=spf1 \xe3\x81\x82 ip4:999.1.1.1/99 redirect=%{d}",
        b"v=DMARC1; p=\xff; sp=none; p=reject",
        b"v=DMARC1; p=none; rua=mailto:%",
        b"v=DKIM1; k=rsa; p=!!!!",
        b"v=DKIM1; k=rsa; p=MAA=",
    ];
    match question.kind {
        RecordType::Txt | RecordType::Spf => {
            Ok(texts.map(|text| Data::Text(text.chunks(7).map(<[u8]>::to_vec).collect())).to_vec())
        }
        RecordType::Mx => Ok(vec![Data::Mx { preference: 0, exchange: ".".to_owned() }; 30]),
        RecordType::Ns => Ok(vec![Data::Ns("\\000\\.x".to_owned()); 30]),
        RecordType::Ptr => Ok(vec![Data::Ptr("\\000\\.x".to_owned()); 30]),
        RecordType::Tlsa => Ok(vec![Data::Tlsa { usage: 9, selector: 9, matching: 9, data: Vec::new() }; 30]),
        RecordType::A | RecordType::Aaaa => Err(Failure::NoData),
    }
}

/// Records that lead on and on.
fn maze(question: &Question) -> Result<Vec<Data>, Failure> {
    let text = format!("v=spf1 include:a.{0} include:b.{0} mx:{0} exists:%{{i}}.{0} -all", question.name);
    match question.kind {
        RecordType::Txt => Ok(vec![Data::Text(vec![text.into_bytes()])]),
        _ => Err(Failure::NxDomain),
    }
}

/// From so many bytes on, reports are written under one kind of DNS alone: what makes them long is the message, and the few
/// parts that DNS has a say in stand in every smaller input.
const LONG: usize = 100_000;

/// Reads the input with every kind of DNS, and gives the analysis without any.
fn survive(input: impl Into<Vec<u8>>) -> Analysis {
    let input = input.into();
    let servfail = Everywhere(|_| Err(Failure::ServFail));
    let (garbage, maze) = (Everywhere(garbage), Everywhere(maze));
    let lookups: [(&dyn Lookup, bool); 4] = [(&servfail, false), (&garbage, true), (&maze, false), (&Offline, false)];
    let mut last = None;
    for (lookup, is_written) in lookups {
        let analysis = analyze(Message::read(input.clone()), Options::default(), &Ledger::new(lookup), now());
        assert!(analysis.questions.len() <= 200, "{} questions", analysis.questions.len());
        for span in spans(&analysis) {
            assert!(span.start <= span.end && span.end <= input.len(), "{span:?} of {}", input.len());
        }
        for export in EXPORTS.iter().filter(|_| is_written || input.len() < LONG) {
            assert!(!export.write(&analysis, Lang::En).is_empty());
        }
        last = Some(analysis);
    }
    last.unwrap()
}

fn now() -> jiff::Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

fn spans(analysis: &Analysis) -> Vec<Span> {
    let mut spans: Vec<Span> = analysis.message.fields.iter().flat_map(|field| [field.span, field.value]).collect();
    spans.extend(analysis.message.body);
    spans.extend(analysis.facts.input.repairs.iter().map(|repair| repair.span));
    spans.extend(analysis.facts.identity.from.iter().chain(&analysis.facts.identity.to).map(|mailbox| mailbox.span));
    for hop in &analysis.facts.path.hops {
        spans.push(hop.span);
        spans.extend(hop.unread().chain(hop.date.map(|date| date.span)));
        let texts = [&hop.by, &hop.via, &hop.with, &hop.id, &hop.recipient, &hop.envelope_from, &hop.from.helo];
        spans.extend(texts.into_iter().flatten().map(|text| text.span));
    }
    let findings = analysis.findings.iter().flat_map(|finding| std::iter::once(&finding.evidence).chain(&finding.more));
    for evidence in findings.chain(&analysis.headline.evidence) {
        if let Evidence::Bytes(span) = evidence {
            spans.push(*span);
        }
    }
    spans
}

#[track_caller]
fn assert_headline(input: impl Into<Vec<u8>>, code: &str) {
    assert_eq!(survive(input).headline.verdict.code(), code);
}

#[test]
fn nothing_at_all() {
    assert_headline("", "no-single-author");
    for input in [":", "\n", "\r", "\0", "\r\n\r\n", " ", "From", "From:", ": x\r\n\r\n"] {
        assert_headline(input, "no-single-author");
    }
}

#[test]
fn another_kind_of_file() {
    assert_headline(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".as_slice(), "no-single-author");
    assert!(!Message::read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()).is_mail_like());
    assert_headline((0..=255_u8).cycle().take(100_000).collect::<Vec<u8>>(), "no-single-author");
}

#[test]
fn a_body_of_fifty_megabytes() {
    let signature =
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.jp; s=s; h=from; bh=AAAA; b=AAAA\r\n";
    let line = "0123456789 abcdef  \r\n";
    let mut input = format!("{signature}{BASE}\r\n").into_bytes();
    input.extend(line.repeat(50 * 1024 * 1024 / line.len()).bytes());
    let analysis = analyze(Message::read(input), Options::default(), &Ledger::new(&Offline), now());
    assert_eq!(analysis.facts.dkim.len(), 1);
}

#[test]
fn ten_thousand_hops() {
    let analysis = survive(format!("{}{BASE}\r\nhi\r\n", RECEIVED.repeat(10_000)));
    assert_eq!(analysis.facts.path.hops.len(), 10_000);
    // RFC 5321 section 6.3: no way is that long, so reports name the newest hops and say how many there are beside them.
    for export in EXPORTS {
        let report = export.write(&analysis, Lang::En);
        let (most, note) = match export.name {
            "json" => (6_000_000, "\"hops_without_parts\": 9900"),
            _ => (100_000, "9,900 older hops are not shown"),
        };
        assert!(report.len() < most, "{}: {} bytes", export.name, report.len());
        assert!(report.contains(note), "{}", export.name);
    }
}

#[test]
fn a_boundary_below_the_newest_hops_is_listed() {
    let inner = "Received: from a (a [127.0.0.1]) by b.example.net (Postfix) with ESMTP id 1\r\n".repeat(150);
    let analysis = survive(format!("{inner}{RECEIVED}{inner}{BASE}\r\nhi\r\n"));
    let path = &analysis.facts.path;
    assert_eq!((path.boundary.as_ref().map(|boundary| boundary.hop), path.unlisted()), (Some(150), 200));
    let text = EXPORTS.iter().find(|export| export.name == "text").map(|export| export.write(&analysis, Lang::Ja));
    assert!(text.is_some_and(|text| text.contains("▶151") && text.contains("ほかに200件")));
}

#[test]
fn a_header_line_of_five_megabytes() {
    for (start, piece) in [
        ("Subject: ", "x"),
        ("Subject: ", "=?utf-8?q?"),
        ("Subject: ", "=?utf-8?q?a?= "),
        ("From: ", "\"a\" <"),
        ("Received: from ", "(a "),
        ("Received: from a by b with ", "c by "),
        ("DKIM-Signature: v=1; ", "a=b; "),
        ("Subject: x\r\n", " y\r\n"),
    ] {
        let line = format!("{start}{}\r\n{BASE}\r\nhi\r\n", piece.repeat(5_000_000 / piece.len()));
        let analysis = analyze(Message::read(line.into()), Options::default(), &Ledger::new(&Offline), now());
        assert!(!analysis.message.fields.is_empty(), "{start}{piece}");
    }
}

#[test]
fn bytes_that_are_no_text() {
    let analysis = survive(b"From: \xff\xfe <a@example.jp>\r\nSubject: \xff\xc3\x28\r\n\r\n\xff".as_slice());
    assert_eq!(analysis.facts.identity.from[0].domain.as_deref(), Some("example.jp"));
    assert_headline(b"From: a@example.jp\r\nSub\0ject: x\0\r\n\r\n\0".as_slice(), "not-enough");
    survive(
        b"From: a\0b@exa\0mple.jp\r\nReceived: from \0 ([\0]) by \xff; \0\r\nDKIM-Signature: \0=\xff; d=\0\r\n\r\n"
            .as_slice(),
    );
}

#[test]
fn no_author_and_five() {
    assert_headline("Subject: x\r\nDate: Mon, 02 Nov 2026 10:00:00 +0900\r\n\r\nhi\r\n", "no-single-author");
    for odd in ["a@[192.0.2.1]", "a", "<>", "a@", "a@exa mple.jp", "a@-.."] {
        let analysis = survive(format!("From: {odd}\r\n\r\nhi\r\n"));
        let Verdict::NoSingleAuthor { from } = analysis.headline.verdict else { panic!("{odd}") };
        assert!(matches!(from, UnfitFrom::Unreadable | UnfitFrom::NoDomain), "{odd}");
    }
    let five: Vec<String> = (0..5).map(|number| format!("From: a@{number}.example.com\r\n")).collect();
    let five = five.concat();
    let analysis = survive(format!("{five}\r\nhi\r\n"));
    assert_eq!((analysis.facts.identity.from_fields, analysis.headline.verdict.code()), (5, "no-single-author"));
}

#[test]
fn ten_thousand_signatures() {
    let signature =
        |number| format!("DKIM-Signature: v=1; a=rsa-sha256; d=s{number}.example.jp; s=s; h=from; bh=AAAA; b=AAAA\r\n");
    let analysis = survive(format!("{}{BASE}\r\nhi\r\n", (0..10_000).map(signature).collect::<String>()));
    assert_eq!(analysis.facts.dkim.len(), 10_000);
}

#[test]
fn five_thousand_recipients() {
    let addresses: Vec<String> = (0..5_000).map(|number| format!("u{number}@example.com")).collect();
    let analysis = survive(format!("To: {}\r\nFrom: a@example.jp\r\n\r\n", addresses.join(",\r\n ")));
    assert_eq!(analysis.facts.identity.to.len(), 5_000);
}
