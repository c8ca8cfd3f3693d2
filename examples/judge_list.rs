//! Judges a list of messages on the records of a zone, for `benches/beside_peers`: what the program makes of each on a line,
//! and on standard error how long all of them took.
//!
//! Usage: `judge_list dkim|all ZONE|IP LIST`: signatures and chain alone, or everything; the records of a zone in memory, or
//! whatever that name server answers.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::error::Error;
use std::net::IpAddr;
use std::time::Instant;

use hopscope::analyze::{Options, analyze};
use hopscope::auth::dkim::DkimResult;
use hopscope::auth::{Moments, arc, dkim};
use hopscope::dns::{Choice, Ledger, Lookup, Snapshot};
use hopscope::message::Message;
use jiff::Timestamp;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, zone, list] = arguments.as_slice() else { return Err("usage: judge_list dkim|all ZONE|IP LIST".into()) };
    let dns: Box<dyn Lookup> = if zone.parse::<IpAddr>().is_ok() {
        zone.parse::<Choice>()?.open()?
    } else {
        let zone = std::fs::read_to_string(zone)?;
        Box::new(Snapshot::parse(&format!("$default nxdomain\n{zone}"), "zone")?)
    };
    let now: Timestamp = "2026-11-22T00:00:00Z".parse()?;
    let start = Instant::now();
    let mut count = 0;
    for file in std::fs::read_to_string(list)?.lines() {
        let message = Message::read(std::fs::read(file)?);
        let ledger = Ledger::new(dns.as_ref());
        if what == "all" {
            let analysis = analyze(message, Options::default(), &ledger, now);
            println!("{file}\t{}\t{:?}", passed(&analysis.facts.dkim), analysis.facts.dmarc.result);
        } else {
            let moments = Moments { judged_at: now, now };
            let signatures = dkim::verify(&message, moments, &ledger);
            println!("{file}\t{}\t{:?}", passed(&signatures), arc::check(&message, moments, &ledger).result);
        }
        count += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{count} messages in {seconds:.3} s: {:.0} a second", f64::from(count) / seconds);
    Ok(())
}

/// How many of the signatures pass.
fn passed(signatures: &[dkim::Signature]) -> String {
    let passed = signatures.iter().filter(|signature| signature.result == DkimResult::Pass).count();
    format!("{passed}/{}", signatures.len())
}
