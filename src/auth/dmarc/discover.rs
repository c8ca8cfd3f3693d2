//! Policy discovery: the tree walk and the record that applies (RFC 9989 section 4.10).

use super::record::{self, Psd, Record, Request, Status};
use super::{Found, FromState, Input, Policy, PolicyTag, Reason, Task, WalkStep};
use crate::auth::domain;
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::dns::{Data, Entry, Failure, Ledger, Question, QuestionId, RecordType};
use crate::message::Span;

/// The most questions of one walk (section 4.10).
pub const MAX_WALK_QUESTIONS: usize = 8;

/// How many TXT texts of one name are shown in the trace; the verdict reads all.
const MAX_TEXTS_SHOWN: usize = 10;

/// Why something that DNS should have said is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// A server was asked and gave no answer.
    Unreachable,
    /// Nobody was asked.
    NotAsked,
}

impl Gap {
    const fn of(failure: Failure) -> Self {
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

/// A record that was found, and where.
#[derive(Debug, Clone)]
pub(super) struct Published {
    /// Without `_dmarc.`.
    pub(super) domain: String,
    pub(super) question: QuestionId,
    /// Which TXT record of the answer.
    pub(super) index: usize,
    pub(super) text: String,
    /// Bytes of the text as it came.
    length: usize,
    pub(super) record: Record,
}

impl Published {
    pub(super) const fn place(&self, span: Span) -> Place {
        Place::Answer { question: self.question, record: self.index, span }
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
    start_exists: bool,
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
        let (found, published, step) = read_answer(&domain, entry);
        self.trace.push(step);
        self.gap = entry.answer.records.as_ref().err().filter(|failure| !failure.is_absent()).copied().map(Gap::of);
        let is_end = published.as_ref().is_some_and(|published| published.record.psd != Psd::Unstated);
        if self.gap.is_none() && !is_end {
            self.next = above(&domain);
        }
        self.records.extend(published);
        self.steps.push(WalkStep { domain, question: entry.id, found });
    }

    /// The organizational domain of the start (section 4.10.2); `None` when DNS did not say enough.
    pub(super) fn organizational_domain(&self) -> Option<&str> {
        if self.gap.is_some() {
            return None;
        }
        let deciding = self.records.iter().find_map(|published| match published.record.psd {
            Psd::Organization => Some(published.domain.as_str()),
            Psd::PublicSuffix if published.domain != self.start => {
                Some(domain::right_most(&self.start, domain::label_count(&published.domain) + 1))
            }
            Psd::PublicSuffix | Psd::Unstated => None,
        });
        let highest = || self.records.last().map(|published| published.domain.as_str());
        Some(deciding.or_else(highest).unwrap_or(&self.start))
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
    let (found, published, _) = read_answer(domain, &entry);
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

/// Which DMARC record an answer holds (section 4.10 step 2).
fn read_answer(domain: &str, entry: &Entry) -> (Found, Option<Published>, Step) {
    let step =
        |outcome| Step::new(What::Dmarc(Task::DmarcWalkName), outcome).text(&entry.question.name).asked(entry.id);
    let texts: Vec<Published> = match &entry.answer.records {
        Ok(records) => {
            records.iter().enumerate().filter_map(|(index, data)| publish(domain, entry, index, data)).collect()
        }
        Err(failure) if failure.is_absent() => Vec::new(),
        Err(failure) if failure.is_not_asked() => return (Found::NotAsked, None, step(Outcome::NotEvaluated)),
        Err(_) => return (Found::Unreachable, None, step(Outcome::Unreachable)),
    };
    let records: Vec<&Published> = texts.iter().filter(|text| text.record.is_dmarc()).collect();
    let (found, outcome) = match records.as_slice() {
        [] if texts.is_empty() => (Found::Nothing, Outcome::Absent),
        [] => (Found::OtherText, Outcome::Absent),
        [one] if one.record.status == Status::Unusable => (Found::UnusableDropped, Outcome::Broken),
        [_] => (Found::Record, Outcome::Found),
        _ => (Found::SeveralDropped, Outcome::Broken),
    };
    let mut step = step(outcome);
    step.children = texts.iter().take(MAX_TEXTS_SHOWN).map(|text| text_step(text, outcome)).collect();
    let published = records.first().filter(|_| found == Found::Record).map(|&published| published.clone());
    (found, published, step)
}

fn publish(domain: &str, entry: &Entry, index: usize, data: &Data) -> Option<Published> {
    let text = data.joined()?;
    Some(Published {
        domain: domain.to_owned(),
        question: entry.id,
        index,
        record: record::read(&text),
        text: String::from_utf8_lossy(&text).into_owned(),
        length: text.len(),
    })
}

/// One TXT text of a name, whose DMARC records came to `outcome` together.
fn text_step(text: &Published, outcome: Outcome) -> Step {
    let outcome = if text.record.is_dmarc() { outcome } else { Outcome::NoMatch };
    let whole = Span::new(0, text.length);
    Step::new(What::Dmarc(Task::DmarcRecord), outcome).text(&text.text).place(text.place(whole))
}

/// What the owner asks for, from the record that applies (section 4.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// `None` when it hangs on a question without an answer.
    pub(super) policy: Option<Policy>,
    /// `None` when the record says nothing usable, which is read as `p=none`.
    pub(super) tag: Option<PolicyTag>,
    /// `t=y` lowered it.
    pub(super) testing: bool,
    /// Why the policy is not known.
    pub(super) gap: Option<Gap>,
}

/// Chooses the policy for `author` from the record that applies to it. Asks whether `author` exists only when the answer
/// changes something.
pub(super) fn choose_policy(author: &str, walk: &Walk, published: &Published, dns: &Ledger<'_>) -> (Asked, Vec<Step>) {
    let record = &published.record;
    let of_existing = match (published.domain == author, record.sp) {
        (false, Request::Policy(policy)) => (Some(policy), Some(PolicyTag::Sp)),
        _ => (record.p.policy(), Some(PolicyTag::P)),
    };
    let of_missing = match (published.domain == author, record.np) {
        (false, Request::Policy(policy)) => (Some(policy), Some(PolicyTag::Np)),
        _ => of_existing,
    };
    let mut steps = Vec::new();
    let mut gap = None;
    let (policy, tag) = if record.status != Status::Usable {
        (Some(Policy::None), None)
    } else if of_missing.0 == of_existing.0 {
        of_existing
    } else {
        let (existence, step) = existence(author, walk, dns);
        steps.push(step);
        match existence {
            Ok(Existence::Exists) => of_existing,
            Ok(Existence::Missing) => of_missing,
            Err(unknown) => {
                gap = Some(unknown);
                (None, None)
            }
        }
    };
    let lowered = policy.filter(|&policy| record.testing && policy > Policy::None).map(one_level_lower);
    let asked = Asked { policy: lowered.or(policy), tag, testing: lowered.is_some(), gap };
    steps.push(policy_step(published, asked));
    (asked, steps)
}

/// Section 4.7 `t`.
const fn one_level_lower(policy: Policy) -> Policy {
    match policy {
        Policy::Reject => Policy::Quarantine,
        Policy::Quarantine | Policy::None => Policy::None,
    }
}

fn policy_step(published: &Published, asked: Asked) -> Step {
    let name = asked.tag.map(|tag| match tag {
        PolicyTag::P => "p",
        PolicyTag::Sp => "sp",
        PolicyTag::Np => "np",
    });
    let tag = name.and_then(|name| published.record.tag(name));
    let outcome = match (asked.gap, published.record.status) {
        (Some(gap), _) => gap.outcome(),
        (None, Status::SwitchedOff) => Outcome::Skipped,
        (None, Status::ActsAsNone) => Outcome::Broken,
        (None, _) => Outcome::Found,
    };
    let span = tag.map_or(Span::new(0, published.length), |tag| tag.span);
    let text = tag.map_or_else(|| published.text.clone(), |tag| format!("{}={}", tag.name.value, tag.value.value));
    Step::new(What::Dmarc(Task::DmarcPolicy), outcome).text(text).place(published.place(span))
}

/// Whether a name exists, for `np` (section 3.2.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existence {
    Exists,
    /// NXDOMAIN for the name itself.
    Missing,
}

fn existence(author: &str, walk: &Walk, dns: &Ledger<'_>) -> (Result<Existence, Gap>, Step) {
    let step = |outcome| Step::new(What::Dmarc(Task::DmarcExistence), outcome).text(author);
    // A name below it that exists proves it (RFC 8020); `_dmarc.author` was asked already.
    if walk.start_exists {
        let mut step = step(Outcome::Found);
        step.questions.extend(walk.steps.first().map(|first| first.question));
        return (Ok(Existence::Exists), step);
    }
    let entry = dns.ask(&Question::new(author, RecordType::A));
    let (existence, outcome) = match entry.answer.records {
        // The code belongs to the last name of a CNAME chain (RFC 6604 section 3): a dangling alias exists.
        Err(Failure::NxDomain) if entry.answer.cname.is_empty() => (Ok(Existence::Missing), Outcome::Absent),
        Ok(_) | Err(Failure::NoData | Failure::NxDomain) => (Ok(Existence::Exists), Outcome::Found),
        Err(failure) => (Err(Gap::of(failure)), Gap::of(failure).outcome()),
    };
    (existence, step(outcome).asked(entry.id))
}

#[cfg(test)]
mod tests;
