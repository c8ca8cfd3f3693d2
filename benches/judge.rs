//! How long one message takes, as a whole and by evaluator, on the embedded samples with their recorded DNS.
//!
//! Figures and how they came about stand in `benches/README.md`; a test never measures time.

#![expect(clippy::unwrap_used, reason = "a sample that cannot be read must end the run")]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::dmarc::{self, Candidate};
use hopscope::auth::{Moments, arc, dkim, second, spf};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::Message;
use hopscope::samples::Sample;
use jiff::Timestamp;

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

fn moments() -> Moments {
    Moments { judged_at: now(), now: now() }
}

fn names() -> impl Iterator<Item = &'static str> {
    Sample::ALL.into_iter().map(Sample::name)
}

fn judge(sample: Sample, dns: &Snapshot) -> Analysis {
    analyze(Message::read(sample.message().to_vec()), Options::default(), &Ledger::new(dns), now())
}

/// Everything: path, SPF, DKIM, ARC, DMARC, the second engine, the findings.
#[divan::bench(args = names())]
fn analyse(bencher: Bencher<'_, '_>, name: &str) {
    let sample = Sample::named(name).unwrap();
    let dns = sample.snapshot().unwrap();
    bencher.counter(BytesCount::new(sample.message().len())).bench(|| judge(sample, &dns));
}

/// The signatures of all samples.
#[divan::bench]
fn dkim_of_all_samples(bencher: Bencher<'_, '_>) {
    let read = |sample: Sample| (Message::read(sample.message().to_vec()), sample.snapshot().unwrap());
    let inputs: Vec<(Message, Snapshot)> = Sample::ALL.into_iter().map(read).collect();
    let verify = |(message, dns): &(Message, Snapshot)| dkim::verify(message, moments(), &Ledger::new(dns));
    let signatures: usize = inputs.iter().map(|input| verify(input).len()).sum();
    bencher.counter(ItemsCount::new(signatures)).bench(|| {
        for input in &inputs {
            black_box(verify(input));
        }
    });
}

/// The envelope sender of a sample: a short record, and one that leads over the limit of look-ups.
#[divan::bench(args = ["order-confirmation", "spf-too-many-lookups"])]
fn spf_of(bencher: Bencher<'_, '_>, name: &str) {
    let sample = Sample::named(name).unwrap();
    let dns = sample.snapshot().unwrap();
    let check = judge(sample, &dns).facts.spf.mail_from.unwrap();
    let session = spf::Session { ip: check.ip, helo: None, receiver: None, timestamp: 0 };
    bencher.bench(|| spf::check(&check.sender, &session, &Ledger::new(&dns)));
}

/// Discovery and alignment, the identifiers being there.
#[divan::bench(args = names())]
fn dmarc_of(bencher: Bencher<'_, '_>, name: &str) {
    let sample = Sample::named(name).unwrap();
    let dns = sample.snapshot().unwrap();
    let found = judge(sample, &dns).facts.dmarc;
    let candidate = |identifier: &dmarc::Identifier| Candidate {
        source: identifier.source,
        domain: identifier.domain.clone(),
        authentication: identifier.authentication,
    };
    let input = dmarc::Input {
        from_fields: vec![vec![found.author_domain.clone()]],
        identifiers: found.identifiers.iter().map(candidate).collect(),
        ..dmarc::Input::default()
    };
    bencher.bench(|| dmarc::check(&input, &Ledger::new(&dns)));
}

/// What the second opinion adds to [`analyse`].
#[divan::bench(args = names())]
fn second_engine(bencher: Bencher<'_, '_>, name: &str) {
    let sample = Sample::named(name).unwrap();
    let dns = sample.snapshot().unwrap();
    let analysis = judge(sample, &dns);
    let facts = &analysis.facts;
    let chain = arc::check(&analysis.message, moments(), &Ledger::new(&dns));
    bencher.bench(|| {
        second::compare(&second::Input {
            message: &analysis.message,
            moments: moments(),
            helo: None,
            receiver: None,
            mail_from: facts.spf.mail_from.as_ref(),
            helo_check: facts.spf.helo.as_ref(),
            header_from: facts.spf.header_from.as_ref(),
            dkim: &facts.dkim,
            arc: &chain,
            dmarc: &facts.dmarc,
            entries: &analysis.questions,
        })
    });
}
