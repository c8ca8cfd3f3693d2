use super::super::{Candidate, Input, check};
use super::*;
use crate::auth::zone::Zone;
use crate::dns::Failure;

fn run(zone: &Zone, author: &str) -> Dmarc {
    let from_fields = vec![vec![Some(author.to_owned())]];
    check(&Input { from_fields, identifiers: Vec::<Candidate>::new(), ..Input::default() }, &Ledger::new(zone))
}

fn zone(record: &str) -> Zone {
    Zone::default().txt("_dmarc.example.com", &format!("v=DMARC1; p=none; {record}"))
}

fn permissions(zone: &Zone) -> Vec<Permission> {
    run(zone, "example.com").destinations.iter().map(|destination| destination.permission).collect()
}

fn asked(zone: &Zone, author: &str) -> Vec<String> {
    let ledger = Ledger::new(zone);
    let from_fields = vec![vec![Some(author.to_owned())]];
    let dmarc = check(&Input { from_fields, ..Input::default() }, &ledger);
    let entries = ledger.entries();
    let names = entries.iter().filter(|entry| dmarc.report_questions.contains(&entry.id));
    names.map(|entry| entry.question.name.clone()).collect()
}

#[test]
fn the_own_organization_needs_no_permission() {
    let own = zone("rua=mailto:a@example.com,mailto:b@Example.COM; ruf=mailto:c@example.com");
    assert_eq!(permissions(&own), [Permission::Internal; 3]);
    assert_eq!(asked(&own, "example.com"), [""; 0]);
    let below = zone("rua=mailto:a@reports.example.com");
    assert_eq!(permissions(&below), [Permission::Internal]);
    assert_eq!(asked(&below, "example.com"), ["_dmarc.reports.example.com"]);
}

#[test]
fn a_subdomain_that_is_its_own_organization_must_agree() {
    let zone = zone("rua=mailto:a@lab.example.com").txt("_dmarc.lab.example.com", "v=DMARC1; p=none; psd=n");
    assert_eq!(permissions(&zone), [Permission::NotAuthorised]);
    let agreed = zone.txt("example.com._report._dmarc.lab.example.com", "v=DMARC1");
    assert_eq!(permissions(&agreed), [Permission::Authorised]);
}

#[test]
fn others_agree_with_a_record_of_that_name() {
    let zone = || zone("rua=mailto:a@example.net");
    let name = "example.com._report._dmarc.example.net";
    assert_eq!(permissions(&zone()), [Permission::NotAuthorised]);
    assert_eq!(asked(&zone(), "example.com"), [name]);
    for text in ["v=DMARC1", "v=DMARC1;", "v=DMARC1; foo=bar"] {
        assert_eq!(permissions(&zone().txt(name, text)), [Permission::Authorised], "{text}");
    }
    for text in ["v=spf1 -all", "v=dmarc1;", "v=DMARC1; a=1; a=1"] {
        assert_eq!(permissions(&zone().txt(name, text)), [Permission::NotAuthorised], "{text}");
    }
    let several = zone().txt(name, "v=DMARC1; rua=mailto:b@example.org").txt("other.example", "x");
    assert_eq!(permissions(&several), [Permission::ReplacedElsewhere]);
    assert_eq!(permissions(&zone().txt(name, "v=DMARC1; rua=mailto:b@example.net")), [Permission::Replaced]);
    // The address for failure reports does not replace the one for aggregate reports.
    assert_eq!(permissions(&zone().txt(name, "v=DMARC1; ruf=mailto:b@example.org")), [Permission::Authorised]);
}

#[test]
fn the_name_is_that_of_the_record_and_not_of_the_author() {
    let zone = zone("rua=mailto:a@example.net").a("news.example.com", "192.0.2.1");
    assert_eq!(asked(&zone, "news.example.com"), ["example.com._report._dmarc.example.net"]);
}

#[test]
fn no_answer_is_no_refusal() {
    let name = "example.com._report._dmarc.example.net";
    let zone = zone("rua=mailto:a@example.net").fails(name, RecordType::Txt, Failure::Timeout);
    assert_eq!(permissions(&zone), [Permission::Unreachable]);
    let zone = super::tests::zone("rua=mailto:a@example.net").fails(name, RecordType::Txt, Failure::NotInSnapshot);
    assert_eq!(permissions(&zone), [Permission::NotAsked]);
}

#[test]
fn what_is_no_mail_or_no_name_is_not_asked() {
    let zone = zone("rua=https://example.net/dmarc,mailto:a@[192.0.2.1],mailto:a@example.net?subject=x");
    assert_eq!(permissions(&zone), [Permission::NotMail, Permission::NotAName, Permission::NotAuthorised]);
    let long = format!("{0}.{0}.{0}.{0}", "a".repeat(60));
    assert_eq!(permissions(&super::tests::zone(&format!("rua=mailto:a@{long}"))), [Permission::NotAName]);
}

#[test]
fn a_long_list_is_cut() {
    let uris: Vec<String> = (0..100).map(|number| format!("mailto:a@e{number}.example")).collect();
    let zone = zone(&format!("rua={}", uris.join(",")));
    let permissions = permissions(&zone);
    assert_eq!(permissions.iter().filter(|one| **one == Permission::NotAuthorised).count(), MAX_DESTINATIONS);
    assert_eq!(permissions.last(), Some(&Permission::BeyondLimit));
    assert_eq!(asked(&zone, "example.com").len(), MAX_DESTINATIONS);
}

#[test]
fn nothing_is_asked_without_a_record_or_when_it_is_switched_off() {
    let off = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=rejct; ruf=mailto:a@example.net");
    assert_eq!(permissions(&off), []);
    assert_eq!(permissions(&Zone::default()), []);
}
