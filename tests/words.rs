//! What every sentence keeps, in every mail case and both languages: it says something, says it once, names what it is about, and is
//! written as its language is.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::check::narrate;
use hopscope::check::provider::{judge, rulesets};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::container::Container;
use hopscope::text::{Explanation, Lang, Words, next_step};
use serde_json::Value;

/// The clock of every case, some days after the messages.
const NOW: &str = "2026-11-22T00:00:00Z";

/// The most characters of a title, and of what follows it: longer ones are not read while a customer waits.
const MOST: [(Lang, usize, usize); 2] = [(Lang::En, 190, 680), (Lang::Ja, 130, 540)];

/// English words for which `ja` has its own.
const FOREIGN: &[&str] = &[
    "alignment",
    "aligned",
    "author",
    "bounce",
    "boundary",
    "bulk",
    "certain",
    "confidence",
    "delay",
    "envelope",
    "error",
    "evidence",
    "finding",
    "forward",
    "forwarded",
    "forwarder",
    "forwarding",
    "header",
    "hop",
    "key",
    "mailing",
    "message",
    "note",
    "organization",
    "receiver",
    "sender",
    "service",
    "signature",
    "spoofed",
    "spoofing",
    "warning",
];

fn cases() -> Vec<(String, Analysis)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join("tests/mail")).unwrap().map(|entry| entry.unwrap().path());
    let folders: BTreeSet<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    let of_cases = folders.into_iter().map(|folder| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        (name, folder.join("message.eml"), folder.join("dns"))
    });
    let entries = fs::read_dir(root.join("assets/samples")).unwrap().map(|entry| entry.unwrap().path());
    let samples: BTreeSet<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "eml")).collect();
    let of_samples = samples.into_iter().map(|message| {
        let name = message.file_stem().unwrap().to_string_lossy().into_owned();
        let dns = message.with_extension("dns");
        (name, message, dns)
    });
    of_cases.chain(of_samples).map(|(name, message, dns)| (name, analysis(&message, &dns))).collect()
}

fn analysis(message: &Path, dns: &Path) -> Analysis {
    let bytes = fs::read(message).unwrap_or_else(|error| panic!("{}: {error}", message.display()));
    let message = Container::of_bytes(bytes).and_then(|container| container.first()).unwrap();
    analyze(message, Options::default(), &Ledger::new(&Snapshot::read(dns).unwrap()), NOW.parse().unwrap())
}

/// What is wrong with a sentence whoever says it.
fn fault(text: &str, lang: Lang) -> Option<&'static str> {
    if text.trim().is_empty() {
        return Some("says nothing");
    }
    if text.contains(['!', '！']) {
        return Some("shouts");
    }
    if ["  ", "()", "（）", "..", "。。", "、、", "、。", " ,"].iter().any(|odd| text.contains(odd)) {
        return Some("has a hole");
    }
    match lang {
        Lang::En => text.contains(is_japanese).then_some("is not English"),
        Lang::Ja => japanese(text),
    }
}

fn is_japanese(character: char) -> bool {
    matches!(character, 'ぁ'..='ヿ' | '一'..='鿿')
}

fn japanese(text: &str) -> Option<&'static str> {
    let characters: Vec<char> = text.chars().collect();
    // Values in Latin letters stand with half-width signs of their own; beside a Japanese character they are full width.
    let is_half = |pair: &[char]| is_japanese(pair[0]) && matches!(pair[1], ',' | ':' | ';' | '(' | '?');
    if characters.windows(2).any(is_half) {
        return Some("has a half-width sign after a Japanese character");
    }
    if text.contains(|character| matches!(character, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '｡'..='ﾟ' | '　'))
    {
        return Some("has full-width digits or letters, or half-width kana");
    }
    // What a stranger wrote stands in quotation marks.
    let ours: String = text.split('「').map(|part| part.rsplit('」').next().unwrap_or_default()).collect();
    let mut words = ours.split(|character: char| !(character.is_ascii_alphanumeric() || "-_.=@/:".contains(character)));
    words.any(|word| FOREIGN.contains(&word)).then_some("has an English word that Japanese has its own for")
}

/// The values of a finding that its sentences can name: texts, and numbers that say more than there is one.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.contains('.') || text.contains('@') => vec![text.clone()],
        Value::Number(number) if number.as_i64().is_none_or(|number| number > 1) => vec![number.to_string()],
        Value::Array(items) => items.iter().flat_map(values).collect(),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "code").flat_map(|(_, value)| values(value)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn findings_say_something_of_this_message() {
    let mut wrong = String::new();
    for (case, analysis) in cases() {
        for finding in &analysis.findings {
            let code = finding.problem.code();
            let fields = serde_json::to_value(&finding.problem).unwrap();
            for (lang, most_of_title, most) in MOST {
                let Explanation { title, meaning, remedy } = lang.words().explain(&finding.problem);
                for text in [&title, &meaning, &remedy] {
                    if let Some(fault) = fault(text, lang) {
                        let _ = writeln!(wrong, "{case}: {code} ({lang}) {fault}: {text}");
                    }
                }
                if title == meaning || meaning == remedy {
                    let _ = writeln!(wrong, "{case}: {code} ({lang}) says the same twice: {title}");
                }
                let (long, rest) = (title.chars().count(), meaning.chars().count().max(remedy.chars().count()));
                if long > most_of_title || rest > most {
                    let _ = writeln!(
                        wrong,
                        "{case}: {code} ({lang}) is long ({long}, {rest}): {title} | {meaning} | {remedy}"
                    );
                }
                let whole = format!("{title} {meaning} {remedy}");
                let has_digit = whole.contains(|character: char| character.is_ascii_digit());
                let values = values(&fields);
                if !values.is_empty() && !has_digit && !values.iter().any(|value| whole.contains(value)) {
                    let _ = writeln!(wrong, "{case}: {code} ({lang}) names none of {values:?}: {whole}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn headline_and_story_are_well_written() {
    let mut wrong = String::new();
    for (case, analysis) in cases() {
        for lang in Lang::ALL {
            let words = lang.words();
            let facts = &analysis.facts;
            let headline = words.headline(&analysis.headline.verdict);
            let next = next_step(&analysis.headline, &analysis.findings, words);
            let sent_by = words.sent_by(&facts.sender, facts.dmarc.author_domain.as_deref());
            let story: Vec<String> =
                narrate(facts, &analysis.headline).iter().map(|chapter| words.event(&chapter.event)).collect();
            if headline == next || story.iter().collect::<BTreeSet<_>>().len() < story.len() {
                let _ = writeln!(wrong, "{case} ({lang}) says the same twice: {headline}");
            }
            for text in [headline, next, sent_by].iter().chain(&story) {
                if let Some(fault) = fault(text, lang) {
                    let _ = writeln!(wrong, "{case} ({lang}) {fault}: {text}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn rules_are_well_written() {
    let mut wrong = BTreeSet::new();
    for (_, analysis) in cases() {
        for ruleset in rulesets() {
            for row in &judge(&analysis.facts, ruleset, analysis.options.bulk).rows {
                for lang in Lang::ALL {
                    let words: &dyn Words = lang.words();
                    for text in [words.requirement(row.rule, ruleset), words.rule_why(&row.why)] {
                        wrong.extend(
                            fault(&text, lang).map(|fault| format!("{} ({lang}) {fault}: {text}", row.rule.id)),
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The same rules in the one card that is opened and in the line of a card that is not: what only waits for DNS is no other verdict.
#[test]
fn a_card_counts_the_same_before_it_is_opened() {
    use hopscope::check::Wanted;
    use hopscope::check::provider::State;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/spf-fail");
    for ruleset in rulesets() {
        let judged = |wanted| {
            let bytes = fs::read(sample.join("message.eml")).unwrap();
            let message = Container::of_bytes(bytes).and_then(|container| container.first()).unwrap();
            let options = Options { provider: wanted, ..Options::default() };
            let snapshot = Snapshot::read(&sample.join("dns")).unwrap();
            let facts = analyze(message, options, &Ledger::new(&snapshot), NOW.parse().unwrap()).facts;
            judge(&facts, ruleset, hopscope::check::Bulk::Unknown)
        };
        let (closed, open) = (judged(Wanted::Recipient), judged(Wanted::Named(ruleset.id.clone())));
        assert_eq!(open.unasked(), 0, "{}", ruleset.id);
        let counted = |card: &hopscope::check::provider::Card| {
            State::ALL.map(|state| card.count(state)).iter().sum::<usize>() + card.unasked()
        };
        assert_eq!(counted(&closed), counted(&open), "{}", ruleset.id);
        let moved: usize = State::ALL.iter().map(|state| open.count(*state) - closed.count(*state)).sum();
        assert_eq!(moved, closed.unasked(), "{}: what is known before is told before", ruleset.id);
    }
}
