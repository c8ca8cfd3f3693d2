use super::super::discover;
use super::*;
use crate::auth::zone::Zone;

fn asked(zone: &Zone, author: &str) -> (Asked, bool) {
    let ledger = Ledger::new(zone);
    let walk = discover::walk(author, &ledger);
    let (asked, _) = choose(author, &walk, walk.applicable().unwrap(), &ledger);
    (asked, ledger.entries().iter().any(|entry| entry.question.kind == RecordType::A))
}

#[test]
fn np_is_for_names_that_do_not_exist() {
    let record = "v=DMARC1; p=reject; sp=quarantine; np=none";
    let zone = || Zone::default().txt("_dmarc.example.com", record);
    let (missing, was_asked) = asked(&zone(), "nope.example.com");
    assert_eq!((missing.policy, missing.tag, was_asked), (Some(Policy::None), Some(PolicyTag::Np), true));
    let (there, _) = asked(&zone().a("sub.example.com", "192.0.2.1"), "sub.example.com");
    assert_eq!((there.policy, there.tag), (Some(Policy::Quarantine), Some(PolicyTag::Sp)));
    let (dangling, _) =
        asked(&zone().dangling("sub.example.com", RecordType::A, "gone.example.net"), "sub.example.com");
    assert_eq!(dangling.tag, Some(PolicyTag::Sp));
    let (silent, _) = asked(&zone().fails("sub.example.com", RecordType::A, Failure::Timeout), "sub.example.com");
    assert_eq!((silent.policy, silent.gap), (None, Some(Gap::Unreachable)));
    let (own, _) = asked(&zone(), "example.com");
    assert_eq!((own.policy, own.tag), (Some(Policy::Reject), Some(PolicyTag::P)));
}

#[test]
fn existence_is_asked_only_when_it_changes_the_policy() {
    let same = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; np=reject");
    assert!(!asked(&same, "sub.example.com").1);
    let without = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=none");
    assert!(!asked(&without, "sub.example.com").1);
    // `_dmarc.sub` answers something, so `sub` exists.
    let proved = Zone::default()
        .txt("_dmarc.example.com", "v=DMARC1; p=reject; np=none")
        .txt("_dmarc.sub.example.com", "no record");
    let (policy, was_asked) = asked(&proved, "sub.example.com");
    assert_eq!((policy.tag, was_asked), (Some(PolicyTag::P), false));
}

#[test]
fn t_lowers_by_one_level() {
    for (p, lowered, testing) in
        [("reject", Policy::Quarantine, true), ("quarantine", Policy::None, true), ("none", Policy::None, false)]
    {
        let zone = Zone::default().txt("_dmarc.example.com", &format!("v=DMARC1; p={p}; t=y"));
        let (asked, _) = asked(&zone, "example.com");
        assert_eq!((asked.policy, asked.testing), (Some(lowered), testing));
    }
}
