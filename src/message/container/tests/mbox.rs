//! Mailbox files: separators, lengths, quoting, size.

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
