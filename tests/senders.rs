//! Who sent the messages of the shared corpus, where it is there: against a list that was read by eye.

#![expect(clippy::unwrap_used, reason = "a list that cannot be read must fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::container::Container;
use serde::Serialize;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
const EXPECTED: &str = include_str!("senders/expected.txt");

/// Service, relation and kind, as the list writes them.
type Told = [String; 3];

fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn analysis(file: &Path, dns: &Snapshot) -> Analysis {
    let message = Container::of_bytes(fs::read(file).unwrap()).and_then(|container| container.first()).unwrap();
    analyze(message, Options::default(), &Ledger::new(dns), "2026-11-22T00:00:00Z".parse().unwrap())
}

fn told(analysis: &Analysis) -> Told {
    let sender = &analysis.facts.sender;
    let named = [&sender.service, &sender.carrier].into_iter().flatten().map(|one| one.service.id.as_str());
    let named: Vec<&str> = named.collect();
    let service = if named.is_empty() { "-".to_owned() } else { named.join("+") };
    [service, word(&sender.relationship.kind), word(&analysis.facts.stream.kind)]
}

fn marks(analysis: &Analysis) -> String {
    let sender = &analysis.facts.sender;
    let shown = sender.named().map(|one| {
        let marks: Vec<String> = one.marks.iter().map(|mark| format!("{:?} {}", mark.proof, mark.name)).collect();
        format!("{} ({:?}: {})", one.service.id, one.assurance, marks.join(", "))
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// How often something was to be named, was named, and was named rightly.
#[derive(Debug, Default)]
struct Count {
    wanted: usize,
    named: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, expected: &str, found: &str, nothing: &str) {
        self.wanted += usize::from(expected != nothing);
        self.named += usize::from(found != nothing);
        self.right += usize::from(found != nothing && expected == found);
    }
}

/// Nobody is named wrongly, and nearly everybody is named who can be.
#[test]
fn the_list_is_told_as_by_eye() {
    let root = Path::new(CORPUS);
    if !root.join("msgs").is_dir() {
        eprintln!("skipped: no corpus");
        return;
    }
    let dns = Snapshot::read(&root.join("dns.zone")).unwrap();
    let lines = EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut counts: [Count; 3] = Default::default();
    let (mut wrong, mut messages) = (String::new(), 0);
    for line in lines {
        let [file, service, relation, stream] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let analysis = analysis(&root.join("msgs").join(file), &dns);
        let found = told(&analysis);
        messages += 1;
        for ((count, (expected, found)), nothing) in
            counts.iter_mut().zip([service, relation, stream].into_iter().zip(&found)).zip(["-", "unknown", "unknown"])
        {
            count.add(expected, found, nothing);
        }
        if found != [service, relation, stream] {
            let _ = writeln!(
                wrong,
                "{file}\n    expected {service} {relation} {stream}\n    found    {} [{}]",
                found.join(" "),
                marks(&analysis)
            );
        }
    }
    for (what, Count { wanted, named, right }) in ["service", "relation", "kind"].iter().zip(&counts) {
        eprintln!("{what}: {named} named, {right} of them rightly; {right} of {wanted} found");
    }
    assert!(messages >= 120, "{messages} messages");
    assert!(wrong.is_empty(), "{messages} messages\n{wrong}");
}
