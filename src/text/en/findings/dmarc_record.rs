//! Findings about how a DMARC record is written.

use crate::auth::dmarc::{Fault, Policy, PolicyTag};
use crate::text::Explanation;
use crate::text::en::terms::policy_word;

pub(in crate::text) fn broken(domain: &str, fault: Fault, text: &str) -> Explanation {
    let (meaning, what) = match fault {
        Fault::VersionNotFirst => (
            format!("A DMARC record begins with v=DMARC1. Here it is elsewhere, so receivers ignore all of it: {text}"),
            BEGIN,
        ),
        Fault::WrongVersion => (
            format!("A DMARC record begins with exactly v=DMARC1 and a semicolon. This one does not, so receivers ignore all of it: {text}"),
            BEGIN,
        ),
        Fault::LeadingSpace => (
            "There is a space before v=DMARC1. By the standard this is no DMARC record; some receivers read it all the same.".to_owned(),
            BEGIN,
        ),
        Fault::TagTwice => (
            format!("A tag occurs twice ({text}), which makes the record invalid. Some receivers ignore the record, others take one of the two values."),
            "keep each tag only once in it",
        ),
        Fault::PolicyMissing => (
            "The record names neither a policy (p=) nor a valid address for reports (rua=), so receivers do nothing with it.".to_owned(),
            WORDS,
        ),
        Fault::PolicyBroken => (
            format!("{text} is none of the values none, quarantine and reject, and there is no valid address for reports (rua=). Receivers do nothing with such a record: DMARC is switched off."),
            WORDS,
        ),
    };
    Explanation::new(format!("The DMARC record of {domain} cannot be used"), meaning, ask(domain, what))
}

const BEGIN: &str = "have it begin with exactly v=DMARC1;";
const WORDS: &str = "write p=none, p=quarantine or p=reject into it, and only these words after sp= and np=";

/// Asks for a change of the record at a domain.
fn ask(domain: &str, what: &str) -> String {
    format!("Ask whoever keeps the TXT record at _dmarc.{domain} to {what}.")
}

pub(in crate::text) fn duplicate_records(domain: &str, records: usize) -> Explanation {
    Explanation::new(
        format!("{domain} has {records} DMARC records, so none of them counts"),
        format!(
            "Where there are several DMARC records at one name, receivers ignore all of them. It is as if _dmarc.{domain} held none."
        ),
        format!(
            "Ask whoever keeps the DNS of {domain} to delete all but one of the TXT records at _dmarc.{domain} that begin with v=DMARC1."
        ),
    )
}

pub(in crate::text) fn policy_unusable(record_at: &str, part: Option<&str>) -> Explanation {
    let (title, meaning) = match part {
        Some(part) => (
            format!("The policy in the DMARC record of {record_at} cannot be read ({part})"),
            format!("{part} is none of the values none, quarantine and reject. Receivers then act as if the record said p=none, whatever its other tags say: it asks for nothing but reports."),
        ),
        None => (
            format!("The DMARC record of {record_at} names no policy (p=)"),
            "Without p= receivers act as if the record said p=none: it asks for nothing but reports. Some older ones ignore the record.".to_owned(),
        ),
    };
    Explanation::new(title, meaning, ask(record_at, WORDS))
}

pub(in crate::text) fn policy_none(author: &str, record_at: &str, tag: &str) -> Explanation {
    Explanation::new(
        format!("DMARC of {author} only watches ({tag})"),
        format!("The record at {record_at} asks for nothing but reports: spoofed mail is handled like any other."),
        format!(
            "When the reports show that all genuine mail passes, ask whoever keeps the TXT record at _dmarc.{record_at} to change none to quarantine, later to reject."
        ),
    )
}

pub(in crate::text) fn testing(record_at: &str, published: Policy, applied: Policy) -> Explanation {
    let published = policy_word(published);
    Explanation::new(
        format!("{record_at} is testing its DMARC policy (t=y)"),
        format!(
            "The record says {published}, but with t=y it asks receivers for one level less: {}. Receivers that still follow RFC 7489 do not know the tag and see {published}.",
            policy_word(applied)
        ),
        format!(
            "When the reports show that all genuine mail passes, ask whoever keeps the TXT record at _dmarc.{record_at} to remove t=y."
        ),
    )
}

pub(in crate::text) fn no_reports(record_at: &str) -> Explanation {
    Explanation::new(
        format!("The DMARC record of {record_at} asks for nothing and wants no reports"),
        format!(
            "With p=none and without an address for reports (rua=) it does what mailbox providers ask of bulk senders, but neither protects {record_at} nor shows its owner who sends in its name."
        ),
        ask(record_at, "add an address for reports to it (rua=mailto:…)"),
    )
}

pub(in crate::text) fn sp_weaker(record_at: &str, own: Policy, tag: PolicyTag, below: Policy) -> Explanation {
    let (own, below) = (policy_word(own), policy_word(below));
    let (word, whom, remedy) = match tag {
        PolicyTag::Np => (
            "np",
            "subdomains that do not exist",
            ask(record_at, "remove np= or raise it: names that do not exist send no genuine mail"),
        ),
        PolicyTag::P | PolicyTag::Sp => (
            "sp",
            "its subdomains",
            format!(
                "When the reports show that genuine mail of the subdomains passes, ask whoever keeps the TXT record at _dmarc.{record_at} to remove sp= or to raise it to {own}."
            ),
        ),
    };
    Explanation::new(
        format!("Subdomains of {record_at} are protected less than {record_at} itself ({word}={below})"),
        format!(
            "For {record_at} itself the record asks for {own}, for {whom} for {below}: a spoofed name below {record_at} is treated more leniently."
        ),
        remedy,
    )
}

pub(in crate::text) fn pct_removed(record_at: &str, pct: &str, policy: Policy) -> Explanation {
    Explanation::new(
        format!("pct={pct} in the DMARC record of {record_at} no longer counts"),
        format!(
            "The tag was removed with RFC 9989: {} is asked for all mail that fails, not for {pct} per cent of it. Older receivers may still go by the tag.",
            policy_word(policy)
        ),
        format!("{} To try out a policy there is t=y.", ask(record_at, "remove pct= from it")),
    )
}

pub(in crate::text) fn tag_ignored(record_at: &str, parts: &[String]) -> Explanation {
    Explanation::new(
        format!("Part of the DMARC record of {record_at} has no effect: {}", parts.join("; ")),
        "Receivers ignore tags that they do not know, and take the default where a value is not one of those allowed.",
        ask(record_at, "correct these parts or to remove them"),
    )
}

pub(in crate::text) fn uri_bad(record_at: &str, entries: &[String]) -> Explanation {
    Explanation::new(
        format!("DMARC reports of {record_at} cannot be sent to {}", entries.join(", ")),
        "Each destination must be a URI, and mailto: is the only kind that must be supported. Others are skipped, so no report arrives there. This message is not affected.",
        ask(record_at, "write each destination as mailto:… and to separate several by commas"),
    )
}

pub(in crate::text) fn report_unauthorised(record_at: &str, hosts: &[String]) -> Explanation {
    let host = hosts.first().map_or("…", String::as_str);
    Explanation::new(
        format!("{} has not agreed to receive DMARC reports of {record_at}", hosts.join(", ")),
        "Reports may go to another organisation only where that one has published its consent in DNS; otherwise they must not be sent there. This message is not affected.",
        format!(
            "Ask the operator of {host} to publish a TXT record at {record_at}._report._dmarc.{host} with v=DMARC1; or ask whoever keeps the record of {record_at} to name another address."
        ),
    )
}
