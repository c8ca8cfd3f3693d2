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
use hopscope::fix::{DmarcStep, Fix, Kind, Outcome, Piece, Withheld};
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
            let Outcome::Proved { verdict, dmarc, spf, lookups, .. } = &fix.outcome else { continue };
            tried += 1;
            let after = case.with(&fix.snapshot(&before.questions).unwrap());
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
            let (Kind::Spf { .. }, Some(change)) = (&fix.kind, fix.offer().first()) else { continue };
            let Some(value) = change.trial_value() else { continue };
            assert!(spf::is_sound(&value), "{}: {value}", case.name);
            assert!(
                matches!(fix.outcome, Outcome::Proved { lookups: Some(0..=10), .. } | Outcome::NotTried),
                "{}: {fix:?}",
                case.name
            );
            let before: Vec<Data> =
                change.current.records().iter().map(|record| Data::text(&Piece::plain(record))).collect();
            let records = change.applied(&before).unwrap();
            assert_eq!(records.iter().filter_map(Data::joined).filter(|text| spf::is_record(text)).count(), 1);
        }
    }
}

/// What is proposed for a message of nobody known from that host (192.0.2.7).
fn proposed(domain: &str, host: &str, zone: &str) -> Vec<Fix> {
    let message = format!(
        "Return-Path: <support@{domain}>\r\nReceived: from {host} ({host} [192.0.2.7]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@{domain}>\r\nTo: <sato@example.net>\r\nSubject: Notice\r\n\r\nHello\r\n"
    );
    let zone = format!(
        "{zone}\n7.2.0.192.in-addr.arpa. PTR {host}.\n{host}. A 192.0.2.7\n{domain}. MX 10 mx.{domain}.\n$default nxdomain\n"
    );
    let lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "dns").unwrap());
    let case = Case { name: host.to_owned(), message: Message::read(message.into_bytes()), lookup };
    case.analysis(case.lookup.as_ref()).fixes
}

fn spf_of(fixes: &[Fix]) -> &Fix {
    fixes.iter().find(|fix| matches!(fix.kind, Kind::Spf { .. })).unwrap()
}

#[test]
fn the_line_of_a_customer_is_not_listed() {
    let zone = "example.jp. TXT \"v=spf1 ip4:192.0.2.99 ~all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"";
    for host in ["p7123-ipbf1402.example.jp", "dhcp-7.example.jp", "pc7.dorm.example.jp", "192-0-2-7.example.jp"] {
        let fixes = proposed("example.jp", host, zone);
        assert_eq!(spf_of(&fixes).outcome, Outcome::NeedsValue, "{host}");
    }
    let fixes = proposed("example.jp", "mail2.example.jp", zone);
    assert!(matches!(spf_of(&fixes).outcome, Outcome::Proved { .. }));
}

#[test]
fn a_pass_of_anybody_is_no_reason_for_a_stricter_policy() {
    let zone = |spf: &str| {
        format!("example.jp. TXT \"{spf}\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.jp\"")
    };
    let dmarc = |spf: &str| {
        let fixes = proposed("example.jp", "mail2.example.jp", &zone(spf));
        fixes.into_iter().find(|fix| matches!(fix.kind, Kind::Dmarc { .. })).unwrap().outcome
    };
    assert_eq!(dmarc("v=spf1 +all"), Outcome::NotOffered { why: Withheld::PassProvesNothing });
    assert!(matches!(dmarc("v=spf1 ip4:192.0.2.7 -all"), Outcome::Proved { .. }));
}

#[test]
fn records_become_one_with_the_milder_end() {
    let zone = |other: &str| {
        format!(
            "example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\nexample.jp. TXT \"v=spf1 {other}\"\n_spf.example.jp. TXT \"v=spf1 ip4:192.0.2.8 ~all\"\nbad.example.jp. TXT \"v=spf1 ip4:192.0.2.300 nonsense:: -all\""
        )
    };
    let merged = |other: &str| {
        let fixes = proposed("example.jp", "mail2.example.jp", &zone(other));
        let fix = spf_of(&fixes).clone();
        (fix.changes[0].trial_value().unwrap(), fix.outcome)
    };
    let (value, _) = merged("ip4:192.0.2.9 -all");
    assert!(value.ends_with(" -all"), "{value}");
    for milder in ["redirect=_spf.example.jp", "ip4:192.0.2.9", "mx ~all"] {
        let (value, outcome) = merged(milder);
        assert!(value.ends_with(" ~all") && matches!(outcome, Outcome::Proved { .. }), "{value}");
    }
    let (value, outcome) = merged("nonsense:: -all");
    assert_eq!(outcome, Outcome::NotOffered { why: Withheld::StillBroken }, "{value}");
}

#[test]
fn a_policy_written_twice_is_not_called_without_effect() {
    let zone = "example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:dmarc@example.jp\"";
    let fixes = proposed("example.jp", "mail2.example.jp", zone);
    let Some(Kind::Dmarc { steps, .. }) =
        fixes.iter().map(|fix| &fix.kind).find(|kind| matches!(kind, Kind::Dmarc { .. }))
    else {
        panic!("{fixes:?}")
    };
    assert!(steps.contains(&DmarcStep::Once { tag: "p".to_owned(), kept: "none".to_owned() }), "{steps:?}");
    assert!(!steps.iter().any(|step| matches!(step, DmarcStep::Drop { .. })), "{steps:?}");
}
