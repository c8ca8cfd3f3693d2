//! Records that receivers pass over, and why: the first that stands in the way.

use serde::Serialize;

use super::record::{Misfit, ProblemKind, Record, Request, Status, TagName};
use super::{Dmarc, Found, Reason, WalkStep};
use crate::dns::QuestionId;
use crate::message::Span;

/// Why a record does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// `v=DMARC1` is there, and not at the beginning.
    VersionNotFirst,
    /// The version is written in another case, or nothing separates it from what follows.
    WrongVersion,
    /// White space before `v`.
    LeadingSpace,
    /// A tag occurs twice.
    TagTwice,
    /// Neither `p` nor a valid `rua`.
    PolicyMissing,
    /// `p`, `sp` or `np` cannot be read, and there is no valid `rua`.
    PolicyBroken,
}

/// A record that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// Without `_dmarc.`.
    pub domain: String,
    pub question: QuestionId,
    pub fault: Fault,
    /// The part of it that says so.
    pub text: String,
}

impl Dmarc {
    /// The first single record on the way that does not count.
    #[must_use]
    pub fn faulty(&self) -> Option<Faulty> {
        self.walk.iter().find_map(|step| {
            let record = &step.texts.first()?.record;
            let (fault, span) = match step.found {
                Found::UnusableDropped => tag_twice(record),
                Found::OtherText => misfit(record)?,
                Found::Record
                    if self.reason == Reason::SwitchedOff && self.record_at.as_ref() == Some(&step.domain) =>
                {
                    switched_off(record)
                }
                Found::Record | Found::Nothing | Found::SeveralDropped | Found::Unreachable | Found::NotAsked => {
                    return None;
                }
            };
            Some(Faulty { domain: step.domain.clone(), question: step.question, fault, text: record.at(span) })
        })
    }

    /// The first name on the way that has several records, which are all passed over.
    #[must_use]
    pub fn duplicated(&self) -> Option<&WalkStep> {
        self.walk.iter().find(|step| step.found == Found::SeveralDropped)
    }
}

const fn whole(record: &Record) -> Span {
    Span::new(0, record.bytes.len())
}

fn tag_twice(record: &Record) -> (Fault, Span) {
    let again = record.problems.iter().find(|problem| problem.kind == ProblemKind::DuplicateTag);
    (Fault::TagTwice, again.map_or(whole(record), |problem| problem.span))
}

fn misfit(record: &Record) -> Option<(Fault, Span)> {
    let fault = match record.status {
        Status::NotDmarc(Misfit::VersionNotFirst) => Fault::VersionNotFirst,
        Status::NotDmarc(Misfit::WrongVersion) => Fault::WrongVersion,
        Status::NotDmarc(Misfit::LeadingSpace) => Fault::LeadingSpace,
        Status::Unusable | Status::SwitchedOff | Status::ActsAsNone | Status::Usable => return None,
    };
    Some((fault, whole(record)))
}

fn switched_off(record: &Record) -> (Fault, Span) {
    if record.broken_policy() {
        (Fault::PolicyBroken, record.broken_policy_part().unwrap_or(whole(record)))
    } else {
        (Fault::PolicyMissing, whole(record))
    }
}

impl Record {
    /// Whether `p`, `sp` or `np` is there and cannot be read.
    #[must_use]
    pub fn broken_policy(&self) -> bool {
        [self.p, self.sp, self.np].contains(&Request::Broken)
    }

    /// Where the first of them stands.
    #[must_use]
    pub fn broken_policy_part(&self) -> Option<Span> {
        let is_wrong = |kind: &ProblemKind| matches!(kind, ProblemKind::BadValue | ProblemKind::MalformedTag);
        let mut parts = self.parts().into_iter();
        let part = parts.find(|part| {
            matches!(part.name, TagName::P | TagName::Sp | TagName::Np) && part.problems.iter().any(is_wrong)
        });
        part.map(|part| part.span)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Input, evaluate};
    use super::*;
    use crate::auth::zone::Zone;
    use crate::dns::Ledger;

    fn faulty(text: &str) -> Option<(Fault, String)> {
        let zone = Zone::default().txt("_dmarc.example.jp", text);
        let from_fields = vec![vec![Some("example.jp".to_owned())]];
        let dmarc = evaluate(&Input { from_fields, ..Input::default() }, &Ledger::new(&zone));
        dmarc.faulty().map(|faulty| (faulty.fault, faulty.text))
    }

    #[test]
    fn the_reason_is_named_with_its_part() {
        for (text, fault, part) in [
            ("p=reject; v=DMARC1", Fault::VersionNotFirst, "p=reject; v=DMARC1"),
            ("v=dmarc1; p=reject", Fault::WrongVersion, "v=dmarc1; p=reject"),
            ("v=DMARC1 p=reject", Fault::WrongVersion, "v=DMARC1 p=reject"),
            (" v=DMARC1; p=reject", Fault::LeadingSpace, " v=DMARC1; p=reject"),
            ("v=DMARC1; p=none; p=reject", Fault::TagTwice, "p=reject"),
            ("v=DMARC1; p=rejct", Fault::PolicyBroken, "p=rejct"),
            ("v=DMARC1; p=reject; sp=", Fault::PolicyBroken, "sp="),
            ("v=DMARC1; adkim=s", Fault::PolicyMissing, "v=DMARC1; adkim=s"),
        ] {
            assert_eq!(faulty(text), Some((fault, part.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_counts_or_was_never_meant_as_a_record_has_no_fault() {
        for text in ["v=DMARC1; p=none", "v=DMARC1; rua=mailto:a@example.jp", "v=spf1 -all", "verification=1", ""] {
            assert_eq!(faulty(text), None, "{text}");
        }
    }
}
