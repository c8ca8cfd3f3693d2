//! From a ledger to the text of a snapshot that replays it.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::fmt::Write as _;

use super::super::{Answer, Data, Entry, Failure, Question, Recorded, Source, hexadecimal};
use super::{AUTHENTIC, KEY_FILE, WHAT_IF};

/// Writes a snapshot in which each question has the answer, the CNAME chain, the TTL and the time it took that it has in
/// the ledger, so that a replay gives the same report to the byte. The order is the order of the entries.
#[must_use]
pub fn write(entries: &[impl Borrow<Entry>], recorded: &Recorded) -> String {
    let Recorded { at, through } = recorded;
    let mut text = format!("$recorded {at} {}\n$default unknown\n", string(through.as_bytes()));
    let mut written = HashSet::new();
    for Entry { question, answer, millis, source, published, .. } in entries.iter().map(Borrow::borrow) {
        // What cannot be asked is told from the name alone, on replay too; the format could not hold such a name. Masking makes
        // different names one; a file holds one answer for each.
        if answer.records != Err(Failure::NotAName) && written.insert((&question.name, question.kind)) {
            text.push_str(&recording(question, answer, *millis, *source));
            if let Some(published) = published {
                let head = format!("$published {} {}", absolute(&question.name), question.kind.word());
                text.push_str(&block(head, question, published));
            }
        }
    }
    text
}

/// The lines of a snapshot that say what a name has of a type: those records, or none.
#[must_use]
pub fn write_records(question: &Question, records: &[Data]) -> String {
    let (owner, kind) = (absolute(&question.name), question.kind.word());
    let lines = records.iter().map(|data| format!("{owner} IN {kind} {}\n", rdata(data)));
    if records.is_empty() { format!("$answer {owner} {kind} {}\n", Failure::NoData.word()) } else { lines.collect() }
}

fn recording(question: &Question, answer: &Answer, millis: Option<u64>, source: Source) -> String {
    let millis = millis.map_or_else(|| "-".to_owned(), |millis| millis.to_string());
    let kind = question.kind.word();
    let mark = match source {
        Source::Answers if answer.authentic => format!(" {AUTHENTIC}"),
        Source::Answers => String::new(),
        Source::KeyFile => format!(" {KEY_FILE}"),
        Source::WhatIf => format!(" {WHAT_IF}"),
    };
    block(format!("$asked {} {kind} {millis}{mark}", absolute(&question.name)), question, answer)
}

/// A line that opens, what the answer holds below it, and an empty line.
fn block(head: String, question: &Question, answer: &Answer) -> String {
    let kind = question.kind.word();
    let mut lines = vec![head];
    // One TTL is known, the smallest; it stands on each line, so that it is the smallest again.
    let class = answer.ttl.map_or_else(|| "IN".to_owned(), |ttl| format!("{ttl} IN"));
    let mut owner = absolute(&question.name);
    for target in &answer.cname {
        let target = absolute(target);
        lines.push(format!("{owner} {class} CNAME {target}"));
        owner = target;
    }
    match &answer.records {
        Ok(records) => lines.extend(records.iter().map(|data| format!("{owner} {class} {kind} {}", rdata(data)))),
        Err(failure) => lines.push(format!("$answer {owner} {kind} {}", failure.word())),
    }
    format!("\n{}\n", lines.join("\n"))
}

fn rdata(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Mx { preference, exchange } => format!("{preference} {}", absolute(exchange)),
        Data::Ns(name) | Data::Ptr(name) => absolute(name),
        Data::Tlsa { usage, selector, matching, data } => {
            let octets = if data.is_empty() { string(data) } else { hexadecimal(data) };
            format!("{usage} {selector} {matching} {octets}")
        }
        Data::Text(strings) => strings.iter().map(|text| string(text)).collect::<Vec<_>>().join(" "),
    }
}

/// A name with its last dot. Octets beyond ASCII stand in no name that was asked, and in those that were masked.
fn absolute(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 1);
    for octet in name.bytes() {
        match octet {
            0..=0x7f => text.push(char::from(octet)),
            // Writing to a string cannot fail.
            _ => _ = write!(text, "\\{octet:03}"),
        }
    }
    if name != "." {
        text.push('.');
    }
    text
}

/// A character-string in quotes, printable ASCII as it is.
fn string(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() + 2);
    text.push('"');
    for octet in octets {
        match octet {
            b'"' | b'\\' => text.extend(['\\', char::from(*octet)]),
            b' '..=b'~' => text.push(char::from(*octet)),
            // Writing to a string cannot fail.
            _ => _ = write!(text, "\\{octet:03}"),
        }
    }
    text.push('"');
    text
}
