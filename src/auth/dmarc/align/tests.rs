use super::*;
use crate::auth::dmarc::{Policy, PolicyTag, evaluate};
use crate::auth::zone::Zone;
use crate::dns::{Failure, Offline, RecordType};

fn input(author: &str, identifiers: &[(IdentifierSource, &str, Authentication)]) -> Input {
    let identifiers = identifiers.iter().map(|&(source, domain, authentication)| Candidate {
        source,
        domain: domain.to_owned(),
        authentication,
    });
    Input { from_fields: vec![vec![Some(author.to_owned())]], identifiers: identifiers.collect(), ..Input::default() }
}

fn run(zone: &Zone, author: &str, identifiers: &[(IdentifierSource, &str, Authentication)]) -> Dmarc {
    evaluate(&input(author, identifiers), &Ledger::new(zone))
}

fn verdict(
    zone: &Zone,
    author: &str,
    identifiers: &[(IdentifierSource, &str, Authentication)],
) -> (DmarcResult, Reason) {
    let dmarc = run(zone, author, identifiers);
    (dmarc.result, dmarc.reason)
}

const SPF: IdentifierSource = IdentifierSource::Spf;
const DKIM: IdentifierSource = IdentifierSource::Dkim(0);
use Authentication::{NotEvaluated, NotPassed, Passed, TempError};

fn example() -> Zone {
    Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject")
}

#[test]
fn relaxed_takes_names_of_one_organization_and_strict_only_the_same_name() {
    for domain in ["example.com", "bounce.example.com", "EXAMPLE.com."] {
        assert_eq!(verdict(&example(), "news.example.com", &[(SPF, domain, Passed)]).0, DmarcResult::Pass, "{domain}");
    }
    assert_eq!(verdict(&example(), "example.com", &[(SPF, "example.net", Passed)]).0, DmarcResult::Fail);
    let strict = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; aspf=s; adkim=r");
    assert_eq!(verdict(&strict, "example.com", &[(SPF, "m.example.com", Passed)]).0, DmarcResult::Fail);
    assert_eq!(verdict(&strict, "example.com", &[(DKIM, "m.example.com", Passed)]).0, DmarcResult::Pass);
}

#[test]
fn every_identifier_is_explained() {
    let dmarc = run(&example(), "example.com", &[(SPF, "esp.example.net", Passed), (DKIM, "m.example.com", NotPassed)]);
    assert_eq!((dmarc.result, dmarc.reason), (DmarcResult::Fail, Reason::NothingAligned));
    assert_eq!((dmarc.policy, dmarc.policy_tag), (Some(Policy::Reject), Some(PolicyTag::P)));
    let alignments: Vec<Option<Alignment>> = dmarc.identifiers.iter().map(|identifier| identifier.alignment).collect();
    assert_eq!(alignments, [Some(Alignment::No), Some(Alignment::Relaxed)]);
    assert_eq!(dmarc.identifiers[1].organizational_domain.as_deref(), Some("example.com"));
    assert_eq!(dmarc.best_alignment(true), Alignment::No);
}

#[test]
fn a_failed_foreign_signature_asks_nothing() {
    let zone = example();
    let ledger = Ledger::new(&zone);
    let _ = evaluate(&input("example.com", &[(DKIM, "esp.example.net", NotPassed)]), &ledger);
    assert_eq!(ledger.entries().len(), 2);
}

#[test]
fn a_parent_without_a_record_is_not_the_organization() {
    let zone = Zone::default().txt("_dmarc.news.example.co.jp", "v=DMARC1; p=reject");
    assert_eq!(verdict(&zone, "news.example.co.jp", &[(DKIM, "example.co.jp", Passed)]).0, DmarcResult::Fail);
}

#[test]
fn what_was_not_evaluated_cannot_be_failed() {
    let could_align = [(SPF, "example.com", NotEvaluated)];
    let open = (DmarcResult::NotEvaluated, Reason::IdentifierNotEvaluated);
    assert_eq!(verdict(&example(), "example.com", &could_align), open);
    let below = [(DKIM, "m.example.com", NotEvaluated)];
    assert_eq!(verdict(&example(), "example.com", &below), open);
    let foreign = [(SPF, "example.net", NotEvaluated)];
    assert_eq!(verdict(&example(), "example.com", &foreign), (DmarcResult::Fail, Reason::NothingAligned));
    let saved = [(SPF, "example.com", NotEvaluated), (DKIM, "example.com", Passed)];
    assert_eq!(verdict(&example(), "example.com", &saved), (DmarcResult::Pass, Reason::Aligned));
}

#[test]
fn a_temporary_error_of_an_aligned_identifier_is_neither_pass_nor_fail() {
    let trouble = (DmarcResult::TempError, Reason::DnsTrouble);
    assert_eq!(verdict(&example(), "example.com", &[(SPF, "m.example.com", TempError)]), trouble);
    assert_eq!(verdict(&example(), "example.com", &[(SPF, "example.net", TempError)]).0, DmarcResult::Fail);
    let both = [(SPF, "example.com", TempError), (DKIM, "example.com", Passed)];
    assert_eq!(verdict(&example(), "example.com", &both).0, DmarcResult::Pass);
}

#[test]
fn only_a_gap_that_matters_keeps_the_result_open() {
    let above = || example().fails("_dmarc.com", RecordType::Txt, Failure::Timeout);
    assert_eq!(verdict(&above(), "example.com", &[(SPF, "example.com", Passed)]).0, DmarcResult::Pass);
    assert_eq!(verdict(&above(), "example.com", &[(SPF, "m.example.com", Passed)]).0, DmarcResult::TempError);
    assert_eq!(verdict(&above(), "example.com", &[(SPF, "example.net", Passed)]).0, DmarcResult::Fail);
    assert_eq!(verdict(&above(), "example.com", &[]).0, DmarcResult::Fail);
    let own = example().fails("_dmarc.m.example.com", RecordType::Txt, Failure::ServFail);
    assert_eq!(verdict(&own, "example.com", &[(SPF, "m.example.com", Passed)]).0, DmarcResult::TempError);
    let foreign = example().fails("_dmarc.example.net", RecordType::Txt, Failure::ServFail);
    assert_eq!(verdict(&foreign, "example.com", &[(SPF, "example.net", Passed)]).0, DmarcResult::Fail);
    let unlisted = example().fails("_dmarc.com", RecordType::Txt, Failure::NotInSnapshot);
    let unasked = (DmarcResult::NotEvaluated, Reason::NotAsked);
    assert_eq!(verdict(&unlisted, "example.com", &[(SPF, "m.example.com", Passed)]), unasked);
}

#[test]
fn a_policy_that_hangs_on_a_silent_name_is_a_temporary_error() {
    let zone = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; np=none").fails(
        "nope.example.com",
        RecordType::A,
        Failure::Timeout,
    );
    let dmarc = run(&zone, "nope.example.com", &[]);
    assert_eq!((dmarc.result, dmarc.policy), (DmarcResult::TempError, None));
    assert_eq!(verdict(&zone, "nope.example.com", &[(SPF, "nope.example.com", Passed)]).0, DmarcResult::Pass);
}

#[test]
fn no_record_a_record_that_is_off_and_nobody_asked_are_three_things() {
    let passed = [(SPF, "example.com", Passed)];
    assert_eq!(verdict(&Zone::default(), "example.com", &passed), (DmarcResult::None, Reason::NoRecord));
    let off = Zone::default().txt("_dmarc.example.com", "v=DMARC1; adkim=s");
    let dmarc = run(&off, "example.com", &passed);
    assert_eq!((dmarc.result, dmarc.reason, dmarc.policy), (DmarcResult::None, Reason::SwitchedOff, None));
    assert_eq!(dmarc.record_at.as_deref(), Some("example.com"));
    let offline = evaluate(&input("example.com", &passed), &Ledger::new(&Offline));
    assert_eq!((offline.result, offline.reason), (DmarcResult::NotEvaluated, Reason::NotAsked));
    assert_eq!(offline.identifiers.len(), 1);
}

#[test]
fn without_one_author_nothing_is_asked() {
    let zone = example();
    let ledger = Ledger::new(&zone);
    let two = Input {
        from_fields: vec![vec![Some("example.com".to_owned()), Some("example.net".to_owned())]],
        ..Input::default()
    };
    let dmarc = evaluate(&two, &ledger);
    assert_eq!((dmarc.result, dmarc.reason), (DmarcResult::NotApplicable, Reason::SeveralAuthorDomains));
    assert!(ledger.entries().is_empty());
    assert_eq!(evaluate(&Input::default(), &ledger).reason, Reason::NoFrom);
}

#[test]
fn hundreds_of_signatures_do_not_ask_hundreds_of_names() {
    let zone = example();
    let ledger = Ledger::new(&zone);
    let domains: Vec<String> = (0..300).map(|index| format!("d{index}.example.com")).collect();
    let identifiers =
        domains.iter().enumerate().map(|(index, domain)| (IdentifierSource::Dkim(index), domain.as_str(), NotPassed));
    let identifiers: Vec<_> = identifiers.collect();
    let dmarc = evaluate(&input("example.com", &identifiers), &ledger);
    assert_eq!(dmarc.result, DmarcResult::Fail);
    assert_eq!(ledger.entries().len(), 2 + MAX_IDENTIFIER_WALKS);
}
