use super::*;
use crate::auth::zone::Zone;
use crate::dns::Offline;

fn author(fields: &[&[Option<&str>]]) -> Result<String, Reason> {
    let fields = fields.iter().map(|field| field.iter().map(|domain| domain.map(str::to_owned)).collect());
    author_domain(&Input { from_fields: fields.collect(), ..Input::default() })
}

#[test]
fn one_domain_is_wanted_however_many_mailboxes_have_it() {
    assert_eq!(author(&[&[Some("Example.JP."), Some("example.jp")]]), Ok("example.jp".to_owned()));
    assert_eq!(author(&[&[Some("例え.jp")]]), Ok("xn--r8jz45g.jp".to_owned()));
    assert_eq!(author(&[]), Err(Reason::NoFrom));
    assert_eq!(author(&[&[]]), Err(Reason::NoAuthorDomain));
    assert_eq!(author(&[&[None]]), Err(Reason::NoAuthorDomain));
    assert_eq!(author(&[&[Some("[192.0.2.1]")]]), Err(Reason::NoAuthorDomain));
    assert_eq!(author(&[&[Some("example.jp"), Some("example.com")]]), Err(Reason::SeveralAuthorDomains));
    assert_eq!(author(&[&[Some("example.jp"), Some("[192.0.2.1]")]]), Err(Reason::SeveralAuthorDomains));
    assert_eq!(author(&[&[Some("example.jp")], &[Some("example.jp")]]), Err(Reason::SeveralFrom));
}

fn names(walk: &Walk) -> Vec<&str> {
    walk.steps.iter().map(|step| step.domain.as_str()).collect()
}

#[test]
fn a_walk_asks_at_most_eight_names() {
    let zone = Zone::default();
    let deep = walk("a.b.c.d.e.f.g.h.mail.example.com", &Ledger::new(&zone));
    assert_eq!(
        names(&deep),
        [
            "a.b.c.d.e.f.g.h.mail.example.com",
            "e.f.g.h.mail.example.com",
            "f.g.h.mail.example.com",
            "g.h.mail.example.com",
            "h.mail.example.com",
            "mail.example.com",
            "example.com",
            "com"
        ]
    );
    assert_eq!(deep.steps.len(), MAX_WALK_QUESTIONS);
    let eight = walk("a.b.c.d.e.f.example.com", &Ledger::new(&zone));
    assert_eq!(eight.steps.len(), 8);
    assert_eq!(names(&eight)[1], "b.c.d.e.f.example.com");
    assert_eq!(names(&walk("com", &Ledger::new(&zone))), ["com"]);
}

#[test]
fn the_organizational_domain_is_the_highest_record_unless_psd_says_otherwise() {
    let plain = Zone::default()
        .txt("_dmarc.mail.example.com", "v=DMARC1; p=none")
        .txt("_dmarc.example.com", "v=DMARC1; p=none");
    assert_eq!(walk("a.mail.example.com", &Ledger::new(&plain)).organizational_domain(), Some("example.com"));

    let own = Zone::default()
        .txt("_dmarc.mail.example.com", "v=DMARC1; p=none; psd=n")
        .txt("_dmarc.example.com", "v=DMARC1; p=none");
    let own = walk("a.mail.example.com", &Ledger::new(&own));
    assert_eq!((own.organizational_domain(), own.steps.len()), (Some("mail.example.com"), 2));

    let suffix = Zone::default().txt("_dmarc.com", "v=DMARC1; p=none; psd=y");
    assert_eq!(walk("a.mail.example.com", &Ledger::new(&suffix)).organizational_domain(), Some("example.com"));

    let itself = Zone::default().txt("_dmarc.bank.example", "v=DMARC1; p=none; psd=y");
    assert_eq!(walk("bank.example", &Ledger::new(&itself)).organizational_domain(), Some("bank.example"));

    assert_eq!(walk("a.example.com", &Ledger::new(&Zone::default())).organizational_domain(), Some("a.example.com"));
}

#[test]
fn what_is_no_single_record_is_dropped_and_said() {
    let zone = Zone::default()
        .txt("_dmarc.a.example.com", "v=spf1 -all")
        .txt("_dmarc.example.com", "v=DMARC1; p=none")
        .txt("_dmarc.example.com", "v=DMARC1; p=reject")
        .txt("_dmarc.com", "v=DMARC1; p=none; p=reject");
    let walk = walk("a.example.com", &Ledger::new(&zone));
    let found: Vec<Found> = walk.steps.iter().map(|step| step.found).collect();
    assert_eq!(found, [Found::OtherText, Found::SeveralDropped, Found::UnusableDropped]);
    assert!(walk.applicable().is_none());
    let outcomes: Vec<Outcome> = walk.step().children.iter().map(|step| step.outcome).collect();
    assert_eq!(outcomes, [Outcome::Absent, Outcome::Broken, Outcome::Broken]);
    assert_eq!(walk.step().children[1].children.len(), 2);
}

#[test]
fn a_gap_ends_the_walk_and_leaves_the_organization_open() {
    let zone = Zone::default().txt("_dmarc.a.example.com", "v=DMARC1; p=none").fails(
        "_dmarc.example.com",
        RecordType::Txt,
        Failure::ServFail,
    );
    let broken = walk("a.example.com", &Ledger::new(&zone));
    assert_eq!(broken.gap, Some(Gap::Unreachable));
    assert_eq!(names(&broken), ["a.example.com", "example.com"]);
    assert_eq!(broken.organizational_domain(), None);
    assert_eq!(broken.applicable().map(|published| published.domain.as_str()), Some("a.example.com"));
    assert_eq!(walk("a.example.com", &Ledger::new(&Offline)).gap, Some(Gap::NotAsked));
}

#[test]
fn a_name_too_long_for_the_prefix_is_passed_over() {
    let label = "a".repeat(60);
    let long = format!("{label}.{label}.{label}.{label}.example");
    let walk = walk(&long, &Ledger::new(&Zone::default()));
    assert_eq!(walk.steps.len(), 4);
    assert_eq!(walk.step().children[0].outcome, Outcome::Skipped);
}

#[test]
fn walks_go_side_by_side() {
    let zone = Zone::default();
    let ledger = Ledger::new(&zone);
    let walks = walk_all(&["a.example.com", "b.example.net"], &ledger);
    assert_eq!(walks.len(), 2);
    let asked: Vec<String> = ledger.entries().iter().map(|entry| entry.question.name.clone()).collect();
    assert_eq!(
        asked,
        [
            "_dmarc.a.example.com",
            "_dmarc.b.example.net",
            "_dmarc.example.com",
            "_dmarc.example.net",
            "_dmarc.com",
            "_dmarc.net"
        ]
    );
}

#[test]
fn a_suffix_speaks_only_where_the_organization_has_no_record() {
    let suffix = || Zone::default().txt("_dmarc.bank.example", "v=DMARC1; p=reject; sp=quarantine; psd=y");
    let alone = walk("shop.bank.example", &Ledger::new(&suffix()));
    assert_eq!(alone.applicable().map(|published| published.domain.as_str()), Some("bank.example"));
    let own = suffix().txt("_dmarc.shop.bank.example", "v=DMARC1; p=none");
    let own = walk("www.shop.bank.example", &Ledger::new(&own));
    assert_eq!(own.applicable().map(|published| published.domain.as_str()), Some("shop.bank.example"));
}
