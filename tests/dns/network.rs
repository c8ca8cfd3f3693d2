//! The checks that ask others, against a name server on this machine.

use std::collections::BTreeSet;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::dns::{Ledger, Live, Question, Server};
use hopscope::facts::network::NetworkCheck;
use hopscope::listing::{Meaning, Refusal, Row, Standing, Tested};
use hopscope::message::Message;
use hopscope::transport::{Exchange, HostState, State};

use super::nameserver::NameServer;

const MESSAGE: &str = "Return-Path: <tanaka@example.jp>\r\n\
    Received: from mail.example.jp (mail.example.jp [192.0.2.25]) by mx1.example.net (Postfix) with ESMTPS id 1\r\n\
    \tfor <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\n\
    From: tanaka@example.jp\r\nTo: sato@example.net\r\nSubject: x\r\n\r\nx\r\n";

/// Listed with two codes and words in two strings; refused; a list that works and has no entry; one that is silent; one that
/// answers everything; one that fails (a chain of aliases without end).
const ZONE: &str = "\
example.jp. 60 IN TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
25.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.2\n\
25.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.9\n\
25.2.0.192.zen.spamhaus.org. 60 IN TXT \"Listed by SBL, see \" \"https://check.spamhaus.org/\"\n\
25.2.0.192.psbl.surriel.com. 60 IN A 127.0.0.2\n\
1.0.0.127.psbl.surriel.com. 60 IN A 127.0.0.2\n\
2.0.0.127.bl.spamcop.net. 60 IN A 127.0.0.2\n\
25.2.0.192.all.s5h.net. 60 IN CNAME a.loop.example.\n\
a.loop.example. 60 IN CNAME b.loop.example.\n\
b.loop.example. 60 IN CNAME a.loop.example.\n\
example.jp.multi.uribl.com. 60 IN A 127.0.0.1\n\
_mta-sts.example.net. 60 IN TXT \"v=STSv1; \" \"id=20261120\"\n\
_smtp._tls.example.net. 60 IN TXT \"v=TLSRPTv1; rua=mailto:a@example.net\"\n\
_smtp._tls.example.net. 60 IN TXT \"v=TLSRPTv1; rua=mailto:b@example.net\"\n\
example.net. 60 IN MX 10 mx1.example.net.\n\
mx1.example.net. 60 IN A 203.0.113.5\n\
_25._tcp.mx1.example.net. 60 IN TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";

fn judged(server: &NameServer, network: &[NetworkCheck]) -> Analysis {
    let live = Live::new(&Server::Plain(server.plain)).unwrap();
    let options = Options { network: network.to_vec(), ..Options::default() };
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    analyze(Message::read(MESSAGE.as_bytes().to_vec()), options, &Ledger::new(&live), now)
}

fn of<'a>(analysis: &'a Analysis, id: &str) -> &'a Row {
    let listings = analysis.facts.network.listings.as_ref().unwrap();
    listings.rows.iter().find(|row| row.list.id == id).unwrap()
}

#[test]
fn lists_are_asked_and_believed_only_when_they_work() {
    let server = NameServer::of_master_file(ZONE);
    let analysis = judged(&server, &[NetworkCheck::Blocklists]);
    let zen = of(&analysis, "spamhaus-zen");
    assert_eq!(zen.standing, Standing::Listed(Tested::Passed));
    let mut meanings = zen.meanings();
    meanings.sort_by_key(|meaning| *meaning == Meaning::HijackedNetwork);
    assert_eq!(meanings, [Meaning::SpamSource, Meaning::HijackedNetwork]);
    assert_eq!(zen.text.as_deref(), Some("Listed by SBL, see https://check.spamhaus.org/"));
    assert_eq!(of(&analysis, "psbl").standing, Standing::AnswersAll);
    assert_eq!(of(&analysis, "spamcop").standing, Standing::NotListed);
    assert_eq!(of(&analysis, "barracuda").standing, Standing::Silent);
    assert_eq!(of(&analysis, "s5h").standing, Standing::Unreachable);
    assert_eq!(of(&analysis, "uribl").standing, Standing::Refused(Refusal::NotAllowed));
    assert!(analysis.facts.network.transport.is_none());
}

#[test]
fn records_about_tls_are_asked_of_both_domains() {
    let server = NameServer::of_master_file(ZONE);
    let analysis = judged(&server, &[NetworkCheck::Transport]);
    let transport = analysis.facts.network.transport.as_ref().unwrap();
    let [recipient, author] = transport.domains.as_slice() else { unreachable!("two domains") };
    assert_eq!((recipient.name.as_str(), author.name.as_str()), ("example.net", "example.jp"));
    assert_eq!(recipient.mta_sts.state, State::Found);
    assert_eq!(recipient.mta_sts.record.as_ref().unwrap().get("id"), Some("20261120"));
    assert_eq!(recipient.tls_rpt.state, State::Several(2));
    assert_eq!((recipient.exchange, recipient.hosts[0].state), (Exchange::Mx, HostState::Usable));
    assert_eq!((author.mta_sts.state, author.exchange), (State::Missing, Exchange::NoServer));
    assert!(analysis.facts.network.listings.is_none());
}

/// What is switched off asks nothing: the questions are those that were always asked, and switching on only adds some.
#[test]
fn nothing_is_asked_that_was_not_switched_on() {
    let server = NameServer::of_master_file(ZONE);
    let asked = |network: &[NetworkCheck]| -> BTreeSet<Question> {
        let analysis = judged(&server, network);
        analysis.questions.iter().map(|entry| entry.question.clone()).collect()
    };
    let off = asked(&[]);
    let names_list =
        |question: &Question| hopscope::listing::lists().iter().any(|list| question.name.ends_with(&list.zone));
    let names_tls = |question: &Question| {
        ["_mta-sts.", "_smtp._tls.", "_25._tcp."].iter().any(|start| question.name.starts_with(start))
    };
    assert!(!off.is_empty() && !off.iter().any(|question| names_list(question) || names_tls(question)));
    let lists: BTreeSet<Question> = asked(&[NetworkCheck::Blocklists]).difference(&off).cloned().collect();
    assert!(lists.len() > 20 && lists.iter().all(names_list), "{lists:#?}");
    let transport: BTreeSet<Question> = asked(&[NetworkCheck::Transport]).difference(&off).cloned().collect();
    assert_eq!(transport.iter().filter(|question| names_tls(question)).count(), 5, "{transport:#?}");
    let is_server = |question: &Question| ["MX", "A", "AAAA"].contains(&question.kind.word());
    assert!(transport.iter().all(|question| names_tls(question) || is_server(question)), "{transport:#?}");
    let both = asked(&NetworkCheck::ALL);
    assert_eq!(both.len(), off.len() + lists.len() + transport.len());
}

/// No verdict and no step rests on them.
#[test]
fn switching_on_changes_no_verdict() {
    let server = NameServer::of_master_file(ZONE);
    let (off, on) = (judged(&server, &[]), judged(&server, &NetworkCheck::ALL));
    assert_eq!(off.headline.verdict, on.headline.verdict);
    assert_eq!(off.facts.dmarc, on.facts.dmarc);
    let codes = |analysis: &Analysis| -> BTreeSet<&'static str> {
        analysis.findings.iter().map(|finding| finding.problem.code()).collect()
    };
    let new: Vec<&str> = codes(&on).difference(&codes(&off)).copied().collect();
    assert_eq!(new, ["blocklist-refused", "ip-listed", "tls-rpt-record-broken"]);
    assert!(codes(&off).is_subset(&codes(&on)));
}
