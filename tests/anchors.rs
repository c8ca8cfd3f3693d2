//! What users asked of other tools and did not get, each with its number: a delegated key, text for a ticket, the ARC table.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::dkim::DkimResult;
use hopscope::auth::dkim::lint::LintKind;
use hopscope::dns::{Ledger, Snapshot};
use hopscope::export::EXPORTS;
use hopscope::message::Message;
use hopscope::samples::Sample;
use hopscope::text::Lang;
use serde_json::Value;

const KEY: &str = "rsa2026._domainkey.hanamizu.example.";
const HOST: &str = "rsa2026.keys.example.net.";

fn analysis(sample: &str, answers: &str) -> Analysis {
    let message = Message::read(Sample::named(sample).unwrap().message().to_vec());
    let dns = Snapshot::parse(answers, "test.dns").unwrap();
    analyze(message, Options::default(), &Ledger::new(&dns), "2026-11-22T00:00:00Z".parse().unwrap())
}

fn export(analysis: &Analysis, name: &str, lang: Lang) -> String {
    EXPORTS.iter().find(|export| export.name == name).unwrap().write(analysis, lang)
}

/// The question for the key in the JSON report.
fn question(analysis: &Analysis) -> Value {
    let report: Value = serde_json::from_str(&export(analysis, "json", Lang::En)).unwrap();
    let mut entries = report["dns"].as_array().unwrap().iter();
    entries.find(|entry| entry["name"] == KEY.trim_end_matches('.')).unwrap().clone()
}

/// a key behind a CNAME is found, and where it leads is shown.
#[test]
fn r30_a_key_behind_a_cname_is_followed_and_shown() {
    let published = Sample::named("order-confirmation").unwrap().answers();
    let delegated = published.replace(KEY, HOST) + &format!("\n{KEY} 3600 IN CNAME {HOST}\n");
    let analysis = analysis("order-confirmation", &delegated);
    let signature = analysis.facts.dkim.iter().find(|one| one.selector.as_deref() == Some("rsa2026")).unwrap();
    assert_eq!(signature.result, DkimResult::Pass);
    assert!(signature.key.lints.iter().any(|lint| lint.kind == LintKind::Delegated));
    let entry = question(&analysis);
    assert_eq!(entry["cname"][0], HOST.trim_end_matches('.'));
    assert!(entry["records"][0].as_str().unwrap().starts_with("v=DKIM1"));
    for lang in Lang::ALL {
        assert!(export(&analysis, "text", lang).contains(HOST.trim_end_matches('.')));
    }
}

/// what a name server answers is shown as it is, so that quotes around the whole record are seen.
#[test]
fn r30_the_bytes_of_an_answer_are_shown() {
    let published = Sample::named("order-confirmation").unwrap().answers();
    let line = published.lines().find(|line| line.starts_with(KEY)).unwrap();
    let quoted = line.replacen("TXT \"", "TXT \"\\\"\" \"", 1) + " \"\\\"\"";
    let analysis = analysis("order-confirmation", &published.replace(line, &quoted));
    let record = question(&analysis)["records"][0].as_str().unwrap().to_owned();
    assert!(record.starts_with("\"v=DKIM1") && record.ends_with('"'), "{record}");
}

/// a report can be pasted into a ticket: the sentence, who can change it, the evidence; no character that is not seen.
#[test]
fn r31_a_report_is_text_for_a_ticket() {
    let analysis = analysis("newsletter-third-party", Sample::named("newsletter-third-party").unwrap().answers());
    for lang in Lang::ALL {
        let words = lang.words();
        for format in ["text", "markdown"] {
            let text = export(&analysis, format, lang);
            assert!(text.contains(words.actor(analysis.headline.actor)), "{format}");
            assert!(text.contains(analysis.findings.first().unwrap().problem.code()), "{format}");
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{format}");
        }
    }
}

/// every instance of the chain with its sealer and what that one saw, and what ARC cannot do.
#[test]
fn r33_arc_has_a_table_and_says_what_it_can_prove() {
    let analysis = analysis("mailing-list", Sample::named("mailing-list").unwrap().answers());
    let arc = &analysis.facts.arc;
    assert!(!arc.instances.is_empty());
    for lang in Lang::ALL {
        let panels = lang.words().panels();
        let text = export(&analysis, "text", lang);
        let section = text.split("── ARC ──").nth(1).unwrap().split("\n── ").next().unwrap();
        for instance in &arc.instances {
            assert!(section.contains(instance.seal.domain.as_deref().unwrap()), "{section}");
        }
        for words in [panels.sealed_by, panels.arc_results_seen, panels.arc_hint, panels.arc_status] {
            assert!(section.contains(words), "{words}");
        }
        assert!(section.contains("dkim=pass"), "{section}");
    }
    // The chain is valid, and DMARC is what SPF and DKIM make it.
    let alone = analysis.facts.dmarc.result;
    let report: Value = serde_json::from_str(&export(&analysis, "json", Lang::En)).unwrap();
    assert_eq!(report["dmarc"]["result"], serde_json::to_value(alone).unwrap());
}

/// each mail program has its way to save a message, in every language.
#[test]
fn r36_the_ways_to_save_a_message_are_told() {
    for lang in Lang::ALL {
        let ways = lang.words().panels().ways_to_save;
        for program in ["Outlook", "Thunderbird", "Gmail", "Apple"] {
            assert!(ways.iter().any(|(_, name, way)| name.contains(program) && !way.is_empty()), "{lang} {program}");
        }
    }
}
