//! The name that mail programs show in From is another mail address, or another domain, than the address behind it.

use super::source::rfc;
use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Source, Subject, quoted};
use crate::auth::{dmarc, domain};
use crate::facts::Facts;
use crate::message::address::Mailbox;
use crate::message::{Span, hidden};
use crate::sender::services::ServiceKind;
use crate::sender::who::RelationKind;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "11.4")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let facts = subject.facts;
    facts.identity.from.iter().find_map(|mailbox| finding(mailbox, facts))
}

/// An address of another organization that is shown in place of the one behind it, and where. What a list or service writes is
/// none.
pub(super) fn address(facts: &Facts) -> Option<(String, Span)> {
    let misleads = |mailbox: &Mailbox| match finding(mailbox, facts)? {
        Finding { problem: Problem::FromNameElsewhere { shown, .. }, severity: Severity::Warning, .. } => {
            Some((shown, mailbox.span))
        }
        _ => None,
    };
    facts.identity.from.iter().find_map(misleads)
}

fn finding(mailbox: &Mailbox, facts: &Facts) -> Option<Finding> {
    let own = domain::normalize(mailbox.domain.as_deref()?)?;
    let name = hidden::as_read(mailbox.name.as_deref()?);
    let shown = shown(&name, &own)?;
    let via = name.to_lowercase().contains(" via ") && speaks_for_others(facts);
    let is_address = shown.contains('@');
    let (severity, confidence) = match (is_address, via) {
        (true, false) => (Severity::Warning, Confidence::Certain),
        (true, true) => (Severity::Note, Confidence::Certain),
        (false, _) => (Severity::Note, Confidence::Possible),
    };
    let problem = Problem::FromNameElsewhere { shown: quoted(&shown), own, via, is_address };
    let finding = Finding::certain(problem, severity, Actor::Receiver, Evidence::Bytes(mailbox.span));
    Some(finding.confidence(confidence))
}

/// Lists and services write "a via b" when they send what somebody else wrote. Anybody can write that: it counts where a list is
/// shown, or a service that sends under its own domain.
fn speaks_for_others(facts: &Facts) -> bool {
    let is_list = facts.handling.list.is_some() && facts.is_passing_on_shown();
    let is_own = facts.sender.relationship.kind == RelationKind::Own;
    let service = facts.sender.proved_service().map(|service| service.kind).filter(|_| is_own);
    is_list || service.is_some_and(|kind| kind == ServiceKind::OwnMail || kind.sends_for_customers())
}

/// The first address in a name that belongs to another organization than `own`, else the first such domain. Where the own
/// organization stands there as well, nothing is hidden.
fn shown(name: &str, own: &str) -> Option<String> {
    let name = name.replace(['＠', '﹫'], "@").replace(['．', '。'], ".");
    let is_edge = |character: char| !(character.is_alphanumeric() || "._-@+=".contains(character));
    let words = || name.split(is_edge).map(|word| word.trim_matches(['.', '-', '=', '+']));
    let is_own = |name: &str| dmarc::is_same_organization(name, own);
    let of = |word: &str| {
        let (local, domain) = word.rsplit_once('@').unwrap_or(("-", word));
        let domain = domain::normalize(domain).filter(|domain| domain.contains('.') && !local.is_empty())?;
        (word.contains('@') || is_registered(&domain)).then_some(domain)
    };
    if words().filter_map(of).any(|domain| is_own(&domain)) {
        return None;
    }
    let elsewhere = |word: &&str| of(word).is_some();
    let mut found: Vec<&str> = words().filter(elsewhere).collect();
    found.sort_by_key(|word| !word.contains('@'));
    found.first().map(|word| (*word).to_owned())
}

/// Whether a name without `@` is surely meant as a domain: below a suffix of the Public Suffix List, no number, and two letters
/// or more in each label.
fn is_registered(domain: &str) -> bool {
    let is_word = |label: &str| label.len() > 1 && label.bytes().any(|byte| byte.is_ascii_alphabetic());
    domain::is_below_known_suffix(domain) && domain.split('.').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_address_or_domain_is_found_in_a_name() {
        for (name, expected) in [
            ("support@bank.example", Some("support@bank.example")),
            ("Bank <support@bank.example>", Some("support@bank.example")),
            ("銀行（support＠bank.example）", Some("support@bank.example")),
            ("bank.co.jp お客様センター", Some("bank.co.jp")),
            ("taro@example.jp via users", Some("taro@example.jp")),
            ("x@mail.own.example.com", None),
            ("support@bank.example (x@own.example.com)", None),
            ("@taro", None),
            ("taro@work", None),
            ("Node.js Weekly", None),
            ("Dr.Smith, Ph.D.", None),
            ("3.5 inch, v2.0", None),
            ("Suzuki, Taro", None),
            ("", None),
        ] {
            assert_eq!(shown(name, "example.com").as_deref(), expected, "{name}");
        }
    }
}
