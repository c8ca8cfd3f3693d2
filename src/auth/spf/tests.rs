//! The trace, the counts and the limits, on zones of our own.

use std::collections::HashMap;
use std::net::IpAddr;

use proptest::prelude::*;

use super::{
    Bound, Check, Cost, Counts, MAX_LOOKUPS, MAX_MX_HOSTS, MAX_PTR_NAMES, MAX_VOID_LOOKUPS, Reason, Relation,
    RemarkKind, Session, SpfResult, SyntaxError, Task, check, find_deprecated,
};
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::dns::{Answer, Data, Failure, Ledger, Lookup, Offline, Origin, Question, RecordType, Timed};

mod survey;

/// A zone from lines such as `example.jp TXT v=spf1 -all`; a failure stands in the place of the data.
struct Zone {
    records: HashMap<Question, Result<Vec<Data>, Failure>>,
    unlisted: Failure,
}

impl Zone {
    fn new(text: &str) -> Self {
        let mut records: HashMap<Question, Result<Vec<Data>, Failure>> = HashMap::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let [name, kind, value] = line.splitn(3, ' ').collect::<Vec<_>>().try_into().expect("name, type, data");
            let (kind, data) = match kind {
                "TXT" => (RecordType::Txt, Data::Text(vec![value.as_bytes().to_vec()])),
                "SPF" => (RecordType::Spf, Data::Text(vec![value.as_bytes().to_vec()])),
                "A" => (RecordType::A, value.parse().map_or(Data::Text(vec![]), Data::A)),
                "AAAA" => (RecordType::Aaaa, value.parse().map_or(Data::Text(vec![]), Data::Aaaa)),
                "MX" => (RecordType::Mx, Data::Mx { preference: 10, exchange: value.to_owned() }),
                "PTR" => (RecordType::Ptr, Data::Ptr(value.to_owned())),
                other => panic!("type {other}"),
            };
            let known = records.entry(Question::new(name, kind)).or_insert(Ok(Vec::new()));
            match (value, known) {
                ("timeout", known) => *known = Err(Failure::Timeout),
                ("unknown", known) => *known = Err(Failure::NotInSnapshot),
                (_, Ok(list)) => list.push(data),
                (_, Err(_)) => {}
            }
        }
        Self { records, unlisted: Failure::NxDomain }
    }
}

impl Lookup for Zone {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer = |question| Answer {
            records: self.records.get(question).cloned().unwrap_or(Err(self.unlisted)),
            cname: Vec::new(),
            ttl: None,
            authentic: false,
        };
        questions.iter().map(|question| Timed { answer: answer(question), millis: None }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot("test".to_owned())
    }
}

fn session(ip: &str) -> Session {
    Session { ip: ip.parse().unwrap(), helo: Some("mx.example.net".to_owned()), receiver: None, timestamp: 0 }
}

fn evaluate(zone: &str, sender: &str, ip: &str) -> (Check, Vec<Question>) {
    let zone = Zone::new(zone);
    let ledger = Ledger::new(&zone);
    let check = check(sender, &session(ip), &ledger);
    let asked = ledger.entries().iter().map(|entry| entry.question.clone()).collect();
    (check, asked)
}

/// The tree as lines: task, text, outcome, and a term's look-ups and voids.
fn outline(step: &Step) -> Vec<String> {
    let What::Spf(task) = step.what else { panic!("not a step of SPF") };
    let counts = step.cost.map(|cost| format!(" {}/{}", cost.own.lookups, cost.own.void_lookups)).unwrap_or_default();
    let mut lines = vec![format!("{task:?} {} {:?}{counts}", step.text.as_deref().unwrap_or("-"), step.outcome)];
    lines.extend(step.children.iter().flat_map(outline).map(|line| format!("  {line}")));
    lines
}

#[test]
fn says_which_term_caused_each_lookup_and_each_void() {
    let (check, _) = evaluate(
        "example.jp TXT v=spf1 include:a.example.jp include:b.example.jp -all
         a.example.jp TXT v=spf1 a:gone.example.jp mx:gone.example.jp ~all
         b.example.jp TXT v=spf1 a:host.example.jp exists:gone.example.com +all
         host.example.jp A 192.0.2.1",
        "user@example.jp",
        "198.51.100.1",
    );
    assert_eq!((check.result, check.reason), (Some(SpfResult::PermError), Reason::VoidLookupLimit));
    let culprit = check.culprit.unwrap();
    assert_eq!((culprit.domain.as_str(), culprit.term.as_deref()), ("b.example.jp", Some("exists:gone.example.com")));
    assert_eq!((check.lookups, check.void_lookups, check.void_questions), (6, 3, 3));
    assert_eq!(
        outline(&check.trace),
        [
            "SpfCheck example.jp PermError",
            "  SpfRecord v=spf1 include:a.example.jp include:b.example.jp -all Found",
            "  SpfMechanism include:a.example.jp NoMatch 3/2",
            "    SpfCheck a.example.jp SoftFail",
            "      SpfRecord v=spf1 a:gone.example.jp mx:gone.example.jp ~all Found",
            "      SpfMechanism a:gone.example.jp NoMatch 1/1",
            "      SpfMechanism mx:gone.example.jp NoMatch 1/1",
            "      SpfMechanism ~all Match 0/0",
            "  SpfMechanism include:b.example.jp PermError 3/1",
            "    SpfCheck b.example.jp PermError",
            "      SpfRecord v=spf1 a:host.example.jp exists:gone.example.com +all Found",
            "      SpfMechanism a:host.example.jp NoMatch 1/0",
            "      SpfMechanism exists:gone.example.com LimitExceeded 1/1",
            "      SpfMechanism +all Skipped",
            "  SpfMechanism -all Skipped",
        ]
    );
}

#[test]
fn points_each_term_at_its_bytes_and_its_questions() {
    let record = "v=spf1 ip4:192.0.2.0/24 a:host.example.jp -all";
    let (check, _) = evaluate(&format!("example.jp TXT {record}"), "user@example.jp", "198.51.100.1");
    for term in check.trace.children.iter().skip(1) {
        let Some(Place::Answer { question, record: 0, span }) = term.place else { panic!("no place: {term:?}") };
        assert_eq!(question.0, 1);
        assert_eq!(Some(&record[span.start..span.end]), term.text.as_deref());
    }
    let asked: Vec<u32> = check.trace.children[2].questions.iter().map(|id| id.0).collect();
    assert_eq!(asked, [2]);
    let counts = Counts { lookups: 1, void_lookups: 1, void_questions: 1 };
    assert_eq!(check.trace.children[2].cost, Some(Cost { own: counts, so_far: counts }));
}

#[test]
fn asks_nothing_for_terms_after_the_match() {
    let (check, asked) = evaluate(
        "example.jp TXT v=spf1 ip4:192.0.2.0/24 include:never.example.jp exp=never.example.jp -all",
        "user@example.jp",
        "192.0.2.7",
    );
    assert_eq!(check.result, Some(SpfResult::Pass));
    assert_eq!(asked.len(), 1);
    let outcomes: Vec<Outcome> = check.trace.children.iter().skip(1).map(|step| step.outcome).collect();
    assert_eq!(outcomes, [Outcome::Match, Outcome::Skipped, Outcome::Skipped, Outcome::Skipped]);
}

#[test]
fn says_which_term_of_an_included_record_matched() {
    let (check, _) = evaluate(
        "example.jp TXT v=spf1 include:spf.example.net -all
         spf.example.net TXT v=spf1 ip4:192.0.2.0/24 ~all",
        "user@example.jp",
        "192.0.2.7",
    );
    let matched = check.matched.unwrap();
    assert_eq!((matched.term.as_str(), matched.domain.as_str()), ("include:spf.example.net", "example.jp"));
    let inside = matched.inside.unwrap();
    assert_eq!((inside.term.as_str(), inside.domain.as_str()), ("ip4:192.0.2.0/24", "spf.example.net"));
}

#[test]
fn counts_a_term_as_void_once_and_tells_the_other_count() {
    let zone = "example.jp TXT v=spf1 mx -all
         example.jp MX a.example.jp
         example.jp MX b.example.jp
         example.jp MX c.example.jp
         a.example.jp A 192.0.2.1
         b.example.jp A 192.0.2.2
         c.example.jp A 192.0.2.3";
    let (check, asked) = evaluate(zone, "user@example.jp", "2001:db8::1");
    assert_eq!((check.result, check.void_lookups, check.void_questions), (Some(SpfResult::Fail), 1, 3));
    assert!(asked.iter().all(|question| question.kind != RecordType::A), "{asked:?}");
}

#[test]
fn stops_before_the_eleventh_lookup() {
    let names: Vec<String> = (0..12).map(|n| format!("h{n}.example.jp")).collect();
    let hosts: Vec<String> = names.iter().map(|name| format!("{name} A 192.0.2.1")).collect();
    let zone = format!("example.jp TXT v=spf1 a:{} -all\n{}", names.join(" a:"), hosts.join("\n"));
    let (check, asked) = evaluate(&zone, "user@example.jp", "198.51.100.1");
    assert_eq!((check.result, check.reason), (Some(SpfResult::PermError), Reason::LookupLimit));
    assert_eq!(check.culprit.unwrap().term.as_deref(), Some("a:h10.example.jp"));
    assert_eq!(asked.len(), 11);
}

#[test]
fn finds_every_syntax_error_before_a_term_can_match() {
    let (check, asked) =
        evaluate("example.jp TXT v=spf1 +all ipv4:192.0.2.1 a:192.0.2.1", "user@example.jp", "192.0.2.1");
    assert_eq!((check.result, check.reason), (Some(SpfResult::PermError), Reason::SyntaxError));
    let faults: Vec<(&str, SyntaxError)> =
        check.faults.iter().map(|fault| (fault.term.as_str(), fault.error)).collect();
    assert_eq!(
        faults,
        [("ipv4:192.0.2.1", SyntaxError::UnknownMechanism), ("a:192.0.2.1", SyntaxError::AddressAsDomain)]
    );
    assert_eq!(asked.len(), 1);
    assert_eq!(check.trace.children[1].outcome, Outcome::Skipped);
    assert_eq!(check.trace.children[2].outcome, Outcome::Broken);
}

#[test]
fn knows_nothing_when_nobody_was_asked() {
    let ledger = Ledger::new(&Offline);
    let check = check("user@example.jp", &session("192.0.2.1"), &ledger);
    assert_eq!((check.result, check.reason), (None, Reason::NotAsked));
    assert_eq!(check.trace.outcome, Outcome::NotEvaluated);

    for zone in [
        "example.jp TXT v=spf1 include:b.example.jp -all\nb.example.jp TXT unknown",
        "example.jp TXT v=spf1 a -all\nexample.jp A unknown",
        "example.jp TXT v=spf1 mx -all\nexample.jp MX m.example.jp\nm.example.jp A unknown",
        "example.jp TXT v=spf1 ptr -all\n1.2.0.192.in-addr.arpa PTR unknown",
        "example.jp TXT v=spf1 ptr -all\n1.2.0.192.in-addr.arpa PTR example.jp\nexample.jp A unknown",
        "example.jp TXT v=spf1 exists:%{p}.example.net -all\n1.2.0.192.in-addr.arpa PTR unknown",
        "example.jp TXT v=spf1 redirect=b.example.jp\nb.example.jp TXT unknown",
    ] {
        let (check, _) = evaluate(zone, "user@example.jp", "192.0.2.1");
        assert_eq!((check.result, check.reason, check.culprit), (None, Reason::NotAsked, None), "{zone}");
    }
}

#[test]
fn names_the_term_that_dns_failed_and_its_owner() {
    for (zone, domain, term) in [
        ("example.jp TXT timeout", "example.jp", None),
        ("example.jp TXT v=spf1 a -all\nexample.jp A timeout", "example.jp", Some("a")),
        (
            "example.jp TXT v=spf1 include:b.example.jp -all\nb.example.jp TXT timeout",
            "example.jp",
            Some("include:b.example.jp"),
        ),
        (
            "example.jp TXT v=spf1 include:b.example.jp -all\nb.example.jp TXT v=spf1 a:c.example.jp\nc.example.jp A timeout",
            "b.example.jp",
            Some("a:c.example.jp"),
        ),
        (
            "example.jp TXT v=spf1 redirect=b.example.jp\nb.example.jp TXT timeout",
            "example.jp",
            Some("redirect=b.example.jp"),
        ),
    ] {
        let (check, _) = evaluate(zone, "user@example.jp", "192.0.2.1");
        assert_eq!((check.result, check.reason), (Some(SpfResult::TempError), Reason::DnsTrouble), "{zone}");
        let culprit = check.culprit.unwrap();
        assert_eq!((culprit.domain.as_str(), culprit.term.as_deref()), (domain, term), "{zone}");
    }
}

#[test]
fn tells_apart_why_there_is_no_record() {
    for (zone, sender, result, reason) in [
        ("", "user@example.jp", SpfResult::None, Reason::NoSuchDomain),
        ("example.jp TXT hello", "user@example.jp", SpfResult::None, Reason::NoRecord),
        ("", "user@localhost", SpfResult::None, Reason::NotADomain),
        ("", "user@[192.0.2.1]", SpfResult::None, Reason::NotADomain),
        ("", "", SpfResult::None, Reason::NotADomain),
        (
            "example.jp TXT v=spf1\nexample.jp TXT V=SPF1 -all",
            "example.jp",
            SpfResult::PermError,
            Reason::SeveralRecords,
        ),
        ("example.jp TXT v=spf1 include:b.example.jp", "example.jp", SpfResult::PermError, Reason::TargetHasNoRecord),
        ("example.jp TXT v=spf1 ip4:192.0.2.9", "example.jp", SpfResult::Neutral, Reason::NothingMatched),
    ] {
        let (check, _) = evaluate(zone, sender, "192.0.2.1");
        assert_eq!((check.result, check.reason), (Some(result), reason), "{zone} {sender}");
    }
}

#[test]
fn takes_a_bare_domain_as_postmaster() {
    let zone = "example.jp TXT v=spf1 -all exp=why.example.jp\nwhy.example.jp TXT %{s} from %{c} by %{r}";
    let (check, _) = evaluate(zone, "Example.JP.", "::ffff:192.0.2.1");
    assert_eq!(check.sender, "postmaster@example.jp");
    assert_eq!(check.ip, "192.0.2.1".parse::<IpAddr>().unwrap());
    assert_eq!(check.explanation.as_deref(), Some("postmaster@example.jp from 192.0.2.1 by unknown"));
}

#[test]
fn asks_for_an_international_domain_by_its_a_labels() {
    let (check, asked) = evaluate("xn--wgv71a119e.jp TXT v=spf1 +all", "user@日本語.jp", "192.0.2.1");
    assert_eq!((check.result, check.domain.as_str()), (Some(SpfResult::Pass), "xn--wgv71a119e.jp"));
    assert_eq!(asked.len(), 1);
}

#[test]
fn keeps_the_networks_tried_and_finds_the_nearest() {
    let (check, _) = evaluate(
        "example.jp TXT v=spf1 ip6:2001:db8::/32 ip4:198.51.100.0/24 ip4:192.0.2.0/28 include:b.example.jp -all
         b.example.jp TXT v=spf1 a:host.example.jp ip4:203.0.113.0/24 ~all
         host.example.jp A 192.0.2.16",
        "example.jp",
        "192.0.2.18",
    );
    assert_eq!(check.result, Some(SpfResult::Fail));
    assert_eq!(check.tried.len(), 5);
    let nearest = check.nearest().unwrap();
    assert_eq!((nearest.term.as_str(), nearest.domain.as_str()), ("a:host.example.jp", "b.example.jp"));
}

#[test]
fn refuses_a_record_that_is_not_ascii() {
    struct Latin1;
    impl Lookup for Latin1 {
        fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
            let records = Ok(vec![Data::Text(vec![b"v=spf1 ".to_vec(), b"a:\xE9.example.jp -all".to_vec()])]);
            let answer = Answer { records, cname: Vec::new(), ttl: None, authentic: false };
            vec![Timed { answer, millis: None }; questions.len()]
        }

        fn origin(&self) -> Origin {
            Origin::System
        }
    }
    let check = check("example.jp", &session("192.0.2.1"), &Ledger::new(&Latin1));
    assert_eq!((check.result, check.faults[0].error), (Some(SpfResult::PermError), SyntaxError::Character));
}

#[test]
fn tells_networks_that_would_have_let_pass_from_those_that_would_not() {
    let (check, _) = evaluate(
        "example.jp TXT v=spf1 -ip4:192.0.2.17 include:b.example.jp ip4:192.0.2.32/28 ip6:2001:db8::/32 -all
         b.example.jp TXT v=spf1 ?ip4:192.0.2.19 ip4:192.0.2.0/28 -all",
        "example.jp",
        "192.0.2.18",
    );
    assert!(check.is_unlisted());
    let missed: Vec<&str> = check.missed().map(|tried| tried.term.as_str()).collect();
    assert_eq!(missed, ["ip4:192.0.2.0/28", "ip4:192.0.2.32/28"]);
    assert_eq!(check.nearest().unwrap().term, "ip4:192.0.2.0/28");
    let (refused, _) = evaluate("example.jp TXT v=spf1 -ip4:192.0.2.0/24 +all", "example.jp", "192.0.2.18");
    assert!(!refused.is_unlisted());
}

#[test]
fn looks_for_the_deprecated_type_only_where_nothing_else_is_published() {
    let find = |zone: &str| {
        let zone = Zone::new(zone);
        let ledger = Ledger::new(&zone);
        let mut check = check("example.jp", &session("192.0.2.1"), &ledger);
        let before = (check.result, check.reason, ledger.entries().len());
        find_deprecated(&mut check, &ledger);
        assert_eq!((check.result, check.reason), (before.0, before.1));
        (check.deprecated.map(|found| found.record), ledger.entries().len() - before.2)
    };
    assert_eq!(find("example.jp TXT hello\nexample.jp SPF v=spf1 -all"), (Some("v=spf1 -all".to_owned()), 1));
    assert_eq!(find("example.jp TXT hello\nexample.jp SPF hello"), (None, 1));
    assert_eq!(find("example.jp TXT hello\nexample.jp SPF timeout"), (None, 1));
    assert_eq!(find("example.jp TXT v=spf1 -all\nexample.jp SPF v=spf1 +all"), (None, 0));
    assert_eq!(find("example.jp SPF v=spf1 -all\nexample.jp TXT timeout"), (None, 0));
    assert_eq!(find(""), (None, 0));
}

/// Answers every question of a type with the same records, so that each target leads on.
#[derive(Debug)]
struct Anything {
    texts: Vec<Vec<u8>>,
    hosts: usize,
    empty: bool,
}

impl Lookup for Anything {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answer = |question: &Question| {
            let pick = question.name.bytes().map(usize::from).sum::<usize>();
            let host = |n: usize| format!("h{n}.{}", question.name);
            let records: Vec<Data> = match question.kind {
                RecordType::Txt => self
                    .texts
                    .get(pick % self.texts.len().max(1))
                    .into_iter()
                    .cloned()
                    .map(|text| Data::Text(vec![text]))
                    .collect(),
                RecordType::A if !self.empty => vec![Data::A([198, 51, 100, 1].into())],
                RecordType::Mx => (0..self.hosts).map(|n| Data::Mx { preference: 0, exchange: host(n) }).collect(),
                RecordType::Ptr => (0..self.hosts).map(|n| Data::Ptr(host(n))).collect(),
                _ => Vec::new(),
            };
            let records = if records.is_empty() { Err(Failure::NoData) } else { Ok(records) };
            Timed { answer: Answer { records, cname: Vec::new(), ttl: None, authentic: false }, millis: None }
        };
        questions.iter().map(answer).collect()
    }

    fn origin(&self) -> Origin {
        Origin::System
    }
}

/// Records that are nearly right: terms of the grammar and pieces of noise.
fn record() -> impl Strategy<Value = Vec<u8>> {
    let term = prop_oneof![
        Just("include:%{d}.example.jp"),
        Just("include:a.example.jp"),
        Just("redirect=r.%{d}"),
        Just("exp=%{p}.example.jp"),
        Just("exists:%{p}.%{ir}.%{l1r-}.example.jp"),
        Just("a:%{h}/24//64"),
        Just("a"),
        Just("mx"),
        Just("mx:%{d}"),
        Just("ptr"),
        Just("-ptr:%{o2}"),
        Just("ip4:192.0.2.0/24"),
        Just("ip6:2001:db8::/32"),
        Just("?all"),
        Just("x=%{S}%%%_"),
        Just("  "),
    ];
    let sane = prop::collection::vec(term, 0..20).prop_map(|terms| format!("v=spf1 {}", terms.join(" ")).into_bytes());
    let noise = prop::collection::vec(any::<u8>(), 0..60).prop_map(|bytes| [b"v=spf1 ".to_vec(), bytes].concat());
    let text = "[-+~?a-z0-9%{}:/=. ]{0,60}".prop_map(|text| format!("v=spf1 {text}").into_bytes());
    prop_oneof![4 => sane, 1 => noise, 1 => text]
}

proptest! {
    #[test]
    fn never_panics_and_never_exceeds_a_limit(
        texts in prop::collection::vec(record(), 0..5),
        hosts in 0usize..14,
        empty in any::<bool>(),
        sender in prop_oneof![Just("user@example.jp".to_owned()), ".{0,40}"],
        helo in prop::option::of(".{0,80}"),
        ip in prop_oneof![any::<[u8; 4]>().prop_map(IpAddr::from), any::<[u8; 16]>().prop_map(IpAddr::from)],
    ) {
        let zone = Anything { texts, hosts, empty };
        let ledger = Ledger::new(&zone);
        let check = check(&sender, &Session { ip, helo, receiver: None, timestamp: 0 }, &ledger);
        let asked = ledger.entries();
        let count = |kind: RecordType| asked.iter().filter(|entry| entry.question.kind == kind).count();
        let lookups = MAX_LOOKUPS as usize;
        // The first record, one for each include or redirect, and one explanation.
        prop_assert!(count(RecordType::Txt) <= 2 + lookups);
        prop_assert!(count(RecordType::Mx) <= lookups);
        prop_assert!(count(RecordType::Ptr) <= 1);
        prop_assert!(count(RecordType::A) + count(RecordType::Aaaa) <= lookups * MAX_MX_HOSTS + MAX_PTR_NAMES);
        prop_assert!(check.lookups <= MAX_LOOKUPS + 1);
        prop_assert!(check.void_lookups <= MAX_VOID_LOOKUPS + 1);
        if check.lookups > MAX_LOOKUPS {
            prop_assert_eq!(check.reason, Reason::LookupLimit);
        }
        prop_assert!(matches!(check.trace.what, What::Spf(Task::SpfCheck)));
    }
}
