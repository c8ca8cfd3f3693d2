//! The conformance cases of RFC 9989: result, policy, record, organizational domain, alignment, and the exact names asked.

use std::collections::BTreeMap;
use std::path::Path;

use hopscope::auth::dmarc::{self, Authentication, Candidate, Dmarc, DmarcResult, IdentifierSource, Input, Policy};
use hopscope::auth::second::{self, Comparison, Second, Verdict};
use hopscope::auth::{Alignment, Moments, arc};
use hopscope::dns::{Answer, Data, Failure, Ledger, Lookup, Origin, Question, RecordType, Timed};
use hopscope::message::Message;
use serde_json::Value;

#[test]
fn every_case_comes_to_its_result_with_exactly_its_questions() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/conformance/dmarc/cases.json"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no corpus");
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(cases.len(), 63);
    let wrong: Vec<String> = cases.iter().filter_map(compare).collect();
    assert!(wrong.is_empty(), "{} of {} cases differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    println!("{} cases", cases.len());
}

/// The second engine on the same answers: no difference from ours without a known reason.
#[test]
fn the_second_engine_agrees_or_says_why_not() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/conformance/dmarc/cases.json"));
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: no corpus");
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut tally: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for case in &cases {
        for compared in second_opinion(case).parts {
            let comparison = match compared.comparison {
                Comparison::Agrees(Verdict::Arc(_)) => continue,
                Comparison::Agrees(_) => "agrees".to_owned(),
                Comparison::NotCompared(why) => format!("not compared: {why:?}"),
                Comparison::Differs { known, .. } if !known.is_empty() => format!("differs: {known:?}"),
                Comparison::Differs { ours, theirs, .. } => format!("differs: open: ours {ours:?}, theirs {theirs:?}"),
            };
            let key = format!("{} {comparison}", compared.part.word());
            tally.entry(key).or_default().push(case["id"].as_str().unwrap_or("?"));
        }
    }
    for (comparison, ids) in &tally {
        println!("{:3} {comparison}: {}", ids.len(), if ids.len() < 20 { ids.join(" ") } else { String::new() });
    }
    assert!(!tally.keys().any(|comparison| comparison.contains("differs: open")), "{tally:#?}");
}

fn second_opinion(case: &Value) -> Second {
    let zone = Zone::read(case);
    let ledger = Ledger::new(&zone);
    let dmarc = dmarc::evaluate(&input(case), &ledger);
    let authors: Vec<String> = strings(&case["from"]).iter().map(|domain| format!("a@{domain}")).collect();
    let message = Message::read(format!("From: {}\r\n\r\n", authors.join(", ")).into_bytes());
    let now = jiff::Timestamp::UNIX_EPOCH;
    let moments = Moments { judged_at: now, now };
    second::compare(&second::Input {
        message: &message,
        moments,
        helo: None,
        receiver: None,
        mail_from: None,
        helo_check: None,
        header_from: None,
        dkim: &[],
        arc: &arc::check(&message, moments, &ledger),
        dmarc: &dmarc,
        entries: &ledger.entries(),
    })
}

/// What differs in one case.
fn compare(case: &Value) -> Option<String> {
    let zone = Zone::read(case);
    let ledger = Ledger::new(&zone);
    let dmarc = dmarc::evaluate(&input(case), &ledger);
    let entries = ledger.entries();
    let (records, others): (Vec<_>, Vec<_>) =
        entries.iter().map(|entry| &entry.question).partition(|question| question.name.starts_with("_dmarc."));
    let asked: Vec<&str> = records.iter().map(|question| question.name.as_str()).collect();
    let expected_names: Vec<&str> = strings(&case["queries"]);
    // "policy value is unknown; only the result is compared": the table leaves the policy open there.
    let is_policy_open = case["variant"].as_str().is_some_and(|note| note.starts_with("policy value is unknown"));
    let got = summary(&dmarc, is_policy_open);
    let expected = expectation(&case["expect"], is_policy_open);
    let id = case["id"].as_str().unwrap_or("?");
    (got != expected || asked != expected_names || !is_existence(&others, &dmarc))
        .then(|| format!("{id}: got {got:?} asking {entries:?}, expected {expected:?} asking {expected_names:?}"))
}

/// The list of a case names the `_dmarc` names alone. The one other question allowed is whether the author domain exists,
/// where `np` asks for something else (section 3.2.13).
fn is_existence(others: &[&Question], dmarc: &Dmarc) -> bool {
    let has_np = || dmarc.applied_record().is_some_and(|record| record.tag("np").is_some());
    match others {
        [] => true,
        [one] => one.kind == RecordType::A && Some(&one.name) == dmarc.author_domain.as_ref() && has_np(),
        _ => false,
    }
}

type Summary = (String, Option<String>, Option<String>, Option<String>, Option<bool>, Option<bool>);

fn summary(dmarc: &Dmarc, is_policy_open: bool) -> Summary {
    let result = match dmarc.result {
        DmarcResult::Pass => "pass",
        DmarcResult::Fail => "fail",
        DmarcResult::None => "none",
        DmarcResult::TempError => "temperror",
        DmarcResult::PermError => "permerror",
        DmarcResult::NotApplicable => "n/a",
        DmarcResult::NotEvaluated => "not evaluated",
    };
    let policy = dmarc.policy.filter(|_| !is_policy_open).map(|policy| match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    });
    (
        result.to_owned(),
        policy.map(str::to_owned),
        dmarc.record_at.clone(),
        dmarc.organizational_domain.clone(),
        aligned(dmarc, false),
        aligned(dmarc, true),
    )
}

fn expectation(expect: &Value, is_policy_open: bool) -> Summary {
    let text = |name: &str| expect[name].as_str().map(str::to_owned);
    (
        text("result").unwrap_or_default(),
        text("policy").filter(|_| !is_policy_open),
        text("record"),
        text("org"),
        expect["spf"].as_bool(),
        expect["dkim"].as_bool(),
    )
}

/// Whether an identifier of that kind passed and is aligned; `None` where no record applies or there is no identifier.
fn aligned(dmarc: &Dmarc, is_dkim: bool) -> Option<bool> {
    dmarc.record_at.as_ref()?;
    dmarc.identifiers.iter().find(|identifier| matches!(identifier.source, IdentifierSource::Dkim(_)) == is_dkim)?;
    Some(dmarc.best_alignment(is_dkim) != Alignment::No)
}

fn input(case: &Value) -> Input {
    let authors = strings(&case["from"]).into_iter().map(|domain| Some(domain.to_owned())).collect();
    let candidates = |list: &Value, source: fn(usize) -> IdentifierSource| -> Vec<Candidate> {
        let pairs = list.as_array().cloned().unwrap_or_default();
        let candidate = |(index, pair): (usize, &Value)| Candidate {
            source: source(index),
            domain: pair[0].as_str().unwrap_or_default().to_owned(),
            authentication: match pair[1].as_str() {
                Some("pass") => Authentication::Passed,
                Some("temperror") => Authentication::TempError,
                _ => Authentication::NotPassed,
            },
        };
        pairs.iter().enumerate().map(candidate).collect()
    };
    let mut identifiers = candidates(&case["spf"], |_| IdentifierSource::Spf);
    identifiers.extend(candidates(&case["dkim"], IdentifierSource::Dkim));
    Input { from_fields: vec![authors], identifiers, ..Input::default() }
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The zone of one case: every other name is NXDOMAIN, `*.` is a wildcard, names in `temp` time out.
struct Zone {
    names: BTreeMap<String, Value>,
    silent: Vec<String>,
}

impl Zone {
    fn read(case: &Value) -> Self {
        let names = case["zone"].as_object().into_iter().flatten().map(|(name, node)| (name.clone(), node.clone()));
        let silent = strings(&case["temp"]).into_iter().map(str::to_owned).collect();
        Self { names: names.collect(), silent }
    }

    /// The node of a name, by itself or by the wildcard at its closest encloser (RFC 4592 section 3.3.1).
    fn node(&self, name: &str) -> Option<&Value> {
        if self.exists(name) {
            return self.names.get(name);
        }
        let parents =
            std::iter::successors(name.split_once('.'), |(_, rest)| rest.split_once('.')).map(|(_, rest)| rest);
        let encloser = parents.into_iter().find(|parent| self.exists(parent))?;
        self.names.get(&format!("*.{encloser}"))
    }

    /// Whether a name has a node or stands above one.
    fn exists(&self, name: &str) -> bool {
        let below = format!(".{name}");
        self.names.keys().any(|node| node == name || node.ends_with(&below))
    }

    fn answer(&self, name: &str, kind: RecordType) -> Answer {
        if self.silent.iter().any(|silent| silent == name) {
            return Answer::failed(Failure::Timeout);
        }
        let Some(node) = self.node(name) else {
            return Answer::failed(if self.exists(name) { Failure::NoData } else { Failure::NxDomain });
        };
        if let Some(target) = node["CNAME"].as_str() {
            let mut answer = self.answer(target, kind);
            answer.cname.insert(0, target.to_owned());
            return answer;
        }
        let records: Vec<Data> = match kind {
            RecordType::Txt => node["TXT"].as_array().into_iter().flatten().map(text).collect(),
            RecordType::A => {
                strings(&node["A"]).into_iter().filter_map(|address| Some(Data::A(address.parse().ok()?))).collect()
            }
            _ => Vec::new(),
        };
        let records = if records.is_empty() { Err(Failure::NoData) } else { Ok(records) };
        Answer { records, cname: Vec::new(), ttl: None, authentic: false }
    }
}

fn text(record: &Value) -> Data {
    let strings = match record {
        Value::Array(_) => strings(record),
        _ => record.as_str().into_iter().collect(),
    };
    Data::Text(strings.into_iter().map(|string| string.as_bytes().to_vec()).collect())
}

impl Lookup for Zone {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer = |question: &Question| Timed { answer: self.answer(&question.name, question.kind), millis: None };
        questions.iter().map(answer).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot("case".to_owned())
    }
}
