//! Live DNS against servers on this machine: one that behaves, and one that does not.
#![expect(clippy::unwrap_used, reason = "a test stops where its setting fails")]

mod nameserver;
mod network;
mod whole_program;

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::thread;

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{CNAME, MX, NS, PTR, SOA, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record};
use hopscope::dns::{
    Answer, Data, Failure, Ledger, Live, Lookup, Origin, Question, RecordType, Server, Snapshot, snapshot,
};
use nameserver::NameServer;

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

fn record(owner: &str, ttl: u32, data: RData) -> Record {
    Record::from_rdata(name(owner), ttl, data)
}

fn txt(strings: &[&[u8]]) -> RData {
    RData::TXT(TXT::from_bytes(strings.to_vec()))
}

fn cname(target: &str) -> RData {
    RData::CNAME(CNAME(name(target)))
}

fn soa() -> RData {
    RData::SOA(SOA::new(name("ns.example.jp."), name("host.example.jp."), 1, 3600, 600, 86400, 60))
}

fn records() -> Vec<Record> {
    let link = |number: usize| {
        record(&format!("link{number}.example.jp."), 60, cname(&format!("link{}.example.jp.", number + 1)))
    };
    let odd = Name::from_labels([b"b.c d".as_slice(), b"example", b"jp"]).unwrap();
    vec![
        record("example.jp.", 3600, soa()),
        record("a.example.jp.", 300, RData::A(Ipv4Addr::new(192, 0, 2, 1).into())),
        record("a.example.jp.", 300, RData::AAAA(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())),
        record("a.example.jp.", 120, RData::MX(MX::new(10, name("Mail.Example.JP.")))),
        record("ptr.example.jp.", 60, RData::PTR(PTR(name("host.example.jp.")))),
        record("_dmarc.example.jp.", 60, txt(&[b"v=DMARC1; ", b"", b"p=none\xe3\x81\x82"])),
        record("alias.example.jp.", 200, cname("alias2.example.jp.")),
        record("alias2.example.jp.", 100, cname("a.example.jp.")),
        record("apex.example.jp.", 60, RData::NS(NS(name("NS1.example.com.")))),
        record("dangling.example.jp.", 60, cname("nowhere.example.jp.")),
        record("big.example.jp.", 60, txt(&[[b'x'; 250].as_slice(); 20])),
        record("huge.example.jp.", 60, txt(&[[b'x'; 250].as_slice(); 240])),
        record("fleeting.example.jp.", 0, txt(&[b"now"])),
        Record::from_rdata(odd, 60, txt(&[b"odd"])),
    ]
    .into_iter()
    .chain((0..20).map(link))
    .collect()
}

fn serve() -> NameServer {
    NameServer::new("example.jp.", records())
}

/// A server that sends what `reply` makes of each request.
fn misbehave(mut reply: impl FnMut(Message) -> Vec<Vec<u8>> + Send + 'static) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            for packet in reply(Message::from_vec(&buffer[..length]).unwrap()) {
                socket.send_to(&packet, from).unwrap();
            }
        }
    });
    address
}

fn live(address: SocketAddr) -> Live {
    Live::new(&Server::Plain(address)).unwrap()
}

fn ask(live: &Live, name: &str, kind: RecordType) -> Answer {
    let timed = live.lookup(&[Question::new(name, kind)]).remove(0);
    assert!(timed.millis.is_some_and(|millis| millis < 6000), "{timed:?}");
    timed.answer
}

fn answer(records: Vec<Data>, cname: &[&str], ttl: u32) -> Answer {
    let cname = cname.iter().map(|&name| name.to_owned()).collect();
    Answer { records: Ok(records), cname, ttl: Some(ttl), authentic: false }
}

#[test]
fn answers_of_a_real_server() {
    let server = serve();
    let live = live(server.plain);
    assert_eq!(live.origin(), Origin::Server(server.plain.to_string()));
    let a = Data::A(Ipv4Addr::new(192, 0, 2, 1));
    assert_eq!(ask(&live, "A.example.jp.", RecordType::A), answer(vec![a.clone()], &[], 300));
    let aaaa = Data::Aaaa("2001:db8::1".parse().unwrap());
    assert_eq!(ask(&live, "a.example.jp", RecordType::Aaaa), answer(vec![aaaa], &[], 300));
    let mx = Data::Mx { preference: 10, exchange: "mail.example.jp".to_owned() };
    assert_eq!(ask(&live, "a.example.jp", RecordType::Mx), answer(vec![mx], &[], 120));
    let ptr = Data::Ptr("host.example.jp".to_owned());
    assert_eq!(ask(&live, "ptr.example.jp", RecordType::Ptr), answer(vec![ptr], &[], 60));
    let ns = Data::Ns("ns1.example.com".to_owned());
    assert_eq!(ask(&live, "apex.example.jp", RecordType::Ns), answer(vec![ns], &[], 60));
    let text = Data::Text(vec![b"v=DMARC1; ".to_vec(), Vec::new(), b"p=none\xe3\x81\x82".to_vec()]);
    assert_eq!(ask(&live, "_dmarc.example.jp", RecordType::Txt), answer(vec![text], &[], 60));
    let odd = Data::Text(vec![b"odd".to_vec()]);
    assert_eq!(ask(&live, "b\\.c\\032d.example.jp", RecordType::Txt), answer(vec![odd], &[], 60));
    let now = Data::Text(vec![b"now".to_vec()]);
    assert_eq!(ask(&live, "fleeting.example.jp", RecordType::Txt), answer(vec![now], &[], 0));
    let chain = ["alias2.example.jp", "a.example.jp"];
    assert_eq!(ask(&live, "alias.example.jp", RecordType::A), answer(vec![a], &chain, 100));
}

#[test]
fn kinds_of_no_from_a_real_server() {
    let server = serve();
    let live = live(server.plain);
    assert_eq!(ask(&live, "gone.example.jp", RecordType::Txt), Answer::failed(Failure::NxDomain));
    assert_eq!(ask(&live, "a.example.jp", RecordType::Txt), Answer::failed(Failure::NoData));
    // The server knows no other zone.
    assert_eq!(ask(&live, "example.net", RecordType::Txt), Answer::failed(Failure::Refused));
    let alias = ask(&live, "alias.example.jp", RecordType::Txt);
    assert_eq!((alias.records, alias.cname.last().map(String::as_str)), (Err(Failure::NoData), Some("a.example.jp")));
    let dangling = ask(&live, "dangling.example.jp", RecordType::Txt);
    assert_eq!((dangling.records, dangling.cname), (Err(Failure::NxDomain), vec!["nowhere.example.jp".to_owned()]));
    // A chain that is longer than any resolver follows is no answer, whatever stands at its end.
    assert_eq!(ask(&live, "link0.example.jp", RecordType::Txt).records, Err(Failure::ServFail));
    let long = "x".repeat(64);
    assert_eq!(ask(&live, &long, RecordType::A), Answer::failed(Failure::NotAName));
}

#[test]
fn truncated_answers_come_by_tcp() {
    let server = serve();
    let text = |count| Data::Text(vec![vec![b'x'; 250]; count]);
    let live = live(server.plain);
    assert_eq!(ask(&live, "big.example.jp", RecordType::Txt), answer(vec![text(20)], &[], 60));
    assert_eq!(ask(&live, "huge.example.jp", RecordType::Txt), answer(vec![text(240)], &[], 60));
}

/// Replies as the first label of the name says.
fn reply(request: Message) -> Vec<Vec<u8>> {
    let owner = request.queries[0].name().to_ascii();
    let uses_edns = request.edns.is_some();
    let mut response = request.into_response();
    let found = record(&owner, 60, txt(&[b"found"]));
    match owner.split('.').next().unwrap() {
        "servfail" => response.metadata.response_code = ResponseCode::ServFail,
        "refused" => response.metadata.response_code = ResponseCode::Refused,
        "notimp" => response.metadata.response_code = ResponseCode::NotImp,
        "old" if uses_edns => response.metadata.response_code = ResponseCode::FormErr,
        "lame" => _ = response.add_authority(record("example.jp.", 60, RData::NS(NS(name("ns.example.jp."))))),
        "bare" => response.metadata.response_code = ResponseCode::NXDomain,
        "empty" => {}
        "pieces" => _ = response.add_answer(record(&owner, 30, cname("rest.example.jp."))),
        "loop" => _ = response.add_answer(record(&owner, 30, cname("pool.example.jp."))),
        "pool" => _ = response.add_answer(record(&owner, 30, cname("loop.example.jp."))),
        "alien" => _ = response.add_answer(record("other.example.jp.", 60, txt(&[b"not asked"]))),
        "garbage" => {
            let mut packet = response.to_vec().unwrap();
            packet.truncate(packet.len() - 3);
            return vec![packet];
        }
        "forged" => {
            let mut forged = response.clone();
            forged.metadata.id = forged.id.wrapping_add(1);
            forged.add_answer(record(&owner, 60, txt(&[b"forged"])));
            response.add_answer(found);
            return vec![forged.to_vec().unwrap(), response.to_vec().unwrap()];
        }
        "silent" => return Vec::new(),
        _ => _ = response.add_answer(found),
    }
    vec![response.to_vec().unwrap()]
}

#[test]
fn kinds_of_no_from_a_server_that_misbehaves() {
    let live = live(misbehave(reply));
    let records = |label: &str| ask(&live, &format!("{label}.example.jp"), RecordType::Txt).records;
    let found = Ok(vec![Data::Text(vec![b"found".to_vec()])]);
    assert_eq!(records("servfail"), Err(Failure::ServFail));
    assert_eq!(records("refused"), Err(Failure::Refused));
    assert_eq!(records("notimp"), Err(Failure::ServFail));
    assert_eq!(records("lame"), Err(Failure::ServFail));
    assert_eq!(records("garbage"), Err(Failure::ServFail));
    assert_eq!(records("bare"), Err(Failure::NxDomain));
    assert_eq!(records("empty"), Err(Failure::NoData));
    assert_eq!(records("alien"), Err(Failure::NoData));
    assert_eq!(records("loop"), Err(Failure::ServFail));
    assert_eq!(records("old"), found);
    assert_eq!(records("forged"), found);
    let pieces = ask(&live, "pieces.example.jp", RecordType::Txt);
    assert_eq!(pieces, answer(vec![Data::Text(vec![b"found".to_vec()])], &["rest.example.jp"], 30));
    // Names that a stub resolver would answer by itself are asked like any other.
    assert_eq!(ask(&live, "localhost", RecordType::Txt).records, found);
    assert_eq!(ask(&live, "a.invalid", RecordType::Txt).records, found);
}

/// RFC 4035 section 3.2: the question asks for it (DO), and every response along a chain must have the bit. A server that copies
/// what it is asked says nothing.
#[test]
fn a_checked_answer_is_told_from_another() {
    let live = live(misbehave(|request| {
        let owner = request.queries[0].name().to_ascii();
        let wants =
            request.edns.as_ref().is_some_and(|edns| edns.flags().dnssec_ok) && !request.metadata.authentic_data;
        let mut response = request.into_response();
        let label = owner.split('.').next().unwrap().to_owned();
        response.metadata.authentic_data = wants && label != "plain";
        let data = match label.as_str() {
            "chain" => cname("plain.example.jp."),
            _ => RData::A(Ipv4Addr::new(192, 0, 2, 1).into()),
        };
        response.add_answer(record(&owner, 60, data));
        vec![response.to_vec().unwrap()]
    }));
    for (label, expected) in [("signed", true), ("plain", false), ("chain", false)] {
        let answer = ask(&live, &format!("{label}.example.jp"), RecordType::A);
        assert_eq!((answer.records.is_ok(), answer.authentic), (true, expected), "{label}");
    }
}

#[test]
fn silence_is_a_timeout() {
    let live = live(misbehave(reply));
    assert_eq!(ask(&live, "silent.example.jp", RecordType::Txt), Answer::failed(Failure::Timeout));
    assert!(ask(&live, "here.example.jp", RecordType::Txt).records.is_ok());
}

#[test]
fn a_dead_server_is_a_timeout_and_waited_for_less_the_second_time() {
    let address = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let live = live(address);
    let questions = [Question::new("a.example.jp", RecordType::A), Question::new("b.example.jp", RecordType::A)];
    for limit in [6000, 4000] {
        for timed in live.lookup(&questions) {
            assert_eq!(timed.answer, Answer::failed(Failure::Timeout));
            assert!(timed.millis.is_some_and(|millis| millis < limit), "{timed:?}");
        }
    }
}

#[test]
fn questions_are_under_way_at_the_same_time() {
    const COUNT: usize = 20;
    let mut waiting = Vec::new();
    let mut names = BTreeSet::new();
    // Answers nobody before all have asked.
    let address = misbehave(move |request| {
        names.insert(request.queries[0].name().to_ascii());
        waiting.push(request);
        if names.len() < COUNT {
            return Vec::new();
        }
        // All go to the last socket that asked; the others ask again and find the gate open.
        std::mem::take(&mut waiting).into_iter().flat_map(reply).collect()
    });
    let questions: Vec<_> = (0..COUNT).map(|n| Question::new(&format!("n{n}.example.jp"), RecordType::Txt)).collect();
    for timed in live(address).lookup(&questions) {
        assert!(timed.answer.records.is_ok(), "{timed:?}");
    }
}

#[test]
fn a_recording_replays_every_answer() {
    let server = serve();
    let live = live(server.plain);
    let ledger = Ledger::new(&live);
    let mut questions: Vec<_> = ["alias", "dangling", "big", "gone", "_dmarc", "b\\.c\\032d"]
        .map(|label| Question::new(&format!("{label}.example.jp"), RecordType::Txt))
        .to_vec();
    questions
        .extend([RecordType::A, RecordType::Aaaa, RecordType::Mx].map(|kind| Question::new("alias.example.jp", kind)));
    questions.push(Question::new("example.net", RecordType::Txt));
    questions.push(Question::new("a..b", RecordType::Txt));
    ledger.ask_all(&questions);

    let at = "2026-11-22T09:00:00Z".parse().unwrap();
    let text = snapshot::write(&ledger.entries(), &ledger.recording(at));
    let replayed = Snapshot::parse(&text, "case.dns").unwrap();
    assert_eq!(replayed.recorded().unwrap().through, server.plain.to_string());
    let replay = Ledger::new(&replayed);
    replay.ask_all(&questions);
    assert_eq!(replay.entries(), ledger.entries());
    assert_eq!(snapshot::write(&replay.entries(), &replay.recording(jiff::Timestamp::UNIX_EPOCH)), text);
}
