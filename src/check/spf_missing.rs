//! The envelope sender's domain publishes no SPF record.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};
use crate::auth::spf::{self, Check, Reason, SpfResult};
use crate::dns::{Data, Question, RecordType};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "4.5")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    // An identity that is no domain (a HELO of `[192.0.2.1]`) cannot publish anything.
    let is_missing = |check: &&Check| {
        check.result == Some(SpfResult::None) && check.reason != Reason::NotADomain && check.deprecated.is_none()
    };
    let missing = subject.facts.spf.mail_from.as_ref().filter(is_missing);
    missing.map(|check| {
        let asked = Question::new(&check.domain, RecordType::Txt);
        let entry = subject.questions.iter().find(|entry| entry.question == asked);
        let texts = entry.into_iter().flat_map(|entry| entry.answer.records.iter().flatten().filter_map(Data::joined));
        let mut texts = texts.map(|text| String::from_utf8_lossy(&text).into_owned());
        let meant = texts.find(|text| spf::meant(text).is_some());
        let problem = Problem::SpfMissing { domain: check.domain.clone(), suspect: subject.is_suspect(), meant };
        Finding::certain(
            problem,
            subject.weight_of_envelope(),
            subject.judge_of_server(),
            Evidence::Step(check.trace.id.clone()),
        )
    })
}
