//! Every change that the program offers, for every message of `tests/mail` and every sample: made as a snapshot over the
//! case's own, it keeps its promise.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::spf;
use hopscope::dns::{Data, Ledger, Lookup, Overlay, Snapshot, Source};
use hopscope::fix::{Kind, Outcome, Piece};
use hopscope::message::Message;
use hopscope::message::container::Container;
use hopscope::samples::Sample;

const NOW: &str = "2026-11-22T00:00:00Z";

struct Case {
    name: String,
    message: Message,
    lookup: Arc<dyn Lookup>,
}

impl Case {
    fn analysis(&self, lookup: &dyn Lookup) -> Analysis {
        analyze(self.message.clone(), Options::default(), &Ledger::new(lookup), NOW.parse().unwrap())
    }

    fn with(&self, snapshot: &str) -> Analysis {
        let changes =
            Snapshot::parse(snapshot, "change").unwrap_or_else(|error| panic!("{}: {error}\n{snapshot}", self.name));
        self.analysis(&Overlay::what_if(Arc::new(changes), Arc::clone(&self.lookup)))
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut cases = Vec::new();
    for name in names.into_iter().filter(|name| folder.join(name).is_dir()) {
        let message = fs::read(folder.join(&name).join("message.eml")).unwrap();
        let text = fs::read_to_string(folder.join(&name).join("dns")).unwrap();
        let message = Container::of_bytes(message).and_then(|container| container.first()).unwrap();
        cases.push(Case { name, message, lookup: Arc::new(Snapshot::parse(&text, "dns").unwrap()) });
    }
    for sample in Sample::ALL {
        let message = Message::read(sample.message().to_vec());
        cases.push(Case { name: format!("{sample:?}"), message, lookup: Arc::new(sample.snapshot().unwrap()) });
    }
    cases
}

#[test]
fn every_change_keeps_its_promise() {
    let (mut wrong, mut tried) = (String::new(), 0);
    for case in cases() {
        let before = case.analysis(case.lookup.as_ref());
        for fix in &before.fixes {
            let (Outcome::Proved { verdict, dmarc, spf, lookups }, Some(change)) = (&fix.outcome, &fix.change) else {
                continue;
            };
            tried += 1;
            let after = case.with(&change.snapshot(&before.questions).unwrap());
            let check = after.facts.spf.mail_from.as_ref();
            let found = (
                after.headline.verdict.code(),
                after.facts.dmarc.result,
                check.and_then(|check| check.result),
                check.map(|check| check.lookups),
            );
            if found != (*verdict, *dmarc, *spf, *lookups) {
                let _ = writeln!(wrong, "{}: promised {:?}, came to {found:?}", case.name, fix.outcome);
            }
            for code in &fix.findings {
                assert!(before.findings.iter().any(|finding| finding.problem.code() == *code), "{}: {code}", case.name);
                if after.findings.iter().any(|finding| finding.problem.code() == *code) {
                    let _ = writeln!(wrong, "{}: {code} is still there", case.name);
                }
            }
            assert!(after.questions.iter().any(|entry| entry.source == Source::WhatIf), "{}", case.name);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(tried > 20, "only {tried} changes were tried");
    println!("{tried} changes were tried");
}

#[test]
fn every_new_spf_record_is_one_sound_record() {
    for case in cases() {
        for fix in case.analysis(case.lookup.as_ref()).fixes {
            let (Kind::Spf { .. }, Some(change)) = (&fix.kind, fix.offer()) else { continue };
            let Some(value) = change.trial_value() else { continue };
            assert!(spf::is_sound(&value), "{}: {value}", case.name);
            assert!(
                matches!(fix.outcome, Outcome::Proved { lookups: Some(0..=10), .. } | Outcome::NotTried),
                "{}: {fix:?}",
                case.name
            );
            let before: Vec<Data> = change.current.iter().map(|record| Data::text(&Piece::plain(record))).collect();
            let records = change.applied(&before).unwrap();
            assert_eq!(records.iter().filter_map(Data::joined).filter(|text| spf::is_record(text)).count(), 1);
        }
    }
}
