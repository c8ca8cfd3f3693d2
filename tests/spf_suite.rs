//! The public conformance suites of RFC 7208 and RFC 4408, whole, when the corpus is beside the checkout.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a suite that cannot be read must fail the test")]
#![expect(clippy::print_stdout, reason = "says how many cases were run, and when none was")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use hopscope::auth::second::{self, Comparison};
use hopscope::auth::spf::{self, Session, SpfResult};
use hopscope::auth::{Moments, arc, dmarc};
use hopscope::dns::{Answer, Data, Failure, Ledger, Lookup, Origin, Question, RecordType, Timed};
use hopscope::message::Message;

/// Cases of the RFC 4408 suite that accept several results, of which RFC 7208 allows one: name, result, and the clause
/// that decides. No case of that suite contradicts RFC 7208.
const DECIDED_BY_7208: &[(&str, &str, &str)] = &[
    ("txtonly", "fail", "3.1: only TXT is asked"),
    ("spfonly", "none", "3.1"),
    ("spftimeout", "fail", "3.1"),
    ("txttimeout", "temperror", "4.4: a time-out of the TXT question"),
    ("nospftxttimeout", "temperror", "4.4"),
    ("spfoverride", "fail", "3.1"),
    ("multitxt1", "permerror", "4.5: more than one record"),
    ("multispf2", "pass", "3.1"),
    ("exists-dnserr", "temperror", "5: a time-out in a mechanism"),
    ("cidr6-0-ip4", "neutral", "5: ip6 never matches an IPv4 connection"),
    ("cidr6-ip4", "neutral", "5: IPv4-mapped addresses count as IPv4"),
    ("mx-limit", "permerror", "4.6.4: more than ten MX hosts"),
];

#[test]
fn rfc7208_suite() {
    run("rfc7208-tests.yml", 203, &[]);
}

#[test]
fn rfc4408_suite() {
    run("rfc4408-tests.yml", 191, DECIDED_BY_7208);
}

fn run(file: &str, expected: usize, decided: &[(&str, &str, &str)]) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/conformance/spf");
    let Ok(text) = std::fs::read_to_string(Path::new(path).join(file)) else {
        println!("skipped: no corpus");
        return;
    };
    let sections = read(&text);
    let cases: usize = sections.iter().map(|section| section.cases.len()).sum();
    assert_eq!(cases, expected, "cases in {file}");
    for (name, _, clause) in decided {
        assert!(sections.iter().any(|section| section.names(name)), "{file} has no case {name} (section {clause})");
    }
    let mut wrong = String::new();
    for section in &sections {
        for (name, case) in &section.cases {
            let only = decided.iter().find(|(decided, ..)| decided == name).map(|(_, result, _)| *result);
            if let Err(problem) = judge(case, &section.zone, only) {
                let _ = writeln!(wrong, "{name}: {problem}");
            }
        }
    }
    let failed = wrong.lines().count();
    println!("{file}: {} of {cases}", cases - failed);
    assert!(wrong.is_empty(), "{failed} of {cases} cases of {file} fail:\n{wrong}");
}

/// The second engine on the same answers: no difference from ours without a known reason.
#[test]
fn the_second_engine_agrees_or_says_why_not() {
    for file in ["rfc7208-tests.yml", "rfc4408-tests.yml"] {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/conformance/spf");
        let Ok(text) = std::fs::read_to_string(Path::new(path).join(file)) else {
            println!("skipped: no corpus");
            return;
        };
        let mut tally: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for section in read(&text) {
            for (name, case) in &section.cases {
                let comparison = match second_opinion(case, &section.zone) {
                    Comparison::Agrees(_) => "agrees".to_owned(),
                    Comparison::NotCompared(why) => format!("not compared: {why:?}"),
                    Comparison::Differs { known, .. } if !known.is_empty() => format!("differs: {known:?}"),
                    Comparison::Differs { ours, theirs, .. } => {
                        format!("differs: open: ours {ours:?}, theirs {theirs:?}")
                    }
                };
                tally.entry(comparison).or_default().push(name.clone());
            }
        }
        for (comparison, names) in &tally {
            println!(
                "{file}: {:3} {comparison}: {}",
                names.len(),
                if names.len() < 40 { names.join(" ") } else { String::new() }
            );
        }
        assert!(!tally.keys().any(|comparison| comparison.starts_with("differs: open")), "{tally:#?}");
    }
}

fn second_opinion(case: &BTreeMap<String, Vec<String>>, zone: &Zone) -> Comparison {
    let (check, ledger, helo) = evaluate(case, zone);
    let message = Message::read(b"Subject: none\r\n\r\n".to_vec());
    let now = jiff::Timestamp::UNIX_EPOCH;
    let moments = Moments { judged_at: now, now };
    let second = second::compare(&second::Input {
        message: &message,
        moments,
        helo: Some(helo),
        receiver: None,
        mail_from: Some(&check),
        helo_check: None,
        header_from: None,
        dkim: &[],
        arc: &arc::check(&message, moments, &ledger),
        dmarc: &dmarc::check(&dmarc::Input::default(), &ledger),
        entries: &ledger.entries(),
    });
    second.of(second::Part::MailFrom).unwrap().clone()
}

/// The check of a case, the answers it rests on, and the HELO name.
fn evaluate<'c>(case: &'c BTreeMap<String, Vec<String>>, zone: &'c Zone) -> (spf::Check, Ledger<'c>, &'c str) {
    let field = |name: &str| case.get(name).and_then(|values| values.first()).map_or("", String::as_str);
    let ip = field("host").parse().unwrap();
    let session = Session { ip, helo: Some(field("helo").to_owned()), receiver: None, timestamp: 0 };
    let sender = if field("mailfrom").is_empty() { field("helo") } else { field("mailfrom") };
    let ledger = Ledger::new(zone);
    (spf::check(sender, &session, &ledger), ledger, field("helo"))
}

fn judge(case: &BTreeMap<String, Vec<String>>, zone: &Zone, only: Option<&str>) -> Result<(), String> {
    let field = |name: &str| case.get(name).and_then(|values| values.first()).map_or("", String::as_str);
    let (check, ..) = evaluate(case, zone);
    let result = check.result.map_or("not asked", word);
    let by_suite = case.get("result").is_some_and(|results| results.iter().any(|accepted| accepted == result));
    if !by_suite || only.is_some_and(|only| only != result) {
        return Err(format!("{result} ({:?}), wanted {:?} {only:?}", check.reason, case.get("result")));
    }
    let explanation = check.explanation.as_deref().unwrap_or("DEFAULT");
    if case.contains_key("explanation") && explanation != field("explanation") {
        return Err(format!("explanation {explanation:?}, wanted {:?}", field("explanation")));
    }
    Ok(())
}

const fn word(result: SpfResult) -> &'static str {
    match result {
        SpfResult::None => "none",
        SpfResult::Neutral => "neutral",
        SpfResult::Pass => "pass",
        SpfResult::Fail => "fail",
        SpfResult::SoftFail => "softfail",
        SpfResult::TempError => "temperror",
        SpfResult::PermError => "permerror",
    }
}

#[derive(Default)]
struct Section {
    cases: Vec<(String, BTreeMap<String, Vec<String>>)>,
    zone: Zone,
}

impl Section {
    fn names(&self, case: &str) -> bool {
        self.cases.iter().any(|(name, _)| name == case)
    }
}

/// The names of a section with what stands under each, in the order of the file.
#[derive(Default)]
struct Zone(BTreeMap<String, Vec<Entry>>);

enum Entry {
    /// Every type that has no record above this entry times out.
    Timeout,
    Alias(String),
    Record(RecordType, Data),
    /// There is no TXT record, not even the copy of an SPF record.
    NoTxt,
}

impl Zone {
    /// Since RFC 7208 section 3.1 only TXT counts. The suites write most records under the type SPF and mean both types,
    /// unless the name has an entry of type TXT too.
    fn duplicate_spf(&mut self) {
        for entries in self.0.values_mut() {
            let has_txt = entries.iter().any(|entry| matches!(entry, Entry::NoTxt | Entry::Record(RecordType::Txt, _)));
            for entry in entries.iter_mut().filter(|_| !has_txt) {
                if let Entry::Record(kind @ RecordType::Spf, _) = entry {
                    *kind = RecordType::Txt;
                }
            }
        }
    }

    fn answer(&self, question: &Question) -> Result<Vec<Data>, Failure> {
        let mut name = question.name.as_str();
        // A chain of aliases that is longer than this is a loop.
        for _ in 0..8 {
            let entries = self.0.get(name).ok_or(Failure::NxDomain)?;
            let mut records = Vec::new();
            let mut alias = None;
            for entry in entries {
                match entry {
                    Entry::Timeout if records.is_empty() => return Err(Failure::Timeout),
                    Entry::Record(kind, data) if *kind == question.kind => records.push(data.clone()),
                    Entry::Alias(target) => alias = Some(target),
                    _ => {}
                }
            }
            match alias {
                Some(target) if records.is_empty() => name = target,
                _ if records.is_empty() => return Err(Failure::NoData),
                _ => return Ok(records),
            }
        }
        Err(Failure::ServFail)
    }
}

impl Lookup for Zone {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer =
            |question| Answer { records: self.answer(question), cname: Vec::new(), ttl: None, authentic: false };
        questions.iter().map(|question| Timed { answer: answer(question), millis: None }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot("suite".to_owned())
    }
}

/// Reads the part of YAML that the suites are written in: names at two spaces, fields and records at four.
fn read(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut heading = "";
    let mut owner = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let item = line.trim();
        if item == "---" {
            sections.push(Section::default());
        }
        let Some(section) = sections.last_mut().filter(|_| !item.is_empty() && !item.starts_with('#')) else {
            continue;
        };
        match (heading, indent) {
            (_, 0) => heading = item,
            ("tests:", 2) => section.cases.push((item.trim_end_matches(':').to_owned(), BTreeMap::new())),
            ("tests:", 4) => {
                if let (Some((_, fields)), Some((field, value))) = (section.cases.last_mut(), item.split_once(':')) {
                    fields.insert(field.to_owned(), values(value));
                }
            }
            ("zonedata:", 2) => {
                owner = question_name(&scalar(item.strip_suffix(':').unwrap_or(item)));
                section.zone.0.entry(owner.clone()).or_default();
            }
            ("zonedata:", 4) => {
                section.zone.0.entry(owner.clone()).or_default().push(record(item.trim_start_matches("- ")));
            }
            _ => {}
        }
    }
    for section in &mut sections {
        section.zone.duplicate_spf();
    }
    sections
}

fn record(item: &str) -> Entry {
    let Some((kind, value)) = item.split_once(':') else {
        assert_eq!(item, "TIMEOUT");
        return Entry::Timeout;
    };
    let values = values(value);
    let name = |index: usize| question_name(values[index].as_str());
    let text = || Data::Text(values.iter().map(|value| bytes(value)).collect());
    match kind {
        "TXT" if values == ["NONE"] => Entry::NoTxt,
        "TXT" => Entry::Record(RecordType::Txt, text()),
        "SPF" => Entry::Record(RecordType::Spf, text()),
        "A" => Entry::Record(RecordType::A, Data::A(values[0].parse().unwrap())),
        "AAAA" => Entry::Record(RecordType::Aaaa, Data::Aaaa(values[0].parse().unwrap())),
        "PTR" => Entry::Record(RecordType::Ptr, Data::Ptr(name(0))),
        "MX" => {
            let preference = values[0].parse().unwrap();
            Entry::Record(RecordType::Mx, Data::Mx { preference, exchange: name(1) })
        }
        "CNAME" => Entry::Alias(name(0)),
        other => panic!("record type {other}"),
    }
}

/// One scalar, or the items of a list in brackets.
fn values(text: &str) -> Vec<String> {
    let text = text.trim();
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(list) => list.split(',').map(scalar).filter(|item| !item.is_empty() || list.contains("\"\"")).collect(),
        None => vec![scalar(text)],
    }
}

/// A scalar, quotes and escapes taken off; a character stands for the byte of its number.
fn scalar(text: &str) -> String {
    let text = text.trim();
    if let Some(quoted) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return quoted.to_owned();
    }
    let Some(quoted) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return text.to_owned() };
    let mut parts = quoted.split('\\');
    let mut value = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some(hex) = part.strip_prefix('x') {
            let (digits, rest) = hex.split_at(2);
            value.push(char::from(u8::from_str_radix(digits, 16).unwrap()));
            value.push_str(rest);
        } else {
            value.push('\0');
            value.push_str(part.strip_prefix('0').unwrap());
        }
    }
    value
}

fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// A name as a question carries it.
fn question_name(text: &str) -> String {
    let escaped: String = bytes(text)
        .into_iter()
        .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("\\{byte:03}") })
        .collect();
    Question::new(&escaped, RecordType::A).name
}
