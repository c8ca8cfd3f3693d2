//! Delivery reports of the shared corpus, where it is there: which are recognised, and how much of each is read.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test says what it could not do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hopscope::bounce::{self, Bounce};
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

#[test]
fn reports_of_the_corpus_are_read() {
    let Some(folder) = folder() else { return };
    let (mut missed, mut recipients, mut known, mut reports) = (Vec::new(), 0, 0, 0);
    for path in files(&folder.join("set-of-emails")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_report = ["lhost-", "rhost-", "rfc3464-"].iter().any(|kind| name.contains(kind));
        if !is_report {
            continue;
        }
        reports += 1;
        match read(&path) {
            Some(bounce) => {
                recipients += bounce.recipients.len();
                known += bounce.recipients.iter().filter(|recipient| recipient.meaning().is_some()).count();
                if std::env::var_os("TELL").is_some() {
                    eprintln!("{name}\n{}", told(&bounce));
                }
            }
            None => missed.push(name),
        }
    }
    eprintln!("{reports} reports, {recipients} recipients, {known} with a known meaning; missed: {missed:?}");
    // Where neither a null sender nor a mailer's opening words frame them, words of failure are a letter.
    assert!(reports > 200 && missed.len() * 12 < reports, "{missed:?}");
}

#[test]
fn other_mail_of_the_corpus_is_no_report() {
    let Some(folder) = folder() else { return };
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for path in files(&folder).into_iter().filter(|path| !path.to_string_lossy().contains("set-of-emails")) {
        if let Some(bounce) = read(&path) {
            taken.insert(path.strip_prefix(&folder).unwrap().display().to_string(), told(&bounce));
        }
    }
    for (name, told) in &taken {
        if std::env::var_os("TELL").is_some() {
            eprintln!("{name}\n{told}");
        }
    }
    // Mail of people and lists holds none: what was taken has the part that is made for it (RFC 3464), or a mailer wrote it.
    eprintln!("{} reports outside of set-of-emails", taken.len());
    assert!(taken.len() < 40);
}
