//! The public test messages: each gives a report that holds to its description and agrees with itself.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read must fail the test")]
#![expect(clippy::print_stdout, reason = "says how much was read, and when nothing was")]

mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::Alignment;
use hopscope::auth::dkim::{BodyHash, DkimResult, HeaderSignature};
use hopscope::auth::dmarc::{Authentication, DmarcResult};
use hopscope::auth::spf::SpfResult;
use hopscope::check::Verdict;
use hopscope::dns::{Ledger, Snapshot};
use hopscope::export::EXPORTS;
use hopscope::message::container::Container;
use hopscope::text::Lang;
use jiff::Timestamp;
use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// The files of the corpus, sorted; `None` where it is not at hand.
fn files() -> Option<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(CORPUS).join("msgs")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
        }
    }
    files.sort();
    if files.is_empty() {
        println!("skipped: no corpus");
        return None;
    }
    Some(files)
}

fn now() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

#[test]
fn every_message_gives_a_sound_report() {
    let Some(files) = files() else { return };
    let snapshot = Snapshot::read(&Path::new(CORPUS).join("dns.zone")).unwrap();
    let mut wrong = Vec::new();
    let mut headlines: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in &files {
        let name = file.strip_prefix(CORPUS).unwrap().display().to_string();
        let message =
            Container::of_bytes(std::fs::read(file).unwrap()).and_then(|container| container.first()).unwrap();
        let analysis = analyze(message, Options::default(), &Ledger::new(&snapshot), now());
        headlines.entry(analysis.headline.verdict.code()).or_default().push(name.clone());
        for lang in [Lang::En, Lang::Ja] {
            for export in EXPORTS {
                let text = export.write(&analysis, lang);
                if export.name == "json" {
                    let report: Value = serde_json::from_str(&text).unwrap();
                    wrong.extend(schema::problems(&report).into_iter().map(|problem| format!("{name}: {problem}")));
                } else if text.chars().any(|character| character != '\n' && character.is_control()) {
                    wrong.push(format!("{name}: a control character in {}", export.name));
                }
            }
        }
        wrong.extend(contradictions(&analysis).into_iter().map(|problem| format!("{name}: {problem}")));
    }
    let listed = std::env::var_os("LIST").is_some();
    for (code, names) in &headlines {
        println!("{:5} {code}", names.len());
        names.iter().filter(|_| listed).for_each(|name| println!("        {name}"));
    }
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong.join("\n"));
}

/// What cannot be true at the same time.
fn contradictions(analysis: &Analysis) -> Vec<&'static str> {
    let facts = &analysis.facts;
    let counts = |identifier: &&hopscope::auth::dmarc::Identifier| {
        identifier.authentication == Authentication::Passed
            && matches!(identifier.alignment, Some(Alignment::Strict | Alignment::Relaxed))
    };
    let aligned = facts.dmarc.identifiers.iter().any(|identifier| counts(&identifier));
    let spf = facts.spf.mail_from.iter().chain(&facts.spf.helo).chain(&facts.spf.header_from);
    let rules = [
        ("dmarc passes without an aligned identifier", facts.dmarc.result == DmarcResult::Pass && !aligned),
        ("dmarc fails with an aligned identifier", facts.dmarc.result == DmarcResult::Fail && aligned),
        ("dmarc applies without an author domain", {
            matches!(facts.dmarc.result, DmarcResult::Pass | DmarcResult::Fail) && facts.dmarc.author_domain.is_none()
        }),
        ("a signature passes without both of its halves", {
            facts.dkim.iter().any(|signature| {
                signature.result == DkimResult::Pass
                    && (signature.body_hash != BodyHash::Match || signature.header_signature != HeaderSignature::Valid)
            })
        }),
        ("SPF passes without a term that matched", {
            spf.clone().any(|check| check.result == Some(SpfResult::Pass) && check.matched.is_none())
        }),
        ("SPF is over its limit without saying so", {
            spf.clone().any(|check| check.lookups > 10 && check.result == Some(SpfResult::Pass))
        }),
        ("an address is called not allowed, and no record of the author domain says so", {
            let refused = matches!(analysis.headline.verdict, Verdict::Spoofed { ip: Some(_), .. });
            let result = facts.spf.header_from.as_ref().and_then(|check| check.result);
            refused && !matches!(result, Some(SpfResult::Fail | SpfResult::SoftFail))
        }),
        ("there is a boundary without hops", facts.path.boundary.is_some() && facts.path.boundary_hop().is_none()),
        ("the headline rests on nothing", analysis.headline.evidence.is_empty()),
        ("the worst finding does not stand first", {
            !analysis.findings.is_sorted_by(|one, other| one.severity >= other.severity)
        }),
    ];
    rules.into_iter().filter_map(|(rule, broken)| broken.then_some(rule)).collect()
}

#[test]
fn the_program_reports_them_too() {
    let Some(files) = files() else { return };
    for file in files.iter().step_by(97) {
        let output = Command::new(env!("CARGO_BIN_EXE_hopscope"))
            .args(["report", "--format", "json", "--dns"])
            .arg(Path::new(CORPUS).join("dns.zone"))
            .arg(file)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(schema::problems(&report), Vec::<String>::new(), "{}", file.display());
    }
}
