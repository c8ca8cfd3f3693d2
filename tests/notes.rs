//! What filters wrote into the headers of the shared corpus, where it is there: how often each is seen, and how many of its words are
//! known.

#![expect(clippy::unwrap_used, reason = "a test says what it could not do, and what it counted")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hopscope::message::container::Container;
use hopscope::notes::{self, Border, Filter, Meaning};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Fields, words, and those of them that no list knows.
#[derive(Debug, Default)]
struct Count {
    fields: usize,
    words: usize,
    unknown: usize,
}

#[test]
fn words_of_the_documented_filters_are_known() {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/msgs"));
    if files.is_empty() {
        eprintln!("skipped: no corpus");
        return;
    }
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let Ok(message) = Container::of_bytes(fs::read(&file).unwrap()).and_then(|container| container.first()) else {
            continue;
        };
        for note in notes::read(&message, &Border::default()).list {
            let count = counts.entry(note.filter.name()).or_default();
            count.fields += 1;
            for entry in &note.entries {
                count.words += 1;
                if entry.meaning == Meaning::Unknown {
                    count.unknown += 1;
                    let key = entry.key.as_ref().map_or("", |key| key.value.as_str());
                    *unknown.entry(format!("{} {key}", note.name)).or_default() += 1;
                }
            }
        }
    }
    for (name, Count { fields, words, unknown }) in &counts {
        eprintln!("{name}: {fields} fields, {words} words, {unknown} of them unknown");
    }
    if std::env::var_os("TELL").is_some() {
        eprintln!("{unknown:#?}");
    }
    let count = |filter: Filter| counts.get(filter.name()).unwrap();
    // Each of these publishes what its words mean, or others collected it.
    for filter in [Filter::Microsoft, Filter::SpamAssassin, Filter::Proofpoint, Filter::Cisco, Filter::Google] {
        let Count { words, unknown, .. } = count(filter);
        assert!(unknown * 5 <= *words, "{}: {unknown} of {words} unknown", filter.name());
    }
}
