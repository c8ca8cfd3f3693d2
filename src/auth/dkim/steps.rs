//! The trace of one signature: tags, moments, key, body hash, header signature with each signed field.

use super::cause::{Ended, NotSought, Search};
use super::signature::Value;
use super::verify::Draft;
use super::{BodyHash, DkimResult, HeaderSignature, KeyState, Signature, Task};
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::message::{Message, Span};

/// The trace of a signature that is being put together.
pub(super) fn placeholder() -> Step {
    step(Task::DkimSignature, Outcome::NotEvaluated)
}

pub(super) fn trace(draft: &Draft<'_>, signature: &Signature, message: &Message) -> Step {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "?".to_owned());
    let mut root = step(Task::DkimSignature, result(signature.result))
        .text(format!("d={} s={}", name(&signature.domain), name(&signature.selector)))
        .place(Place::Message(signature.span));
    root.children.push(tags(draft, message));
    if !draft.over_limit() {
        root.children.push(expiry(draft, signature));
        root.children.push(key(signature));
        root.children.push(body_hash(draft, signature));
        root.children.push(header_signature(draft, signature, message));
        let (body, header) = (&signature.causes.body, &signature.causes.header);
        root.children.extend(causes(Task::DkimBodyCauses, body, draft.tried.body.clone()));
        root.children.extend(causes(Task::DkimHeaderCauses, header, draft.tried.header.clone()));
    }
    root.number(&format!("dkim-{}", draft.position + 1));
    root
}

const fn step(task: Task, outcome: Outcome) -> Step {
    Step::new(What::Dkim(task), outcome)
}

const fn result(result: DkimResult) -> Outcome {
    match result {
        DkimResult::Pass => Outcome::Pass,
        DkimResult::Fail => Outcome::Fail,
        DkimResult::Policy => Outcome::Policy,
        DkimResult::Neutral => Outcome::Neutral,
        DkimResult::PermError => Outcome::PermError,
        DkimResult::TempError => Outcome::TempError,
        DkimResult::NotEvaluated => Outcome::NotEvaluated,
    }
}

impl KeyState {
    pub(in crate::auth) const fn outcome(self) -> Outcome {
        match self {
            Self::Found => Outcome::Found,
            Self::Missing => Outcome::Absent,
            Self::Revoked => Outcome::Invalid,
            Self::Broken => Outcome::Broken,
            Self::Unreachable => Outcome::Unreachable,
            Self::NotAsked => Outcome::NotEvaluated,
        }
    }
}

impl BodyHash {
    pub(in crate::auth) const fn outcome(self) -> Outcome {
        match self {
            Self::Match => Outcome::Match,
            Self::Mismatch => Outcome::NoMatch,
            Self::NotAvailable => Outcome::NotEvaluated,
        }
    }
}

fn placed(step: Step, span: Option<Span>) -> Step {
    match span {
        Some(span) => step.place(Place::Message(span)),
        None => step,
    }
}

/// Points at the tag that is wrong, else at the whole value.
fn tags(draft: &Draft<'_>, message: &Message) -> Step {
    if draft.over_limit() {
        return step(Task::DkimTags, Outcome::LimitExceeded).place(Place::Message(draft.field.value));
    }
    let Some(fault) = draft.fault else {
        return step(Task::DkimTags, Outcome::Valid).place(Place::Message(draft.field.value));
    };
    let text = fault.span.map(|span| String::from_utf8_lossy(message.source.slice(span)).into_owned());
    let step = step(Task::DkimTags, Outcome::Broken).place(Place::Message(fault.span.unwrap_or(draft.field.value)));
    match text {
        Some(text) => step.text(text),
        None => step,
    }
}

fn expiry(draft: &Draft<'_>, signature: &Signature) -> Step {
    let (outcome, span) = match &draft.parameters.expires {
        Value::Absent => (Outcome::Skipped, None),
        Value::Broken(span) => (Outcome::Broken, Some(*span)),
        Value::Read(expires) if signature.expired_at_receipt => (Outcome::Invalid, Some(expires.span)),
        Value::Read(expires) => (Outcome::Valid, Some(expires.span)),
    };
    let step = placed(step(Task::DkimExpiry, outcome), span);
    match signature.expires {
        Some(expires) => step.text(expires.to_string()),
        None => step,
    }
}

fn key(signature: &Signature) -> Step {
    let key = &signature.key;
    let mut step = step(Task::DkimKey, key.state.outcome());
    step.text.clone_from(&key.name);
    step.questions.extend(key.question);
    if let (Some(question), Some(record), Some(index)) = (key.question, &key.record, key.record_index) {
        step.place = Some(Place::Answer { question, record: index, span: Span::new(0, record.len()) });
    }
    step
}

fn body_hash(draft: &Draft<'_>, signature: &Signature) -> Step {
    let span = draft.parameters.list.get("bh").map(|tag| tag.span);
    let mut step = placed(step(Task::DkimBodyHash, signature.body_hash.outcome()), span);
    step.text.clone_from(&signature.body_hash_computed);
    step
}

fn header_signature(draft: &Draft<'_>, signature: &Signature, message: &Message) -> Step {
    let outcome = match signature.header_signature {
        HeaderSignature::Valid => Outcome::Valid,
        HeaderSignature::Invalid => Outcome::Invalid,
        HeaderSignature::NotChecked => Outcome::NotEvaluated,
    };
    let span = draft.parameters.list.get("b").map(|tag| tag.span);
    let mut header = placed(step(Task::DkimHeaderSignature, outcome), span);
    let names = draft.parameters.signed.get().into_iter().flatten();
    for (name, selected) in names.zip(&draft.selected) {
        // A field that is there is shown where it stands; one that is not, where `h=` names it.
        let (outcome, span) = match selected.and_then(|index| message.fields.get(index)) {
            Some(field) => (Outcome::Found, field.span),
            None => (Outcome::Absent, name.span),
        };
        let field = step(Task::DkimSignedField, outcome).text(name.value.as_str()).place(Place::Message(span));
        header.children.push(field);
    }
    header
}

/// The search for causes in one half; nothing where none was needed.
fn causes(task: Task, search: &Search, children: Vec<Step>) -> Option<Step> {
    let (outcome, tries) = match search {
        Search::NotSought(NotSought::NotNeeded) => return None,
        Search::NotSought(_) => (Outcome::Skipped, None),
        Search::NotFound { tried, ended: Ended::Complete } => (Outcome::NoMatch, Some(*tried)),
        Search::NotFound { tried, .. } => (Outcome::LimitExceeded, Some(*tried)),
        Search::Found { tried, .. } => (Outcome::Match, Some(*tried)),
    };
    let place = search.edits().first().map(|edit| edit.span);
    let mut step = placed(step(task, outcome), place);
    step.tries = tries;
    step.children = children;
    Some(step)
}
