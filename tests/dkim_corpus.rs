//! Our DKIM verdicts over the corpus against those of three other verifiers: dkimpy, `Mail::DKIM` and mailauth.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read must fail the test")]
#![expect(clippy::print_stdout, reason = "says how much was compared, and when nothing was")]

use std::fs;
use std::path::Path;

use hopscope::auth::Moments;
use hopscope::auth::dkim::{self, BodyHash, DkimResult, Reason, Signature};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::container::Container;
use hopscope::message::{Message, date};
use jiff::Timestamp;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// The day the others were run: for them `x=` is judged then.
const NOW: &str = "2026-11-22T00:00:00Z";

/// Where the others do not agree with each other or with us: what we say, and what decides.
const DIFFERENCES: [(&str, &[Reason], &str); 11] = [
    (
        "dkim_verifier/test_data_dkim_added_header-from.eml",
        &[Reason::Verified],
        "RFC 6376 section 5.4.2: h= names From once, which is the last one; the From on top came later and leaves the \
         signature valid. dkimpy hashes any further From as well, against the attack of section 8.15; here two From \
         fields are DMARC's concern (RFC 9989 section 5.3.1)",
    ),
    (
        "dkim_verifier/test_data_dkim_flags_s-auid_is_subdomain_of_sdid.eml",
        &[Reason::KeyStrictIdentity],
        "RFC 6376 section 3.6.1, t=s: i= (football.example.com) must not be a subdomain of d= (example.com); dkimpy and \
         mailauth do not look at the flag",
    ),
    ("dkim_verifier/test_data_dkim_time-received_after_creation.eml", &[Reason::Verified], ED25519),
    ("dkim_verifier/test_data_dkim_time-received_briefly_before_creation.eml", &[Reason::Verified], SIGNED_LATER),
    ("dkim_verifier/test_data_dkim_time-received_long_before_creation.eml", &[Reason::Verified], SIGNED_LATER),
    (
        "dkim_verifier/test_data_original_Fastmail_from_Fastmail_-_How_to_keep_your_email_private.eml",
        &[Reason::Verified, Reason::KeyMissing],
        EXPIRED_SINCE,
    ),
    (
        "dkim_verifier/test_data_original_Fastmail_from_Fastmail_-_Welcome_Get_set_up_in_3_steps..eml",
        &[Reason::Verified, Reason::KeyMissing],
        EXPIRED_SINCE,
    ),
    ("dkim_verifier/test_data_rfc8463-A.3.eml", &[Reason::Verified; 2], ED25519),
    ("dkimpy/dkimpy-1.1.8_dkim_tests_data_ed25519test2.msg.eml", &[Reason::Verified], ED25519),
    ("dkimpy/dkimpy-1.1.8_dkim_tests_data_rfc6376.signed.msg.eml", &[Reason::Verified; 2], ED25519),
    (
        "mail-auth/split_dkim_002.eml",
        &[Reason::Verified],
        "RFC 6376 section 3.6.1, k=rsa: p= is an RSAPublicKey, which is what stands at newengland._domainkey.example.com; \
         Mail::DKIM and mailauth read only the SubjectPublicKeyInfo that nearly all publish, as appendix C makes it",
    ),
];

const ED25519: &str = "RFC 8463 section 3: verifiers must implement ed25519-sha256; Mail::DKIM does not";
/// The field on top is older than `t=`.
const SIGNED_LATER: &str = "RFC 6376 section 3.5, t=: a verifier may ignore a signature from the future, and need not; \
    Mail::DKIM fails for another reason, as it does not implement ed25519-sha256 (RFC 8463 section 3)";
const EXPIRED_SINCE: &str = "RFC 6376 section 3.5, x=: the time that counts is that of receipt, before both expired, and not \
    that of reading the file; the key of the second signature (messagingengine.com) is not in the zone";

struct Row {
    file: String,
    /// What each of the others says of each signature.
    others: [Vec<String>; 3],
    ours: Vec<Signature>,
}

/// Every message of the corpus that the others were run on; `None` when there is no corpus.
fn rows() -> Option<Vec<Row>> {
    let Ok(table) = fs::read_to_string(format!("{CORPUS}/peer_results.tsv")) else {
        println!("skipped: no corpus");
        return None;
    };
    let zone = fs::read_to_string(format!("{CORPUS}/dns.zone")).unwrap();
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "dns.zone").unwrap();
    let read = |row: &str| {
        let columns: Vec<&str> = row.split('\t').collect();
        Row {
            file: columns[0].strip_prefix("msgs/").unwrap().to_owned(),
            others: [columns[2], columns[3], columns[4]].map(words),
            ours: verify(columns[0], &snapshot),
        }
    };
    Some(table.lines().skip(1).map(read).collect())
}

fn words(cell: &str) -> Vec<String> {
    if cell == "-" || cell.starts_with("none") {
        return Vec::new();
    }
    cell.split('|').map(str::to_owned).collect()
}

fn verify(file: &str, snapshot: &Snapshot) -> Vec<Signature> {
    let bytes = fs::read(Path::new(CORPUS).join(file)).unwrap();
    // A file that a mail program would refuse is still one message to the others.
    let message = Container::of_bytes(bytes.clone()).and_then(|container| container.first());
    let message = message.unwrap_or_else(|_| Message::read(bytes));
    let now: Timestamp = NOW.parse().unwrap();
    let received = message.first("Received").and_then(|field| {
        let value = message.unfold(field).text;
        date::read(value.rsplit_once(';')?.1.trim())
    });
    let moments = Moments { judged_at: received.map_or(now, |stamp| stamp.instant), now };
    dkim::verify(&message, moments, &Ledger::new(snapshot))
}

/// Which of the signatures pass. `Mail::DKIM` lists DomainKey-Signature fields, which never do, after the others.
fn passing(results: impl Iterator<Item = bool>) -> Vec<usize> {
    results.enumerate().filter_map(|(place, pass)| pass.then_some(place)).collect()
}

#[test]
fn a_signature_passes_where_it_passes_for_the_others() {
    let Some(rows) = rows() else { return };
    let mut listed: Vec<&str> = Vec::new();
    let (mut signatures, mut passed) = (0, 0);
    for row in &rows {
        let ours = passing(row.ours.iter().map(|signature| signature.result == DkimResult::Pass));
        let agreed = row.others.iter().all(|words| passing(words.iter().map(|word| word == "pass")) == ours);
        signatures += row.ours.len();
        passed += ours.len();
        let reasons: Vec<Reason> = row.ours.iter().map(|signature| signature.reason).collect();
        match DIFFERENCES.iter().find(|(file, ..)| *file == row.file) {
            Some((file, expected, clause)) => {
                assert_eq!(reasons, *expected, "{file}: {clause}");
                listed.push(file);
            }
            None => assert!(agreed, "{}: ours {reasons:?}, others {:?}", row.file, row.others),
        }
    }
    println!("{} messages, {signatures} signatures, {passed} pass, {} listed differences", rows.len(), listed.len());
    let stale: Vec<&str> = DIFFERENCES.iter().map(|(file, ..)| *file).filter(|file| !listed.contains(file)).collect();
    assert!(stale.is_empty(), "listed and not seen: {stale:?}");
    assert!(passed > 50);
}

/// Files of which the others do not hash the body that we take for one.
const READ_OTHERWISE: [(&str, &str); 2] = [
    (
        "mox/testdata_imaptest_imaptest.mbox",
        "an mbox of several messages, of which we read the first and they all as one",
    ),
    (
        "MimeKit/UnitTests_TestData_messages_issue358.txt",
        "header lines were cut: a copy that was rewritten proves nothing",
    ),
];

/// The one of the others that hashes the body before it looks for a key says so also where no key can be had.
#[test]
fn a_body_has_the_stated_hash_where_it_has_it_for_another_verifier() {
    let Some(rows) = rows() else { return };
    let mut compared = 0;
    for row in rows.iter().filter(|row| !READ_OTHERWISE.iter().any(|(file, _)| *file == row.file)) {
        for (signature, word) in row.ours.iter().zip(&row.others[2]) {
            let changed = word.contains("body hash did not verify");
            assert_eq!(signature.body_hash == BodyHash::Mismatch, changed, "{}: {word}", row.file);
            compared += 1;
        }
    }
    println!("{compared} body hashes");
    assert!(compared > 150);
}

#[test]
fn every_message_of_the_corpus_can_be_verified() {
    let Ok(manifest) = fs::read_to_string(format!("{CORPUS}/MANIFEST.tsv")) else {
        println!("skipped: no corpus");
        return;
    };
    let snapshot = Snapshot::parse("$default nxdomain\n", "empty").unwrap();
    let mut messages = 0;
    for file in manifest.lines().skip(1).filter_map(|row| row.split('\t').next()) {
        for signature in verify(file, &snapshot) {
            assert_ne!(signature.result, DkimResult::Pass, "{file}: no key, no pass");
            assert!(!signature.trace.children.is_empty(), "{file}");
        }
        messages += 1;
    }
    println!("{messages} messages");
}
