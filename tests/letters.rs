//! The two letters, for every sample and for every verdict: `tests/letters/<situation>.<language>.snap` holds them as they are sent.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read must fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::check::Actor;
use hopscope::dns::{Ledger, Lookup, Offline, Snapshot};
use hopscope::export;
use hopscope::message::container::Container;
use hopscope::message::{Message, address};
use hopscope::report::redact::redact;
use hopscope::samples::Sample;
use hopscope::text::Lang;
use hopscope::text::letter::Letter;

/// The clock of every letter, some days after the messages.
const NOW: &str = "2026-12-01T00:00:00Z";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn analysis(message: Message, answers: &dyn Lookup) -> Analysis {
    analyze(message, Options::default(), &Ledger::new(answers), NOW.parse().unwrap())
}

fn sample(sample: Sample) -> Analysis {
    analysis(Message::read(sample.message().to_vec()), &sample.snapshot().unwrap())
}

/// Every case of `tests/mail`, in the order of their names.
fn cases() -> impl Iterator<Item = (String, Analysis)> {
    let mut folders: Vec<_> =
        fs::read_dir(root().join("tests/mail")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders.into_iter().map(|folder| {
        let bytes =
            fs::read(folder.join("message.eml")).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let message = Container::of_bytes(bytes).and_then(|container| container.first()).unwrap();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        (name, analysis(message, &Snapshot::read(&folder.join("dns")).unwrap()))
    })
}

/// Both letters in one language, held against what is kept.
#[track_caller]
fn assert_written(situation: &str, analysis: &Analysis) {
    for lang in Lang::ALL {
        let [customer, administrator] = Letter::ALL.map(|letter| export::letter(analysis, letter, lang));
        let both = format!("{customer}\n\n{}\n\n{administrator}", "=".repeat(60));
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path(root().join("tests/letters"));
        settings.bind(|| insta::assert_snapshot!(format!("{situation}.{lang}"), both));
    }
}

#[test]
fn each_sample_has_its_letters() {
    for which in Sample::ALL {
        assert_written(&format!("sample-{}", which.name()), &sample(which));
    }
    assert_written("sample-offline", &analysis(Message::read(Sample::OrderConfirmation.message().to_vec()), &Offline));
}

/// The first case of each verdict, those that are named after one before the others.
#[test]
fn each_verdict_has_its_letters() {
    let mut first: BTreeMap<&'static str, (bool, Analysis)> = BTreeMap::new();
    for (name, analysis) in cases() {
        let code = analysis.headline.verdict.code();
        let is_named_after = name == format!("headline-{code}");
        if is_named_after || !first.contains_key(code) {
            first.insert(code, (is_named_after, analysis));
        }
    }
    assert!(first.len() > 28, "only {} verdicts have a case", first.len());
    for (code, (_, analysis)) in &first {
        assert_written(&format!("verdict-{code}"), analysis);
    }
}

/// The addresses of people in a message, in lower case.
fn addresses(message: &Message) -> Vec<String> {
    let fields = ["From", "Sender", "Reply-To", "To", "Cc", "Return-Path", "Delivered-To", "X-Original-To"];
    let fields = fields.into_iter().flat_map(|name| message.named(name));
    let mailboxes = fields.flat_map(|(_, field)| address::read(&message.unfold(field)).mailboxes);
    mailboxes.map(|mailbox| mailbox.address.to_lowercase()).filter(|address| address.contains('@')).collect()
}

/// No letter names a person's address, but a report the one it is about, and a subject what its author wrote. Masked, none does.
#[test]
fn letters_name_nobody() {
    let samples = Sample::ALL.into_iter().map(|which| (which.name().to_owned(), sample(which)));
    for (name, analysis) in cases().chain(samples) {
        let addresses = addresses(&analysis.message);
        let masked = redact(&analysis);
        let records = analysis.questions.iter().map(|entry| format!("{:?}", entry.answer)).collect::<Vec<_>>().concat();
        for lang in Lang::ALL {
            for letter in Letter::ALL {
                let plain = export::letter(&analysis, letter, lang).to_lowercase();
                let hidden = export::letter(&masked, letter, lang).to_lowercase();
                for address in &addresses {
                    let is_told = analysis.facts.bounce.is_some()
                        || records.to_lowercase().contains(address)
                        || analysis
                            .facts
                            .identity
                            .subject
                            .iter()
                            .any(|subject| subject.to_lowercase().contains(address));
                    assert!(is_told || !plain.contains(address), "{name} {lang} {letter:?}: {address}\n{plain}");
                    let is_role = address.starts_with("postmaster@");
                    assert!(
                        is_role || !hidden.contains(address),
                        "{name} {lang} {letter:?} masked: {address}\n{hidden}"
                    );
                }
            }
        }
    }
}

/// A letter is whole sentences: nothing is left open, and nothing stands there twice.
#[test]
fn letters_read_whole() {
    let samples = Sample::ALL.into_iter().map(|which| (which.name().to_owned(), sample(which)));
    for (name, analysis) in cases().chain(samples) {
        for lang in Lang::ALL {
            for letter in Letter::ALL {
                let text = export::letter(&analysis, letter, lang);
                for wrong in ["  - ", "..", "。。", "{}", "（）", "()", "  ", "「」"] {
                    let is_indent = wrong.starts_with(' ');
                    let found = text.lines().any(|line| line.trim_start().contains(wrong));
                    assert!(
                        !found || is_indent && letter == Letter::Administrator,
                        "{name} {lang}: {wrong:?} in\n{text}"
                    );
                }
                assert!(text.lines().count() > 6, "{name} {lang}: {text}");
            }
        }
    }
}

/// Where a finding is the next step for whoever gets the letter, the letter asks for something.
#[test]
fn what_is_to_be_done_is_asked_for() {
    let mut seen = 0;
    for (name, analysis) in cases() {
        if analysis.headline.first.is_none() || matches!(analysis.headline.actor, Actor::Reader | Actor::Nobody) {
            continue;
        }
        seen += 1;
        for (lang, nothing) in
            [(Lang::Ja, "変更していただくことはございません"), (Lang::En, "Nothing has to be changed")]
        {
            let text = export::letter(&analysis, Letter::Administrator, lang);
            assert!(!text.contains(nothing) && text.contains("\n1. "), "{name} {lang}: {text}");
        }
    }
    assert!(seen > 8, "only {seen} cases have such a finding");
}

/// The end of a long subject tells orders apart.
#[test]
fn a_subject_stands_whole() {
    let analysis = sample(Sample::OrderConfirmation);
    let subject = analysis.facts.identity.subject.clone().unwrap();
    for letter in Letter::ALL {
        let text = export::letter(&analysis, letter, Lang::Ja);
        assert!(text.contains(&subject), "{subject} in {text}");
    }
}

/// One case of `tests/mail`.
fn case(name: &str) -> Analysis {
    cases().find(|(of, _)| of == name).unwrap_or_else(|| panic!("no case {name}")).1
}

/// The letter about refused mail names the domain to mend and the mail, to whoever runs that domain.
#[test]
fn refused_mail_is_named() {
    let analysis = case("bounce-sender-rules");
    assert_written("bounce-sender-rules", &analysis);
    let text = export::letter(&analysis, Letter::Administrator, Lang::Ja);
    assert!(
        text.starts_with("example.jp の") && text.contains("d=example.jp") && text.contains("Message-ID："),
        "{text}"
    );
    let text = export::letter(&analysis, Letter::Customer, Lang::Ja);
    assert!(text.contains("example.jp の管理者") && !text.contains("を開くと"), "{text}");
}

/// What nothing proves is put so, and whoever can tell is asked.
#[test]
fn passing_on_that_nothing_proves_is_asked_about() {
    for name in ["headline-forwarded-unsigned-marks", "headline-list-modified-stranger"] {
        let analysis = case(name);
        assert_written(name, &analysis);
        let text = export::letter(&analysis, Letter::Customer, Lang::Ja);
        assert!(text.contains("裏付けるものはありません"), "{text}");
    }
}

/// Reports and delays, as letters.
#[test]
fn reports_have_their_letters() {
    for name in [
        "headline-bounced-words",
        "bounce-temporary",
        "aggregate-failures",
        "headline-aggregate-report-unproved",
        "headline-aggregate-report-even",
    ] {
        assert_written(name, &case(name));
    }
}

/// Whoever runs the author domain is asked first whether the message is theirs, where only a field that anybody can write says so.
#[test]
fn a_signature_that_anybody_can_write_is_asked_about_first() {
    for name in ["headline-key-missing-passed-on", "headline-signature-unusable-made-up", "headline-modified-unproved"]
    {
        let analysis = case(name);
        assert_written(name, &analysis);
        for (lang, first) in [
            (Lang::Ja, "1. はじめに、このメールが貴社で送信されたものかどうかをご確認ください（"),
            (Lang::En, "1. First of all, please make sure that the message is yours:"),
        ] {
            let text = export::letter(&analysis, Letter::Administrator, lang);
            assert!(text.contains(first), "{name} {lang}: {text}");
        }
    }
    let proved = export::letter(&case("headline-modified"), Letter::Administrator, Lang::En);
    assert!(!proved.contains("First of all"), "{proved}");
}

/// What a list may have changed is put as not known, and the receiving side is asked what it can tell.
#[test]
fn a_list_that_nothing_proves_is_asked_about() {
    let analysis = case("headline-list-modified-unproved");
    assert_written("headline-list-modified-unproved", &analysis);
    for (lang, unknown, nothing) in [
        (Lang::Ja, "このメールだけでは判断できません", "変更は不要です"),
        (Lang::En, "nobody can tell whether the list broke the signature", "nothing to change"),
    ] {
        let text = export::letter(&analysis, Letter::Administrator, lang);
        assert!(text.contains(unknown) && !text.contains(nothing), "{lang}: {text}");
    }
}

/// How a report came is no matter of whoever its letter is for.
#[test]
fn a_report_brings_up_what_it_tells_alone() {
    for (name, analysis) in cases() {
        let is_report = ["bounced", "delivered", "aggregate-report"].contains(&analysis.headline.verdict.code());
        let told = |code: &str| code.starts_with("bounce-") || code == "aggregate-failures";
        for finding in analysis.findings.iter().filter(|finding| is_report && !told(finding.problem.code())) {
            for lang in Lang::ALL {
                let title = lang.words().explain(&finding.problem).title;
                let text = export::letter(&analysis, Letter::Administrator, lang);
                assert!(!text.contains(&title), "{name} {lang}: {title}\n{text}");
            }
        }
    }
}

/// Customers are asked, and not told; a time is written as people write it.
#[test]
fn customers_are_asked_politely() {
    for (name, analysis) in cases() {
        let text = export::letter(&analysis, Letter::Customer, Lang::Ja);
        assert!(!text.contains("てください") && !text.contains("でください"), "{name}: {text}");
        for lang in Lang::ALL {
            let text = export::letter(&analysis, Letter::Customer, lang);
            let digits: Vec<&str> = text.split('T').collect();
            let is_stamp = digits.windows(2).any(|pair| {
                pair[0].ends_with(|last: char| last.is_ascii_digit())
                    && pair[1].starts_with(|first: char| first.is_ascii_digit())
            });
            assert!(!is_stamp && !text.contains("+09:00") && !text.contains("+0900"), "{name} {lang}: {text}");
        }
    }
}
