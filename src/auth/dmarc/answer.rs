//! What one name of the walk holds (RFC 9989 section 4.10 steps 2 and 6).

use super::record::{self, Problem, ProblemKind, Record, Status};
use super::{Found, Task, Text};
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::dns::{Data, Entry, QuestionId};
use crate::message::Span;

/// How many TXT texts of one name are shown in the trace; the verdict reads all.
const MAX_TEXTS_SHOWN: usize = 10;

/// A record that was found, and where.
#[derive(Debug, Clone)]
pub(super) struct Published {
    /// Without `_dmarc.`.
    pub(super) domain: String,
    pub(super) question: QuestionId,
    /// Which TXT record of the answer.
    pub(super) index: usize,
    pub(super) record: Record,
}

impl Published {
    pub(super) const fn place(&self, span: Span) -> Place {
        Place::Answer { question: self.question, record: self.index, span }
    }
}

/// What an answer at a `_dmarc` name comes to.
pub(super) struct Reading {
    pub(super) found: Found,
    /// The one record that counts.
    pub(super) published: Option<Published>,
    /// Every text that is a record or was meant to be one.
    pub(super) texts: Vec<Text>,
    pub(super) step: Step,
}

/// Which DMARC record an answer holds (section 4.10 step 2).
pub(super) fn read_answer(domain: &str, entry: &Entry) -> Reading {
    let step =
        |outcome| Step::new(What::Dmarc(Task::DmarcWalkName), outcome).text(&entry.question.name).asked(entry.id);
    let nothing = |found, outcome| Reading { found, published: None, texts: Vec::new(), step: step(outcome) };
    let records = match &entry.answer.records {
        Ok(records) => records.as_slice(),
        Err(failure) if failure.is_absent() => &[],
        Err(failure) if failure.is_not_asked() => return nothing(Found::NotAsked, Outcome::NotEvaluated),
        Err(_) => return nothing(Found::Unreachable, Outcome::Unreachable),
    };
    let read = |(index, data): (usize, &Data)| Some(Text { index, record: record::read(&data.joined()?) });
    let texts: Vec<Text> = records.iter().enumerate().filter_map(read).collect();
    let counted: Vec<&Text> = texts.iter().filter(|text| text.record.is_dmarc()).collect();
    let (found, outcome) = match counted.as_slice() {
        [] if texts.is_empty() => (Found::Nothing, Outcome::Absent),
        [] => (Found::OtherText, Outcome::Absent),
        [one] if one.record.status == Status::Unusable => (Found::UnusableDropped, Outcome::Broken),
        [_] => (Found::Record, Outcome::Found),
        _ => (Found::SeveralDropped, Outcome::Broken),
    };
    let mut step = step(outcome);
    step.children = texts.iter().take(MAX_TEXTS_SHOWN).map(|text| text_step(text, entry.id, outcome)).collect();
    let published = counted.first().filter(|_| found == Found::Record).map(|text| Published {
        domain: domain.to_owned(),
        question: entry.id,
        index: text.index,
        record: text.record.clone(),
    });
    let texts = texts.into_iter().filter(|text| text.record.is_meant_as_dmarc()).take(MAX_TEXTS_SHOWN).collect();
    Reading { found, published, texts, step }
}

/// One TXT text of a name, whose DMARC records came to `outcome` together, and what is wrong in it.
fn text_step(text: &Text, question: QuestionId, outcome: Outcome) -> Step {
    let record = &text.record;
    let place = |span| Place::Answer { question, record: text.index, span };
    let outcome = if record.is_dmarc() { outcome } else { Outcome::NoMatch };
    let whole = Span::new(0, record.bytes.len());
    let mut step = Step::new(What::Dmarc(Task::DmarcRecord), outcome).text(record.text()).place(place(whole));
    step.children = record.problems.iter().map(|problem| problem_step(record, *problem, place)).collect();
    step
}

/// One thing in a record that its publisher should put right.
fn problem_step(record: &Record, problem: Problem, place: impl Fn(Span) -> Place) -> Step {
    let outcome = match problem.kind {
        ProblemKind::MalformedTag | ProblemKind::DuplicateTag | ProblemKind::BadValue | ProblemKind::BadUri => {
            Outcome::Broken
        }
        ProblemKind::NoPolicy => Outcome::Absent,
        ProblemKind::EmptyTag
        | ProblemKind::UnknownTag
        | ProblemKind::RemovedTag
        | ProblemKind::SizeLimit
        | ProblemKind::UnusualScheme
        | ProblemKind::PolicyNotSecond
        | ProblemKind::FailureOptionsWithoutRuf
        | ProblemKind::RufOnPublicSuffix => Outcome::Ignored,
    };
    let text = if problem.kind == ProblemKind::NoPolicy { "p".to_owned() } else { record.at(problem.span) };
    Step::new(What::Dmarc(Task::DmarcTag), outcome).text(text).place(place(problem.span))
}
