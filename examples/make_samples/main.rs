//! Makes `assets/samples/<name>.eml` from `source/<name>.eml` beside this file: encodes header text, signs, and writes lines ending in CRLF.
//!
//! A source is the message as it arrives, in UTF-8, with a line for each signature at the place where the signature stands. It covers what
//! stands below it, as it did when it was made:
//!
//! ```text
//! @sign KEY d=DOMAIN s=SELECTOR t=TIME h=NAMES      a DKIM-Signature field (RFC 6376, RFC 8463)
//! @arc-seal KEY i=1 cv=none d=… s=… t=…             an ARC-Seal field (RFC 8617) over the two fields of its set below it
//! @arc-signature KEY i=1 d=… s=… t=… h=…            an ARC-Message-Signature field
//! ```
//!
//! KEY is a file of `tests/keys` without `.pem`, TIME is RFC 3339, and `over=FILE` signs another source in place of what stands below: the
//! message as it was before a list changed it. Both algorithms are deterministic, so the same source always makes the same bytes.

mod draft;
mod key;
mod sign;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use draft::Draft;

fn main() -> anyhow::Result<()> {
    for name in names()? {
        fs::write(sample(&name), make(&name)?)?;
    }
    Ok(())
}

fn make(name: &str) -> anyhow::Result<Vec<u8>> {
    let draft = Draft::read(&sources(), &format!("{name}.eml")).with_context(|| format!("{name}.eml"))?;
    Ok(draft.into_bytes())
}

/// Every source that is a sample; what signatures only look back to ends in `.txt`.
fn names() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(sources())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".eml").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> PathBuf {
    project().join("examples/make_samples/source")
}

fn sample(name: &str) -> PathBuf {
    project().join("assets/samples").join(name).with_extension("eml")
}

#[test]
fn every_sample_is_what_its_source_makes() {
    let names = names().unwrap();
    let samples = fs::read_dir(project().join("assets/samples")).unwrap();
    let messages =
        samples.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "eml"));
    assert_eq!(messages.count(), names.len(), "a sample without a source, or the other way round");
    for name in names {
        let stands = fs::read(sample(&name)).unwrap();
        assert!(stands == make(&name).unwrap(), "{name}.eml is stale: cargo run --example make_samples");
    }
}
