use std::path::{Path, PathBuf};

use super::*;
use crate::message::reader::tests::assert_covers_input;

/// Every file of the shared corpus, in order; `None` when it is not there.
fn corpus() -> Option<Vec<PathBuf>> {
    fn list(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                list(&path, files);
            } else {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    list(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/msgs")), &mut files);
    files.sort();
    if files.is_empty() {
        println!("skipped: no corpus");
        return None;
    }
    Some(files)
}

#[test]
fn corpus_messages_are_covered_to_the_byte() {
    let Some(files) = corpus() else { return };
    for file in files {
        let message = Message::read(std::fs::read(&file).unwrap());
        assert_covers_input(&message);
        let outlook = file.extension().is_some_and(|extension| extension == "msg");
        assert_eq!(message.is_mail_like(), !outlook, "{}", file.display());
        if outlook {
            continue;
        }
        let lost = message.repairs.iter().filter(|repair| repair.code == RepairCode::MissingBlankLine);
        assert_eq!(lost.count(), 0, "{}", file.display());
        assert_eq!(message.kind, Kind::Eml, "{}", file.display());
    }
}

#[test]
fn corpus_fields_map_back_to_their_bytes() {
    let Some(files) = corpus() else { return };
    for file in files {
        let message = Message::read(std::fs::read(&file).unwrap());
        for field in &message.fields {
            let unfolded = message.unfold(field);
            let whole = unfolded.span(0..unfolded.text.len());
            let without_ends = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "").replace('\n', "");
            assert_eq!(without_ends(message.source.slice(whole)), unfolded.text, "{}", file.display());
        }
    }
}

#[test]
fn corpus_addresses_and_dates_are_read() {
    let Some(files) = corpus() else { return };
    let mut odd = Vec::new();
    for file in files {
        let message = Message::read(std::fs::read(&file).unwrap());
        let mut note = |what| odd.push((what, file.file_name().unwrap().to_string_lossy().into_owned()));
        for name in ["From", "To", "Cc", "Sender", "Reply-To", "Return-Path"] {
            for (_, field) in message.named(name) {
                let found = address::read(&message.unfold(field));
                let spans = found.mailboxes.iter().map(|mailbox| mailbox.span).chain(found.unreadable.iter().copied());
                for span in spans {
                    assert!(span.start >= field.value.start && span.end <= field.value.end, "{}", file.display());
                }
                if name == "From" && (found.mailboxes.is_empty() || !found.unreadable.is_empty()) {
                    note("From");
                }
            }
        }
        for (_, field) in message.named("Date") {
            if date::read(&message.unfold(field).text).is_none() {
                note("Date");
            }
        }
    }
    let expected = [
        // A bracket in the local part; addresses without brackets or comma; no such month; cut in the minutes; no date.
        ("From", "test_data_ill_formed-from.eml"),
        ("From", "spec_fixtures_emails_plain_emails_mix_caps_content_type.eml"),
        ("From", "spec_fixtures_emails_plain_emails_raw_email_multiple_from.eml"),
        ("Date", "spec_fixtures_emails_plain_emails_raw_email_with_bad_date.eml"),
        ("Date", "resources_eml_malformed_019.eml"),
        ("Date", "resources_eml_rfc_001.eml"),
    ];
    assert_eq!(odd, expected.map(|(what, file)| (what, file.to_owned())));
}

#[test]
fn corpus_text_is_decoded() {
    let Some(files) = corpus() else { return };
    let mut guesses = Vec::new();
    for file in files {
        let message = Message::read(std::fs::read(&file).unwrap());
        for field in &message.fields {
            let decoded = decode::value(&message, field);
            let subject = field.is("Subject").then_some(decoded.text);
            assert!(!subject.is_some_and(|text| text.contains('\u{FFFD}')), "{}", file.display());
            guesses.extend(decoded.guessed_charset.map(|charset| (field.name.clone(), charset)));
        }
    }
    assert_eq!(guesses, [("From".to_owned(), "windows-1252"), ("Subject".to_owned(), "EUC-JP")]);
}
