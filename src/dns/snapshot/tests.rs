use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::super::{
    Answer, Data, Entry, Failure, Lookup, Origin, Question, QuestionId, RecordType, Recorded, Source, Timed,
};
use super::{Snapshot, SnapshotError, write};

fn snapshot(text: &str) -> Snapshot {
    Snapshot::parse(text, "test.dns").unwrap()
}

fn ask(snapshot: &Snapshot, name: &str, kind: RecordType) -> Answer {
    snapshot.lookup(&[Question::new(name, kind)]).remove(0).answer
}

fn records(snapshot: &Snapshot, name: &str, kind: RecordType) -> Result<Vec<Data>, Failure> {
    ask(snapshot, name, kind).records
}

fn text(strings: &[&str]) -> Data {
    Data::Text(strings.iter().map(|string| string.as_bytes().to_vec()).collect())
}

#[test]
fn reads_each_type() {
    let zone = snapshot(
        "; a zone\n\
         a.example. 60 IN A 192.0.2.1 ; one\n\
         a.example. 30 IN A 192.0.2.2\n\
         a.example. in aaaa 2001:db8::1\n\
         a.example. 60 MX 10 Mail.Example.\n\
         a.example. 60 IN MX 0 .\n\
         1.2.0.192.in-addr.arpa. 60 IN PTR a.example.\n\
         t.example. 60 IN TXT \"v=spf1 \\\"x\\\" \\\\ \\195\\169; é\" \"b\" unquoted\n\
         t.example. 60 IN SPF \"v=spf1 -all\"\n\
         _25._tcp.a.example. 60 IN TLSA 3 1 1 00FF 0a\n\
         example. 60 IN SOA ns.example. host.example. 1 2 3 4 5\n\
         example. 60 IN NS ns.example.\n\
         example. 60 IN CAA 0 issue \"ca.example\"\n",
    );
    let a = ask(&zone, "A.Example.", RecordType::A);
    assert_eq!(a.records, Ok(vec![Data::A([192, 0, 2, 1].into()), Data::A([192, 0, 2, 2].into())]));
    assert_eq!(a.ttl, Some(30));
    assert_eq!(ask(&zone, "a.example", RecordType::Aaaa).ttl, None);
    let mx = |preference, exchange: &str| Data::Mx { preference, exchange: exchange.to_owned() };
    assert_eq!(records(&zone, "a.example", RecordType::Mx), Ok(vec![mx(10, "mail.example"), mx(0, ".")]));
    assert_eq!(records(&zone, "1.2.0.192.in-addr.arpa", RecordType::Ptr), Ok(vec![Data::Ptr("a.example".to_owned())]));
    assert_eq!(
        records(&zone, "t.example", RecordType::Txt),
        Ok(vec![text(&["v=spf1 \"x\" \\ é; é", "b", "unquoted"])])
    );
    assert_eq!(records(&zone, "t.example", RecordType::Spf), Ok(vec![text(&["v=spf1 -all"])]));
    let tlsa = Data::Tlsa { usage: 3, selector: 1, matching: 1, data: vec![0, 0xff, 0x0a] };
    assert_eq!(records(&zone, "_25._tcp.a.example", RecordType::Tlsa), Ok(vec![tlsa]));
    assert_eq!(records(&zone, "example", RecordType::A), Err(Failure::NoData));
}

#[test]
fn escapes_stand_in_names_too() {
    let zone = snapshot("A\\032b\\.c\\$.example. 60 IN A 192.0.2.1\n");
    assert!(records(&zone, "a b\\.c$.example", RecordType::A).is_ok());
    assert_eq!(records(&zone, "a b.c$.example", RecordType::A), Err(Failure::NotInSnapshot));
}

#[test]
fn unlisted_names_are_unknown_unless_said_otherwise() {
    let listed = "a.b.example. 60 IN A 192.0.2.1\n$answer slow.example. TXT timeout\n";
    let unknown = snapshot(listed);
    assert_eq!(records(&unknown, "a.b.example", RecordType::Txt), Err(Failure::NoData));
    assert_eq!(records(&unknown, "b.example", RecordType::Txt), Err(Failure::NotInSnapshot));
    assert_eq!(records(&unknown, "x.example", RecordType::Txt), Err(Failure::NotInSnapshot));
    assert_eq!(records(&unknown, "slow.example", RecordType::A), Err(Failure::NotInSnapshot));

    let complete = snapshot(&format!("{listed}$default nxdomain\n"));
    assert_eq!(records(&complete, "b.example", RecordType::Txt), Err(Failure::NoData));
    assert_eq!(records(&complete, "x.example", RecordType::Txt), Err(Failure::NxDomain));
    assert_eq!(records(&complete, "slow.example", RecordType::Txt), Err(Failure::Timeout));
    assert_eq!(records(&complete, "slow.example", RecordType::A), Err(Failure::NoData));
}

#[test]
fn states_failures() {
    for (word, failure) in [
        ("nxdomain", Failure::NxDomain),
        ("nodata", Failure::NoData),
        ("servfail", Failure::ServFail),
        ("timeout", Failure::Timeout),
        ("refused", Failure::Refused),
    ] {
        let zone = snapshot(&format!("$answer Gone.example. TXT {word}\n"));
        assert_eq!(records(&zone, "gone.example", RecordType::Txt), Err(failure));
    }
    let gone = snapshot("$answer gone.example. TXT nxdomain\n");
    assert_eq!(records(&gone, "gone.example", RecordType::A), Err(Failure::NxDomain));
}

#[test]
fn follows_cname_chains() {
    let zone = snapshot(
        "a.example. 60 IN CNAME b.example.\n\
         b.example. 20 IN CNAME c.example.\n\
         c.example. 40 IN TXT \"found\"\n\
         dangling.example. 60 IN CNAME nowhere.example.\n\
         broken.example. 60 IN CNAME down.example.\n\
         $answer down.example. TXT servfail\n\
         loop.example. 60 IN CNAME pool.example.\n\
         pool.example. 60 IN CNAME loop.example.\n\
         self.example. 60 IN CNAME self.example.\n",
    );
    let found = ask(&zone, "a.example", RecordType::Txt);
    assert_eq!(found.records, Ok(vec![text(&["found"])]));
    assert_eq!(found.cname, ["b.example", "c.example"]);
    assert_eq!(found.ttl, Some(20));
    assert_eq!(records(&zone, "a.example", RecordType::A), Err(Failure::NoData));
    let dangling = ask(&zone, "dangling.example", RecordType::Txt);
    assert_eq!((dangling.records, dangling.ttl), (Err(Failure::NotInSnapshot), Some(60)));
    assert_eq!(dangling.cname, ["nowhere.example"]);
    assert_eq!(records(&zone, "broken.example", RecordType::Txt), Err(Failure::ServFail));
    assert_eq!(ask(&zone, "loop.example", RecordType::Txt).cname, ["pool.example"]);
    assert_eq!(records(&zone, "loop.example", RecordType::Txt), Err(Failure::ServFail));
    assert_eq!(records(&zone, "self.example", RecordType::Txt), Err(Failure::ServFail));

    let mut endless = String::new();
    for step in 0..40 {
        writeln!(endless, "n{step}.example. 60 IN CNAME n{}.example.", step + 1).unwrap();
    }
    let answer = ask(&snapshot(&endless), "n0.example", RecordType::A);
    assert_eq!((answer.records, answer.cname.len()), (Err(Failure::ServFail), super::super::MAX_CHAIN));
}

#[test]
fn a_recording_says_nothing_about_other_questions() {
    let snapshot = snapshot(
        "$recorded 2026-11-22T09:00:00Z \"the system\"\n\
         $asked a.example. TXT 23\n\
         a.example. 60 IN CNAME b.example.\n\
         b.example. 60 IN TXT \"x\"\n\
         \n\
         c.example. 60 IN TXT \"y\"\n",
    );
    let asked = snapshot.lookup(&[Question::new("a.example", RecordType::Txt)]).remove(0);
    assert_eq!(asked.millis, Some(23));
    assert_eq!(asked.answer.cname, ["b.example"]);
    assert_eq!(records(&snapshot, "a.example", RecordType::A), Err(Failure::NotInSnapshot));
    assert_eq!(records(&snapshot, "b.example", RecordType::Txt), Err(Failure::NotInSnapshot));
    assert_eq!(records(&snapshot, "c.example", RecordType::Txt), Ok(vec![text(&["y"])]));
    let recorded = snapshot.recorded().unwrap();
    assert_eq!((recorded.at.to_string().as_str(), recorded.through.as_str()), ("2026-11-22T09:00:00Z", "the system"));
    assert_eq!(snapshot.origin(), Origin::Snapshot("test.dns".to_owned()));
}

#[test]
fn names_the_line_and_its_fault() {
    let long = format!("a. IN TXT \"{}\"", "x".repeat(256));
    for (line, fault) in [
        ("a..b. 60 IN A 192.0.2.1", "not a domain name"),
        ("é.example. 60 IN A 192.0.2.1", "A-label"),
        ("\"a\" 60 IN A 192.0.2.1", "quotes"),
        ("a. 60 IN A 192.0.2", "IPv4"),
        ("a. 60 IN A 192.0.2.1 192.0.2.2", "A takes"),
        ("a. 60 IN AAAA 192.0.2.1", "IPv6"),
        ("a. 60 IN MX mail.example.", "MX takes"),
        ("a. 60 IN MX 65536 mail.example.", "preference"),
        ("a. 60 IN TXT", "TXT takes"),
        ("a. 60 IN TXT \"open", "without its end"),
        ("a. 60 IN TXT \"open\\\"", "without its end"),
        ("a. 60 IN TXT \"\\256\"", "escape"),
        ("a. 60 IN TXT \\", "backslash"),
        (&long, "255"),
        ("a. 60 IN SOA ns. host. ( 1 2 3 4 5 )", "several lines"),
        ("a. 60 IN SOA ns. host. 1 2 3", "SOA takes"),
        ("a. 99999999999 IN A 192.0.2.1", "TTL"),
        ("a. 60 CH A 192.0.2.1", "neither"),
        ("a. 60 IN", "without a type"),
        ("a. 60 IN 192.0.2.1", "neither"),
        ("a. 60 IN LOC", "without data"),
        ("a. 60 IN TLSA 3 1 1", "TLSA takes"),
        ("a. 60 IN TLSA 3 1 256 00", "parameter"),
        ("a. 60 IN TLSA 3 1 1 0x", "hexadecimal"),
        ("a. 60 IN TLSA 3 1 1 000", "hexadecimal"),
        ("$ORIGIN example.", "unknown directive"),
        ("$answer a. TXT gone", "failure"),
        ("$answer a. LOC nodata", "type"),
        ("$answer a. TXT", "$answer takes"),
        ("$asked a. TXT soon", "milliseconds"),
        ("$default open", "$default takes"),
        ("$recorded yesterday system", "time"),
    ] {
        let error = Snapshot::parse(&format!("; first\n\n{line}\n"), "test").err();
        match error {
            Some(SnapshotError::Malformed { line: 3, what }) => assert!(what.contains(fault), "{line}: {what}"),
            other => panic!("{line}: {other:?}"),
        }
    }
    for text in [
        "a. IN CNAME b.\na. IN CNAME c.",
        "a. IN CNAME b.\na. IN A 192.0.2.1",
        "a. IN A 192.0.2.1\na. IN CNAME b.",
        "$answer a. TXT nodata\n$answer a. TXT nodata",
        "$asked a. TXT 1\n$asked a. TXT 1",
    ] {
        assert!(matches!(Snapshot::parse(text, "test"), Err(SnapshotError::Malformed { line: 2, .. })), "{text}");
    }
}

#[test]
fn reads_files_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.dns");
    std::fs::write(&path, "\u{feff}a. 60 IN A 192.0.2.1\r\n").unwrap();
    assert!(records(&Snapshot::read(&path).unwrap(), "a", RecordType::A).is_ok());
    std::fs::write(&path, b"a. 60 IN TXT \"\xff\"\n").unwrap();
    assert!(matches!(Snapshot::read(&path), Err(SnapshotError::NotText { at: 14 })));
    assert!(matches!(Snapshot::read(folder.path()), Err(SnapshotError::Unreadable(_))));
    assert!(matches!(Snapshot::read(&folder.path().join("none")), Err(SnapshotError::Unreadable(_))));
}

#[test]
fn reads_the_corpus_zones_whole() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if !corpus.exists() {
        println!("skipped: no corpus");
        return;
    }
    let mut files: Vec<_> = std::fs::read_dir(corpus.join("zones")).unwrap().map(|file| file.unwrap().path()).collect();
    files.push(corpus.join("dns.zone"));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let zone = Snapshot::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for line in text.lines().filter(|line| line.contains(" IN TXT ")) {
            let name = line.split(' ').next().unwrap();
            assert!(records(&zone, name, RecordType::Txt).is_ok(), "{line}");
        }
    }
}

#[test]
fn writes_what_a_person_can_read() {
    let entry = Entry {
        id: QuestionId(1),
        question: Question::new("a.example", RecordType::Txt),
        answer: Answer {
            records: Ok(vec![Data::Text(vec![b"v=\"1\"".to_vec(), vec![0, 0xe9]])]),
            cname: vec!["b.example".to_owned()],
            ttl: Some(60),
            authentic: true,
        },
        millis: Some(23),
        source: Source::Answers,
        published: None,
    };
    let gone = Entry {
        id: QuestionId(2),
        question: Question::new("gone.example", RecordType::Mx),
        answer: Answer::failed(Failure::NxDomain),
        millis: None,
        source: Source::KeyFile,
        published: None,
    };
    let at: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
    assert_eq!(
        write(&[entry, gone], &Recorded { at, through: "system".to_owned() }),
        "$recorded 2026-11-22T09:00:00Z \"system\"\n\
         $default unknown\n\
         \n\
         $asked a.example. TXT 23 authentic\n\
         a.example. 60 IN CNAME b.example.\n\
         b.example. 60 IN TXT \"v=\\\"1\\\"\" \"\\000\\233\"\n\
         \n\
         $asked gone.example. MX - key-file\n\
         $answer gone.example. MX nxdomain\n"
    );
}

fn name() -> impl Strategy<Value = String> {
    let label = proptest::collection::vec(any::<u8>(), 1..20);
    proptest::collection::vec(label, 0..4)
        .prop_map(|labels| super::super::name::from_labels(labels.iter().map(Vec::as_slice)))
}

fn data(kind: RecordType) -> BoxedStrategy<Data> {
    match kind {
        RecordType::A => any::<[u8; 4]>().prop_map(|address| Data::A(address.into())).boxed(),
        RecordType::Aaaa => any::<[u8; 16]>().prop_map(|address| Data::Aaaa(address.into())).boxed(),
        RecordType::Mx => {
            (any::<u16>(), name()).prop_map(|(preference, exchange)| Data::Mx { preference, exchange }).boxed()
        }
        RecordType::Ns => name().prop_map(Data::Ns).boxed(),
        RecordType::Ptr => name().prop_map(Data::Ptr).boxed(),
        RecordType::Tlsa => (any::<[u8; 3]>(), proptest::collection::vec(any::<u8>(), 0..70))
            .prop_map(|([usage, selector, matching], data)| Data::Tlsa { usage, selector, matching, data })
            .boxed(),
        RecordType::Txt | RecordType::Spf => {
            let string = proptest::collection::vec(any::<u8>(), 0..256);
            proptest::collection::vec(string, 1..4).prop_map(Data::Text).boxed()
        }
    }
}

fn outcome(kind: RecordType) -> impl Strategy<Value = Result<Vec<Data>, Failure>> {
    let failure = proptest::sample::select(Failure::ALL.as_slice())
        .prop_filter("told from the name alone", |failure| *failure != Failure::NotAName);
    prop_oneof![proptest::collection::vec(data(kind), 1..4).prop_map(Ok), failure.prop_map(Err)]
}

fn timed() -> impl Strategy<Value = (Question, Timed)> {
    let kind = proptest::sample::select(RecordType::ALL.as_slice());
    kind.prop_flat_map(|kind| {
        let chain = proptest::collection::hash_set(name(), 1..5);
        (Just(kind), outcome(kind), chain, any::<Option<u32>>(), any::<Option<u64>>(), any::<bool>())
    })
    .prop_map(|(kind, records, chain, ttl, millis, authentic)| {
        let mut cname: Vec<_> = chain.into_iter().collect();
        let question = Question { name: cname.swap_remove(0), kind };
        let ttl = ttl.filter(|_| records.is_ok() || !cname.is_empty());
        (question, Timed { answer: Answer { records, cname, ttl, authentic }, millis })
    })
}

proptest! {
    #[test]
    fn replays_what_was_written(asked in proptest::collection::hash_map(any::<u8>(), timed(), 0..6)) {
        let mut entries: Vec<Arc<Entry>> = Vec::new();
        for (question, Timed { answer, millis }) in asked.into_values() {
            if !entries.iter().any(|entry| entry.question == question) {
                // No file of keys was checked by anybody.
                let source = if answer.authentic { Source::Answers } else { Source::KeyFile };
                entries.push(Arc::new(Entry {
                    id: QuestionId(1),
                    question,
                    answer,
                    millis,
                    source,
                    published: None,
                }));
            }
        }
        let recorded = Recorded { at: Timestamp::UNIX_EPOCH, through: "tls://ns.example".to_owned() };
        let text = write(&entries, &recorded);
        let replay = Snapshot::parse(&text, "replay").map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        for entry in entries {
            let again = replay.lookup(std::slice::from_ref(&entry.question)).remove(0);
            prop_assert_eq!(&again.answer, &entry.answer, "{}", text);
            prop_assert_eq!(again.millis, entry.millis);
            prop_assert_eq!(replay.source(&entry.question), entry.source);
            prop_assert!(replay.lists(&entry.question));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[$a-z0-9 .\\\\\";()\n\u{e9}-]{0,80}|\\PC{0,80}") {
        _ = Snapshot::parse(&text, "hostile");
    }
}
