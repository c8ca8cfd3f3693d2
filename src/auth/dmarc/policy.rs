//! What the owner asks for, by the record that applies (RFC 9989 section 4.10.1).

use super::answer::Published;
use super::discover::{Gap, Walk};
use super::record::{Request, Status};
use super::{Policy, PolicyTag, Task};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::{Failure, Ledger, Question, RecordType};
use crate::message::Span;

/// What the owner asks for, from the record that applies (section 4.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// `None` when it hangs on a question without an answer.
    pub(super) policy: Option<Policy>,
    /// `None` when the record says nothing usable, which is read as `p=none`.
    pub(super) tag: Option<PolicyTag>,
    /// The policy before `t=y` lowered it.
    pub(super) published: Option<Policy>,
    /// `t=y` lowered it.
    pub(super) testing: bool,
    /// Why the policy is not known.
    pub(super) gap: Option<Gap>,
}

/// Chooses the policy for `author` from the record that applies to it. Asks whether `author` exists only when the answer
/// changes something.
pub(super) fn choose(author: &str, walk: &Walk, published: &Published, dns: &Ledger<'_>) -> (Asked, Vec<Step>) {
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
    let asked = Asked { policy: lowered.or(policy), tag, published: policy, testing: lowered.is_some(), gap };
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
        (None, Status::SwitchedOff) => Outcome::Ignored,
        (None, Status::ActsAsNone) => Outcome::Broken,
        (None, _) => Outcome::Found,
    };
    let span = tag.map_or(Span::new(0, published.record.bytes.len()), |tag| tag.span);
    let text = tag.map_or_else(|| published.record.text(), |tag| format!("{}={}", tag.name.value, tag.value.value));
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
