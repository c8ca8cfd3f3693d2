//! Policy discovery: the author domain, the tree walk and the record that applies (RFC 9989 section 4.10).

use super::answer::{Published, Reading, read_answer};
use super::record::Psd;
use super::{Found, FromState, Input, Reason, Task, WalkStep};
use crate::auth::domain;
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::{Entry, Failure, Ledger, Question, QuestionId, RecordType};

/// The most questions of one walk (section 4.10).
pub const MAX_WALK_QUESTIONS: usize = 8;

/// Why something that DNS should have said is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// A server was asked and gave no answer.
    Unreachable,
    /// Nobody was asked.
    NotAsked,
}

impl Gap {
    pub(super) const fn of(failure: Failure) -> Self {
        if failure.is_not_asked() { Self::NotAsked } else { Self::Unreachable }
    }

    pub(super) const fn outcome(self) -> Outcome {
        match self {
            Self::Unreachable => Outcome::Unreachable,
            Self::NotAsked => Outcome::NotEvaluated,
        }
    }
}

/// The one author domain (section 5.3.1), normalized, or why there is none.
pub(super) fn author_domain(input: &Input) -> Result<String, Reason> {
    let mailboxes = match input.from_fields.as_slice() {
        [] => return Err(Reason::NoFrom),
        [mailboxes] => mailboxes,
        _ => return Err(Reason::SeveralFrom),
    };
    if input.from == FromState::PartlyUnreadable {
        return Err(Reason::FromUnreadable);
    }
    // A name that DNS cannot hold, such as an address literal, is a domain of its own all the same.
    let mut domains: Vec<String> = mailboxes.iter().flatten().map(|domain| domain.to_lowercase()).collect();
    for domain in &mut domains {
        if let Some(name) = domain::normalize(domain) {
            *domain = name;
        }
    }
    domains.sort_unstable();
    domains.dedup();
    match domains.as_slice() {
        [] => Err(Reason::NoAuthorDomain),
        [domain] => domain::normalize(domain).ok_or(Reason::NoAuthorDomain),
        _ => Err(Reason::SeveralAuthorDomains),
    }
}

/// A tree walk from one domain up to its top-level domain (section 4.10).
#[derive(Debug)]
pub(super) struct Walk {
    start: String,
    /// The next name to ask about; `None` at the end.
    next: Option<String>,
    pub(super) steps: Vec<WalkStep>,
    /// The records found, longest name first.
    records: Vec<Published>,
    /// Why the walk ended before its end.
    pub(super) gap: Option<Gap>,
    trace: Vec<Step>,
    /// Whether DNS proved on the way that the start exists.
    pub(super) start_exists: bool,
}

impl Walk {
    fn new(start: &str) -> Self {
        Self {
            start: start.to_owned(),
            next: Some(start.to_owned()),
            steps: Vec::new(),
            records: Vec::new(),
            gap: None,
            trace: Vec::new(),
            start_exists: false,
        }
    }

    /// The question to ask next. Names to which `_dmarc.` cannot be added hold no record and are passed over.
    fn question(&mut self) -> Option<Question> {
        while let Some(name) = self.next.clone() {
            if let Some(question) = record_question(&name) {
                return Some(question);
            }
            self.trace.push(Step::new(What::Dmarc(Task::DmarcWalkName), Outcome::Skipped).text(&name));
            self.next = above(&name);
        }
        None
    }

    /// Takes the answer to that question (section 4.10 steps 2 and 6).
    fn take(&mut self, entry: &Entry) {
        let Some(domain) = self.next.take() else { return };
        if domain == self.start {
            self.start_exists = proves_parent(entry);
        }
        let Reading { found, published, texts, step } = read_answer(&domain, entry);
        self.trace.push(step);
        self.gap = entry.answer.records.as_ref().err().filter(|failure| !failure.is_absent()).copied().map(Gap::of);
        let is_end = published.as_ref().is_some_and(|published| published.record.psd != Psd::Unstated);
        if self.gap.is_none() && !is_end {
            self.next = above(&domain);
        }
        self.records.extend(published);
        self.steps.push(WalkStep { domain, question: entry.id, found, texts });
    }

    /// The organizational domain of the start (section 4.10.2); `None` when DNS did not say enough.
    pub(super) fn organizational_domain(&self) -> Option<&str> {
        if self.gap.is_some() {
            return None;
        }
        if let Some(deciding) = self.deciding() {
            return Some(match deciding.record.psd {
                Psd::PublicSuffix => domain::right_most(&self.start, domain::label_count(&deciding.domain) + 1),
                Psd::Organization | Psd::Unstated => &deciding.domain,
            });
        }
        let highest = self.records.last().map(|published| published.domain.as_str());
        Some(highest.unwrap_or(&self.start))
    }

    /// The record whose `psd` says where the organization begins (section 4.10.2 rules 1 and 2).
    fn deciding(&self) -> Option<&Published> {
        self.records.iter().find(|published| match published.record.psd {
            Psd::Organization => true,
            // A public suffix that writes mail itself is its own organization.
            Psd::PublicSuffix => published.domain != self.start,
            Psd::Unstated => false,
        })
    }

    /// What `psd` of that record says; unstated where none decides.
    pub(super) fn deciding_psd(&self) -> Psd {
        self.deciding().map_or(Psd::Unstated, |published| published.record.psd)
    }

    /// Whether the walk asked for that name and found no record that counts.
    pub(super) fn holds_nothing(&self, domain: &str) -> bool {
        let is_empty = |found| !matches!(found, Found::Record | Found::Unreachable | Found::NotAsked);
        self.steps.iter().any(|step| step.domain == domain && is_empty(step.found))
    }

    /// Whether the walk found a record of that name that calls it a public suffix.
    pub(super) fn is_suffix(&self, domain: &str) -> bool {
        self.records.iter().any(|record| record.domain == domain && record.record.psd == Psd::PublicSuffix)
    }

    /// The record at the start itself.
    pub(super) fn record_at_start(&self) -> Option<&Published> {
        self.records.first().filter(|published| published.domain == self.start)
    }

    /// The record that applies to the start: its own, its organizational domain's, its public suffix's (section 4.10.1).
    pub(super) fn applicable(&self) -> Option<&Published> {
        let organization = || {
            let name = self.organizational_domain()?;
            self.records.iter().find(|published| published.domain == name)
        };
        let suffix = || {
            let complete = self.records.last().filter(|_| self.gap.is_none());
            complete.filter(|published| published.record.psd == Psd::PublicSuffix)
        };
        self.record_at_start().or_else(organization).or_else(suffix)
    }

    /// What the walk did, as one step.
    pub(super) fn step(&self) -> Step {
        let outcome = match self.gap {
            Some(gap) => gap.outcome(),
            None if self.records.is_empty() => Outcome::Absent,
            None => Outcome::Found,
        };
        let mut step = Step::new(What::Dmarc(Task::DmarcWalk), outcome).text(&self.start);
        step.children.clone_from(&self.trace);
        step
    }
}

/// Walks from each of the domains. The walks go side by side, so that one round of questions serves them all.
pub(super) fn walk_all(domains: &[&str], dns: &Ledger<'_>) -> Vec<Walk> {
    let mut walks: Vec<Walk> = domains.iter().map(|domain| Walk::new(domain)).collect();
    loop {
        let mut asking = Vec::new();
        let mut questions = Vec::new();
        for (index, walk) in walks.iter_mut().enumerate() {
            if let Some(question) = walk.question() {
                asking.push(index);
                questions.push(question);
            }
        }
        if questions.is_empty() {
            return walks;
        }
        for (index, entry) in asking.into_iter().zip(dns.ask_all(&questions)) {
            if let Some(walk) = walks.get_mut(index) {
                walk.take(&entry);
            }
        }
    }
}

/// Walks from one domain.
pub(super) fn walk(start: &str, dns: &Ledger<'_>) -> Walk {
    let mut walk = Walk::new(start);
    while let Some(question) = walk.question() {
        walk.take(&dns.ask(&question));
    }
    walk
}

/// What one name holds. `None` when it is too long to be asked for.
pub(super) fn ask_one(domain: &str, dns: &Ledger<'_>) -> Option<(Found, Option<Published>, QuestionId)> {
    let entry = dns.ask(&record_question(domain)?);
    let Reading { found, published, .. } = read_answer(domain, &entry);
    Some((found, published, entry.id))
}

/// The question for the record of a domain (section 4.5).
fn record_question(domain: &str) -> Option<Question> {
    let name = format!("_dmarc.{domain}");
    (name.len() <= domain::MAX_NAME).then(|| Question::new(&name, RecordType::Txt))
}

/// The next name of a walk: one label fewer, at most seven labels, down to the top-level domain (section 4.10 step 4).
fn above(name: &str) -> Option<String> {
    let count = domain::label_count(name);
    let kept = (count - 1).min(MAX_WALK_QUESTIONS - 1);
    (kept > 0).then(|| domain::right_most(name, kept).to_owned())
}

/// Whether an answer for `_dmarc.x` proves that `x` exists: only NXDOMAIN, without a CNAME before it, leaves that open.
fn proves_parent(entry: &Entry) -> bool {
    match entry.answer.records {
        Ok(_) | Err(Failure::NoData) => true,
        Err(_) => !entry.answer.cname.is_empty(),
    }
}

#[cfg(test)]
mod tests;
