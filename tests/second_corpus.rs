//! The second engine over the corpus: no difference from ours without a known reason.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read must fail the test")]
#![expect(clippy::print_stdout, reason = "says how much was compared, and when nothing was")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::second::{Agreement, Comparison, Verdict};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::Message;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
const NOW: &str = "2026-11-22T00:00:00Z";

/// The messages below a folder of the corpus, sorted; none where there is no corpus.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(CORPUS).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
        }
    }
    files.sort();
    files
}

#[derive(Default)]
struct Tally {
    /// What was compared and is the same, by part.
    same: BTreeMap<&'static str, usize>,
    known: BTreeMap<String, Vec<String>>,
    not_compared: BTreeMap<String, Vec<String>>,
    open: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: &str, analysis: &Analysis) {
        for compared in &analysis.facts.second.parts {
            let part = compared.part.word();
            match &compared.comparison {
                Comparison::Agrees(Verdict::Arc(hopscope::auth::arc::ArcResult::None)) => {}
                Comparison::Agrees(_) => *self.same.entry(part).or_default() += 1,
                Comparison::NotCompared(why) => {
                    self.not_compared.entry(format!("{part} {why:?}")).or_default().push(name.to_owned());
                }
                Comparison::Differs { ours, theirs, known } if known.is_empty() => {
                    self.open.push(format!("{name}: {:?}: ours {ours:?}, theirs {theirs:?}", compared.part));
                }
                Comparison::Differs { known, .. } => {
                    self.known.entry(format!("{part} {known:?}")).or_default().push(name.to_owned());
                }
            }
        }
    }

    fn print(&self) {
        let listed = std::env::var_os("LIST").is_some();
        println!("the same: {:?}", self.same);
        let differing = self.known.iter().map(|(reason, names)| (format!("differs: {reason}"), names));
        let untold = self.not_compared.iter().map(|(why, names)| (format!("not compared: {why}"), names));
        for (line, names) in differing.chain(untold) {
            println!("{:5} {line}", names.len());
            names.iter().filter(|_| listed).for_each(|name| println!("        {name}"));
        }
    }
}

fn compare(folder: &str, zone: &str) -> Option<(usize, Tally)> {
    let files = files(folder);
    if files.is_empty() {
        println!("skipped: no corpus");
        return None;
    }
    let zone = std::fs::read_to_string(Path::new(CORPUS).join(zone)).unwrap();
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "corpus").unwrap();
    let mut tally = Tally::default();
    for file in &files {
        let name = file.strip_prefix(CORPUS).unwrap().display().to_string();
        let message = Message::read(std::fs::read(file).unwrap());
        let analysis = analyze(message, Options::default(), &Ledger::new(&snapshot), NOW.parse().unwrap());
        assert_eq!(
            analysis.facts.second.agreement() == Agreement::Open,
            analysis.facts.second.unexplained().count() > 0
        );
        tally.add(&name, &analysis);
    }
    tally.print();
    Some((files.len(), tally))
}

#[test]
fn no_message_differs_without_a_known_reason() {
    let Some((messages, tally)) = compare("msgs", "dns.zone") else { return };
    println!("{messages} messages");
    assert!(tally.open.is_empty(), "{} of them:\n{}", tally.open.len(), tally.open.join("\n"));
}

#[test]
fn no_chain_of_the_arc_suite_differs_without_a_known_reason() {
    let Some((messages, tally)) = compare("conformance/arc/msgs", "zones/arc_suite.zone") else { return };
    println!("{messages} chains");
    assert!(tally.open.is_empty(), "{} of them:\n{}", tally.open.len(), tally.open.join("\n"));
}
