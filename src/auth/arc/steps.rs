//! The trace of a chain: its structure, then every instance from the newest down.

use super::chain::Chain;
use super::verify::{Checked, Examined};
use super::{Arc, ArcResult, Instance, Part, PartState, Task};
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::message::Span;

/// The trace of a chain that is being put together.
pub(super) fn placeholder() -> Step {
    step(Task::ArcChain, Outcome::NotEvaluated)
}

pub(super) fn trace(arc: &Arc, chain: &Chain<'_>, examined: &[Examined]) -> Step {
    let outcome = match arc.result {
        ArcResult::None => Outcome::None,
        ArcResult::Pass => Outcome::Pass,
        ArcResult::Fail => Outcome::Fail,
        ArcResult::NotEvaluated => Outcome::NotEvaluated,
    };
    let mut root = step(Task::ArcChain, outcome);
    if arc.result != ArcResult::None {
        root.children.push(structure(chain));
    }
    for instance in arc.instances.iter().rev() {
        let examined = examined.iter().find(|examined| examined.i == instance.i);
        root.children.push(self::instance(instance, chain, examined));
    }
    root.number("arc");
    root
}

const fn step(task: Task, outcome: Outcome) -> Step {
    Step::new(What::Arc(task), outcome)
}

fn placed(step: Step, span: Option<Span>) -> Step {
    match span {
        Some(span) => step.place(Place::Message(span)),
        None => step,
    }
}

fn structure(chain: &Chain<'_>) -> Step {
    match chain.fault() {
        Some(fault) => placed(step(Task::ArcStructure, Outcome::Invalid), fault.span),
        None => step(Task::ArcStructure, Outcome::Valid),
    }
}

fn instance(instance: &Instance, chain: &Chain<'_>, examined: Option<&Examined>) -> Step {
    let is_newest = chain.sets.last_key_value().is_some_and(|(i, _)| *i == instance.i);
    let outcome = match (instance.message_signature.state, instance.seal.state) {
        (PartState::Invalid, _) if is_newest => Outcome::Invalid,
        (PartState::NotChecked, PartState::Valid) if is_newest => Outcome::NotEvaluated,
        (_, PartState::Invalid | PartState::Absent) | (PartState::Absent, _) => Outcome::Invalid,
        (_, PartState::NotChecked) => Outcome::NotEvaluated,
        // A message signature that no longer verifies is normal below the newest: the chain does not need it.
        (_, PartState::Valid) => Outcome::Valid,
    };
    let domain = instance.seal.domain.as_deref().unwrap_or("?");
    let mut root =
        placed(step(Task::ArcInstance, outcome), instance.seal.span).text(format!("i={} d={domain}", instance.i));
    let results = chain.sets.get(&instance.i).and_then(|set| set.results.first());
    root.children.push(match results {
        Some(results) => step(Task::ArcAuthenticationResults, Outcome::Found).place(Place::Message(results.span)),
        None => step(Task::ArcAuthenticationResults, Outcome::Absent),
    });
    let signature = examined.map(|examined| &examined.signature);
    root.children.push(part(Task::ArcMessageSignature, &instance.message_signature, signature));
    root.children.push(part(Task::ArcSeal, &instance.seal, examined.map(|examined| &examined.seal)));
    root
}

fn part(task: Task, part: &Part, checked: Option<&Checked>) -> Step {
    let outcome = match part.state {
        PartState::Valid => Outcome::Valid,
        PartState::Invalid => Outcome::Invalid,
        PartState::NotChecked => Outcome::NotEvaluated,
        PartState::Absent => Outcome::Absent,
    };
    let mut root = placed(step(task, outcome), part.span);
    if let Some(checked) = checked {
        root.children.push(key(checked));
        root.children.extend(checked.body.map(|body| step(Task::ArcBodyHash, body.outcome())));
    }
    root
}

fn key(checked: &Checked) -> Step {
    let mut step = step(Task::ArcKey, checked.key.outcome());
    step.text.clone_from(&checked.key_name);
    step.questions.extend(checked.question);
    step
}
