//! What happened, step by step, in every kind of situation: the sentences of both languages stand in `tests/narrative/<situation>.snap`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::check::{Evidence, narrate};
use hopscope::dns::{Ledger, Lookup, Offline, Snapshot};
use hopscope::message::container::Container;
use hopscope::text::Lang;

/// The clock of every situation, some days after the messages.
const NOW: &str = "2026-12-01T00:00:00Z";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn analysis(message: &Path, answers: &dyn Lookup) -> Analysis {
    let bytes = fs::read(message).unwrap_or_else(|error| panic!("{}: {error}", message.display()));
    let message = Container::of_bytes(bytes).and_then(|container| container.first()).unwrap();
    analyze(message, Options::default(), &Ledger::new(answers), NOW.parse().unwrap())
}

fn answered(message: &Path, dns: &Path) -> Analysis {
    analysis(message, &Snapshot::read(dns).unwrap())
}

fn sample(name: &str) -> PathBuf {
    root().join("assets/samples").join(name).with_extension("eml")
}

fn case(name: &str) -> Analysis {
    let folder = root().join("tests/mail").join(name);
    answered(&folder.join("message.eml"), &folder.join("dns"))
}

/// The sentences of both languages with where each is seen, held against what is kept.
#[track_caller]
fn assert_told(situation: &str, analysis: &Analysis) {
    assert_whole(situation, analysis);
    let mut told = String::new();
    for lang in Lang::ALL {
        let _ = writeln!(told, "{}", lang.name());
        for (index, chapter) in narrate(&analysis.facts, &analysis.headline).iter().enumerate() {
            let places: Vec<String> = chapter.evidence.iter().map(|place| shown(analysis, place)).collect();
            let _ = writeln!(told, "{}. {}\n   {}", index + 1, lang.words().event(&chapter.event), places.join(" | "));
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(root().join("tests/narrative"));
    settings.bind(|| insta::assert_snapshot!(situation, told));
}

/// Five to nine steps (a report that no mail brought has no way to tell of), each one a sentence in either language and seen somewhere that there is.
#[track_caller]
fn assert_whole(situation: &str, analysis: &Analysis) {
    let chapters = narrate(&analysis.facts, &analysis.headline);
    let steps = if analysis.facts.is_report_alone() { 1..=9 } else { 5..=9 };
    assert!(steps.contains(&chapters.len()), "{situation}: {} steps", chapters.len());
    for chapter in &chapters {
        assert!(!chapter.evidence.is_empty(), "{situation}: {}", chapter.event.code());
        for place in &chapter.evidence {
            assert!(!shown(analysis, place).is_empty(), "{situation}: {}: {place:?}", chapter.event.code());
        }
        for (lang, end) in [(Lang::En, '.'), (Lang::Ja, '。')] {
            let sentence = lang.words().event(&chapter.event);
            assert!(
                sentence.ends_with(end) && !sentence.contains("  ") && !sentence.contains("。。"),
                "{situation}: {sentence}"
            );
        }
    }
}

/// The first words of the place.
fn shown(analysis: &Analysis, place: &Evidence) -> String {
    match place {
        Evidence::Bytes(span) => {
            let text = String::from_utf8_lossy(analysis.message.source.slice(*span)).into_owned();
            text.trim().lines().next().unwrap_or_default().chars().take(40).collect()
        }
        Evidence::Step(id) => format!("step {}", id.0),
        Evidence::Question(id) => {
            let entry = analysis.questions.iter().find(|entry| entry.id == *id).unwrap();
            format!("question {} {}", entry.question.name, entry.question.kind.word())
        }
    }
}

fn assert_sample(name: &str) {
    let message = sample(name);
    assert_told(&format!("sample-{name}"), &answered(&message, &message.with_extension("dns")));
}

#[test]
fn order_confirmation() {
    assert_sample("order-confirmation");
}

#[test]
fn newsletter_of_a_service() {
    assert_sample("newsletter-third-party");
}

#[test]
fn newsletter_signed_by_its_author() {
    assert_sample("newsletter-author-signed");
}

#[test]
fn forwarded() {
    assert_sample("forwarded");
}

#[test]
fn mailing_list() {
    assert_sample("mailing-list");
}

#[test]
fn spoofed() {
    assert_sample("spoofed-invoice");
}

#[test]
fn last_hop_in_the_clear() {
    assert_sample("last-hop-plaintext");
}

#[test]
fn spf_over_its_limit() {
    assert_sample("spf-too-many-lookups");
}

#[test]
fn headers_only() {
    assert_told("headers-only", &case("headline-headers-only"));
}

#[test]
fn no_received_field() {
    assert_told("no-received", &case("no-connecting-address"));
}

#[test]
fn bounce() {
    let message = root().join("tests/narrative/bounce.eml");
    assert_told("bounce", &answered(&message, &message.with_extension("dns")));
}

#[test]
fn dns_unreachable() {
    assert_told("dns-unreachable", &case("headline-dns-unreachable"));
}

#[test]
fn offline() {
    assert_told("offline", &analysis(&sample("newsletter-third-party"), &Offline));
}

#[test]
fn key_missing_today() {
    assert_told("key-missing", &case("headline-key-missing"));
}

#[test]
fn no_dmarc_record() {
    assert_told("no-dmarc-record", &case("headline-no-dmarc-record"));
}

#[test]
fn several_authors() {
    assert_told("no-single-author", &case("headline-no-single-author"));
}

#[test]
fn every_case_can_be_told() {
    for entry in fs::read_dir(root().join("tests/mail")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_whole(&path.display().to_string(), &answered(&path.join("message.eml"), &path.join("dns")));
        }
    }
}
