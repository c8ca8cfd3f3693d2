//! Whatever a zone says, SPF keeps its limits, leaves no question out of its trace, and counts as it evaluates.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::IpAddr;

use hopscope::auth::spf::{
    self, Authorised, Bound, Check, MAX_LOOKUPS, MAX_MX_HOSTS, MAX_PTR_NAMES, MAX_VOID_LOOKUPS, Reason, Session,
    SpfResult,
};
use hopscope::auth::trace::{Place, Step};
use hopscope::dns::{Data, Ledger, QuestionId, RecordType, Snapshot};
use proptest::prelude::*;

/// Names of the zone; every one can lead to every other, and to itself.
const NAMES: &[&str] = &["a.example.jp", "b.example.jp", "c.example.jp", "d.example.jp", "mail.a.example.jp"];

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES)
}

fn qualifier() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["", "+", "-", "~", "?"][..])
}

/// A term of the grammar, or nearly one.
fn term() -> impl Strategy<Value = String> {
    let names =
        (qualifier(), prop::sample::select(&["include", "a", "mx", "exists", "ptr", "A", "Include"][..]), name());
    let macros = prop::sample::select(
        &[
            "include:%{d}",
            "include:%{i}.%{v}.example.jp",
            "redirect=%{d1r}.example.jp",
            "exists:%{ir}.%{l1r-}.%{s}.%{h}.a.example.jp",
            "exists:%{p}.a.example.jp",
            "exp=%{p}.%{d}",
            "exp=why.example.jp",
            "a:%{d99}//0",
            "mx:%{o2}/0",
            "x=%{S}%%%_%-",
            "a:%{z}.example.jp",
            "include:%",
        ][..],
    );
    let networks =
        (any::<u32>(), 0u8..34).prop_map(|(ip, length)| format!("ip4:{}/{length}", std::net::Ipv4Addr::from(ip)));
    let networks_v6 =
        (any::<u128>(), 0u16..130).prop_map(|(ip, length)| format!("ip6:{}/{length}", std::net::Ipv6Addr::from(ip)));
    prop_oneof![
        6 => names.prop_map(|(qualifier, mechanism, name)| format!("{qualifier}{mechanism}:{name}")),
        2 => name().prop_map(|name| format!("redirect={name}")),
        2 => macros.prop_map(str::to_owned),
        1 => networks,
        1 => networks_v6,
        2 => prop::sample::select(&["a", "mx", "ptr", "+all", "-all", "?all", "a/24//64", "mx/8", ""][..]).prop_map(str::to_owned),
        1 => "[-+~?a-z0-9%{}:/=.]{0,30}",
    ]
}

/// A text as master files write it, cut into strings of at most 200 octets.
fn quoted(text: &[u8]) -> String {
    let strings = text.chunks(200).map(|chunk| {
        let escaped = chunk.iter().fold(String::new(), |mut escaped, byte| {
            write!(escaped, "\\{byte:03}").unwrap();
            escaped
        });
        format!("\"{escaped}\"")
    });
    strings.collect::<Vec<_>>().join(" ")
}

fn record() -> impl Strategy<Value = Vec<u8>> {
    let terms =
        prop::collection::vec(term(), 0..14).prop_map(|terms| format!("v=spf1 {}", terms.join(" ")).into_bytes());
    let garbage = prop::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| [b"v=spf1 ".to_vec(), bytes].concat());
    let noise = prop::collection::vec(any::<u8>(), 1..40);
    prop_oneof![8 => terms, 1 => garbage, 1 => noise]
}

/// One line of a zone.
fn line() -> impl Strategy<Value = String> {
    let failure = prop::sample::select(&["nxdomain", "nodata", "servfail", "timeout", "refused"][..]);
    let kind = prop::sample::select(&["A", "AAAA", "MX", "TXT"][..]);
    prop_oneof![
        4 => (name(), record()).prop_map(|(name, record)| format!("{name}. TXT {}", quoted(&record))),
        1 => (name(), any::<u32>()).prop_map(|(name, ip)| format!("{name}. A {}", std::net::Ipv4Addr::from(ip))),
        1 => (name(), any::<u128>()).prop_map(|(name, ip)| format!("{name}. AAAA {}", std::net::Ipv6Addr::from(ip))),
        2 => (name(), any::<u16>(), 0..30u8).prop_map(|(name, preference, host)| format!("{name}. MX {preference} h{host}.{name}.")),
        1 => (name(), kind, failure).prop_map(|(name, kind, failure)| format!("$answer {name}. {kind} {failure}")),
        1 => (0..30u8).prop_map(|host| format!("1.2.0.192.in-addr.arpa. PTR h{host}.a.example.jp.")),
        1 => (0..30u8).prop_map(|host| format!("h{host}.a.example.jp. A 192.0.2.1")),
        1 => Just("$default nxdomain".to_owned()),
    ]
}

/// A zone in which every name has a record, as far as the lines do not contradict each other.
fn zone() -> impl Strategy<Value = Snapshot> {
    (prop::collection::vec(record(), NAMES.len()), prop::collection::vec(line(), 0..24)).prop_map(|(records, lines)| {
        let own = NAMES.iter().zip(&records).map(|(name, record)| format!("{name}. TXT {}", quoted(record)));
        let mut text = own.collect::<Vec<_>>().join("\n");
        for line in lines {
            let more = format!("{text}\n{line}");
            if Snapshot::parse(&more, "generated").is_ok() {
                text = more;
            }
        }
        Snapshot::parse(&text, "generated").unwrap()
    })
}

fn session(ip: IpAddr, helo: Option<String>) -> Session {
    Session { ip, helo, receiver: None, timestamp: 0 }
}

/// Every step with the bytes that it points at.
fn steps<'s>(step: &'s Step, all: &mut Vec<&'s Step>) {
    all.push(step);
    step.children.iter().for_each(|child| steps(child, all));
}

fn limits_hold(check: &Check, ledger: &Ledger<'_>) -> Result<(), TestCaseError> {
    let asked = ledger.entries();
    let count = |kind: RecordType| asked.iter().filter(|entry| entry.question.kind == kind).count();
    let lookups = MAX_LOOKUPS as usize;
    // The first record, one for each include or redirect, and one explanation.
    prop_assert!(count(RecordType::Txt) <= 2 + lookups);
    prop_assert!(count(RecordType::Mx) <= lookups);
    prop_assert!(count(RecordType::Ptr) <= 1);
    prop_assert!(count(RecordType::A) + count(RecordType::Aaaa) <= lookups * MAX_MX_HOSTS + MAX_PTR_NAMES);
    prop_assert_eq!(count(RecordType::Spf), 0);
    prop_assert!(check.lookups <= MAX_LOOKUPS + 1);
    prop_assert!(check.void_lookups <= MAX_VOID_LOOKUPS + 1);
    prop_assert!(check.void_questions >= check.void_lookups);
    prop_assert_eq!(check.lookups > MAX_LOOKUPS, check.reason == Reason::LookupLimit);
    if check.result == Some(SpfResult::PermError) || check.result == Some(SpfResult::TempError) {
        prop_assert!(check.culprit.is_some());
    }
    Ok(())
}

/// Nothing is asked that no step shows, and each step's text stands where the step says.
fn trace_is_whole(check: &Check, ledger: &Ledger<'_>) -> Result<(), TestCaseError> {
    let mut all = Vec::new();
    steps(&check.trace, &mut all);
    let shown: BTreeSet<QuestionId> = all.iter().flat_map(|step| step.questions.iter().copied()).collect();
    let asked: BTreeSet<QuestionId> = ledger.entries().iter().map(|entry| entry.id).collect();
    prop_assert_eq!(&shown, &asked);
    for step in all {
        let Some(Place::Answer { question, record, span }) = step.place else { continue };
        let entries = ledger.entries();
        let entry = entries.iter().find(|entry| entry.id == question).unwrap();
        let text = entry.answer.records.as_ref().ok().and_then(|records| records.get(record)?.joined()).unwrap();
        let bytes = text.get(span.start..span.end).unwrap();
        prop_assert_eq!(String::from_utf8_lossy(bytes).into_owned(), step.text.clone().unwrap());
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_zone_breaks_a_limit_or_hides_a_question(
        snapshot in zone(),
        sender in prop_oneof![4 => name().prop_map(|name| format!("user@{name}")), 1 => ".{0,40}"],
        helo in prop::option::of(".{0,80}"),
        ip in prop_oneof![
            Just("192.0.2.1".parse().unwrap()),
            any::<u32>().prop_map(|ip| IpAddr::from(ip.to_be_bytes())),
            any::<u128>().prop_map(|ip| IpAddr::from(ip.to_be_bytes())),
        ],
    ) {
        let ledger = Ledger::new(&snapshot);
        let session = session(ip, helo);
        let check = spf::check(&sender, &session, &ledger);
        limits_hold(&check, &ledger)?;
        trace_is_whole(&check, &ledger)?;
        // The same questions, the same answers, the same words.
        let again = Ledger::new(&snapshot);
        prop_assert_eq!(&check, &spf::check(&sender, &session, &again));
        if let Some(survey) = &check.survey {
            prop_assert!(survey.ipv4.addresses() <= 1 << 32);
            prop_assert!(survey.records.len() <= 1 + MAX_LOOKUPS as usize);
        }
        let mut check = check;
        spf::find_deprecated(&mut check, &ledger);
        prop_assert!(ledger.entries().iter().filter(|entry| entry.question.kind == RecordType::Spf).count() <= 1);
    }
}

/// A term that tells addresses of 192.0.2.0/24 apart, and no others.
fn small_term(below: Vec<&'static str>) -> impl Strategy<Value = String> {
    let network = (any::<u8>(), 24..33u8).prop_map(|(last, length)| format!("ip4:192.0.2.{last}/{length}"));
    let host = prop::sample::select(
        &[
            "a:h1.example.jp",
            "a:h2.example.jp/28",
            "a:gone.example.jp",
            "mx:m.example.jp/30",
            "mx:holes.example.jp",
            "mx:many.example.jp",
            "mx:gone.example.jp",
            "a:..",
        ][..],
    );
    let same_for_all = prop::sample::select(&["exists:h1.example.jp", "exists:gone.example.jp"][..]);
    let by_address = prop::sample::select(&["exists:%{i}.x.example.jp", "a:%{i}.x.example.jp", "ptr:x.example.jp"][..]);
    let include = prop::sample::select(below).prop_map(|name| format!("include:{name}"));
    let kind = prop_oneof![
        12 => network,
        6 => host.prop_map(str::to_owned),
        1 => same_for_all.prop_map(str::to_owned),
        1 => by_address.prop_map(str::to_owned),
        6 => include,
    ];
    (qualifier(), kind).prop_map(|(qualifier, kind)| format!("{qualifier}{kind}"))
}

fn small_record(below: Vec<&'static str>) -> impl Strategy<Value = String> {
    let end = prop::sample::select(
        &["-all", "~all", "?all", "", "redirect=d.example.jp", "redirect=gone.example.jp", "bad:term"][..],
    );
    (prop::collection::vec(small_term(below), 0..6), end)
        .prop_map(|(terms, end)| format!("v=spf1 {} {end}", terms.join(" ")))
}

/// Records that lead from the first to the last, and hosts: with an address, with two, with none.
fn small_zone() -> impl Strategy<Value = String> {
    let last = prop::collection::vec((qualifier(), any::<u8>(), 26..33u8), 0..5);
    let records = (
        small_record(vec!["b.example.jp", "c.example.jp", "gone.example.jp"]),
        small_record(vec!["c.example.jp", "d.example.jp", "a.example.jp"]),
        small_record(vec!["d.example.jp"]),
        last,
    );
    records.prop_map(|(a, b, c, d)| {
        let terms = d.iter().map(|(qualifier, last, length)| format!("{qualifier}ip4:192.0.2.{last}/{length}"));
        let d = terms.collect::<Vec<_>>().join(" ");
        let many = (0..11).map(|host| format!("many.example.jp. MX {host} h{}.example.jp.\n", host % 3));
        let many = many.collect::<Vec<_>>().concat();
        format!(
            "a.example.jp. TXT \"{a}\"\nb.example.jp. TXT \"{b}\"\nc.example.jp. TXT \"{c}\"\nd.example.jp. TXT \"v=spf1 {d}\"\n\
             h1.example.jp. A 192.0.2.7\nh1.example.jp. A 192.0.2.130\nh2.example.jp. A 192.0.2.200\n\
             m.example.jp. MX 10 h1.example.jp.\nm.example.jp. MX 20 h2.example.jp.\n\
             holes.example.jp. MX 10 h2.example.jp.\nholes.example.jp. MX 20 h0.example.jp.\nholes.example.jp. MX 30 h1.example.jp.\n\
             {many}192.0.2.9.x.example.jp. A 127.0.0.1\n9.2.0.192.in-addr.arpa. PTR nine.x.example.jp.\n\
             nine.x.example.jp. A 192.0.2.9\n$default nxdomain\n",
        )
    })
}

fn evaluate(ip: &str, ledger: &Ledger<'_>) -> Check {
    spf::check("a.example.jp", &session(ip.parse().unwrap(), None), ledger)
}

/// An address that no term of a small zone knows.
const OUTSIDE: &str = "203.0.113.1";

fn counts_what_passes(counted: Authorised, passing: u128, zone: &str) -> Result<(), TestCaseError> {
    let number = counted.addresses();
    match counted.bound {
        Bound::Exact => prop_assert_eq!(number, passing, "{}", zone),
        Bound::AtLeast => prop_assert!(number <= passing, "{number} {passing} {zone}"),
        Bound::AtMost => prop_assert!(passing <= number, "{passing} {number} {zone}"),
        Bound::Between { at_most } => {
            prop_assert!(number <= passing && passing <= at_most, "{number} {passing} {at_most} {zone}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the count says of itself is true of the addresses that do pass, whoever connected; and when every question has
    /// its answer and no term depends on the address, it is exact.
    #[test]
    fn the_survey_counts_what_passes(zone in small_zone(), connected in any::<u8>()) {
        let snapshot = Snapshot::parse(&zone, "generated").unwrap();
        let all = Ledger::new(&snapshot);
        let inside = |last: u8| format!("192.0.2.{last}");
        let passes = |check: &Check| check.result == Some(SpfResult::Pass);
        let passing = (0..=255).filter(|last| passes(&evaluate(&inside(*last), &all))).count();
        let outside = evaluate(OUTSIDE, &all);
        let others = if passes(&outside) { (1 << 32) - 256 } else { 0 };
        let passing = u128::try_from(passing).unwrap() + others;
        for ip in [OUTSIDE.to_owned(), inside(connected)] {
            let alone = Ledger::new(&snapshot);
            let check = evaluate(&ip, &alone);
            counts_what_passes(check.survey.unwrap().ipv4, passing, &zone)?;
        }
        let survey = outside.survey.unwrap();
        counts_what_passes(survey.ipv4, passing, &zone)?;
        let depends = ["%{", "ptr:"].iter().any(|term| zone.contains(term));
        prop_assert!(depends || survey.ipv4.bound == Bound::Exact, "{}", zone);
    }
}

/// What the first test relies on: the text of a record is that of its strings, joined.
#[test]
fn garbage_bytes_come_through_a_zone_unchanged() {
    let bytes: Vec<u8> = (0..=255).collect();
    let snapshot = Snapshot::parse(&format!("a.example.jp. TXT {}", quoted(&bytes)), "bytes").unwrap();
    let ledger = Ledger::new(&snapshot);
    let entry = ledger.ask(&hopscope::dns::Question::new("a.example.jp", RecordType::Txt));
    assert_eq!(entry.answer.records.as_ref().unwrap().first().and_then(Data::joined), Some(bytes));
}
