//! The validation tests of the ARC suite (RFC 8617), and chains sealed here.

#![expect(clippy::unwrap_used, reason = "a suite that cannot be read must fail the test")]

mod support;

use std::fs;
use std::path::Path;

use hopscope::auth::Moments;
use hopscope::auth::arc::Seen;
use hopscope::auth::arc::{self, Arc, ArcResult, ChainValidation, Changed, PartState, Reason};
use hopscope::auth::claimed;
use hopscope::auth::dkim::base64;
use hopscope::auth::dkim::canon::Form;
use hopscope::auth::dkim::hash::{Header, OwnField};
use hopscope::dns::{Ledger, Offline, Snapshot};
use hopscope::message::Message;
use support::sign::{Key, sign};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

fn moments() -> Moments {
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    Moments { judged_at: now, now }
}

fn snapshot(zone: &str) -> Snapshot {
    let zone = fs::read_to_string(format!("{CORPUS}/{zone}")).unwrap();
    Snapshot::parse(&format!("$default nxdomain\n{zone}"), "zone").unwrap()
}

fn check(file: &Path, dns: &Snapshot) -> Arc {
    arc::check(&Message::read(fs::read(file).unwrap()), moments(), &Ledger::new(dns))
}

fn word(result: ArcResult) -> &'static str {
    match result {
        ArcResult::None => "None",
        ArcResult::Pass => "Pass",
        ArcResult::Fail => "Fail",
        ArcResult::NotEvaluated => "NotEvaluated",
    }
}

#[test]
fn the_suite_agrees() {
    let folder = format!("{CORPUS}/conformance/arc");
    let Ok(expected) = fs::read_to_string(format!("{folder}/expected.tsv")) else {
        println!("skipped: no corpus");
        return;
    };
    let dns = snapshot("zones/arc_suite.zone");
    let (mut count, mut wrong) = (0, Vec::new());
    for row in expected.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let arc = check(&Path::new(&folder).join("msgs").join(columns[0]), &dns);
        if !columns[1].split('|').any(|allowed| allowed == word(arc.result)) {
            wrong.push(format!("{}: {} expected, {:?} {:?}", columns[0], columns[1], arc.result, arc.reason));
        }
        count += 1;
    }
    println!("{} of {count}", count - wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(count, 171);
}

const MESSAGE: &str = "From: a@example.jp\r\nSubject: Hi\r\n\r\nHello.\r\n";
const TAGS: &str = "a=ed25519-sha256; c=relaxed/relaxed; d=example.net; s=arc; h=From:Subject";

fn zone(key: &Key) -> Snapshot {
    let record = key.record();
    let strings: Vec<_> = record.as_bytes().chunks(200).map(String::from_utf8_lossy).collect();
    let text = format!("$default nxdomain\narc._domainkey.example.net. 60 IN TXT \"{}\"\n", strings.join("\" \""));
    Snapshot::parse(&text, "test").unwrap()
}

fn check_bytes(message: &[u8], dns: &Snapshot) -> Arc {
    arc::check(&Message::read(message.to_vec()), moments(), &Ledger::new(dns))
}

/// Adds the next instance of a chain: results, message signature and seal, by one key.
fn add_instance(message: &[u8], i: u32, cv: &str, tags: &str, key: &Key) -> Vec<u8> {
    let results = format!("ARC-Authentication-Results: i={i}; mx.example.net;\r\n dkim=pass\r\n");
    let message = [results.as_bytes(), message].concat();
    let message = sign(&message, "ARC-Message-Signature", &format!("i={i}; {tags}"), key);
    seal(&message, i, cv, tags, key)
}

fn seal(message: &[u8], i: u32, cv: &str, tags: &str, key: &Key) -> Vec<u8> {
    let read = Message::read(message.to_vec());
    let header = Header::of(&read);
    let mut input = Vec::new();
    for instance in 1..=i {
        for name in ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"] {
            let number = format!("i={instance};");
            let found = read.named(name).find(|(_, field)| read.unfold(field).text.contains(&number));
            if let Some((index, _)) = found {
                header.write_field(index, Form::Relaxed, &mut input);
            }
        }
    }
    let kept: Vec<&str> = tags.split("; ").filter(|tag| tag.starts_with(['a', 'd', 's'])).collect();
    let mut field = format!("ARC-Seal: i={i}; cv={cv}; {}; b=", kept.join("; "));
    OwnField::new(field.as_bytes(), field.len()..field.len()).write(Form::Relaxed, &mut input);
    field += &base64::encode(&key.sign(&input));
    [field.as_bytes(), b"\r\n", message].concat()
}

/// A message that two handlers sealed, the second after it tagged the subject.
fn tagged_between(key: &Key) -> Vec<u8> {
    let first = add_instance(MESSAGE.as_bytes(), 1, "none", TAGS, key);
    let tagged = String::from_utf8(first).unwrap().replace("Subject: ", "Subject: [list] ");
    add_instance(tagged.as_bytes(), 2, "pass", TAGS, key)
}

#[test]
fn an_older_message_signature_may_fail_and_is_named() {
    let key = Key::ed25519();
    let arc = check_bytes(&tagged_between(&key), &zone(&key));
    assert_eq!((arc.result, arc.reason, arc.oldest_pass), (ArcResult::Pass, Reason::Verified, Some(2)));
    let states: Vec<_> = arc.instances.iter().map(|one| (one.i, one.message_signature.state, one.seal.state)).collect();
    assert_eq!(states, [(1, PartState::Invalid, PartState::Valid), (2, PartState::Valid, PartState::Valid)]);
    assert_eq!(arc.instances[0].chain_validation, Some(ChainValidation::None));
    assert_eq!(arc.instances[1].seal.domain.as_deref(), Some("example.net"));
    let change = arc.change().unwrap();
    assert_eq!((change.what, change.after.i, change.before.map(|before| before.i)), (Changed::Message, 1, Some(2)));
    let message = Message::read(tagged_between(&key));
    let arc = arc::check(&message, moments(), &Ledger::new(&zone(&key)));
    let claims = claimed::read(&message, claimed::Border::default());
    let seen = Seen { method: "dkim".to_owned(), result: "pass".to_owned(), domain: None };
    assert_eq!(arc.instances[0].seen(&claims), [seen]);
    let results = message.source.slice(arc.instances[0].authentication_results.unwrap());
    assert_eq!(results, b" mx.example.net;\r\n dkim=pass");
    assert_eq!(arc.trace.id.0, "arc");
    assert_eq!(arc.trace.children.len(), 3, "structure and two instances");
}

#[test]
fn an_untouched_chain_passes_to_its_oldest() {
    for (key, algorithm) in [(Key::ed25519(), "ed25519-sha256"), (Key::rsa(), "rsa-sha256")] {
        let tags = TAGS.replace("ed25519-sha256", algorithm);
        let first = add_instance(MESSAGE.as_bytes(), 1, "none", &tags, &key);
        let second = add_instance(&first, 2, "pass", &tags, &key);
        let arc = check_bytes(&second, &zone(&key));
        assert_eq!((arc.result, arc.oldest_pass, arc.broken_at), (ArcResult::Pass, Some(0), None));
    }
}

#[test]
fn what_broke_is_named_with_its_instance() {
    let key = Key::ed25519();
    let dns = zone(&key);
    let whole = String::from_utf8(tagged_between(&key)).unwrap();
    let failed = String::from_utf8(add_instance(whole.as_bytes(), 3, "fail", TAGS, &key)).unwrap();
    for (message, reason, at) in [
        (whole.replace("Hello", "Bye"), Reason::BodyHashMismatch, Some(2)),
        (whole.replace("[list]", "[other]"), Reason::MessageSignatureInvalid, Some(2)),
        (whole.replacen("dkim=pass", "dkim=fail", 1), Reason::SealInvalid, Some(2)),
        (whole.replace("i=1; mx.example.net", "i=1; mx.example.com"), Reason::SealInvalid, Some(2)),
        (whole.replace("cv=none", "cv=pass"), Reason::ChainValidationWrong, Some(1)),
        (whole.replace("cv=pass", "cv=maybe"), Reason::ChainValidationWrong, Some(2)),
        (whole.replace("i=2;", "i=3;"), Reason::InstanceGap, Some(3)),
        (whole.replace("i=2;", "i=51;"), Reason::TooManyInstances, None),
        (whole.replace("i=2; mx", "mx; i=2;"), Reason::InstanceBroken, None),
        (whole.replace("ARC-Authentication-Results: i=2", "X-Was: i=2"), Reason::InstanceIncomplete, Some(2)),
        (whole.replace("cv=pass;", "cv=pass; h=From;"), Reason::SealWithHeaderList, Some(2)),
        (whole.replacen("h=From:", "h=ARC-Seal:From:", 1), Reason::SealSigned, Some(2)),
        (whole.replacen("ed25519-sha256", "rsa-sha1", 1), Reason::KeyNotUsable, Some(2)),
        (whole.replacen("cv=pass;", "cv=pass;;", 1), Reason::TagsBroken, Some(2)),
        (failed, Reason::MarkedFailed, Some(3)),
    ] {
        let arc = check_bytes(message.as_bytes(), &dns);
        assert_eq!((arc.result, arc.reason, arc.broken_at), (ArcResult::Fail, reason, at), "{message}");
        assert_eq!(arc.oldest_pass, None);
    }
}

#[test]
fn a_chain_marked_failed_is_sealed_by_its_newest_instance_alone() {
    let key = Key::ed25519();
    // Nothing of the older instance is covered, so the seal verifies only when it is left out (RFC 8617 section 5.1.2).
    let first = add_instance(MESSAGE.as_bytes(), 1, "fail", TAGS, &key);
    let arc = check_bytes(&first, &zone(&key));
    assert_eq!((arc.reason, arc.instances[0].seal.state), (Reason::MarkedFailed, PartState::Valid));
}

#[test]
fn what_cannot_be_checked_is_said_as_such() {
    let key = Key::ed25519();
    let message = tagged_between(&key);
    for (answer, reason) in [("nxdomain", Reason::KeyMissing), ("timeout", Reason::KeyUnreachable)] {
        let text = format!("$answer arc._domainkey.example.net. TXT {answer}\n");
        let arc = check_bytes(&message, &Snapshot::parse(&text, "test").unwrap());
        assert_eq!((arc.result, arc.reason, arc.broken_at), (ArcResult::Fail, reason, Some(2)));
        assert_eq!(arc.instances[1].seal.state, PartState::NotChecked);
    }
    let offline = arc::check(&Message::read(message.clone()), moments(), &Ledger::new(&Offline));
    assert_eq!((offline.result, offline.reason), (ArcResult::NotEvaluated, Reason::KeyNotAsked));
    let text = String::from_utf8(message).unwrap();
    let headers = text.split_once("\r\n\r\n").unwrap().0;
    let arc = check_bytes(headers.as_bytes(), &zone(&key));
    assert_eq!((arc.result, arc.reason), (ArcResult::NotEvaluated, Reason::BodyNotAvailable));
    let changed = text.replace("Hello", "Bye");
    let offline = arc::check(&Message::read(changed.into_bytes()), moments(), &Ledger::new(&Offline));
    assert_eq!((offline.result, offline.reason), (ArcResult::Fail, Reason::BodyHashMismatch), "proved without a key");
}

#[test]
fn where_the_chain_broke_is_told_with_the_next_handler() {
    let key = Key::ed25519();
    let sealed = String::from_utf8(tagged_between(&key)).unwrap();
    let change = |text: &str| {
        let arc = check_bytes(text.as_bytes(), &zone(&key));
        let change = arc.change().map(|change| (change.what, change.after.i, change.before.map(|before| before.i)));
        (arc.reason, change)
    };
    let body = change(&sealed.replace("Hello", "Bye"));
    assert_eq!(body, (Reason::BodyHashMismatch, Some((Changed::Message, 2, None))));
    let subject = change(&sealed.replace("[list] ", "[LIST] "));
    assert_eq!(subject, (Reason::MessageSignatureInvalid, Some((Changed::Message, 2, None))));
    let results = change(&sealed.replace("i=1; mx.example.net;\r\n dkim=pass", "i=1; mx.example.net;\r\n dkim=fail"));
    assert_eq!(results, (Reason::SealInvalid, Some((Changed::ArcFields, 2, None))));
    let marked = add_instance(sealed.as_bytes(), 3, "fail", TAGS, &key);
    let marked = change(&String::from_utf8(marked).unwrap());
    assert_eq!(marked, (Reason::MarkedFailed, Some((Changed::NotSaid, 2, Some(3)))));
    // Changed between two handlers: the second sealed the changed fields, so its own seal fits.
    let first = String::from_utf8(add_instance(MESSAGE.as_bytes(), 1, "none", TAGS, &key)).unwrap();
    let between = add_instance(first.replace("dkim=pass", "dkim=none").as_bytes(), 2, "pass", TAGS, &key);
    let between = change(&String::from_utf8(between).unwrap());
    assert_eq!(between, (Reason::SealInvalid, Some((Changed::ArcFields, 1, Some(2)))));
    let untouched = String::from_utf8(add_instance(first.as_bytes(), 2, "pass", TAGS, &key)).unwrap();
    assert_eq!(change(&untouched), (Reason::Verified, None));
}

#[test]
fn the_keys_of_a_chain_are_known_before_it_is_checked() {
    let key = Key::ed25519();
    let message = Message::read(tagged_between(&key));
    let names: Vec<String> = arc::key_questions(&message).into_iter().map(|question| question.name).collect();
    assert_eq!(names, ["arc._domainkey.example.net"; 4]);
    let dns = zone(&key);
    let ledger = Ledger::new(&dns);
    assert_eq!(arc::check(&message, moments(), &ledger).result, ArcResult::Pass);
    assert_eq!(ledger.entries().len(), 1);
}
