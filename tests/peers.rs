//! What the report says of signatures and chains, against three other verifiers: dkimpy, `Mail::DKIM` and mailauth. It agrees
//! with two of them, or a clause decides.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read must fail the test")]
#![expect(clippy::print_stdout, reason = "says how much was compared, and when nothing was")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hopscope::analyze::{Options, analyze};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::export::EXPORTS;
use hopscope::message::Message;
use hopscope::text::Lang;
use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");

/// The day the others were run.
const NOW: &str = "2026-11-22T00:00:00Z";

/// Signatures in which at least two of the others say something else, and what decides. Each was looked into by hand.
const SIGNATURES: &[(&str, &str)] = &[
    // dkimpy and mailauth do not look at the flag.
    (
        "msgs/dkim_verifier/test_data_dkim_flags_s-auid_is_subdomain_of_sdid.eml",
        "RFC 6376 section 3.6.1, t=s: the domain of i= must not be a subdomain of d=",
    ),
    // All three judge it when they are run; dkimpy with its clock at the receipt passes the signature of each.
    (
        "msgs/dkim_verifier/test_data_original_Fastmail_from_Fastmail_-_How_to_keep_your_email_private.eml",
        EXPIRED_SINCE,
    ),
    (
        "msgs/dkim_verifier/test_data_original_Fastmail_from_Fastmail_-_Welcome_Get_set_up_in_3_steps..eml",
        EXPIRED_SINCE,
    ),
    // mailauth passes it since its version 7, as dkimpy does.
    (
        "msgs/mail-auth/split_dkim_002.eml",
        "RFC 6376 section 3.6.1, k=rsa: p= is an RSAPublicKey, which is what this key is; the SubjectPublicKeyInfo that \
         nearly all write is what the examples have",
    ),
];

const EXPIRED_SINCE: &str =
    "RFC 6376 section 3.5, x=: judged when the message was received, a day before the signature expired";

/// The same for chains.
const CHAINS: &[(&str, &str)] = &[
    // dkimpy and Mail::DKIM do not take the algorithm in chains; mailauth does since its version 7.
    (
        "msgs/mail-auth/split_arc_002.eml",
        "RFC 8617 sections 4.1.2 and 4.1.3 give a= the meaning it has in DKIM, where RFC 8463 section 3 demands \
         ed25519-sha256 of every verifier",
    ),
];

/// What the others say of one message: of each signature, and of the chain.
struct Row {
    dkim: [Vec<bool>; 3],
    arc: [bool; 3],
}

/// By file; `None` where there is no corpus. The messages that are not in it have neither signature nor chain.
fn table() -> Option<BTreeMap<String, Row>> {
    let Ok(text) = std::fs::read_to_string(Path::new(CORPUS).join("peer_results.tsv")) else {
        println!("skipped: no corpus");
        return None;
    };
    let passes = |word: &str| word == "pass" || word.starts_with("pass ");
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let dkim = [2, 3, 4].map(|at| columns[at].split('|').map(passes).collect());
        (columns[0].to_owned(), Row { dkim, arc: [5, 6, 7].map(|at| passes(columns[at])) })
    };
    Some(text.lines().skip(1).map(row).collect())
}

fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(CORPUS).join("msgs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
        }
    }
    files.sort();
    files
}

/// The report of a message, as the program prints it.
fn report(file: &Path, dns: &Snapshot) -> Value {
    let message = Message::read(std::fs::read(file).unwrap());
    let analysis = analyze(message, Options::default(), &Ledger::new(dns), NOW.parse().unwrap());
    let export = EXPORTS.iter().find(|export| export.name == "json").unwrap();
    serde_json::from_str(&export.write(&analysis, Lang::En)).unwrap()
}

fn is_majority(votes: [bool; 3]) -> bool {
    votes.into_iter().filter(|vote| *vote).count() >= 2
}

#[test]
fn the_report_agrees_with_two_of_three_or_a_clause_decides() {
    let Some(table) = table() else { return };
    let zone = std::fs::read_to_string(Path::new(CORPUS).join("dns.zone")).unwrap();
    let dns = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "dns.zone").unwrap();
    let (mut signatures, mut chains) = ((0, 0), (0, 0));
    let (mut other_signatures, mut other_chains) = (Vec::new(), Vec::new());
    for file in files() {
        let name = file.strip_prefix(CORPUS).unwrap().display().to_string();
        let report = report(&file, &dns);
        let own: Vec<bool> = report["dkim"].as_array().unwrap().iter().map(|own| own["result"] == "pass").collect();
        let chain = &report["arc"]["result"];
        let Some(row) = table.get(&name) else {
            assert!(own.is_empty() && chain == "none", "{name}: nobody else sees a signature");
            continue;
        };
        let vote = |at: usize| row.dkim.each_ref().map(|votes| votes.get(at) == Some(&true));
        let listed = row.dkim.iter().map(Vec::len).chain([own.len()]).max().unwrap_or(0);
        if (0..listed).any(|at| is_majority(vote(at)) != (own.get(at) == Some(&true))) {
            other_signatures.push(name.clone());
        }
        if is_majority(row.arc) != (chain == "pass") {
            other_chains.push(name);
        }
        signatures = (signatures.0 + own.len(), signatures.1 + own.iter().filter(|pass| **pass).count());
        chains = (chains.0 + usize::from(chain != "none"), chains.1 + usize::from(chain == "pass"));
    }
    println!(
        "{} signed messages, {} of {} signatures pass, {} of {} chains",
        table.len(),
        signatures.1,
        signatures.0,
        chains.1,
        chains.0
    );
    for (file, clause) in SIGNATURES.iter().chain(CHAINS) {
        println!("{file}: {clause}");
    }
    let decided = |list: &[(&'static str, &str)]| list.iter().map(|(file, _)| *file).collect::<Vec<_>>();
    assert_eq!(other_signatures, decided(SIGNATURES));
    assert_eq!(other_chains, decided(CHAINS));
    assert!(signatures.1 > 50 && chains.1 >= 10);
}
