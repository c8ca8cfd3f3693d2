//! Author domains that nobody can have sent from.

use std::sync::Arc;

use super::Verdict;
use crate::auth::dmarc::{self, DmarcResult};
use crate::auth::domain::local_name;
use crate::check::Actor;
use crate::dns::{Entry, Failure, QuestionId};
use crate::facts::Facts;

/// The author domain cannot be one of the Internet, or DNS says that it does not exist.
pub(super) fn not_in_dns(facts: &Facts, questions: &[Arc<Entry>]) -> Option<(Verdict, Actor)> {
    // Programs and devices write names of their own network by themselves, whatever a server there answers about them.
    if let Some(author) = unproved_author(facts).filter(|author| local_name(author).is_some()) {
        return Some((Verdict::AuthorNotPublic { author: author.to_owned() }, Actor::Sender));
    }
    let (author, _) = missing_author(facts, questions)?;
    Some((Verdict::AuthorDomainMissing { author: author.to_owned() }, Actor::Receiver))
}

/// The author domain where that is decided and nothing of its organization passed.
fn unproved_author(facts: &Facts) -> Option<&str> {
    let is_decided = matches!(facts.dmarc.result, DmarcResult::Fail | DmarcResult::None | DmarcResult::PermError);
    let author = facts.dmarc.author_domain.as_deref().filter(|_| is_decided)?;
    let is_proved = facts.dmarc.passed_domains().iter().any(|domain| dmarc::is_same_organization(domain, author));
    (!is_proved).then_some(author)
}

/// The author domain where DNS says that it does not exist, and the question that was answered so. A name that exists
/// beneath it contradicts that (RFC 8020), an alias exists although its target does not, and an organization that passed
/// may write from names it never registered: then nothing is said.
pub(in crate::check) fn missing_author<'a>(
    facts: &'a Facts,
    questions: &[Arc<Entry>],
) -> Option<(&'a str, QuestionId)> {
    let author = unproved_author(facts)?;
    let exists = |entry: &Arc<Entry>| matches!(entry.answer.records, Ok(_) | Err(Failure::NoData));
    let is_beneath = |name: &str| name.strip_suffix(author).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if questions.iter().any(|entry| exists(entry) && is_beneath(&entry.question.name)) {
        return None;
    }
    let is_gone = |entry: &&Arc<Entry>| {
        let answer = &entry.answer;
        entry.question.name == author && answer.cname.is_empty() && answer.records == Err(Failure::NxDomain)
    };
    questions.iter().find(is_gone).map(|entry| (author, entry.id))
}

/// None of what decides was asked of DNS.
pub(super) fn not_asked(author: Option<String>, questions: &[Arc<Entry>]) -> Verdict {
    let mut open = questions.iter().filter_map(|entry| entry.answer.records.as_ref().err());
    let recorded = open.any(|failure| *failure == Failure::NotInSnapshot);
    Verdict::NotAsked { author, recorded }
}
