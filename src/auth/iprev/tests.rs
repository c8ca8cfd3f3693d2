use super::*;
use crate::auth::zone::Zone;
use crate::dns::{Ledger, Offline};

const REVERSE: &str = "10.2.0.192.in-addr.arpa";

fn ip() -> IpAddr {
    "192.0.2.10".parse().unwrap()
}

fn run(zone: &Zone) -> (IprevResult, Vec<(String, bool)>) {
    let iprev = check(ip(), &Ledger::new(zone));
    (iprev.result, iprev.names.into_iter().map(|name| (name.name, name.confirmed)).collect())
}

#[test]
fn reverse_names_of_both_families() {
    assert_eq!(reverse_question(ip()).name, REVERSE);
    let v6 = "2001:db8::cb01".parse().unwrap();
    let name = "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    assert_eq!(reverse_question(v6).name, name);
    assert_eq!(reverse_question("::ffff:192.0.2.10".parse().unwrap()).name, REVERSE);
}

#[test]
fn one_name_that_points_back_is_enough() {
    let zone = Zone::default()
        .ptr(REVERSE, "Old.Example.jp.")
        .ptr(REVERSE, "mail.example.jp")
        .a("old.example.jp", "192.0.2.99")
        .a("mail.example.jp", "192.0.2.11")
        .a("mail.example.jp", "192.0.2.10");
    let names = vec![("old.example.jp".to_owned(), false), ("mail.example.jp".to_owned(), true)];
    assert_eq!(run(&zone), (IprevResult::Pass, names));
}

#[test]
fn ipv6_is_confirmed_by_aaaa() {
    let zone = Zone::default()
        .ptr("1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "mx.example.net")
        .a("mx.example.net", "2001:db8::cb01");
    let iprev = check("2001:db8::cb01".parse().unwrap(), &Ledger::new(&zone));
    assert_eq!(iprev.result, IprevResult::Pass);
}

#[test]
fn a_name_that_does_not_point_back_fails() {
    let elsewhere = Zone::default().ptr(REVERSE, "mail.example.jp").a("mail.example.jp", "198.51.100.1");
    assert_eq!(run(&elsewhere).0, IprevResult::Fail);
    let gone = Zone::default().ptr(REVERSE, "mail.example.jp");
    assert_eq!(run(&gone), (IprevResult::Fail, vec![("mail.example.jp".to_owned(), false)]));
}

#[test]
fn no_name_and_no_answer_are_different() {
    assert_eq!(run(&Zone::default()).0, IprevResult::None);
    let silent = Zone::default().fails(REVERSE, RecordType::Ptr, Failure::Timeout);
    assert_eq!(run(&silent).0, IprevResult::TempError);
    let half =
        Zone::default().ptr(REVERSE, "mail.example.jp").fails("mail.example.jp", RecordType::A, Failure::ServFail);
    assert_eq!(run(&half).0, IprevResult::TempError);
    assert_eq!(check(ip(), &Ledger::new(&Offline)).result, IprevResult::NotEvaluated);
    let unlisted =
        Zone::default().ptr(REVERSE, "mail.example.jp").fails("mail.example.jp", RecordType::A, Failure::NotInSnapshot);
    assert_eq!(run(&unlisted).0, IprevResult::NotEvaluated);
}

#[test]
fn a_confirmed_name_outweighs_one_that_is_silent() {
    let zone = Zone::default()
        .ptr(REVERSE, "a.example.jp")
        .ptr(REVERSE, "b.example.jp")
        .fails("a.example.jp", RecordType::A, Failure::Timeout)
        .a("b.example.jp", "192.0.2.10");
    assert_eq!(run(&zone).0, IprevResult::Pass);
}

#[test]
fn ten_names_are_checked_and_forward_questions_leave_together() {
    let zone = (0..15).fold(Zone::default(), |zone, index| zone.ptr(REVERSE, &format!("n{index}.example.jp")));
    let ledger = Ledger::new(&zone);
    let iprev = check(ip(), &ledger);
    assert_eq!(iprev.names.len(), MAX_NAMES);
    assert_eq!(ledger.entries().len(), 1 + MAX_NAMES);
    assert_eq!(iprev.trace.children.len(), 1 + MAX_NAMES);
}

#[test]
fn generated_names() {
    let ip = "192.0.2.15".parse().unwrap();
    for name in [
        "192-0-2-15.isp.example",
        "p15.2.0.192.isp.example",
        "v192-000-002-015.isp.example",
        "host.dynamic.isp.example",
        "ppp12.isp.example",
        "dhcp-7.isp.example",
        "p7123-ipbf1402marunouchi.tokyo.isp.example",
        "v33.vir.hoster.example",
        "pc12.dorm.univ.example",
    ] {
        assert!(is_generated(name, ip), "{name}");
    }
    for name in [
        "mail.example.jp",
        "mx15.example.jp",
        "spool.example.jp",
        "a2-15.smtp-out.example.com",
        "mail.dhcp.example",
        "p15.mailer.example.com",
        "ipad.example.com",
        "mail.client-first.example",
        "x.pool.co.jp",
    ] {
        assert!(!is_generated(name, ip), "{name}");
    }
}
