//! Asks the lists, and asks no list to be believed untested.
//!
//! A list whose domain was given up may answer everything, and one that does not like the resolver may answer nothing.
//! RFC 5782 section 5 has an entry that each list must have and one that it must not have. Only one of them is asked of a
//! list, after its answers are there: of a list that lists something the one that it must not have, of a list that lists
//! nothing the one that it must have. Both say nothing about the message.

use std::net::Ipv4Addr;

use super::question::{self, Entry};
use super::{Code, List, Listings, Row, Standing, Subject, Subjects, Tested, lists};
use crate::dns::{self, Data, Ledger, Question};

/// The most characters of a list's words that are kept.
const MAX_TEXT: usize = 500;

/// Asks every list about whatever it takes of the subjects.
#[must_use]
pub fn check(subjects: &Subjects, dns: &Ledger<'_>) -> Listings {
    let planned: Vec<(&'static List, Subject)> =
        lists().iter().flat_map(|list| subjects.of(list).into_iter().map(move |subject| (list, subject))).collect();
    let questions: Vec<Question> = planned.iter().map(|(list, subject)| question::listing(list, subject)).collect();
    let answers = dns.ask_all(&questions);
    let mut rows: Vec<Row> =
        planned.into_iter().zip(&answers).map(|((list, subject), entry)| read(list, subject, entry)).collect();
    test(&mut rows, dns);
    texts(&mut rows, dns);
    Listings { rows }
}

/// What the answer says by itself.
fn read(list: &'static List, subject: Subject, entry: &dns::Entry) -> Row {
    let addresses: Vec<Ipv4Addr> = entry.answer.records.iter().flatten().filter_map(address).collect();
    let is_foreign = addresses.iter().any(|answer| !answer.is_loopback());
    // A list that refuses says nothing else to be believed.
    let refusal = addresses.iter().find_map(|answer| list.refusal(*answer));
    let code = |answer: &Ipv4Addr| {
        let is_code = answer.is_loopback() && refusal.is_none();
        Code { answer: *answer, meanings: if is_code { list.meanings(*answer) } else { Vec::new() } }
    };
    let codes: Vec<Code> = addresses.iter().map(code).collect();
    let standing = match &entry.answer.records {
        Err(failure) if failure.is_not_asked() => Standing::NotAsked(*failure),
        Err(failure) if failure.is_absent() => Standing::NotListed,
        Err(_) => Standing::Unreachable,
        Ok(_) if is_foreign => Standing::NotAList,
        Ok(_) => match refusal {
            Some(refusal) => Standing::Refused(refusal),
            None if codes.is_empty() => Standing::Unreachable,
            None => Standing::Listed(Tested::Unknown),
        },
    };
    let question = entry.id;
    Row { list, subject, standing, codes, text: None, question, text_question: None, test_question: None }
}

const fn address(data: &Data) -> Option<Ipv4Addr> {
    match data {
        Data::A(answer) => Some(*answer),
        _ => None,
    }
}

/// Tests each list by one question.
fn test(rows: &mut [Row], dns: &Ledger<'_>) {
    let wanted: Vec<(&'static List, Entry, Question)> = lists()
        .iter()
        .filter_map(|list| {
            let own = || rows.iter().filter(|row| row.list.id == list.id);
            let listed = own().find(|row| row.is_listed()).map(|row| (row, Entry::Unlisted));
            let absent = || own().find(|row| row.standing == Standing::NotListed).map(|row| (row, Entry::Listed));
            let (row, entry) = listed.or_else(absent)?;
            Some((list, entry, question::test(list, &row.subject, entry)))
        })
        .collect();
    let questions: Vec<Question> = wanted.iter().map(|(_, _, question)| question.clone()).collect();
    let answers = dns.ask_all(&questions);
    for ((list, entry, _), answer) in wanted.iter().zip(answers) {
        for row in rows.iter_mut().filter(|row| row.list.id == list.id) {
            if let Some(standing) = tested(row.standing, *entry, list, &answer) {
                row.standing = standing;
                row.test_question = Some(answer.id);
            }
        }
    }
}

/// What a row comes to after the test; `None` where the test says nothing about it.
fn tested(standing: Standing, entry: Entry, list: &List, answer: &dns::Entry) -> Option<Standing> {
    let records = &answer.answer.records;
    let addresses = || records.iter().flatten().filter_map(address);
    let has_entry = addresses().any(|answer| answer.is_loopback() && list.refusal(answer).is_none());
    let refusal = addresses().find_map(|answer| list.refusal(answer));
    let failure = records.as_ref().err().copied();
    match (standing, entry) {
        (Standing::Listed(_), Entry::Unlisted) => Some(match failure {
            _ if has_entry => Standing::AnswersAll,
            Some(failure) if failure.is_absent() => Standing::Listed(Tested::Passed),
            Some(_) | None => Standing::Listed(Tested::Unknown),
        }),
        (Standing::NotListed, Entry::Listed) => Some(match (failure, refusal) {
            _ if has_entry => Standing::NotListed,
            (None, Some(refusal)) => Standing::Refused(refusal),
            (None, None) => Standing::NotAList,
            (Some(failure), _) if failure.is_absent() => Standing::Silent,
            (Some(failure), _) if failure.is_not_asked() => Standing::NotAsked(failure),
            (Some(_), _) => Standing::Unreachable,
        }),
        _ => None,
    }
}

/// Asks for the words about what is listed (RFC 5782 section 2.1: optional).
fn texts(rows: &mut [Row], dns: &Ledger<'_>) {
    let mut listed: Vec<&mut Row> = rows.iter_mut().filter(|row| row.is_listed()).collect();
    let questions: Vec<Question> = listed.iter().map(|row| question::text(row.list, &row.subject)).collect();
    for (row, answer) in listed.iter_mut().zip(dns.ask_all(&questions)) {
        row.text_question = Some(answer.id);
        let texts = answer.answer.records.iter().flatten().filter_map(Data::joined);
        let text = texts.map(|text| String::from_utf8_lossy(&text).trim().to_owned()).collect::<Vec<_>>().join(" ");
        let text: String = text.chars().take(MAX_TEXT).collect();
        row.text = (!text.is_empty()).then_some(text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Meaning, Refusal, Role};
    use super::*;
    use crate::dns::{Failure, Offline, Snapshot};

    fn subjects() -> Subjects {
        let mut subjects = Subjects { address: Address::Known([192, 0, 2, 1].into()), ..Subjects::default() };
        subjects.add("mail.example.jp", "example.jp", Role::Helo);
        subjects.add("example.jp", "example.jp", Role::Author);
        subjects
    }

    /// The rows of one list, and how many questions were asked of its zone.
    fn of(id: &str, zone: &str) -> (Vec<Row>, Vec<String>) {
        let snapshot = Snapshot::parse(zone, "test.dns").unwrap();
        let ledger = Ledger::new(&snapshot);
        let listings = check(&subjects(), &ledger);
        let rows: Vec<Row> = listings.rows.into_iter().filter(|row| row.list.id == id).collect();
        let own = lists().iter().find(|list| list.id == id).unwrap();
        let entries = ledger.entries();
        let names = entries.iter().map(|entry| format!("{} {}", entry.question.name, entry.question.kind.word()));
        (rows, names.filter(|name| name.contains(&own.zone)).collect())
    }

    fn standing(id: &str, zone: &str) -> Standing {
        of(id, zone).0[0].standing
    }

    #[test]
    fn a_listing_is_decoded_and_tested() {
        let zone = "1.2.0.192.zen.spamhaus.org. A 127.0.0.2\n1.2.0.192.zen.spamhaus.org. A 127.0.0.9\n\
            1.2.0.192.zen.spamhaus.org. TXT \"see https://check.spamhaus.org/ \" \"SBL1\"\n$default nxdomain\n";
        let (rows, names) = of("spamhaus-zen", zone);
        assert_eq!(rows[0].standing, Standing::Listed(Tested::Passed));
        assert_eq!(rows[0].meanings(), [Meaning::SpamSource, Meaning::HijackedNetwork]);
        assert_eq!(rows[0].text.as_deref(), Some("see https://check.spamhaus.org/ SBL1"));
        assert_eq!(
            names,
            ["1.2.0.192.zen.spamhaus.org A", "1.0.0.127.zen.spamhaus.org A", "1.2.0.192.zen.spamhaus.org TXT"]
        );
        let untested = format!("{zone}$answer 1.0.0.127.zen.spamhaus.org. A timeout\n");
        assert_eq!(standing("spamhaus-zen", &untested), Standing::Listed(Tested::Unknown));
    }

    #[test]
    fn nothing_is_only_believed_of_a_list_that_works() {
        let works = "2.0.0.127.psbl.surriel.com. A 127.0.0.2\n$default nxdomain\n";
        let (rows, names) = of("psbl", works);
        assert_eq!(rows[0].standing, Standing::NotListed);
        assert_eq!(names, ["1.2.0.192.psbl.surriel.com A", "2.0.0.127.psbl.surriel.com A"]);
        assert_eq!(standing("psbl", "$default nxdomain\n"), Standing::Silent);
        let down = "$answer 2.0.0.127.psbl.surriel.com. A servfail\n$default nxdomain\n";
        assert_eq!(standing("psbl", down), Standing::Unreachable);
        let refuses = "2.0.0.127.zen.spamhaus.org. A 127.255.255.254\n$default nxdomain\n";
        assert_eq!(standing("spamhaus-zen", refuses), Standing::Refused(Refusal::PublicResolver));
    }

    #[test]
    fn a_list_that_answers_everything_lists_nothing() {
        let zone =
            "1.2.0.192.psbl.surriel.com. A 127.0.0.2\n1.0.0.127.psbl.surriel.com. A 127.0.0.2\n$default nxdomain\n";
        assert_eq!(standing("psbl", zone), Standing::AnswersAll);
        // A parked domain.
        let parked = "1.2.0.192.psbl.surriel.com. A 203.0.113.80\n$default nxdomain\n";
        assert_eq!(standing("psbl", parked), Standing::NotAList);
    }

    #[test]
    fn a_refusal_is_no_listing() {
        for (id, zone, why) in [
            ("spamhaus-zen", "1.2.0.192.zen.spamhaus.org. A 127.255.255.254\n", Refusal::PublicResolver),
            ("spamhaus-zen", "1.2.0.192.zen.spamhaus.org. A 127.255.255.255\n", Refusal::TooManyQuestions),
            ("spamhaus-zen", "1.2.0.192.zen.spamhaus.org. A 127.255.255.252\n", Refusal::WrongZone),
            ("spamhaus-zen", "1.2.0.192.zen.spamhaus.org. A 127.255.255.250\n", Refusal::NotAllowed),
            ("uribl", "example.jp.multi.uribl.com. A 127.0.0.1\n", Refusal::NotAllowed),
            ("surbl", "example.jp.multi.surbl.org. A 127.0.0.1\n", Refusal::NotAllowed),
            ("spamcop", "1.2.0.192.bl.spamcop.net. A 127.0.0.1\n", Refusal::NotAllowed),
            (
                "spamhaus-zen",
                "1.2.0.192.zen.spamhaus.org. A 127.0.0.2\n1.2.0.192.zen.spamhaus.org. A 127.255.255.254\n",
                Refusal::PublicResolver,
            ),
        ] {
            let (rows, names) = of(id, &format!("{zone}$default nxdomain\n"));
            assert_eq!(rows[0].standing, Standing::Refused(why), "{zone}");
            assert_eq!(names.len(), 1, "a list that refuses is not asked more: {names:?}");
            assert!(rows[0].meanings().is_empty());
        }
    }

    #[test]
    fn domains_are_asked_as_each_list_wants_them() {
        let zone = "mail.example.jp.dbl.spamhaus.org. A 127.0.1.104\nexample.jp.multi.surbl.org. A 127.0.0.72\n$default nxdomain\n";
        let (rows, names) = of("spamhaus-dbl", zone);
        assert_eq!(rows.iter().map(Row::is_listed).collect::<Vec<_>>(), [true, false]);
        assert_eq!(rows[1].standing, Standing::NotListed, "the listing shows that the list works");
        assert_eq!(names[2..], ["invalid.dbl.spamhaus.org A", "mail.example.jp.dbl.spamhaus.org TXT"]);
        let (rows, names) = of("surbl", zone);
        assert_eq!((rows.len(), names.len()), (1, 3));
        assert_eq!(rows[0].meanings(), [Meaning::PhishingDomain, Meaning::SpamDomain]);
        let Subject::Domain { name, roles } = &rows[0].subject else { panic!("{rows:?}") };
        assert_eq!((name.as_str(), roles.as_slice()), ("example.jp", [Role::Helo, Role::Author].as_slice()));
    }

    #[test]
    fn nobody_is_asked_without_dns() {
        let listings = check(&subjects(), &Ledger::new(&Offline));
        assert!(listings.rows.len() > 12);
        assert!(listings.rows.iter().all(|row| row.standing == Standing::NotAsked(Failure::Offline)));
        assert!(listings.rows.iter().all(|row| row.test_question.is_none()));
    }

    #[test]
    fn an_ipv6_address_is_asked_nibble_by_nibble() {
        let subjects = Subjects { address: Address::Known("2001:db8::1".parse().unwrap()), ..Subjects::default() };
        let snapshot = Snapshot::parse("$default nxdomain\n", "test.dns").unwrap();
        let ledger = Ledger::new(&snapshot);
        let listings = check(&subjects, &ledger);
        assert_eq!(
            listings.rows.iter().map(|row| row.list.id.as_str()).collect::<Vec<_>>(),
            ["spamhaus-zen", "dronebl"]
        );
        let names: Vec<String> = ledger.entries().iter().map(|entry| entry.question.name.clone()).collect();
        let zeros = "0.".repeat(19);
        assert_eq!(names[0], format!("1.0.0.0.0.{zeros}8.b.d.0.1.0.0.2.zen.spamhaus.org"));
        assert_eq!(names[2], format!("2.0.0.0.0.0.f.7.f.f.f.f.{}0.zen.spamhaus.org", "0.".repeat(19)));
    }
}
