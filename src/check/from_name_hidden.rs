//! The name in From holds characters that are not seen, or that turn the order in which it is read.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::domain;
use crate::message::address::Mailbox;
use crate::message::hidden;

pub(super) const SOURCES: &[Source] = &[rfc(9989, "11.4")];

/// The most characters that are named.
const MAX_NAMED: usize = 5;

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    subject.facts.identity.from.iter().find_map(finding)
}

fn finding(mailbox: &Mailbox) -> Option<Finding> {
    let own = domain::normalize(mailbox.domain.as_deref()?)?;
    let mut found: Vec<char> = Vec::new();
    let mut previous = None;
    for character in mailbox.name.as_deref()?.chars() {
        if hidden::is_misleading(character, previous) && !found.contains(&character) {
            found.push(character);
        }
        previous = Some(character);
    }
    let reorders = found.iter().copied().any(hidden::is_reordering);
    let named = found.iter().take(MAX_NAMED).map(|character| format!("U+{:04X}", u32::from(*character)));
    let characters: Vec<String> = named.collect();
    // Some programs leave what is drawn as nothing by mistake; the order of a name nobody turns without meaning to.
    let severity = if reorders { Severity::Warning } else { Severity::Note };
    let problem = Problem::FromNameHidden { own, characters, reorders };
    (!found.is_empty()).then(|| Finding::certain(problem, severity, Actor::Receiver, Evidence::Bytes(mailbox.span)))
}
