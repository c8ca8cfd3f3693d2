//! No record, no From field and no ARC set breaks the evaluators or leads them beyond their limits, and nothing that stands
//! beside DMARC changes its result.

use hopscope::analyze::{Options, analyze};
use hopscope::auth::arc::{Arc, ArcResult};
use hopscope::auth::dmarc::{
    self, Authentication, Candidate, Dmarc, DmarcResult, Envelope, FromState, IdentifierSource, Input, MAX_AUTHORS,
    MAX_DESTINATIONS, MAX_IDENTIFIER_WALKS, MAX_WALK_QUESTIONS, Reason, record,
};
use hopscope::dns::{Answer, Data, Failure, Ledger, Lookup, Origin, Question, RecordType, Timed};
use hopscope::export::EXPORTS;
use hopscope::message::Message;
use hopscope::text::Lang;
use proptest::prelude::*;

/// Answers by the name: one of the texts, or a failure.
#[derive(Debug, Clone)]
struct Zone {
    answers: Vec<Result<Vec<Vec<u8>>, Failure>>,
}

impl Lookup for Zone {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        questions.iter().map(|question| Timed { answer: self.answer(question), millis: None }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot("test".to_owned())
    }
}

impl Zone {
    fn answer(&self, question: &Question) -> Answer {
        let place = question.name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let records = match &self.answers[place % self.answers.len()] {
            Ok(texts) if question.kind == RecordType::Txt => {
                Ok(texts.iter().map(|text| Data::Text(text.chunks(9).map(<[u8]>::to_vec).collect())).collect())
            }
            Ok(_) => Err(Failure::NoData),
            Err(failure) => Err(*failure),
        };
        Answer { records, cname: Vec::new(), ttl: None, authentic: false }
    }
}

/// Tags as publishers write them, and as they should not.
fn tag() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        proptest::sample::select(vec![
            "p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf", "pct", "rf", "ri", "P", "v", "x"
        ])
        .prop_map(str::to_owned),
        "[a-z_0-9 ]{0,6}",
    ];
    let value = prop_oneof![
        proptest::sample::select(vec![
            "none",
            "quarantine",
            "reject",
            "y",
            "n",
            "u",
            "r",
            "s",
            "0:1:d",
            "mailto:a@example.net",
            "mailto:a@b.example.com,mailto:c@[192.0.2.1]!10m,x@y,https://z.example/",
            "",
        ])
        .prop_map(str::to_owned),
        ".{0,20}",
    ];
    (name, value).prop_map(|(name, value)| format!("{name}={value}"))
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => (proptest::sample::select(vec!["v=DMARC1", "v=dmarc1", " v=DMARC1", "V = DMARC1", "v=DMARC1 "]),
            proptest::collection::vec(tag(), 0..8))
            .prop_map(|(version, tags)| format!("{version};{}", tags.join(";")).into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..60),
        1 => Just(b";=".repeat(2_000)),
        1 => Just([b"v=DMARC1; p=none; rua=".to_vec(), b"mailto:a@x.example,".repeat(200)].concat()),
    ]
}

fn zone() -> impl Strategy<Value = Zone> {
    let failures = [Failure::NxDomain, Failure::NoData, Failure::Timeout, Failure::NotInSnapshot, Failure::ServFail];
    let answer = prop_oneof![
        2 => proptest::collection::vec(text(), 1..3).prop_map(Ok),
        3 => proptest::sample::select(failures.to_vec()).prop_map(Err),
    ];
    proptest::collection::vec(answer, 1..6).prop_map(|answers| Zone { answers })
}

fn domain() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::sample::select(vec!["example.com", "a.example.com", "b.example.com", "example.co.jp", "com"])
            .prop_map(str::to_owned),
        2 => "([a-c]\\.){0,12}example\\.com",
        1 => "[a-z]{60}(\\.[a-z]{60}){0,4}",
        1 => "例え\\.jp|xn--[a-z0-9]{1,5}\\.jp|\\[192\\.0\\.2\\.1\\]|\\.|",
        1 => ".{0,12}",
    ]
}

fn input() -> impl Strategy<Value = Input> {
    let mailboxes = proptest::collection::vec(proptest::option::weighted(0.9, domain()), 0..4);
    let authentication = proptest::sample::select(vec![
        Authentication::Passed,
        Authentication::NotPassed,
        Authentication::TempError,
        Authentication::NotEvaluated,
    ]);
    let identifiers = proptest::collection::vec((domain(), authentication), 0..15);
    (proptest::collection::vec(mailboxes, 0..3), identifiers, any::<bool>(), any::<bool>()).prop_map(
        |(from_fields, identifiers, is_whole, is_known)| Input {
            from_fields,
            from: if is_whole { FromState::Whole } else { FromState::PartlyUnreadable },
            identifiers: identifiers
                .into_iter()
                .enumerate()
                .map(|(index, (domain, authentication))| Candidate {
                    source: index.checked_sub(1).map_or(IdentifierSource::Spf, IdentifierSource::Dkim),
                    domain,
                    authentication,
                })
                .collect(),
            envelope: if is_known { Envelope::Known } else { Envelope::Unknown },
        },
    )
}

/// The most questions of one evaluation: the walk, existence, the walks of identifiers.
const EVALUATION: usize = MAX_WALK_QUESTIONS + 1 + MAX_IDENTIFIER_WALKS * MAX_WALK_QUESTIONS;
/// Beside it: two names of the Public Suffix List, and each destination with its walk.
const BESIDE: usize = 2 + MAX_DESTINATIONS * (MAX_WALK_QUESTIONS + 1);

fn assert_limits(dmarc: &Dmarc, asked: usize) {
    assert!(asked <= MAX_AUTHORS.max(1) * EVALUATION + BESIDE, "{asked} questions");
    if dmarc.would_be.is_empty() {
        assert!(asked <= EVALUATION + BESIDE, "{asked} questions");
    }
    assert!(dmarc.walk.len() <= MAX_WALK_QUESTIONS);
    assert!(dmarc.would_be.len() <= MAX_AUTHORS);
    assert!(dmarc.destinations.len() <= 2 * MAX_DESTINATIONS);
    for text in dmarc.walk.iter().flat_map(|step| &step.texts).chain(&dmarc.record) {
        let record = &text.record;
        let spans = record.problems.iter().map(|problem| problem.span);
        for span in spans.chain(record.parts().iter().map(|part| part.span)) {
            assert!(span.start <= span.end && span.end <= record.bytes.len());
        }
        assert!(record.problems.len() <= record::MAX_PROBLEMS && record.parts().len() <= record::Record::MAX_PARTS);
    }
}

proptest! {
    #[test]
    fn no_input_leads_dmarc_beyond_its_limits(zone in zone(), input in input()) {
        let ledger = Ledger::new(&zone);
        let dmarc = dmarc::check(&input, &ledger);
        assert_limits(&dmarc, ledger.entries().len());

        let alone = Ledger::new(&zone);
        let evaluated = dmarc::evaluate(&input, &alone);
        prop_assert!(alone.entries().len() <= EVALUATION);
        // What stands beside changes nothing.
        prop_assert_eq!((evaluated.result, evaluated.reason, evaluated.policy), (dmarc.result, dmarc.reason, dmarc.policy));
        prop_assert_eq!(&evaluated.identifiers, &dmarc.identifiers);

        // A pass has an identifier that passed and is aligned, and one author domain.
        let carries = dmarc.identifiers.iter().any(|one| one.authentication == Authentication::Passed && one.is_aligned());
        let applies = dmarc.record.is_some() && dmarc.reason != Reason::SwitchedOff;
        prop_assert_eq!(dmarc.result == DmarcResult::Pass, carries && applies);
        prop_assert!(dmarc.result != DmarcResult::NotApplicable || dmarc.author_domain.is_none());
        for language in Lang::ALL {
            for compared in dmarc.compared() {
                prop_assert!(!language.words().relation(compared).is_empty());
            }
        }
    }

    #[test]
    fn no_bytes_are_a_record_that_cannot_be_shown(text in text()) {
        let record = record::read(&text);
        for part in record.parts() {
            for language in Lang::ALL {
                prop_assert!(!language.words().record_part(part.name, &record).is_empty());
            }
        }
    }

    #[test]
    fn no_arc_set_changes_dmarc(fields in proptest::collection::vec(arc_field(), 0..60), zone in zone()) {
        let base = "Received: from a.example.com (a.example.com [192.0.2.1]) by mx.example.net (Postfix) with ESMTP; \
                    Fri, 20 Nov 2026 10:00:00 +0900\r\n";
        let rest = "From: a@a.example.com\r\nSubject: x\r\n\r\nhi\r\n";
        let now = "2026-11-22T00:00:00Z".parse().expect("a moment");
        let run = |arc: &str| {
            let message = Message::read(format!("{base}{arc}{rest}").into_bytes());
            analyze(message, Options::default(), &Ledger::new(&zone), now)
        };
        let (with, without) = (run(&fields.concat()), run(""));
        let outcome = |dmarc: &Dmarc| (dmarc.result, dmarc.reason, dmarc.policy, dmarc.identifiers.clone());
        prop_assert_eq!(outcome(&with.facts.dmarc), outcome(&without.facts.dmarc));
        let arc = &with.facts.arc;
        prop_assert_eq!(arc.result == ArcResult::None, fields.is_empty());
        prop_assert!(arc.instances.len() <= usize::try_from(Arc::MAX_INSTANCES).expect("a small number"));
        prop_assert!(arc.result != ArcResult::Pass, "nothing here is signed");
        for export in EXPORTS {
            prop_assert!(!export.write(&with, Lang::Ja).is_empty());
        }
    }
}

fn arc_field() -> impl Strategy<Value = String> {
    let name = proptest::sample::select(vec!["ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results"]);
    let i = prop_oneof![4 => (0_u32..4).prop_map(|i| format!("i={i}; ")), 1 => "i=[0-9]{0,4};? ?|[a-z ;=]{0,5}"];
    let tags = proptest::sample::select(vec![
        "a=rsa-sha256; cv=none; d=example.com; s=s; b=AAAA",
        "a=ed25519-sha256; cv=pass; d=b.example.com; s=s; t=1; b=AAAA",
        "a=rsa-sha256; cv=fail; d=example.org; s=s; b=",
        "a=rsa-sha256; d=example.com; s=s; h=from:arc-seal; bh=AAAA; b=AAAA; c=relaxed/relaxed",
        "mx.example.net; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com; dmarc=pass header.from=a.example.com",
        "mx.example.net; dmarc=pass header.from=(((;;\"",
        "",
    ]);
    (name, i, tags).prop_map(|(name, i, tags)| format!("{name}: {i}{tags}\r\n"))
}
