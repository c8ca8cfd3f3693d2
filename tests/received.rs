//! Received fields as the world writes them: a list read by eye, and a second reader over the public test messages.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a list that cannot be read must fail the test")]

#[path = "received/scanner.rs"]
mod scanner;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hopscope::message::{Message, Spanned};
use hopscope::path::{self, Hop, TlsState};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn read(value: &str) -> (Message, Hop) {
    let message = Message::read(format!("Received: {value}\r\n\r\n").into_bytes());
    let hop = path::read(&message, None, None).hops.remove(0);
    (message, hop)
}

/// What was read, in the words of the list.
fn found(message: &Message, hop: &Hop) -> BTreeMap<&'static str, String> {
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.replace(' ', "_"));
    let word = |value: &dyn erased::Word| value.word();
    let unread: Vec<String> = hop
        .unread()
        .map(|span| {
            String::from_utf8_lossy(message.source.slice(span)).split_whitespace().collect::<Vec<_>>().join("_")
        })
        .collect();
    let facts = [
        ("who", Some(word(&hop.dialect))),
        ("op", hop.operator.map(|operator| word(&operator))),
        ("helo", text(&hop.from.helo)),
        ("name", text(&hop.from.name)),
        ("ip", hop.from.ip.map(|ip| ip.value.to_string())),
        ("by", text(&hop.by)),
        ("at", hop.date.map(|date| date.value.instant.to_string())),
        ("tls", tls(hop)),
        ("login", hop.authenticated.map(|_| "yes".to_owned())),
        ("unread", (!unread.is_empty()).then(|| unread.join("|"))),
        ("with", text(&hop.with)),
        ("id", text(&hop.id)),
        ("for", text(&hop.recipient)),
        ("sender", text(&hop.envelope_from)),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// `serde` words without naming each type.
mod erased {
    pub(super) trait Word {
        fn word(&self) -> String;
    }

    impl<T: serde::Serialize> Word for T {
        fn word(&self) -> String {
            serde_json::to_value(self).unwrap().as_str().unwrap().to_owned()
        }
    }
}

fn tls(hop: &Hop) -> Option<String> {
    let word = |value: &dyn erased::Word| value.word();
    if hop.tls.state == TlsState::NotStated {
        return None;
    }
    let version = hop.tls.version.map(|version| word(&version)).unwrap_or_default();
    let bits = hop.tls.bits.map(|bits| bits.to_string()).unwrap_or_default();
    let cipher = hop.tls.cipher.clone().unwrap_or_default();
    let all = format!("{}:{version}:{cipher}:{bits}", word(&hop.tls.state));
    Some(all.strip_suffix(":::").map(str::to_owned).unwrap_or(all))
}

/// Facts that the list names only where they are of interest.
const OPTIONAL: [&str; 4] = ["with", "id", "for", "sender"];

/// Every field of the list, where it stands, and what it says.
fn list() -> Vec<(String, String, BTreeMap<String, String>)> {
    let mut list = Vec::new();
    for file in files(&root().join("tests/received")).iter().filter(|file| file.extension() == Some("txt".as_ref())) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<(usize, &str)> = lines.collect();
        for pair in lines.chunks(2) {
            let [(number, field), (_, facts)] = pair else { panic!("{name}: a field without its facts") };
            assert!(!field.starts_with(' ') && facts.starts_with("  who="), "{name}:{}", number + 1);
            let facts = facts.split_whitespace().map(|fact| fact.split_once('=').unwrap());
            let facts = facts.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            list.push((format!("{name}:{}", number + 1), (*field).to_owned(), facts));
        }
    }
    list
}

/// At least 99.5 % of the fields; in fact all of them.
#[test]
fn the_list_is_read_as_by_eye() {
    let list = list();
    let mut wrong = String::new();
    for (place, field, expected) in &list {
        let mut expected: BTreeMap<&str, String> =
            expected.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let (message, hop) = read(field);
        let mut found = found(&message, &hop);
        for name in OPTIONAL.iter().filter(|name| !expected.contains_key(**name)) {
            found.remove(*name);
        }
        found.retain(|name, value| expected.get(name) != Some(value) || expected.remove(name).is_none());
        if !found.is_empty() || !expected.is_empty() {
            let _ = writeln!(wrong, "{place}: {field}\n    expected {expected:?}\n    found    {found:?}");
        }
    }
    println!("{} fields", list.len());
    assert!(list.len() >= 300, "{} fields", list.len());
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Folding changes nothing.
#[test]
fn the_list_reads_the_same_folded() {
    for (place, field, _) in list() {
        let (plain, one) = read(&field);
        for fold in ["\r\n\t", "\n          "] {
            let (message, other) = read(&field.replace(' ', fold));
            assert_eq!(found(&plain, &one), found(&message, &other), "{place}");
        }
    }
}

/// Every dialect that the program knows has a field in the list.
#[test]
fn the_list_covers_every_dialect() {
    let listed: Vec<String> =
        list().iter().flat_map(|(_, _, facts)| [facts.get("who"), facts.get("op")]).flatten().cloned().collect();
    let missing: Vec<String> =
        path::Dialect::ALL.iter().map(erased::Word::word).filter(|dialect| !listed.contains(dialect)).collect();
    assert!(missing.is_empty(), "without a field: {}", missing.join(", "));
}

/// What has to be read at the least: who wrote it or runs the server, and words of that form. Each has a field in the list.
const FORMS: &[(&str, &str)] = &[
    ("postfix", "(using TLSv1"),
    ("postfix", "from userid"),
    ("postfix", "(Postfix)"),
    ("exim", "(Exim 4.9"),
    ("exim", "(TLS1.3) tls "),
    ("exim", "(TLSv1.2:"),
    ("sendmail", "verify="),
    ("qmail", "invoked by"),
    ("qmail", "(HELO "),
    ("exchange", "with Microsoft SMTP Server"),
    ("exchange", "with mapi"),
    ("exchange", "%"),
    ("exchange", "::ffff:"),
    ("exchange-online", "Frontend Transport"),
    ("exchange-online", "with HTTPS"),
    ("smtpsvc", "with Microsoft SMTPSVC"),
    ("google", "by mx.google.com"),
    ("google", "by 2002:"),
    ("google", "HTTPREST"),
    ("yahoo", "NNFMP"),
    ("yahoo", "aol.com"),
    ("amazon-ses", ""),
    ("send-grid", ""),
    ("mailgun", ""),
    ("spark-post", "ecelerity"),
    ("mailchimp", ""),
    ("power-mta", "PowerMTA"),
    ("proofpoint", ""),
    ("mimecast", ""),
    ("message-labs", ""),
    ("barracuda", ""),
    ("iron-port", "ESMTP/TLS/"),
    ("forti-mail", ""),
    ("trend-micro", ""),
    ("sophos", ""),
    ("zimbra", "LHLO"),
    ("domino", "Domino"),
    ("communi-gate", "CommuniGate Pro"),
    ("m-daemon", ""),
    ("kerio", ""),
    ("h-mail-server", ""),
    ("open-smtpd", "OpenSMTPD"),
    ("haraka", "Haraka"),
    ("stalwart", "Stalwart"),
    ("mox", "via tcp"),
    ("dovecot", "Dovecot"),
    ("lmtp", "with LMTP"),
    ("amavis", "amavis"),
    ("fetchmail", "fetchmail"),
    ("mailman", "Mailman"),
    ("z-mailer", "listexpand"),
    ("horde", ""),
    ("roundcube", ""),
    ("squirrel-mail", ""),
    ("oracle", ""),
    ("nemesis", "(Nemesis)"),
    ("icloud", ""),
    ("docomo", ""),
    ("au", "EZweb"),
    ("softbank", ""),
    ("ocn", ""),
    ("nifty", ""),
    ("biglobe", ""),
    ("so-net", ""),
    ("sakura", ""),
    ("iij", ""),
    ("xserver", ""),
    ("kagoya", ""),
];

/// Every form of the list above is recognised as what it is, not read by the grammar alone.
#[test]
fn the_list_holds_every_form() {
    let list = list();
    let has = |(who, words): &&(&str, &str)| {
        list.iter().any(|(_, field, facts)| {
            let is_of = ["who", "op"].iter().any(|key| facts.get(*key).is_some_and(|value| value == who));
            is_of && field.contains(words)
        })
    };
    let missing: Vec<_> = FORMS.iter().filter(|form| !has(form)).collect();
    assert!(missing.is_empty(), "without a field: {missing:?}");
}

/// The same five facts by a reader that knows nothing of the first, over all Received fields of the public messages.
#[test]
fn a_second_reader_agrees_over_the_corpus() {
    let files = files(&root().join("../shared/corpus/msgs"));
    if files.is_empty() {
        println!("skipped: no corpus");
        return;
    }
    let (mut fields, mut right) = (0_usize, 0_usize);
    let mut differ: BTreeMap<String, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| file.extension().is_none_or(|extension| extension != "msg")) {
        let message = Message::read(fs::read(file).unwrap());
        for hop in path::read(&message, None, None).hops {
            let value = String::from_utf8_lossy(message.source.slice(message.fields[hop.field].value)).into_owned();
            let second = scanner::scan(&value);
            let text = |value: &Option<Spanned<String>>| value.as_ref().map(|value| value.value.clone());
            let first = scanner::Facts {
                hosts: [text(&hop.from.helo), text(&hop.from.name)].into_iter().flatten().collect(),
                ip: hop.from.ip.map(|ip| ip.value),
                by: text(&hop.by),
                date: hop.date.map(|date| date.value.instant.as_second()),
                tls: match hop.tls.state {
                    TlsState::Encrypted => Some(true),
                    TlsState::NotEncrypted => Some(false),
                    TlsState::NotStated | TlsState::Local => None,
                },
            };
            fields += 1;
            let differences = second.differences(&first);
            right += usize::from(differences.is_empty());
            if !differences.is_empty() {
                let field = value.split_whitespace().collect::<Vec<_>>().join(" ");
                *differ.entry(format!("{}: {field}", differences.join(", "))).or_default() += 1;
            }
        }
    }
    for (difference, count) in &differ {
        println!("{count:4} {difference}");
    }
    #[expect(clippy::cast_precision_loss, reason = "a percentage of a few thousand")]
    let share = right as f64 * 100.0 / fields as f64;
    println!("{right} of {fields} fields alike: {share:.2} %");
    assert!(fields > 800 && share >= 99.5, "{right} of {fields}: {share:.2} %");
}
