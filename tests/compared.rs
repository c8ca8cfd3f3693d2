//! What the receiving side recorded beside what we prove: samples, changed on the way from receipt to today.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::claimed::{Agreement, Certainty, Comparison, MAX_RECORDED, Subject, Trust, UnsureReason, Why};
use hopscope::dns::{Ledger, Lookup, Offline, Snapshot};
use hopscope::message::Message;
use hopscope::samples::Sample;

const NOW: &str = "2026-11-22T00:00:00Z";

fn with(message: &str, dns: &dyn Lookup, options: Options) -> Analysis {
    analyze(Message::read(message.as_bytes().to_vec()), options, &Ledger::new(dns), NOW.parse().unwrap())
}

/// A sample with its message and its DNS changed.
fn changed(sample: Sample, message: impl Fn(&str) -> String, dns: impl Fn(&str) -> String) -> Analysis {
    let text = std::fs::read_to_string(format!("assets/samples/{}.dns", sample.name())).unwrap();
    let snapshot = Snapshot::parse(&dns(&text), "test.dns").unwrap();
    with(&message(std::str::from_utf8(sample.message()).unwrap()), &snapshot, Options::default())
}

fn same(text: &str) -> String {
    text.to_owned()
}

type Reasons = Vec<(Why, Certainty)>;

fn rows(analysis: &Analysis) -> Vec<(Subject, Agreement, Reasons)> {
    let reasons = |row: &Comparison| row.reasons.iter().map(|reason| (reason.why, reason.certainty)).collect();
    analysis.facts.compared.rows.iter().map(|row| (row.subject, row.agreement, reasons(row))).collect()
}

fn row(analysis: &Analysis, subject: Subject) -> (Agreement, Reasons) {
    let row = rows(analysis).into_iter().find(|(own, ..)| *own == subject).unwrap();
    (row.1, row.2)
}

const FIRST: Subject = Subject::Dkim { signature: Some(0) };
const SECOND: Subject = Subject::Dkim { signature: Some(1) };
const SHOWN: Certainty = Certainty::Established;
const POSSIBLE: Certainty = Certainty::Possible;

#[test]
fn an_untouched_message_agrees_with_its_record() {
    for sample in Sample::ALL {
        let analysis = changed(sample, same, same);
        for (subject, agreement, reasons) in rows(&analysis) {
            let fits = matches!(agreement, Agreement::Agrees | Agreement::NeitherPassed | Agreement::NotRecorded);
            assert!(fits, "{}: {subject:?} {agreement:?} {reasons:?}", sample.name());
        }
    }
    let analysis = changed(Sample::OrderConfirmation, same, same);
    let agrees = |subject| (subject, Agreement::Agrees, Vec::new());
    assert_eq!(rows(&analysis), [Subject::SpfMailFrom, FIRST, SECOND, Subject::Dmarc].map(agrees));
    // SPF stands in two fields, and is one row.
    assert_eq!(analysis.facts.compared.rows[0].recorded.len(), 2);
}

#[test]
fn a_body_that_changed_after_the_check() {
    let analysis = changed(Sample::OrderConfirmation, |text| format!("{text}-- \r\nScanned\r\n"), same);
    let changed = (Agreement::Differs, vec![(Why::BodyChangedSince, SHOWN)]);
    assert_eq!(row(&analysis, FIRST), changed);
    assert_eq!(row(&analysis, SECOND), changed);
    assert_eq!(row(&analysis, Subject::Dmarc), (Agreement::Agrees, Vec::new()));
}

#[test]
fn a_header_that_changed_or_a_key_that_was_replaced() {
    let analysis =
        changed(Sample::OrderConfirmation, |text| text.replacen("\r\nSubject: ", "\r\nSubject: [EXT] ", 1), same);
    let expected = vec![(Why::HeaderChangedSince, POSSIBLE), (Why::KeyReplaced, POSSIBLE)];
    assert_eq!(row(&analysis, FIRST), (Agreement::Differs, expected));
}

#[test]
fn a_key_that_is_gone() {
    let gone = |text: &str| {
        let kept = text.lines().filter(|line| !line.contains("rsa2026._domainkey") && !line.starts_with(' '));
        format!("{}\n$answer rsa2026._domainkey.hanamizu.example. TXT nxdomain\n", kept.collect::<Vec<_>>().join("\n"))
    };
    let analysis = changed(Sample::OrderConfirmation, same, gone);
    assert_eq!(row(&analysis, FIRST), (Agreement::Differs, vec![(Why::KeyMissing, SHOWN)]));
    assert_eq!(row(&analysis, SECOND).0, Agreement::Agrees);
}

#[test]
fn dmarc_follows_the_signature() {
    let analysis = changed(Sample::NewsletterAuthorSigned, |text| format!("{text}\r\nmore\r\n"), same);
    assert_eq!(row(&analysis, FIRST), (Agreement::Differs, vec![(Why::BodyChangedSince, SHOWN)]));
    assert_eq!(row(&analysis, Subject::Dmarc), (Agreement::Differs, vec![(Why::FollowsDkim, SHOWN)]));
}

#[test]
fn another_address_than_the_recorded_one() {
    let options = Options { ip: Some("192.0.2.200".parse().unwrap()), ..Options::default() };
    let sample = Sample::OrderConfirmation;
    let text = std::str::from_utf8(sample.message()).unwrap();
    let analysis = with(text, &sample.snapshot().unwrap(), options);
    let (agreement, reasons) = row(&analysis, Subject::SpfMailFrom);
    let theirs = "198.51.100.25".parse().unwrap();
    assert_eq!((agreement, reasons[0]), (Agreement::Differs, (Why::OtherAddress { theirs }, SHOWN)));
    assert_eq!(reasons[1..], [(Why::OtherMoment, POSSIBLE)]);
}

#[test]
fn nothing_is_compared_with_what_was_not_judged() {
    let text = std::str::from_utf8(Sample::OrderConfirmation.message()).unwrap();
    let offline = with(text, &Offline, Options::default());
    for (subject, agreement, reasons) in rows(&offline) {
        assert_eq!((agreement, reasons), (Agreement::NotJudged, vec![(Why::NotAsked, SHOWN)]), "{subject:?}");
    }
    let header = text.split_once("\r\n\r\n").unwrap().0;
    let headers_only = with(header, &Sample::OrderConfirmation.snapshot().unwrap(), Options::default());
    assert_eq!(row(&headers_only, FIRST), (Agreement::NotJudged, vec![(Why::BodyMissing, SHOWN)]));
}

const RECEIVED: &str = "Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.jp (Postfix) with ESMTPS id 1;\r\n Sun, 15 Nov 2026 09:00:00 +0900\r\n";
const AUTHOR: &str = "From: a@example.com\r\nSubject: x\r\nDate: Sun, 15 Nov 2026 09:00:00 +0900\r\n\r\nhi\r\n";
const ZONE: &str = "example.com. 60 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"\n$default nxdomain\n";

fn recorded(fields: &str) -> Analysis {
    let dns = Snapshot::parse(ZONE, "test.dns").unwrap();
    with(&format!("Return-Path: <a@example.com>\r\n{fields}{RECEIVED}{AUTHOR}"), &dns, Options::default())
}

fn of_spf(result: &str) -> (Agreement, Reasons) {
    row(&recorded(&format!("Authentication-Results: mx.example.jp; {result}\r\n")), Subject::SpfMailFrom)
}

#[test]
fn reasons_that_a_record_of_spf_gives_itself() {
    assert_eq!(of_spf("spf=pass smtp.mailfrom=example.com"), (Agreement::Agrees, vec![]));
    let moment = (Why::OtherMoment, POSSIBLE);
    assert_eq!(of_spf("spf=softfail smtp.mailfrom=example.com"), (Agreement::Differs, vec![moment]));
    let other = (Why::OtherSender, SHOWN);
    assert_eq!(of_spf("spf=none smtp.mailfrom=example.net"), (Agreement::Differs, vec![other, moment]));
    assert_eq!(of_spf("spf=temperror"), (Agreement::Differs, vec![(Why::TheirDns, SHOWN), moment]));
    assert_eq!(of_spf("spf=what"), (Agreement::UnknownWord, vec![]));
    assert_eq!(of_spf("spf=pass smtp.mailfrom=example.net"), (Agreement::Agrees, vec![other]));
    let local = of_spf("spf=fail (local policy) smtp.mailfrom=example.com");
    assert_eq!(local, (Agreement::Differs, vec![(Why::LocalPolicy, SHOWN), moment]));
}

#[test]
fn guesses_and_signatures_that_are_not_there() {
    let field = "Authentication-Results: mx.example.jp; dmarc=bestguesspass header.from=example.com; dkim=pass header.d=example.com\r\n";
    let analysis = recorded(field);
    assert_eq!(row(&analysis, Subject::Dmarc), (Agreement::NeitherPassed, vec![(Why::BestGuess, SHOWN)]));
    let gone = (Agreement::Differs, vec![(Why::SignatureGone, POSSIBLE)]);
    assert_eq!(row(&analysis, Subject::Dkim { signature: None }), gone);
    let unsigned = recorded("Authentication-Results: mx.example.jp; dkim=none\r\n");
    assert_eq!(row(&unsigned, Subject::Dkim { signature: None }), (Agreement::Agrees, vec![]));
}

#[test]
fn what_may_be_a_strangers_is_said_so_and_what_is_one_is_left_out() {
    let dns = Snapshot::parse(ZONE, "test.dns").unwrap();
    let below =
        format!("{RECEIVED}Authentication-Results: mx.example.jp; spf=fail smtp.mailfrom=example.com\r\n{AUTHOR}");
    let analysis = with(&format!("Return-Path: <a@example.com>\r\n{below}"), &dns, Options::default());
    assert_eq!(row(&analysis, Subject::SpfMailFrom).1[0], (Why::MayBeForged, POSSIBLE));
    let foreign = below.replace("-Results: mx.example.jp", "-Results: mx.example.net");
    let analysis = with(&format!("Return-Path: <a@example.com>\r\n{foreign}"), &dns, Options::default());
    assert_eq!(row(&analysis, Subject::SpfMailFrom).0, Agreement::NotRecorded);
}

#[test]
fn thousands_of_results_are_counted_and_left_out() {
    let field = format!("Authentication-Results: mx.example.jp{}\r\n", "; spf=pass".repeat(100));
    let analysis = recorded(&field.repeat(10));
    assert_eq!(analysis.facts.compared.left_out, 1_000 - MAX_RECORDED);
}

/// What a stranger can put into a message or say in the SMTP session: nothing of it may look like the receiving side's own.
#[test]
fn a_forged_record_never_looks_trusted() {
    let claims = "Authentication-Results: NAME; spf=pass smtp.mailfrom=example.com; dmarc=pass header.from=example.com\r\n\
                  Received-SPF: pass (NAME: x) receiver=NAME; client-ip=192.0.2.1; envelope-from=a@example.com\r\n\
                  ARC-Authentication-Results: i=1; NAME; dmarc=pass\r\nX-Senderauth-Result: pass\r\n";
    let by = "mx.example.jp (Postfix) with ESMTPS id 1;\r\n Sun, 15 Nov 2026 09:00:00 +0900";
    for client in [
        "out.example.com (out.example.com [192.0.2.66])",
        "by(x)mx.google.com (unknown [192.0.2.66])",
        "by mx.google.com (unknown [192.0.2.66])",
        "x by mx.google.com (unknown [192.0.2.66])",
        "\"x by mx.google.com\" (unknown [192.0.2.66])",
        "mx.google.com (by mx.google.com) (unknown [192.0.2.66])",
        "mx.google.com;by mx.google.com (unknown [192.0.2.66])",
    ] {
        for name in
            ["mx.example.jp", "MX.EXAMPLE.JP.", "example.jp", "mx.google.com", "mx.example.jp 1", "\"mx.example.jp\""]
        {
            let header = format!("Received: from {client}\r\n by {by}\r\n{}", claims.replace("NAME", name));
            let analysis = with(&format!("{header}{AUTHOR}"), &Offline, Options::default());
            assert_eq!(analysis.facts.claims.len(), 4);
            let trusted = analysis.facts.claims.iter().find(|claim| claim.trust.is_trusted());
            assert_eq!(trusted, None, "{client}, {name}");
        }
    }
}

/// The receiving server shows no public address, and the sender wrote the line below that does.
#[test]
fn above_a_line_of_the_senders_own_making_nothing_is_trusted() {
    let real = "Received: from mx.example.jp (unknown [172.17.0.1]) by mx.example.jp (Postfix) with ESMTP id 2;\r\n Sun, 15 Nov 2026 09:00:05 +0900\r\n";
    let forged = "Authentication-Results: mx.example.jp; dmarc=pass header.from=example.com\r\n";
    let message = format!("Return-Path: <a@example.com>\r\n{real}{forged}{RECEIVED}{AUTHOR}");
    let analysis = with(&message, &Snapshot::parse(ZONE, "test.dns").unwrap(), Options::default());
    assert!(!analysis.facts.claims[0].trust.is_trusted());
    assert!(analysis.findings.iter().any(|finding| finding.problem.code() == "connecting-address-unsure"));
    let chosen = with(&message, &Offline, Options { hop: Some(1), ..Options::default() });
    assert_eq!(chosen.facts.claims[0].trust, Trust::Unsure(UnsureReason::BoundaryHost));
}
