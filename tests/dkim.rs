//! DKIM verdicts on messages signed here, and on the example of RFC 8463 appendix A.

#![expect(clippy::unwrap_used, reason = "what cannot be signed must fail the test")]

mod support;

use hopscope::auth::Moments;
use hopscope::auth::dkim::canonical::{Excerpt, Part};
use hopscope::auth::dkim::crypto::Wrapping;
use hopscope::auth::dkim::{self, BodyHash, DkimResult, HeaderSignature, KeyState, Reason, Signature, Task, base64};
use hopscope::auth::trace::{Outcome, Place, Step, What};
use hopscope::dns::{Ledger, Offline, Snapshot};
use hopscope::message::{LineEndings, Message};
use support::sign::{Key, sign};

const TAGS: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=sel; h=From:To:Subject:Date";

const MESSAGE: &str = "From: Shop <shop@example.jp>\r\nTo: a@example.com\r\nSubject: Your\r\n  order\r\n\
    Date: Sun, 22 Nov 2026 09:00:00 +0900\r\n\r\nThank you. \r\n\r\nShop\r\n\r\n";

/// A snapshot with that key at `sel._domainkey.example.jp`.
fn zone(record: &str) -> Snapshot {
    zone_of(&[("sel._domainkey.example.jp", record)])
}

fn zone_of(records: &[(&str, &str)]) -> Snapshot {
    let line = |(name, record): &(&str, &str)| {
        let quoted = record.replace('\\', "\\\\").replace('"', "\\\"");
        let strings: Vec<_> = quoted.as_bytes().chunks(200).map(String::from_utf8_lossy).collect();
        format!("{name}. 3600 IN TXT \"{}\"\n", strings.join("\" \""))
    };
    let text: String = records.iter().map(line).collect();
    Snapshot::parse(&format!("$default nxdomain\n{text}"), "test").unwrap()
}

fn verify(message: impl AsRef<[u8]>, dns: &Snapshot) -> Vec<Signature> {
    dkim::verify(&Message::read(message.as_ref().to_vec()), moments("2026-11-22T00:01:00Z"), &Ledger::new(dns))
}

fn verify_one(message: impl AsRef<[u8]>, dns: &Snapshot) -> Signature {
    let mut signatures = verify(message, dns);
    assert_eq!(signatures.len(), 1);
    signatures.remove(0)
}

fn moments(judged_at: &str) -> Moments {
    Moments { judged_at: judged_at.parse().unwrap(), now: "2027-01-01T00:00:00Z".parse().unwrap() }
}

/// What a support person reads: the result with its reason, body and header apart.
fn verdict(signature: &Signature) -> (DkimResult, Reason, BodyHash, HeaderSignature) {
    (signature.result, signature.reason, signature.body_hash, signature.header_signature)
}

const VERIFIED: (DkimResult, Reason, BodyHash, HeaderSignature) =
    (DkimResult::Pass, Reason::Verified, BodyHash::Match, HeaderSignature::Valid);

fn changed(message: &[u8], from: &str, to: &str) -> String {
    let text = String::from_utf8(message.to_vec()).unwrap();
    assert!(text.contains(from), "{from:?} in {text:?}");
    text.replacen(from, to, 1)
}

#[test]
fn every_form_and_algorithm_verifies_with_either_line_end() {
    for (key, algorithm) in [(Key::rsa(), "rsa-sha256"), (Key::ed25519(), "ed25519-sha256")] {
        let dns = zone(&key.record());
        for forms in ["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"] {
            let tags = TAGS.replace("ed25519-sha256", algorithm).replace("relaxed/relaxed", forms);
            let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key);
            let signature = verify_one(&signed, &dns);
            assert_eq!(verdict(&signature), VERIFIED, "{algorithm} {forms}");
            assert_eq!(signature.canonicalization.as_deref(), Some(forms));
            let lf = String::from_utf8(signed.clone()).unwrap().replace("\r\n", "\n");
            assert_eq!(verdict(&verify_one(&lf, &dns)), VERIFIED, "LF {algorithm} {forms}");
            let mixed = lf.replacen('\n', "\r\n", 3);
            assert_eq!(Message::read(mixed.clone().into_bytes()).line_endings, LineEndings::Mixed);
            assert_eq!(verdict(&verify_one(&mixed, &dns)), VERIFIED, "mixed {algorithm} {forms}");
        }
    }
}

#[test]
fn body_and_header_are_judged_apart() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let body = changed(&signed, "Thank you", "Thank me");
    let header = changed(&signed, "Subject: ", "Subject: [EXT] ");
    let both = changed(body.as_bytes(), "Subject: ", "Subject: [EXT] ");
    let (fail, mismatch, invalid) = (DkimResult::Fail, BodyHash::Mismatch, HeaderSignature::Invalid);
    for (message, expected) in [
        (&body, (fail, Reason::BodyHashMismatch, mismatch, HeaderSignature::Valid)),
        (&header, (fail, Reason::HeaderSignatureInvalid, BodyHash::Match, invalid)),
        (&both, (fail, Reason::BodyAndHeaderMismatch, mismatch, invalid)),
    ] {
        let signature = verify_one(message, &dns);
        assert_eq!(verdict(&signature), expected);
        assert_ne!(
            signature.body_hash == BodyHash::Mismatch,
            signature.body_hash_stated == signature.body_hash_computed
        );
    }
    // White space that the relaxed forms forgive.
    let reflowed = changed(&signed, "Your\r\n  order", "Your \r\n\torder").replace("you. \r\n", "you.\t\r\n");
    assert_eq!(verdict(&verify_one(reflowed + " \r\n\r\n", &dns)), VERIFIED);
}

#[test]
fn headers_alone_are_verified_against_the_stated_body_hash() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let header = String::from_utf8(signed).unwrap().split_once("\r\n\r\n").unwrap().0.to_owned() + "\r\n";
    let signature = verify_one(&header, &dns);
    let reason = Reason::HeaderVerifiedBodyNotAvailable;
    let expected = (DkimResult::NotEvaluated, reason, BodyHash::NotAvailable, HeaderSignature::Valid);
    assert_eq!(verdict(&signature), expected);
    assert!(signature.body_hash_stated.is_some() && signature.body_hash_computed.is_none());
    let signature = verify_one(header.replace("order", "invoice"), &dns);
    assert_eq!((signature.result, signature.reason), (DkimResult::Fail, Reason::HeaderSignatureInvalid));
}

#[test]
fn length_covers_a_beginning_of_the_body() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let with = |length: &str| sign(MESSAGE.as_bytes(), "DKIM-Signature", &format!("{TAGS}; l={length}"), &key);
    // The canonical body is "Thank you.\r\n\r\nShop\r\n".
    for (length, uncovered) in [("0", 20), ("12", 8), ("20", 0)] {
        let signed = with(length);
        let signature = verify_one(&signed, &dns);
        assert_eq!(verdict(&signature), VERIFIED, "l={length}");
        assert_eq!(signature.uncovered_bytes, Some(uncovered));
        let footer = [signed.as_slice(), b"-- \r\nlist\r\n"].concat();
        let signature = verify_one(footer, &dns);
        assert_eq!(verdict(&signature), VERIFIED, "l={length} and a footer");
        assert!(signature.uncovered_bytes > Some(uncovered));
    }
    let signature = verify_one(with("21"), &dns);
    assert_eq!((signature.result, signature.reason), (DkimResult::PermError, Reason::LengthBeyondBody));
    assert_eq!(signature.header_signature, HeaderSignature::Valid);
}

#[test]
fn expiry_is_judged_at_receipt_and_now_beside_it() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let tags = format!("{TAGS}; t=1790000000; x=1790000100");
    let message = Message::read(sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key));
    let at = |judged_at| dkim::verify(&message, moments(judged_at), &Ledger::new(&dns)).remove(0);
    let in_time = at("2026-09-21T14:15:00Z");
    assert_eq!(verdict(&in_time), VERIFIED);
    assert_eq!((in_time.expired_at_receipt, in_time.expired_now), (false, true));
    let late = at("2026-09-21T14:15:01Z");
    assert_eq!((late.result, late.reason), (DkimResult::Policy, Reason::ExpiredAtReceipt));
    assert_eq!(late.header_signature, HeaderSignature::Valid);
    // Signed in the future of the receiver: clocks differ, nothing is wrong by that.
    assert_eq!(verdict(&at("2020-01-01T00:00:00Z")), VERIFIED);
}

#[test]
fn absent_and_repeated_names_fix_what_may_be_added() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let names = |names: &str| {
        let tags = TAGS.replace("From:To:Subject:Date", names);
        String::from_utf8(sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key)).unwrap()
    };
    let with = |signed: &str, field: &str| verify_one(format!("{field}\r\n{signed}"), &dns).header_signature;
    let plain = names("From:Subject");
    let over = names("from:From:subject:Subject:Reply-To");
    assert_eq!(verdict(&verify_one(&over, &dns)), VERIFIED);
    for (field, plain_says, over_says) in [
        ("Subject: other", HeaderSignature::Valid, HeaderSignature::Invalid),
        ("From: b@example.net", HeaderSignature::Valid, HeaderSignature::Invalid),
        ("Reply-To: b@example.net", HeaderSignature::Valid, HeaderSignature::Invalid),
        ("X-Other: y", HeaderSignature::Valid, HeaderSignature::Valid),
    ] {
        assert_eq!((with(&plain, field), with(&over, field)), (plain_says, over_says), "{field}");
    }
    // Two fields of one name are signed from the bottom up, so their order counts.
    let twice = MESSAGE.replace("To:", "X: 1\r\nX: 2\r\nTo:");
    let tags = TAGS.replace("From:", "From:X:x:");
    let signed = sign(twice.as_bytes(), "DKIM-Signature", &tags, &key);
    assert_eq!(verdict(&verify_one(&signed, &dns)), VERIFIED);
    let swapped = changed(&signed, "X: 1\r\nX: 2", "X: 2\r\nX: 1");
    assert_eq!(verify_one(swapped, &dns).header_signature, HeaderSignature::Invalid);
}

#[test]
fn three_kinds_of_no_key_are_kept_apart() {
    let key = Key::ed25519();
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let say = |answer: &str| {
        let text = format!("$default unknown\n$answer sel._domainkey.example.jp. TXT {answer}\n");
        let signature = verify_one(&signed, &Snapshot::parse(&text, "test").unwrap());
        assert_eq!(signature.header_signature, HeaderSignature::NotChecked);
        assert_eq!(signature.body_hash, BodyHash::Match);
        (signature.key.state, signature.result, signature.reason)
    };
    let missing = (KeyState::Missing, DkimResult::PermError, Reason::KeyMissing);
    let unreachable = (KeyState::Unreachable, DkimResult::TempError, Reason::KeyUnreachable);
    assert_eq!(say("nxdomain"), missing);
    assert_eq!(say("nodata"), missing);
    assert_eq!(say("servfail"), unreachable);
    assert_eq!(say("refused"), unreachable);
    assert_eq!(say("timeout"), unreachable);
    let message = Message::read(signed.clone());
    let signature = dkim::verify(&message, moments("2026-11-22T00:00:00Z"), &Ledger::new(&Offline)).remove(0);
    assert_eq!((signature.result, signature.reason), (DkimResult::NotEvaluated, Reason::KeyNotAsked));
    // A changed body is proved without any key.
    let message = Message::read(changed(&signed, "Thank", "Blame").into_bytes());
    let signature = dkim::verify(&message, moments("2026-11-22T00:00:00Z"), &Ledger::new(&Offline)).remove(0);
    assert_eq!((signature.result, signature.reason), (DkimResult::Fail, Reason::BodyHashMismatch));
}

#[test]
fn a_key_record_that_forbids_or_cannot_be_read_says_why() {
    let key = Key::ed25519();
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", &format!("{TAGS}; i=@mail.example.jp"), &key);
    let good = key.record();
    let p = good.split_once("p=").unwrap().1;
    let short = {
        let mut der = vec![0x30, 0x48, 0x02, 0x41, 0x00, 0xff];
        der.extend([0x55; 63]);
        der.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
        base64::encode(&der)
    };
    for (record, state, reason, header) in [
        (good.clone(), KeyState::Found, Reason::Verified, HeaderSignature::Valid),
        (format!("k=ed25519; t=y:s; p={p}"), KeyState::Found, Reason::KeyStrictIdentity, HeaderSignature::Valid),
        (format!("k=ed25519; s=web; p={p}"), KeyState::Found, Reason::KeyNotForEmail, HeaderSignature::Valid),
        (format!("k=ed25519; h=sha1; p={p}"), KeyState::Found, Reason::KeyMismatch, HeaderSignature::Valid),
        ("k=ed25519; p=".to_owned(), KeyState::Revoked, Reason::KeyRevoked, HeaderSignature::NotChecked),
        (format!("k=ed25519; p=\"{p}\""), KeyState::Broken, Reason::KeyBroken, HeaderSignature::NotChecked),
        (format!("k=rsa; p={short}"), KeyState::Found, Reason::KeyMismatch, HeaderSignature::NotChecked),
    ] {
        let signature = verify_one(&signed, &zone(&record));
        assert_eq!((signature.key.state, signature.reason), (state, reason), "{record}");
        assert_eq!(signature.header_signature, header, "{record}");
        assert_eq!(signature.key.testing, record.contains("t=y"));
    }
    let tags = TAGS.replace("ed25519", "rsa");
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &Key::rsa());
    let signature = verify_one(signed, &zone(&format!("p={short}")));
    assert_eq!((signature.result, signature.reason), (DkimResult::Policy, Reason::KeyTooShort));
    assert_eq!((signature.key.bits, signature.header_signature), (Some(512), HeaderSignature::NotChecked));
}

#[test]
fn of_several_records_the_one_that_verifies_is_taken() {
    let (key, other) = (Key::ed25519(), Key::ed25519());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let name = "sel._domainkey.example.jp";
    let (right, wrong) = (key.record(), other.record());
    let signature = verify_one(&signed, &zone_of(&[(name, "v=spf1 -all"), (name, &wrong), (name, &right)]));
    assert_eq!(verdict(&signature), VERIFIED);
    assert_eq!((signature.key.records, signature.key.record_index), (3, Some(2)));
    assert_eq!(signature.key.record.as_deref(), Some(right.as_str()));
    let signature = verify_one(&signed, &zone_of(&[(name, "v=spf1 -all"), (name, &wrong)]));
    assert_eq!((signature.result, signature.key.record_index), (DkimResult::Fail, Some(1)));
}

#[test]
fn keys_are_taken_in_either_wrapping_and_the_odd_one_is_marked() {
    let key = Key::ed25519();
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let record = key.record();
    let raw = base64::decode(record.split_once("p=").unwrap().1).unwrap();
    let spki = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(), &raw].concat();
    let signature = verify_one(&signed, &zone(&format!("k=ed25519; p={}", base64::encode(&spki))));
    assert_eq!((verdict(&signature), signature.key.wrapping), (VERIFIED, Some(Wrapping::Spki)));
    assert_eq!(verify_one(&signed, &zone(&record)).key.wrapping, Some(Wrapping::Bare));
}

/// Made with `openssl dgst -sha1 -sign`.
#[test]
fn sha1_is_computed_and_does_not_count() {
    let message = format!(
        "DKIM-Signature: v=1; a=rsa-sha1; d=example.jp; s=old; h=From; bh=2+689OSH6dJ8r+u45EO4VHIBWe8=; \
         b={SHA1_SIGNATURE}\r\nFrom: a@example.jp\r\n\r\nHello.\r\n"
    );
    let dns = zone_of(&[("old._domainkey.example.jp", &format!("p={SHA1_KEY}"))]);
    let signature = verify_one(&message, &dns);
    let expected = (DkimResult::Policy, Reason::Sha1NotValid, BodyHash::Match, HeaderSignature::Valid);
    assert_eq!(verdict(&signature), expected);
    let signature = verify_one(message.replace("Hello", "Bye"), &dns);
    assert_eq!((signature.result, signature.reason), (DkimResult::Fail, Reason::BodyHashMismatch));
}

const SHA1_SIGNATURE: &str = "mHz/KrjgbX7XS0Ml785nX8nNNka5Xar07jsA+AiOC9u1kyZaVD69breTKemymKzfqoqQ6K7GzigCvS6afpAj+regaiO20vYe6YyQ\
    qXmksw7+YMV1w/00gdlS8Otlmf4Qy4sUN9yF6Vcii3ek9Jp8bLl9BEBXQ1Sr/MUESHidJUk=";
const SHA1_KEY: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC0ocWsda38RRCY/+Xb7YV3rqExKDTF8z+mlhPNnCeEmip3U0JjtRh4wkrYb4s9\
    iIYj2cFpr5KwTw+QFWx32srj7HUDk9QA6sWzvgTrMnt/SYcdIcbzVa1HW8SWcnFiwaM1undS7fhLBkNGbRjvAtYO45nhp8hk63ho\
    id8zNcW1OQIDAQAB";

/// RFC 8463 appendix A: the Ed25519 signature of A.3 with the key of A.2.
#[test]
fn the_example_of_rfc_8463_verifies() {
    let message = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n \
        d=football.example.com; i=@football.example.com;\r\n \
        q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n \
        subject : date : message-id : from : subject : date;\r\n \
        bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n \
        b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n \
        Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n\
        From: Joe SixPack <joe@football.example.com>\r\n\
        To: Suzie Q <suzie@shopping.example.net>\r\n\
        Subject: Is dinner ready?\r\n\
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
        Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n\
        Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
    let record = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    let signature = verify_one(message, &zone_of(&[("brisbane._domainkey.football.example.com", record)]));
    assert_eq!(verdict(&signature), VERIFIED);
    assert_eq!(signature.identity.as_deref(), Some("@football.example.com"));
    assert_eq!((signature.key.bits, signature.key.wrapping), (Some(256), Some(Wrapping::Bare)));
}

#[test]
fn a_syntax_fault_does_not_hide_what_can_be_computed() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    for (tags, reason) in [
        (TAGS.replace("v=1", "v=2"), Reason::VersionUnknown),
        (TAGS.replace("From:", ""), Reason::FromNotSigned),
        (format!("{TAGS}; i=@example.net"), Reason::IdentityOutsideDomain),
        (format!("{TAGS}; q=http"), Reason::QueryMethodUnknown),
        (format!("{TAGS}; t=now"), Reason::TagBroken),
    ] {
        let signature = verify_one(sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key), &dns);
        let expected = (DkimResult::PermError, reason, BodyHash::Match, HeaderSignature::Valid);
        assert_eq!(verdict(&signature), expected);
    }
    let signature = verify_one("DKIM-Signature: \u{1F9E8}\r\nFrom: a@example.jp\r\n\r\n", &dns);
    assert_eq!((signature.result, signature.reason), (DkimResult::PermError, Reason::TagMissing));
    assert_eq!(signature.key.state, KeyState::NotAsked);
}

/// What can be looked at is what was hashed.
#[test]
fn canonical_bytes_can_be_seen_and_are_bounded() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    let message = Message::read(signed.clone());
    let signature = verify_one(&signed, &dns);
    let body = Excerpt::of(&message, &signature, Part::Body).unwrap();
    assert_eq!((body.bytes.as_slice(), body.more()), (b"Thank you.\r\n\r\nShop\r\n".as_slice(), 0));
    let header = Excerpt::of(&message, &signature, Part::Header).unwrap();
    let text = String::from_utf8(header.bytes.clone()).unwrap();
    assert!(text.starts_with("from:Shop <shop@example.jp>\r\nto:a@example.com\r\nsubject:Your order\r\n"), "{text}");
    assert!(text.ends_with("; b=") && header.more() == 0, "{text}");
    for long in ["word \r\n".repeat(200_000), " \r\n".repeat(2_000_000)] {
        let long = [signed.as_slice(), long.as_bytes(), b"end\r\n"].concat();
        let signature = verify_one(&long, &dns);
        let body = Excerpt::of(&Message::read(long), &signature, Part::Body).unwrap();
        assert!(body.bytes.len() <= Excerpt::MAX_BYTES && body.more() > 100_000, "{}", body.more());
    }
    let headers = signed.split(|byte| *byte == b'\n').take(5).collect::<Vec<_>>().join(&b'\n');
    let message = Message::read(headers.clone());
    assert_eq!(Excerpt::of(&message, &verify_one(headers, &dns), Part::Body), None);
}

/// Where the uncovered text begins in the file.
#[test]
fn what_length_leaves_uncovered_is_found() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", &format!("{TAGS}; l=12"), &key);
    let signature = verify_one(&signed, &dns);
    let rest = &signed[signature.uncovered_from.unwrap()..];
    assert_eq!((signature.length, rest), (Some(12), b"Shop\r\n\r\n".as_slice()));
    let whole = verify_one(sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key), &dns);
    assert_eq!((whole.uncovered_bytes, whole.uncovered_from), (None, None));
}

#[test]
fn several_signatures_are_each_judged_and_may_sign_each_other() {
    let (inner_key, outer_key) = (Key::ed25519(), Key::rsa());
    let inner = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &inner_key);
    let tags = "v=1; a=rsa-sha256; c=simple/simple; d=example.net; s=out; h=From:DKIM-Signature";
    let outer = sign(&inner, "DKIM-Signature", tags, &outer_key);
    let dns = zone_of(&[
        ("sel._domainkey.example.jp", &inner_key.record()),
        ("out._domainkey.example.net", &outer_key.record()),
    ]);
    let signatures = verify(&outer, &dns);
    assert_eq!(signatures.iter().map(verdict).collect::<Vec<_>>(), [VERIFIED; 2]);
    assert_eq!(signatures[0].domain.as_deref(), Some("example.net"));
    assert_eq!(signatures[0].trace.id.0, "dkim-1");
    assert_eq!(signatures[1].trace.id.0, "dkim-2");
}

#[test]
fn the_trace_shows_every_step_with_its_place() {
    let key = Key::ed25519();
    let tags = TAGS.replace("h=From:", "h=From:Reply-To:");
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key);
    let trace = verify_one(&signed, &zone(&key.record())).trace;
    let steps: Vec<(What, Outcome)> = trace.children.iter().map(|step| (step.what, step.outcome)).collect();
    let expected = [
        (Task::DkimTags, Outcome::Valid),
        (Task::DkimExpiry, Outcome::Skipped),
        (Task::DkimKey, Outcome::Found),
        (Task::DkimBodyHash, Outcome::Match),
        (Task::DkimHeaderSignature, Outcome::Valid),
    ];
    assert_eq!(steps, expected.map(|(task, outcome)| (What::Dkim(task), outcome)));
    assert_eq!(trace.children[2].questions.len(), 1);
    let text = |step: &Step| match step.place {
        Some(Place::Message(span)) => String::from_utf8_lossy(&signed[span.start..span.end]).into_owned(),
        _ => String::new(),
    };
    let fields: Vec<_> = trace.children[4].children.iter().map(|step| (step.outcome, text(step))).collect();
    assert_eq!(fields[0], (Outcome::Found, "From: Shop <shop@example.jp>\r\n".to_owned()));
    assert_eq!(fields[1], (Outcome::Absent, "Reply-To".to_owned()));
    assert_eq!(fields[3], (Outcome::Found, "Subject: Your\r\n  order\r\n".to_owned()));
    assert_eq!(trace.find(&trace.children[4].children[1].id), Some(&trace.children[4].children[1]));
    let broken = changed(&signed, "v=1", "v=9");
    let broken = verify_one(&broken, &zone(&key.record())).trace;
    assert_eq!((broken.children[0].outcome, broken.children[0].text.as_deref()), (Outcome::Broken, Some("v=9")));
}

#[test]
fn ten_thousand_signatures_end_at_a_limit() {
    use std::fmt::Write;
    let mut message = String::new();
    for number in 0..10_000 {
        write!(
            message,
            "DKIM-Signature: {}; bh=AA==; b=AA==; l={number}\r\n",
            TAGS.replace("s=sel", &format!("s=s{number}"))
        )
        .unwrap();
    }
    message += MESSAGE;
    message += &"Line of a long body.\r\n".repeat(10_000);
    let message = Message::read(message.into_bytes());
    let dns = zone("");
    let ledger = Ledger::new(&dns);
    let signatures = dkim::verify(&message, moments("2026-11-22T00:00:00Z"), &ledger);
    assert_eq!(signatures.len(), 10_000);
    assert_eq!(ledger.entries().len(), Signature::MAX_VERIFIED);
    assert_eq!(dkim::key_questions(&message).len(), Signature::MAX_VERIFIED);
    let beyond = &signatures[Signature::MAX_VERIFIED];
    assert_eq!((beyond.result, beyond.reason), (DkimResult::NotEvaluated, Reason::LimitExceeded));
    assert_eq!(beyond.selector.as_deref(), Some("s50"));
    assert_eq!(signatures[Signature::MAX_VERIFIED - 1].reason, Reason::BodyHashMismatch);
}

#[test]
fn hostile_fields_are_judged_without_a_panic() {
    let key = Key::ed25519();
    let dns = zone(&key.record());
    let signed = sign(MESSAGE.as_bytes(), "DKIM-Signature", TAGS, &key);
    for cut in 0..signed.len() {
        verify(&signed[..cut], &dns);
    }
    let names = vec!["x"; 2_000].join(":");
    let tags = TAGS.replace("From:", &format!("From:{names}:"));
    let signature = verify_one(sign(MESSAGE.as_bytes(), "DKIM-Signature", &tags, &key), &dns);
    assert_eq!((signature.result, signature.reason), (DkimResult::NotEvaluated, Reason::LimitExceeded));
    let fields = "X: y\r\n".repeat(Message::MAX_FIELDS);
    let many = [&signed[..signed.len() - MESSAGE.len()], fields.as_bytes(), MESSAGE.as_bytes()].concat();
    assert_eq!(verify_one(many, &dns).reason, Reason::LimitExceeded, "From was not read");
    for field in ["b", "b=", ";;;", "=", "b=;b=", "\0\u{ff}", "h=:::; b=x", "d=.; s=.", "l=99999999999999999999999"] {
        for form in [format!("DKIM-Signature:{field}"), format!("DKIM-Signature: {field}\r\n\r\n")] {
            assert_eq!(verify_one(form, &dns).result, DkimResult::PermError, "{field}");
        }
    }
}
