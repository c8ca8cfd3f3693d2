//! The second engine on messages signed here: each known reason where it is the reason, and none where it is not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be signed must fail the test")]

mod support;

use hopscope::analyze::{Analysis, At, Options, analyze};
use hopscope::auth::dkim::DkimResult;
use hopscope::auth::dmarc::DmarcResult;
use hopscope::auth::second::{Agreement, Comparison, Known, MAX_BODY_BYTES, MAX_IDENTITY_BYTES, Part, Verdict, Why};
use hopscope::auth::spf::SpfResult;
use hopscope::dns::{Ledger, Offline, Snapshot};
use hopscope::message::Message;
use support::sign::{Key, sign};

const TAGS: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=sel; h=From:To:Subject:Date";
const MESSAGE: &str = "From: Shop <shop@example.jp>\r\nTo: a@example.com\r\nSubject: Your order\r\n\
    Date: Sun, 22 Nov 2026 09:00:00 +0900\r\n\r\nThank you.\r\n";
const POLICY: &str = "_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n";
/// When the messages are received, and a moment after which `x=` below is over.
const RECEIVED: &str = "2026-11-22T00:00:00Z";
const NOW: &str = "2026-12-22T00:00:00Z";
/// 1 December 2026.
const EXPIRES: &str = "x=1796083200";

fn options() -> Options {
    Options {
        ip: Some("192.0.2.25".parse().unwrap()),
        helo: Some("mail.example.jp".to_owned()),
        mail_from: Some("shop@example.jp".to_owned()),
        at: At::Given(RECEIVED.parse().unwrap()),
        ..Options::default()
    }
}

fn judge(message: &[u8], zone: &str) -> Analysis {
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "test").unwrap();
    analyze(Message::read(message.to_vec()), options(), &Ledger::new(&snapshot), NOW.parse().unwrap())
}

fn key_at(name: &str, records: &[&str]) -> String {
    records.iter().fold(String::new(), |zone, record| zone + &format!("{name}. TXT \"{record}\"\n"))
}

/// A message signed with these tags, judged with its key in DNS.
fn signed(message: &str, tags: &str) -> Analysis {
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record()]) + POLICY;
    judge(&sign(message.as_bytes(), "DKIM-Signature", tags, &key), &zone)
}

#[track_caller]
fn assert_known(analysis: &Analysis, part: Part, expected: &[Known]) {
    match analysis.facts.second.of(part) {
        Some(Comparison::Differs { known, .. }) => assert_eq!(known, expected),
        other => panic!("{other:?}, expected {expected:?}"),
    }
}

#[test]
fn an_ordinary_message_is_judged_alike_in_everything() {
    let key = Key::rsa();
    let message = sign(MESSAGE.as_bytes(), "DKIM-Signature", &TAGS.replace("ed25519-sha256", "rsa-sha256"), &key);
    let record = key.record();
    let (first, rest) = record.split_at(200);
    let zone = format!(
        "sel._domainkey.example.jp. TXT \"{first}\" \"{rest}\"\n{POLICY}example.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
         mail.example.jp. TXT \"v=spf1 a -all\"\nmail.example.jp. A 192.0.2.25\n"
    );
    let second = judge(&message, &zone).facts.second;
    assert_eq!(second.agreement(), Agreement::Full);
    for (part, verdict) in [
        (Part::MailFrom, Verdict::Spf(SpfResult::Pass)),
        (Part::Helo, Verdict::Spf(SpfResult::Pass)),
        (Part::HeaderFrom, Verdict::Spf(SpfResult::Pass)),
        (Part::Dkim(0), Verdict::Dkim(DkimResult::Pass)),
        (Part::Dmarc, Verdict::Dmarc(DmarcResult::Pass)),
    ] {
        assert_eq!(second.of(part), Some(&Comparison::Agrees(verdict)));
    }
}

/// Line ends, separator lines and byte order marks are no difference: it is given what was on the wire.
#[test]
fn it_is_given_the_message_as_it_was_on_the_wire() {
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record()]);
    for forms in ["simple/simple", "relaxed/relaxed"] {
        let tags = TAGS.replace("relaxed/relaxed", forms);
        let crlf = String::from_utf8(sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key)).unwrap();
        let lf = crlf.replace("\r\n", "\n");
        for input in [
            crlf.clone(),
            lf.clone(),
            format!("From shop@example.jp Sun Nov 22 09:00:00 2026\n{lf}"),
            format!("\u{feff}{crlf}"),
        ] {
            let found = judge(input.as_bytes(), &zone).facts.second;
            assert_eq!(found.of(Part::Dkim(0)), Some(&Comparison::Agrees(Verdict::Dkim(DkimResult::Pass))), "{input}");
        }
    }
}

#[test]
fn expiry_is_judged_today_by_it() {
    let analysis = signed(MESSAGE, &format!("{TAGS}; t=1795305600; {EXPIRES}"));
    assert_known(&analysis, Part::Dkim(0), &[Known::ExpiryJudgedToday]);
    assert_known(&analysis, Part::Dmarc, &[Known::FollowsFromOther]);
    let second = &analysis.facts.second;
    assert_eq!(second.agreement(), Agreement::Explained);
    assert_eq!(second.known(), [Known::ExpiryJudgedToday, Known::FollowsFromOther]);
    assert!(analysis.findings.iter().all(|finding| finding.problem.code() != "second-engine-differs"));
}

#[test]
fn expiry_before_a_moment_to_come_is_a_known_reason_too() {
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record()]);
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "test").unwrap();
    let message = sign(MESSAGE.as_bytes(), "DKIM-Signature", &format!("{TAGS}; t=1795305600; {EXPIRES}"), &key);
    let options = Options { at: At::Given(NOW.parse().unwrap()), ..options() };
    let analysis = analyze(Message::read(message), options, &Ledger::new(&snapshot), RECEIVED.parse().unwrap());
    assert_known(&analysis, Part::Dkim(0), &[Known::ExpiryJudgedToday]);
}

#[test]
fn an_expired_signature_that_is_wrong_in_itself_is_no_difference() {
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record()]);
    let message = sign(MESSAGE.as_bytes(), "DKIM-Signature", &format!("{TAGS}; t=1795305600; {EXPIRES}"), &key);
    let changed = String::from_utf8(message).unwrap().replace("Thank you", "Thank me");
    let found = judge(changed.as_bytes(), &zone).facts.second;
    assert_eq!(found.of(Part::Dkim(0)), Some(&Comparison::Agrees(Verdict::Dkim(DkimResult::Neutral))));
}

#[test]
fn white_space_lines_at_the_end_are_hashed_by_it() {
    for body in ["Thank you.\r\n \r\n", "Thank you.\r\n\t \r\n\r\n", " \r\n"] {
        let message = MESSAGE.replace("Thank you.\r\n", body);
        assert_known(&signed(&message, TAGS), Part::Dkim(0), &[Known::TrailingWhiteSpace]);
        // The simple form keeps them.
        let simple = signed(&message, &TAGS.replace("relaxed/relaxed", "relaxed/simple"));
        assert_eq!(simple.facts.second.agreement(), Agreement::Full, "{body:?}");
    }
}

#[test]
fn a_partly_signed_body_is_refused_by_it() {
    let with_footer = format!("{MESSAGE}-- \r\nSent by a list\r\n");
    assert_known(&signed(&with_footer, &format!("{TAGS}; l=12")), Part::Dkim(0), &[Known::LengthRefused]);
    // Within a line, and where white space makes the canonical body shorter, it cuts at another place.
    let spaced = MESSAGE.replace("Thank you.", "Thank   you.\r\nShop");
    for (message, length) in [(MESSAGE, 5), (&spaced, 13)] {
        let analysis = signed(message, &format!("{TAGS}; l={length}"));
        assert_known(&analysis, Part::Dkim(0), &[Known::LengthRefused, Known::LengthOfRawBody]);
    }
}

#[test]
fn carriage_returns_that_stand_alone_are_dropped_by_it() {
    for forms in ["simple/simple", "relaxed/relaxed"] {
        let message = MESSAGE.replace("Thank you.", "Thank\ryou.");
        let tags = TAGS.replace("relaxed/relaxed", forms);
        assert_known(&signed(&message, &tags), Part::Dkim(0), &[Known::BareReturnsDropped]);
    }
}

#[test]
fn reasons_add_up() {
    let message = MESSAGE.replace("Thank you.\r\n", "Thank you.\r\n \r\n");
    let analysis = signed(&message, &format!("{TAGS}; t=1795305600; {EXPIRES}"));
    assert_known(&analysis, Part::Dkim(0), &[Known::ExpiryJudgedToday, Known::TrailingWhiteSpace]);
}

#[test]
fn of_several_keys_it_takes_the_first() {
    let (key, other) = (Key::ed25519(), Key::ed25519());
    let message = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let zone = |records: &[&str]| key_at("sel._domainkey.example.jp", records);
    let analysis = judge(&message, &zone(&[&other.record(), &key.record()]));
    assert_known(&analysis, Part::Dkim(0), &[Known::FirstRecordOnly]);
    let analysis = judge(&message, &zone(&[&key.record(), &other.record()]));
    assert_eq!(
        analysis.facts.second.of(Part::Dkim(0)).and_then(Comparison::theirs),
        Some(Verdict::Dkim(DkimResult::Pass))
    );
}

#[test]
fn rules_that_it_does_not_enforce() {
    for (tags, record) in [
        (TAGS.replace("h=From:To", "h=To"), ""),
        (format!("{TAGS}; q=http"), ""),
        (TAGS.to_owned(), "s=tlsrpt; "),
        (TAGS.to_owned(), "h=sha1; "),
    ] {
        let key = Key::ed25519();
        let record = key.record().replace("k=ed25519", &format!("{record}k=ed25519"));
        let zone = key_at("sel._domainkey.example.jp", &[&record]);
        let analysis = judge(&sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key), &zone);
        assert_known(&analysis, Part::Dkim(0), &[Known::RuleNotEnforced]);
    }
}

#[test]
fn a_key_that_only_it_can_read_is_an_open_difference() {
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record().replace("k=ed25519", "k=ed25519; k=ed25519")]);
    let analysis = judge(&sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key), &zone);
    assert_known(&analysis, Part::Dkim(0), &[]);
    assert_eq!(analysis.facts.second.agreement(), Agreement::Open);
    let open: Vec<_> = analysis.facts.second.unexplained().collect();
    let (ours, theirs) = (Verdict::Dkim(DkimResult::PermError), Verdict::Dkim(DkimResult::Pass));
    assert_eq!(open, [(Part::Dkim(0), ours, theirs)]);
}

#[test]
fn spf_differences() {
    let voids = "example.jp. TXT \"v=spf1 a:a.example.jp a:b.example.jp a:c.example.jp ip4:192.0.2.25 -all\"\n";
    let several = "example.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"\nexample.jp. TXT \"v=spf1 -all\"\n";
    let grammar = "example.jp. TXT \"v=spf1 ip4:192.0.2.25 ip4:192.0.2.1/99 -all\"\n";
    let families = "example.jp. TXT \"v=spf1 ip6:::ffff:192.0.2.0/120 -all\"\n";
    let refused = "example.jp. TXT \"v=spf1 unknown=a/b ip4:192.0.2.25 -all\"\n";
    for (zone, expected) in [
        (voids, Known::VoidLookupsNotCounted),
        (several, Known::FirstRecordOnly),
        (grammar, Known::GrammarNotEnforced),
        (families, Known::RuleNotEnforced),
        (refused, Known::CannotRead),
    ] {
        assert_known(&judge(MESSAGE.as_bytes(), zone), Part::MailFrom, &[expected]);
    }
}

/// The absence of a name, which `exists` is about, reaches it as well as its presence, for both families.
#[test]
fn exists_is_judged_alike() {
    let zone = "example.jp. TXT \"v=spf1 exists:%{i}.no.example.jp exists:%{l}.yes.example.jp -all\"\n\
                shop.yes.example.jp. A 127.0.0.2\n";
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "test").unwrap();
    for (sender, result) in [("shop@example.jp", SpfResult::Pass), ("else@example.jp", SpfResult::Fail)] {
        for ip in ["192.0.2.25", "2001:db8::25"] {
            let options = Options { ip: Some(ip.parse().unwrap()), mail_from: Some(sender.to_owned()), ..options() };
            let message = Message::read(MESSAGE.as_bytes().to_vec());
            let analysis = analyze(message, options, &Ledger::new(&snapshot), NOW.parse().unwrap());
            let found = analysis.facts.second.of(Part::MailFrom);
            assert_eq!(found, Some(&Comparison::Agrees(Verdict::Spf(result))), "{sender} {ip}");
        }
    }
}

#[test]
fn dmarc_differences() {
    let passing = "example.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"\n";
    let several = "_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n";
    let grammar = "_dmarc.example.jp. TXT \"v=DMARC1; p=none; p=reject\"\n";
    let refused = "_dmarc.example.jp. TXT \"v=DMARC1; p=reject; adkim=x\"\n";
    let above = "_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n_dmarc.jp. TXT \"v=DMARC1; fo=x\"\n";
    let silent = "_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n$answer _dmarc.jp. TXT timeout\n";
    for (zone, expected) in [
        (several, Known::FirstRecordOnly),
        (grammar, Known::GrammarNotEnforced),
        (refused, Known::CannotRead),
        (above, Known::CannotRead),
        (silent, Known::WalkGivenUp),
    ] {
        assert_known(&judge(MESSAGE.as_bytes(), &format!("{passing}{zone}")), Part::Dmarc, &[expected]);
    }
    let twice = format!("From: b@example.jp\r\n{MESSAGE}");
    assert_known(&judge(twice.as_bytes(), &format!("{passing}{POLICY}")), Part::Dmarc, &[Known::AuthorReadDifferently]);
}

#[test]
fn what_we_did_not_judge_is_not_compared() {
    let message = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &Key::ed25519());
    let analysis = analyze(Message::read(message), options(), &Ledger::new(&Offline), NOW.parse().unwrap());
    let second = &analysis.facts.second;
    for part in [Part::MailFrom, Part::Helo, Part::Dkim(0), Part::Dmarc] {
        assert_eq!(second.of(part), Some(&Comparison::NotCompared(Why::NotEvaluated)), "{part:?}");
    }
    assert_eq!(second.agreement(), Agreement::Nothing);
}

#[test]
fn an_answer_that_we_did_not_need_is_not_compared() {
    // We stop at the address in the record that cannot be read; it asks for the host.
    let zone = "example.jp. TXT \"v=spf1 a:mail.example.jp ip4:192.0.2.1/99 -all\"\n";
    let analysis = judge(MESSAGE.as_bytes(), zone);
    assert_eq!(analysis.facts.second.of(Part::MailFrom), Some(&Comparison::NotCompared(Why::AnswerNotAtHand)));
}

#[test]
fn a_huge_message_is_left_alone() {
    let message = format!("{MESSAGE}{}", "x".repeat(MAX_BODY_BYTES));
    let key = Key::ed25519();
    let zone = key_at("sel._domainkey.example.jp", &[&key.record()]);
    let analysis = judge(&sign(message.as_bytes(), "DKIM-Signature", TAGS, &key), &zone);
    assert_eq!(analysis.facts.second.of(Part::Dkim(0)), Some(&Comparison::NotCompared(Why::TooLarge)));
    assert_eq!(analysis.facts.dkim[0].result, DkimResult::Pass);
}

/// Work that grows faster than the message is not done twice, whatever stands in it.
#[test]
fn a_hostile_message_is_left_alone() {
    let names = format!("DKIM-Signature: v=1; h={}\r\n", "a:".repeat(5_000));
    let many = "ARC-Message-Signature: i=1; l=1\r\n".repeat(60);
    let zone = "example.jp. TXT \"v=spf1 exists:%{s}%{s}%{s}.example.com -all\"\n";
    for (message, part) in [
        (format!("{names}{MESSAGE}"), Part::Dkim(0)),
        (format!("{many}{MESSAGE}"), Part::Arc),
        (format!("{}{MESSAGE}", "A: b\r\n".repeat(1_001)), Part::Dmarc),
        (format!("A: {}\r\n{MESSAGE}", "b".repeat(300_000)), Part::Dmarc),
    ] {
        let second = judge(message.as_bytes(), zone).facts.second;
        assert_eq!(second.of(part), Some(&Comparison::NotCompared(Why::TooLarge)), "{part:?}");
    }
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "test").unwrap();
    let sender = format!("{}@example.jp", "a".repeat(MAX_IDENTITY_BYTES));
    let options = Options { mail_from: Some(sender), ..options() };
    let message = Message::read(MESSAGE.as_bytes().to_vec());
    let second = analyze(message, options, &Ledger::new(&snapshot), NOW.parse().unwrap()).facts.second;
    assert_eq!(second.of(Part::MailFrom), Some(&Comparison::NotCompared(Why::TooLarge)));
}
