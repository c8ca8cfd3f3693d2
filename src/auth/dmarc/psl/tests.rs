use super::*;
use crate::auth::dmarc::{Candidate, Input, check};
use crate::auth::zone::Zone;

fn run(zone: &Zone, author: &str, identifiers: &[(IdentifierSource, &str)]) -> Dmarc {
    let identifiers = identifiers.iter().map(|&(source, domain)| Candidate {
        source,
        domain: domain.to_owned(),
        authentication: Authentication::Passed,
    });
    let input = Input {
        from_fields: vec![vec![Some(author.to_owned())]],
        identifiers: identifiers.collect(),
        ..Input::default()
    };
    check(&input, &Ledger::new(zone))
}

const DKIM: IdentifierSource = IdentifierSource::Dkim(0);

#[test]
fn two_readings_that_agree_are_one() {
    let zone = Zone::default().txt("_dmarc.example.co.jp", "v=DMARC1; p=reject");
    assert_eq!(run(&zone, "news.example.co.jp", &[(DKIM, "example.co.jp")]).psl, None);
    assert_eq!(run(&Zone::default(), "a.b.example.co.jp", &[]).psl, None);
}

#[test]
fn a_registered_domain_without_a_record_is_still_the_organization_of_the_list() {
    let zone = Zone::default().txt("_dmarc.news.example.co.jp", "v=DMARC1; p=reject");
    let dmarc = run(&zone, "news.example.co.jp", &[(DKIM, "example.co.jp")]);
    assert_eq!(dmarc.result, DmarcResult::Fail);
    let psl = dmarc.psl.unwrap();
    assert_eq!((psl.result, psl.policy), (DmarcResult::Pass, Some(Policy::Reject)));
    assert_eq!(psl.organizational_domain.as_deref(), Some("example.co.jp"));
    assert_eq!(dmarc.trace.children.last().unwrap().what, What::Dmarc(Task::DmarcPublicSuffix));
}

#[test]
fn a_record_between_is_not_found_by_the_list() {
    let zone = Zone::default().txt("_dmarc.sub.example.com", "v=DMARC1; p=reject").a("x.sub.example.com", "192.0.2.1");
    let dmarc = run(&zone, "x.sub.example.com", &[]);
    assert_eq!((dmarc.result, dmarc.policy), (DmarcResult::Fail, Some(Policy::Reject)));
    assert_eq!(dmarc.psl.map(|psl| (psl.result, psl.policy)), Some((DmarcResult::None, None)));
}

#[test]
fn the_list_knows_neither_t_nor_np() {
    let testing = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; t=y");
    assert_eq!(run(&testing, "example.com", &[]).psl.map(|psl| psl.policy), Some(Some(Policy::Reject)));
    let missing = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; np=none");
    assert_eq!(run(&missing, "nope.example.com", &[]).psl.map(|psl| psl.policy), Some(Some(Policy::Reject)));
    let broken = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; np=x");
    assert_eq!(run(&broken, "example.com", &[]).psl.map(|psl| psl.result), Some(DmarcResult::Fail));
}

#[test]
fn tenants_of_a_platform_are_apart_by_the_private_section() {
    let zone = Zone::default().txt("_dmarc.github.io", "v=DMARC1; p=none").a("alice.github.io", "192.0.2.1");
    let dmarc = run(&zone, "alice.github.io", &[(DKIM, "mallory.github.io")]);
    assert_eq!(dmarc.result, DmarcResult::Pass);
    assert_eq!(dmarc.psl.map(|psl| psl.result), Some(DmarcResult::None));
}

#[test]
fn a_walk_that_stopped_early_costs_one_question_more() {
    let zone = Zone::default()
        .txt("_dmarc.lab.example.com", "v=DMARC1; p=none; psd=n")
        .txt("_dmarc.example.com", "v=DMARC1; p=reject")
        .a("a.lab.example.com", "192.0.2.1");
    let ledger = Ledger::new(&zone);
    let input = Input { from_fields: vec![vec![Some("a.lab.example.com".to_owned())]], ..Input::default() };
    let dmarc = check(&input, &ledger);
    assert_eq!(dmarc.policy, Some(Policy::None));
    assert_eq!(dmarc.psl.map(|psl| psl.policy), Some(Some(Policy::Reject)));
    let asked: Vec<String> = ledger.entries().iter().map(|entry| entry.question.name.clone()).collect();
    assert_eq!(asked, ["_dmarc.a.lab.example.com", "_dmarc.lab.example.com", "_dmarc.example.com"]);
}

#[test]
fn a_labels_are_in_the_list() {
    // 食狮.公司.cn: the suffix is an A-label in what DNS is asked for.
    assert_eq!(psl::domain_str("www.xn--85x722f.xn--55qx5d.cn"), Some("xn--85x722f.xn--55qx5d.cn"));
}
