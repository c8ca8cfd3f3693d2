//! Every folder of `tests/mail`: a message, what DNS says (`dns`), and what the program makes of the two (`report.snap`).
//!
//! A folder is named after what it shows: `<code>` where that finding is made, `<code>-near-miss` where the nearest innocent message
//! stays without it, `headline-<code>` (and more, where there are several) where that sentence stands on top, `sent-by-<what shows it>`
//! where it is about who sent it. `source.eml`, where there is one, makes `message.eml`; `checks` names the checks that ask others which
//! are on.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

mod tagged;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use hopscope::aggregate::Aggregate;
use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::check::headline::Tone;
use hopscope::check::{CHECKS, Evidence, Finding, Severity, Verdict, sources};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::facts::network::NetworkCheck;
use hopscope::message::container::Container;
use hopscope::sender::who::Attribution;
use hopscope::text::{Explanation, Lang, next_step};
use tagged::{values, word};

/// The clock of every case, some days after the messages.
const NOW: &str = "2026-11-22T00:00:00Z";

/// Every sentence on top, row by row of the decision table, and a case in which it is chosen.
const VERDICTS: &[(&str, &str)] = &[
    ("all-well", "dns-not-asked-near-miss"),
    ("all-well", "headline-all-well-list-munged"),
    ("author-lookalike", "author-domain-lookalike"),
    ("name-elsewhere", "from-name-elsewhere"),
    ("name-elsewhere", "headline-name-elsewhere-via"),
    ("name-elsewhere", "from-name-hidden"),
    ("name-elsewhere", "headline-name-elsewhere-reversed"),
    ("filter-marked", "filter-marked-spam"),
    ("bounced", "bounce-final"),
    ("bounced", "bounce-temporary"),
    ("bounced", "headline-bounced-words"),
    ("bounced", "headline-bounced-unknown"),
    ("bounced", "headline-bounced-html"),
    ("delivered", "headline-delivered"),
    ("delivered", "headline-delivered-handed-on"),
    ("aggregate-report", "aggregate-failures"),
    ("aggregate-report", "headline-aggregate-report"),
    ("aggregate-report", "aggregate-failures-near-miss"),
    ("aggregate-report", "headline-aggregate-report-hostile"),
    ("aggregate-report", "headline-aggregate-report-even"),
    ("aggregate-report", "headline-aggregate-report-unproved"),
    ("aggregate-report", "headline-aggregate-report-uncounted"),
    ("spoofed", "headline-spoofed-bounce"),
    ("forwarded-dkim-carries", "spf-forwarded"),
    ("arrival-not-encrypted", "arrival-not-encrypted"),
    ("spf-over-limit", "headline-spf-over-limit"),
    ("spf-over-limit", "spf-lookup-limit"),
    ("partly-signed", "headline-partly-signed"),
    ("partly-signed", "headline-partly-signed-anybody"),
    ("body-unsigned", "headline-body-unsigned"),
    ("readings-differ", "headline-readings-differ"),
    ("readings-differ", "headline-readings-differ-suffix"),
    ("anybody-passes", "headline-anybody-passes"),
    ("anybody-passes", "headline-anybody-passes-exists"),
    ("anybody-passes", "headline-anybody-passes-half"),
    ("anybody-passes", "headline-anybody-passes-halves"),
    ("anybody-passes", "headline-anybody-passes-helo"),
    ("repeated-field", "headline-repeated-field"),
    ("third-party-signature", "dmarc-unaligned"),
    ("third-party-envelope", "headline-third-party-envelope"),
    ("other-domain-only", "headline-other-domain-only"),
    ("list-modified", "headline-list-modified"),
    ("list-modified", "headline-list-modified-wrapped"),
    ("list-modified", "headline-list-modified-stranger"),
    ("list-modified", "headline-list-modified-unproved"),
    ("list-modified", "headline-list-modified-accepted"),
    ("modified", "dkim-body-changed"),
    ("modified", "copy-rewritten"),
    ("modified", "headline-modified"),
    ("modified", "headline-modified-unproved"),
    ("modified", "headline-modified-banner"),
    ("other-domain-only", "headline-other-domain-only-junk"),
    ("other-domain-only", "headline-other-domain-only-made-up"),
    ("other-domain-only", "headline-other-domain-only-unsent"),
    ("modified", "headline-modified-partly"),
    ("modified", "headline-modified-receiving-side"),
    ("modified", "headline-modified-recoded"),
    ("modified", "headline-modified-stored"),
    ("key-missing", "dkim-key-missing"),
    ("key-missing", "headline-key-missing"),
    ("key-missing", "headline-key-missing-passed-on"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-keyless"),
    ("signature-unusable", "dkim-key-revoked"),
    ("signature-unusable", "headline-signature-unusable-unreadable"),
    ("signature-unusable", "headline-signature-unusable-fits"),
    ("signature-unusable", "headline-signature-unusable-keyless"),
    ("signature-unusable", "headline-signature-unusable-made-up"),
    ("forwarded-unsigned", "headline-forwarded-unsigned"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-known"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-made-up"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-list"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-envelope"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-marks"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-sealed"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-microsoft-365"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-microsoft-365-relayed"),
    ("forwarded-unsigned", "headline-forwarded-unsigned-signature-taken"),
    ("spoofed", "headline-spoofed-sealed-without-from"),
    ("spoofed", "headline-spoofed-microsoft-365-marks"),
    ("spoofed", "headline-spoofed-microsoft-365-own"),
    ("spoofed", "headline-spoofed-microsoft-365-failed"),
    ("other-domain-only", "headline-other-domain-only-list"),
    ("spoofed", "headline-spoofed-delivered-to"),
    ("spoofed", "headline-spoofed-list"),
    ("spoofed", "headline-spoofed-resent"),
    ("spoofed", "headline-spoofed-rewritten"),
    ("spoofed", "headline-spoofed-sealed-elsewhere"),
    ("spoofed", "headline-spoofed-unknown-key"),
    ("spoofed", "headline-spoofed-x-forwarded"),
    ("spoofed", "spf-fail"),
    ("spoofed", "headline-spoofed"),
    ("spoofed", "headline-spoofed-junk-signature"),
    ("spoofed", "headline-spoofed-unreadable-signature"),
    ("author-domain-missing", "author-domain-missing"),
    ("author-not-public", "author-domain-not-public"),
    ("unauthenticated", "dmarc-unauthenticated"),
    ("unauthenticated", "headline-unauthenticated"),
    ("no-dmarc-record", "dmarc-missing"),
    ("no-dmarc-record", "headline-no-dmarc-record"),
    ("no-single-author", "dmarc-no-author"),
    ("no-single-author", "headline-no-single-author"),
    ("no-single-author", "headline-no-single-author-unreadable"),
    ("dns-unreachable", "headline-dns-unreachable"),
    ("not-asked", "headline-not-asked"),
    ("not-asked", "headline-not-asked-include"),
    ("headers-only-signed", "headers-only"),
    ("headers-only", "headline-headers-only"),
    ("not-enough", "connecting-address-unsure"),
    ("not-enough", "headline-not-enough-no-answer-decides"),
    ("not-enough", "headline-not-enough-forged-return-path"),
];

/// Cases that show who sent it.
const SENT_BY: &str = "sent-by-";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail")
}

fn cases() -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

fn analysis(case: &str) -> Analysis {
    let folder = folder().join(case);
    let message = fs::read(folder.join("message.eml")).unwrap_or_else(|error| panic!("{case}/message.eml: {error}"));
    let text = fs::read_to_string(folder.join("dns")).unwrap_or_else(|error| panic!("{case}/dns: {error}"));
    let snapshot = Snapshot::parse(&text, "dns").unwrap_or_else(|error| panic!("{case}/dns: {error}"));
    let message = Container::of_bytes(message).and_then(|container| container.first());
    let message = message.unwrap_or_else(|refusal| panic!("{case}/message.eml: {refusal:?}"));
    let checks = fs::read_to_string(folder.join("checks")).unwrap_or_default();
    let check = |name| NetworkCheck::named(name).unwrap_or_else(|| panic!("{case}/checks: {name}"));
    let options = Options { network: checks.split_whitespace().map(check).collect(), ..Options::default() };
    analyze(message, options, &Ledger::new(&snapshot), NOW.parse().unwrap())
}

#[test]
fn every_case_reads_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let differs = |case: &String| {
        settings.set_snapshot_path(folder().join(case));
        let report = report(case, &analysis(case));
        let compare = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!("report", report)));
        catch_unwind(compare).is_err()
    };
    let differing: Vec<String> = cases().into_iter().filter(differs).collect();
    assert!(differing.is_empty(), "these cases differ: {}", differing.join(", "));
}

#[test]
fn every_check_has_a_case_and_a_near_miss() {
    let mut wrong = String::new();
    for check in CHECKS {
        for (case, expected) in [(check.code.to_owned(), true), (format!("{}-near-miss", check.code), false)] {
            if !folder().join(&case).is_dir() {
                let _ = writeln!(wrong, "tests/mail/{case} is missing");
            } else if analysis(&case).findings.iter().any(|found| found.problem.code() == check.code) != expected {
                let made = if expected { "not made" } else { "made" };
                let _ = writeln!(wrong, "tests/mail/{case}: the finding is {made}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A green sentence stands above no warning, and nobody is told that nothing is to be done beside one.
#[test]
fn nothing_to_do_means_no_warning() {
    for case in cases() {
        let analysis = analysis(&case);
        let Analysis { headline, findings, .. } = &analysis;
        let has_warning = findings.iter().any(|finding| finding.severity > Severity::Note);
        assert!(headline.tone() != Tone::Good || !has_warning, "tests/mail/{case}: a warning below a green sentence");
        for lang in Lang::ALL {
            let said = next_step(headline, findings, lang.words());
            let well = Verdict::AllWell { author: String::new(), spf: true, dkim: true };
            assert!(!has_warning || said != lang.words().next_step(&well), "tests/mail/{case}: {said}");
        }
    }
}

/// Of the findings that weigh most, the one that the sentence on top speaks of stands first; and every code that a sentence
/// speaks of is one.
#[test]
fn the_first_finding_is_what_the_sentence_says() {
    let mut wrong = String::new();
    for case in cases() {
        let Analysis { headline, findings, .. } = &analysis(&case);
        let Some(first) = findings.first() else { continue };
        let mut worst = findings.iter().filter(|finding| finding.severity == first.severity);
        let is_about = |finding: &Finding| headline.verdict.is_about(finding.problem.code());
        if !is_about(first) && worst.any(is_about) {
            let _ = writeln!(wrong, "tests/mail/{case}: {} stands first", first.problem.code());
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A finding says in either language what is the case, what it means and what to do; it points at something that there is, and
/// says where its rule stands.
#[test]
fn every_finding_is_whole() {
    let mut wrong = String::new();
    for case in cases() {
        let analysis = analysis(&case);
        for finding in &analysis.findings {
            let code = finding.problem.code();
            for evidence in std::iter::once(&finding.evidence).chain(&finding.more) {
                if !exists(&analysis, evidence) {
                    let _ = writeln!(wrong, "tests/mail/{case}: {code}: nothing stands at {evidence:?}");
                }
            }
            if sources(&finding.problem).is_empty() {
                let _ = writeln!(wrong, "tests/mail/{case}: {code}: no rule");
            }
            for lang in Lang::ALL {
                let Explanation { title, meaning, remedy } = lang.words().explain(&finding.problem);
                // The guide of a service may stand last.
                let is_sentence = |text: &str| {
                    let ends_in_address =
                        text.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"));
                    (text.ends_with(['.', '。', '…']) || ends_in_address) && text.chars().count() > 6
                };
                let is_tidy =
                    |text: &str| !["  ", "()", "（）", "..", "。。", "  。"].iter().any(|odd| text.contains(odd));
                let is_title = !title.is_empty() && !title.ends_with(['.', '。']);
                if !(is_title
                    && is_sentence(&meaning)
                    && is_sentence(&remedy)
                    && [&title, &meaning, &remedy].iter().all(|text| is_tidy(text)))
                {
                    let _ = writeln!(wrong, "tests/mail/{case}: {code}: {title} | {meaning} | {remedy}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Whether a place can be shown: bytes within the message, a step that was made, a question that was asked.
fn exists(analysis: &Analysis, evidence: &Evidence) -> bool {
    let facts = &analysis.facts;
    match evidence {
        Evidence::Bytes(span) => !analysis.message.source.slice(*span).is_empty(),
        Evidence::Question(id) => analysis.questions.iter().any(|entry| entry.id == *id),
        Evidence::Step(id) => {
            let checks = [&facts.spf.mail_from, &facts.spf.helo, &facts.spf.header_from].into_iter().flatten();
            let spf = checks.map(|check| &check.trace);
            let dkim = facts.dkim.iter().map(|signature| &signature.trace);
            let iprev = facts.iprev.iter().map(|iprev| &iprev.trace);
            let mut traces = spf.chain(dkim).chain(iprev).chain([&facts.arc.trace, &facts.dmarc.trace]);
            traces.any(|trace| trace.find(id).is_some())
        }
    }
}

#[test]
fn every_verdict_is_reached() {
    for (verdict, case) in VERDICTS {
        assert_eq!(analysis(case).headline.verdict.code(), *verdict, "tests/mail/{case}");
    }
}

/// The table at the top of `headline.rs` and the cases name the same sentences.
#[test]
fn every_row_of_the_table_has_a_case() {
    let table = include_str!("../src/check/headline.rs").lines().filter_map(|line| line.strip_prefix("//! |"));
    let rows: BTreeSet<&str> = table
        .skip(2)
        .filter_map(|row| row.trim_end().trim_end_matches('|').rsplit('|').next())
        .map(str::trim)
        .collect();
    let tested: BTreeSet<&str> = VERDICTS.iter().map(|(verdict, _)| *verdict).collect();
    assert_eq!(rows, tested);
}

#[test]
fn every_case_is_named_after_what_it_shows() {
    for case in cases() {
        let headline = case.strip_prefix("headline-");
        let is_headline = headline.is_some_and(|name| VERDICTS.iter().any(|(code, _)| name.starts_with(code)));
        let code = case.strip_suffix("-near-miss").unwrap_or(&case);
        let is_sender = case.starts_with(SENT_BY);
        assert!(
            is_headline || is_sender || CHECKS.iter().any(|check| check.code == code),
            "tests/mail/{case}: no such code"
        );
    }
}

/// What matters, in words that no translation changes.
fn report(case: &str, analysis: &Analysis) -> String {
    let facts = &analysis.facts;
    let headline = &analysis.headline;
    let mut text = format!("headline: {}\n", values(&headline.verdict));
    let _ = writeln!(text, "    who: {}; {}", word(&headline.actor), places(analysis, &headline.evidence));
    if let Some(first) = headline.first {
        let _ = writeln!(text, "    first: {first}");
    }
    if let Some(accepted) = &headline.accepted {
        let _ = writeln!(text, "    accepted: {}", accepted.record);
    }
    let _ = match &facts.path.boundary {
        Some(boundary) => writeln!(text, "boundary: hop {}, {}", boundary.hop + 1, word(&boundary.reason)),
        None => writeln!(text, "boundary: none"),
    };
    let _ = match &facts.spf.mail_from {
        Some(check) => writeln!(text, "spf: {}, {}, {}", word(&check.result), word(&check.reason), check.domain),
        None => writeln!(text, "spf: none was evaluated"),
    };
    for signature in &facts.dkim {
        let named =
            signature.named().map_or_else(String::new, |(domain, selector)| format!(", {selector} of {domain}"));
        let _ = writeln!(text, "dkim: {}, {}{named}", word(&signature.result), word(&signature.reason));
    }
    if case.starts_with(SENT_BY) {
        let _ = writeln!(text, "sender: {}", sender(analysis));
    }
    let dmarc = &facts.dmarc;
    let _ = write!(text, "dmarc: {}, {}", word(&dmarc.result), word(&dmarc.reason));
    if let (Some(record_at), Some(policy)) = (&dmarc.record_at, dmarc.policy) {
        let _ = write!(text, ", {} at {record_at}", word(&policy));
    }
    text.push('\n');
    if let Some(report) = &facts.aggregate {
        text += &counted(report);
    }
    text += "findings:\n";
    for finding in &analysis.findings {
        let _ = writeln!(
            text,
            "  {} ({}): {}",
            word(&finding.severity),
            word(&finding.confidence),
            values(&finding.problem)
        );
        let evidence: Vec<Evidence> = std::iter::once(&finding.evidence).chain(&finding.more).cloned().collect();
        let _ = writeln!(text, "    who: {}; {}", word(&finding.actor), places(analysis, &evidence));
    }
    text
}

/// Who sent it, and how that stands to the author domain.
fn sender(analysis: &Analysis) -> String {
    let sender = &analysis.facts.sender;
    let named = |part: &str, attribution: &Attribution| {
        let mark = &attribution.marks[0];
        let (assurance, proof) = (word(&attribution.assurance), word(&mark.proof));
        format!("{part} {} ({assurance}, {proof} {})", attribution.service.id, mark.name)
    };
    let parts = [("service", &sender.service), ("carrier", &sender.carrier), ("via", &sender.via)];
    let shown = parts.into_iter().filter_map(|(part, found)| Some(named(part, found.as_ref()?)));
    let claims = sender.claims.iter().map(|claim| named("claims", claim));
    let relation = &sender.relationship;
    let ties: Vec<String> = relation.evidence.iter().map(|tie| format!("{} {}", word(&tie.kind), tie.name)).collect();
    let endorsed = if relation.is_endorsed { ", endorsed" } else { "" };
    let relation = format!("relation {}{endorsed} ({})", word(&relation.kind), ties.join(", "));
    shown.chain(claims).chain([relation]).collect::<Vec<_>>().join("; ")
}

/// What an aggregate report counted.
fn counted(report: &Aggregate) -> String {
    let deviations: Vec<String> = report.deviations.iter().map(word).collect();
    let mut text = format!(
        "aggregate: {:?} on {:?}, {} of {} passed; {}\n",
        report.reporter.as_deref().unwrap_or_default(),
        report.domain.as_deref().unwrap_or_default(),
        report.passed,
        report.messages,
        if deviations.is_empty() { "in order".to_owned() } else { deviations.join(", ") }
    );
    for source in &report.sources {
        let least = if source.at_least { "at least " } else { "" };
        let _ = writeln!(text, "  {}: {least}{} messages, {} failed", source.name, source.messages, source.failed);
        for one in &source.identifiers {
            let domain = one.domain.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    {} {domain}: {} ({})", word(&one.method), word(&one.outcome), one.messages);
        }
        for one in &source.overrides {
            let comment = one.comment.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    let through: {} {comment:?} ({})", word(&one.kind), one.messages);
        }
    }
    text
}

/// The places, each as a reader of the report would find it.
fn places(analysis: &Analysis, evidence: &[Evidence]) -> String {
    let place = |place: &Evidence| match place {
        Evidence::Bytes(span) => {
            let bytes = analysis.message.source.slice(*span);
            let line = String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().trim().to_owned();
            format!("`{}`", line.chars().take(50).collect::<String>())
        }
        Evidence::Step(id) => format!("step {}", id.0),
        Evidence::Question(id) => {
            let entry = analysis.questions.iter().find(|entry| entry.id == *id).unwrap();
            format!("question {} {}", entry.question.name, entry.question.kind.word())
        }
    };
    format!("see {}", evidence.iter().map(place).collect::<Vec<_>>().join(", "))
}
