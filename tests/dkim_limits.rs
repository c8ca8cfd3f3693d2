//! Signature fields, key records and bodies that nobody would write: never a panic, and no work beyond the limits.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::dkim::canonical::{Excerpt, Part};
use hopscope::auth::dkim::{DkimResult, Reason, Signature};
use hopscope::auth::trace::{Place, Step};
use hopscope::check::Evidence;
use hopscope::dns::{Answer, Data, Failure, Ledger, Lookup, Origin, Question, RecordType, Timed};
use hopscope::export::EXPORTS;
use hopscope::message::Message;
use hopscope::report::redact::redact;
use hopscope::text::Lang;
use proptest::prelude::*;
use support::sign::{Key, sign};

/// Answers every TXT question with the same records, and nothing else.
struct Records(Vec<Vec<u8>>);

impl Lookup for Records {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer = |question: &Question| {
            let texts = self.0.iter().map(|text| Data::Text(text.chunks(255).map(<[u8]>::to_vec).collect()));
            let is_key = question.kind == RecordType::Txt && question.name.contains("_domainkey") && !self.0.is_empty();
            let records = if is_key { Ok(texts.collect()) } else { Err(Failure::NxDomain) };
            Answer { records, cname: Vec::new(), ttl: Some(60), authentic: false }
        };
        questions.iter().map(|question| Timed { answer: answer(question), millis: Some(1) }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Server("test".to_owned())
    }
}

fn analysis(input: Vec<u8>, records: Vec<Vec<u8>>) -> Analysis {
    let lookup = Records(records);
    analyze(Message::read(input), Options::default(), &Ledger::new(&lookup), "2026-11-22T00:00:00Z".parse().unwrap())
}

/// Half of it what a signer could write, half of it anything.
fn tag_list() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        4 => prop::sample::select(vec!["v", "a", "b", "bh", "c", "d", "h", "i", "l", "q", "s", "t", "x", "z", "k", "p", "g", "n"]),
        1 => Just("unknown"),
    ];
    let value = prop_oneof![
        6 => prop::sample::select(vec![
            "1", "DKIM1", "rsa-sha256", "ed25519-sha256", "rsa-sha1", "relaxed/relaxed", "simple", "example.jp", "sel", "AA==",
            "From:To:to::Subject", "from", "@mail.example.jp", "0", "17", "99999999999999999999", "1790000000", "dns/txt", "y:s",
            "rsa", "ed25519", "sha256", "email", "*", "", "MIIB", "\"", "\\", "-----BEGIN PUBLIC KEY-----",
            "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "=?utf-8?q?x?=", "..", "=3D=", "\u{1F9E8}",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        2 => prop::collection::vec(any::<u8>().prop_filter("no line end", |byte| !matches!(byte, b'\r' | b'\n')), 0..12),
    ];
    let tag = (
        name,
        value,
        prop::sample::select(vec!["=", " = ", "", "=\r\n\t", "=="]),
        prop::sample::select(vec![";", "; ", ";;", "\r\n ;", ""]),
    );
    let bytes = |(name, value, equals, end): (&str, Vec<u8>, &str, &str)| {
        [name.as_bytes(), equals.as_bytes(), &value, end.as_bytes()].concat()
    };
    prop::collection::vec(tag.prop_map(bytes), 0..14).prop_map(|tags| tags.concat())
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![Just(b' '), Just(b'\t'), Just(b'\r'), Just(b'\n'), any::<u8>()], 0..200)
}

/// Everything that points into the message lies in it, and every text can be written.
fn hold(analysis: &Analysis, bytes: usize) {
    for (index, signature) in analysis.facts.dkim.iter().enumerate() {
        assert!(analysis.facts.standing(index).is_some());
        let spans = signature.tags.tags.iter().flat_map(|tag| [tag.span, tag.value_span, tag.slot]);
        let open = signature.coverage.open.iter().map(|open| open.span);
        for span in spans.chain(signature.tags.faults.iter().map(|fault| fault.span)).chain(open).chain(signature.fault)
        {
            assert!(span.start <= span.end && span.end <= bytes, "{span:?} of {bytes}");
        }
        assert!(signature.uncovered_from.is_none_or(|from| from <= bytes));
        let record = signature.key.record.as_deref().unwrap_or_default().len();
        assert!(signature.key.lints.iter().filter_map(|lint| lint.span).all(|span| span.end <= record.max(65_535)));
        placed(&signature.trace, bytes);
        for part in [Part::Header, Part::Body] {
            if let Some(excerpt) = Excerpt::of(&analysis.message, signature, part) {
                assert!(excerpt.bytes.len() <= Excerpt::MAX_BYTES && excerpt.bytes.len() as u64 <= excerpt.total);
            }
        }
    }
    for export in EXPORTS {
        assert!(!export.write(analysis, Lang::Ja).is_empty());
    }
}

fn placed(step: &Step, bytes: usize) {
    if let Some(Place::Message(span)) = step.place {
        assert!(span.end <= bytes, "{}: {span:?}", step.id.0);
    }
    step.children.iter().for_each(|child| placed(child, bytes));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_field_record_or_body_breaks_it(
        fields in prop::collection::vec(tag_list(), 1..4),
        records in prop::collection::vec(tag_list(), 0..4),
        drafts in prop::collection::vec(tag_list(), 0..2),
        body in body(),
    ) {
        let mut input = Vec::new();
        for (name, list) in [("DKIM-Signature", &fields), ("DKIM2-Signature", &drafts), ("Message-Instance", &drafts), ("DomainKey-Signature", &drafts)] {
            for field in list {
                input.extend([name.as_bytes(), b": ", field, b"\r\n"].concat());
            }
        }
        input.extend(b"From: a@example.jp\r\nTo: b@example.com\r\nSubject: x\r\n\r\n");
        input.extend(&body);
        let bytes = input.len();
        let analysis = analysis(input, records);
        hold(&analysis, bytes);
        hold(&redact(&analysis), bytes);
        let asked = analysis.questions.iter().filter(|entry| entry.question.name.contains("_domainkey")).count();
        prop_assert!(asked <= fields.len());
    }

    /// A valid signature stays one, whatever is appended after its `l=`, and never counts bytes that are not there.
    #[test]
    fn what_length_leaves_out_is_counted(length in 0_u64..40, more in body()) {
        let key = if length % 16 == 0 { Key::rsa() } else { Key::ed25519() };
        let algorithm = if length % 16 == 0 { "rsa-sha256" } else { "ed25519-sha256" };
        let message = b"From: a@example.jp\r\n\r\nHello  there.\r\nAnd  more of it.\r\n";
        let tags = format!("v=1; a={algorithm}; c=relaxed/relaxed; d=example.jp; s=sel; h=From; l={length}");
        let signed = [sign(message, "DKIM-Signature", &tags, &key).as_slice(), &more].concat();
        let bytes = signed.len();
        let analysis = analysis(signed, vec![key.record().into_bytes()]);
        let signature = &analysis.facts.dkim[0];
        hold(&analysis, bytes);
        let covered = signature.canonical_body.unwrap().min(length);
        let uncovered = u64::try_from(signature.uncovered_bytes.unwrap_or(0)).unwrap();
        prop_assert_eq!(covered + uncovered, signature.canonical_body.unwrap());
        prop_assert_eq!(uncovered > 0, signature.uncovered_from.is_some());
    }
}

/// Thousands of signatures cost no more than the first fifty, and are told in a few findings.
#[test]
fn two_thousand_signatures_are_bounded_work() {
    use std::fmt::Write;
    let key = Key::ed25519();
    let plain = "From: Shop <shop@example.jp>\r\nTo: a@example.com\r\nSubject: x\r\n\r\nThank you.\r\n";
    let tags = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=own; h=From:To:Subject";
    let signed = sign(plain.as_bytes(), "DKIM-Signature", tags, &key);
    let mut junk = String::new();
    for number in 0..2_000 {
        write!(junk, "DKIM-Signature: {}; bh=AA==; b=AA==\r\n", tags.replace("s=own", &format!("s=s{number}")))
            .unwrap();
    }
    let input = [junk.as_bytes(), &signed].concat();
    let bytes = input.len();
    let analysis = analysis(input, vec![b"v=DKIM1;; k=rsa; t=y; g=; p=".to_vec(), key.record().into_bytes()]);
    assert_eq!(analysis.facts.dkim.len(), 2_001);
    let verified = analysis.facts.dkim.iter().filter(|signature| signature.reason != Reason::LimitExceeded);
    assert_eq!(verified.count(), Signature::MAX_VERIFIED);
    let keys = analysis.questions.iter().filter(|entry| entry.question.name.contains("_domainkey"));
    assert_eq!(keys.count(), Signature::MAX_VERIFIED);

    // The findings are about ten of them at most, and one says so.
    let about: BTreeSet<usize> = analysis
        .findings
        .iter()
        .flat_map(|finding| {
            let places = std::iter::once(&finding.evidence).chain(&finding.more);
            places.filter_map(|place| match place {
                Evidence::Bytes(span) => analysis.facts.dkim.iter().position(|signature| signature.span == *span),
                Evidence::Step(_) | Evidence::Question(_) => None,
            })
        })
        .collect();
    assert!(about.len() <= 11, "{about:?}");
    let codes: Vec<&str> = analysis.findings.iter().map(|finding| finding.problem.code()).collect();
    assert!(codes.contains(&"dkim-many") && codes.len() <= 60, "{codes:?}");

    // What people read is bounded; the report for programs has every signature.
    let written = |name: &str| {
        let export = EXPORTS.iter().find(|export| export.name == name).unwrap();
        export.write(&analysis, Lang::En)
    };
    assert!(written("text").lines().count() < 3_000, "{} lines", written("text").lines().count());
    let report: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!(report["dkim"].as_array().unwrap().len(), 2_001);
    hold(&redact(&analysis), bytes);
}

/// The author domain's own signature is found among others that come before it.
#[test]
fn the_own_signature_is_among_those_that_are_judged() {
    let key = Key::ed25519();
    let plain = b"From: Shop <shop@example.jp>\r\nTo: a@example.com\r\nSubject: x\r\n\r\nThank you.\r\n";
    let tags = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=own; h=From:To:Subject";
    let signed = sign(plain, "DKIM-Signature", tags, &key);
    let junk =
        format!("DKIM-Signature: {}; bh=AA==; b=AA==\r\n", tags.replace("example.jp", "example.net")).repeat(300);
    let analysis = analysis([junk.as_bytes(), &signed].concat(), vec![key.record().into_bytes()]);
    let own = analysis.facts.dkim.last().unwrap();
    assert_eq!((own.result, own.reason), (DkimResult::Pass, Reason::Verified));
}
