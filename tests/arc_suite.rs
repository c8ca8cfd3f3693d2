//! The validation tests of the ARC suite (RFC 8617), and the chains of the corpus against three other verifiers.

mod support;

use std::fs;
use std::path::Path;

use hopscope::auth::Moments;
use hopscope::auth::arc::{self, Arc, ArcResult, ChainValidation, PartState, Reason};
use hopscope::dns::{Ledger, Offline, Snapshot};
use hopscope::message::Message;

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
