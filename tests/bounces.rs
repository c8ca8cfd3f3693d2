//! Delivery reports of the shared corpus, where it is there: which are recognised, and how much of each is read.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test says what it could not do")]

use std::fs;
use std::path::{Path, PathBuf};

use hopscope::bounce::{self, Bounce, Form};
use hopscope::message::container::Container;

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/msgs");
    let found = beside.is_dir().then_some(beside);
    if found.is_none() {
        eprintln!("skipped: no corpus");
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Option<Bounce> {
    let container = Container::of_bytes(fs::read(path).unwrap()).ok()?;
    let message = container.first().ok()?;
    bounce::read(&message, false).0
}

/// One line for each recipient.
fn told(bounce: &Bounce) -> String {
    let lines = bounce.recipients.iter().map(|recipient| {
        format!(
            "    {:?} {:?} host={:?} by={:?} {:?} {:?} -> {:?}\n        {:?}",
            recipient.address,
            recipient.outcome,
            recipient.host,
            recipient.provider.map(|provider| provider.title),
            recipient.reply,
            recipient.status.map(|status| status.to_string()),
            recipient.meaning(),
            recipient.text.as_deref().map(|text| text.chars().take(160).collect::<String>()),
        )
    });
    let head =
        format!("  {:?} {:?} reporter={:?} {:?}", bounce.form, bounce.writer, bounce.reporter, bounce.deviations);
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// Files that are named like reports and are not read as one, each with its reason.
const NO_REPORTS: &[(&str, &str)] = &[
    ("maildir_bsd_lhost-amazonses-10", "a notice of Amazon SNS in JSON, for programs; no mailer wrote it"),
    ("maildir_bsd_lhost-amazonses-12", "the same"),
    ("maildir_bsd_lhost-fml-03", "a list tells its owner of a message that came twice; nobody was to get it"),
    (
        "maildir_bsd_lhost-postfix-75",
        "the transcript of a session, for the postmaster; it names no recipient that failed",
    ),
    ("maildir_bsd_lhost-x5-01", "names nobody itself; the report in it is read when it is chosen"),
    ("maildir_dos_lhost-x5-01", "the same"),
];

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn is_named_report(path: &Path) -> bool {
    ["lhost-", "rhost-", "rfc3464-"].iter().any(|kind| name(path).contains(kind))
}

#[test]
fn reports_of_the_corpus_are_read() {
    let Some(folder) = folder() else { return };
    let (mut missed, mut recipients, mut known, mut reports) = (Vec::new(), 0, 0, 0);
    for path in files(&folder.join("set-of-emails")).into_iter().filter(|path| is_named_report(path)) {
        reports += 1;
        match read(&path) {
            Some(bounce) => {
                recipients += bounce.recipients.len();
                known += bounce.recipients.iter().filter(|recipient| recipient.meaning().is_some()).count();
                if std::env::var_os("TELL").is_some() {
                    eprintln!("{}\n{}", name(&path), told(&bounce));
                }
            }
            None => missed.push(name(&path)),
        }
    }
    eprintln!("{reports} reports, {recipients} recipients, {known} with a known meaning; not read: {missed:?}");
    let expected: Vec<&str> = NO_REPORTS.iter().map(|(name, _)| *name).collect();
    assert!(reports >= 300, "{reports} reports");
    assert_eq!(missed, expected);
}

/// Reports of Postfix and Sendmail whose delimiters were damaged when they were saved: their words are read.
const DAMAGED: [&str; 2] = ["UnitTests_TestData_messages_bounce", "Python-3.11.2_Lib_test_test_email_data_msg_25"];

/// No letter is a report: what is taken for one has the part that is made for it (RFC 3464), or had it.
#[test]
fn other_mail_of_the_corpus_is_no_report() {
    let Some(folder) = folder() else { return };
    let others = files(&folder).into_iter().filter(|path| !is_named_report(path));
    let (mut read_all, mut taken, mut letters) = (0, 0, Vec::new());
    for path in others {
        read_all += 1;
        let Some(bounce) = read(&path) else { continue };
        taken += 1;
        if bounce.form == Form::Words && !DAMAGED.contains(&name(&path).as_str()) {
            letters.push(format!("{}\n{}", path.display(), told(&bounce)));
        }
    }
    eprintln!("{read_all} other messages, {taken} of them delivery reports");
    assert!(read_all >= 380, "{read_all} messages");
    assert!(letters.is_empty(), "{}", letters.join("\n"));
}
