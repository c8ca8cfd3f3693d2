//! Every change that the program offers, for every message of `tests/mail` and every sample: made as a snapshot over the
//! case's own, it keeps its promise.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

mod tagged;

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::dkim::DkimResult;
use hopscope::auth::iprev::IprevResult;
use hopscope::auth::spf::{self, SpfResult};
use hopscope::dns::{Data, Ledger, Lookup, Overlay, Snapshot, Source};
use hopscope::fix::{Change, Content, Current, DmarcStep, Fix, KeyStep, Kind, Outcome, Piece, SpfStep, Withheld};
use hopscope::message::Message;
use hopscope::message::container::Container;
use hopscope::samples::Sample;
use hopscope::sender::services::Known;
use hopscope::text::Lang;
use tagged::{values, word};

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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail")
}

fn cases() -> Vec<Case> {
    let folder = folder();
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

/// What is proposed for each case, in words that no translation changes: `fix.snap`, where there is anything.
#[test]
fn every_fix_reads_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut differing = Vec::new();
    for case in cases().into_iter().filter(|case| folder().join(&case.name).is_dir()) {
        let analysis = case.analysis(case.lookup.as_ref());
        let path = folder().join(&case.name);
        if analysis.fixes.is_empty() {
            if path.join("fix.snap").exists() {
                differing.push(case.name);
            }
            continue;
        }
        settings.set_snapshot_path(path);
        let text: String = analysis.fixes.iter().map(told).collect();
        let compare = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!("fix", text)));
        if catch_unwind(compare).is_err() {
            differing.push(case.name);
        }
    }
    assert!(differing.is_empty(), "these cases differ: {}", differing.join(", "));
}

fn told(fix: &Fix) -> String {
    let mut text = format!("{}\n", values(&fix.kind));
    let codes = [&fix.findings, &fix.toward].map(|codes| codes.join(", "));
    let _ = writeln!(text, "  answers: {}; toward: {}; who: {}", codes[0], codes[1], word(&fix.actor));
    for change in &fix.changes {
        let _ = writeln!(text, "  {} {}", written(&change.name), change.place.word());
        match &change.current {
            Current::Unknown => text += "    now: not known\n",
            Current::Records(records) if records.is_empty() => text += "    now: none\n",
            Current::Beside(records) => {
                for record in records {
                    let _ = writeln!(text, "    stays: {}", written(record));
                }
            }
            Current::Records(records) | Current::Tried { records, .. } => {
                for record in records {
                    let _ = writeln!(text, "    now: {}", written(record));
                }
            }
        }
        let _ = writeln!(text, "    new: {}", written(&change.new));
    }
    let _ = writeln!(text, "  {}", values(&fix.outcome));
    text
}

/// Placeholders by their code, what changed in braces.
fn written(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match &piece.content {
        Content::Text(text) if piece.changed => format!("{{{text}}}"),
        Content::Text(text) => text.clone(),
        Content::Placeholder(placeholder) => format!("<{}>", values(placeholder)),
    };
    pieces.iter().map(piece).collect()
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

fn kinds(fixes: &[Fix]) -> Vec<String> {
    fixes.iter().map(|fix| format!("{} {}", values(&fix.kind), values(&fix.outcome))).collect()
}

/// What is proposed for the key of a signed message whose key record is that; without one, the name has none.
fn key_fix(record: Option<&str>, key_file: Option<&str>) -> Option<Fix> {
    let case = folder().join("dkim-testing");
    let text = fs::read_to_string(case.join("dns")).unwrap();
    let rest: Vec<&str> = text.lines().filter(|line| !line.starts_with("s1._domainkey")).collect();
    let mut zone = rest.join("\n") + "\n";
    if let Some(record) = record {
        let escaped = record.replace('\\', "\\\\").replace('"', "\\\"");
        zone = format!("s1._domainkey.example.jp. TXT \"{escaped}\"\n{zone}");
    }
    let mut lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "dns").unwrap());
    if let Some(record) = key_file {
        let keys = Snapshot::parse(&format!("s1._domainkey.example.jp. TXT \"{record}\"\n"), "old.dns").unwrap();
        lookup = Arc::new(Overlay::keys(Arc::new(keys), lookup));
    }
    let message = Message::read(fs::read(case.join("message.eml")).unwrap());
    let case = Case { name: "key".to_owned(), message, lookup };
    let fixes = case.analysis(case.lookup.as_ref()).fixes;
    fixes.into_iter().find(|fix| matches!(fix.kind, Kind::DkimKey { .. }))
}

/// A record that can mean one key only is mended, and the signature of the message proves it.
#[test]
fn a_mended_key_is_proved_by_the_signature() {
    const KEY: &str = "B8RtF1iR6leLMDPMbQ/pfgeGAMY/FIkJowMTgDKNm1Q=";
    for broken in [
        "\"v=DKIM1; k=ed25519; p=KEY\"",
        "v=DKIM1\\; k=ed25519\\; p=KEY",
        "k=ed25519; p=KEY; v=DKIM1",
        "v=DKIM1; k=ed25519; KEY",
        "v=DKIM1; k=rsa; p=KEY",
        "v=DKIM1; k=ed25519; p=-----BEGIN PUBLIC KEY-----KEY-----END PUBLIC KEY-----",
        "v=DKIM1; h=sha1; k=ed25519; p=KEY",
    ] {
        let fix = key_fix(Some(&broken.replace("KEY", KEY)), None).unwrap_or_else(|| panic!("{broken}"));
        let is_proved = matches!(fix.outcome, Outcome::Proved { dkim: Some(DkimResult::Pass), .. });
        assert!(is_proved, "{broken}: {:?}", fix.outcome);
        assert_eq!(fix.changes[0].trial_value().unwrap(), format!("v=DKIM1; k=ed25519; p={KEY}"), "{broken}");
    }
    let lost = key_fix(Some("v=DKIM1; k=ed25519; p=\"B8RtF1iR6leL\""), None).unwrap();
    assert_eq!((values(&lost.outcome), lost.changes[0].trial_value()), ("needs-value".to_owned(), None));
    let missing = key_fix(None, None).unwrap();
    assert!(matches!(&missing.kind, Kind::DkimKey { steps, .. } if *steps == [KeyStep::Publish]), "{missing:?}");
    assert_eq!(key_fix(Some(&format!("v=DKIM1; k=ed25519; p={KEY}")), None), None);
    // The record of the key file is the value.
    let record = format!("v=DKIM1; k=ed25519; p={KEY}");
    let given = key_fix(None, Some(&record)).unwrap();
    assert!(matches!(given.outcome, Outcome::Proved { dkim: Some(DkimResult::Pass), .. }), "{given:?}");
    assert_eq!(given.changes[0].trial_value(), Some(record));
}

/// The include of a service whose server it is, as the service documents it, and tried: where it does not let the server in,
/// it is left to the console.
#[test]
fn the_include_of_a_service_is_merged_and_tried() {
    let zone = |spf: &str| {
        format!(
            "example.jp. TXT \"v=spf1 ip4:192.0.2.99 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\namazonses.com. TXT \"{spf}\""
        )
    };
    let host = "a8-50.smtp-out.amazonses.com";
    let right = proposed("example.jp", host, &zone("v=spf1 ip4:192.0.2.0/24 -all"));
    let fix = spf_of(&right);
    assert_eq!(fix.changes[0].trial_value().unwrap(), "v=spf1 ip4:192.0.2.99 include:amazonses.com -all");
    assert!(matches!(fix.outcome, Outcome::Proved { spf: Some(SpfResult::Pass), .. }), "{:?}", kinds(&right));
    let wrong = proposed("example.jp", host, &zone("v=spf1 ip4:198.51.100.0/24 -all"));
    assert_eq!(spf_of(&wrong).outcome, Outcome::NeedsValue, "{:?}", kinds(&wrong));
    // What others report is offered with a word of caution, what is known from memory is left open.
    let reported =
        "example.jp. TXT \"v=spf1 ip4:192.0.2.99 -all\"\n_spf.activegate-ss.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"";
    let fixes = proposed("example.jp", "ss01.activegate-ss.jp", reported);
    let Kind::Spf { steps, .. } = &spf_of(&fixes).kind else { panic!("{fixes:?}") };
    let is_likely = |step: &SpfStep| matches!(step, SpfStep::AllowService { service, known: Known::Reported } if !service.is_proved);
    assert!(steps.iter().any(is_likely), "{steps:?}");
    let said = Lang::En.words().fix(spf_of(&fixes)).conditions.join(" ");
    assert!(said.contains("reported by others") && said.contains("likely, not proved"), "{said}");
    let hint = proposed("example.jp", "out1.mail.aliyun.com", "example.jp. TXT \"v=spf1 ip4:192.0.2.99 -all\"");
    assert_eq!(spf_of(&hint).outcome, Outcome::NeedsValue, "{:?}", kinds(&hint));
    assert!(written(&spf_of(&hint).changes[0].new).contains("<include>"), "{:?}", kinds(&hint));
}

/// Networks that make a record too long for one packet move to one of their own, and the same servers pass.
#[test]
fn a_long_record_is_split() {
    let networks: Vec<String> = (0..40).map(|number| format!("ip4:198.51.100.{number}")).collect();
    let record = format!("v=spf1 {} ip4:192.0.2.7 -all", networks.join(" "));
    let strings: Vec<String> =
        record.as_bytes().chunks(200).map(|part| format!("\"{}\"", String::from_utf8_lossy(part))).collect();
    let zone = format!("example.jp. TXT {}\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"", strings.join(" "));
    let fixes = proposed("example.jp", "mail2.example.jp", &zone);
    let fix = spf_of(&fixes);
    assert!(matches!(fix.outcome, Outcome::Proved { spf: Some(SpfResult::Pass), .. }), "{:?}", kinds(&fixes));
    assert_eq!(fix.changes[0].trial_value().unwrap(), "v=spf1 include:_spf1.example.jp include:_spf2.example.jp -all");
    let moved: Vec<String> = fix.changes[1..].iter().filter_map(Change::trial_value).collect();
    assert!(networks.iter().all(|network| moved.iter().any(|record| record.split(' ').any(|term| term == network))));
}

/// The reverse name to the letter: the name that the server gives where it leads to the address, else the address of the
/// name, else what nobody but the owner can choose.
#[test]
fn the_reverse_name_is_the_one_that_leads_back() {
    let reverse = |zone: &str| {
        let message = "Return-Path: <support@example.jp>\r\nReceived: from mail2.example.jp (unknown [192.0.2.7]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@example.jp>\r\nSubject: Notice\r\n\r\nHello\r\n";
        let zone = format!(
            "{zone}\nexample.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n$default nxdomain\n"
        );
        let lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "dns").unwrap());
        let case = Case { name: "reverse".to_owned(), message: Message::read(message.as_bytes().to_vec()), lookup };
        let fixes = case.analysis(case.lookup.as_ref()).fixes;
        let fix = fixes.into_iter().find(|fix| matches!(fix.kind, Kind::ReverseName { .. })).unwrap();
        let change = &fix.changes[0];
        (format!("{} {} {}", written(&change.name), change.place.word(), written(&change.new)), fix.outcome)
    };
    let (change, outcome) = reverse("mail2.example.jp. A 192.0.2.7");
    assert_eq!(change, "7.2.0.192.in-addr.arpa PTR {mail2.example.jp}");
    assert!(matches!(outcome, Outcome::Proved { iprev: Some(IprevResult::Pass), .. }), "{outcome:?}");
    let (change, outcome) = reverse("7.2.0.192.in-addr.arpa. PTR mx.example.jp.");
    assert_eq!(change, "mx.example.jp A {192.0.2.7}");
    assert!(matches!(outcome, Outcome::Proved { iprev: Some(IprevResult::Pass), .. }), "{outcome:?}");
    let (change, outcome) = reverse("7.2.0.192.in-addr.arpa. PTR host7.isp.example.");
    assert_eq!((change.as_str(), outcome), ("7.2.0.192.in-addr.arpa PTR <host-name>", Outcome::NeedsValue));
}

/// Whoever runs an address gives it any name: only an address that SPF lets pass is one for the domain's own name.
#[test]
fn a_reverse_name_alone_gets_no_address_record() {
    let forward = |spf: &str| {
        let message = "Return-Path: <support@example.jp>\r\nReceived: from mail.example.jp (unknown [203.0.113.66]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@example.jp>\r\nSubject: Notice\r\n\r\nHello\r\n";
        let zone = format!(
            "66.113.0.203.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.5\nexample.jp. MX 10 mail.example.jp.\nexample.jp. TXT \"{spf}\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n$default nxdomain\n"
        );
        let lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "dns").unwrap());
        let case = Case { name: "forward".to_owned(), message: Message::read(message.as_bytes().to_vec()), lookup };
        let fixes = case.analysis(case.lookup.as_ref()).fixes;
        let changes =
            fixes.into_iter().filter(|fix| matches!(fix.kind, Kind::ReverseName { .. })).flat_map(|fix| fix.changes);
        changes.map(|change| format!("{} {}", written(&change.name), change.place.word())).collect::<Vec<_>>()
    };
    for other in ["v=spf1 mx ~all", "v=spf1 mx ?all", "v=spf1 +all"] {
        assert_eq!(forward(other), [""; 0], "{other}");
    }
    assert_eq!(forward("v=spf1 ip4:203.0.113.66 -all"), ["mail.example.jp A"]);
}

/// The only change is to the case of the version or of a tag: it is one.
#[test]
fn a_change_of_case_is_a_change() {
    for (record, mended) in [("v=dmarc1; p=none", "v=DMARC1; p=none"), ("v=DMARC1; P=none", "v=DMARC1; p=none")] {
        let zone = format!("example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"{record}\"");
        let fixes = proposed("example.jp", "mail2.example.jp", &zone);
        let fix = fixes.iter().find(|fix| matches!(fix.kind, Kind::Dmarc { .. }));
        let new = fix.and_then(|fix| fix.changes.first()).and_then(Change::trial_value).unwrap_or_default();
        assert!(new.starts_with(mended), "{record}: {:?}", kinds(&fixes));
    }
}

/// A record has one end, behind everything that it lists, and what was meant for a network is one.
#[test]
fn an_spf_record_is_written_with_one_end() {
    let new = |record: &str| {
        let zone = format!("example.jp. TXT \"v=spf1 {record}\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"");
        let fixes = proposed("example.jp", "192-0-2-7.example.jp", &zone);
        spf_of(&fixes).changes.first().map(|change| Piece::plain(&change.new))
    };
    for (record, expected) in [
        ("ip4:192.0.2.1 all ip4:192.0.2.7 -all", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.7 ~all"),
        ("all ip4:192.0.2.7", "v=spf1 ip4:192.0.2.7 ~all"),
        ("ip4=192.0.2.7 -all", "v=spf1 ip4:192.0.2.7 -all"),
        ("-all ip4=192.0.2.7", "v=spf1 ip4:192.0.2.7 -all"),
    ] {
        assert_eq!(new(record).as_deref(), Some(expected), "{record}");
    }
    let merged = |other: &str| new(&format!("{other} -all\"\nexample.jp. TXT \"v=spf1 ip4:192.0.2.7 ~all"));
    assert_eq!(merged("-ip4:192.0.2.7 ip4:192.0.2.0/24"), None);
    assert!(merged("ip4:192.0.2.9").is_some());
}

/// Includes that lead nowhere go together, so that what is left can be tried.
#[test]
fn every_dead_include_goes_at_once() {
    let live: Vec<String> = (1..=9).map(|number| format!("include:s{number}.example.jp")).collect();
    let records: Vec<String> =
        (1..=9).map(|number| format!("s{number}.example.jp. TXT \"v=spf1 ip4:192.0.2.{number} -all\"")).collect();
    let zone = format!(
        "{}\nexample.jp. TXT \"v=spf1 include:d1.example.jp include:d2.example.jp\" \" include:d3.example.jp {} -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"",
        records.join("\n"),
        live.join(" ")
    );
    let fixes = proposed("example.jp", "mail2.example.jp", &zone);
    let fix = spf_of(&fixes);
    assert!(matches!(fix.outcome, Outcome::Proved { spf: Some(SpfResult::Pass), .. }), "{:?}", kinds(&fixes));
    assert_eq!(fix.changes[0].trial_value().unwrap(), format!("v=spf1 {} -all", live.join(" ")));
}

/// The envelope's domain is the sender's choice: nothing is proposed for it while nothing proves the author.
#[test]
fn nothing_is_proposed_for_a_domain_that_the_sender_chose() {
    let fixes = |author: &str| {
        let message = format!(
            "Return-Path: <x@example.com>\r\nReceived: from mail.example.com (unknown [203.0.113.66]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@{author}>\r\nSubject: Notice\r\n\r\nHello\r\n"
        );
        let zone = "example.com. TXT \"v=spf1 ip4:192.0.2.1 ~all\"\nexample.com. MX 10 mx.example.com.\n_dmarc.example.com. TXT \"v=DMARC1; p=none\"\nexample.jp. MX 10 mx.example.jp.\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n$default nxdomain\n";
        let lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(zone, "dns").unwrap());
        let case = Case { name: author.to_owned(), message: Message::read(message.into_bytes()), lookup };
        case.analysis(case.lookup.as_ref()).fixes.iter().filter(|fix| matches!(fix.kind, Kind::Spf { .. })).count()
    };
    assert_eq!((fixes("example.jp"), fixes("example.com")), (0, 1));
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
    // Forwarded, what SPF alone carries would be hit.
    assert_eq!(dmarc("v=spf1 ip4:192.0.2.7 -all"), Outcome::NotOffered { why: Withheld::SpfAlone });
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
    assert!(
        steps.contains(&DmarcStep::Once {
            tag: "p".to_owned(),
            kept: "none".to_owned(),
            written: vec!["none".to_owned()]
        }),
        "{steps:?}"
    );
    assert!(!steps.iter().any(|step| matches!(step, DmarcStep::Drop { .. })), "{steps:?}");
}

/// A record for a logo is mended where the recipient's provider looks for one, read again, and never made up.
#[test]
fn a_logo_is_mended_and_not_made_up() {
    let proposed = |bimi: &str| {
        let message = "Return-Path: <news@example.jp>\r\nReceived: from mail.example.jp (mail.example.jp. [192.0.2.7])\r\n by mx.google.com with ESMTPS id a1 for <sato@gmail.com>\r\n (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128); Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <news@example.jp>\r\nTo: <sato@gmail.com>\r\nMessage-ID: <1@example.jp>\r\nSubject: News\r\n\r\nHello\r\n";
        let zone = format!(
            "example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n{bimi}\n7.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.7\nexample.jp. MX 10 mail.example.jp.\n$default nxdomain\n"
        );
        let lookup: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "dns").unwrap());
        let case = Case { name: bimi.to_owned(), message: Message::read(message.as_bytes().to_vec()), lookup };
        let fixes = case.analysis(case.lookup.as_ref()).fixes;
        fixes.into_iter().find(|fix| matches!(fix.kind, Kind::Bimi { .. }))
    };
    let record = |text: &str| format!("default._bimi.example.jp. TXT \"{text}\"");
    let complete = "l=https://example.jp/l.svg; a=https://example.jp/c.pem";
    assert_eq!(proposed(""), None);
    assert_eq!(proposed(&record(&format!("v=BIMI1; {complete}"))), None);
    let fix = proposed(&record(&format!("{complete}; v=BIMI1"))).unwrap();
    assert_eq!(fix.outcome, Outcome::Met);
    assert_eq!(fix.offer()[0].trial_value(), Some(format!("v=BIMI1; {complete}")));
    let fix = proposed(&record("v=BIMI1; l=https://example.jp/l.svg")).unwrap();
    assert_eq!(fix.outcome, Outcome::NeedsValue);
}
