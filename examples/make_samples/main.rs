//! Makes the signed messages of the project from their sources: `assets/samples/<name>.eml` from `source/<name>.eml` beside this file, and
//! `tests/mail/<case>/message.eml` from the case's `source.eml`. It encodes header text, signs, and writes lines ending in CRLF.
//!
//! A source is the message as it arrives, in UTF-8, with a line for each signature at the place where the signature stands. It covers what
//! stands below it, as it did when it was made:
//!
//! ```text
//! @sign KEY d=DOMAIN s=SELECTOR t=TIME h=NAMES      a DKIM-Signature field (RFC 6376, RFC 8463)
//! @arc-seal KEY i=1 cv=none d=… s=… t=…             an ARC-Seal field (RFC 8617) over its set and those before it
//! @arc-signature KEY i=1 d=… s=… t=… h=…            an ARC-Message-Signature field
//! ```
//!
//! KEY is a file of `tests/keys` without `.pem`, TIME is RFC 3339. `@sign` takes `x=TIME` and `l=BYTES` too, and writes down any other tag
//! as it stands. `over=FILE` signs another source in place of what stands below: the message as it was before somebody changed it. Both
//! algorithms are deterministic, so the same source always makes the same bytes.

mod draft;
mod key;
mod sign;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use draft::Draft;

fn main() -> anyhow::Result<()> {
    for work in works()? {
        fs::write(&work.message, work.make()?)?;
    }
    Ok(())
}

/// A source and the message that it makes.
struct Work {
    folder: PathBuf,
    /// The source in that folder; what signatures only look back to stands beside it and ends in `.txt`.
    file: String,
    message: PathBuf,
}

impl Work {
    fn make(&self) -> anyhow::Result<Vec<u8>> {
        let draft = Draft::read(&self.folder, &self.file);
        Ok(draft.with_context(|| self.folder.join(&self.file).display().to_string())?.into_bytes())
    }
}

/// Every source: of the samples, then of the mail cases.
fn works() -> anyhow::Result<Vec<Work>> {
    let mut works = Vec::new();
    let samples = project().join("examples/make_samples/source");
    for file in names(&samples)?.into_iter().filter(|file| is_message(file)) {
        let message = project().join("assets/samples").join(&file);
        works.push(Work { folder: samples.clone(), file, message });
    }
    let cases = project().join("tests/mail");
    for case in names(&cases)? {
        let folder = cases.join(case);
        if folder.join("source.eml").exists() {
            works.push(Work { message: folder.join("message.eml"), folder, file: "source.eml".to_owned() });
        }
    }
    Ok(works)
}

fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn is_message(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "eml")
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_message_is_what_its_source_makes() {
    for work in works().unwrap() {
        let stands = fs::read(&work.message).unwrap_or_default();
        let name = work.message.display();
        assert!(stands == work.make().unwrap(), "{name} is stale: cargo run --example make_samples");
    }
}

#[test]
fn every_sample_has_a_source() {
    let mut samples = names(&project().join("assets/samples")).unwrap();
    samples.retain(|name| is_message(name));
    let mut sources = names(&project().join("examples/make_samples/source")).unwrap();
    sources.retain(|name| is_message(name));
    assert_eq!(samples, sources);
}
